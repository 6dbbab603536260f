"""Wagtail's own buttons, messages and states speak of approval in our words."""

import gettext
import html
import re
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page, TaskState

from home.groups import EDITORS, PUBLISHERS
from home.models import HomePage, StandardPage
from tests.factories import editor
from tests.factories.fixtures import SignIn

NOT_OURS = re.compile(
    r"\bmoderat(?:ion|ed)|\breject(?:ed)?\b|needs changes|Submit to |Resubmit|is referenced",
    re.IGNORECASE,
)
CATALOG = Path(apps.get_app_config("home").path) / "locale/en/LC_MESSAGES/django"
ENTRY = re.compile(
    r'^msgid ((?:".*"\n)+)(?:msgid_plural ((?:".*"\n)+))?((?:msgstr.*\n(?:".*"\n)*)+)', re.M
)


def text(lines: str) -> str:
    return "".join(re.findall(r'"(.*)"', lines)).replace('\\"', '"').replace("\\n", "\n")


def sources(path: Path) -> dict[str, list[str]]:
    """Return what a catalog's source says for each text, in its order of forms."""
    found = ENTRY.findall(f"{path.read_text(encoding='utf-8')}\n")
    return {
        text(key): [text(each) for each in re.findall(r'msgstr[^"]*((?:".*"\n?)+)', said)]
        for key, _plural, said in found
    }


def wagtails() -> dict[str, list[str]]:
    folder = Path(str(wagtail.__file__)).parent
    found: dict[str, list[str]] = {}
    for path in folder.glob("**/locale/en/LC_MESSAGES/django.po"):
        found |= sources(path)
    return found


@pytest.fixture
def submitted(home: HomePage, sign_in: SignIn) -> Page:
    page = home.add_child(instance=StandardPage(title="About", live=False))
    page.save_revision()
    author = sign_in(EDITORS)
    editor.press(author, page, editor.opened(author, page), "action-submit")
    return page


def words(answer: Any) -> str:
    content = answer.content.decode().split("<main")[1]
    return " ".join(html.unescape(strip_tags(content)).split())


def test_every_text_that_wagtail_has_in_other_words_is_said_in_ours() -> None:
    ours = sources(CATALOG.with_suffix(".po"))
    theirs = wagtails()
    assert [key for key in theirs if NOT_OURS.search(key) and key not in ours] == []
    assert [said for key, said in ours.items() if key and NOT_OURS.search(" ".join(said))] == []
    assert set(ours) - set(theirs) == set(), "Wagtail says these no more"


def test_catalog_is_made_of_its_source() -> None:
    ours = sources(CATALOG.with_suffix(".po"))
    with CATALOG.with_suffix(".mo").open("rb") as made:
        catalog = gettext.GNUTranslations(made)
    for key, said in ours.items():
        assert catalog.gettext(key) in said or catalog.ngettext(key, key, 1) == said[0], key


def test_page_s_form_and_lists_speak_of_approval(submitted: Page, sign_in: SignIn) -> None:
    author, reviewer = sign_in(EDITORS), sign_in(PUBLISHERS)
    other = submitted.get_parent().add_child(instance=StandardPage(title="Other", live=False))
    other.save_revision()
    assert "Submit for approval" in words(author.get(editor.address(other)))
    form = words(reviewer.get(editor.address(submitted)))
    assert "Approve and publish" in form
    assert "Awaiting approval" in form
    assert "Awaiting your approval" in words(reviewer.get("/admin/"))
    report = reverse("wagtailadmin_reports:workflow")
    history = reverse("wagtailadmin_pages:history", args=[submitted.pk])
    for address in ("/admin/", report, history, editor.address(submitted)):
        for client in (author, reviewer):
            answer = client.get(address)
            if answer.status_code == 200:
                assert NOT_OURS.findall(words(answer)) == [], address


def test_message_after_submitting_is_in_our_words(home: HomePage, sign_in: SignIn) -> None:
    page = home.add_child(instance=StandardPage(title="About", live=False))
    page.save_revision()
    author = sign_in(EDITORS)
    data = {**editor.opened(author, page), "action-submit": "1"}
    said = words(author.post(editor.address(page), data, follow=True))
    assert "Page 'About' has been submitted for approval." in said


def decide_on_the_form(client: Client, page: Page, action: str) -> Any:
    data = {"action-workflow-action": "true", "workflow-action-name": action}
    fields = {**editor.opened(client, page), **data}
    return client.post(editor.address(page), fields, follow=True)


def decide_on_the_home(client: Client, page: Page, action: str) -> Any:
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(f"{address}?next=/admin/", {"comment": ""}, follow=True)


@pytest.mark.parametrize("decide", [decide_on_the_form, decide_on_the_home])
@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("approve", "“About” is approved and published. View live"),
        ("reject", "Changes were requested in “About”. Its author gets a mail."),
    ],
)
def test_decision_is_told_once_wherever_it_was_made(
    submitted: Page, sign_in: SignIn, decide: Any, action: str, said: str
) -> None:
    answer = words(decide(sign_in(PUBLISHERS), submitted, action))
    assert said in answer
    assert "has been updated" not in answer
