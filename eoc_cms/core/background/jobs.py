"""The regular jobs of the worker, and whether it is alive.

Apps register what must run now and then; the worker runs what is due. Each
run is recorded, so that the health check and staff can see when it last
worked.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from eoc_cms.core.models import JobRun

logger = logging.getLogger(__name__)

HEARTBEAT = "heartbeat"
ALIVE_FOR = timedelta(seconds=90)


@dataclass(frozen=True, kw_only=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[], object]


_jobs: dict[str, Job] = {}
_beside: dict[str, Thread] = {}


def register(name: str, *, every: timedelta, run: Callable[[], object]) -> None:
    """Have the worker run a callable regularly; the name identifies its record."""
    _jobs[name] = Job(name=name, every=every, run=run)


def run_due_jobs() -> list[str]:
    """Run every job whose time has come, one after the other; return their names."""
    return [job.name for job in list(_jobs.values()) if _claim(job) and _run(job)]


def run_beside(name: str, run: Callable[[], object]) -> None:
    """Run something long in a thread of its own, unless it is running; mail never waits for it."""
    running = _beside.get(name)
    if running is None or not running.is_alive():
        # A worker that is told to stop does not wait for it.
        thread = Thread(target=_run_alone, args=(name, run), daemon=True)
        _beside[name] = thread
        thread.start()


def wait_for_what_runs_beside() -> None:
    for thread in list(_beside.values()):
        thread.join()


def _run_alone(name: str, run: Callable[[], object]) -> None:
    try:
        run()
    except Exception:
        logger.exception("%s failed", name)
    finally:
        connection.close()


def beat() -> None:
    """Record that the worker is alive."""
    JobRun.objects.update_or_create(name=HEARTBEAT, defaults={"finished_at": timezone.now()})


def is_worker_alive() -> bool:
    return JobRun.objects.filter(
        name=HEARTBEAT, finished_at__gte=timezone.now() - ALIVE_FOR
    ).exists()


def _claim(job: Job) -> bool:
    # One statement decides between two workers that find the same job due.
    now = timezone.now()
    JobRun.objects.get_or_create(name=job.name)
    due = Q(started_at=None) | Q(started_at__lte=now - job.every)
    return JobRun.objects.filter(due, name=job.name).update(started_at=now) == 1


def _run(job: Job) -> bool:
    error = ""
    try:
        job.run()
    except Exception as caught:
        # One failing job must not stop the others or the mail.
        logger.exception("The job %s failed", job.name)
        error = type(caught).__name__
    JobRun.objects.filter(name=job.name).update(finished_at=timezone.now(), error=error)
    return not error
