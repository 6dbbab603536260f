"""What a PDF offers to people who cannot see its pages, read from the file itself.

Only what a machine can tell for sure: whether there are tags, text, a title, a
language and bookmarks, not whether the tags are in the right order. Nothing here
raises: a file that cannot be read is a fact like any other. What is stored holds no
text of the file, which may contain what a database refuses.
"""

import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import IO, Any, TypeVar

import pikepdf

READ, PASSWORD, BROKEN = "read", "password", "broken"
# Enough to tell a scan from a text, however long the file.
MOST_PAGES = 50
MOST_SECONDS = 5.0
MOST_ELEMENTS = 5000
# A page number or a stamp on a scan is no text to read.
LEAST_TEXT_BYTES = 20
SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
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
    has_bookmarks: bool = False
    may_be_read_aloud: bool = True

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PdfFacts":
        """Read stored facts, also those that an older or newer version wrote."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

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
        return PdfFacts(state=PASSWORD)
    except Exception:  # A damaged file fails in more ways than pikepdf has names for.
        return PdfFacts(state=BROKEN)
    finally:
        opened.seek(0)


def _facts(pdf: pikepdf.Pdf) -> PdfFacts:
    pages = len(pdf.pages)
    if pages == 0:
        return PdfFacts(state=BROKEN)
    is_tagged = _ask(_is_tagged, pdf, otherwise=False)
    read, with_text = _count_text(pdf)
    return PdfFacts(
        pages=pages,
        is_tagged=is_tagged,
        has_headings=is_tagged and _ask(_has_headings, pdf, otherwise=False),
        has_title=_ask(_has_title, pdf, otherwise=False),
        shows_title=_ask(_shows_title, pdf, otherwise=False),
        language=_ask(_language, pdf, otherwise=""),
        pages_read=read,
        pages_with_text=with_text,
        has_bookmarks=_ask(_has_bookmarks, pdf, otherwise=False),
        may_be_read_aloud=pdf.allow.accessibility,
    )


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


def _count_text(pdf: pikepdf.Pdf) -> tuple[int, int]:
    """Return how many pages could be read, and how many of them hold text."""
    until = time.monotonic() + MOST_SECONDS
    read = with_text = 0
    for page in pdf.pages[:MOST_PAGES]:
        if time.monotonic() > until:
            break
        amount = _ask(_text_bytes_of_page, page, otherwise=None)
        if amount is not None:
            read += 1
            with_text += amount >= LEAST_TEXT_BYTES
    return read, with_text


def _text_bytes_of_page(page: pikepdf.Page) -> int | None:
    return _text_bytes(page, page.resources, seen=set())


def _text_bytes(
    content: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object, *, seen: set[tuple[int, int]]
) -> int:
    """Count the text of a page and of the forms drawn on it, each form once, until it suffices."""
    amount = 0
    for step in pikepdf.parse_content_stream(content, " ".join([*SHOWS_TEXT, "Do"])):
        if str(step.operator) in SHOWS_TEXT:
            amount += sum(_length(operand) for operand in step.operands)
        else:
            amount += _text_bytes_of_form(resources.XObject[str(step.operands[0])], seen)
        if amount >= LEAST_TEXT_BYTES:
            break
    return amount


def _text_bytes_of_form(drawn: pikepdf.Object, seen: set[tuple[int, int]]) -> int:
    if drawn.get("/Subtype") != "/Form" or drawn.objgen in seen:
        return 0
    seen.add(drawn.objgen)
    return _text_bytes(drawn, drawn.get("/Resources", pikepdf.Dictionary()), seen=seen)


def _length(operand: object) -> int:
    if isinstance(operand, pikepdf.Array):
        return sum(_length(item) for item in operand)
    return len(bytes(operand)) if isinstance(operand, pikepdf.String) else 0
