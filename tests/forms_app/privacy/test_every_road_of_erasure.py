"""Whichever way an answer is erased, nothing of it is left, and the log says who did it."""

import ast
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from eoc_cms.core.models import OutgoingMail, User
from forms_app.models import (
    AnswerAct,
    ExportRecord,
    Person,
    SavedExport,
    Submission,
    SubmissionFile,
    UnfinishedAnswer,
)
from forms_app.models.exports import FileFormat
from forms_app.privacy.links import link_for
from forms_app.privacy.retention import purge
from home.groups import DATA_MANAGERS
from resources.models import Grant, ResourcePage
from tests.factories.fixtures import Make, MakeForm, SignIn
from tests.factories.visitor import Visitor
from tests.source import PROJECT_DIR

pytestmark = pytest.mark.indexed

ANA = "ana.diaz@example.org"
Kind = AnswerAct.Kind
Erase = Callable[[Client, Submission], Any]


def with_the_button(manager: Client, answer: Submission) -> None:
    manager.post(reverse("forms_app_answer_action", args=[answer.pk]), {"do": "erase"})


def in_the_tray(manager: Client, answer: Submission) -> None:
    manager.post(reverse("forms_app_answer_action", args=[answer.pk]), {"do": "hold"})
    manager.post(reverse("forms_app_answers_chosen"), {"do": "erase", "answers": [answer.pk]})


def with_wagtails_delete(manager: Client, answer: Submission) -> None:
    address = reverse("wagtailforms:delete_submissions", args=[answer.page_id])
    manager.post(f"{address}?selected-submissions={answer.pk}")


def with_the_person(manager: Client, answer: Submission) -> None:
    address = f"{reverse('forms_app_erase_person')}?email={ANA}"
    manager.post(address, {"typed_again": ANA.upper()})


def by_the_person(manager: Client, answer: Submission) -> None:
    assert answer.person
    Client().post(link_for(answer.person), {"do": "erase"})


def by_the_clock(manager: Client, answer: Submission) -> None:
    purge(at=timezone.now() + timedelta(days=3_000))


BY_STAFF = [with_the_button, in_the_tray, with_wagtails_delete, with_the_person]
ROADS = [*BY_STAFF, by_the_person, by_the_clock]
KINDS: dict[Erase, str] = {
    with_the_person: Kind.PERSON_ERASED,
    by_the_person: Kind.PERSON_ERASED,
    by_the_clock: Kind.TIME_OVER,
}


@pytest.fixture
def guide(make: Make, make_form: MakeForm) -> ResourcePage:
    form = make_form({"label": "Plan", "field_type": "file", "clean_name": "plan"})
    return make("Guide", gate_mode="form", gate_form=form)


@pytest.fixture
def answer(guide: ResourcePage) -> Submission:
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 words")
    Client().post(guide.url, {"email": ANA, "plan": plan})
    answer = Submission.objects.get()
    assert answer.person
    assert Grant.objects.live().count() == 1
    return answer


@pytest.mark.parametrize("erase", ROADS)
def test_nothing_is_left_of_a_person_of_whom_nothing_is_left(
    answer: Submission, sign_in: SignIn, erase: Erase
) -> None:
    manager = sign_in(DATA_MANAGERS)
    owner = User.objects.get(username=manager.get("/admin/").context["user"].get_username())
    listing = "/admin/forms_app/submission/"
    for searched in (ANA, ANA.upper(), "ana diaz", "Ana Díaz example org"):
        manager.get(listing, {"q": searched, "export": "csv"}).getvalue()
    saved = {"owner": owner, "listing": "forms_app.submission", "file_format": FileFormat.CSV}
    SavedExport.objects.create(name="One person", query="q=ana+diaz", **saved)
    SavedExport.objects.create(name=f"All but {ANA}", **saved)
    SavedExport.objects.create(name="All but Ana Díaz example org", **saved)
    SavedExport.objects.create(name="All of example.org", query="q=example.org", **saved)
    erase(manager, answer)
    assert not Submission.objects.exists()
    assert not Person.objects.exists()
    assert not OutgoingMail.objects.exists()
    searches = {record.filters.get("Search") for record in ExportRecord.objects.all()}
    assert searches <= {"(erased)", None}
    names = " ".join(SavedExport.objects.values_list("name", flat=True))
    assert "Ana" not in names
    assert ANA not in names
    assert "All of example.org" in names
    assert not SavedExport.objects.filter(query__contains="ana").exists()


