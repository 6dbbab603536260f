"""Staff see in the editor whether a guide is locked, and cron hears of it when it is not."""

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from eoc_cms.core.models import CustomDocument, User
from forms_app.models import FormPage
from home.models import HomePage
from resources.lock_check import SiteStranger, walk
from resources.models import ResourceIndexPage, ResourcePage
from resources.views import files
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


def test_editor_reads_that_it_is_locked(locked: ResourcePage, staff: Client) -> None:
    page = staff.get(lock_check_of(locked)).content.decode()
    assert "Yes, it is locked" in page
    assert page.count('class="eoc-road ') == len(walk.ROADS)
    assert "eoc-road--open" not in page


def test_editor_reads_first_what_is_open(
    locked: ResourcePage, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "is_open_to_all", lambda found: True)
    page = staff.get(lock_check_of(locked)).content.decode()
    assert f"1 of {len(walk.ROADS)} ways is open" in page
    assert page.count("eoc-road--open") == 1
    assert page.index("eoc-road--open") < page.index("The news feed")


def test_editor_reads_that_an_open_gate_needs_no_check(
    index: ResourceIndexPage, staff: Client
) -> None:
    page = staff.get(lock_check_of(make_resource(index, "For everybody"))).content.decode()
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
    page = staff.get(lock_check_of(locked)).content.decode()
    assert "It could not be checked" in page
    assert "The site cannot be reached at http://127.0.0.1:9" in page
