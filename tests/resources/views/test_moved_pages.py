"""When a page gets another address, its old one still leads there, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
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
