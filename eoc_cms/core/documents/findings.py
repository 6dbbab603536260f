"""The sentences for what pdf_checks.py found: what is in order, and how to mend what is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from eoc_cms.core.files.pdf_checks import BROKEN, DYNAMIC_FORM, LOCKED, PASSWORD, PdfFacts

# A reader of more pages than these looks for a way through them.
PAGES_WITHOUT_BOOKMARKS = 8


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is in order, or one that is not and what to do about it."""

    name: str
    sentence: str
    advice: str = ""
    # Whether it keeps visitors from opening the file at all.
    is_closed: bool = False

    @property
    def is_good(self) -> bool:
        return not self.advice


def findings(facts: PdfFacts) -> Iterator[Finding]:
    """Yield what was found in a PDF, the gravest first."""
    if not facts.opens:
        yield CLOSED_FILES[facts.state]()
        return
    if not facts.may_be_read_aloud:
        yield _protection()
    if facts.has_locked_attachments:
        yield _locked_attachments()
    yield _text(facts)
    yield _tags(facts)
    yield _shown_title(facts)
    yield _language(facts)
    if (facts.pages or 0) > PAGES_WITHOUT_BOOKMARKS:
        yield _bookmarks(facts)


def _password() -> Finding:
    return Finding(
        name="password",
        is_closed=True,
        sentence=_("It asks for a password before it opens, so visitors cannot read it."),
        advice=_(
            "Open it in the program that made it, take the password away and save it again. "
            "The form already keeps strangers out."
        ),
    )


def _locked() -> Finding:
    return Finding(
        name="locked",
        is_closed=True,
        sentence=_("It opens only for people who hold a certain key, so visitors cannot read it."),
        advice=_("Save it again without protection. The form already keeps strangers out."),
    )


def _dynamic_form() -> Finding:
    return Finding(
        name="form",
        is_closed=True,
        sentence=_(
            "It is a form of the kind XFA, which opens in Adobe Acrobat only: in browsers and on "
            "phones people read “Please wait”."
        ),
        advice=_(
            "Print it to a PDF, or save it as a static form in the program that made it. To ask "
            "people something, build a form on this site."
        ),
    )


def _broken() -> Finding:
    return Finding(
        name="broken",
        is_closed=True,
        sentence=_("It could not be read and may be damaged."),
        advice=_("See whether it opens on your computer. If not, export it again as a PDF."),
    )


CLOSED_FILES = {
    PASSWORD: _password,
    LOCKED: _locked,
    DYNAMIC_FORM: _dynamic_form,
    BROKEN: _broken,
}


def _protection() -> Finding:
    return Finding(
        name="protection",
        sentence=_("It is protected so that screen readers may not read it."),
        advice=_("Save it again without protection, or allow “text access for screen readers”."),
    )


def _locked_attachments() -> Finding:
    return Finding(
        name="attachments",
        sentence=_("It opens, but files attached to it ask for a password."),
        advice=_("Take them out of it, or offer them here as files of their own."),
    )


def _text(facts: PdfFacts) -> Finding:
    if facts.has_text is None:
        return Finding(
            name="text",
            sentence=_("Its pages could not be looked into."),
            advice=_("Try to select some words in it. If you cannot, export it again as a PDF."),
        )
    if facts.has_text:
        return Finding(name="text", sentence=_("It holds text, which can be read aloud."))
    return _pages_of_fields() if _mostly(facts.pages_of_fields, facts) else _no_text(facts)


def _no_text(facts: PdfFacts) -> Finding:
    return Finding(
        name="text",
        sentence=_no_text_sentence(facts),
        advice=_(
            "Export it from the document it was made from. If there is none, recognize its "
            "text, in Acrobat with “Scan & OCR”."
        ),
    )


def _no_text_sentence(facts: PdfFacts) -> str:
    are_pictures = _mostly(facts.pages_of_pictures, facts)
    if facts.pages_with_text and are_pictures:
        return _("Most of its pages are pictures: nothing in them is read aloud.")
    if facts.pages_with_text:
        return _("Most of its pages hold no text: nothing in them is read aloud.")
    if are_pictures:
        return _("Its pages are pictures, as from a scanner: nothing in them is read aloud.")
    return _("Its pages hold no text: nothing in them is read aloud.")


def _pages_of_fields() -> Finding:
    return Finding(
        name="text",
        sentence=_("Its pages hold fields to fill in and no words that say what for."),
        advice=_(
            "Write beside each field what it asks for. To ask people something, build a form on "
            "this site: its answers reach you by themselves."
        ),
    )


def _mostly(pages: int, facts: PdfFacts) -> bool:
    return pages * 2 > facts.pages_read - facts.pages_with_text


def _tags(facts: PdfFacts) -> Finding:
    if not facts.is_tagged:
        return Finding(
            name="tags",
            sentence=_("It has no tags: a screen reader may read it in the wrong order."),
            advice=_(
                "Export it again with tags. Word: “Save as”, PDF, “Options”, “Document structure "
                "tags for accessibility”. InDesign: “Create Tagged PDF”."
            ),
        )
    if not facts.has_headings:
        return Finding(
            name="tags",
            sentence=_("It has tags, but no headings: nobody can go from part to part by ear."),
            advice=_("Give its headings a heading style in the program that made it."),
        )
    return Finding(
        name="tags", sentence=_("It has tags and headings, which tell a screen reader its order.")
    )


def _shown_title(facts: PdfFacts) -> Finding:
    if not facts.has_title:
        return Finding(
            name="title",
            sentence=_("It has no title of its own: people hear the name of the file instead."),
            advice=_("Word: fill in “Title” under “File”, “Info”, and export it again."),
        )
    if not facts.shows_title:
        return Finding(
            name="title",
            sentence=_("It has a title, but shows the name of the file in its place."),
            advice=_(
                "Acrobat: “Properties”, “Initial View”, and there under “Show” choose "
                "“Document Title”."
            ),
        )
    return Finding(name="title", sentence=_("It shows its title."))


def _language(facts: PdfFacts) -> Finding:
    if facts.language:
        return Finding(
            name="language",
            sentence=_("It says its language (%(code)s).") % {"code": facts.language},
        )
    return Finding(
        name="language",
        sentence=_("It does not say its language: it may be read aloud in the wrong voice."),
        advice=_("Set the language of the whole text in the program that made it, and export it."),
    )


def _bookmarks(facts: PdfFacts) -> Finding:
    if facts.has_bookmarks:
        return Finding(name="bookmarks", sentence=_("It has bookmarks to its parts."))
    return Finding(
        name="bookmarks",
        sentence=_("It has %(count)d pages and no bookmarks to find the way.")
        % {"count": facts.pages or 0},
        advice=_("Word: “Save as”, PDF, “Options”, “Create bookmarks using headings”."),
    )
