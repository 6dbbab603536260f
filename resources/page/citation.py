"""How to cite a resource: APA (7th edition, §10) and BibTeX."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.models import ResourcePage

# What TeX would take for commands.
TEX = str.maketrans(
    {
        **{char: f"\\{char}" for char in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True)
class Citation:
    apa: str
    bibtex: str


def cite(resource: ResourcePage, *, url: str, publisher: str) -> Citation:
    """Return both forms of a citation; the year is the resource's date or its publication.

    Where no authors are named the publisher is the author.
    """
    moment = resource.published_on or resource.first_published_at
    year = str(moment.year) if moment else _("n.d.")
    authors = resource.authors or publisher
    edition = f" ({resource.edition})" if resource.edition else ""
    title = _sentence(f"{resource.title}{edition}")
    return Citation(
        apa=f"{_sentence(authors)} ({year}). {title} {url}",
        bibtex=_bibtex(resource, authors, publisher, year, url),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _bibtex(resource: ResourcePage, authors: str, publisher: str, year: str, url: str) -> str:
    fields = {
        # Double braces keep BibTeX from splitting and re-casing the words.
        "author": f"{{{authors.translate(TEX)}}}",
        "title": f"{{{resource.title.translate(TEX)}}}",
        "institution": publisher.translate(TEX),
        "edition": resource.edition.translate(TEX),
        "year": year,
        "url": url,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@techreport{" + f"{resource.slug},\n" + ",\n".join(lines) + "\n}"
