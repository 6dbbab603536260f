"""What a visitor had before them, and what has become of it since."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from eoc_cms.core.caching.remembered import Remembered
from forms_app.asking.visitor_form import END, VERSION, AskedForm
from forms_app.field_types import TICK_BOXES, WITH_CHOICES
from forms_app.models import FormPage, FormVersion
from forms_app.models.asked_field import AskedField

URLENCODED = "application/x-www-form-urlencoded"


_shown_now = Remembered[FormVersion]()


class UnknownVersionError(Exception):
    """A form names a version that nobody knows any more, so what it showed is not known."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """Why an answer to an earlier version cannot be taken as it is, in words."""

    words: str = ""
    # The question that has to be answered anew.
    name: str = ""


def shown_now(form_page: FormPage) -> FormVersion:
    """Return what a published form shows now."""
    return _shown_now.get(form_page.pk, lambda: FormVersion.objects.shown_by(form_page))


def version_shown(request: HttpRequest, now: FormVersion | None) -> FormVersion | None:
    """Return the version that a POST was filled in under; `now` is what its page shows.

    A program that names none answers what is asked now. Raises UnknownVersionError.
    """
    key = request.POST.get(VERSION, "")
    if not key or (now is not None and now.key == key):
        return now
    version = FormVersion.objects.with_key(key)
    if version is None:
        raise UnknownVersionError
    return version


def is_whole(request: HttpRequest) -> bool:
    """Say whether all of a POST has arrived.

    A browser sends the fields of a form in their order, and ours end with a mark. What
    breaks off on the way comes without it, or is shorter than was announced.
    """
    if VERSION in request.POST and END not in request.POST:
        return False
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if request.content_type != URLENCODED or not announced.isdecimal():
        return True
    return len(request.body) >= int(announced)


def changes(then: AskedForm, now: AskedForm) -> Iterator[Change]:
    """Say what keeps an answer to an earlier version from being taken as it is.

    It is taken under the words that were shown, whatever has become of them; but not where
    it would leave out what is asked now, or where its words have been turned meanwhile.
    """
    for name, field in now.version.questions.items():
        before = then.version.questions.get(name)
        if before is None:
            if field.required and _is_asked(now, name):
                yield Change(words=_("“%(label)s” is asked now.") % {"label": field.label})
        elif _is_answered(then.answers.get(name)) and (words := _turned(before, field)):
            yield Change(words=words, name=name)


def _is_asked(form: AskedForm, name: str) -> bool:
    part = form.part(name)
    return part is not None and form.is_asked(part)


def _is_answered(answer: object) -> bool:
    return answer not in (None, "", False, [])


def _turned(before: AskedField, now: AskedField) -> str:
    """Say so where the same answer would mean something else now."""
    if before.field_type != now.field_type:
        return _("“%(label)s” is asked in another way now.") % {"label": now.label}
    if before.field_type in TICK_BOXES and before.words_agreed_to != now.words_agreed_to:
        return _("The words that you agreed to are others now: “%(words)s”") % {
            "words": now.words_agreed_to
        }
    # A choice such as “Yes” means something by the words of its question only.
    if before.field_type in WITH_CHOICES and _bare(before.label) != _bare(now.label):
        return _("“%(before)s” has become “%(now)s”.") % {"before": before.label, "now": now.label}
    return ""


def _bare(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()
