"""Mail is stored with what it tells of, tried for days, and never lost on the way."""

import email
from collections.abc import Callable
from datetime import datetime, timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from eoc_cms.core.mail import outbox
from eoc_cms.core.mail.outbox import WAITS, mail_of, queue_mail, send_due_mail
from eoc_cms.core.models import OutgoingMail

pytestmark = pytest.mark.django_db


class RefusingServer(EmailBackend):
    """A mail server that takes nothing, and whose words name the person."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("550 ana@example.org: no such user here")


REFUSING = f"{__name__}.RefusingServer"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], datetime]:
    """Let the outbox's time stand still, and go on when told."""
    now = [timezone.now()]

    def go_on(by: timedelta) -> datetime:
        now[0] += by
        return now[0]

    monkeypatch.setattr(timezone, "now", lambda: now[0])
    return go_on


def queue(**fields: Any) -> OutgoingMail:
    mail = mail_of(**{"to": "ana@example.org", "subject": "Hello", "text": "Words", **fields})
    queue_mail(mail)
    return mail


def test_message_goes_out_once_with_what_was_queued() -> None:
    queue(text="Guten Tag 🌻", html="<p>Guten Tag</p>", reply_to="team@example.org")
    assert (send_due_mail(), send_due_mail()) == (1, 0)
    [message] = mail.outbox
    assert message.to == ["ana@example.org"]
    assert message.reply_to == ["team@example.org"]
    assert message.body == "Guten Tag 🌻"
    assert isinstance(message, EmailMultiAlternatives)
    assert message.alternatives[0][0] == "<p>Guten Tag</p>"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_words_are_forgotten_once_they_are_sent() -> None:
    queue(html="<p>Words</p>")
    send_due_mail()
    sent = OutgoingMail.objects.get()
    assert (sent.text, sent.html) == ("", "")
    assert sent.sent_at is not None


def test_subject_cannot_add_a_header() -> None:
    queue(subject="Your guide\r\nBcc: everybody@example.org\n" + "x" * 300)
    send_due_mail()
    [message] = mail.outbox
    assert message.subject.startswith("Your guide Bcc: everybody@example.org xxx")
    assert message.message()["Bcc"] is None
    assert message.recipients() == ["ana@example.org"]


def test_mail_of_what_was_not_stored_is_not_sent() -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert send_due_mail() == 0
    assert not mail.outbox


def test_message_is_tried_for_three_days_and_then_kept(
    settings: LazySettings, clock: Callable[[timedelta], datetime]
) -> None:
    settings.MAIL_TRANSPORT = REFUSING
    queued_at = queue().due_at
    for number, wait in enumerate(WAITS, start=1):
        assert OutgoingMail.objects.get().given_up_at is None
        assert send_due_mail() == 0
        assert OutgoingMail.objects.get().attempts == number
        clock(wait - timedelta(seconds=1))
        send_due_mail()
        assert OutgoingMail.objects.get().attempts == number, "tried before the wait was over"
        given_up_at = clock(timedelta(seconds=1))
    kept = OutgoingMail.objects.get()
    assert kept.given_up_at is not None
    assert given_up_at - queued_at > timedelta(days=3)
    assert kept.text == "Words"
    send_due_mail()
    assert OutgoingMail.objects.get().attempts == len(WAITS)
    assert OutgoingMail.objects.undelivered().count() == 1


def test_first_retries_come_soon() -> None:
    assert sorted(WAITS) == WAITS
    assert sum(WAITS[:2], timedelta()) <= timedelta(minutes=10)


def test_message_goes_out_when_the_server_is_back(
    settings: LazySettings, clock: Callable[[timedelta], datetime]
) -> None:
    queue()
    transport = settings.MAIL_TRANSPORT
    settings.MAIL_TRANSPORT = REFUSING
    send_due_mail()
    assert OutgoingMail.objects.undelivered().exists()
    settings.MAIL_TRANSPORT = transport
    clock(WAITS[0])
    assert send_due_mail() == 1
    assert not OutgoingMail.objects.undelivered().exists()
    assert OutgoingMail.objects.get().last_error == ""


def test_neither_log_nor_record_repeats_what_the_server_said(
    settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAIL_TRANSPORT = REFUSING
    queue()
    send_due_mail()
    assert OutgoingMail.objects.get().last_error == "ConnectionRefusedError"
    assert "ConnectionRefusedError" in caplog.text
    assert "ana@example.org" not in caplog.text


def test_one_bad_message_does_not_hold_up_the_others() -> None:
    queue(reply_to="not an address\nBcc: x@example.org")
    queue(to="ben@example.org")
    assert send_due_mail() == 1
    assert [message.to for message in mail.outbox] == [["ben@example.org"]]
    assert OutgoingMail.objects.undelivered().get().last_error == "BadHeaderError"


def test_two_workers_that_find_the_same_message_send_it_once() -> None:
    queue()
    [found_by_one], [found_by_other] = [
        list(OutgoingMail.objects.due(at=timezone.now())) for _ in range(2)
    ]
    now = timezone.now()
    assert [outbox._attempt(each, now) for each in (found_by_one, found_by_other)] == [True, False]
    assert len(mail.outbox) == 1


def test_worker_that_dies_while_sending_leaves_the_message_for_the_next(
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    clock: Callable[[timedelta], datetime],
) -> None:
    queue()

    def die(mail: OutgoingMail) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(outbox, "_build", die)
        with pytest.raises(SystemExit):
            send_due_mail()
    assert send_due_mail() == 0
    clock(WAITS[0])
    assert send_due_mail() == 1


def test_oldest_messages_go_first_and_a_look_is_limited() -> None:
    for number in range(3):
        queue(to=f"person{number}@example.org")
    assert send_due_mail(limit=2) == 2
    assert [message.to[0] for message in mail.outbox] == [f"person{n}@example.org" for n in (0, 1)]


def test_demo_writes_a_file_that_any_mail_program_opens(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.MAIL_TRANSPORT = "eoc_cms.core.mail.folder.EmlFolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    queue(subject="Your guide: ../../Zoë & co", text="Grüße 🌻", html="<p>Grüße</p>")
    queue(subject="🌻")
    assert send_due_mail() == 2
    first, second = sorted((tmp_path / "mail").iterdir(), key=lambda path: len(path.name))[::-1]
    assert "your-guide-zo-co" in first.name
    assert "message" in second.name
    message = email.message_from_bytes(first.read_bytes(), policy=policy.default)
    assert message["Subject"] == "Your guide: ../../Zoë & co"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Grüße 🌻"
