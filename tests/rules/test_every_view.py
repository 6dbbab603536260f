"""Every view that we add to the admin opens for the right group and for no other."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from eoc_cms.core.models import User
from forms_app.models import (
    AnswerAct,
    ExportRecord,
    FormPage,
    FormRight,
    Person,
    SavedExport,
    Submission,
    SubmissionFile,
)
from home.groups import DATA_MANAGERS, EDITORS, PUBLISHERS, SITE_ADMINS
from resources.models import Audience, CohortCode, Download, Grant, ResourceIndexPage, Topic
from tests.factories import pages as making
from tests.factories.fixtures import SUPERUSER, SignIn

ANSWERS = {DATA_MANAGERS, SUPERUSER}
LABELS = {PUBLISHERS, SITE_ADMINS, SUPERUSER}
GROUPS = {SITE_ADMINS, SUPERUSER}
WRITERS = {EDITORS, PUBLISHERS, SITE_ADMINS, SUPERUSER}
NOBODY: set[str] = set()
EVERYBODY = {EDITORS, PUBLISHERS, DATA_MANAGERS, SITE_ADMINS, SUPERUSER}
# Each view by its name, with the groups for which it opens.
VIEWS = {
    "eoc_cms_file_report": WRITERS,
    "home_guide": EVERYBODY,
    "home_guide_picture": EVERYBODY,
    "eoc_cms_session": EVERYBODY,
    "forms_app_submission_modeladmin_index": ANSWERS,
    "forms_app_submission_modeladmin_inspect": ANSWERS,
    "forms_app_submission_modeladmin_create": NOBODY,
    "forms_app_submission_modeladmin_edit": NOBODY,
    "forms_app_submission_modeladmin_delete": NOBODY,
    "forms_app_answeract_modeladmin_index": ANSWERS,
    "forms_app_answeract_modeladmin_create": NOBODY,
    "forms_app_answeract_modeladmin_edit": NOBODY,
    "forms_app_answeract_modeladmin_delete": NOBODY,
    "forms_app_consentevent_modeladmin_index": ANSWERS,
    "forms_app_consentevent_modeladmin_create": NOBODY,
    "forms_app_consentevent_modeladmin_edit": NOBODY,
    "forms_app_consentevent_modeladmin_delete": NOBODY,
    "forms_app_exportrecord_modeladmin_index": ANSWERS,
    "forms_app_exportrecord_modeladmin_create": NOBODY,
    "forms_app_exportrecord_modeladmin_edit": NOBODY,
    "forms_app_exportrecord_modeladmin_delete": NOBODY,
    "resources_cohortcode_modeladmin_index": ANSWERS,
    "resources_cohortcode_modeladmin_create": ANSWERS,
    "resources_cohortcode_modeladmin_inspect": ANSWERS,
    "resources_cohortcode_modeladmin_edit": ANSWERS,
    "resources_cohortcode_modeladmin_revoke": ANSWERS,
    "resources_cohortcode_modeladmin_delete": NOBODY,
    "resources_lock_check": WRITERS,
    "resources_grant_modeladmin_index": ANSWERS,
    "resources_grant_modeladmin_inspect": ANSWERS,
    "resources_grant_modeladmin_revoke": ANSWERS,
    "resources_grant_modeladmin_revoke_person": ANSWERS,
    "resources_grant_modeladmin_revoke_resource": ANSWERS,
    "resources_grant_modeladmin_send_link": ANSWERS,
    "resources_grant_modeladmin_create": NOBODY,
    "resources_grant_modeladmin_edit": NOBODY,
    "resources_grant_modeladmin_delete": NOBODY,
    "resources_download_modeladmin_index": ANSWERS,
    "resources_download_modeladmin_create": NOBODY,
    "resources_download_modeladmin_edit": NOBODY,
    "resources_download_modeladmin_delete": NOBODY,
    "forms_app_answer_file": ANSWERS,
    # Buttons, which answer to a POST: see test_rights_to_answers.py.
    "forms_app_answer_action": NOBODY,
    "forms_app_answers_chosen": NOBODY,
    "forms_app_record_consent": NOBODY,
    "forms_app_tray": ANSWERS,
    "forms_app_person_modeladmin_index": ANSWERS,
    "forms_app_person_modeladmin_inspect": ANSWERS,
    "forms_app_person_modeladmin_create": NOBODY,
    "forms_app_person_modeladmin_edit": NOBODY,
    "forms_app_person_modeladmin_delete": NOBODY,
    **{
        f"forms_app_formright_modeladmin_{view}": GROUPS
        for view in ("index", "create", "edit", "delete")
    },
    "forms_app_savedexport_modeladmin_index": ANSWERS,
    # Each person's own only, which this one is not: see tests of exports.
    "forms_app_savedexport_modeladmin_edit": NOBODY,
    "forms_app_savedexport_modeladmin_delete": NOBODY,
    "forms_app_savedexport_modeladmin_run": NOBODY,
    "forms_app_savedexport_modeladmin_create": ANSWERS,
    "forms_app_person_data": ANSWERS,
    "forms_app_erase_person": ANSWERS,
    "forms_app_export_person": ANSWERS,
    "forms_app_retention": ANSWERS,
    "forms_app_start_form": WRITERS,
    "forms_app_forms": ANSWERS,
    "forms_app_forms_results": ANSWERS,
    "forms_app_delete_submissions": ANSWERS,
}
# A list asks for its results alone while somebody types, with the same rights.
VIEWS |= {
    name.replace("_index", "_results"): groups
    for name, groups in VIEWS.items()
    if name.endswith("_modeladmin_index")
}
# Wagtail's own views of what is ours.
SHAPED_VIEWS = {
    "wagtailforms:index": ANSWERS,
    "wagtailforms:list_submissions": ANSWERS,
    "wagtailsettings:edit": {SITE_ADMINS, SUPERUSER},
    **{
        f"wagtailsnippets_resources_{model}:{view}": LABELS
        for model in ("topic", "audience")
        for view in ("list", "add", "edit", "delete", "usage", "history")
    },
}
ALL_VIEWS = {**VIEWS, **SHAPED_VIEWS}
OURS = ("forms_app", "resources", "home", "eoc_cms")
# Views of one record, whose address holds its key.
ON_ONE = (
    "inspect",
    "edit",
    "delete",
    "usage",
    "history",
    "revoke",
    "revoke_person",
    "revoke_resource",
    "send_link",
    "run",
)


@pytest.fixture
def address(form: FormPage, index: ResourceIndexPage) -> Callable[[str], str]:
    """Make one of everything; return what gives a view's address."""
    Client().post(form.url, {"email": "ana@example.org"})
    ours = {
        "_submission_": Submission.objects.get().pk,
        "_cohortcode_": CohortCode.objects.create(name="Members", expires_at=timezone.now()).pk,
        "_consentevent_": 1,
        "_answeract_": AnswerAct.objects.create(kind=AnswerAct.Kind.ERASED).pk,
        "_exportrecord_": ExportRecord.objects.create(what="All").pk,
        "_grant_": a_grant(),
        "_download_": Download.objects.create(resource_title="Guide", file_title="A").pk,
        "_person_": Person.objects.get().pk,
        "_formright_": a_form_right(form),
        "_savedexport_": a_saved_export(),
        "_topic:": Topic.objects.create(name="Boards", slug="boards").pk,
        "_audience:": Audience.objects.create(name="Principals", slug="principals").pk,
    }
    special: dict[str, list[Any]] = {
        "home_guide_picture": ["blocks.png"],
        "forms_app_answer_action": [Submission.objects.get().pk],
        "forms_app_record_consent": [Person.objects.get().pk],
        "forms_app_start_form": [index.get_parent().pk],
        "forms_app_answer_file": [an_answers_file().key],
        "eoc_cms_file_report": [making.document("a.pdf").pk],
        "forms_app_delete_submissions": [form.pk],
        "resources_lock_check": [making.make_resource(index, "A guide", files=()).pk],
        "wagtailforms:list_submissions": [form.pk],
        "wagtailsettings:edit": ["core", "sitesettings", form.get_site().pk],
    }

    def of(view: str) -> str:
        keys = [key for kind, key in ours.items() if kind in view and view.endswith(ON_ONE)]
        return reverse(view, args=special.get(view, keys))

    return of


