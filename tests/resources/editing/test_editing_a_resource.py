"""What an editor finds in the form of a resource, and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from eoc_cms.core.models import CustomDocument, User
from forms_app.models import FormPage
from resources.models import Audience, ResourceIndexPage, ResourcePage, Topic, VideoPage
from tests import pdf_files
from tests.factories.pages import document, label, make_resource, make_video


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("staff", "staff@example.org", "x"))
    return client


def add_address(model: type[Page], parent: Page) -> str:
    name = model.__name__.lower()
    return reverse("wagtailadmin_pages:add", args=["resources", name, parent.pk])


def resource_data(**values: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "Listening well",
            "slug": "listening-well",
            "gate_mode": "open",
            "licence": "CC BY 4.0",
            "whats_inside": rich_text(""),
            "excerpt": rich_text(""),
            "body": streamfield([]),
            "files": inline_formset([]),
            "related": inline_formset([]),
            "comments": inline_formset([]),
            **values,
        }
    )


def places(content: str, ids: list[str]) -> list[int]:
    found = [content.find(f'id="panel-child-content-{name}-') for name in ids]
    assert -1 not in found, ids[found.index(-1)]
    return found


ORDERS = {
    ResourcePage: (
        "title summary files gate who_it_is_for_and_topics cover whats_inside excerpt body"
        " about_this_resource related_resources"
    ),
    VideoPage: (
        "title summary video about_the_video body who_it_is_for_and_topics related_resources"
    ),
}


@pytest.mark.parametrize("model", [ResourcePage, VideoPage])
def test_fields_stand_in_the_order_of_the_work(
    staff: Client, index: ResourceIndexPage, model: Any
) -> None:
    content = staff.get(add_address(model, index)).content.decode()
    found = places(content, ORDERS[model].split())
    assert found == sorted(found)


def test_editor_publishes_everything_in_one_go(staff: Client, index: ResourceIndexPage) -> None:
    next_one, then = make_video(index, "Then this"), make_resource(index, "Next this")
    topic, audience = label(Topic, "Voices"), label(Audience, "Boards")
    data = resource_data(
        summary="How to hear.",
        files=inline_formset([{"document": document("a.pdf", pages=4).pk, "label": ""}]),
        related=inline_formset([{"page": then.pk, "ORDER": 1}, {"page": next_one.pk, "ORDER": 2}]),
        minutes=5,
        **{"action-publish": "1"},
    )
    data |= {"topics": [topic.pk], "audiences": [audience.pk]}
    staff.post(add_address(ResourcePage, index), data)
    content = Client().get("/resources/listening-well/").content.decode()
    for words in ("How to hear.", "?topic=voices", "Boards", "4 pages", "5 minutes"):
        assert words in content
    assert content.index("Next this") < content.index("Then this")


def test_address_of_the_feed_is_refused_for_a_page(staff: Client, index: ResourceIndexPage) -> None:
    data = resource_data(title="Feed", slug="feed")
    response = staff.post(add_address(ResourcePage, index), data)
    assert b"news feed has this address" in response.content
    assert not ResourcePage.objects.exists()


@pytest.mark.parametrize("model", [ResourcePage, VideoPage, ResourceIndexPage])
def test_page_can_be_previewed_before_it_is_first_saved(
    index: ResourceIndexPage, model: Any
) -> None:
    page = model(title="Not saved yet", slug="not-saved-yet", locale=index.locale)
    parent = index.get_parent() if model is ResourceIndexPage else index
    page.set_url_path(parent)
    response = page.make_preview_request()
    assert response.status_code == 200
    assert "Not saved yet" in response.content.decode()


def test_preview_shows_related_pages_that_are_not_saved_yet(index: ResourceIndexPage) -> None:
    other = make_resource(index, "Newly chosen")
    page = make_resource(index, "Under work")
    page.related.create(page=other, sort_order=0)
    content = page.make_preview_request().content.decode()
    assert "Newly chosen" in content
    assert not page.related.model.objects.exists()


CLOSED = "Visitors cannot open this PDF, so nobody should fill in a form for it."


def publish_file(staff: Client, index: ResourceIndexPage, file: CustomDocument, **gate: Any) -> str:
    """Publish a resource with one file; return what is refused, or nothing."""
    data = resource_data(
        files=inline_formset([{"document": file.pk, "label": ""}]),
        **{"action-publish": "1", **gate},
    )
    response = staff.post(add_address(ResourcePage, index), data)
    return response.content.decode() if response.status_code == 200 else ""


@pytest.mark.parametrize("make", [pdf_files.with_password, pdf_files.broken])
def test_file_that_visitors_cannot_open_needs_an_explicit_choice(
    staff: Client, index: ResourceIndexPage, form: FormPage, make: Callable[[], bytes]
) -> None:
    closed = CustomDocument(title="Closed", file=ContentFile(make(), "closed.pdf"))
    closed.save()
    gate = {"gate_mode": "form", "gate_form": form.pk}
    assert CLOSED in publish_file(staff, index, closed, **gate)

    address = reverse("wagtaildocs:edit", args=[closed.pk])
    assert "publish_anyway" in staff.get(address).content.decode()
    staff.post(address, {"title": "Closed", "collection": 1, "publish_anyway": "on"})
    assert not publish_file(staff, index, closed, **gate)


def test_open_file_is_not_asked_about(staff: Client, site: Site) -> None:
    good = CustomDocument(title="Good", file=ContentFile(pdf_files.plain(), "good.pdf"))
    good.save()
    address = reverse("wagtaildocs:edit", args=[good.pk])
    assert "publish_anyway" not in staff.get(address).content.decode()


def test_choice_is_made_anew_for_another_file(staff: Client, site: Site) -> None:
    closed = CustomDocument(
        title="Closed", publish_anyway=True, file=ContentFile(pdf_files.with_password(), "a.pdf")
    )
    closed.save()
    another = SimpleUploadedFile("b.pdf", pdf_files.broken())
    data = {"title": "Closed", "collection": 1, "publish_anyway": "on", "file": another}
    staff.post(reverse("wagtaildocs:edit", args=[closed.pk]), data)
    assert CustomDocument.objects.get().is_closed


def test_draft_and_open_resource_take_a_file_that_visitors_cannot_open(
    staff: Client, index: ResourceIndexPage
) -> None:
    closed = CustomDocument(title="Closed", file=ContentFile(pdf_files.broken(), "closed.pdf"))
    closed.save()
    assert not publish_file(staff, index, closed, gate_mode="open")
    assert not publish_file(
        staff, index, closed, gate_mode="form", slug="draft", **{"action-publish": ""}
    )


def test_no_license_is_given_unless_somebody_chooses_one(
    index: ResourceIndexPage, staff: Client
) -> None:
    form = staff.get(add_address(ResourcePage, index)).context["form"]
    assert form["licence"].value() == ""
    data = resource_data(**{"action-publish": "1"})
    del data["licence"]
    staff.post(add_address(ResourcePage, index), data)
    assert ResourcePage.objects.get().licence == ""
