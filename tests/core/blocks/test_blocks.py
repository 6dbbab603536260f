"""What holds for every block, and what each promises by itself."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction, Site
from wagtailmedia.models import get_media_model

from eoc_cms.core.blocks import (
    BodyBlock,
    ContentStreamBlock,
    GuidanceBlock,
    StoryBlock,
    TableBlock,
    VideoBlock,
    place_blocks,
)
from eoc_cms.core.models import CustomDocument
from resources.models import ResourceFile, ResourceIndexPage, ResourcePage, VideoPage

BODY = BodyBlock()
NAMES = sorted(BODY.child_blocks)
GONE = 999_999
GONE_IMAGE = {"image": GONE, "alt_text": "", "decorative": False}
DELETED: dict[str, dict[str, Any]] = {
    "image": {"image": GONE_IMAGE, "caption": "Who", "credit": ""},
    "people": {"items": [{"name": "Equity officer", "role": "", "text": "", "image": GONE}]},
    "document_link": {"document": GONE, "label": "Agenda"},
    "video": {"url": "", "media": GONE, "title": "Convening", "poster": GONE},
    "call_to_action": {"title": "Go", "button_label": "Go on", "page": GONE, "url": ""},
    "resource_cards": {"heading": "Guides", "pages": [GONE], "latest": 3},
    "form_link": {"title": "Ask", "button_label": "Open", "page": GONE},
}
SEARCHED = {
    "core_question": ["What am I really hearing?", "Who spoke in the room, and who said nothing?"],
    "anecdote": ["Equity officer, suburban district"],
    "accordion": ["Who may join?", "Nothing."],
    "table": ["Who attends", "Workshop"],
    "timeline": ["February 2022", "Knowledge becomes guidance"],
    "statistics": ["guides from its first year"],
    "video": ["Members convene in Atlanta", "Welcome to the convening."],
    "callout": ["Notes may be public"],
    "quote": ["Nobody down the hall has the same job."],
}


def every_block(block: Any = BODY) -> Iterator[tuple[str, Any]]:
    """Walk through all the blocks that an editor can choose in any stream."""
    for name, child in block.child_blocks.items():
        if isinstance(block, blocks.StreamBlock):
            yield name, child
        if hasattr(child, "child_blocks"):
            yield from every_block(child)


def stream(*children: tuple[str, Any]) -> Any:
    return BODY.to_python([{"type": name, "value": value} for name, value in children])


def render(value: Any, **context: Any) -> BeautifulSoup:
    return BeautifulSoup(value.render_as_block(context), "html.parser")


def make_image(title: str) -> Any:
    return get_image_model().objects.create(title=title, file=get_test_image_file())


@pytest.mark.parametrize(("name", "block"), list(every_block()))
def test_block_tells_editors_what_it_is(name: str, block: Any) -> None:
    assert block.meta.icon != "placeholder"
    assert str(block.label)
    assert str(block.get_description())
    assert str(block.meta.group)
    assert block.meta.template == f"blocks/{_snake(type(block).__name__)}.html"
    assert block.is_previewable


@pytest.mark.parametrize("stream_class", [BodyBlock, GuidanceBlock, StoryBlock])
def test_stream_uses_only_blocks_of_the_body(stream_class: type[ContentStreamBlock]) -> None:
    assert set(stream_class().child_blocks) <= set(NAMES)


@pytest.mark.parametrize(("name", "block"), list(every_block()))
def test_block_shows_its_preview_in_the_admin(
    name: str, block: Any, site: Site, admin_client: Client
) -> None:
    response = admin_client.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )
    shown = BeautifulSoup(response.content, "html.parser").select_one("main .prose")
    assert response.status_code == 200
    assert shown is not None
    assert shown.find(True) is not None
    assert len(shown.get_text(strip=True)) > 5


@pytest.mark.parametrize("name", NAMES)
def test_preview_has_no_script_or_style_within(name: str, site: Site) -> None:
    block = BODY.child_blocks[name]
    html = BeautifulSoup(block.render(block.get_preview_value()), "html.parser")
    assert not html.select("[style], style, [onclick]")
    assert all(script.get("src") for script in html.select("script"))


@pytest.mark.parametrize("name", sorted(DELETED))
def test_block_survives_what_it_refers_to_being_deleted(name: str, site: Site) -> None:
    html = render(stream((name, DELETED[name])))
    assert not html.select("img, video, a")


@pytest.mark.parametrize("name", NAMES)
def test_block_survives_being_empty(name: str, site: Site) -> None:
    BODY.child_blocks[name].render(BODY.child_blocks[name].get_default())


@pytest.mark.parametrize("name", sorted(SEARCHED))
def test_words_of_a_block_can_be_searched(name: str) -> None:
    block = BODY.child_blocks[name]
    found = " ".join(block.get_searchable_content(block.get_preview_value()))
    for words in SEARCHED[name]:
        assert words in found


def test_choices_are_not_searched() -> None:
    value = stream(("heading", {"text": "Aims", "level": "h2"}))
    assert BODY.get_searchable_content(value) == ["Aims"]


def test_migrations_hold_only_blocks_of_wagtail() -> None:
    for _name, block in every_block():
        assert block.deconstruct()[0].startswith("wagtail.")
    image = BODY.child_blocks["image"].child_blocks["image"]
    portrait = BODY.child_blocks["people"].child_blocks["items"].child_block.child_blocks["image"]
    for block in (image, portrait):
        assert block.deconstruct()[0].startswith("wagtail.images.blocks.Image")


def test_headings_never_skip_a_level_wherever_blocks_stand() -> None:
    moment = {"date": "2022", "title": "Launch", "text": ""}
    html = render(
        stream(
            ("timeline", {"items": [moment]}),
            ("heading", {"text": "Small first", "level": "h3"}),
            ("heading", {"text": "Part", "level": "h2"}),
            ("heading", {"text": "Detail", "level": "h3"}),
            ("timeline", {"items": [moment]}),
            ("core_question", {"question": "What now?", "guidance": []}),
            ("accordion", {"items": [{"title": "More", "text": "<p>Yes.</p>"}]}),
        )
    )
    levels = [int(found.name[1]) for found in html.select("h2, h3, h4, h5, h6")]
    assert levels == [2, 2, 2, 3, 4, 2, 3]


def test_stream_under_a_heading_of_the_page_starts_one_level_lower() -> None:
    html = render(stream(("heading", {"text": "Part", "level": "h2"})), top_level=3)
    assert [found.name for found in html.find_all(True)] == ["h3"]


def test_headings_can_be_linked_to_each_by_its_own_anchor() -> None:
    heading = {"text": "Our aims", "level": "h2"}
    value = stream(("heading", heading), ("text", "<p>x</p>"), ("heading", heading))
    assert [place.anchor for place in place_blocks(value)] == ["our-aims", "", "our-aims-2"]
    ids = [found["id"] for found in render(value).select("[id]")]
    assert ids == ["our-aims", "our-aims-2"]


def test_blocks_stand_directly_in_the_page() -> None:
    html = render(stream(("text", "<p>One</p>"), ("takeaway", {"text": "Two"})))
    assert [found["class"][0] for found in html.find_all(True, recursive=False)] == [
        "rich-text",
        "guide",
    ]


def test_sample_anecdote_is_marked() -> None:
    value = {"text": "<p>I listened.</p>", "role": "Equity officer", "is_sample": True}
    assert "Sample anecdote" in render(stream(("anecdote", value))).get_text()
    value["is_sample"] = False
    assert "Sample" not in render(stream(("anecdote", value))).get_text()


def test_table_needs_caption_and_headings() -> None:
    block = TableBlock()
    table = {"caption": " ", "columns": [{"type": "text", "heading": ""}], "rows": []}
    value = block.to_python({"table": table, "has_row_headings": False})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert len(refused.value.non_block_errors) == 3  # type: ignore[attr-defined]
    block.clean_deferred(value)


def test_table_says_which_cells_are_headings() -> None:
    html = render(stream(("table", BODY.child_blocks["table"].meta.preview_value)))
    assert [found["scope"] for found in html.select("th")] == ["col", "col", "row", "row"]
    assert html.select_one("figcaption").get_text() == "Who attends"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_picture_keeps_its_own_description(site: Site) -> None:
    image = make_image("Stored title")
    value = {"image": {"image": image.pk, "alt_text": "Six rings", "decorative": False}}
    shown = render(stream(("image", value))).select_one("picture img")
    assert shown is not None
    assert shown["alt"] == "Six rings"
    value["image"]["decorative"] = True
    assert render(stream(("image", value))).select_one("picture img")["alt"] == ""  # type: ignore[index]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["image", "people"])
def test_more_pictures_need_no_more_queries(name: str, site: Site) -> None:
    def body(count: int) -> list[tuple[str, Any]]:
        images = [make_image(f"{name} {number}") for number in range(count)]
        if name == "people":
            items = [{"name": "A", "role": "", "text": "", "image": image.pk} for image in images]
            return [("people", {"items": items})]
        return [
            ("image", {"image": {"image": image.pk, "alt_text": "x", "decorative": False}})
            for image in images
        ]

    few, many = body(2), body(6)
    for children in (few, many):
        render(stream(*children))
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as for_few:
        render(stream(*few))
    with CaptureQueriesContext(connection) as for_many:
        render(stream(*many))
    assert len(for_many) == len(for_few)


@pytest.mark.django_db
def test_locked_file_is_neither_linked_to_nor_accepted(site: Site) -> None:
    document = CustomDocument(title="Agenda", file_size=2048)
    document.file.save("agenda.txt", ContentFile(b"10:00 Welcome"))
    block = BODY.child_blocks["document_link"]
    value = block.to_python({"document": document.pk, "label": ""})
    assert block.render(value).strip() == ""
    with pytest.raises(ValidationError):
        block.clean(value)
    CustomDocument.objects.update(is_public=True)
    value = block.to_python({"document": document.pk, "label": ""})
    block.clean(value)
    assert "Agenda" in block.render(value)
    assert "TXT" in block.render(value)


def video_value(block: VideoBlock, **given: Any) -> Any:
    return block.normalize({**block.get_default(), "title": "Convening", **given})


def test_video_draft_can_be_saved_and_is_told_what_it_lacks_when_published() -> None:
    block = VideoBlock()
    value = video_value(block, length="4")
    block.clean_deferred(value)
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    errors = refused.value.block_errors  # type: ignore[attr-defined]
    assert set(errors) == {"url", "captions", "transcript", "length"}


@pytest.mark.django_db
def test_uploaded_video_plays_in_the_browser_with_its_captions(site: Site) -> None:
    media = get_media_model()(title="Clip", type="video", duration=8, width=1280, height=720)
    media.file.save("clip.mp4", ContentFile(b"mp4"), save=False)
    media.captions.save("clip.vtt", ContentFile(b"WEBVTT\n"), save=False)
    media.save()
    value = {"media": media.pk, "title": "Clip", "captions": "captions", "is_sample": True}
    html = render(stream(("video", value)))
    track = html.select_one('video[controls] track[kind="captions"][srclang="en"][default]')
    assert track is not None
    assert track["src"] == media.captions.url
    assert html.select_one("video source")["type"] == "video/mp4"  # type: ignore[index]
    assert "8 sec" in html.get_text()
    assert "Sample video" in html.get_text()
    assert not html.select("script, iframe")


def test_call_to_action_leads_to_one_place() -> None:
    block = BODY.child_blocks["call_to_action"]
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"button_label": "Go", "page": None, "url": ""}))
    block.clean(block.normalize({"button_label": "Go", "page": None, "url": "https://a.example/"}))


@pytest.mark.django_db
def test_button_to_a_withdrawn_page_is_not_shown(site: Site) -> None:
    page = site.root_page
    child = ("call_to_action", {"button_label": "Go", "page": page.pk, "url": ""})
    assert render(stream(child)).select_one("a.button") is not None
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert render(stream(child)).select_one("a.button") is None


def make_resources(site: Site, count: int) -> list[Any]:
    document = CustomDocument(title="Guide", file_size=2048)
    document.file.save("guide.txt", ContentFile(b"A guide"))
    index = site.root_page.add_child(instance=ResourceIndexPage(title=f"List of {count}"))
    pages = []
    for number in range(count):
        page = ResourcePage(
            title=f"Guide {number}", cover=make_image("Cover"), gate_mode="open", summary="Short."
        )
        page.files.add(ResourceFile(document=document))
        pages.append(index.add_child(instance=page))
    clip = VideoPage(
        title="Clip",
        video_url="https://vimeo.com/76979871",
        captions_state="no_speech",
        poster=make_image("Poster"),
    )
    return [*pages, index.add_child(instance=clip)]


def cards(**given: Any) -> BeautifulSoup:
    return render(stream(("resource_cards", {"heading": "", "pages": [], "latest": 3, **given})))


@pytest.mark.django_db
def test_newest_resources_come_first_and_only_public_ones(site: Site) -> None:
    pages = make_resources(site, 4)
    type(pages[3]).objects.filter(pk=pages[3].pk).update(live=False)
    expired = timezone.now() - timedelta(minutes=1)
    type(pages[2]).objects.filter(pk=pages[2].pk).update(expire_at=expired)
    PageViewRestriction.objects.create(page=pages[1], restriction_type="login")
    titles = [found.get_text() for found in cards().select(".card__title")]
    assert titles == ["Clip", "Guide 0"]


@pytest.mark.django_db
def test_chosen_resources_keep_their_order_and_lose_what_was_withdrawn(site: Site) -> None:
    pages = make_resources(site, 2)
    type(pages[0]).objects.filter(pk=pages[0].pk).update(live=False)
    chosen = [pages[2].pk, pages[0].pk, pages[1].pk, GONE]
    titles = [found.get_text() for found in cards(pages=chosen).select(".card__title")]
    assert titles == ["Clip", "Guide 1"]


@pytest.mark.django_db
def test_more_cards_need_no_more_queries(site: Site) -> None:
    counts = []
    for pages in (make_resources(site, 2), make_resources(site, 7)):
        chosen = [page.pk for page in pages]
        cards(pages=chosen)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert len(cards(pages=chosen).select(".card")) == len(pages)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).lstrip("_")


@pytest.fixture
def admin_client(db: None, client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("boss", "boss@example.org"))
    return client


@pytest.mark.parametrize("name", ["quote", "callout", "anecdote"])
def test_words_in_another_language_are_marked_as_such(name: str) -> None:
    block = BODY.child_blocks[name]
    own = block.normalize(block.get_preview_value())
    other = block.normalize({**block.get_preview_value(), "language": "es"})
    assert 'lang="' not in block.render(own)
    words = BeautifulSoup(block.render(other), "html.parser").select('[lang="es"][dir="auto"]')
    assert words
    assert all(each.get_text(strip=True) for each in words)
