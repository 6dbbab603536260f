"""Two versions of a page are compared in the words that editors know."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from eoc_cms.core.blocks import BodyBlock
from eoc_cms.core.blocks.worded import BooleanBlock, ChoiceBlock, ListBlock
from home.models import HomePage, StandardPage
from resources.models import ResourceIndexPage, ResourcePage
from tests.factories import pages
from tests.factories.fixtures import SUPERUSER, Publish, SignIn


def compared(sign_in: SignIn, page: Any) -> str:
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    soup = BeautifulSoup(sign_in(SUPERUSER).get(address).content, "html.parser")
    shown = soup.select_one("main") or soup
    return " ".join(shown.get_text(" ").split())


def block(kind: str, key: int, **value: object) -> dict[str, object]:
    return {"type": kind, "id": f"00000000-0000-4000-8000-{key:012}", "value": value}


def test_blocks_are_compared_in_words(sign_in: SignIn, publish: Publish, home: HomePage) -> None:
    before = [
        block("heading", 1, text="Aims", level="h2"),
        block("callout", 2, tone="note", title="Mind", text="<p>This</p>", language=""),
    ]
    after = [
        block("heading", 1, text="Aims", level="h3"),
        block("callout", 2, tone="important", title="Mind", text="<p>This</p>", language="es"),
    ]
    page = publish(home, StandardPage, "About us", body=json.dumps(before))
    page.body = json.dumps(after)
    pages.publish(page)
    shown = compared(sign_in, StandardPage.objects.get(pk=page.pk))
    assert "Starts a part of" in shown
    assert "Important" in shown
    assert "Spanish" in shown
    assert not {"h2", "h3", "note", "important", "es"} & set(shown.split())


PERSON = {"name": "Ana", "role": "Chair", "text": "<p>Leads.</p>"}


def in_list(value: dict[str, object]) -> dict[str, object]:
    return {"type": "item", "id": "00000000-0000-4000-8000-000000000009", "value": value}


@pytest.mark.parametrize("which", ["new", "unchanged", "gone"])
def test_lists_are_compared_under_their_labels(
    sign_in: SignIn, publish: Publish, home: HomePage, which: str
) -> None:
    people = block("people", 1, items=[in_list({**PERSON, "image": None})])
    before = [people] if which != "new" else []
    after = [people] if which != "gone" else []
    page = publish(home, StandardPage, "About us", body=json.dumps(before))
    page.body = json.dumps([*after, block("quote", 2, quote="Yes", attribution="")])
    pages.publish(page)
    shown = compared(sign_in, StandardPage.objects.get(pk=page.pk))
    assert "Name Ana Role Chair" in shown
    assert "None" not in shown


@pytest.mark.parametrize("also", [True, False], ids=["changed", "unchanged"])
@pytest.mark.parametrize("lost", [True, False], ids=["deleted", "there"])
def test_pictures_are_compared_in_words(
    sign_in: SignIn, publish: Publish, home: HomePage, lost: bool, also: bool
) -> None:
    picture = pages.image()
    value = {"image": {"image": picture.pk, "decorative": False, "alt_text": "A hall"}}
    before = block("image", 1, **value, caption="One", credit="")
    after = {**before, "value": {**value, "caption": "Two" if also else "One", "credit": ""}}
    page = publish(home, StandardPage, "About us", body=json.dumps([before]))
    page.body = json.dumps([after, block("quote", 2, quote="Yes", attribution="")])
    pages.publish(page)
    if lost:
        picture.delete()
    shown = compared(sign_in, StandardPage.objects.get(pk=page.pk))
    assert ("A hall" in shown) != lost
    assert not {"None", "False"} & set(shown.split())
    assert "Caption" in shown


def test_fields_are_compared_in_words(sign_in: SignIn, index: ResourceIndexPage) -> None:
    page = pages.make_resource(index, "A guide", published_on=date(2026, 3, 1))
    page.save_revision()
    page.published_on, page.minutes = None, 5
    pages.publish(page)
    shown = compared(sign_in, ResourcePage.objects.get(pk=page.pk))
    assert "March 1, 2026" in shown
    assert "None" not in shown


def test_every_choice_and_list_in_a_block_has_words() -> None:
    plain = [
        found
        for found in within(BodyBlock())
        if isinstance(found, blocks.ChoiceBlock | blocks.BooleanBlock | blocks.ListBlock)
        and not isinstance(found, ChoiceBlock | BooleanBlock | ListBlock)
    ]
    assert [found.name for found in plain] == []


def within(parent: Any) -> Iterator[Any]:
    children = list(getattr(parent, "child_blocks", {}).values())
    children += [parent.child_block] if isinstance(parent, blocks.ListBlock) else []
    if isinstance(parent, ImageBlock):
        return  # It has a comparison of its own.
    for child in children:
        yield child
        yield from within(child)


@pytest.mark.parametrize(("value", "words"), [("h2", "Starts a part of the page"), ("x", "x")])
def test_choice_that_is_none_any_more_is_shown_as_it_is(value: str, words: str) -> None:
    level = BodyBlock().child_blocks["heading"].child_blocks["level"]
    assert level.in_words(value) == words
