"""The licenses an editor can choose, and where each is explained."""

from django.utils.translation import gettext_lazy as _

LICENCES = [
    ("CC BY 4.0", _("CC BY 4.0: share and adapt, with credit")),
    ("CC BY-SA 4.0", _("CC BY-SA 4.0: the same, and share alike")),
    ("CC BY-NC 4.0", _("CC BY-NC 4.0: with credit, not for profit")),
    ("CC BY-NC-SA 4.0", _("CC BY-NC-SA 4.0: with credit, not for profit, share alike")),
    ("CC BY-ND 4.0", _("CC BY-ND 4.0: share unchanged, with credit")),
    ("", _("All rights reserved")),
]


def licence_url(licence: str) -> str:
    """Return the address of a Creative Commons license, or an empty text."""
    mark, _space, rest = licence.partition(" ")
    terms, _space, version = rest.partition(" ")
    if mark != "CC" or not version:
        return ""
    return f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
