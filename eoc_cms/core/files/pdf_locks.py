"""Which lock a PDF has, where it cannot be opened without its key.

A dictionary of encryption stands in the file as it is, neither packed nor encrypted
(ISO 32000-1, 7.5.7 and 7.6.1), so what it says can be read without the password.
"""

import re

STANDARD = re.compile(rb"/Filter\s*/Standard\b")
# ISO 32000-1, table 20: which method locks streams, strings and attachments; none by default.
METHOD = rb"/%s\s*/(\w+)"
NO_METHOD = b"Identity"
# Of one length, so that every place in the file stays what it is.
LOCK, NO_LOCK = b"/Encrypt", b"/Xncrypt"


def open_but_for_attachments(raw: bytes) -> bytes | None:
    """Return a PDF without its lock where that locks nothing but attachments, else None."""
    locks = [_around(raw, found.start()) for found in STANDARD.finditer(raw)]
    if not locks or not all(_locks_attachments_only(lock) for lock in locks):
        return None
    return raw.replace(LOCK, NO_LOCK)


def has_another_lock(error: Exception) -> bool:
    """Say whether pikepdf could not open a file because of its method, such as a certificate."""
    return "unsupported encryption" in str(error).lower()


def _around(raw: bytes, place: int) -> bytes:
    end = raw.find(b"endobj", place)
    return raw[max(0, raw.rfind(b"obj", 0, place)) : end if end >= 0 else len(raw)]


def _locks_attachments_only(lock: bytes) -> bool:
    streams, strings, attachments = (_method(lock, key) for key in (b"StmF", b"StrF", b"EFF"))
    return streams == strings == NO_METHOD != attachments


def _method(lock: bytes, key: bytes) -> bytes:
    found = re.search(METHOD % key, lock)
    return found[1] if found else NO_METHOD
