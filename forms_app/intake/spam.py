"""Signs that an answer was not typed by a person. Nothing is thrown away for them.

A suspected answer is stored and waits in the tray with the reasons, for staff to look at.
Some signs are enough by themselves: the field that people do not see, text made of links,
one text or one address sent over and over. Others mean something only when two of them
come together: a form sent faster than people type, a single link, many answers from one
network. A school behind one address, or somebody quick with a filled-in address, has one
of them and is never held for it.

The page of a form is the same for everybody and comes from the page cache, so that the
moment at which it was made tells nothing of who fetched it. How long a visitor had it
before them is therefore measured by their browser, and only ever a sign: without scripts
it is not there, and its absence is none.
"""

import hashlib
import json
import re
from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from eoc_cms.core.limits.clients import client_of
from eoc_cms.core.limits.counting import Limit, over_limit
from forms_app.asking.visitor_form import VisitorForm, is_trapped

ELAPSED = "form-seconds"
QUICKEST_SECONDS = 2.0
# In one day. A conference hall or a district's proxy sends many answers, of many people.
MOST_FROM_ONE_NETWORK = 200
MOST_OF_ONE_TEXT = 20
MOST_OF_ONE_ADDRESS = 100
NETWORK, TEXT, ADDRESS = "answers", "the same text", "the same e-mail"
LONG_TEXT = 40
MANY_LINKS = 3
LONGEST_REASON = 255
LINK = re.compile(r"https?://|\bwww\.[\w-]", re.IGNORECASE)
# How links are written for forums and pages; nobody writes so to a person.
MARKUP_LINK = re.compile(r"\[(?:url|link)\b[^\]]{0,500}\]|<a\s[^>]{0,500}href", re.IGNORECASE)


def reasons_to_hold(request: HttpRequest, form: VisitorForm) -> str:
    """Return why staff should look at an answer first, in plain words, or an empty text.

    Counts it: called in the transaction that stores the answer, so that one that comes
    several times is counted once.
    """
    texts = list(_texts(form))
    over = {limit.what for limit in over_limit(_limits(request, form, texts))}
    strong = [*_strong_signs(request, texts), *_repeated(over)]
    weak = [*_weak_signs(request, form, texts)]
    if NETWORK in over:
        weak.append(_("Many answers came from the same network today."))
    if strong or len(weak) > 1:
        return " ".join([*strong, *weak])[:LONGEST_REASON]
    return ""


def _strong_signs(request: HttpRequest, texts: list[str]) -> Iterator[str]:
    if is_trapped(request):
        yield _("A field that people do not see was filled in.")
    if any(MARKUP_LINK.search(text) for text in texts):
        yield _("It holds links written as code.")
    elif _count_links(texts) >= MANY_LINKS:
        yield _("It is full of links.")


def _weak_signs(request: HttpRequest, form: VisitorForm, texts: list[str]) -> Iterator[str]:
    if 0 < _count_links(texts) < MANY_LINKS:
        yield _("It holds a link where none was asked for.")
    seconds = elapsed(request)
    if seconds is not None and seconds < QUICKEST_SECONDS and not form.has_steps:
        yield _("It was sent sooner than a person can fill in the form.")


def _limits(request: HttpRequest, form: VisitorForm, texts: list[str]) -> Iterator[Limit]:
    """Yield what is counted of an answer: where it comes from, and what may come anywhere."""
    if client := client_of(request):
        yield Limit(what=NETWORK, who=client, most=MOST_FROM_ONE_NETWORK)
    long_texts = [" ".join(text.casefold().split()) for text in texts if len(text) > LONG_TEXT]
    if long_texts:
        same = hashlib.sha256(json.dumps(long_texts).encode()).hexdigest()
        yield Limit(what=TEXT, who=same, most=MOST_OF_ONE_TEXT)
    for address in _addresses(form):
        yield Limit(what=ADDRESS, who=address, most=MOST_OF_ONE_ADDRESS)


def _repeated(over: set[str]) -> Iterator[str]:
    if TEXT in over:
        yield _("The same text came many times today.")
    if ADDRESS in over:
        yield _("Many answers came with the same e-mail address today.")


def elapsed(request: HttpRequest) -> float | None:
    """Return for how many seconds the visitor had the page, as far as their browser says."""
    try:
        seconds = float(request.POST.get(ELAPSED, ""))
    except ValueError:
        return None
    return seconds if seconds >= 0 else None


def _texts(form: VisitorForm) -> Iterator[str]:
    """Yield what was typed where no link was asked for."""
    for name, value in form.answers.items():
        if _type_of(form, name) != "url" and isinstance(value, str):
            yield value


def _addresses(form: VisitorForm) -> Iterator[str]:
    for name, value in form.answers.items():
        if _type_of(form, name) == "email" and value:
            yield str(value).casefold()


def _type_of(form: VisitorForm, name: str) -> str:
    return getattr(form.fields.get(name), "field_type", "")


def _count_links(texts: list[str]) -> int:
    return sum(len(LINK.findall(text)) for text in texts)
