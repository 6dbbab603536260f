"""Who agreed, in which words and since when: the list that news are sent from."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from eoc_cms.core.models import User
from forms_app.consents.recording import change_mind
from forms_app.intake.tray import mark_as_test, put_aside
from forms_app.models import ConsentEvent, ExportRecord, FormPage, Person, Submission
from home.groups import DATA_MANAGERS, EDITORS
from tests.factories.admin import rows_of
from tests.factories.exports import exported
from tests.factories.fixtures import MakeForm, SignIn

LIST = "/admin/forms_app/consentevent/"
PEOPLE = "/admin/forms_app/person/"
ANA, ZOE, KIM = "ana@example.org", "zoe@other.test", "kim@example.org"
WORDS = "Write to me once a month."
UPDATES = {
    "clean_name": "updates",
    "label": "Updates",
    "field_type": "consent",
    "consent_text": WORDS,
    "required": False,
}


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in(DATA_MANAGERS)


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(UPDATES, title="Guides")


def send(form: FormPage, email: str, **ticks: str) -> Submission:
    assert Client().post(form.url, {"email": email, **ticks}).status_code == 303
    return Submission.objects.latest("pk")


def withdraw(email: str) -> ConsentEvent:
    said = ConsentEvent.objects.filter(person__email=email)
    assert change_mind(said.order_by("pk")[0], is_given=False, how=ConsentEvent.How.PERSON)
    return said.latest("pk")


def listed(client: Client, **query: str) -> list[str]:
    return [row["E-mail"] for row in exported(client, LIST, **query)]


def today() -> str:
    return f"{timezone.localdate():%Y-%m-%d}"


@pytest.fixture
def three(form: FormPage) -> FormPage:
    """Ana agrees, Zoë agreed and does not any more, Kim never did."""
    send(form, ANA, updates="on")
    send(form, ZOE, updates="on")
    send(form, KIM)
    withdraw(ZOE)
    return form


def test_list_has_those_who_agree_with_words_form_day_and_way(
    client: Client, three: FormPage
) -> None:
    rows = rows_of(client.get(LIST).content.decode())
    for words in (ANA, "Updates", WORDS, "Guides", "With an answer"):
        assert words in rows
    assert ZOE not in rows
    assert KIM not in rows
    (row,) = exported(client, LIST)
    assert (row["E-mail"], row["Consent"], row["Wording"]) == (ANA, "Updates", WORDS)
    assert (row["Form"], row["Agreed"], row["How"]) == ("Guides", "yes", "With an answer")
    [since] = [value for heading, value in row.items() if heading.startswith("Since")]
    assert since.startswith(today())


def test_each_row_has_a_link_that_changes_the_mind_of_that_person_about_that_consent(
    client: Client, three: FormPage
) -> None:
    (row,) = exported(client, LIST)
    link = row["Link to change their mind"].removeprefix("http://testserver")
    assert Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert listed(client) == []


def test_state_is_chosen_and_told_also_where_nobody_chose_it(
    client: Client, three: FormPage
) -> None:
    assert listed(client) == [ANA]
    assert listed(client, state="withdrawn") == [ZOE]
    assert sorted(listed(client, state="all")) == [ANA, KIM, ZOE]
    told = ExportRecord.objects.order_by("pk").values_list("filters", flat=True)
    assert [filters["State"] for filters in told] == [
        "Agrees",
        "Agreed once, and no longer",
        "Whatever they said",
    ]


def test_who_left_the_box_empty_later_agreed_once_and_no_longer(
    client: Client, form: FormPage
) -> None:
    send(form, ANA, updates="on")
    send(form, ANA)
    assert listed(client) == []
    assert listed(client, state="withdrawn") == [ANA]


def test_held_answers_and_tests_are_no_consent(client: Client, three: FormPage) -> None:
    staff = User.objects.create_user("staff")
    send(three, "more@example.org", updates="on")
    mark_as_test(Submission.objects.latest("pk"), is_test=True, user=staff)
    put_aside(Submission.objects.get(person__email=ANA), user=staff)
    assert listed(client) == []


def test_list_is_narrowed_by_form_consent_days_and_address(
    client: Client, three: FormPage, make_form: MakeForm
) -> None:
    news = make_form(UPDATES, {**UPDATES, "clean_name": "pictures"}, title="News")
    send(news, KIM, updates="on")
    early = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
    ConsentEvent.objects.filter(person__email=ANA).update(at=early)
    assert listed(client, form=str(news.form_key)) == [KIM]
    assert listed(client, consent=f"{three.form_key.hex}.updates") == [ANA]
    assert listed(client, consent=f"{news.form_key.hex}.pictures") == []
    assert listed(client, until="2026-03-01") == [ANA]
    assert listed(client, **{"from": "2026-03-02"}) == [KIM]
    assert listed(client, q="kim") == [KIM]
    assert listed(client, q=ANA) == [ANA]
    assert listed(client, q="nobody") == []


def test_list_takes_as_many_queries_for_many_as_for_few(client: Client, form: FormPage) -> None:
    send(form, ANA, updates="on")
    few = queries_of(client, LIST)
    for number in range(12):
        send(form, f"person{number}@example.org", updates="on")
        withdraw(f"person{number}@example.org") if number % 2 else None
    for state in ("", "withdrawn", "all"):
        assert queries_of(client, f"{LIST}?state={state}") <= few


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_whoever_may_not_read_people_sees_no_list(sign_in: SignIn, three: FormPage) -> None:
    assert ANA not in sign_in(EDITORS).get(LIST, follow=True).content.decode()


# --- In later exports, and beside the answer ---------------------------------------


def test_export_of_answers_tells_what_was_changed_later_and_when(
    client: Client, three: FormPage
) -> None:
    said = {row["Person"]: row["Changed consents"] for row in exported(client)}
    assert said == {ANA: "", ZOE: f"Updates: withdrawn on {today()}", KIM: ""}
    ticked = {row["Person"]: row["Updates"] for row in exported(client)}
    assert ticked == {ANA: "yes", ZOE: "yes", KIM: "no"}


def test_export_of_one_form_tells_of_its_own_consents_only(
    client: Client, three: FormPage, make_form: MakeForm
) -> None:
    news = make_form(UPDATES, title="News")
    send(news, ZOE, updates="on")
    (row,) = exported(client, form=str(news.form_key))
    assert row["Changed consents"] == ""


def test_export_tells_of_a_consent_given_later(client: Client, form: FormPage) -> None:
    send(form, ANA)
    send(form, ANA, updates="on")
    first, second = exported(client)
    assert first["Changed consents"] == f"Updates: given on {today()}"
    assert second["Changed consents"] == ""


def test_export_of_answers_takes_as_many_queries_for_many_as_for_few(
    client: Client, form: FormPage
) -> None:
    send(form, ANA, updates="on")
    withdraw(ANA)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            exported(client)
        return len(captured)

    queries()
    few = queries()
    for number in range(6):
        send(form, f"person{number}@example.org", updates="on")
        withdraw(f"person{number}@example.org")
    assert queries() <= few


def test_list_and_export_of_people_tell_of_a_withdrawal(client: Client, three: FormPage) -> None:
    assert "Updates: withdrawn" in rows_of(client.get(PEOPLE).content.decode())
    said = {row["E-mail"]: row["Consents"].split(",")[0] for row in exported(client, PEOPLE)}
    assert said == {ANA: "Updates: yes", ZOE: "Updates: withdrawn", KIM: "Updates: no"}


def test_page_of_an_answer_keeps_what_was_ticked_and_tells_what_became_of_it(
    client: Client, three: FormPage
) -> None:
    def page(email: str) -> Any:
        key = Submission.objects.get(person__email=email).pk
        content = client.get(f"/admin/forms_app/submission/inspect/{key}/").content.decode()
        return " ".join(content.split())

    assert f"Yes <strong>(later: withdrawn on {today()})</strong>" in page(ZOE)
    assert "later:" not in page(ANA)


def test_whoever_said_so_thousands_of_times_has_one_row(client: Client, form: FormPage) -> None:
    send(form, ANA, updates="on")
    person = Person.objects.get()
    event = ConsentEvent.objects.get()
    more = [ConsentEvent(**{**said_by(event), "person": person}) for _number in range(3_000)]
    ConsentEvent.objects.bulk_create(more)
    assert ConsentEvent.objects.standing().count() == 1
    assert "Updates: yes" in client.get(PEOPLE).content.decode()


def said_by(event: ConsentEvent) -> dict[str, Any]:
    names = ("form_key", "field_name", "form_title", "label", "wording", "is_given", "at", "how")
    return {name: getattr(event, name) for name in names}
