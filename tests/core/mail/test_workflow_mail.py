"""Who must act is mailed, by way of the queue: no mail server can stop anybody's work."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eoc_cms.core.mail.queue import QueueBackend
from eoc_cms.core.models import OutgoingMail
from eoc_cms.settings import base
from home.groups import EDITORS, PUBLISHERS
from home.models import HomePage, StandardPage
from tests.factories.fixtures import SUPERUSER, SignIn
from tests.home.admin.test_groups import page_data, write_page

QUEUE = "eoc_cms.core.mail.queue.QueueBackend"
EDITOR, PUBLISHER = "editors@example.org", "publishers@example.org"


class UnreachableServer(BaseEmailBackend):
    """A mail server whose name nobody knows, as smtplib tells of it."""

    def open(self) -> bool:
        raise OSError("Name or service not known")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.open()
        return 0


UNREACHABLE = f"{__name__}.UnreachableServer"


@pytest.fixture(autouse=True)
def _queue(settings: LazySettings) -> None:
    # Django's test runner puts its own backend in the place of the site's.
    settings.EMAIL_BACKEND = QUEUE


@pytest.fixture
def staff(sign_in: SignIn) -> SignIn:
    """Have an account of every kind that could be mailed."""
    for group in (EDITORS, PUBLISHERS, SUPERUSER):
        sign_in(group)
    return sign_in


def submit(staff: SignIn, home: HomePage) -> StandardPage:
    page = write_page(staff(EDITORS), home, **{"action-submit": "1"})
    assert page is not None
    return page


def act(client: Client, page: StandardPage, action: str, **data: str) -> int:
    task = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk])
    return client.post(address, data).status_code


def queued() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", "subject"))


def test_site_queues_whatever_is_mailed() -> None:
    assert base.EMAIL_BACKEND == QUEUE
    assert base.ENV.email["EMAIL_BACKEND"] == base.MAIL_TRANSPORT
    assert base.MAIL_TRANSPORT != QUEUE


def test_submitting_mails_the_publishers_alone(staff: SignIn, home: HomePage) -> None:
    submit(staff, home)
    [(recipient, subject)] = queued()
    assert recipient == PUBLISHER
    assert "About us" in subject
    assert f"/admin/pages/{StandardPage.objects.get().pk}/edit/" in OutgoingMail.objects.get().text


@pytest.mark.parametrize(
    ("action", "words"), [("approve", "approved"), ("reject", "Changes were requested")]
)
def test_decision_mails_whoever_submitted(
    staff: SignIn, home: HomePage, action: str, words: str
) -> None:
    page = submit(staff, home)
    OutgoingMail.objects.all().delete()
    act(staff(PUBLISHERS), page, action, comment="Thank you")
    [(recipient, subject)] = queued()
    assert recipient == EDITOR
    assert words in subject
    assert StandardPage.objects.get().live == (action == "approve")


def test_worker_delivers_what_was_queued(staff: SignIn, home: HomePage) -> None:
    submit(staff, home)
    call_command("run_worker", once=True)
    [message] = mail.outbox
    assert message.to == [PUBLISHER]
    assert OutgoingMail.objects.get().sent_at


def test_broken_mail_server_stops_nobody_and_the_mail_comes_later(
    staff: SignIn, home: HomePage, settings: LazySettings
) -> None:
    transport, settings.MAIL_TRANSPORT = settings.MAIL_TRANSPORT, UNREACHABLE
    page = submit(staff, home)
    assert act(staff(PUBLISHERS), page, "approve") == 302
    call_command("run_worker", once=True)
    assert StandardPage.objects.get().live
    assert OutgoingMail.objects.undelivered().count() == 2

    settings.MAIL_TRANSPORT = transport
    OutgoingMail.objects.update(due_at=timezone.now())
    call_command("run_worker", once=True)
    assert sorted(to for message in mail.outbox for to in message.to) == [EDITOR, PUBLISHER]


def test_comment_mails_whoever_follows_the_page(staff: SignIn, home: HomePage) -> None:
    page = submit(staff, home)
    OutgoingMail.objects.all().delete()
    comment: dict[str, Any] = {
        "text": "Is this ours?",
        "contentpath": "title",
        "position": "",
    }
    data = page_data(
        **{
            "comments-TOTAL_FORMS": "1",
            "comments-INITIAL_FORMS": "0",
            **{f"comments-0-{name}": value for name, value in comment.items()},
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
            "comment_notifications": "on",
        }
    )
    page.subscribers.update_or_create(user=page.owner, defaults={"comment_notifications": True})
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert staff(PUBLISHERS).post(edit, data).status_code == 302
    assert [recipient for recipient, _subject in queued()] == [EDITOR]


def test_forgotten_password_is_queued_with_its_link(staff: SignIn) -> None:
    Client().post(reverse("wagtailadmin_password_reset"), {"email": EDITOR})
    [(recipient, _subject)] = queued()
    assert recipient == EDITOR
    assert "/admin/password_reset/confirm/" in OutgoingMail.objects.get().text


def test_message_is_queued_once_for_each_recipient_with_both_texts(db: None) -> None:
    message = EmailMultiAlternatives(
        "News\nof today",
        "Plain words",
        to=["Ana <ana@example.org>"],
        cc=["zoe@example.org"],
        reply_to=["Office <office@example.org>"],
    )
    message.attach_alternative("<p>Words</p>", "text/html")
    assert (
        QueueBackend().send_messages([message, EmailMessage("Next", "Text", to=["a@b.org"])]) == 2
    )
    fields = ("recipient", "subject", "text", "html", "reply_to")
    assert list(OutgoingMail.objects.order_by("pk").values_list(*fields)) == [
        ("ana@example.org", "News of today", "Plain words", "<p>Words</p>", "office@example.org"),
        ("zoe@example.org", "News of today", "Plain words", "<p>Words</p>", "office@example.org"),
        ("a@b.org", "Next", "Text", "", ""),
    ]
