"""The background worker's regular jobs, and how the site says whether all is well."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from eoc_cms.core.background import jobs
from eoc_cms.core.management.commands import run_worker
from eoc_cms.core.models import JobRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Register jobs for one test, in the place of the site's own."""
    monkeypatch.setattr(jobs, "_jobs", {})
    return jobs.register


def fail() -> None:
    raise ZeroDivisionError


def test_job_runs_when_its_time_has_come_and_not_before(register: Callable[..., None]) -> None:
    ran: list[str] = []
    register("sweep", every=timedelta(hours=1), run=lambda: ran.append("sweep"))
    assert jobs.run_due_jobs() == ["sweep"]
    assert jobs.run_due_jobs() == []
    JobRun.objects.update(started_at=timezone.now() - timedelta(minutes=61))
    assert jobs.run_due_jobs() == ["sweep"]
    assert ran == ["sweep"] * 2


def test_failing_job_is_recorded_and_stops_no_other(
    register: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    register("broken", every=timedelta(hours=1), run=fail)
    register("sweep", every=timedelta(hours=1), run=lambda: None)
    assert jobs.run_due_jobs() == ["sweep"]
    assert JobRun.objects.get(name="broken").error == "ZeroDivisionError"
    assert JobRun.objects.get(name="sweep").error == ""
    assert "The job broken failed" in caplog.text
    register("broken", every=timedelta(0), run=lambda: None)
    jobs.run_due_jobs()
    assert JobRun.objects.get(name="broken").error == ""


def test_worker_waits_for_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away() -> None:
        raise OperationalError("password=s3cret")

    # The worker would close the connection, and with it the transaction of this test.
    monkeypatch.setattr(run_worker, "close_old_connections", lambda: None)
    worker = run_worker.Command()
    with monkeypatch.context() as while_away:
        while_away.setattr(jobs, "beat", away)
        worker.look_safely()
    assert "The database did not answer: OperationalError" in capsys.readouterr().err
    worker.look_safely()
    assert jobs.is_worker_alive()


def test_site_is_ready_when_every_part_works() -> None:
    call_command("run_worker", once=True)
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json() == dict.fromkeys(("database", "cache", "storage", "worker"), "ok")


@pytest.mark.parametrize("silence", [None, timedelta(seconds=91)])
def test_site_is_not_ready_without_a_worker(silence: timedelta | None) -> None:
    if silence:
        jobs.beat()
        JobRun.objects.update(finished_at=timezone.now() - silence)
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json()["worker"] == "failing"
    assert response.json()["database"] == "ok"


@pytest.mark.parametrize(
    ("part", "thing", "method"),
    [
        ("database", lambda: connection, "cursor"),
        ("storage", lambda: storages["private"], "save"),
    ],
)
def test_broken_part_is_named_and_the_process_still_up(
    monkeypatch: pytest.MonkeyPatch, part: str, thing: Callable[[], object], method: str
) -> None:
    jobs.beat()

    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("password=s3cret")

    with monkeypatch.context() as while_broken:
        while_broken.setattr(thing(), method, broken, raising=False)
        ready, up = Client().get("/readyz"), Client().get("/healthz")
    assert (ready.status_code, ready.json()[part]) == (503, "failing")
    assert b"s3cret" not in ready.content
    assert (up.status_code, up.content) == (200, b"ok")


def test_health_check_leaves_no_file_behind() -> None:
    Client().get("/readyz")
    assert storages["private"].listdir("") == ([], [])
