"""One mailbox is one person, however its address is written."""

import unicodedata

import idna

LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets
# Categories of characters that nobody sees: controls, and marks such as the zero-width space.
INVISIBLE = {"Cc", "Cf"}


def normalise_email(email: str) -> str:
    """Return the form of an address that all writings of it share.

    Width, composition, case and invisible characters make no difference, as for names of
    users in RFC 8265 §3.3, and neither does the spelling of the domain as punycode (RFC 5891).
    RFC 5321 lets a server tell upper from lower case before the @, but none in use does.
    """
    seen = "".join(each for each in email if unicodedata.category(each) not in INVISIBLE)
    # Twice, since small letters of composed ones need not be composed.
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).strip().lower())
    local, at, domain = plain.rpartition("@")
    return f"{local}{at}{_in_unicode(domain)}"


def spellings(address: str) -> list[str]:
    """Return how a normalized address may be written: its domain in letters, or as punycode."""
    local, at, domain = address.rpartition("@")
    try:
        ascii_domain = idna.encode(domain).decode()
    except (UnicodeError, idna.IDNAError):
        return [address]
    return list(dict.fromkeys([address, f"{local}{at}{ascii_domain}"]))


def _in_unicode(domain: str) -> str:
    """Return a domain in its own letters; as it is, if it is none."""
    try:
        return idna.decode(domain, uts46=True)
    except (UnicodeError, idna.IDNAError):
        return domain
