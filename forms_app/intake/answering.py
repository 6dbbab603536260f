"""Take what a visitor sends: the same way on a form page and on a resource.

An answer is read under the version of the form that its visitor had before them. Whatever
keeps it from being stored, all that was typed is shown again.
"""

import logging
from dataclasses import dataclass, replace
from functools import partial

from django.db import DatabaseError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page

from eoc_cms.core.http import comes_from_this_site
from eoc_cms.core.limits.clients import client_of
from forms_app.asking.builder import form_of
from forms_app.asking.file_field import GONE
from forms_app.asking.travel import GO, SEND, show, stay, travel
from forms_app.asking.visitor_form import AskedForm
from forms_app.field_types import TICK_BOXES
from forms_app.intake.accepting import SentAnswer, accept
from forms_app.intake.chosen_files import keep_chosen_files
from forms_app.intake.shown import (
    Change,
    UnknownVersionError,
    changes,
    is_whole,
    shown_now,
    version_shown,
)
from forms_app.intake.spam import reasons_to_hold
from forms_app.intake.typed import Typed, typed_elsewhere, typed_in
from forms_app.intake.unfinished import Visit
from forms_app.models import FormPage, FormVersion, Submission
from forms_app.uploads.keeping import FileGoneError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A stored submission, a step to go to, or the form to show.

    Without any of them there is no form any more, only what was typed.
    """

    form: AskedForm | None = None
    submission: Submission | None = None
    go_to: str = ""
    status: int = 200
    # What has changed since the visitor opened the page.
    changes: tuple[str, ...] = ()
    # What was typed and has no place on the form that is shown.
    typed: tuple[Typed, ...] = ()


def blank_form(form_page: FormPage, version: FormVersion | None = None) -> AskedForm:
    """Return what a form page shows now; while it is closed, with the words that say so."""
    form = form_of(version or FormVersion.objects.shown_by(form_page))
    form.is_full = form_page.is_full()
    form.closed_notice = form_page.closed_notice()
    return form


def open_form(request: HttpRequest, *, form_page: FormPage | None, source: Page) -> Outcome:
    """Return what a page shows of its form: blank, or the step that its address names."""
    visit = Visit.of(request, source)
    if visit.sent:
        return Outcome(submission=visit.sent)
    if visit.kept and comes_from_this_site(request):
        return _step(visit, visit.kept.version)
    if form_page is None:
        return Outcome()
    form = blank_form(form_page, shown_now(form_page))
    if visit.wants_key(request):
        visit.begin_anew()
        return Outcome(go_to=visit.address(form))
    form.address = visit.address(form) if visit.key and form.has_steps else ""
    return Outcome(form=form)


def _step(visit: Visit, version: FormVersion) -> Outcome:
    """Return a step with all that was typed so far, and what is to be said beside it."""
    form = form_of(version, visit.typed)
    form.file_problems = dict(visit.told("files"))
    show(form, visit.place, is_to_check=visit.is_to_check)
    form.address = visit.address(form)
    typed = tuple(Typed(name=n, label=label, text=text) for n, label, text in visit.told("spare"))
    return Outcome(form=form, changes=tuple(visit.told("changes")), typed=typed)


def take_answer(request: HttpRequest, *, form_page: FormPage | None, source: Page) -> Outcome:
    """Validate and store what a visitor sent; nothing typed is lost whatever happens.

    `form_page` is what the page asks now; what was asked then may be another form.
    """
    return _Taking(request, form_page, source).take()


class _Taking:
    def __init__(self, request: HttpRequest, form_page: FormPage | None, source: Page) -> None:
        self.request, self.source = request, source
        self.visit = Visit.of(request, source)
        self.now = shown_now(form_page) if form_page else None
        self.form_page = form_page

    def take(self) -> Outcome:
        if self.visit.sent:
            if self.request.POST.get(GO) == SEND:
                return Outcome(submission=self.visit.sent)
            self.visit.begin_anew()
        try:
            shown = version_shown(self.request, self.now)
        except UnknownVersionError:
            shown = None
        asked = self._asked_then(shown)
        if shown is None or asked is None:
            return self._unknown()
        form = self._form(shown)
        try:
            return self._refusal(form, asked) or self._take(form, asked)
        except DatabaseError as error:
            return self._try_later(form, error)

    def _form(self, version: FormVersion) -> AskedForm:
        """Return a version's form with all that was typed, on its earlier steps too."""
        typed = self.visit.put_together(version, self.request.POST)
        return form_of(version, typed, self.request.FILES)

    def _asked_then(self, shown: FormVersion | None) -> FormPage | None:
        """Return the form that was shown, if it is still published.

        Where the page asks another form by now, only that one is taken: what it asks
        first has to be answered before anything is given for it.
        """
        if shown is None:
            return None
        if self.form_page is None:
            return FormPage.objects.live().filter(form_key=shown.form_key).first()
        return self.form_page if self.form_page.key == shown.form_key else None

    def _refusal(self, form: AskedForm, asked: FormPage) -> Outcome | None:
        """Return the form with the reason why it cannot be taken as it came, or None."""
        if not comes_from_this_site(self.request):
            words = _("This form was sent from another site. Check it and send it here.")
            return self._again(form, words, status=403)
        if not is_whole(self.request):
            words = _("Your answers broke off on their way to us. Check them and send them again.")
            return self._again(form, words, status=400)
        # A form without a free place is taken: staff decide on one answer too many.
        form.closed_notice = asked.closed_by_date()
        if not form.closed_notice:
            return None
        outcome = self._again(form, form.closed_notice)
        # No button leads back to the other steps while the form is closed.
        return replace(outcome, typed=tuple(typed_elsewhere(self.request, form)))

    def _take(self, form: AskedForm, asked: FormPage) -> Outcome:
        keep_chosen_files(
            form, asked, client=client_of(self.request), is_whole=self._will_be_stored(form)
        )
        typed = form.typed
        if not travel(form, self.visit.place, self.request.POST.get(GO, "")):
            return self._go_on(form, typed)
        if self.now and (changed := self._changes(form, self.now)):
            return self._changed(changed)
        try:
            suspect = partial(reasons_to_hold, self.request, form)
            submission = accept(self._sent(form, asked), suspect=suspect)
        except FileGoneError as error:
            form.file_problems[str(error)] = str(GONE)
            form.check()
            form.show_step(form.first_step_to_mend())
            return self._go_on(form, typed)
        self.visit.finish(submission)
        return Outcome(form=form, submission=submission)

    def _will_be_stored(self, form: AskedForm) -> bool:
        """Say whether the answers will be stored as they came, with their files."""
        if form.has_steps or not form.files or not form.check():
            return False
        return not (self.now and self._changes(form, self.now))

    def _sent(self, form: AskedForm, asked: FormPage) -> SentAnswer:
        # Who gets something at once can do without the mail, whether that is still offered or not.
        may_skip_mail = self.source.pk != asked.pk and not asked.is_by_mail_only
        return SentAnswer(
            form_page=asked,
            version=form.version,
            source=self.source,
            answers=form.answers,
            sending=self.visit.key if form.has_steps else form.sending,
            wants_mail=not (may_skip_mail and form.wants_no_mail),
        )

    def _changes(self, form: AskedForm, now: FormVersion) -> list[Change]:
        if now.digest == form.version.digest:
            return []
        return list(changes(form, self._form(now)))

    def _go_on(self, form: AskedForm, typed: QueryDict, **told: object) -> Outcome:
        """Show the step that is next, or the one that is to be mended."""
        if not form.has_steps:
            return Outcome(form=form)
        told = {
            "files": list(form.file_problems.items()),
            "spare": self.visit.told("spare"),
            **told,
        }
        told = {name: value for name, value in told.items() if value}
        return Outcome(go_to=self.visit.keep(form, typed, told))

    def _unknown(self) -> Outcome:
        """Ask anew for every consent: nobody knows to which words the ticks were given."""
        changed = [Change(words=_("The form has changed since you opened it."))]
        asked = self.now.questions if self.now else {}
        boxes = [name for name, field in asked.items() if field.field_type in TICK_BOXES]
        return self._changed([*changed, *(Change(name=name) for name in boxes)])

    def _changed(self, changed: list[Change]) -> Outcome:
        """Show what is asked now with all that was typed, and say what has changed."""
        typed = typed_in(self.request)
        words = tuple(change.words for change in changed if change.words)
        if self.now is None:
            return Outcome(changes=words, typed=tuple(typed), status=409)
        form = self._form(self.now)
        to_answer_anew = {change.name for change in changed}
        form.forget(to_answer_anew)
        form.check()
        form.show_step(form.first_step_to_mend())
        placed = self.now.questions.keys() - to_answer_anew
        spare = tuple(each for each in typed if each.name not in placed)
        if form.has_steps:
            pairs = [[each.name, each.label, each.text] for each in spare]
            return self._go_on(form, form.typed, changes=words, spare=pairs)
        return Outcome(form=form, changes=words, typed=spare)

    def _again(self, form: AskedForm, words: str, *, status: int = 200) -> Outcome:
        if form.files:
            words = f"{words} {_('A file that you have just chosen has to be chosen once more.')}"
        stay(form, self.visit.place)
        form.address = self.visit.address(form) if form.has_steps else ""
        form.add_error(None, words)
        return Outcome(form=form, status=status)

    def _try_later(self, form: AskedForm, error: DatabaseError) -> Outcome:
        logger.warning("An answer could not be stored: %s", type(error).__name__)
        words = _("We could not save this just now. Your answers are below: send them again.")
        return self._again(form, words, status=503)