def an_answers_file() -> SubmissionFile:
    submission = Submission.objects.get()
    return SubmissionFile.objects.create(
        submission=submission,
        form_key=submission.form_key,
        field_name="plan",
        file=ContentFile(b"%PDF-1.7", name="plan.pdf"),
        name="plan.pdf",
        size=8,
        content_type="application/pdf",
    )


def a_form_right(form: FormPage) -> int:
    group = Group.objects.create(name="Friends of one form")
    return FormRight.objects.create(group=group, form_key=form.form_key, form_title=form.title).pk


def a_saved_export() -> int:
    owner = User.objects.create_user("owner")
    return SavedExport.objects.create(owner=owner, name="Mine", listing="forms_app.submission").pk


def a_grant() -> int:
    submission = Submission.objects.get()
    return Grant.objects.create(
        submission=submission,
        person=submission.person,
        form_key=submission.form_key,
        resource_title="Guide",
        expires_at=timezone.now() + timedelta(days=1),
    ).pk


@pytest.mark.parametrize("group", sorted(EVERYBODY))
def test_views_open_for_their_groups_only(
    sign_in: SignIn, address: Callable[[str], str], group: str
) -> None:
    client = sign_in(group)
    answers = {view: client.get(address(view)) for view in ALL_VIEWS}
    opened = {view for view, answer in answers.items() if answer.status_code == 200}
    assert opened == {view for view, groups in ALL_VIEWS.items() if group in groups}
    refused = {view: answer for view, answer in answers.items() if view not in opened}
    assert {answer.status_code for answer in refused.values()} <= {302, 403, 404, 405}
    assert [view for view, answer in refused.items() if b"ana@example.org" in answer.content] == []


def test_stranger_is_led_to_the_sign_in_page(address: Callable[[str], str]) -> None:
    led = {view: Client().get(address(view))["Location"] for view in ALL_VIEWS}
    assert [view for view, to in led.items() if not to.startswith("/admin/login/")] == []


def test_no_view_of_ours_is_left_out() -> None:
    assert {name for name in admin_views() if name.startswith(OURS)} == set(VIEWS)


def admin_views() -> Iterator[str]:
    """Yield the name of every address of the admin, but for those of Wagtail's own apps."""
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and str(entry.pattern) == "admin/":
            yield from names_in(entry)


def names_in(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern) and entry.name:
            yield entry.name
        elif isinstance(entry, URLResolver) and not entry.namespace:
            yield from names_in(entry)
