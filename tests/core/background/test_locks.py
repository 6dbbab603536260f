"""One at a time: what must not run twice at once waits for its turn."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from eoc_cms.core.background.locks import one_at_a_time


@contextmanager
def held_by_another(name: str) -> Iterator[threading.Event]:
    """Hold a lock in a thread with a connection of its own until the event is set."""
    has_lock, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        with one_at_a_time(name):
            has_lock.set()
            may_go.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert has_lock.wait(10)
    try:
        yield may_go
    finally:
        may_go.set()
        thread.join()


@pytest.mark.django_db
def test_second_waits_for_the_first() -> None:
    with held_by_another("test") as may_go:
        threading.Timer(0.3, may_go.set).start()
        begun = time.monotonic()
        with one_at_a_time("test"):
            assert time.monotonic() - begun > 0.25


@pytest.mark.django_db
def test_another_name_is_another_lock() -> None:
    with held_by_another("test") as may_go, one_at_a_time("other"):
        assert not may_go.is_set()


@pytest.mark.django_db
def test_failure_lets_the_lock_go() -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), one_at_a_time("test"):
            raise ZeroDivisionError
