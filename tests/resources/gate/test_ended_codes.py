"""Whoever came in with a code is told when it has ended, and how to get in without it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from resources.models import CohortCode, Grant
from tests.factories.codes import enter, gets_file, make_code
from tests.factories.fixtures import Make

ENDED = "The code that opened this has ended."
ENDS = {
    "revoked": {"revoked_at": timezone.now},
    "over": {"expires_at": lambda: timezone.now() - timedelta(seconds=1)},
}


def end_codes(how: str) -> None:
    CohortCode.objects.update(**{name: value() for name, value in ENDS[how].items()})


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("how", ENDS)
def test_every_resource_of_an_ended_code_says_so(client: Client, make: Make, how: str) -> None:
    guide, other, third = make("Guide"), make("Other"), make("Third")
    enter(client, make_code(guide, other).written)
    assert ENDED not in text_of(client, guide.url)
    end_codes(how)
    for page in (guide, other):
        answer = client.get(page.url)
        assert ENDED in answer.content.decode()
        assert answer["Cache-Control"] == "private, no-store"
    assert ENDED not in text_of(client, third.url)
    assert ENDED not in text_of(Client(), guide.url)


def test_form_opens_what_an_ended_code_has_closed(client: Client, make: Make) -> None:
    guide = make("Guide")
    enter(client, make_code(guide).written)
    end_codes("over")
    client.post(guide.url, {"email": "ana@example.org"})
    assert gets_file(client, guide)
    assert ENDED not in text_of(client, guide.url)


def test_ended_code_is_told_also_where_the_form_is_gone(client: Client, make: Make) -> None:
    guide = make("Guide", gate_form=None)
    enter(client, make_code(guide).written)
    end_codes("revoked")
    assert ENDED in text_of(client, guide.url)


def test_end_of_a_form_s_grant_is_told_in_its_own_words(client: Client, make: Make) -> None:
    guide = make("Guide")
    client.post(guide.url, {"email": "ana@example.org"})
    enter(client, make_code(guide).written)
    end_codes("over")
    Grant.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = text_of(client, guide.url)
    assert "Your access has ended" in page
    assert ENDED not in page


def test_code_s_list_leads_to_the_form_once_it_has_ended(client: Client, make: Make) -> None:
    guide, other = make("Guide"), make("Other")
    enter(client, make_code(guide, other).written)
    end_codes("over")
    assert client.get("/code/opened/")["Location"] == "/code/"
