"""A copy asks in its own name; an alias and a moved page go on as the form they are."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.test.utils.form_data import nested_form_data

from eoc_cms.core.models import OutgoingMail, User
from forms_app.models import FormPage, Submission
from home.models import HomePage, StandardPage
from tests.factories.fixtures import MakeForm
from tests.factories.pages import publish


def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@example.org", "pw"))
    return client


def copy_by_hand(page: Any, **values: str) -> FormPage:
    data = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
        "copy_subpages": "on",
    }
    admin().post(reverse("wagtailadmin_pages:copy", args=[page.pk]), {**data, **values})
    return FormPage.objects.exclude(pk=page.pk).latest("pk")


def test_copy_is_a_draft_that_mails_nobody_until_its_addresses_are_confirmed(
    make_form: MakeForm,
) -> None:
    form = make_form(staff_addresses="desk@example.org")
    copied = copy_by_hand(form)
    assert not copied.live
    assert copied.form_key != form.form_key
    assert copied.staff_addresses == "desk@example.org"
    publish(copied)  # by whatever road
    Client().post(FormPage.objects.get(pk=copied.pk).url, {"email": "ana@example.org"})
    assert Submission.objects.to_form(copied.form_key).exists()
    assert not OutgoingMail.objects.filter(recipient="desk@example.org").exists()


def test_form_copied_with_the_pages_above_it_is_a_draft(
    make_form: MakeForm, home: HomePage
) -> None:
    form = make_form()
    above = publish(home.add_child(instance=StandardPage(title="Events")))
    form.move(above, pos="last-child")
    copy_by_hand(StandardPage.objects.get(pk=above.pk))
    assert {page.live for page in FormPage.objects.exclude(pk=form.pk)} == {False}


def test_copy_in_code_is_a_draft(make_form: MakeForm) -> None:
    assert not make_form().copy(update_attrs={"slug": "copy"}, keep_live=True).live


def test_editor_of_a_copy_must_look_at_the_addresses_before_it_is_published(
    make_form: MakeForm,
) -> None:
    copied = copy_by_hand(make_form(staff_addresses="desk@example.org"))
    client = Client()
    client.force_login(User.objects.get(username="root"))
    address = reverse("wagtailadmin_pages:edit", args=[copied.pk])
    page = client.get(address)
    assert b"I have looked at these addresses" in page.content
    data = posted(page)
    refused = client.post(address, {**data, "action-publish": "1"})
    assert b"Look at the addresses that answers are mailed to" in refused.content
    assert not FormPage.objects.get(pk=copied.pk).live
    client.post(address, {**data, "confirm_recipients": "on", "action-publish": "1"})
    copied.refresh_from_db()
    assert copied.live
    assert copied.staff_recipients == ["desk@example.org"]
    assert b"I have looked at these addresses" not in client.get(address).content


def posted(response: Any) -> dict[str, Any]:
    """Return what a browser would send back from an editing form as it stands."""
    form = response.context["form"]
    data: dict[str, Any] = {}
    for part in (form, *form.formsets.values()):
        parts = [part] if part is form else [part.management_form, *part.forms]
        for one in parts:
            for bound in one:
                data |= widget_data(bound)
    return nested_form_data(data)


def widget_data(bound: Any) -> dict[str, Any]:
    value = bound.value()
    if bound.name == "thanks_body":
        return {f"{bound.html_name}-count": "0"}
    if value in (None, False) or bound.name == "DELETE":
        return {}
    shown = bound.field.widget.format_value(value) or ""
    return {bound.html_name: shown[0] if isinstance(shown, list) else shown}


def test_alias_takes_answers_for_the_form_it_stands_for(
    make_form: MakeForm, home: HomePage
) -> None:
    form = make_form(title="Original")
    alias = CreatePageAliasAction(form, update_slug="elsewhere", parent=home).execute()
    form.title = "Changed"
    publish(form)
    answer = Client().post(alias.url, {"email": "ana@example.org"})
    assert answer.status_code == 303
    assert Submission.objects.get().form_key == form.form_key


def test_moved_form_takes_answers_at_its_new_address(make_form: MakeForm, home: HomePage) -> None:
    form = make_form()
    above = publish(home.add_child(instance=StandardPage(title="Events")))
    form.move(above, pos="last-child")
    moved = FormPage.objects.get(pk=form.pk)
    Client().post(moved.url, {"email": "ana@example.org"})
    assert Submission.objects.to_form(form.form_key).count() == 1
