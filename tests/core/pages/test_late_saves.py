"""Once staff have decided on a page, no copy that was opened before is saved over it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models

from eoc_cms.core.models import BasePage
from eoc_cms.core.pages.late_saves import MOVED_ON, refuse_overwriting
from eoc_cms.core.pages.staff_form import StaffPageForm
from home.groups import EDITORS, PUBLISHERS
from home.models import StandardPage
from tests.factories import editor
from tests.factories.fixtures import SUPERUSER, SignIn

Decide = Callable[[Client, Page, editor.Fields], Any]


def workflow_action(name: str, **more: str) -> Decide:
    def decide(client: Client, page: Page, fields: editor.Fields) -> Any:
        action = {"action-workflow-action": "true", "workflow-action-name": name, **more}
        return client.post(editor.address(page), {**fields, **action})

    return decide


def button(name: str) -> Decide:
    return lambda client, page, fields: editor.press(client, page, fields, name)


def address(name: str) -> Decide:
    def decide(client: Client, page: Page, fields: editor.Fields) -> Any:
        return client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))

    return decide


PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
SUBMITTED, LIVE = "submitted", "live"
COMMENT = {"workflow-action-extra-data": '{"comment": "As we said"}'}
DECISIONS = {
    "publish": (SUBMITTED, button("action-publish")),
    "approve": (SUBMITTED, workflow_action("approve")),
    "approve with comment": (SUBMITTED, workflow_action("approve", **COMMENT)),
    "request changes": (SUBMITTED, workflow_action("reject", **COMMENT)),
    "cancel": (SUBMITTED, button("action-cancel-workflow")),
    "lock": (SUBMITTED, address("lock")),
    "unpublish": (LIVE, address("unpublish")),
    "lock what is live": (LIVE, address("lock")),
    "publish again": (LIVE, button("action-publish")),
}


@pytest.fixture
def page_in(home: Page, sign_in: SignIn) -> Callable[[str], Page]:
    """Give a function that makes a page in a state."""

    def make(state: str) -> Page:
        page = home.add_child(instance=StandardPage(title="About", live=state == LIVE))
        page.save_revision()
        if state == LIVE:
            page.get_latest_revision().publish()
        elif state == SUBMITTED:
            client = sign_in(EDITORS)
            editor.press(client, page, editor.opened(client, page), "action-submit")
        return page

    return make


def stored(page: Page) -> dict[str, Any]:
    names = ("live", "locked", "title", "has_unpublished_changes", "latest_revision_id")
    revisions = list(page.revisions.values("pk", "content").order_by("pk"))
    return {**Page.objects.values(*names).get(pk=page.pk), "revisions": revisions}


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_form_of_every_page_type_tells_its_state(model: Any) -> None:
    assert issubclass(model.get_edit_handler().get_form_class(), StaffPageForm)


@pytest.mark.parametrize("decision", DECISIONS)
def test_autosave_after_a_decision_changes_nothing(
    page_in: Callable[[str], Page], sign_in: SignIn, decision: str
) -> None:
    state, decide = DECISIONS[decision]
    page, client = page_in(state), sign_in(PUBLISHERS)
    fields = editor.opened(client, page)
    decide(client, page, fields)
    decided = stored(page)
    answer = editor.autosave(client, page, fields, title="An older copy")
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert stored(page) == decided


@pytest.mark.parametrize("state", [SUBMITTED, LIVE, "draft"])
def test_autosave_goes_on_while_nobody_decides(
    page_in: Callable[[str], Page], sign_in: SignIn, state: str
) -> None:
    page, client = page_in(state), sign_in(PUBLISHERS)
    fields = editor.opened(client, page)
    first = editor.autosave(client, page, fields, title="Once")
    assert first.json()["success"]
    again = {"overwrite_revision_id": first.json()["revision_id"], **first.json()["field_updates"]}
    assert editor.autosave(client, page, fields, title="Twice", **again).json()["success"]
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Twice"


def test_autosave_never_approves(page_in: Callable[[str], Page], sign_in: SignIn) -> None:
    page, client = page_in(SUBMITTED), sign_in(PUBLISHERS)
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    answer = editor.autosave(client, page, editor.opened(client, page), **action)
    assert answer.json()["error_message"] == MOVED_ON
    assert not Page.objects.get(pk=page.pk).live


def test_draft_that_was_read_before_a_decision_is_not_saved_after_it(
    page_in: Callable[[str], Page], sign_in: SignIn
) -> None:
    page, client = page_in(SUBMITTED), sign_in(PUBLISHERS)
    as_read = page.get_latest_revision_as_object()
    workflow_action("approve")(client, page, editor.opened(client, page))
    with transaction.atomic(), pytest.raises(PermissionDenied, match="has just changed this page"):
        refuse_overwriting(as_read)


def test_pressing_save_draft_after_a_decision_keeps_what_was_decided(
    page_in: Callable[[str], Page], sign_in: SignIn
) -> None:
    page, client = page_in(LIVE), sign_in(SUPERUSER)
    fields = editor.opened(client, page)
    address("unpublish")(client, page, fields)
    assert editor.press(client, page, fields, title="Typed").status_code == 302
    now = Page.objects.get(pk=page.pk)
    assert not now.live
    assert now.get_latest_revision_as_object().title == "Typed"
