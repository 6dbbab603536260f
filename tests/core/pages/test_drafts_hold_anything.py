"""A draft is saved with anything missing; what is missing is marked when the page is published."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, get_page_models

from eoc_cms.core.models import BasePage
from forms_app.models import FormPage
from home.groups import PUBLISHERS
from home.models import HomePage
from resources.models import ResourceIndexPage, ResourcePage, VideoPage
from tests.factories import editor
from tests.factories.fixtures import SignIn

PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
BELOW_INDEX = (ResourcePage, VideoPage)
# Their rows come from choosing, so that none of them is ever empty; comments are written whole.
NEVER_EMPTY = {"related", "comments"}
# What Wagtail itself needs of a page.
NEEDED = {"title", "slug"}


@pytest.fixture
def draft_of(index: ResourceIndexPage, home: HomePage) -> Callable[[type[Page]], Page]:
    """Give a function that makes a draft of any page type."""

    def make(model: type[Page]) -> Page:
        if model in (HomePage, ResourceIndexPage):
            only: Page = model.objects.get().specific
            return only
        parent = Page.objects.get(pk=index.pk if model in BELOW_INDEX else home.pk)
        page = parent.add_child(instance=model(title="Draft", live=False))
        page.save_revision()
        return Page.objects.get(pk=page.pk).specific

    return make


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_nothing_but_the_title_is_asked_of_a_draft(model: Any) -> None:
    form = model.get_edit_handler().get_form_class()
    rows = [rows.form for name, rows in form.formsets.items() if name not in NEVER_EMPTY]
    asked = {
        name
        for each in (form, *rows)
        for name, field in each.base_fields.items()
        if field.required and name not in each._meta.defer_required_on_fields
    }
    assert asked <= NEEDED


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_draft_with_everything_emptied_is_saved_again_and_again(
    draft_of: Callable[[type[Page]], Page], sign_in: SignIn, model: type[Page]
) -> None:
    page, client = draft_of(model), sign_in(PUBLISHERS)
    fields = editor.opened(client, page)
    emptied = {name: [empty(value)] for name, value in fields.items() if is_own(model, name)}
    first = editor.autosave(client, page, {**fields, **emptied})
    assert first.json()["success"]
    again = {"overwrite_revision_id": first.json()["revision_id"], **first.json()["field_updates"]}
    assert editor.autosave(client, page, {**fields, **emptied}, **again).json()["success"]
    shown = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert shown.status_code == 200


def empty(value: list[str]) -> str:
    """Return what a field sends that holds nothing; rich text is sent as data."""
    return "null" if "".join(value).startswith("{") else ""


def is_own(model: type[Page], name: str) -> bool:
    """Say whether a value of the form is one that an editor can empty."""
    own = {field.name for field in model._meta.get_fields() if field.concrete}
    return name in own - NEEDED


def add_row(fields: editor.Fields, relation: str, **values: str) -> editor.Fields:
    number = int(fields[f"{relation}-TOTAL_FORMS"][0])
    row = {"id": "", "ORDER": str(number + 1), "DELETE": "", **values}
    return {
        **fields,
        f"{relation}-TOTAL_FORMS": [str(number + 1)],
        **{f"{relation}-{number}-{name}": [value] for name, value in row.items()},
    }


@pytest.fixture
def guide(draft_of: Callable[[type[Page]], Page]) -> Page:
    return draft_of(ResourcePage)


def test_row_for_a_file_that_is_not_chosen_yet_is_saved_and_kept(
    guide: Page, sign_in: SignIn
) -> None:
    client = sign_in(PUBLISHERS)
    fields = add_row(editor.opened(client, guide), "files", document="", label="Word version")
    first = editor.autosave(client, guide, fields)
    assert first.json()["success"]
    again = {"overwrite_revision_id": first.json()["revision_id"], **first.json()["field_updates"]}
    assert editor.autosave(client, guide, fields, **again).json()["success"]
    assert editor.opened(client, guide)["files-0-label"] == ["Word version"]
    assert "was deleted" not in client.get(editor.address(guide)).content.decode()
    assert look(client, guide).status_code == 200


@pytest.mark.parametrize("removed", ["before it is saved", "after"])
def test_row_for_a_file_that_is_not_chosen_yet_can_be_removed(
    guide: Page, sign_in: SignIn, removed: str
) -> None:
    client = sign_in(PUBLISHERS)
    row = {"document": "", "label": "Word version"}
    if removed == "after":
        editor.autosave(client, guide, add_row(editor.opened(client, guide), "files", **row))
        fields = {**editor.opened(client, guide), "files-0-DELETE": ["1"]}
    else:
        fields = add_row(editor.opened(client, guide), "files", **row, DELETE="1")
    assert editor.press(client, guide, fields).status_code == 302
    assert "files-0-label" not in editor.opened(client, guide)


def test_row_without_a_file_is_marked_when_the_guide_is_published(
    guide: Page, sign_in: SignIn
) -> None:
    client = sign_in(PUBLISHERS)
    fields = add_row(editor.opened(client, guide), "files", document="")
    answer = editor.press(client, guide, fields, "action-publish", summary="About it")
    assert answer.status_code == 200
    assert answer.context["form"].formsets["files"].errors[0]["document"]


HALF_WRITTEN = {
    "radio without choices": {"field_type": "radio", "label": "Size"},
    "consent without words": {"field_type": "consent", "label": "News"},
    "condition on nothing": {"field_type": "singleline", "label": "Why", "show_if": "Siz"},
    "no type": {"field_type": "", "label": "Size"},
    "no label": {"field_type": "singleline", "label": ""},
}


@pytest.mark.parametrize("question", HALF_WRITTEN)
def test_half_written_question_is_saved_shown_and_refused_for_publishing(
    draft_of: Callable[[type[Page]], Page], sign_in: SignIn, question: str
) -> None:
    page, client = draft_of(FormPage), sign_in(PUBLISHERS)
    row = {"content": "null", "choices": "", **HALF_WRITTEN[question]}
    fields = add_row(editor.opened(client, page), "form_fields", **row)
    assert editor.autosave(client, page, fields, delivery="mail").json()["success"]
    assert look(client, page).status_code == 200
    assert editor.press(client, page, fields, "action-publish").status_code == 200


def look(client: Client, page: Page) -> Any:
    return client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))


TIMES = {
    "expired": ("", "2020-01-02 10:00"),
    "ends before it begins": ("2099-01-02 10:00", "2098-01-02 10:00"),
}


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_times_are_checked_when_a_page_is_published_and_not_before(
    draft_of: Callable[[type[Page]], Page], sign_in: SignIn, model: type[Page], times: str
) -> None:
    page, client = draft_of(model), sign_in(PUBLISHERS)
    page.expire_at = timezone.now() - timedelta(days=1)
    page.save_revision()
    go_live_at, expire_at = TIMES[times]
    fields = editor.opened(client, page)
    typed = {"go_live_at": go_live_at, "expire_at": expire_at, "title": "Changed"}
    assert editor.press(client, page, fields, **typed).status_code == 302
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Changed"
    refused = editor.press(client, page, fields, "action-publish", **typed)
    assert refused.context["form"].errors["expire_at"]


def test_time_that_is_no_time_is_marked_in_a_draft_too(
    draft_of: Callable[[type[Page]], Page], sign_in: SignIn
) -> None:
    page, client = draft_of(ResourcePage), sign_in(PUBLISHERS)
    answer = editor.press(client, page, editor.opened(client, page), expire_at="tomorrow")
    assert answer.context["form"].errors["expire_at"]
