"""Staff record what somebody said by telephone or on paper, with a right of its own."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client

from eoc_cms.core.models import User
from forms_app.consents.standing import standing_of
from forms_app.models import ConsentEvent, FormPage, FormRight, Person
from home.groups import DATA_MANAGERS
from tests.factories.fixtures import MakeForm, SignIn

ANA = "ana@example.org"
UPDATES = {
    "clean_name": "updates",
    "label": "Updates",
    "field_type": "consent",
    "consent_text": "Write to me once a month.",
    "required": False,
}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(UPDATES, title="Guides")


@pytest.fixture
def person(form: FormPage) -> Person:
    Client().post(form.url, {"email": ANA, "updates": "on"})
    return Person.objects.get()


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in(DATA_MANAGERS)


def pages_of(person: Person) -> list[str]:
    return [
        f"/admin/forms_app/person/inspect/{person.pk}/",
        f"/admin/answers/person/?email={person.email}",
    ]


def fields(client: Client, page: str, button: str, near: str = "") -> tuple[str, dict[str, str]]:
    """Return where a button of a page sends to, and what it sends."""
    soup = BeautifulSoup(client.get(page).content, "html.parser")
    for form in soup.select("form"):
        pressed: Any = form.select_one(f'button[name="do"][value="{button}"]')
        if pressed and near in form.text:
            inputs = form.select('input[name="consent"], input[name="next"]')
            data = {str(each["name"]): str(each["value"]) for each in inputs}
            return str(form["action"]), {**data, "do": button}
    raise AssertionError(f"{page} has no button “{button}”")


def agrees(person: Person) -> dict[str, bool]:
    said = standing_of([person.pk])[person.pk].values()
    return {f"{event.form_title}: {event.label}": event.is_given for event in said}


@pytest.mark.parametrize("place", [0, 1])
def test_withdrawal_is_recorded_with_who_and_how_and_leads_back(
    client: Client, person: Person, place: int
) -> None:
    where = pages_of(person)[place]
    url, data = fields(client, where, "withdraw")
    answer = client.post(url, {**data, "note": "by phone"}, follow=True)
    assert answer.redirect_chain == [(where, 302)]
    assert "no longer agrees to “Updates”" in answer.content.decode()
    event = ConsentEvent.objects.latest("pk")
    assert (event.is_given, event.how, event.note) == (False, "staff", "by phone")
    assert (event.user, event.username) == (User.objects.get(), "data-managers")
    content = client.get(where).content.decode()
    assert "Withdrawn" in content
    assert "Recorded by staff (data-managers)" in content


def test_second_press_records_nothing_and_says_so(client: Client, person: Person) -> None:
    url, data = fields(client, pages_of(person)[0], "withdraw")
    client.post(url, data)
    answer = client.post(url, data, follow=True)
    assert "Nothing was recorded again" in answer.content.decode()
    assert ConsentEvent.objects.count() == 2


def test_consent_on_paper_is_recorded_under_the_words_of_a_form_that_they_never_answered(
    client: Client, person: Person, make_form: MakeForm
) -> None:
    news = make_form({**UPDATES, "consent_text": "All the news."}, title="News")
    url, data = fields(client, pages_of(person)[0], "agree", near="News")
    news.title = "Something else"
    news.save_revision().publish()
    client.post(url, {**data, "note": "on paper"}, follow=True)
    event = ConsentEvent.objects.latest("pk")
    assert (event.wording, event.form_title, event.form_key) == (
        "All the news.",
        "News",
        news.form_key,
    )
    assert agrees(person) == {"Guides: Updates": True, "News: Updates": True}


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent": "x"},
        {"consent": "9" * 30},
        {"consent": ""},
        {"consent": f"{'a' * 32}.{'b' * 64}/updates"},
        {"do": "erase"},
        {"note": "x" * 256},
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words(
    client: Client, person: Person, wrong: dict[str, str]
) -> None:
    url, data = fields(client, pages_of(person)[0], "withdraw")
    answer = client.post(url, {**data, **wrong}, follow=True)
    assert "Nothing was recorded" in answer.content.decode()
    assert ConsentEvent.objects.count() == 1


def test_note_that_holds_a_nul_is_kept_without_it(client: Client, person: Person) -> None:
    url, data = fields(client, pages_of(person)[0], "withdraw")
    client.post(url, {**data, "note": "by\x00 phone"})
    assert ConsentEvent.objects.latest("pk").note == "by phone"


def test_right_to_record_is_one_of_its_own(client: Client, person: Person) -> None:
    url, data = fields(client, pages_of(person)[0], "withdraw")
    right = Permission.objects.get(codename="add_consentevent")
    Group.objects.get(name=DATA_MANAGERS).permissions.remove(right)
    answer = client.post(url, data, follow=True)
    assert "may not record consents" in answer.content.decode()
    for page in pages_of(person):
        content = client.get(page).content.decode()
        assert "Write to me once a month." in content
        assert url not in content
    assert ConsentEvent.objects.count() == 1


def test_right_to_one_form_opens_neither_the_list_nor_the_button(
    client: Client, person: Person, form: FormPage
) -> None:
    url, data = fields(client, pages_of(person)[0], "withdraw")
    group = Group.objects.create(name="Of one form")
    codenames = ["access_admin", "add_consentevent", "view_person"]
    group.permissions.add(*Permission.objects.filter(codename__in=codenames))
    FormRight.objects.create(
        group=group, form_key=form.form_key, form_title=form.title, may_export=True
    )
    user = User.objects.create_user("one-form")
    user.groups.add(group)
    other = Client()
    other.force_login(user)
    assert other.get("/admin/forms_app/consentevent/").status_code in {302, 403}
    assert other.post(url, data).status_code in {302, 403}
    assert ConsentEvent.objects.count() == 1
