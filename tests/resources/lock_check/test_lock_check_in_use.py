"""Staff see in the editor whether a guide is locked, and cron hears of it when it is not."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eoc_cms.core.background import jobs
from eoc_cms.core.models import CustomDocument, JobRun, User
from forms_app.models import FormPage
from home.models import HomePage
from resources.lock_check import SiteStranger, SiteUnreachableError, running, walk
from resources.lock_check.stranger import Answer
from resources.models import LockCheck, ResourceIndexPage, ResourcePage
from resources.views import files
from tests.factories.fixtures import Wait
from tests.factories.pages import form_page, make_resource
from tests.resources.lock_check.strangers import ClientStranger

pytestmark = pytest.mark.indexed


@pytest.fixture(autouse=True)
def _asked_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put this process's site where the network would be."""
    monkeypatch.setattr(walk, "SiteStranger", ClientStranger)


@pytest.fixture
def form(home: HomePage) -> FormPage:
    return form_page(home)


@pytest.fixture
def locked(index: ResourceIndexPage, form: FormPage) -> ResourcePage:
    page = make_resource(index, "A locked guide", gate_mode="form", gate_form=form)
    CustomDocument.objects.update(file_hash="f" * 40, file_size=123_456)
    return ResourcePage.objects.get(pk=page.pk)


# --- The command --------------------------------------------------------------


def test_command_tells_of_each_resource_and_ends_well(
    locked: ResourcePage, index: ResourceIndexPage, capsys: pytest.CaptureFixture[str]
) -> None:
    make_resource(index, "For everybody", files=("other.pdf",))
    call_command("check_gates")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"A locked guide: all {len(walk.ROADS)} ways are closed."
    assert lines[1].startswith("For everybody: The gate is open")


