"""A form starts from a template as a draft that works as soon as it is published."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from eoc_cms.core.models import OutgoingMail, User
from forms_app.editing.form_page_rules import mail_problems
from forms_app.editing.form_templates import TEMPLATES
from forms_app.models import FormPage, Submission
from home.groups import DATA_MANAGERS, EDITORS
from home.models import HomePage
from tests.factories.pages import publish


def signed_in(group: str) -> Client:
    user = User.objects.create_user("somebody", "somebody@example.org", "pw")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("key", TEMPLATES)
def test_template_becomes_a_draft_that_takes_an_answer(home: HomePage, key: str) -> None:
    client = signed_in(EDITORS)
    address = reverse("forms_app_start_form", args=[home.pk])
    assert str(TEMPLATES[key].title) in client.get(address).content.decode()
    answer = client.post(address, {"template": key})
    page = FormPage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert client.get(answer["Location"]).status_code == 200
    live = publish(page)
    answers = {"work_e_mail": "ana@example.org", "name": "Ana", "message": "Hello"}
    assert Client().post(live.url, answers).status_code == 303
    assert Submission.objects.get().form_data["work_e_mail"] == "ana@example.org"
    text = "".join(mail.subject + mail.text for mail in OutgoingMail.objects.all())
    assert not mail_problems(vars(live), live.labels())
    assert "{" not in text


def test_second_form_of_a_kind_has_an_address_of_its_own(home: HomePage) -> None:
    client = signed_in(EDITORS)
    for _time in range(2):
        client.post(reverse("forms_app_start_form", args=[home.pk]), {"template": "contact"})
    assert set(FormPage.objects.values_list("slug", flat=True)) == {"contact", "contact-2"}


def test_unknown_template_starts_nothing(home: HomePage) -> None:
    address = reverse("forms_app_start_form", args=[home.pk])
    assert signed_in(EDITORS).post(address, {"template": "x"}).status_code == 200
    assert not FormPage.objects.exists()


def test_only_who_may_add_pages_starts_a_form(home: HomePage) -> None:
    client = signed_in(DATA_MANAGERS)
    address = reverse("forms_app_start_form", args=[home.pk])
    assert client.post(address, {"template": "contact"}).status_code in {302, 403}
    assert not FormPage.objects.exists()
