"""Logs hold what went wrong and nobody's words, addresses or tokens."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from home.bootstrap import bootstrap


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Give what the site's own handler writes."""
    written = StringIO()
    handler = next(h for h in logging.getLogger().handlers if h.name == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(written)
    yield written
    if before:
        handler.setStream(before)


def test_query_and_access_token_are_not_written(log: StringIO) -> None:
    for message, argument in (
        ("Not Found: %s", "/search/?q=ana@example.org"),
        ("Gone: %s", "/access/WyJhIl0:1x:secret/?a=b"),
        ("Gone: %s", "/es/code/K7QM-3FTW-9XHD-2PRV/"),
        ("Gone: %s", "/your-data/consents/WyJhIl0:secret/"),
        ("Not Found: /download/1/?pass=secret (%s)", "404"),
    ):
        logging.getLogger("django.request").warning(message, argument)
    said = log.getvalue()
    assert "Not Found: /search/?…" in said
    assert "Gone: /access/…" in said
    assert "Gone: /es/code/…" in said
    assert "Gone: /your-data/consents/…" in said
    for private in ("ana@example.org", "secret", "WyJ", "K7QM"):
        assert private not in said


@pytest.mark.django_db
def test_request_that_fails_is_logged_without_what_was_asked(log: StringIO) -> None:
    bootstrap()
    Client().get("/nowhere/?q=ana@example.org")
    Client().get("/access/forged-token/")
    assert "/nowhere/" in log.getvalue()
    assert "ana@example.org" not in log.getvalue()
    assert "forged-token" not in log.getvalue()


@pytest.mark.django_db
def test_failed_health_check_fills_no_log(log: StringIO) -> None:
    assert Client().get("/readyz").status_code == 503
    assert log.getvalue() == ""
