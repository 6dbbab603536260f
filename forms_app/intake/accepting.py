"""Take in one answer: everything it causes is stored in one transaction, or nothing is."""

import datetime
import decimal
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page

from forms_app import effects as fulfilment
from forms_app.intake.limits import close_when_full, reason_beyond_limit
from forms_app.intake.notices import queue_notices
from forms_app.intake.versions import current_version
from forms_app.models import FormPage, Person, Submission
from forms_app.models.person import normalise_email
from forms_app.uploads.keeping import attach, erase_spare_files
from forms_app.uploads.token import KeptFile

REPEAT_WINDOW = datetime.timedelta(minutes=10)


def accept(
    *,
    form_page: FormPage,
    answers: dict[str, Any],
    source: Page,
    language: str = "",
    held_because: str = "",
    wants_mail: bool = True,
    files: Sequence[KeptFile] = (),
) -> Submission:
    """Store an answer with its grant and mails, or return the stored one it repeats.

    The same answers from the same page within ten minutes are one submission,
    however often and in how many requests at once they arrive. An answer held
    as possible spam is stored but opens and mails nothing; once staff restore it,
    mail is the only way to the visitor, so `wants_mail` is not kept.
    Raises FileGoneError when a file that was sent earlier is no longer there.
    """
    answers = {name: plain(value) for name, value in answers.items()}
    keys = repeat_keys(form_page, source, {**answers, **contents_of(files)})
    if stored := _stored(keys, files):
        return stored
    try:
        with transaction.atomic():
            person = _person(form_page, answers)
            held_because = held_because or reason_beyond_limit(form_page, person)
            submission = _store(form_page, answers, person, source, language, held_because, keys[0])
            attach(submission, files)
            if not held_because:
                deliver(submission, form_page, source, wants_mail=wants_mail)
                close_when_full(form_page)
            return submission
    except IntegrityError:
        # A twin request stored it between our look and our write.
        if stored := _stored(keys, files):
            return stored
        raise


def _stored(keys: list[str], files: Sequence[KeptFile]) -> Submission | None:
    """Return the answer that these keys repeat; its files are there, so those sent anew go."""
    stored = Submission.objects.filter(repeat_key__in=keys).first()
    if stored:
        erase_spare_files(files)
    return stored


def _store(
    form_page: FormPage,
    answers: dict[str, Any],
    person: Person | None,
    source: Page,
    language: str,
    held_because: str,
    repeat_key: str,
) -> Submission:
    return Submission.objects.create(
        page=form_page,
        form_key=form_page.form_key,
        version=current_version(form_page),
        form_data=answers,
        person=person,
        source_page=source,
        source_title=source.title,
        language=language,
        state=Submission.State.HELD if held_because else Submission.State.ACCEPTED,
        held_because=held_because,
        repeat_key=repeat_key,
        search_text=_search_text(answers),
    )


def deliver(
    submission: Submission, form_page: FormPage, source: Page | None, *, wants_mail: bool = True
) -> None:
    """Give what an accepted answer asked for and queue its mails; call it in a transaction."""
    delivery = fulfilment.fulfil(submission, form_page, source)
    queue_notices(submission, form_page, delivery, wants_mail=wants_mail)


def _person(form_page: FormPage, answers: dict[str, Any]) -> Person | None:
    email = normalise_email(str(answers.get(form_page.email_field_name or "", "")))
    if not email:
        return None
    now = timezone.now()
    person, _created = Person.objects.update_or_create(
        email=email,
        defaults={"last_contact_at": now},
        create_defaults={"first_contact_at": now, "last_contact_at": now},
    )
    return person


def plain(value: Any) -> Any:
    """Return a cleaned form value as JSON can hold it, numbers and dates as text."""
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return "" if value is None else value


def repeat_keys(form_page: FormPage, source: Page, answers: dict[str, Any]) -> list[str]:
    """Return the keys under which these answers would be stored now and a moment ago.

    The first is unique in the database, which decides between twins; looking at
    the window before as well keeps a repeat across its edge from being new.
    """
    window = int(timezone.now().timestamp() // REPEAT_WINDOW.total_seconds())
    content = json.dumps([str(form_page.form_key), source.pk, answers], sort_keys=True)
    return [
        # Keyed, so that the stored value tells nothing of the answers.
        hmac.digest(
            settings.SECRET_KEY.encode(), f"{number}:{content}".encode(), hashlib.sha256
        ).hex()
        for number in (window, window - 1)
    ]


def contents_of(files: Sequence[KeptFile]) -> dict[str, str]:
    """Return what files hold, so that another file of the same name is no repeat."""
    return {f":{file.field_name}": file.digest for file in files}


def _search_text(answers: dict[str, Any]) -> str:
    values = (value if isinstance(value, list) else [value] for value in answers.values())
    return " ".join(str(item) for value in values for item in value if item and item is not True)
