"""What needs attention is told at the next look, though a process remembers that nothing did."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from eoc_cms.core.models import CustomDocument
from forms_app.models import FormPage
from resources.models import ResourceIndexPage, ResourcePage
from tests import pdf_files
from tests.committing import as_committed
from tests.factories import pages as making
from tests.factories.fixtures import SignIn, Wait
from tests.home.admin.test_attention import (
    LEAVING,
    NO_FILE,
    NO_FORM,
    NO_WORDS,
    NOT_OPENED,
    findings,
)

Change = Callable[[ResourcePage], None]


def lock_file(guide: ResourcePage) -> None:
    document = CustomDocument.objects.get()
    document.file = ContentFile(pdf_files.with_password(), "locked.pdf")
    document.save()


def take_file(guide: ResourcePage) -> None:
    guide.files = []  # type: ignore[misc]
    making.publish(guide)


def unpublish_form(guide: ResourcePage) -> None:
    assert guide.gate_form
    guide.gate_form.unpublish()


def delete_form(guide: ResourcePage) -> None:
    assert guide.gate_form
    guide.gate_form.delete()


def add_video(guide: ResourcePage) -> None:
    making.publish(making.make_video(guide.get_parent(), "A talk", captions_state="missing"))


def end(guide: ResourcePage) -> None:
    guide.expire_at = timezone.now() + timedelta(days=3)
    making.publish(guide)


CHANGES: dict[str, tuple[Change, str]] = {
    "file locked": (lock_file, NOT_OPENED),
    "file taken": (take_file, NO_FILE),
    "form unpublished": (unpublish_form, NO_FORM),
    "form deleted": (delete_form, NO_FORM),
    "video without words": (add_video, NO_WORDS),
    "end set": (end, LEAVING),
}


@pytest.fixture
def guide(index: ResourceIndexPage, form: FormPage) -> ResourcePage:
    made: Any = making.make_resource(index, "A guide", gate_mode="form", gate_form=form)
    page: ResourcePage = made
    return page


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_told_at_the_next_look(
    sign_in: SignIn,
    guide: ResourcePage,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    change: str,
) -> None:
    act, title = CHANGES[change]
    as_committed()
    assert findings(sign_in) == {}
    with django_capture_on_commit_callbacks(execute=True):
        act(guide)
    assert list(findings(sign_in)) == [title]


def test_page_leaves_soon_as_time_goes_by(sign_in: SignIn, guide: ResourcePage, wait: Wait) -> None:
    leaving = timezone.now() + timedelta(days=14, minutes=1)
    ResourcePage.objects.update(expire_at=leaving)
    as_committed()
    assert LEAVING not in findings(sign_in)
    wait(timedelta(minutes=2))
    assert LEAVING in findings(sign_in)
