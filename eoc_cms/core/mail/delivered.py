"""The messages that the folder backend has delivered, where it stands for a mail server."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings

from eoc_cms.core.mail.outbox import ABOUT_HEADER

FOLDER_BACKEND = "eoc_cms.core.mail.folder.EmlFolderBackend"
TEXTS = ("text/plain", "text/html")


@dataclass(frozen=True, kw_only=True)
class Delivered:
    path: Path
    message: EmailMessage

    @property
    def about(self) -> str:
        """The receipt number of the answer that it tells of, or an empty text."""
        return str(self.message.get(ABOUT_HEADER, ""))

    @property
    def delivered_at(self) -> datetime:
        return datetime.fromtimestamp(self.path.stat().st_mtime, tz=UTC)

    def holds(self, words: str) -> bool:
        """Say whether these words stand in its headers or its text."""
        parts = [part for part in self.message.walk() if part.get_content_type() in TEXTS]
        texts = [*map(str, self.message.values()), *(str(part.get_content()) for part in parts)]
        return any(words.casefold() in text.casefold() for text in texts)

    def erase(self) -> None:
        self.path.unlink(missing_ok=True)


def delivered() -> Iterator[Delivered]:
    """Yield every message in the folder; none where a real server delivers the mail."""
    if settings.MAIL_TRANSPORT != FOLDER_BACKEND:
        return
    for path in sorted(Path(str(settings.EMAIL_FILE_PATH)).glob("*.eml")):
        with suppress(FileNotFoundError):  # Erased by another process in the meantime.
            message = message_from_bytes(path.read_bytes(), policy=default)
            yield Delivered(path=path, message=message)
