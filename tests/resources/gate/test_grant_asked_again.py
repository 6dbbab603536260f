"""Whoever asked before has the link sent again; nobody learns whose address is known."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from eoc_cms.core.models import AskedToday, OutgoingMail
from forms_app.asking.address_form import A_DAY_FOR_A_CLIENT, A_DAY_FOR_AN_ADDRESS
from forms_app.models import FormPage, Person
from home.models import HomePage
from resources.gate import links_again
from resources.models import Grant, ResourceIndexPage, ResourcePage
from tests.factories.pages import form_page, make_resource

KNOWN = "ana@example.org"
UNKNOWN = "nobody@example.org"


@pytest.fixture
def form(home: HomePage) -> FormPage:
    return form_page(home)


@pytest.fixture
def guide(index: ResourceIndexPage, form: FormPage) -> ResourcePage:
    """Give a guide that one person has asked for, with the outgoing mail empty again."""
    page: ResourcePage = make_resource(index, "Guide", gate_mode="form", gate_form=form)
    Client().post(page.url, {"email": KNOWN})
    OutgoingMail.objects.all().delete()
    return page


def ask(email: str, *, path: str = "/access/", **values: Any) -> Any:
    return Client().post(path, {"email": email}, **values)


def links_mailed() -> list[str]:
    texts = OutgoingMail.objects.values_list("text", flat=True)
    return re.findall(r"http://testserver(/access/\S+)", " ".join(texts))


def test_locked_page_leads_to_the_form(guide: ResourcePage) -> None:
    address = f"/access/?for={guide.pk}"
    assert address in Client().get(guide.url).content.decode()
    assert "Guide" in Client().get(address).content.decode()


def test_mailed_link_opens_the_guide_on_another_device(guide: ResourcePage) -> None:
    ask("Ana@Example.ORG ", path=f"/access/?for={guide.pk}")
    mail = OutgoingMail.objects.get()
    assert mail.recipient == KNOWN
    assert "Guide" in mail.subject
    (link,) = links_mailed()
    assert link in mail.html
    elsewhere = Client()
    elsewhere.post(link)
    assert b"/download/" in elsewhere.get(guide.url).content


@pytest.mark.parametrize("named", ["", "?for={}"])
def test_answer_is_the_same_for_every_address(guide: ResourcePage, named: str) -> None:
    path = f"/access/{named.format(guide.pk)}"
    known, unknown = ask(KNOWN, path=path), ask(UNKNOWN, path=path)
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert set(known.headers.items()) == set(unknown.headers.items())
    assert not known.cookies
    shown = Client().get(known["Location"]).content.decode()
    assert "Look into your mail" in shown
    assert KNOWN not in shown
    assert OutgoingMail.objects.get().recipient == KNOWN


def test_unknown_address_costs_the_same_work(guide: ResourcePage) -> None:
    def kinds(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            ask(email, path=f"/access/?for={guide.pk}")
        words = [query["sql"].split()[0] for query in captured]
        return [word for word in words if word != "DELETE"]

    ask(UNKNOWN)  # whatever the first request of all looks up
    assert kinds(KNOWN) == kinds(UNKNOWN)


@pytest.mark.parametrize("end", ["revoked", "expired", "erased"])
def test_ended_grant_is_not_sent_again(guide: ResourcePage, end: str) -> None:
    now = timezone.now()
    if end == "revoked":
        Grant.objects.update(revoked_at=now)
    elif end == "expired":
        Grant.objects.update(expires_at=now - timedelta(seconds=1))
    else:
        Person.objects.all().delete()
    assert ask(KNOWN).status_code == 303
    assert not OutgoingMail.objects.exists()


def test_link_to_what_is_not_public_is_not_sent(guide: ResourcePage) -> None:
    guide.unpublish()
    for path in ("/access/", f"/access/?for={guide.pk}"):
        assert ask(KNOWN, path=path).status_code == 303
        assert "Guide" not in Client().get(path).content.decode()
    assert not OutgoingMail.objects.exists()


def test_only_the_resource_asked_for_is_sent(
    guide: ResourcePage, index: ResourceIndexPage, home: HomePage
) -> None:
    home.refresh_from_db()
    other_form = FormPage(title="Other form", slug="other-form")
    home.add_child(instance=other_form)
    other = make_resource(index, "Other guide", gate_mode="form", gate_form=other_form)
    ask(KNOWN, path=f"/access/?for={other.pk}")
    assert not OutgoingMail.objects.exists()
    ask(KNOWN)
    assert len(links_mailed()) == 1


def test_all_links_of_a_person_come_in_one_mail(
    guide: ResourcePage, index: ResourceIndexPage, form: FormPage
) -> None:
    other: Any = make_resource(index, "Other guide", gate_mode="form", gate_form=form)
    FormPage.objects.filter(pk=form.pk).update(grant_scope=FormPage.GrantScope.ONE_RESOURCE)
    Grant.objects.update(resource_id_granted=guide.pk)
    Client().post(other.url, {"email": KNOWN})
    OutgoingMail.objects.all().delete()
    ask(KNOWN)
    text = OutgoingMail.objects.get().text
    assert len(links_mailed()) == 2
    assert "Other guide" in text
    assert "“Guide”" in text or "\nGuide:" in text


@pytest.mark.parametrize(
    "named", ["", "?for=", "?for=999999", "?for=x", "?for=%00", "?for=%D9%A1", "?for=" + "9" * 400]
)
def test_any_address_of_the_form_answers(guide: ResourcePage, named: str) -> None:
    path = f"/access/{named}"
    assert Client().get(path).status_code == 200
    assert ask(KNOWN, path=path).status_code == 303


@pytest.mark.parametrize("email", ["", "nobody", "a b@example.org", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_explained(guide: ResourcePage, email: str) -> None:
    response = ask(email)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not OutgoingMail.objects.exists()


def test_form_from_another_site_is_not_taken(guide: ResourcePage) -> None:
    response = ask(KNOWN, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert not OutgoingMail.objects.exists()


def test_filled_trap_gets_the_same_answer_and_no_mail(guide: ResourcePage) -> None:
    response = Client().post("/access/", {"email": KNOWN, "website_address": "x"})
    assert (response.status_code, response["Location"]) == (303, ask(UNKNOWN)["Location"])
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("path", ["/access/", "/access/?sent=1"])
def test_page_is_private_and_kept_from_search_engines(guide: ResourcePage, path: str) -> None:
    response = Client().get(path)
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "private, no-store"
    assert b'<meta name="robots" content="noindex">' in response.content
    assert not response.cookies
    assert Client().put(path).status_code == 405


def test_address_gets_few_mails_a_day_and_more_the_next(
    guide: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [ask(KNOWN) for _number in range(A_DAY_FOR_AN_ADDRESS + 3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (303, "/access/?sent=1")
    }
    assert OutgoingMail.objects.count() == A_DAY_FOR_AN_ADDRESS
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    ask(KNOWN)
    assert OutgoingMail.objects.count() == A_DAY_FOR_AN_ADDRESS + 1


def test_client_that_tries_many_addresses_is_stopped_and_not_told(guide: ResourcePage) -> None:
    for number in range(A_DAY_FOR_A_CLIENT):
        ask(f"visitor-{number}@example.org", REMOTE_ADDR="192.0.2.7")
    assert ask(KNOWN, REMOTE_ADDR="192.0.2.7").status_code == 303
    assert not OutgoingMail.objects.exists()
    ask(KNOWN, REMOTE_ADDR="192.0.2.8")
    assert OutgoingMail.objects.count() == 1


def test_made_up_header_does_not_make_another_client(
    guide: ResourcePage, settings: LazySettings
) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(A_DAY_FOR_A_CLIENT):
        made_up = {"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.7"}
        ask(f"visitor-{number}@example.org", headers=made_up)
    ask(KNOWN, headers={"X-Forwarded-For": "203.0.113.1, 192.0.2.7"})
    assert not OutgoingMail.objects.exists()
    ask(KNOWN, headers={"X-Forwarded-For": "192.0.2.7, 203.0.113.1"})
    assert OutgoingMail.objects.count() == 1


def test_whole_network_of_ipv6_is_one_client(guide: ResourcePage) -> None:
    for number in range(A_DAY_FOR_A_CLIENT):
        ask(f"visitor-{number}@example.org", REMOTE_ADDR=f"2001:db8::{number:x}")
    ask(KNOWN, REMOTE_ADDR="2001:db8::ffff:1")
    assert not OutgoingMail.objects.exists()


def test_counts_hold_neither_addresses_nor_clients(guide: ResourcePage) -> None:
    AskedToday.objects.all().delete()
    ask(KNOWN, REMOTE_ADDR="192.0.2.7")
    counts = list(AskedToday.objects.values())
    assert [count["count"] for count in counts] == [1, 1]
    assert not any(told in repr(counts) for told in (KNOWN, "192.0.2.7"))


def test_database_in_trouble_is_said_alike_for_every_address(
    guide: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*mails: object) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(links_again, "queue_mail", fail)
    answers = [ask(email) for email in (KNOWN, UNKNOWN)]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert all(answer["Retry-After"] for answer in answers)
    assert all("Send it again" in answer.content.decode() for answer in answers)


def test_refused_link_leads_to_the_form(guide: ResourcePage) -> None:
    assert 'href="/access/"' in Client().get("/access/damaged/").content.decode()
