"""The form of a page asks the database as often for many blocks as for few."""

import html
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, get_page_models

from eoc_cms.core.blocks import BodyBlock
from eoc_cms.core.caching.generation import start_new_generation
from eoc_cms.core.models import BasePage
from eoc_cms.core.pages.stream_widget import StreamWidget
from home.groups import EDITORS, PUBLISHERS
from home.models import HomePage, StandardPage
from tests.committing import as_committed
from tests.factories import editor, pages
from tests.factories.fixtures import SUPERUSER, Publish, SignIn

MOST_QUERIES = {EDITORS: 46, PUBLISHERS: 44, SUPERUSER: 41}


@pytest.fixture
def long_page(home: HomePage, publish: Publish) -> Callable[[int], Page]:
    """Give a function that makes a page of so many blocks, with links and pictures."""
    pictures = [pages.image("One"), pages.image("Two")]
    linked = [publish(home, StandardPage, f"Linked {number}") for number in range(3)]

    def make(blocks: int) -> Page:
        kinds = [
            {"type": "heading", "value": {"text": "A part", "level": "h2"}},
            *[{"type": "text", "value": words_with_link(page)} for page in linked],
            *[{"type": "image", "value": shown(picture)} for picture in pictures],
        ]
        body = json.dumps([kinds[number % len(kinds)] for number in range(blocks)])
        page: Page = publish(home, StandardPage, f"Of {blocks} blocks", body=body)
        return page

    return make


def words_with_link(page: Page) -> str:
    return f'<p>Look at <a linktype="page" id="{page.pk}">{page.title}</a>.</p>'


def shown(picture: Any) -> dict[str, Any]:
    image = {"image": picture.pk, "alt_text": "What it shows", "decorative": False}
    return {"image": image, "caption": "", "credit": ""}


@pytest.mark.parametrize("group", MOST_QUERIES)
def test_many_blocks_ask_as_often_as_few(
    sign_in: SignIn, long_page: Callable[[int], Page], group: str
) -> None:
    client = sign_in(group)
    asked = [queries(client, long_page(blocks)) for blocks in (12, 60)]
    assert asked[0] == asked[1] <= MOST_QUERIES[group]


def queries(client: Client, page: Page) -> int:
    address = editor.address(page)
    as_committed()
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_stream_is_described_once(model: Any) -> None:
    fields = model.get_edit_handler().get_form_class().base_fields.values()
    streams = [field.widget for field in fields if hasattr(field, "block")]
    assert all(isinstance(widget, StreamWidget) for widget in streams)


@pytest.mark.usefixtures("db")
def test_description_is_made_once_for_each_language_until_content_changes() -> None:
    block = BodyBlock()
    first = StreamWidget(block).block_json
    assert StreamWidget(block).block_json is first
    with override("es"):
        assert StreamWidget(block).block_json is not first
    start_new_generation()
    assert StreamWidget(block).block_json is not first
    assert StreamWidget(BodyBlock()).block_json is not first


@pytest.mark.usefixtures("db")
def test_description_is_what_the_script_reads() -> None:
    described = json.loads(html.unescape(StreamWidget(BodyBlock()).block_json))
    assert described["_type"] == "wagtail.blocks.StreamBlock"


def test_link_in_the_editor_follows_its_page(
    sign_in: SignIn, long_page: Callable[[int], Page], rename: Callable[[Any, str], None]
) -> None:
    client, page = sign_in(SUPERUSER), long_page(12)
    linked = StandardPage.objects.get(title="Linked 0")
    assert "/linked-0/" in form_of(client, page)
    rename(linked, "elsewhere")
    assert "/elsewhere/" in form_of(client, page)
    client.post(reverse("wagtailadmin_pages:delete", args=[linked.pk]))
    assert "/elsewhere/" not in form_of(client, page)


def form_of(client: Client, page: Page) -> str:
    as_committed()
    return client.get(editor.address(page)).content.decode()
