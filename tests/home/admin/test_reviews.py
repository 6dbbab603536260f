"""What a reviewer decides reaches the author in the same words on every screen and by mail."""

import html
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from wagtail.models import Page

from eoc_cms.core.models import User
from home.groups import EDITORS, PUBLISHERS
from home.models import HomePage, StandardPage
from tests.factories import editor
from tests.factories.fixtures import SignIn

COMMENT = "Name the office that closes & why"


@pytest.fixture
def author(sign_in: SignIn) -> Client:
    client = sign_in(EDITORS)
    User.objects.filter(username="editors").update(first_name="Ed", last_name="Itor")
    return client


@pytest.fixture
def reviewer(sign_in: SignIn) -> Client:
    client = sign_in(PUBLISHERS)
    User.objects.filter(username="publishers").update(first_name="Pub", last_name="Lisher")
    return client


@pytest.fixture
def submitted(home: HomePage, author: Client, reviewer: Client) -> Page:
    page = home.add_child(instance=StandardPage(title="About", live=False))
    page.save_revision()
    editor.press(author, page, editor.opened(author, page), "action-submit")
    return page


def review(client: Client, page: Page, action: str, comment: str = "") -> Any:
    data = {
        "action-workflow-action": "true",
        "workflow-action-name": action,
        "workflow-action-extra-data": f'{{"comment": "{comment}"}}',
    }
    fields = {**editor.opened(client, page), **data}
    return client.post(editor.address(page), fields, follow=True)


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def mail_to(name: str) -> EmailMessage:
    return next(sent for sent in reversed(mail.outbox) if sent.to == [f"{name}@example.org"])


def test_mail_to_the_reviewer_says_who_submitted(submitted: Page) -> None:
    sent = mail_to("publishers")
    assert sent.subject == '"About" was submitted for approval by Ed Itor'
    assert 'Ed Itor has submitted "About" for approval.' in sent.body


def test_lines_of_a_comment_stay_lines(submitted: Page, author: Client, reviewer: Client) -> None:
    review(reviewer, submitted, "reject", r"Name the office.\n\nThank you <b>!")
    told = author.get(editor.address(submitted)).content.decode()
    assert "Pub Lisher: Name the office.<br><br>Thank you &lt;b&gt;!" in told


def test_author_reads_the_comment_on_the_form_on_the_home_and_in_the_mail(
    submitted: Page, author: Client, reviewer: Client
) -> None:
    review(reviewer, submitted, "reject", COMMENT)
    told = f"Pub Lisher: {COMMENT}"
    assert f"Changes were requested. {told}" in text_of(author.get(editor.address(submitted)))
    home = text_of(author.get("/admin/"))
    assert "Changes were requested" in home
    assert told in home
    assert "All is well" not in home
    sent = mail_to("editors")
    assert sent.subject == 'Changes were requested in "About"'
    assert COMMENT in sent.body
    assert 'Pub Lisher has requested changes in "About".' in sent.body
    assert told not in text_of(reviewer.get("/admin/"))


def test_comment_is_gone_once_the_page_is_submitted_again(
    submitted: Page, author: Client, reviewer: Client
) -> None:
    review(reviewer, submitted, "reject", COMMENT)
    editor.press(author, submitted, editor.opened(author, submitted), "action-submit")
    assert "Changes were requested" not in text_of(author.get("/admin/"))
    assert "Changes were requested" not in text_of(author.get(editor.address(submitted)))


def test_approval_says_that_the_page_is_published_and_leads_to_it(
    submitted: Page, reviewer: Client
) -> None:
    answer = review(reviewer, submitted, "approve")
    assert "“About” is approved and published." in text_of(answer)
    assert 'href="/about/"' in text_of(answer)
    sent = mail_to("editors")
    assert sent.subject == '"About" has been approved and published'
    assert "/about/" in sent.body
