"""When a page gets another address, its old one still leads there, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from forms_app.models import FormPage, Submission
from home.models import HomePage
from resources.models import Grant, ResourceIndexPage
from tests.factories.pages import form_page, make_resource

Rename = Callable[[Any, str], None]
OLD = "/resources/a-guide/"
ANSWER = {"email": "ana@example.org"}


@pytest.fixture
def gate(home: HomePage) -> FormPage:
    return form_page(home)


@pytest.fixture
def guide(index: ResourceIndexPage, gate: FormPage) -> Any:
    return make_resource(index, "A guide", gate_mode="form", gate_form=gate)


def test_renamed_page_is_found_from_its_old_address(guide: Any, rename: Rename) -> None:
    rename(guide, "the-guide")
    for method in ("get", "head"):
        led = getattr(Client(), method)(OLD)
        assert (led.status_code, led["Location"]) == (301, "/resources/the-guide/")


def test_pages_below_a_moved_list_are_found_too(
    guide: Any, index: ResourceIndexPage, rename: Rename
) -> None:
    rename(index, "library")
    led = Client().get(f"{OLD}?utm_source=mail")
    assert (led.status_code, led["Location"]) == (301, "/library/a-guide/?utm_source=mail")


def test_redirect_of_a_query_or_to_another_site_does_not_hand_the_query_on(guide: Any) -> None:
    Redirect.add_redirect("/old?topic=1", redirect_to=guide)
    Redirect.add_redirect("/away", redirect_to="https://example.com/there")
    assert Client().get("/old?topic=1")["Location"] == OLD
    assert Client().get("/away?answer=secret")["Location"] == "https://example.com/there"


def test_page_renamed_twice_is_found_from_both_addresses(guide: Any, rename: Rename) -> None:
    rename(guide, "the-guide")
    rename(guide, "our-guide")
    for old in (OLD, "/resources/the-guide/"):
        assert Client().get(old)["Location"] == "/resources/our-guide/"


def test_form_sent_to_the_old_address_is_sent_again_with_its_answers(
    guide: Any, rename: Rename
) -> None:
    rename(guide, "the-guide")
    led = Client().post(OLD, ANSWER)
    assert (led.status_code, led["Location"]) == (308, "/resources/the-guide/")
    # What a browser does at 308: the same method and body.
    followed = Client().post(OLD, ANSWER, follow=True, headers={"sec-fetch-site": "same-origin"})
    assert followed.status_code == 200
    assert "/download/" in followed.content.decode()
    assert Submission.objects.get().form_data == ANSWER
    assert Grant.objects.count() == 1


def test_form_page_that_was_moved_takes_its_answers(gate: FormPage, rename: Rename) -> None:
    rename(gate, "ask-for-a-guide")
    Client().post("/get-the-guides/", ANSWER, follow=True)
    assert Submission.objects.get().form_data == ANSWER


def test_redirect_that_staff_call_temporary_keeps_the_answers_too(guide: Any) -> None:
    Redirect.add_redirect("/short", redirect_to=guide, is_permanent=False)
    assert Client().get("/short").status_code == 302
    assert Client().post("/short", ANSWER).status_code == 307


def test_post_to_an_address_that_never_was_is_not_found(guide: Any) -> None:
    assert Client().post("/resources/never/", ANSWER).status_code == 404


def test_page_that_came_back_and_was_unpublished_leads_nowhere(guide: Any, rename: Rename) -> None:
    rename(guide, "the-guide")
    rename(guide, "a-guide")
    assert Client().get("/resources/the-guide/")["Location"] == OLD
    assert not Redirect.objects.filter(old_path=OLD.rstrip("/")).exists()
    guide.unpublish()
    for address in (OLD, "/resources/the-guide/"):
        assert Client().get(address).status_code == 404


def test_moved_list_that_came_back_leads_no_page_to_itself(
    guide: Any, index: ResourceIndexPage, rename: Rename
) -> None:
    rename(index, "library")
    rename(index, "resources")
    guide.refresh_from_db()
    guide.unpublish()
    for address in (OLD, "/library/a-guide/"):
        assert Client().get(address).status_code == 404
    assert not Redirect.objects.filter(old_path=OLD.rstrip("/")).exists()


@pytest.mark.parametrize("gone", ["unpublished", "expired", "deleted"])
def test_nothing_leads_to_a_page_that_is_gone(guide: Any, rename: Rename, gone: str) -> None:
    Redirect.add_redirect("/short", redirect_to=guide)
    Redirect.add_redirect("/shorter", redirect_to=OLD)
    if gone == "unpublished":
        guide.unpublish()
    elif gone == "expired":
        type(guide).objects.filter(pk=guide.pk).update(expire_at=timezone.now())
    else:
        guide.delete()
    for address in ("/short/", "/shorter/"):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize("ring", [("/a",), ("/a", "/b"), ("/a", "/b", "/c")], ids=len)
@pytest.mark.parametrize("host", ["", "http://testserver", "https://TestServer:443"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_ring_leads_nowhere(guide: Any, ring: tuple[str, ...], host: str, slash: str) -> None:
    for here, there in zip(ring, (*ring[1:], ring[0]), strict=True):
        Redirect.add_redirect(here, redirect_to=f"{host}{there}{slash}")
    for address in ring:
        assert Client().get(f"{address}/").status_code == 404
        assert Client().get(address, follow=True).status_code == 404


ENDS = {"page": OLD, "view": "/search/", "elsewhere": "https://example.org/a"}


def test_chain_over_a_redirect_of_a_query_is_told_by_its_end(guide: Any) -> None:
    Redirect.add_redirect("/first/", "/old.php?id=1")
    Redirect.add_redirect("/old.php?id=1", guide.url)
    led = Client().get("/first/")
    assert (led.status_code, led["Location"]) == (301, guide.url)


@pytest.mark.parametrize("end", ENDS)
def test_chain_is_told_by_its_end(guide: Any, end: str) -> None:
    Redirect.add_redirect("/one", redirect_to="/two/")
    Redirect.add_redirect("/two", redirect_to="http://testserver/three?from=mail")
    Redirect.add_redirect("/three", redirect_to=ENDS[end])
    assert Client().get("/one")["Location"] == ENDS[end]
