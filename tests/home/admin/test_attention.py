"""What needs attention is found by looking, and told only to those whom it concerns."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from eoc_cms.core.models import CustomDocument, JobRun, OutgoingMail
from forms_app.models import FormPage
from home.groups import DATA_MANAGERS, EDITORS, PUBLISHERS, SITE_ADMINS
from resources.models import ResourceIndexPage
from tests import pdf_files
from tests.factories import pages as making
from tests.factories.fixtures import SUPERUSER, SignIn

NO_FORM = "Behind a form that is not there"
NO_FILE = "Behind a form, but without a file"
NOT_OPENED = "Behind a form, with a file that visitors cannot open"
NO_WORDS = "Videos without captions or transcript"
LEAVING = "Leaving the site soon"
STANDING = "Mail and scheduled publishing are standing still"
FAILED = "Regular work that failed"
WORDS = "<p>Welcome to the convening.</p>"


def findings(sign_in: SignIn, group: str = PUBLISHERS) -> dict[str, str]:
    """Return what the home says needs attention: each title with the text under it."""
    content = sign_in(group).get("/admin/").content.decode()
    parts = content.split('<div class="eoc-finding">')[1:]
    titles = [re.search(r'eoc-finding__title">([^<]+)<', part) for part in parts]
    return {
        html.unescape(title[1]): part for title, part in zip(titles, parts, strict=True) if title
    }


def test_resource_behind_no_form_is_told_with_the_way_to_mend_it(
    sign_in: SignIn, index: ResourceIndexPage
) -> None:
    page = making.make_resource(index, "Locked for good", gate_mode="form")
    found = findings(sign_in)
    assert list(found) == [NO_FORM]
    assert f'href="/admin/pages/{page.pk}/edit/"' in found[NO_FORM]
    assert "Locked for good" in found[NO_FORM]


def test_form_that_was_taken_down_is_no_form(
    sign_in: SignIn, index: ResourceIndexPage, form: FormPage
) -> None:
    making.make_resource(index, "A guide", gate_mode="form", gate_form=form)
    assert findings(sign_in) == {}
    form.unpublish()
    assert list(findings(sign_in)) == [NO_FORM]


def test_file_that_visitors_cannot_open_is_told(
    sign_in: SignIn, index: ResourceIndexPage, form: FormPage
) -> None:
    making.make_resource(index, "Locked", gate_mode="form", gate_form=form)
    document = CustomDocument.objects.get()
    document.file = ContentFile(pdf_files.with_password(), "locked.pdf")
    document.save()
    assert list(findings(sign_in)) == [NOT_OPENED]
    CustomDocument.objects.update(publish_anyway=True)
    assert findings(sign_in) == {}


def test_form_that_opens_no_file_is_told(
    sign_in: SignIn, index: ResourceIndexPage, form: FormPage
) -> None:
    making.make_resource(index, "Empty", gate_mode="form", gate_form=form, files=())
    assert list(findings(sign_in)) == [NO_FILE]


@pytest.mark.parametrize(
    "gate",
    [
        {"gate_mode": "open"},
        {"gate_mode": "until", "gate_until": timezone.now() - timedelta(days=1)},
    ],
)
def test_open_resource_needs_neither_form_nor_file(
    sign_in: SignIn, index: ResourceIndexPage, gate: dict[str, Any]
) -> None:
    making.make_resource(index, "Open", files=(), **gate)
    assert findings(sign_in) == {}


def test_draft_is_nobodys_concern_yet(sign_in: SignIn, index: ResourceIndexPage) -> None:
    making.make_resource(index, "Not out", gate_mode="form").unpublish()
    assert findings(sign_in) == {}


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"captions_state": "missing", "transcript": WORDS}, True),
        ({"captions_state": "captions", "transcript": ""}, True),
        ({"captions_state": "captions", "transcript": '<p data-block-key="a1b2c"></p>'}, True),
        ({"captions_state": "captions", "transcript": WORDS}, False),
        ({"captions_state": "burned_in", "transcript": WORDS * 20}, False),
        ({"captions_state": "no_speech", "transcript": ""}, False),
    ],
)
def test_video_without_words_is_told(
    sign_in: SignIn, index: ResourceIndexPage, fields: dict[str, Any], is_told: bool
) -> None:
    making.make_video(index, "A talk", **fields)
    assert list(findings(sign_in)) == ([NO_WORDS] if is_told else [])


@pytest.mark.parametrize(("days", "is_told"), [(3, True), (13, True), (15, False)])
def test_page_that_leaves_within_two_weeks_is_told(
    sign_in: SignIn, index: ResourceIndexPage, days: int, is_told: bool
) -> None:
    leaving = timezone.now() + timedelta(days=days)
    making.make_resource(index, "Soon gone", expire_at=leaving)
    found = findings(sign_in)
    assert list(found) == ([LEAVING] if is_told else [])


def test_long_list_is_cut_short_and_says_so(sign_in: SignIn, index: ResourceIndexPage) -> None:
    for number in range(7):
        making.make_resource(index, f"Guide {number}", gate_mode="form")
    found = findings(sign_in)[NO_FORM]
    assert found.count("/edit/") == 5
    assert "and more" in found


@pytest.mark.parametrize("group", [EDITORS, PUBLISHERS, SITE_ADMINS, SUPERUSER])
def test_whoever_writes_pages_hears_of_pages(
    sign_in: SignIn, index: ResourceIndexPage, group: str
) -> None:
    making.make_resource(index, "Locked for good", gate_mode="form")
    assert NO_FORM in findings(sign_in, group)


def test_data_manager_hears_nothing_of_pages(sign_in: SignIn, index: ResourceIndexPage) -> None:
    making.make_resource(index, "Locked for good", gate_mode="form")
    assert findings(sign_in, DATA_MANAGERS) == {}


def make_undelivered(**fields: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(
        recipient="ana@example.org",
        subject="Your guide",
        due_at=timezone.now(),
        **{"attempts": 3, **fields},
    )


def test_undelivered_mail_is_told_with_its_address_to_who_may_see_it(sign_in: SignIn) -> None:
    make_undelivered()
    make_undelivered()
    found = findings(sign_in, DATA_MANAGERS)
    assert list(found) == ["2 mails have not been delivered"]
    assert "ana@example.org" in found["2 mails have not been delivered"]
    assert "keeps trying" in found["2 mails have not been delivered"]


def test_site_admin_hears_of_undelivered_mail_without_addresses(sign_in: SignIn) -> None:
    make_undelivered(given_up_at=timezone.now())
    found = findings(sign_in, SITE_ADMINS)
    assert list(found) == ["1 mail has not been delivered"]
    assert "ana@example.org" not in found["1 mail has not been delivered"]
    assert "has given up" in found["1 mail has not been delivered"]


def test_mail_that_is_only_waiting_or_sent_needs_no_attention(sign_in: SignIn) -> None:
    make_undelivered(attempts=0)
    make_undelivered(sent_at=timezone.now())
    assert findings(sign_in, DATA_MANAGERS) == {}


@pytest.mark.parametrize("group", [EDITORS, DATA_MANAGERS, SITE_ADMINS])
def test_everyone_hears_when_the_worker_has_stopped(sign_in: SignIn, group: str) -> None:
    JobRun.objects.update(finished_at=timezone.now() - timedelta(minutes=5))
    assert list(findings(sign_in, group)) == [STANDING]


def test_failed_work_is_told_to_site_admins(sign_in: SignIn) -> None:
    JobRun.objects.create(name="publish_scheduled", error="OperationalError")
    assert "publish_scheduled" in findings(sign_in, SITE_ADMINS)[FAILED]
    assert findings(sign_in, EDITORS) == {}