@pytest.mark.parametrize("erase", ROADS)
def test_what_was_typed_and_chosen_for_a_form_of_steps_and_never_sent_goes_too(
    answer: Submission, make_form: MakeForm, sign_in: SignIn, erase: Erase
) -> None:
    plan = {"label": "Plan", "field_type": "file", "clean_name": "plan"}
    steps = [{"label": text, "field_type": "step"} for text in ("One", "Two")]
    visitor = Visitor(make_form(plan, *steps, {"label": "Notes", "field_type": "multiline"}).url)
    visitor.press("on", email=ANA, plan=SimpleUploadedFile("Ana.pdf", b"%PDF-1.7 words"))
    assert SubmissionFile.objects.filter(submission=None).exists()
    erase(sign_in(DATA_MANAGERS), answer)
    assert not UnfinishedAnswer.objects.exists()
    assert not SubmissionFile.objects.exists()


@pytest.mark.parametrize("erase", [road for road in ROADS if road is not by_the_clock])
def test_what_it_opened_closes_at_once(answer: Submission, sign_in: SignIn, erase: Erase) -> None:
    erase(sign_in(DATA_MANAGERS), answer)
    assert not Grant.objects.exists()


def test_what_it_opened_stays_without_a_name_when_only_its_time_is_over(
    answer: Submission, sign_in: SignIn
) -> None:
    by_the_clock(sign_in(DATA_MANAGERS), answer)
    assert Grant.objects.get().person is None


@pytest.mark.parametrize("erase", ROADS)
def test_log_says_who_when_which_form_and_how_many_and_nothing_else(
    answer: Submission, sign_in: SignIn, erase: Erase
) -> None:
    title = answer.form_title
    erase(sign_in(DATA_MANAGERS), answer)
    act = AnswerAct.objects.exclude(kind=Kind.HELD).get()
    assert (act.kind, act.form_title, act.count) == (KINDS.get(erase, Kind.ERASED), title, 1)
    assert bool(act.user) is (erase in BY_STAFF)
    assert act.done_at
    told = " ".join(str(value) for value in vars(act).values())
    assert answer.receipt not in told
    assert ANA not in told


@pytest.mark.parametrize("erase", [road for road in ROADS if KINDS.get(road) is None])
def test_person_with_another_answer_stays(
    answer: Submission, guide: ResourcePage, sign_in: SignIn, erase: Erase
) -> None:
    Client().post(guide.gate_form.url, {"email": ANA.upper()})  # type: ignore[union-attr]
    erase(sign_in(DATA_MANAGERS), answer)
    left = Submission.objects.get()
    assert left.person == Person.objects.get(email=ANA)


def test_answers_and_people_are_deleted_in_one_place_only() -> None:
    """Whoever calls `delete` names what goes, so that a new road cannot be overlooked."""
    callers: dict[str, set[str]] = {}
    for app in ("forms_app", "resources", "home", "eoc_cms"):
        for path in (PROJECT_DIR / app).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Call) and _is_delete(node):
                    of = ast.unparse(node.func)
                    callers.setdefault(str(path.relative_to(PROJECT_DIR)), set()).add(of)
    ours = {path: calls for path, calls in callers.items() if path.startswith("forms_app")}
    deleting = {path for path, calls in ours.items() if any("Submission." in c for c in calls)}
    assert deleting == {"forms_app/privacy/erasing.py"}
    assert {path for path, calls in ours.items() if any("people." in c for c in calls)} == deleting


def _is_delete(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"delete", "_raw_delete"}


@pytest.mark.parametrize("erase", ROADS)
def test_what_cannot_be_undone_is_done_once_with_the_address(
    answer: Submission,
    sign_in: SignIn,
    erase: Erase,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    manager, swept = sign_in(DATA_MANAGERS), []
    monkeypatch.setattr("forms_app.privacy.erasing.sweep_folder", lambda *each: swept.append(each))
    with django_capture_on_commit_callbacks(execute=True):
        erase(manager, answer)
    # The nightly job looks once more for what an earlier crash has left.
    assert swept.count(([ANA],)) == 1
