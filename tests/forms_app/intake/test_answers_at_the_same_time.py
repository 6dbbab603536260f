"""However many requests bring an answer at once, it is stored as often as it was given."""

import pytest
from django.core import signing
from django.test import Client
from wagtail.models import Site

from eoc_cms.core.models import OutgoingMail
from forms_app.intake.form_page_view import RECEIPT_SALT
from forms_app.models import FormField, FormPage, FormVersion, Person, Submission
from home.bootstrap import bootstrap
from resources.models import Grant, ResourceIndexPage
from tests.at_once import at_once
from tests.factories.pages import make_resource, publish

AT_ONCE = 20


@pytest.fixture
def form(transactional_db: None, site: Site) -> FormPage:
    """Publish the form of a guide, with rows that other connections can see."""
    home = bootstrap()
    page = FormPage(
        title="Get the guides", visitor_mail_body="Thank you", staff_addresses="desk@example.org"
    )
    page.form_fields = [  # type: ignore[misc]
        FormField(sort_order=0, label="Email", field_type="email", required=True),
        FormField(sort_order=1, label="Name", field_type="singleline"),
    ]
    form = publish(home.add_child(instance=page))
    home.refresh_from_db()
    index = publish(home.add_child(instance=ResourceIndexPage(title="Resources")))
    make_resource(index, "Guide", gate_mode="form", gate_form=form)
    return form


def receipt_of(address: str) -> str:
    receipt: str = signing.loads(address.partition("?receipt=")[2], salt=RECEIPT_SALT)
    return receipt


def test_same_answer_twenty_times_at_once_is_one_submission(form: FormPage) -> None:
    def send(_number: int) -> str:
        answer = Client().post(form.url, {"email": "ana@example.org", "name": "Ana"})
        assert answer.status_code == 303
        return receipt_of(answer["Location"])

    receipts = at_once(send, times=AT_ONCE)
    assert set(receipts) == {Submission.objects.get().receipt}
    assert OutgoingMail.objects.filter(recipient="ana@example.org").count() == 1
    assert OutgoingMail.objects.filter(recipient="desk@example.org").count() == 1
    assert Person.objects.count() == FormVersion.objects.count() == Grant.objects.count() == 1


def test_twenty_answers_at_once_are_twenty_submissions(form: FormPage) -> None:
    def send(number: int) -> str:
        answer = Client().post(form.url, {"email": "ana@example.org", "name": f"Ana {number}"})
        assert answer.status_code == 303
        return receipt_of(answer["Location"])

    receipts = at_once(send, times=AT_ONCE)
    assert len(set(receipts)) == Submission.objects.count() == AT_ONCE
    assert Person.objects.count() == FormVersion.objects.count() == 1


def test_no_more_places_are_given_than_there_are(form: FormPage) -> None:
    FormPage.objects.filter(pk=form.pk).update(max_answers=5)

    def send(number: int) -> str:
        answer = Client().post(form.url, {"email": f"ana{number}@example.org"})
        return str(answer.status_code)

    at_once(send, times=AT_ONCE)
    assert Submission.objects.accepted().count() == 5
    assert OutgoingMail.objects.waiting().filter(recipient="desk@example.org").count() == 5
