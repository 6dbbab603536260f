"""Every button of staff but those on an answer: done once, and told whatever comes of it.

Those on an answer: `tests/forms_app/answers_admin/test_acts_on_answers.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from eoc_cms.core.models import OutgoingMail, User
from forms_app.models import (
    AnswerAct,
    ConsentEvent,
    FormField,
    FormPage,
    FormRight,
    FormVersion,
    Person,
    SavedExport,
    Submission,
)
from forms_app.models.exports import FileFormat
from resources.models import CohortCode, Grant, ResourceIndexPage
from tests.factories.fixtures import SUPERUSER, SignIn
from tests.factories.pages import make_resource, publish

ANA = "ana@example.org"
# All that a button of staff can change.
KEPT: list[type[Model]] = [
    *(Submission, Person, Grant, CohortCode, SavedExport, FormRight, Page),
    *(OutgoingMail, AnswerAct, ConsentEvent, ModelLogEntry),
]
KEY = "6f6bd1b6-8b3c-4c8e-9a1a-0d6c5d0f3c11"


@dataclass(frozen=True, kw_only=True)
class Button:
    """Where a button is, what it sends, and what is said to a first and a second press."""

    view: str
    of: type[Model] | None = None
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    first: str
    second: str
    # What is said where the record is gone; without, nothing can be gone.
    gone: str = "It is not there any more"


EXPORT = {"name": "Mine", "file_format": FileFormat.CSV.value, "column": "name", "save": "yes"}
GONE = "It is not there any more"
BUTTONS = {
    "revoke a grant": Button(
        view="resources_grant_modeladmin_revoke",
        of=Grant,
        first="1 grant is revoked.",
        second="There was nothing left to revoke",
    ),
    "revoke a person's": Button(
        view="resources_grant_modeladmin_revoke_person",
        of=Grant,
        first="1 grant is revoked.",
        second="There was nothing left to revoke",
    ),
    "revoke everybody's": Button(
        view="resources_grant_modeladmin_revoke_resource",
        of=Grant,
        first="1 grant is revoked.",
        second="There was nothing left to revoke",
    ),
    "send the link again": Button(
        view="resources_grant_modeladmin_send_link",
        of=Grant,
        first="The link is on its way.",
        second="The link was sent a moment ago, so it was not sent again.",
    ),
    "revoke a code": Button(
        view="resources_cohortcode_modeladmin_revoke",
        of=CohortCode,
        first="“Members” opens nothing any more.",
        second="“Members” was revoked before. Nothing was changed.",
    ),
    "make a code": Button(
        view="resources_cohortcode_modeladmin_create",
        data={"name": "Schools", "expires_at": "2999-01-01 10:00"},
        first="created",
        second="A code of this name is open already.",
        gone="",
    ),
    "save an export": Button(
        view="forms_app_savedexport_modeladmin_create",
        query="?list=resources.cohortcode",
        data=EXPORT,
        first="“Mine” is saved.",
        second="You have a saved export of this name.",
        gone="",
    ),
    "delete an export": Button(
        view="forms_app_savedexport_modeladmin_delete",
        of=SavedExport,
        first="deleted",
        second=GONE,
    ),
    "give rights": Button(
        view="forms_app_formright_modeladmin_create",
        data={"may_view": "on"},
        first="created",
        second="This group has rights to this form: change those.",
        gone="",
    ),
    "take rights away": Button(
        view="forms_app_formright_modeladmin_delete",
        of=FormRight,
        first="deleted",
        second=GONE,
    ),
    "erase a person": Button(
        view="forms_app_erase_person",
        query=f"?email={ANA}",
        data={"typed_again": ANA},
        first="Everything is erased: 1 answer",
        second="Nothing was held of this address, so nothing was erased.",
        gone="",
    ),
    "record a consent": Button(
        view="forms_app_record_consent",
        of=Person,
        data={"do": "agree"},
        first="Recorded: agrees to",
        second="That was said already. Nothing was recorded again.",
        gone="Nothing was recorded: this person is not there any more",
    ),
    "delete from Wagtail's list": Button(
        view="forms_app_delete_submissions",
        first="1 answer is erased.",
        second="These answers are not there any more. Nothing was erased.",
        gone="",
    ),
    "start a form": Button(
        view="forms_app_start_form",
        data={"template": "contact", "key": KEY},
        first="",
        second="This draft was added before. No second one was added.",
        gone="The page to put a form below is not there any more.",
    ),
}


@pytest.fixture
def records(form: FormPage, index: ResourceIndexPage, sign_in: SignIn) -> dict[type[Model], Any]:
    """Make one of everything that has a button."""
    guide = make_resource(index, "Guide", gate_mode="form", gate_form=form)
    Client().post(guide.url, {"email": ANA})
    ask_for_consent(form)
    OutgoingMail.objects.all().delete()
    sign_in(SUPERUSER)
    owner = User.objects.get(username="superuser")
    right = FormRight.objects.create(
        group=Group.objects.create(name="Friends"), form_key=form.form_key, form_title=form.title
    )
    return {
        Grant: Grant.objects.get(),
        CohortCode: CohortCode.objects.create(
            name="Members", expires_at=timezone.now() + timedelta(days=9)
        ),
        SavedExport: SavedExport.objects.create(
            owner=owner, name="Kept", listing="forms_app.submission"
        ),
        FormRight: right,
        Person: Person.objects.get(),
    }


def ask_for_consent(form: FormPage) -> None:
    """Let the form ask for what nobody has been asked yet."""
    page = FormPage.objects.get(pk=form.pk)
    page.form_fields.add(
        FormField(sort_order=9, label="News", field_type="consent", clean_name="news")
    )
    publish(page)


@pytest.fixture
def press(records: dict[type[Model], Any], form: FormPage) -> Callable[..., str]:
    """Press a button and return the page that follows."""
    others = Group.objects.create(name="Others")
    answer = Submission.objects.get()
    version = FormVersion.objects.shown_by(FormPage.objects.get())
    extra: dict[str, dict[str, Any]] = {
        "make a code": {"resources": [answer.source_page_id]},
        "give rights": {"group": others.pk, "form_key": str(form.form_key)},
        "record a consent": {"consent": f"{version.key}/news"},
    }
    args = {
        "delete from Wagtail's list": [form.pk],
        "start a form": [form.get_parent().pk],
    }
    query = {"delete from Wagtail's list": f"?selected-submissions={answer.pk}"}

    def pressed(client: Client, name: str, *, is_gone: bool = False) -> str:
        button = BUTTONS[name]
        keys = [records[button.of].pk] if button.of else args.get(name, [])
        address = reverse(button.view, args=[999_999] if is_gone else keys)
        answer = client.post(
            f"{address}{query.get(name, button.query)}",
            {**button.data, **extra.get(name, {})},
            follow=True,
        )
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())

    return pressed


def stored() -> dict[str, list[Any]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in KEPT}


@pytest.mark.parametrize("name", BUTTONS)
def test_first_press_does_it_and_second_press_changes_nothing_and_says_so(
    press: Callable[..., str], sign_in: SignIn, name: str
) -> None:
    client = sign_in(SUPERUSER)
    before = stored()
    assert BUTTONS[name].first in press(client, name)
    after = stored()
    assert after != before
    assert BUTTONS[name].second in press(client, name)
    assert stored() == after


@pytest.mark.parametrize("name", [name for name, button in BUTTONS.items() if button.gone])
def test_record_that_is_gone_is_told_with_a_way_back(
    press: Callable[..., str], sign_in: SignIn, name: str
) -> None:
    client = sign_in(SUPERUSER)
    before = stored()
    assert BUTTONS[name].gone in press(client, name, is_gone=True)
    assert stored() == before


@pytest.mark.parametrize("name", BUTTONS)
def test_refused_press_changes_nothing_and_says_so(press: Callable[..., str], name: str) -> None:
    visitor = User.objects.create_user("newcomer")
    visitor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(visitor)
    before = stored()
    assert "you do not have permission" in press(client, name)
    assert stored() == before


def test_nothing_is_handed_over_without_saying_why(sign_in: SignIn, form: FormPage) -> None:
    client = sign_in(SUPERUSER)
    address = reverse("forms_app_export_person")
    for query, sent in (("?email=", {"format": "json"}), (f"?email={ANA}", {"format": "pdf"})):
        page = client.post(f"{address}{query}", sent).content.decode()
        assert "Nothing was handed over: give an address and a format." in page


def test_link_may_be_sent_again_after_a_while(
    press: Callable[..., str], sign_in: SignIn, wait: Callable[..., None]
) -> None:
    client = sign_in(SUPERUSER)
    press(client, "send the link again")
    wait(timedelta(minutes=6))
    assert "The link is on its way." in press(client, "send the link again")
    assert OutgoingMail.objects.count() == 2
