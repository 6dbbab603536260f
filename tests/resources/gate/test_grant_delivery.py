"""How the files arrive: at once, only by the link in the mail, or without any mail."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from eoc_cms.core.models import OutgoingMail, User
from forms_app.intake.tray import let_through
from forms_app.models import FormPage, Submission
from home.models import HomePage
from resources.models import Grant, ResourceFile, ResourceIndexPage, ResourcePage
from tests.factories.pages import form_page, make_resource
from tests.factories.visitor import Visitor

BY_MAIL = FormPage.Delivery.BY_MAIL
ANSWER = {"email": "ana@example.org"}
BOX = "Show it here, do not mail me"


@pytest.fixture
def form(home: HomePage) -> FormPage:
    return form_page(home)


@pytest.fixture
def guide(index: ResourceIndexPage, form: FormPage) -> ResourcePage:
    page: ResourcePage = make_resource(index, "Guide", gate_mode="form", gate_form=form)
    return page


def set_up(form: FormPage, **values: Any) -> None:
    FormPage.objects.filter(pk=form.pk).update(**values)


def file_of(guide: ResourcePage) -> str:
    return f"/download/{ResourceFile.objects.get(resource=guide).key}/"


def link_mailed() -> str:
    mail = OutgoingMail.objects.exclude(text="").latest("pk")
    found = re.search(r"http://testserver(/access/\S+)", mail.text)
    assert found, mail.text
    return found[1]


@pytest.fixture
def by_mail(form: FormPage, guide: ResourcePage) -> FormPage:
    set_up(form, delivery=BY_MAIL)
    return form


def test_form_opens_at_once_unless_an_editor_says_otherwise(
    form: FormPage, guide: ResourcePage
) -> None:
    client = Client()
    client.post(guide.url, ANSWER)
    assert b"/download/" in client.get(guide.url).content


def test_answer_by_mail_opens_nothing_on_the_page(by_mail: FormPage, guide: ResourcePage) -> None:
    client = Client()
    sent = client.post(guide.url, ANSWER)
    assert sent.status_code == 303
    assert not sent.cookies
    shown = client.get(sent["Location"])
    assert "Look into your mail" in shown.content.decode()
    assert b"/download/" not in shown.content
    assert shown["Cache-Control"] == "private, no-store"
    assert client.get(file_of(guide)).status_code == 303


def test_mailed_link_opens_what_the_answer_did_not(by_mail: FormPage, guide: ResourcePage) -> None:
    client = Client()
    client.post(guide.url, ANSWER)
    link = link_mailed()
    assert client.get(link).status_code == 200
    assert Grant.objects.get().confirmed_at is None
    client.post(link)
    assert Grant.objects.get().confirmed_at is not None
    assert b"/download/" in client.get(guide.url).content
    assert client.get(file_of(guide)).status_code == 200


def test_link_sent_from_another_site_proves_nothing(by_mail: FormPage, guide: ResourcePage) -> None:
    Client().post(guide.url, ANSWER)
    Client().post(link_mailed(), headers={"sec-fetch-site": "cross-site"})
    assert Grant.objects.get().confirmed_at is None


def test_cookie_with_an_unproved_grant_opens_nothing(
    by_mail: FormPage, guide: ResourcePage
) -> None:
    client = Client()
    client.post(guide.url, ANSWER)
    client.post(link_mailed())
    Grant.objects.update(confirmed_at=None)
    assert b"/download/" not in client.get(guide.url).content
    assert client.get(file_of(guide)).status_code == 303
    assert not Grant.objects.get().is_live()


def test_revoked_link_proves_nothing(by_mail: FormPage, guide: ResourcePage) -> None:
    Client().post(guide.url, ANSWER)
    Grant.objects.update(revoked_at=timezone.now())
    assert Client().post(link_mailed()).status_code == 410
    assert Grant.objects.get().confirmed_at is None


def test_unproved_visitor_can_have_the_link_sent_again(
    by_mail: FormPage, guide: ResourcePage
) -> None:
    Client().post(guide.url, ANSWER)
    OutgoingMail.objects.all().delete()
    Client().post(f"/access/?for={guide.pk}", ANSWER)
    client = Client()
    client.post(link_mailed())
    assert b"/download/" in client.get(guide.url).content


def test_page_that_says_so_is_not_shown_where_files_open_at_once(
    form: FormPage, guide: ResourcePage
) -> None:
    assert "Look into your mail" not in Client().get(f"{guide.url}?mailed=1").content.decode()


def test_locked_page_says_that_the_link_comes_by_mail(
    by_mail: FormPage, guide: ResourcePage
) -> None:
    assert "comes by mail" in Client().get(guide.url).content.decode()


def test_held_answer_opens_by_the_mail_once_it_is_restored(
    by_mail: FormPage, guide: ResourcePage
) -> None:
    Client().post(guide.url, {**ANSWER, "website_address": "x"})
    assert not OutgoingMail.objects.waiting().exists()
    client = Client()
    assert client.post(link_mailed()).status_code == 410
    let_through(Submission.objects.get(), user=User.objects.create_superuser("admin"))
    assert OutgoingMail.objects.waiting().count() == 1
    client.post(link_mailed())
    assert b"/download/" in client.get(guide.url).content


def test_box_is_offered_only_where_an_editor_allows_it(form: FormPage, guide: ResourcePage) -> None:
    set_up(form, visitor_mail_body="Thank you")
    assert BOX not in Client().get(guide.url).content.decode()
    set_up(form, lets_skip_mail=True)
    offered = Client().get(f"{guide.url}?fresh").content.decode()
    assert BOX in offered
    assert "checked" not in offered
    # On the form's own page nothing is shown, so the mail is the only way.
    assert BOX not in Client().get(f"{form.url}?fresh").content.decode()
    set_up(form, delivery=BY_MAIL)
    assert BOX not in Client().get(f"{guide.url}?fresh").content.decode()


@pytest.mark.parametrize("still", [True, False])
def test_ticked_box_shows_the_file_and_mails_nothing_offered_still_or_not(
    form: FormPage, guide: ResourcePage, still: bool
) -> None:
    set_up(form, visitor_mail_body="Thank you", lets_skip_mail=True)
    visitor = Visitor(guide.url)
    set_up(form, lets_skip_mail=still)
    visitor.press(**ANSWER, **{"no-mail": "yes"})
    assert "/download/" in visitor.response.content.decode()
    assert not OutgoingMail.objects.exists()


def test_ticked_box_cannot_keep_back_the_mail_that_is_the_only_way(
    form: FormPage, guide: ResourcePage
) -> None:
    set_up(form, visitor_mail_body="Thank you", lets_skip_mail=True)
    visitor = Visitor(guide.url)
    set_up(form, delivery=BY_MAIL)
    visitor.press(**ANSWER, **{"no-mail": "yes"})
    assert OutgoingMail.objects.get().recipient == ANSWER["email"]


def test_ticked_box_does_not_keep_staff_from_their_mail(
    form: FormPage, guide: ResourcePage
) -> None:
    set_up(
        form,
        visitor_mail_body="Thank you",
        lets_skip_mail=True,
        staff_addresses="staff@example.org",
    )
    Client().post(guide.url, {**ANSWER, "no-mail": "yes"})
    assert OutgoingMail.objects.get().recipient == "staff@example.org"


def test_ticked_box_stays_ticked_after_an_error(form: FormPage, guide: ResourcePage) -> None:
    set_up(form, visitor_mail_body="Thank you", lets_skip_mail=True)
    shown = Client().post(guide.url, {"email": "nobody", "no-mail": "yes"}).content.decode()
    assert re.search(r'name="no-mail" value="yes" checked', shown)


def test_mail_says_that_it_is_a_copy_again(form: FormPage, guide: ResourcePage) -> None:
    set_up(form, visitor_mail_body="Thank you")
    Client().post(guide.url, ANSWER)
    assert "asked for this before" not in OutgoingMail.objects.get().text
    Submission.objects.update(repeat_key="another moment")
    again = Client()
    sent = again.post(guide.url, ANSWER, follow=True)
    copy = OutgoingMail.objects.latest("pk")
    assert "asked for this before" in copy.text
    assert "asked for this before" in copy.html
    # The page tells it to nobody: whoever types an address would learn that it is known.
    assert "before" not in re.sub(r"(?s)<footer.*", "", sent.content.decode())


def test_form_that_asks_for_no_address_cannot_deliver_by_mail(form: FormPage) -> None:
    page_type: Any = FormPage
    edit_form = page_type.get_edit_handler().get_form_class()
    for required, is_right in ((True, True), (False, False)):
        data = {
            "thanks_body-count": "0",
            "title": form.title,
            "slug": form.slug,
            "delivery": BY_MAIL,
            "grant_scope": form.grant_scope,
            "grant_days": 180,
            "retention_months": 24,
            "form_fields-TOTAL_FORMS": 1,
            "form_fields-INITIAL_FORMS": 0,
            "form_fields-0-label": "E-mail",
            "form_fields-0-field_type": "email",
            "form_fields-0-ORDER": 1,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }
        if required:
            data["form_fields-0-required"] = "on"
        checked = edit_form(data, instance=FormPage(), for_user=None)
        checked.is_valid()
        assert ("delivery" not in checked.errors) is is_right
