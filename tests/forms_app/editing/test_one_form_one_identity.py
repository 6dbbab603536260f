"""A form is one form, whichever way Wagtail makes pages of it; no two pages are the same one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale

from eoc_cms.core.models import OutgoingMail
from forms_app.models import FormPage, Submission
from forms_app.privacy.retention import due_submissions
from home.models import HomePage
from tests.factories.fixtures import SUPERUSER, MakeForm, SignIn
from tests.factories.pages import publish

PLAN = {"label": "Plan", "field_type": "file", "clean_name": "plan"}


@pytest.fixture
def source(make_form: MakeForm) -> FormPage:
    return make_form(PLAN, title="Source", staff_addresses="desk@example.org")


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in(SUPERUSER)


def fresh(page: Any) -> FormPage:
    return FormPage.objects.get(pk=page.pk)


def newest() -> FormPage:
    return FormPage.objects.latest("pk")


def copied_by_hand(source: FormPage, admin: Client) -> FormPage:
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": source.get_parent().pk}
    admin.post(reverse("wagtailadmin_pages:copy", args=[source.pk]), data)
    return newest()


def copied_in_code(source: FormPage, admin: Client) -> FormPage:
    return source.copy(update_attrs={"slug": "copy"})


def translated(source: FormPage, admin: Client) -> FormPage:
    locale, _is_new = Locale.objects.get_or_create(language_code="es")
    source.get_parent().specific.copy_for_translation(locale)
    source.copy_for_translation(locale)
    return newest()


def mirrored(source: FormPage, admin: Client) -> FormPage:
    CreatePageAliasAction(source, update_slug="alias", parent=source.get_parent()).execute()
    return newest()


def mirrored_twice(source: FormPage, admin: Client) -> FormPage:
    first = mirrored(source, admin)
    CreatePageAliasAction(first, update_slug="second", parent=source.get_parent()).execute()
    return newest()


def mirrored_and_converted(source: FormPage, admin: Client) -> FormPage:
    alias = mirrored(source, admin)
    admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    return fresh(alias)


def with_the_tree_above(source: FormPage, admin: Client) -> FormPage:
    parent = source.get_parent().specific
    parent.copy(recursive=True, to=parent.get_parent(), update_attrs={"slug": "tree"})
    return newest()


OTHERS = [
    copied_by_hand,
    copied_in_code,
    translated,
    mirrored_and_converted,
    with_the_tree_above,
]
# The others stand below a page that visitors do not come to.
REACHED = [copied_by_hand, copied_in_code, mirrored_and_converted]
MIRRORS = [mirrored, mirrored_twice]
Road = Callable[[FormPage, Client], FormPage]


@pytest.mark.parametrize("make", OTHERS)
def test_page_made_from_a_form_is_another_form(source: FormPage, admin: Client, make: Road) -> None:
    Client().post(source.url, {"email": "ana@example.org"})
    made = make(source, admin)
    assert made.key != fresh(source).key
    assert not made.get_submissions().exists()
    listing = reverse("wagtailforms:list_submissions", args=[made.pk])
    assert "ana@example.org" not in admin.get(listing).content.decode()


@pytest.mark.parametrize("make", REACHED)
def test_each_list_shows_its_own_answers(source: FormPage, admin: Client, make: Road) -> None:
    Client().post(source.url, {"email": "ana@example.org"})
    made = make(source, admin)
    publish(made)
    Client().post(fresh(made).url, {"email": "zoe@example.org"})
    assert [row.email for row in fresh(source).get_submissions()] == ["ana@example.org"]
    assert [row.email for row in fresh(made).get_submissions()] == ["zoe@example.org"]


@pytest.mark.parametrize("make", OTHERS)
def test_each_form_has_its_own_time(source: FormPage, admin: Client, make: Road) -> None:
    Client().post(source.url, {"email": "ana@example.org"})
    made = make(source, admin)
    FormPage.objects.filter(pk=made.pk).update(retention_months=1)
    in_sixty_days = timezone.now() + timedelta(days=60)
    assert not due_submissions(in_sixty_days).exists()


@pytest.mark.parametrize("make", MIRRORS)
def test_page_that_mirrors_a_form_takes_answers_for_it(
    source: FormPage, admin: Client, make: Road
) -> None:
    alias = make(source, admin)
    assert alias.key == source.key
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 words")
    answer = Client().post(alias.url, {"email": "ana@example.org", "plan": plan})
    assert answer.status_code == 303
    stored = Submission.objects.get()
    assert (stored.form_key, stored.page_id) == (source.key, alias.pk)
    assert stored.files.count() == 1
    assert OutgoingMail.objects.filter(recipient="desk@example.org").exists()
    for page in (source, alias):
        listing = reverse("wagtailforms:list_submissions", args=[page.pk])
        assert "ana@example.org" in admin.get(listing).content.decode()


@pytest.mark.parametrize("make", MIRRORS)
def test_page_that_mirrors_a_form_goes_on_doing_so_when_it_changes(
    source: FormPage, admin: Client, make: Road
) -> None:
    alias = make(source, admin)
    source.title = "Changed"
    publish(source)
    assert fresh(alias).title == "Changed"
    assert fresh(alias).key == source.key
    assert fresh(alias).form_key != source.form_key


def test_converted_page_keeps_no_answer_of_the_form_it_mirrored(
    source: FormPage, admin: Client
) -> None:
    alias = mirrored(source, admin)
    Client().post(alias.url, {"email": "ana@example.org"})
    admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    assert not fresh(alias).get_submissions().exists()
    assert source.get_submissions().count() == 1


def test_reverted_form_stays_the_form_it_is(source: FormPage, admin: Client) -> None:
    before = source.save_revision()
    source.title = "Later"
    publish(source)
    key = fresh(source).key
    before.publish()
    assert (fresh(source).title, fresh(source).key) == ("Source", key)


def test_database_keeps_two_pages_from_being_one_form(
    source: FormPage, make_form: MakeForm, home: HomePage
) -> None:
    other = make_form(title="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        FormPage.objects.filter(pk=other.pk).update(form_key=source.form_key)
