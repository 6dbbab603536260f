"""Tell on each page of the admin that asks “Are you sure?” what will close.

What is about to be taken away stands in the context of Wagtail's page, and its address says how.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django import template
from django.contrib import messages
from django.template import RequestContext

from eoc_cms.core.models import Staff
from resources.editing.closing import (
    by_deleting,
    by_moving,
    by_unpublishing,
    with_all_below,
    words_for,
    words_for_file,
    words_for_form_that_stays,
)

register = template.Library()

Words = Iterator[str]
BULK = "wagtail_bulk_action"
MANY = "items"


@register.simple_tag(takes_context=True)
def tell_what_closes(context: RequestContext) -> str:
    """Add what closes to the messages of the page that is about to be shown."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None:
        return ""
    many = tuple(match.kwargs.get(part) for part in ("app_label", "model_name", "action"))
    tell, name = ROADS.get(many if match.view_name == BULK else match.view_name, (None, ""))
    if tell and (words := " ".join(tell(chosen(context[name]), context, request.user))):
        messages.warning(request, words)
    return ""


def chosen(asked: Any) -> list[Any]:
    """Return what a page of Wagtail's asks about: many in a list of its own, or one."""
    return [each["item"] for each in asked] if isinstance(asked, list) else [asked]


def told_of_deleting(pages: list[Any], context: RequestContext, user: Staff) -> Words:
    return words_for(by_deleting(with_all_below(pages)), user)


def told_of_unpublishing(pages: list[Any], context: RequestContext, user: Staff) -> Words:
    keys = {page.pk for page in pages}
    yield from words_for(by_unpublishing(keys), user)
    below = by_unpublishing(with_all_below(pages) - keys)
    yield from words_for(below, user, with_pages_below=True)
    yield from words_for_form_that_stays(keys, user)


def told_of_moving(pages: list[Any], context: RequestContext, user: Staff) -> Words:
    return words_for(by_moving(with_all_below(pages), context["destination"]), user)


def told_of_files(items: list[Any], context: RequestContext, user: Staff) -> Words:
    return (words for item in items for words in words_for_file(item, user))


# How each address takes away what stands in the context under a name.
ROADS: dict[Any, tuple[Callable[[list[Any], RequestContext, Staff], Words], str]] = {
    "wagtailadmin_pages:delete": (told_of_deleting, "page"),
    ("wagtailcore", "page", "delete"): (told_of_deleting, MANY),
    "wagtailadmin_pages:unpublish": (told_of_unpublishing, "page"),
    ("wagtailcore", "page", "unpublish"): (told_of_unpublishing, MANY),
    "wagtailadmin_pages:move_confirm": (told_of_moving, "page_to_move"),
    "wagtaildocs:delete": (told_of_files, "object"),
    ("core", "customdocument", "delete"): (told_of_files, MANY),
    "wagtailimages:delete": (told_of_files, "object"),
    ("core", "customimage", "delete"): (told_of_files, MANY),
    "wagtailmedia:delete": (told_of_files, "media"),
}
