"""One bad block, link or embed never takes its page down: it is left out, and staff are told."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from eoc_cms.core.blocks import QuoteBlock
from eoc_cms.core.models import LeftOutPart
from home.models import HomePage, StandardPage
from tests.factories import editor, pages
from tests.factories.fixtures import SUPERUSER, Publish, SignIn

FINDING = "Parts of these pages cannot be shown"
NO_IDS = ["abc", "", "-1", "1.5", "99999999999999999999", "0x1", "\uff11", "999999"]


def typed(key: str) -> str:
    """Return a paragraph as the editor sends it, with a link to a page and one to a document."""
    ranges = [{"offset": 4, "length": 4, "key": 0}, {"offset": 9, "length": 4, "key": 1}]
    block = {"key": "a", "text": "See this page.", "type": "unstyled", "depth": 0}
    entities = [
        {"type": kind, "mutability": "MUTABLE", "data": {"id": key, "url": "/"}}
        for kind in ("LINK", "DOCUMENT")
    ]
    return json.dumps(
        {
            "blocks": [{**block, "inlineStyleRanges": [], "entityRanges": ranges}],
            "entityMap": dict(enumerate(entities)),
        }
    )


def publish_text(staff: Client, page: Page, text: str) -> None:
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "introduction": json.dumps({"blocks": [], "entityMap": {}}),
            "body": streamfield([("text", text), ("quote", {"quote": "Still here."})]),
        }
    )
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = staff.post(address, {**data, "action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.mark.parametrize("key", NO_IDS)
def test_links_that_lead_nowhere_are_left_out(
    sign_in: SignIn, publish: Publish, home: HomePage, key: str
) -> None:
    staff, page = sign_in(SUPERUSER), publish(home, StandardPage, "About us")
    publish_text(staff, page, typed(key))
    answer = Client().get(page.url)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert "See <a>this</a> <a>page</a>." in content
    assert "Still here." in content
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert staff.get(edit).status_code == 200
    told = staff.get("/admin/").content.decode()
    assert FINDING in told
    assert edit in told.partition(FINDING)[2]


@pytest.mark.parametrize("link", ['<a linktype="page" id="no">', '<a linktype="page">'])
def test_page_with_a_broken_link_can_be_saved_and_previewed(
    sign_in: SignIn, publish: Publish, home: HomePage, link: str
) -> None:
    text = f"<p>See {link}this</a>.</p>"
    staff, page = sign_in(SUPERUSER), publish(home, StandardPage, "About us", introduction=text)
    fields = editor.opened(staff, page)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert staff.post(preview, fields).json()["is_valid"]
    assert editor.autosave(staff, page, fields, title="About").json()["success"]
    assert editor.press(staff, page, fields, "action-publish").status_code == 302
    assert "See <a>this</a>." in Client().get(page.url).content.decode()


def test_stored_entities_of_every_kind_are_left_out(publish: Publish, home: HomePage) -> None:
    text = "".join(
        f"<p>{number}: {entity}</p>"
        for number, entity in enumerate(
            (
                '<a linktype="page" id="no">a</a>',
                '<a linktype="page">b</a>',
                '<a linktype="document">c</a>',
                '<a linktype="unheard-of" id="1">d</a>',
                '<embed embedtype="image" id="no" format="left" alt=""/>',
                '<embed embedtype="image"/>',
                '<embed embedtype="media"/>',
                '<embed embedtype="media" url="no address"/>',
                '<embed embedtype="wagtailmedia" id="no"/>',
            )
        )
    )
    page = publish(home, StandardPage, "About us", introduction=text, body=[("text", text)])
    answer = Client().get(page.url)
    assert answer.status_code == 200
    assert "8: " in answer.content.decode()
    assert LeftOutPart.objects.filter(page=page).exists()


def test_good_links_beside_a_bad_one_lead_where_they_should(
    publish: Publish, home: HomePage
) -> None:
    text = f'<p><a linktype="page" id="x">bad</a> <a linktype="page" id="{home.pk}">good</a></p>'
    page = publish(home, StandardPage, "About us", introduction=text)
    assert '<a>bad</a> <a href="/">good</a>' in Client().get(page.url).content.decode()


def test_block_that_fails_is_left_out_and_told(
    sign_in: SignIn, publish: Publish, home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = [("quote", {"quote": "Gone"}), ("text", "<p>Still here.</p>")]
    page = publish(home, StandardPage, "About us", body=body)

    def fail(*args: object, **kwargs: object) -> str:
        raise RuntimeError("A fault of ours")

    monkeypatch.setattr(QuoteBlock, "get_context", fail)
    answer = Client().get(page.url)
    assert answer.status_code == 200
    assert "Still here." in answer.content.decode()
    assert "Gone" not in answer.content.decode()
    told = sign_in(SUPERUSER).get("/admin/").content.decode()
    assert "Quote" in told.partition(FINDING)[2]


def test_block_that_cannot_be_read_is_left_out(publish: Publish, home: HomePage) -> None:
    body = [{"type": "text", "value": "<p>Still here.</p>"}]
    gone = {"type": "call_to_action", "value": {"title": "Go", "page": "no number"}}
    page = publish(home, StandardPage, "About us", body=json.dumps([gone, *body]))
    answer = Client().get(page.url)
    assert answer.status_code == 200
    assert "Still here." in answer.content.decode()


def test_page_mended_and_published_needs_no_attention(
    sign_in: SignIn, publish: Publish, home: HomePage
) -> None:
    text = '<p><a linktype="page" id="x">bad</a></p>'
    page = publish(home, StandardPage, "About us", introduction=text)
    Client().get(page.url)
    assert FINDING in sign_in(SUPERUSER).get("/admin/").content.decode()
    page.introduction = "<p>Good.</p>"
    pages.publish(page)
    Client().get(page.url)
    assert FINDING not in sign_in(SUPERUSER).get("/admin/").content.decode()
