"""“Is it really locked?” is green on a locked guide, and red on each road that somebody opened."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import FileSystemStorage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from eoc_cms.core.models import CustomDocument
from forms_app.models import FormPage
from home.models import HomePage
from resources.gate import decision as gate
from resources.lock_check import (
    Report,
    check_resource,
    file_roads,
    page_roads,
    walk,
)
from resources.lock_check.stranger import Answer
from resources.lock_check.target import target_of
from resources.models import Download, ResourceFile, ResourceIndexPage, ResourcePage
from resources.views import files
from tests.factories.pages import document, form_page, make_resource, publish
from tests.loaded_demo import forget_demo, load_demo
from tests.resources.lock_check.strangers import ClientStranger

pytestmark = [pytest.mark.indexed, pytest.mark.sweep]

CLOSED_EVERYWHERE: list[str] = []


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


def only_file(resource: ResourcePage) -> ResourceFile:
    return resource.files.select_related("document").get()


def open_roads(resource: ResourcePage) -> list[str]:
    return [finding.road for finding in check_resource(resource).open_roads]


def sentences(report: Report) -> str:
    return " ".join(finding.sentence for finding in report.open_roads)


# --- Green --------------------------------------------------------------------


def test_guides_of_the_demo_are_locked_on_every_road(db: None, settings: LazySettings) -> None:
    settings.DEMO_PASSWORD = "only-for-tests"
    load_demo()
    reports = [check_resource(resource) for resource in ResourcePage.objects.all()]
    forget_demo()
    assert len(reports) == 2
    for report in reports:
        assert len(report.findings) == len(walk.ROADS)
        assert sentences(report) == ""


def test_checking_leaves_no_trace(locked: ResourcePage, form: FormPage) -> None:
    before = dict(CustomDocument.objects.values_list("pk", "file_hash"))
    assert open_roads(locked) == CLOSED_EVERYWHERE
    assert Download.objects.count() == 0
    assert form.get_submission_class().objects.count() == 0
    assert dict(CustomDocument.objects.values_list("pk", "file_hash")) == before


def test_every_finding_has_a_name_of_its_own_and_a_sentence(locked: ResourcePage) -> None:
    findings = check_resource(locked).findings
    assert len({finding.road for finding in findings}) == len(walk.ROADS)
    assert all(finding.sentence.endswith(".") for finding in findings)


def hide_as_draft(page: ResourcePage) -> None:
    page.unpublish()


def hide_by_the_clock(page: ResourcePage) -> None:
    ResourcePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("hide", [hide_as_draft, hide_by_the_clock])
@pytest.mark.parametrize("mode", ["form", "open"])
def test_page_that_is_not_public_is_closed_whatever_its_gate(
    locked: ResourcePage, hide: Callable[[ResourcePage], None], mode: str
) -> None:
    locked.gate_mode = mode
    hide(publish(locked))
    report = check_resource(ResourcePage.objects.get(pk=locked.pk))
    assert report.findings
    assert sentences(report) == ""
    assert "not public" in report.findings[0].road


def test_marked_file_behind_a_gate_stays_locked_and_the_mark_is_told(locked: ResourcePage) -> None:
    CustomDocument.objects.update(is_public=True)
    report = check_resource(locked)
    assert sentences(report) == ""
    assert any("but the gate is stronger" in finding.sentence for finding in report.findings)


def test_open_resource_with_the_same_file_is_told_of_and_stays_locked(
    locked: ResourcePage, index: ResourceIndexPage
) -> None:
    other = make_resource(index, "Open to all", files=())
    ResourceFile.objects.create(resource=other, document=only_file(locked).document)
    report = check_resource(locked)
    assert sentences(report) == ""
    assert any("“Open to all” is open" in finding.sentence for finding in report.findings)


def test_open_gate_says_that_there_is_nothing_to_check(index: ResourceIndexPage) -> None:
    report = check_resource(make_resource(index, "For everybody"))
    assert report.findings == ()
    assert "The gate is open" in report.note


def test_resource_without_a_file_says_so(index: ResourceIndexPage, form: FormPage) -> None:
    page = make_resource(index, "Empty", files=(), gate_mode="form", gate_form=form)
    assert "no file yet" in check_resource(page).note


# --- Red ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leak", "what"),
    [
        ("guide file is {document.filename}", "the name of the file"),
        ("see /documents/{document.pk}/x", "the address of the file"),
        ("see /download/{key}/", "the address of the file"),
        ("sum {document.file_hash}", "the fingerprint of the file"),
        ("exactly {document.file_size} bytes", "the exact size of the file"),
    ],
)
def test_file_that_leaks_in_the_page_shows_red(locked: ResourcePage, leak: str, what: str) -> None:
    entry = only_file(locked)
    text = leak.format(document=entry.document, key=entry.key)
    locked.excerpt = f"<p>{text}</p>"
    finding = page_roads.page(target_of(publish(locked)), ClientStranger())
    assert not finding.is_closed
    assert what in finding.sentence


def test_name_that_leaks_in_the_summary_shows_red_in_lists_and_feed(locked: ResourcePage) -> None:
    locked.summary = f"Read {only_file(locked).document.filename}"
    roads = open_roads(publish(locked))
    assert {"The home page and the list of resources", "The news feed", "The search"} <= set(roads)


def test_view_that_forgets_the_gate_shows_red(
    locked: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = gate.Decision(is_open=True)
    monkeypatch.setattr(files, "decide_file", lambda *args, **kwargs: decision)
    report = check_resource(locked)
    roads = [finding.road for finding in report.open_roads]
    assert "The address of the download" in roads
    assert "A part of the file, or the file “if it has changed”" in roads
    assert "the file itself" in sentences(report)
    assert Download.objects.count() == 0


def test_document_view_that_asks_nobody_shows_red(
    locked: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "is_open_to_all", lambda found: True)
    assert open_roads(locked) == ["The document’s own address, also with a guessed name"]


def test_file_marked_as_open_in_a_draft_shows_red(locked: ResourcePage) -> None:
    page: Any = locked
    added = document("new-edition.pdf")
    CustomDocument.objects.filter(pk=added.pk).update(is_public=True)
    page.files.add(ResourceFile(document=added, sort_order=1))
    page.save_revision()
    roads = open_roads(ResourcePage.objects.get(pk=locked.pk))
    assert "The mark “anyone may open it”" in roads
    assert "The document’s own address, also with a guessed name" in roads


def test_draft_whose_document_was_deleted_is_checked_all_the_same(locked: ResourcePage) -> None:
    page: Any = locked
    added = document("gone.pdf")
    page.files.add(ResourceFile(document=added, sort_order=1))
    page.save_revision()
    CustomDocument.objects.filter(pk=added.pk).delete()
    assert open_roads(ResourcePage.objects.get(pk=locked.pk)) == CLOSED_EVERYWHERE


def test_copy_in_the_media_folder_shows_red(locked: ResourcePage, settings: LazySettings) -> None:
    file = only_file(locked).document.file
    copy = Path(settings.MEDIA_ROOT) / (file.name or "")
    copy.parent.mkdir(parents=True, exist_ok=True)
    with file.storage.open(file.name) as opened:
        copy.write_bytes(opened.read())
    assert open_roads(locked) == ["The folders of public pictures and videos"]


def test_private_folder_within_the_media_folder_shows_red(
    locked: ResourcePage, settings: LazySettings
) -> None:
    settings.MEDIA_ROOT = Path(settings.PRIVATE_ROOT).parent
    assert "The place where files are kept" in open_roads(locked)


def test_storage_that_gives_addresses_shows_red(
    locked: ResourcePage, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = FileSystemStorage(location=settings.PRIVATE_ROOT, base_url="/media/")
    monkeypatch.setattr(CustomDocument._meta.get_field("file"), "storage", storage)
    assert open_roads(locked) == ["An address given by the storage itself"]


def test_another_way_of_serving_documents_shows_red(
    locked: ResourcePage, settings: LazySettings
) -> None:
    settings.WAGTAILDOCS_SERVE_METHOD = "direct"
    report = check_resource(locked)
    assert "WAGTAILDOCS_SERVE_METHOD" in sentences(report)


def test_other_resource_that_gives_the_file_away_shows_red(
    locked: ResourcePage, index: ResourceIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_resource(index, "Open to all", files=())
    ResourceFile.objects.create(resource=other, document=only_file(locked).document)
    nothing = ResourcePage.objects.none()
    monkeypatch.setattr(gate, "gated_resources_of", lambda found: nothing)
    assert open_roads(locked) == ["The same file in another resource"]


def test_expired_page_that_still_delivers_shows_red(
    locked: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked.gate_mode = "open"
    hide_by_the_clock(publish(locked))
    monkeypatch.setattr(files, "shows_to", lambda request, resource: True)
    page = ResourcePage.objects.get(pk=locked.pk)
    assert open_roads(page) == ["The address of the download"]


GIVEN = Answer(200, {"content-type": "application/pdf"}, b"%PDF-1.7 the bytes")
GIVING_COOKIE = Answer(303, {"location": "/", "set-cookie": "eoc_access=x; HttpOnly"})
ELSEWHERE = Answer(302, {"location": "https://bucket.example.net/x"})
Mistake = Callable[[str, str, Mapping[str, str]], Answer | None]


class Leaking(ClientStranger):
    """A site behind a server that does one thing wrong."""

    def __init__(self, wrong: Mistake) -> None:
        self.wrong = wrong

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.wrong(method, path, headers or {}) or super().ask(method, path, headers)


MISTAKES: dict[str, tuple[walk.Road, Mistake]] = {
    "OPTIONS is answered": (
        file_roads.other_methods,
        lambda method, *_: Answer(204) if method == "OPTIONS" else None,
    ),
    "a condition is answered": (
        file_roads.conditions,
        lambda *asked: Answer(304) if "If-None-Match" in asked[2] else None,
    ),
    "a range is measured": (
        file_roads.conditions,
        lambda *asked: Answer(416) if "Range" in asked[2] else None,
    ),
    "a forged cookie opens": (
        file_roads.forged_cookie,
        lambda *asked: GIVEN if "Cookie" in asked[2] else None,
    ),
    "a forged pass opens": (
        file_roads.forged_cookie,
        lambda method, path, _: GIVEN if "?pass=" in path else None,
    ),
    "a forged link gives the cookie": (file_roads.forged_link, lambda *_: GIVING_COOKIE),
    "a forged link ends in an error": (
        file_roads.forged_link,
        lambda method, *_: Answer(500) if method == "POST" else None,
    ),
    "the preview is public": (
        file_roads.staff_address,
        lambda method, path, _: Answer(200) if "preview/?mode" in path else None,
    ),
    "the private folder is public": (
        file_roads.media_address,
        lambda method, path, _: GIVEN if path.startswith("/private/") else None,
    ),
    "the right name is told from a guess": (
        file_roads.document_address,
        lambda method, path, _: Answer(404) if path.endswith("/guide.pdf") else None,
    ),
    "a download is sent on to the storage": (file_roads.download_address, lambda *_: ELSEWHERE),
    "a download is left to the server before the site": (
        file_roads.download_address,
        lambda *_: Answer(303, {"x-accel-redirect": "/private/documents/x"}),
    ),
    "an address in a header is followed": (
        page_roads.headers,
        lambda *asked: GIVEN if "X-Original-URL" in asked[2] else None,
    ),
    "a method in a header is followed": (
        page_roads.headers,
        lambda *asked: GIVEN if "X-HTTP-Method-Override" in asked[2] else None,
    ),
    "the page answers as a style sheet": (
        page_roads.tricks,
        lambda method, path, _: Answer(200) if path.endswith("guide/x.css") else None,
    ),
    "the sitemap names the file": (
        page_roads.sitemap,
        lambda *_: Answer(200, {}, b"<loc>/documents/guide.pdf</loc>"),
    ),
    "the search is broken": (page_roads.search, lambda *_: Answer(500)),
    "the page that mails links names the file": (
        page_roads.side_doors,
        lambda method, path, _: Answer(200, {}, b"guide.pdf") if "for=" in path else None,
    ),
    "a made-up code opens": (
        page_roads.side_doors,
        lambda method, path, _: Answer(200) if "0000" in path else None,
    ),
    "a header of the list names the file": (
        page_roads.lists,
        lambda *_: Answer(200, {"link": "</x/guide.pdf>; rel=preload"}),
    ),
    "something else answers": (page_roads.page, lambda *_: Answer(200, {}, b"Under construction")),
    "the site is down": (page_roads.page, lambda *_: Answer(503)),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_of_a_server_before_the_site_shows_red(
    locked: ResourcePage, name: str
) -> None:
    road, mistake = MISTAKES[name]
    target = target_of(locked)
    assert road(target, ClientStranger()).is_closed
    assert not road(target, Leaking(mistake)).is_closed


def test_address_that_leads_astray_shows_red(
    locked: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(request: HttpRequest, resource: ResourcePage) -> HttpResponse:
        return HttpResponseRedirect("/", status=303)

    monkeypatch.setattr(files, "_lead_to_page", elsewhere)
    assert "does not lead to this page" in sentences(check_resource(locked))
