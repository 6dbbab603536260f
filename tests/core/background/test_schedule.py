"""What is scheduled happens by itself, and expiry holds by the clock."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache.backends import base, locmem
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eoc_cms.core.models import JobRun
from home.groups import EDITORS, PUBLISHERS
from home.models import HomePage, StandardPage
from resources.models import ResourceIndexPage
from tests.factories import pages as making
from tests.factories.fixtures import SignIn
from tests.home.admin.test_groups import write_page

PAGE = "/about-us/"
MOMENT = timedelta(hours=2)


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Move the clock forward, that of the cache too."""
    real_now, real_time = timezone.now, time.time

    def forward(by: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real_now() + by)
        clock = SimpleNamespace(time=lambda: real_time() + by.total_seconds())
        monkeypatch.setattr(base, "time", clock)
        monkeypatch.setattr(locmem, "time", clock)

    return forward


def written(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def work() -> None:
    """Let the worker look for what is due, however short ago it last did."""
    JobRun.objects.filter(name="publish_scheduled").delete()
    call_command("run_worker", once=True)


def test_page_goes_out_at_its_time_and_leaves_at_its_time(
    sign_in: SignIn, home: HomePage, wait: Callable[[timedelta], None]
) -> None:
    now = timezone.now()
    write_page(
        sign_in(PUBLISHERS),
        home,
        go_live_at=written(now + MOMENT),
        expire_at=written(now + 2 * MOMENT),
        **{"action-publish": "1"},
    )
    work()
    assert Client().get(PAGE).status_code == 404
    wait(MOMENT + timedelta(minutes=2))
    work()
    assert Client().get(PAGE).status_code == 200
    wait(2 * MOMENT + timedelta(minutes=2))
    assert Client().get(PAGE).status_code == 404
    assert StandardPage.objects.get().live
    work()
    assert not StandardPage.objects.get().live
    assert StandardPage.objects.get().expired


def test_approved_page_waits_for_its_time(
    sign_in: SignIn, home: HomePage, wait: Callable[[timedelta], None]
) -> None:
    go_live_at = written(timezone.now() + MOMENT)
    page = write_page(sign_in(EDITORS), home, go_live_at=go_live_at, **{"action-submit": "1"})
    assert page is not None
    task = page.current_workflow_task_state
    sign_in(PUBLISHERS).post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    )
    assert not StandardPage.objects.get().live
    wait(MOMENT + timedelta(minutes=2))
    work()
    assert StandardPage.objects.get().live


def test_expired_guide_is_closed_everywhere_before_any_job_has_run(
    index: ResourceIndexPage, wait: Callable[[timedelta], None]
) -> None:
    guide = making.make_resource(
        index, "Soon gone", gate_mode="open", expire_at=timezone.now() + MOMENT
    )
    file = reverse("download", args=[guide.files.get().key])
    stranger = Client()
    assert [stranger.get(path).status_code for path in (guide.url, file)] == [200, 200]
    assert b"Soon gone" in stranger.get(index.url).content
    wait(MOMENT + timedelta(minutes=2))
    assert [stranger.get(path).status_code for path in (guide.url, file)] == [404, 404]
    assert b"Soon gone" not in stranger.get(index.url).content
    assert b"soon-gone" not in stranger.get("/sitemap.xml").content


def test_worker_looks_for_scheduled_pages_every_minute(
    home: HomePage, wait: Callable[[timedelta], None]
) -> None:
    call_command("run_worker", once=True)
    first = JobRun.objects.get(name="publish_scheduled").started_at
    call_command("run_worker", once=True)
    assert JobRun.objects.get(name="publish_scheduled").started_at == first
    wait(timedelta(minutes=1))
    call_command("run_worker", once=True)
    run = JobRun.objects.get(name="publish_scheduled")
    assert run.started_at is not None
    assert first is not None
    assert run.started_at > first
    assert run.error == ""