def test_command_is_silent_for_cron_while_all_is_well(
    locked: ResourcePage, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_gates", verbosity=0)
    assert capsys.readouterr() == ("", "")


def test_command_ends_with_an_error_when_a_road_is_open(
    locked: ResourcePage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(files, "is_open_to_all", lambda found: True)
    with pytest.raises(CommandError, match="1 way is open"):
        call_command("check_gates", verbosity=0)
    assert "OPEN: The document’s own address" in capsys.readouterr().out


def test_command_ends_with_an_error_when_the_site_is_out_of_reach(
    locked: ResourcePage, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:9"
    monkeypatch.setattr(walk, "SiteStranger", SiteStranger)
    with pytest.raises(CommandError, match=r"reached at http://127\.0\.0\.1:9"):
        call_command("check_gates")


# --- In the editor ------------------------------------------------------------


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ana", "ana@example.org", "x"))
    return client


def lock_check_of(resource: ResourcePage) -> str:
    return reverse("resources_lock_check", args=[resource.pk])


def test_gate_in_the_editor_leads_to_the_check(locked: ResourcePage, staff: Client) -> None:
    editor = staff.get(reverse("wagtailadmin_pages:edit", args=[locked.pk]))
    assert lock_check_of(locked) in editor.content.decode()
    new = reverse(
        "wagtailadmin_pages:add", args=["resources", "resourcepage", locked.get_parent().pk]
    )
    assert "Is it really locked?" not in staff.get(new).content.decode()


def tried(staff: Client, resource: ResourcePage) -> str:
    """Ask for a walk, let the worker make it, and return the page that tells of it."""
    staff.post(lock_check_of(resource))
    running.walk_waiting()
    return staff.get(lock_check_of(resource)).content.decode()


def test_editor_reads_that_it_is_locked(locked: ResourcePage, staff: Client) -> None:
    page = tried(staff, locked)
    assert "Yes, it is locked" in page
    assert page.count('class="eoc-road ') == len(walk.ROADS)
    assert "eoc-road--open" not in page


def test_editor_reads_first_what_is_open(
    locked: ResourcePage, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "is_open_to_all", lambda found: True)
    page = tried(staff, locked)
    assert f"1 of {len(walk.ROADS)} ways is open" in page
    assert page.count("eoc-road--open") == 1
    assert page.index("eoc-road--open") < page.index("The news feed")


def test_editor_reads_that_an_open_gate_needs_no_check(
    index: ResourceIndexPage, staff: Client
) -> None:
    page = tried(staff, make_resource(index, "For everybody"))
    assert "Nothing to check" in page
    assert "The gate is open" in page


def test_editor_reads_why_nothing_could_be_checked(
    locked: ResourcePage,
    staff: Client,
    monkeypatch: pytest.MonkeyPatch,
    settings: LazySettings,
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:9"
    monkeypatch.setattr(walk, "SiteStranger", SiteStranger)
    page = tried(staff, locked)
    assert "It could not be checked" in page
    assert "The site cannot be reached at http://127.0.0.1:9" in page


# --- In the background --------------------------------------------------------


def test_request_asks_the_site_nothing(
    locked: ResourcePage, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.beat()
    monkeypatch.setattr(ClientStranger, "ask", None)
    staff.get(lock_check_of(locked))
    for _ in range(10):
        assert staff.post(lock_check_of(locked)).status_code == 302
    assert LockCheck.objects.get().state == LockCheck.State.WAITING
    assert "It begins in a few seconds" in staff.get(lock_check_of(locked)).content.decode()


def test_progress_shows_beside_the_last_result(
    locked: ResourcePage, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.beat()
    tried(staff, locked)
    staff.post(lock_check_of(locked))
    seen = []

    class Watched(ClientStranger):
        def ask(self, *args: Any, **options: Any) -> Answer:
            if LockCheck.objects.get().done == 2:
                seen.append(staff.get(lock_check_of(locked)).content.decode())
            return super().ask(*args, **options)

    monkeypatch.setattr(walk, "SiteStranger", Watched)
    running.walk_waiting()
    assert f"2 of {len(walk.ROADS)} ways were tried so far" in seen[0]
    assert "Yes, it is locked" in seen[0]
    assert "Try again" not in seen[0]


def test_two_workers_make_one_walk(locked: ResourcePage, monkeypatch: pytest.MonkeyPatch) -> None:
    walks = []

    class Meeting(ClientStranger):
        def __init__(self) -> None:
            walks.append(self)
            running.walk_waiting()

    monkeypatch.setattr(walk, "SiteStranger", Meeting)
    running.ask_for_walk(locked)
    running.walk_waiting()
    assert len(walks) == 1


def test_walk_that_was_stopped_can_be_asked_for_again(
    locked: ResourcePage, staff: Client, wait: Wait
) -> None:
    running.ask_for_walk(locked)
    LockCheck.objects.update(state=LockCheck.State.WALKING, started_at=timezone.now())
    staff.post(lock_check_of(locked))
    assert LockCheck.objects.get().state == LockCheck.State.WALKING
    wait(timedelta(minutes=11))
    assert "Yes, it is locked" in tried(staff, locked)


def test_walk_that_breaks_off_says_so(
    locked: ResourcePage, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClientStranger, "ask", None)
    assert "The check broke off" in tried(staff, locked)


def test_missing_worker_is_told(locked: ResourcePage, staff: Client) -> None:
    JobRun.objects.all().delete()
    staff.post(lock_check_of(locked))
    assert (
        "The background worker is not running" in staff.get(lock_check_of(locked)).content.decode()
    )


def test_page_saved_since_is_told(locked: ResourcePage, staff: Client) -> None:
    assert "was saved since" not in tried(staff, locked)
    locked.save_revision()
    assert "was saved since" in staff.get(lock_check_of(locked)).content.decode()


@pytest.mark.django_db(transaction=True)
def test_worker_makes_the_walk_beside_its_other_work(locked: ResourcePage) -> None:
    running.ask_for_walk(locked)
    call_command("run_worker", "--once")
    check = LockCheck.objects.get()
    assert (check.state, len(check.findings)) == (LockCheck.State.RESTING, len(walk.ROADS))


def test_site_that_answers_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = SiteStranger("http://127.0.0.1:9")
    stranger.ends_at = 0
    with pytest.raises(SiteUnreachableError, match="answered so slowly"):
        stranger.ask("GET", "/")
