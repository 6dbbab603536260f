"""A mail server for one machine: each message becomes a readable .eml file."""

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlFolderBackend(BaseEmailBackend):
    """Write messages to EMAIL_FILE_PATH, where any mail program opens them."""

    def __init__(
        self, fail_silently: bool = False, *, file_path: str | None = None, **options: object
    ) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(str(file_path or settings.EMAIL_FILE_PATH))

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._write(message)
        return len(email_messages)

    def _write(self, message: EmailMessage) -> None:
        subject = re.sub(r"[^a-z0-9]+", "-", message.subject.lower()).strip("-")[:50]
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        name = f"{stamp}-{subject or 'message'}-{uuid.uuid4().hex[:6]}.eml"
        # Written whole or not at all: a reader never sees half a message.
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(message.message().as_bytes())
        unfinished.rename(self.folder / name)
