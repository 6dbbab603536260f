"""What staff type into forms of the admin is counted and explained as they see it."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.admin.panels import get_edit_handler
from wagtail.models import get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from eoc_cms.core.models import BasePage, SiteSettings
from eoc_cms.core.pages.staff_form import StaffForm
from forms_app.models import FormPage, Submission
from forms_app.models.submission import LONGEST_NOTE
from tests.factories.fixtures import SUPERUSER, MakeForm, SignIn

NO_MOMENT = "comes twice or not at all. Choose a time an hour earlier or later."


PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def form_data(form: FormPage, **values: str) -> dict[str, Any]:
    rows = [
        {"id": field.pk, "label": field.label, "field_type": field.field_type}
        | {"choices": "", "content": rich_text("")}
        for field in form.form_fields.all()
    ]
    return nested_form_data(
        {
            **dict.fromkeys(("thanks_body-count", "comments-TOTAL_FORMS"), "0"),
            **{"comments-INITIAL_FORMS": "0", "title": form.title, "slug": form.slug},
            **{"delivery": "page", "grant_scope": "form", "grant_days": "180"},
            **{"retention_months": "24", "intro": rich_text(""), "privacy_note": rich_text("")},
            "form_fields": inline_formset(rows, initial=len(rows)),
            **values,
        }
    )


@pytest.mark.parametrize("model", [*PAGE_TYPES, SiteSettings], ids=lambda model: model.__name__)
def test_form_of_every_page_type_and_of_the_site_counts_so(model: Any) -> None:
    assert issubclass(get_edit_handler(model).get_form_class(), StaffForm)


@pytest.mark.parametrize("moment", ["2026-03-08 02:30", "2026-11-01 01:30"])
@pytest.mark.parametrize("name", ["opens_at", "closes_at", "go_live_at", "expire_at"])
def test_time_that_the_clocks_leave_out_is_explained(
    make_form: MakeForm, sign_in: SignIn, settings: Any, name: str, moment: str
) -> None:
    settings.TIME_ZONE = "America/New_York"
    form = make_form()
    data = form_data(form, **{name: moment, "action-publish": "1"})
    answer = sign_in(SUPERUSER).post(f"/admin/pages/{form.pk}/edit/", data)
    assert answer.status_code == 200
    assert NO_MOMENT in answer.content.decode()


def test_time_of_a_code_is_explained(sign_in: SignIn, settings: Any) -> None:
    settings.TIME_ZONE = "America/New_York"
    data = {"name": "Atlanta\u200b", "expires_at": "2026-11-01 01:30"}
    answer = sign_in(SUPERUSER).post(reverse("resources_cohortcode_modeladmin_create"), data)
    assert NO_MOMENT in answer.content.decode()


def test_line_end_counts_once_in_words_while_a_form_is_closed(
    make_form: MakeForm, sign_in: SignIn
) -> None:
    form = make_form()
    words = "\r\n".join("a" * 250)
    data = form_data(form, **{"closed_text": words, "action-publish": "1"})
    answer = sign_in(SUPERUSER).post(f"/admin/pages/{form.pk}/edit/", data)
    assert answer.status_code == 302
    assert FormPage.objects.get(pk=form.pk).closed_text == words.replace("\r\n", "\n")


def test_note_on_an_answer_is_plain_and_its_line_ends_count_once(
    make_form: MakeForm, sign_in: SignIn
) -> None:
    form = make_form()
    sign_in(SUPERUSER).post(form.url, {"email": "ana@example.org"})
    answer = Submission.objects.get()
    note = "\r\n".join("a" * (LONGEST_NOTE // 2)) + "\u200b\x00"
    address = reverse("forms_app_answer_action", args=[answer.pk])
    sign_in(SUPERUSER).post(address, {"do": "note", "note": note})
    answer.refresh_from_db()
    assert answer.note == "\n".join("a" * (LONGEST_NOTE // 2))
