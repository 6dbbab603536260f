"""Take in one answer: everything it causes is stored in one transaction, or nothing is."""

import datetime
import decimal
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from eoc_cms.core.mailbox import normalise_email, spellings
from eoc_cms.core.models.search_text import fold
from forms_app import effects
from forms_app.consents.recording import record_answer
from forms_app.intake.notices import queue_notices
from forms_app.intake.places import tell_of_last_place
from forms_app.models import ConsentEvent, FormPage, FormVersion, Person, Submission
from forms_app.uploads.keeping import attach, erase_spare_files
from forms_app.uploads.token import KeptFile

REPEAT_WINDOW = datetime.timedelta(minutes=10)
# A key that a browser has made up is long enough that no two make up the same.
SENDING_KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")


@dataclass(frozen=True, kw_only=True)
class SentAnswer:
    """What a visitor sends: checked answers by their fields' names, to which form, from where."""

    form_page: FormPage
    # What the visitor had before them.
    version: FormVersion
    source: Page
    answers: Mapping[str, object]
    # The key of the opened form that they were typed into, where its browser made one.
    sending: str = ""
    wants_mail: bool = True

    @cached_property
    def data(self) -> dict[str, object]:
        """The answers as they are stored: as JSON can hold them, of a file its name."""
        return {name: plain(value) for name, value in self.answers.items()}

    @property
    def files(self) -> list[KeptFile]:
        return [value for value in self.answers.values() if isinstance(value, KeptFile)]

    @property
    def email(self) -> str:
        """The address of whoever answers, as typed; an empty text where none was asked for."""
        return str(self.data.get(self.version.email_field_name, ""))

    @property
    def search_text(self) -> str:
        values = (value if isinstance(value, list) else [value] for value in self.data.values())
        found = (item for value in values for item in value)
        texts = [str(item) for item in found if item and item is not True]
        also = spellings(normalise_email(self.email)) if self.email else []
        return " ".join(dict.fromkeys(fold(text) for text in (*texts, *also)))

    @cached_property
    def repeat_keys(self) -> list[str]:
        """The keys under which the same sending is stored now, or was a moment ago.

        The first is unique in the database, which decides between twins. Sending is the
        same where the same words come from the same opened form. A browser without
        scripts does not say which one it was: then the same words with the same e-mail
        address within ten minutes are, and answers without an address never.
        """
        if SENDING_KEY.fullmatch(self.sending):
            return [self._hash_of(self.sending)]
        if not normalise_email(self.email):
            return [secrets.token_hex(32)]
        # Looking at the window before as well keeps a repeat across its edge from being new.
        window = int(timezone.now().timestamp() // REPEAT_WINDOW.total_seconds())
        return [self._hash_of(str(number)) for number in (window, window - 1)]

    def _hash_of(self, sending: str) -> str:
        # What files hold, so that another file of the same name is no repeat.
        contents = {f":{file.field_name}": file.digest for file in self.files}
        form = self.version.form_key.hex
        same = [sending, form, self.source.pk, {**self.data, **contents}]
        content = json.dumps(same, sort_keys=True).encode()
        # Keyed, so that the stored value tells nothing of the answers.
        return hmac.digest(settings.SECRET_KEY.encode(), content, hashlib.sha256).hex()


def accept(sent: SentAnswer, *, suspect: Callable[[], str] = str) -> Submission:
    """Store an answer with its grant and mails, or return the stored one it repeats.

    However often and in how many requests at once it arrives, it is one submission, and
    `suspect`, which says why staff should look at it first, counts it once. What an answer
    held as possible spam asked for is stored with it, closed and unsent. Once staff let it
    through, mail is the only way to the visitor, so `wants_mail` is not kept. Raises
    FileGoneError when a file that was sent earlier is no longer there.
    """
    # Where the sending has one key, the database tells twins from each other by it alone.
    if len(sent.repeat_keys) > 1 and (stored := _stored(sent)):
        return stored
    try:
        with transaction.atomic():
            submission = _store(sent, suspect())
            attach(submission, sent.files)
            said = record_answer(submission)
            _give(submission, sent, [event for event in said if event.is_given])
            return submission
    except IntegrityError:
        # A twin request stored it between our look and our write.
        if stored := _stored(sent):
            return stored
        raise


def _give(submission: Submission, sent: SentAnswer, agreed: list[ConsentEvent]) -> None:
    """Store what an answer asked for and its mails; what is held waits with it."""
    delivery = effects.fulfil(submission, sent.form_page, sent.source)
    submission.given = delivery.record if delivery else None
    is_held = submission.state == Submission.State.HELD
    wants_mail = sent.wants_mail or is_held
    queue_notices(submission, sent.form_page, delivery, agreed, wants_mail=wants_mail)
    if not is_held:
        tell_of_last_place(sent.form_page)


def plain(value: object) -> object:
    """Return a cleaned form value as JSON can hold it, numbers and dates as text."""
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, KeptFile):
        return value.name
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return "" if value is None else value


def _stored(sent: SentAnswer) -> Submission | None:
    """Return the answer that this repeats; its files are there, so those sent anew go."""
    found = Submission.objects.filter(repeat_key__in=sent.repeat_keys)
    key = found.values_list("pk", flat=True).first()
    if key is None:
        return None
    erase_spare_files(sent.files)
    return Submission.objects.get(pk=key)


def _store(sent: SentAnswer, suspicion: str) -> Submission:
    address = normalise_email(sent.email)
    person = _person(address)
    held_because = suspicion or sent.form_page.reason_beyond_limit(address)
    return Submission.objects.create(
        page=sent.form_page,
        form_key=sent.version.form_key,
        version=FormVersion.objects.kept(sent.version),
        form_data=sent.data,
        person=person,
        email=sent.email,
        source_page=sent.source,
        source_title=sent.source.title,
        language=sent.source.locale.language_code,
        state=Submission.State.HELD if held_because else Submission.State.ACCEPTED,
        held_because=held_because,
        repeat_key=sent.repeat_keys[0],
        search_text=sent.search_text,
    )


def _person(email: str) -> Person | None:
    if not email:
        return None
    return Person.objects.met(email)
