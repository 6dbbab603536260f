"""Links and embeds in rich text, of which a bad one is left out instead of failing its page.

What is stored may name anything: a page that is gone, or an id that is no number.
"""

from collections.abc import Iterable
from typing import Any

from wagtail.rich_text import EntityHandler, LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from eoc_cms.core.keys import read_key
from eoc_cms.core.left_out import noting

Attributes = dict[str, str]
NO_LINK = "<a>"
# What Wagtail makes of what it does not find, or of a page without an address.
LEADS_NOWHERE = {NO_LINK, "", '<img alt="">', '<a href="None">'}


def forgive_bad_entities(features: FeatureRegistry) -> None:
    """Put a forgiving handler in the place of each that is registered."""
    for handler in list(features.link_types.values()):
        features.register_link_type(forgiving(handler))
    for handler in list(features.embed_types.values()):
        features.register_embed_type(forgiving(handler))


def forgiving(handler: type[EntityHandler]) -> type[EntityHandler]:
    """Return a handler that leaves out what its parent cannot show, and notes it."""

    class Forgiving(handler):  # type: ignore[valid-type, misc]
        @classmethod
        def expand_db_attributes(cls, attrs: Attributes) -> str:
            return cls.expand_db_attributes_many([attrs])[0]

        @classmethod
        def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
            return _expanded(handler, attrs_list)

        @classmethod
        def extract_references(cls, attrs: Attributes) -> Iterable[tuple[Any, ...]]:
            return handler.extract_references(attrs) if is_plausible(attrs) else []

    return Forgiving


def _expanded(handler: type[EntityHandler], every: list[Attributes]) -> list[str]:
    shown = iter(_shown(handler, [attrs for attrs in every if is_plausible(attrs)]))
    return [
        _or_noted(handler, attrs, next(shown) if is_plausible(attrs) else "") for attrs in every
    ]


def _shown(handler: type[EntityHandler], every: list[Attributes]) -> list[str]:
    """Show all in one go, or, where one of them fails, each by itself."""
    try:
        return handler.expand_db_attributes_many(every)
    except Exception:
        # Whatever a handler stumbles over, the page goes on without it.
        return [_shown_alone(handler, attrs) for attrs in every]


def _shown_alone(handler: type[EntityHandler], attrs: Attributes) -> str:
    try:
        return handler.expand_db_attributes_many([attrs])[0]
    except Exception as error:
        noting.logger.error("A handler of rich text failed", exc_info=error)
        return ""


def _or_noted(handler: type[EntityHandler], attrs: Attributes, shown: str) -> str:
    if shown not in LEADS_NOWHERE:
        return shown
    is_link = issubclass(handler, LinkHandler)
    kind: str = getattr(handler, "identifier", "")
    where = attrs.get("url") or f"{kind} {attrs.get('id', '')}".strip()
    noting.note(noting.LINK if is_link else noting.EMBED, where)
    return NO_LINK if is_link else ""


def is_plausible(attrs: Attributes) -> bool:
    """Say whether something can be looked for at all: under a key, or else at an address."""
    key = attrs.get("id")
    return "url" in attrs if key is None else read_key(key) is not None
