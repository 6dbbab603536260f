"""Take in one answer: everything it causes is stored in one transaction, or nothing is."""

import datetime
import decimal
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page

from eoc_cms.core.caching.page_cache import start_new_generation
from forms_app import effects
from forms_app.intake.notices import queue_notices
from forms_app.models import FormPage, FormVersion, Person, Submission
from forms_app.models.person import normalise_email
from forms_app.uploads.keeping import attach, erase_spare_files
from forms_app.uploads.token import KeptFile

REPEAT_WINDOW = datetime.timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class SentAnswer:
    """What a visitor sends: checked answers by their fields' names, to which form, from where."""

    form_page: FormPage
    source: Page
    answers: Mapping[str, object]
    held_because: str = ""
    wants_mail: bool = True

    @property
    def data(self) -> dict[str, object]:
        """The answers as they are stored: as JSON can hold them, of a file its name."""
        return {name: plain(value) for name, value in self.answers.items()}

    @property
    def files(self) -> list[KeptFile]:
        return [value for value in self.answers.values() if isinstance(value, KeptFile)]

    @property
    def email(self) -> str:
        """The normalised address of whoever answers; an empty text where none was asked for."""
        return normalise_email(str(self.data.get(self.form_page.email_field_name or "", "")))

    @property
    def search_text(self) -> str:
        values = (value if isinstance(value, list) else [value] for value in self.data.values())
        found = (item for value in values for item in value)
        return " ".join(str(item) for item in found if item and item is not True)

    def repeat_keys(self) -> list[str]:
        """Return the keys under which this would be stored now and a moment ago.

        The first is unique in the database, which decides between twins; looking at
        the window before as well keeps a repeat across its edge from being new.
        """
        window = int(timezone.now().timestamp() // REPEAT_WINDOW.total_seconds())
        # What files hold, so that another file of the same name is no repeat.
        contents = {f":{file.field_name}": file.digest for file in self.files}
        same = [str(self.form_page.form_key), self.source.pk, {**self.data, **contents}]
        content = json.dumps(same, sort_keys=True)
        return [
            # Keyed, so that the stored value tells nothing of the answers.
            hmac.digest(
                settings.SECRET_KEY.encode(), f"{number}:{content}".encode(), hashlib.sha256
            ).hex()
            for number in (window, window - 1)
        ]


def accept(sent: SentAnswer) -> Submission:
    """Store an answer with its grant and mails, or return the stored one it repeats.

    The same answers from the same page within ten minutes are one submission,
    however often and in how many requests at once they arrive. An answer held
    as possible spam is stored but opens and mails nothing; once staff restore it,
    mail is the only way to the visitor, so `wants_mail` is not kept.
    Raises FileGoneError when a file that was sent earlier is no longer there.
    """
    keys = sent.repeat_keys()
    if stored := _stored(keys, sent):
        return stored
    try:
        with transaction.atomic():
            submission = _store(sent, repeat_key=keys[0])
            attach(submission, sent.files)
            if submission.state == Submission.State.ACCEPTED:
                deliver(submission, sent.form_page, sent.source, wants_mail=sent.wants_mail)
            return submission
    except IntegrityError:
        # A twin request stored it between our look and our write.
        if stored := _stored(keys, sent):
            return stored
        raise


def deliver(
    submission: Submission, form_page: FormPage, source: Page | None, *, wants_mail: bool = True
) -> None:
    """Give what an accepted answer asked for and queue its mails; call it in a transaction."""
    delivery = effects.fulfil(submission, form_page, source)
    queue_notices(submission, form_page, delivery, wants_mail=wants_mail)
    if form_page.is_full():
        # Nobody sees a kept copy of the form once its last place is taken.
        transaction.on_commit(start_new_generation)


def plain(value: object) -> object:
    """Return a cleaned form value as JSON can hold it, numbers and dates as text."""
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, KeptFile):
        return value.name
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return "" if value is None else value


def _stored(keys: list[str], sent: SentAnswer) -> Submission | None:
    """Return the answer that these keys repeat; its files are there, so those sent anew go."""
    stored = Submission.objects.filter(repeat_key__in=keys).first()
    if stored:
        erase_spare_files(sent.files)
    return stored


def _store(sent: SentAnswer, *, repeat_key: str) -> Submission:
    person = _person(sent.email)
    held_because = sent.held_because or sent.form_page.reason_beyond_limit(sent.email)
    return Submission.objects.create(
        page=sent.form_page,
        form_key=sent.form_page.form_key,
        version=FormVersion.objects.asked_now(sent.form_page),
        form_data=sent.data,
        person=person,
        source_page=sent.source,
        source_title=sent.source.title,
        language=sent.source.locale.language_code,
        state=Submission.State.HELD if held_because else Submission.State.ACCEPTED,
        held_because=held_because,
        repeat_key=repeat_key,
        search_text=sent.search_text,
    )


def _person(email: str) -> Person | None:
    if not email:
        return None
    now = timezone.now()
    person, _created = Person.objects.update_or_create(
        email=email,
        defaults={"last_contact_at": now},
        create_defaults={"first_contact_at": now, "last_contact_at": now},
    )
    return person
