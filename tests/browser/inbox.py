"""The folder where the demo's worker puts mail, read as a mail program reads it."""

import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

WORKER_SECONDS = 30


def messages_to(address: str, folder: Path) -> list[EmailMessage]:
    """Return what has arrived for an address, the oldest first."""
    files = sorted(folder.glob("*.eml")) if folder.exists() else []
    messages = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return [message for message in messages if message["To"] == address]


def wait_for_mail(address: str, folder: Path, *, number: int = 1) -> EmailMessage:
    """Return the first message to an address, or a later one, as soon as it has been sent."""
    deadline = time.monotonic() + WORKER_SECONDS
    while len(found := messages_to(address, folder)) < number:
        assert time.monotonic() < deadline, f"no mail came for {address}"
        time.sleep(0.2)
    return found[number - 1]


def part_of(message: EmailMessage, kind: str) -> str:
    """Return the text of a message's part, `plain` or `html`."""
    part = message.get_body((kind,))
    assert part is not None, f"the mail has no {kind} part"
    return str(part.get_content())
