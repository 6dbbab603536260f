"""Before a form or a field is deleted its editor reads how many answers stay."""

import pytest
from django.test import Client
from django.urls import reverse

from eoc_cms.core.models import User
from forms_app.models import FormPage, Submission
from tests.factories.fixtures import MakeForm

NAME = {"label": "Name", "field_type": "singleline"}


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@example.org", "pw"))
    return client


def answered(form: FormPage, times: int = 2) -> None:
    for number in range(times):
        Client().post(form.url, {"email": f"ana{number}@example.org", "name": "Ana"})


@pytest.mark.parametrize("below", [False, True])
def test_page_to_delete_says_how_many_answers_stay(
    staff: Client, make_form: MakeForm, below: bool
) -> None:
    form = make_form(NAME)
    answered(form)
    page = form.get_parent() if below else form
    text = staff.get(reverse("wagtailadmin_pages:delete", args=[page.pk])).content.decode()
    assert "2 answers were sent with this. They are not deleted" in text


def test_pages_to_delete_at_once_say_how_many_answers_stay(
    staff: Client, make_form: MakeForm
) -> None:
    forms = [make_form(NAME, title=title) for title in ("First", "Second")]
    answered(forms[0])
    answered(forms[1], times=1)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    query = "&".join(f"id={form.pk}" for form in forms)
    text = staff.get(f"{address}?{query}").content.decode()
    assert "3 answers were sent with this." in text
    staff.post(f"{address}?{query}")
    assert not FormPage.objects.exists()
    assert Submission.objects.count() == 3


def test_field_says_how_many_answers_hold_it(staff: Client, make_form: MakeForm) -> None:
    form = make_form(NAME)
    answered(form)
    text = staff.get(reverse("wagtailadmin_pages:edit", args=[form.pk])).content.decode()
    assert text.count("2 answers hold this question. They stay when you delete the field.") == 2


def test_form_without_answers_is_deleted_without_a_word(staff: Client, make_form: MakeForm) -> None:
    form = make_form(NAME)
    text = staff.get(reverse("wagtailadmin_pages:delete", args=[form.pk])).content.decode()
    assert "not deleted" not in text
