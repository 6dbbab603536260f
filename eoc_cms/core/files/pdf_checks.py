"""What a PDF offers to people who cannot see its pages, read from the file itself.

Only what a machine can tell for sure: whether there are tags, text, a title, a
language and bookmarks, not whether the tags are in the right order. Nothing here
raises: a file that cannot be read is a fact like any other. What is stored holds no
text of the file, which may contain what a database refuses.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from io import BytesIO
from typing import IO, Any, TypeVar

import pikepdf

from eoc_cms.core.files.pdf_locks import has_another_lock, open_but_for_attachments
from eoc_cms.core.files.pdf_pages import has_fields, look_at_pages

# Of those that a visitor cannot open, PASSWORD and LOCKED are whole; one is opened by whoever
# knows a word, the other by whoever holds a key. DYNAMIC_FORM opens in Adobe's own programs only.
READ, PASSWORD, LOCKED, DYNAMIC_FORM, BROKEN = "read", "password", "locked", "form", "broken"
CLOSED = (PASSWORD, LOCKED, DYNAMIC_FORM, BROKEN)
MOST_ELEMENTS = 5000
HEADINGS = {"/H", *(f"/H{level}" for level in range(1, 7))}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# What programs put in when nobody wrote a title.
NO_TITLE = re.compile(
    r"microsoft \w+ - .*|untitled.*|.*\.(docx?|pptx?|indd|odt|pdf|rtf|pages)", re.IGNORECASE
)

# A few kilobytes can inflate to gigabytes. The limits hold for the whole process, so they
# are set here, where pikepdf is first imported. What goes beyond them counts as damaged.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=64 * 1024 * 1024, run_length_max_memory=64 * 1024 * 1024, max_stream_filters=2
)

Subject = TypeVar("Subject")
Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class PdfFacts:
    state: str = READ
    pages: int | None = None
    is_tagged: bool = False
    has_headings: bool = False
    has_title: bool = False
    shows_title: bool = False
    language: str = ""
    pages_read: int = 0
    pages_with_text: int = 0
    # Of those without text: what they hold in its place.
    pages_of_fields: int = 0
    pages_of_pictures: int = 0
    has_locked_attachments: bool = False
    has_bookmarks: bool = False
    may_be_read_aloud: bool = True

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PdfFacts":
        """Read stored facts, also those that an older or newer version wrote."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

    @property
    def opens(self) -> bool:
        """Whether visitors can open it with the programs they have."""
        return self.state not in CLOSED

    @property
    def has_text(self) -> bool | None:
        """Whether at least half of the pages hold text; a typeset cover saves no scan.

        None where no page could be read.
        """
        return self.pages_with_text * 2 >= self.pages_read if self.pages_read else None


def inspect_pdf(opened: IO[bytes]) -> PdfFacts:
    """Read the facts of a PDF and leave the file at its start. Never raises."""
    try:
        opened.seek(0)
        with pikepdf.open(opened) as pdf:  # type: ignore[arg-type]
            return _facts(pdf)
    except pikepdf.PasswordError:
        return _behind_a_password(opened)
    except Exception as error:  # A damaged file fails in more ways than pikepdf has names for.
        return PdfFacts(state=LOCKED if has_another_lock(error) else BROKEN)
    finally:
        opened.seek(0)


def _behind_a_password(opened: IO[bytes]) -> PdfFacts:
    """Tell a file that asks for a password from one of which only the attachments do."""
    opened.seek(0)
    readable = open_but_for_attachments(opened.read())
    if readable is None:
        return PdfFacts(state=PASSWORD)
    return replace(inspect_pdf(BytesIO(readable)), has_locked_attachments=True)


def _facts(pdf: pikepdf.Pdf) -> PdfFacts:
    pages = len(pdf.pages)
    if pages == 0:
        return PdfFacts(state=BROKEN)
    if _ask(_is_dynamic_form, pdf, otherwise=False):
        return PdfFacts(state=DYNAMIC_FORM, pages=pages)
    is_tagged = _ask(_is_tagged, pdf, otherwise=False)
    seen = look_at_pages(pdf)
    return PdfFacts(
        pages=pages,
        is_tagged=is_tagged,
        has_headings=is_tagged and _ask(_has_headings, pdf, otherwise=False),
        has_title=_ask(_has_title, pdf, otherwise=False),
        shows_title=_ask(_shows_title, pdf, otherwise=False),
        language=_ask(_language, pdf, otherwise=""),
        pages_read=seen.read,
        pages_with_text=seen.with_text,
        pages_of_fields=seen.of_fields,
        pages_of_pictures=seen.of_pictures,
        has_bookmarks=_ask(_has_bookmarks, pdf, otherwise=False),
        may_be_read_aloud=pdf.allow.accessibility,
    )


def _is_dynamic_form(pdf: pikepdf.Pdf) -> bool:
    """Say whether the pages are made by Adobe's programs alone; others show “Please wait”.

    ISO 32000-1, 12.7.8: forms that are made so have no field on the pages in the file.
    """
    if "/XFA" not in pdf.Root.AcroForm:
        return False
    is_drawn_later = bool(pdf.Root.get("/NeedsRendering", False))
    return is_drawn_later or not any(has_fields(page) for page in pdf.pages)


def _ask(question: Callable[[Subject], Answer], about: Subject, *, otherwise: Answer) -> Answer:
    """Answer a question about a file, or `otherwise` where that part of it is damaged."""
    try:
        return question(about)
    except Exception:  # See inspect_pdf. What we cannot read, a reader cannot use.
        return otherwise


def _is_tagged(pdf: pikepdf.Pdf) -> bool:
    """ISO 32000-1, 14.7 and 14.8: marked as tagged, and with a structure that holds something."""
    root = pdf.Root
    return bool(root.MarkInfo.get("/Marked", False)) and "/K" in root.StructTreeRoot


def _has_headings(pdf: pikepdf.Pdf) -> bool:
    tree = pdf.Root.StructTreeRoot
    standard = {str(own): str(role) for own, role in tree.get("/RoleMap", {}).items()}
    roles = (str(element.get("/S", "")) for element in _elements(tree))
    return any(standard.get(role, role) in HEADINGS for role in roles)


def _elements(tree: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the elements of a structure from the top down, but no more than MOST_ELEMENTS."""
    waiting: deque[pikepdf.Object] = deque([tree])
    for _ in range(MOST_ELEMENTS):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, pikepdf.Array):
            waiting.extend(list(node)[:MOST_ELEMENTS])
        elif isinstance(node, pikepdf.Dictionary):
            yield node
            if "/K" in node:
                waiting.append(node.K)


def _has_title(pdf: pikepdf.Pdf) -> bool:
    in_metadata = _ask(lambda pdf: pdf.open_metadata().get("dc:title"), pdf, otherwise=None)
    titles = (in_metadata, _ask(lambda pdf: pdf.docinfo.get("/Title"), pdf, otherwise=None))
    words = [str(title).strip() for title in titles if title]
    return any(word and not NO_TITLE.fullmatch(word) for word in words)


def _shows_title(pdf: pikepdf.Pdf) -> bool:
    return bool(pdf.Root.ViewerPreferences.get("/DisplayDocTitle", False))


def _language(pdf: pikepdf.Pdf) -> str:
    language = str(pdf.Root.get("/Lang", "")).strip()
    return language if LANGUAGE.fullmatch(language) else ""


def _has_bookmarks(pdf: pikepdf.Pdf) -> bool:
    return "/First" in pdf.Root.Outlines
