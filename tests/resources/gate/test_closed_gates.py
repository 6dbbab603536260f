"""A gate whose form takes no answers now says so, and promises nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forms_app.models import FormPage
from resources.models import ResourcePage
from tests.factories.codes import enter, make_code
from tests.factories.fixtures import Make

DAY = timedelta(days=1)
PROMISES = ("Free, short form", "Get the guide", "the files open again")


def close(resource: ResourcePage, **fields: object) -> None:
    assert resource.gate_form
    FormPage.objects.filter(pk=resource.gate_form.pk).update(**fields)


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("edge", [{"opens_at": 1}, {"closes_at": -1}], ids=["not yet", "no more"])
def test_gate_promises_nothing_while_its_form_is_closed(make: Make, edge: dict[str, int]) -> None:
    guide = make("Guide")
    assert "Get the guide" in text_of(Client(), guide.url)
    close(guide, **{name: timezone.now() + days * DAY for name, days in edge.items()})
    closed = text_of(Client(), f"{guide.url}?fresh")
    assert "Not open just now" in closed
    assert [words for words in PROMISES if words in closed] == []
    assert "Have the link sent again" in closed


def test_ended_code_sends_nobody_to_a_closed_form(client: Client, make: Make) -> None:
    guide = make("Guide")
    code = make_code(guide)
    enter(client, code.written)
    close(guide, closes_at=timezone.now() - DAY)
    type(code).objects.update(revoked_at=timezone.now())
    page = text_of(client, guide.url)
    assert "The code that opened this has ended." in page
    assert [words for words in PROMISES if words in page] == []
