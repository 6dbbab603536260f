"""Files that visitors send: kept while their form is not finished, then with its answer.

A chosen file cannot be put back into a page, so it is kept as soon as it arrives
and is known from then on by a signed token, which says all that the form has to
know of it. Nobody but staff who may view answers can ever fetch it.
"""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from eoc_cms.core.limits.clients import hash_of_today
from eoc_cms.core.typed_text import clean_line
from forms_app.models import Submission
from forms_app.models.submission_file import FOLDER, SubmissionFile, private_storage
from forms_app.uploads.checks import CONTENT_TYPES, extension_of
from forms_app.uploads.token import KEPT_FOR, KeptFile, signed

# All that may wait at once, so that strangers cannot fill the disk, and what of it is open to
# one network: a school shares one, and nobody shall close uploads for everybody else.
MOST_WAITING = 2 * 1024**3
MOST_OF_ONE_NETWORK = MOST_WAITING // 8
LONGEST_NAME = 120


class FileGoneError(Exception):
    """A file is no longer kept; the message is the name of its field."""


class NoRoomError(Exception):
    """More files wait for their answers than we keep, in all or of one network."""


def check_room(upload: UploadedFile, *, client: str) -> None:
    """Raise NoRoomError where a file may not wait for the rest of its answer."""
    waiting = SubmissionFile.objects.filter(submission=None)
    theirs = waiting.filter(network=_network(client))
    for files, most in ((waiting, MOST_WAITING), (theirs, MOST_OF_ONE_NETWORK)):
        size = files.aggregate(size=Sum("size"))["size"] or 0
        if size + (upload.size or 0) > most:
            raise NoRoomError


def keep(upload: UploadedFile, *, form_key: uuid.UUID, field_name: str, client: str) -> KeptFile:
    """Store a checked file until its answer is sent. Raises OSError when the storage fails."""
    name = plain_name(upload.name or "")
    row = SubmissionFile(
        network=_network(client),
        form_key=form_key,
        field_name=field_name,
        name=name,
        size=upload.size or 0,
        content_type=CONTENT_TYPES[extension_of(name)],
        digest=_digest(upload),
    )
    # Before the row: a storage that fails must not touch a transaction.
    row.file.save(name, File(upload, name=name), save=False)
    row.save()
    return signed(
        KeptFile(
            key=row.key.hex,
            field_name=field_name,
            name=name,
            size=row.size,
            digest=row.digest,
        )
    )


def plain_name(name: str) -> str:
    """Return a file's name without a path or characters that do not show, its ending kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = " ".join(clean_line(last).split())
    stem, dot, extension = shown.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{extension}"


def _network(client: str) -> str:
    return hash_of_today(f"files:{client}") if client else ""


def _digest(upload: UploadedFile) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def attach(submission: Submission, files: Iterable[KeptFile]) -> None:
    """Give kept files to the answer they belong to; call it in a transaction.

    Raises FileGoneError. A file that another answer has already taken, because
    the form was sent once more with other words, is copied.
    """
    for kept in files:
        row = (
            SubmissionFile.objects.select_for_update()
            .filter(key=kept.key, form_key=submission.form_key, field_name=kept.field_name)
            .first()
        )
        if row is None:
            raise FileGoneError(kept.field_name)
        if row.submission_id is not None:
            row = _copy_of(row)
        row.submission, row.network = submission, ""
        row.save()


def _copy_of(row: SubmissionFile) -> SubmissionFile:
    values: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("form_key", "field_name", "name", "size", "content_type", "digest")
    }
    try:
        with row.file.open() as opened:
            return SubmissionFile.objects.create(file=File(opened, name=row.name), **values)
    except FileNotFoundError as error:
        raise FileGoneError(row.field_name) from error


def erase_files(submissions: QuerySet[Submission]) -> None:
    """Erase the files of answers that are about to be deleted, once that is certain."""
    _erase(SubmissionFile.objects.filter(submission__in=submissions.order_by().values("pk")))


def erase_spare_files(files: Iterable[KeptFile]) -> None:
    """Erase those of the kept files that no answer has taken."""
    keys = [kept.key for kept in files]
    if keys:
        _erase(SubmissionFile.objects.filter(submission=None, key__in=keys))


def erase_waiting_files() -> int:
    """Erase the files whose answer was never sent; return how many there were."""
    # An hour later than their tokens end, so that none is taken from under a form.
    before = timezone.now() - KEPT_FOR - timedelta(hours=1)
    return _erase(SubmissionFile.objects.filter(submission=None, created_at__lt=before))


def _erase(rows: QuerySet[SubmissionFile]) -> int:
    names = list(rows.values_list("file", flat=True))
    with transaction.atomic():
        rows.delete()
        for name in names:
            # A storage that fails here is made up for by the nightly sweep.
            transaction.on_commit(partial(private_storage().delete, name), robust=True)
    return len(names)


def sweep() -> int:
    """Remove stored files that no answer holds any more; return how many there were."""
    storage = private_storage()
    known = set(SubmissionFile.objects.values_list("file", flat=True))
    before = timezone.now() - timedelta(days=1)
    # The rows were read first, and a file that has just been stored has none yet.
    lost = [name for name in _stored(FOLDER) if name not in known]
    lost = [name for name in lost if storage.get_modified_time(name) < before]
    for name in lost:
        storage.delete(name)
    return len(lost)


def _stored(folder: str) -> list[str]:
    try:
        folders, names = private_storage().listdir(folder)
    except FileNotFoundError:
        return []
    deeper = (name for inner in folders for name in _stored(f"{folder}/{inner}"))
    return [*(f"{folder}/{name}" for name in names), *deeper]
