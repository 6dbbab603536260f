"""How to cite a resource: APA (7th edition, §10) and BibTeX."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Citation:
    apa: str
    bibtex: str


def cite(resource: Any, *, url: str) -> Citation:
    """Return both forms of a citation; the year is the resource's date or its publication."""
    moment = resource.published_on or resource.first_published_at
    year = str(moment.year) if moment else _("n.d.")
    authors = resource.authors or _("Equity Officer Collective")
    edition = f" ({resource.edition})" if resource.edition else ""
    return Citation(
        apa=f"{authors}. ({year}). {resource.title}{edition}. {url}",
        bibtex=_bibtex(resource, authors, year, url),
    )


def _bibtex(resource: Any, authors: str, year: str, url: str) -> str:
    fields = {
        # Double braces keep BibTeX from splitting and re-casing the words.
        "author": f"{{{_escape(authors)}}}",
        "title": f"{{{_escape(resource.title)}}}",
        "edition": _escape(resource.edition),
        "year": year,
        "url": url,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@techreport{" + f"{resource.slug},\n" + ",\n".join(lines) + "\n}"


def _escape(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
