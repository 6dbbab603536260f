"""Wagtail's own address of a document opens nothing, and tells nothing that a page does not."""

import re
from typing import Any

import pytest
from django.test import Client

from eoc_cms.core.models import CustomDocument
from resources.models import ResourceFile, ResourceIndexPage, ResourcePage
from tests.factories.fixtures import Make
from tests.factories.pages import document, make_resource, publish

UNKNOWN = 987654


def answer_to(path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Return an answer in a form that can be compared."""
    response: Any = Client().generic(method, path)
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    # Its parts come in any order.
    policy = headers.pop("Content-Security-Policy", "")
    headers["Content-Security-Policy"] = " ".join(sorted(policy.replace(";", " ").split()))
    return response.status_code, headers, response.content


def without_number(answer: tuple[int, dict[str, str], bytes], number: int) -> Any:
    """Leave out the number that was asked for, which a page may repeat."""
    status, headers, body = answer
    return status, headers, re.sub(rf"documents(\W|%2F){number}\b".encode(), b"", body)


def hidden_by_a_draft(make: Make, index: ResourceIndexPage) -> CustomDocument:
    page: Any = make("Hidden", live=False)
    return ResourceFile.objects.get(resource=page).document


def on_no_page(make: Make, index: ResourceIndexPage) -> CustomDocument:
    return document("guide.pdf")


def in_a_draft_only(make: Make, index: ResourceIndexPage) -> CustomDocument:
    page: Any = publish(make("Shown"))
    added = document("guide.pdf")
    page.files.add(ResourceFile(document=added, sort_order=1))
    page.save_revision()
    return added


def in_a_private_section(make: Make, index: ResourceIndexPage) -> CustomDocument:
    page = make("Private")
    page.view_restrictions.create(restriction_type="login")
    return ResourceFile.objects.get(resource=page).document


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize(
    "hide", [hidden_by_a_draft, on_no_page, in_a_draft_only, in_a_private_section]
)
def test_document_without_a_public_page_answers_as_one_that_does_not_exist(
    make: Make, index: ResourceIndexPage, hide: Any, method: str
) -> None:
    found = hide(make, index)
    for name in (found.filename, "guess.pdf", ""):
        answers = [
            without_number(answer_to(f"/documents/{number}/{name}", method), number)
            for number in (found.pk, UNKNOWN)
        ]
        assert answers[0] == answers[1]


def test_document_of_a_public_page_leads_there_whatever_its_name(make: Make) -> None:
    page = make("Locked guide")
    found = page.files.get().document
    answers = [answer_to(f"/documents/{found.pk}/{name}") for name in (found.filename, "x.pdf", "")]
    assert answers[0] == answers[1] == answers[2]
    status, headers, body = answers[0]
    assert (status, headers["Location"], body) == (303, page.url, b"")
    assert found.filename not in str(headers)
    assert headers.keys().isdisjoint({"ETag", "Accept-Ranges", "Content-Disposition"})


def test_document_of_two_pages_leads_to_the_one_that_shows(
    make: Make, index: ResourceIndexPage
) -> None:
    shown = make("Shown")
    found = shown.files.get().document
    hidden = make_resource(index, "Hidden", files=())
    ResourceFile.objects.create(resource=hidden, document=found, sort_order=-1)
    ResourcePage.objects.get(pk=hidden.pk).unpublish()
    assert answer_to(f"/documents/{found.pk}/x.pdf")[1]["Location"] == shown.url
