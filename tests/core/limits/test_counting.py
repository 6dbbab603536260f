"""No limit is overshot, however many ask at once, and no count outlives its day."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from eoc_cms.core.limits.counting import (
    Limit,
    forget_counts,
    is_at_limit,
    is_within_limit,
    over_limit,
)
from eoc_cms.core.models import AskedToday, OutgoingMail
from forms_app.asking import address_form
from forms_app.models import Person
from home.bootstrap import bootstrap
from resources.views import cohort_code
from tests.at_once import at_once

AT_ONCE = 40
FIVE = Limit(what="test", who="somebody", most=5)


def tally(ask: Callable[[int], object]) -> Counter[object]:
    """Return how often each came back when forty ask at the same time."""
    return Counter(at_once(ask, times=AT_ONCE))


def ask_for_mail(place: str, number: int) -> int:
    visitor = Client(REMOTE_ADDR=f"192.0.2.{number}")
    return visitor.post(place, {"email": "ana@example.org"}).status_code


@pytest.fixture
def committed(transactional_db: None, site: Site) -> None:
    """Make the first pages, so that other connections see them."""
    bootstrap()


@pytest.mark.usefixtures("committed")
def test_five_of_forty_at_once_are_within_a_limit_of_five() -> None:
    assert tally(lambda _number: is_within_limit(FIVE)) == {True: 5, False: 35}
    cache.clear()
    assert not is_within_limit(FIVE)


@pytest.mark.usefixtures("committed")
def test_thirty_five_of_forty_wrong_codes_at_once_are_not_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cohort_code, "MOST_WRONG", 5)
    sent = tally(lambda number: Client().post("/code/", {"code": f"wrong-{number}"}).status_code)
    assert sent == {200: 5, 429: 35}


@pytest.mark.usefixtures("committed")
def test_no_more_mails_than_a_day_has_for_an_address_whoever_asks_at_once() -> None:
    Person.objects.met("ana@example.org")
    for place in ("/access/", "/your-data/"):
        OutgoingMail.objects.all().delete()
        answered = tally(partial(ask_for_mail, place))
        assert set(answered) <= {200, 302, 303}
        assert OutgoingMail.objects.count() <= address_form.A_DAY_FOR_AN_ADDRESS
    assert OutgoingMail.objects.count() == address_form.A_DAY_FOR_AN_ADDRESS


@pytest.mark.usefixtures("db")
def test_looking_counts_nothing() -> None:
    for _ in range(5):
        assert not is_at_limit(FIVE)
        assert is_within_limit(FIVE)
    assert is_at_limit(FIVE)


@pytest.mark.usefixtures("db")
def test_limits_are_counted_apart_and_each_once() -> None:
    once = Limit(what="once", who="somebody", most=1)
    other = Limit(what="once", who="another", most=1)
    assert over_limit([once, once, other]) == []
    assert over_limit([once, FIVE]) == [once]
    assert over_limit([]) == []


@pytest.mark.usefixtures("db")
def test_count_is_taken_back_with_its_transaction() -> None:
    with transaction.atomic():
        assert is_within_limit(Limit(what="once", who="somebody", most=1))
        transaction.set_rollback(True)
    assert is_within_limit(Limit(what="once", who="somebody", most=1))


@pytest.mark.usefixtures("db")
def test_counts_of_earlier_days_are_deleted_and_name_nobody() -> None:
    is_within_limit(Limit(what="address", who="ana@example.org", most=5))
    assert "ana" not in str(list(AskedToday.objects.values()))
    assert forget_counts() == 0
    AskedToday.objects.update(day=timezone.now().date() - timedelta(days=1))
    assert forget_counts() == 1
    assert not AskedToday.objects.exists()
