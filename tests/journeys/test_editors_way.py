"""An editor writes and submits, a publisher publishes, and the file is locked."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from eoc_cms.core.models import CustomDocument
from forms_app.models import FormField, FormPage
from home.demo.content import load_guides
from home.demo.typesetting import typeset_guide
from resources.models import ResourceFile, ResourceIndexPage, ResourcePage, VideoPage

pytestmark = pytest.mark.indexed


def signed_in(account: str, password: str) -> Client:
    client = Client()
    assert client.login(username=account, password=password)
    return client


def upload(client: Client) -> CustomDocument:
    pdf = SimpleUploadedFile("listening.pdf", typeset_guide(load_guides()[0]))
    client.post(reverse("wagtaildocs:add"), {"title": "Listening well", "file": pdf})
    return CustomDocument.objects.get(title="Listening well")


def resource_data(**values: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "Listening well",
            "slug": "listening-well",
            "summary": "How to hear a room.",
            "gate_mode": "form",
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


def add_address(model: type[Page], parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["resources", model.__name__.lower(), parent.pk])


@pytest.fixture
def index(demo: str) -> ResourceIndexPage:
    return ResourceIndexPage.objects.get()


def test_draft_saves_with_anything_missing(demo: str, index: ResourceIndexPage) -> None:
    client = signed_in("editor", demo)
    client.post(add_address(ResourcePage, index), resource_data())
    assert not ResourcePage.objects.get(slug="listening-well").live
    video = nested_form_data(
        {
            "title": "A talk",
            "slug": "a-talk",
            "captions_state": "missing",
            "related": inline_formset([]),
            "transcript": rich_text(""),
            "body": streamfield([]),
            "comments": inline_formset([]),
        }
    )
    client.post(add_address(VideoPage, index), video)
    assert not VideoPage.objects.get(slug="a-talk").live


def test_gate_without_a_form_is_refused_when_submitted(demo: str, index: ResourceIndexPage) -> None:
    data = resource_data(**{"action-submit": "1"})
    response = signed_in("editor", demo).post(add_address(ResourcePage, index), data)
    assert b"Choose the form that opens the files." in response.content
    assert not ResourcePage.objects.filter(slug="listening-well").exists()


def test_editor_submits_and_publisher_publishes(demo: str, index: ResourceIndexPage) -> None:
    editor, stranger = signed_in("editor", demo), Client()
    form = FormPage.objects.get(slug="get-the-guides")
    document = upload(editor)
    data = resource_data(
        gate_form=form.pk,
        files=inline_formset([{"document": document.pk, "label": ""}]),
        **{"action-submit": "1"},
    )
    editor.post(add_address(ResourcePage, index), data)
    page = ResourcePage.objects.get(slug="listening-well")
    assert not page.live
    assert stranger.get("/resources/listening-well/").status_code == 404

    task_state = page.current_workflow_task_state
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]
    )
    signed_in("publisher", demo).post(approve)

    for path in ("/resources/", "/sitemap.xml", "/search/?q=listening"):
        assert b"listening-well" in stranger.get(path).content
    entry = ResourceFile.objects.get(document=document)
    for address in (f"/download/{entry.key}/", document.url):
        assert stranger.get(address)["Location"] == "/resources/listening-well/"


@pytest.mark.parametrize("mode", ["locked", "error", "unlocked"])
def test_every_state_of_a_resource_can_be_previewed(demo: str, mode: str) -> None:
    page = ResourcePage.objects.get(slug="empowering-equity-officers")
    response = page.make_preview_request(preview_mode=mode)
    assert response.status_code == 200
    assert (b"/download/" in response.content) == (mode == "unlocked")
    assert (b"There is a problem" in response.content) == (mode == "error")


def test_new_field_never_takes_a_former_fields_name(demo: str) -> None:
    form = FormPage.objects.get(slug="get-the-guides")
    answer = {"work_email": "a@example.org", "role": "Equity officer", "name": "Ana"}
    Client().post("/resources/empowering-equity-officers/", answer)
    form.form_fields.filter(clean_name="name").delete()
    form = FormPage.objects.get(pk=form.pk)
    field = FormField(page=form, label="Name", field_type="singleline")
    assert field.get_field_clean_name() == "name_2"


def test_consent_is_asked_in_its_exact_words(demo: str) -> None:
    page = Client().get("/resources/empowering-equity-officers/").content.decode()
    field = FormField.objects.get(field_type="consent")
    assert field.consent_text == "Send me occasional updates from the Collective"
    assert field.consent_text in page
