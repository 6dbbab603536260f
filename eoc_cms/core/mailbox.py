"""One mailbox is one person, however its address is written."""

import re
import unicodedata

import idna

from eoc_cms.core.typed_text import clean_line

LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets
# Categories of characters that nobody sees: controls, and marks such as the zero-width space.
INVISIBLE = {"Cc", "Cf"}
WORD = re.compile(r"[^\W\d_]+")
PUNYCODE = "xn--"


def normalise_email(email: str) -> str:
    """Return the form of an address that all writings of it share.

    Width, composition, case and invisible characters make no difference, as for names of
    users in RFC 8265 §3.3, and neither does the spelling of the domain as punycode (RFC 5891).
    RFC 5321 lets a server tell upper from lower case before the @, but none in use does.
    """
    seen = "".join(each for each in email if unicodedata.category(each) not in INVISIBLE)
    composed = unicodedata.normalize("NFKC", clean_line(seen)).strip()
    # Word by word, since a capital sigma at the end of one has a small letter of its own.
    small = WORD.sub(lambda word: word[0].lower(), composed).lower()
    # Once more, since small letters of composed ones need not be composed.
    plain = unicodedata.normalize("NFKC", small)
    local, at, domain = plain.rpartition("@")
    return f"{local}{at}{_in_unicode(domain)}"


def spellings(address: str) -> list[str]:
    """Return how a normalized address may be written: its domain in letters, or as punycode."""
    local, at, domain = address.rpartition("@")
    if _is_plain(domain):
        return [address]
    try:
        ascii_domain = idna.encode(domain).decode()
    except (UnicodeError, idna.IDNAError):
        ascii_domain = ".".join(map(_label_in_ascii, domain.split(".")))
    return list(dict.fromkeys([address, f"{local}{at}{ascii_domain}"]))


def _is_plain(domain: str) -> bool:
    """Say whether a small domain has one writing only, as nearly all have."""
    return domain.isascii() and PUNYCODE not in domain


def _in_unicode(domain: str) -> str:
    """Return a domain in its own letters; as it is, if it is none."""
    if _is_plain(domain):
        return domain
    try:
        return idna.decode(domain, uts46=True)
    except (UnicodeError, idna.IDNAError):
        return ".".join(map(_label_in_unicode, domain.split(".")))


def _label_in_unicode(label: str) -> str:
    """Return a label that registries of today refuse, such as an emoji, in its own letters."""
    is_ascii = label.startswith(PUNYCODE)
    try:
        letters = label.removeprefix(PUNYCODE).encode().decode("punycode") if is_ascii else label
        plain = idna.uts46_remap(letters, std3_rules=False)
    except (UnicodeError, idna.IDNAError):
        return label
    # What is no writing of its letters stands for no other domain.
    return label if is_ascii and plain != letters else plain


def _label_in_ascii(label: str) -> str:
    if label.isascii():
        return label
    return f"{PUNYCODE}{label.encode('punycode').decode()}"
