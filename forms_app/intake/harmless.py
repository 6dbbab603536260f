"""What a stranger typed, as it may stand in a mail to an address that a stranger typed.

Anybody can fill in somebody else's address: with a link in another field the site would
carry a stranger's advertisement. Mail programs make links of much that is not written as one.
"""

import re
import unicodedata

from eoc_cms.core.typed_text import clean_line
from forms_app.uploads.checks import CONTENT_TYPES

LEFT_OUT = "…"
LONGEST = 200
# Browsers take these for the dot of an address (RFC 3490 §3.1); a sentence may end with one.
OTHER_DOTS = re.compile(r"[\u3002\uff0e\uff61](?=[a-z])", re.IGNORECASE)
SCHEMES = "https?|ftps?|mailto|javascript|vbscript|data|file|sms|facetime|skype|whatsapp|tg|intent"
# Of the sites that most links lead to; small letters behind a dot count in any case.
ENDINGS = "com|net|org|info|biz|io|co|app|dev|xyz|top|online|site|shop|club|me|us|uk|ru|cn|de|edu"
LINK = re.compile(
    rf"""
    //|\\\\\w|www\.|\[url|<a\b        # written as a link
    |\b(?:{SCHEMES}):\S               # an address of any kind
    |\S@\S                            # of a mailbox
    |(?<!\S)[^\s\w]*\d+(?:\.\d+){{3}} # of a computer
    |\S\.\w{{2,}}/                    # of a page
    |\S\.(?:{ENDINGS})\b              # of a site, in any case
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Words with a dot between them: a domain in small letters is one, “St.Louis” and “M.Ed” are not.
TIED_BY_DOT = re.compile(r"(?<=\S)([.\u2024\uff0e])(?=[^\W\d_]{2})")
# Some programs know these too, which are words as well; a space keeps them from being links.
SCHEME = re.compile(
    r"\b(bitcoin|callto|feed|geo|gopher|im|irc|itms|magnet|maps|market|mms|news|nntp|onenote|outlook"
    r"|rtsp|signal|sips?|slack|ssh|steam|tel|telnet|viber|webcal|xmpp|zoommtg):(?=\S)",
    re.IGNORECASE,
)
SMALL_DOMAIN = re.compile(r"[^\s.]{2}\.(?=[^\W\d_]{2})(.)")
A_FILE = re.compile(rf"[^.:/@]+\.(?:{'|'.join(CONTENT_TYPES)})", re.IGNORECASE)


def harmless(answer: str) -> str:
    """Return an answer without anything that a mail program makes a link of.

    One that holds a link is left out as a whole. Else each dot between two words, and each
    colon that an address may begin with, gets a space behind it, so that no program reads one.
    """
    line = " ".join(clean_line(answer).split())
    plain = OTHER_DOTS.sub(".", unicodedata.normalize("NFKC", OTHER_DOTS.sub(".", line)))
    if A_FILE.fullmatch(plain):
        return line[:LONGEST]
    domains = (found[1] for found in SMALL_DOMAIN.finditer(plain))
    if LINK.search(plain) or any(not letter.isupper() for letter in domains):
        return LEFT_OUT
    return SCHEME.sub(r"\1: ", TIED_BY_DOT.sub(r"\1 ", line))[:LONGEST]
