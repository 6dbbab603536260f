"""Whatever fails while an answer is taken in, sent or erased, the log holds none of it."""

import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from eoc_cms.core.background import jobs
from eoc_cms.core.mail import outbox
from forms_app.intake import accepting as intake
from forms_app.intake import answering
from forms_app.models import FormPage, Person
from forms_app.privacy import retention, your_data
from forms_app.privacy.links import link_for
from forms_app.uploads import keeping as files
from tests.factories.fixtures import MakeForm

JANE = "jane.quill@example.org"
SECRETS = (JANE, "jane.quill", "quill-secret", "quill-plan")
# Each step of taking an answer in.
STEPS = [
    (answering, "keep_chosen_files"),
    (answering, "accept"),
    (intake, "_person"),
    (intake, "_store"),
    (intake, "attach"),
    (intake, "queue_notices"),
    (files, "plain_name"),
]


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Give what the site's own handler writes."""
    text = StringIO()
    handler = next(h for h in logging.getLogger().handlers if h.name == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(text)
    yield text
    if before:
        handler.setStream(before)


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(
        {"clean_name": "name", "label": "Name", "field_type": "singleline"},
        {"clean_name": "plan", "label": "Plan", "field_type": "file"},
        visitor_mail_body="Hello {Name}",
    )


def fails_with(error: type[Exception]) -> Callable[..., Any]:
    """Return a step that fails and repeats all it was given, as libraries do."""

    def fail(*args: Any, **kwargs: Any) -> Any:
        held = f"{args!r} {kwargs!r}"
        raise error(
            f'Key (email)=({JANE}) already exists: "quill-secret" is no number. {JANE} {len(held)}'
        )

    return fail


def send(form: FormPage) -> int:
    plan = SimpleUploadedFile("quill-plan.pdf", b"%PDF-1.7", "application/pdf")
    visitor = Client(raise_request_exception=False)
    answers = {"email": JANE, "name": "quill-secret", "plan": plan}
    return visitor.post(f"{form.url}?email={JANE}", answers).status_code


@pytest.mark.parametrize("error", [ValueError, IntegrityError, OSError])
@pytest.mark.parametrize(("module", "step"), STEPS)
def test_failing_step_is_logged_without_answers(
    form: FormPage,
    written: StringIO,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    step: str,
    error: type[Exception],
) -> None:
    monkeypatch.setattr(module, step, fails_with(error))
    send(form)
    assert error.__name__ in written.getvalue() or error is OSError
    assert [secret for secret in SECRETS if secret in written.getvalue()] == []


def test_error_says_where_it_happened_and_what_led_to_it(
    form: FormPage, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: Any, **_named: Any) -> None:
        try:
            raise KeyError(JANE)
        except KeyError as error:
            raise RuntimeError("the disk is on fire") from error

    monkeypatch.setattr(answering, "accept", fail)
    assert send(form) == 500
    said = written.getvalue()
    assert "answering.py" in said
    assert "RuntimeError: the disk is on fire" in said
    assert "KeyError: '…'" in said


def test_failing_mail_job_and_erasure_tell_nothing_of_anybody(
    form: FormPage, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(form)
    monkeypatch.setattr(outbox, "_build", fails_with(OSError))
    outbox.send_due_mail()
    monkeypatch.setattr(retention, "due_submissions", fails_with(IntegrityError))
    jobs.run_due_jobs()
    link = link_for(Person.objects.get()).removeprefix("http://testserver")
    monkeypatch.setattr(your_data, "erase_person", fails_with(ValueError))
    Client(raise_request_exception=False).post(link, {"do": "erase"})
    Client().get("/your-data/forged-token/")
    said = written.getvalue()
    for words in ("OSError", "purge_personal_data failed", "/your-data/…"):
        assert words in said
    token = link.strip("/").partition("/")[2]
    assert [secret for secret in (*SECRETS, token, "forged-token") if secret in said] == []
