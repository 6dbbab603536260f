"""Lists of answers can be read, and lead on."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from forms_app.models import FormField, FormPage, Submission
from home.groups import DATA_MANAGERS
from tests.factories.admin import rows_of
from tests.factories.fixtures import SignIn

LISTING = "/admin/forms_app/submission/"
LONG = "bartholomew.featherstonehaugh@equity.jefferson-county-public-schools.k12.example.org"


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in(DATA_MANAGERS)


def answer(form: FormPage, **values: str) -> Submission:
    Client().post(form.url, values)
    return Submission.objects.latest("pk")


def add_field(form: FormPage, name: str, **values: object) -> FormPage:
    form.form_fields.add(FormField(clean_name=name, label=name.title(), sort_order=9, **values))
    form.save_revision().publish()
    return FormPage.objects.get(pk=form.pk)


def test_address_leads_to_the_answer_without_a_button_beside_it(
    client: Client, form: FormPage
) -> None:
    submission = answer(form, email=LONG)
    content = client.get(LISTING).content.decode()
    inspect = reverse("forms_app_submission_modeladmin_inspect", args=[submission.pk])
    assert content.count(f'href="{inspect}"') == 1
    assert LONG in content
    assert 'class="actions"' not in content


def test_answer_without_an_address_is_listed_by_its_receipt_number(
    client: Client, form: FormPage
) -> None:
    submission = answer(form, email="ana@example.org")
    Submission.objects.update(person=None)
    assert submission.receipt in rows_of(client.get(LISTING).content.decode())


def test_receipt_number_read_out_on_the_phone_finds_the_answer(
    client: Client, form: FormPage
) -> None:
    submission = answer(form, email="ana@example.org")
    answer(form, email="zoe@example.org")
    content = client.get(LISTING, {"q": submission.receipt}).content.decode()
    assert "ana@example.org" in content
    assert "zoe@example.org" not in content


def test_filter_says_what_is_chosen_and_narrows_the_list(client: Client, form: FormPage) -> None:
    answer(form, email="ana@example.org")
    answer(form, email="spam@example.org", website_address="https://spam.example")
    content = client.get(LISTING, {"state": "held"}).content.decode()
    pill = " ".join(strip_tags(content.split('class="w-pill"')[1].split("</b>")[0]).split())
    assert pill.endswith("State: Held as possible spam")
    assert "spam@example.org" in rows_of(content)
    assert "ana@example.org" not in rows_of(content)


def test_every_choice_of_a_filter_opens(client: Client, form: FormPage) -> None:
    answer(form, email="ana@example.org")
    fields = client.get(LISTING).context["filters"].form.fields
    queries = [
        {name: value}
        for name, field in fields.items()
        for value, _words in getattr(field, "choices", [])
        if value
    ]
    assert len(queries) >= 8
    for query in queries:
        for address in (LISTING, f"{LISTING}results/"):
            assert client.get(address, query).status_code == 200


def test_answer_is_shown_under_the_words_it_was_asked_with(client: Client, form: FormPage) -> None:
    form = add_field(form, "updates", field_type="checkbox")
    submission = answer(form, email="ana@example.org", updates="on")
    inspect = reverse("forms_app_submission_modeladmin_inspect", args=[submission.pk])
    content = client.get(inspect).content.decode()
    assert f"<title>Answer {submission.receipt} " in " ".join(content.split())
    facts = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd>([^<]*)</dd>", content))
    assert facts["E-mail"] == "ana@example.org"
    assert facts["Updates"] == "yes"
    assert facts["Receipt number"] == submission.receipt
    assert "Held because" not in facts


def test_held_answer_says_why(client: Client, form: FormPage) -> None:
    submission = answer(form, email="spam@example.org", website_address="https://spam.example")
    inspect = reverse("forms_app_submission_modeladmin_inspect", args=[submission.pk])
    assert submission.held_because in client.get(inspect).content.decode()


@pytest.mark.parametrize("listing", [LISTING, "/admin/forms_app/exportrecord/"])
def test_empty_list_says_so_in_plain_words(client: Client, listing: str) -> None:
    content = client.get(listing).content.decode()
    assert "Nothing is here yet." in content
    assert "have been created" not in content
    assert "Page 1 of 1" not in content


def test_list_of_one_form_says_yes_and_no(client: Client, form: FormPage) -> None:
    form = add_field(form, "updates", field_type="checkbox")
    answer(form, email="ana@example.org", updates="on")
    answer(form, email="zoe@example.org")
    address = reverse("wagtailforms:list_submissions", args=[form.pk])
    cells = re.findall(r"<td>\s*([^<]*?)\s*</td>", client.get(address).content.decode())
    assert cells.count("yes") == cells.count("no") == 1
    assert "True" not in cells
    assert "False" not in cells


def test_list_of_one_form_leaves_what_was_not_asked_empty(client: Client, form: FormPage) -> None:
    answer(form, email="ana@example.org")
    add_field(form, "city", field_type="singleline")
    page = client.get(reverse("wagtailforms:list_submissions", args=[form.pk]))
    assert "City" in [heading["label"] for heading in page.context["data_headings"]]
    assert page.context["data_rows"][0]["fields"][-1] == ""
