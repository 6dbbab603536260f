"""The form a visitor sees, in the same shape for every form page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Textarea
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from wagtail.contrib.forms.forms import BaseForm

from eoc_cms.core.typed_text import clean_line, clean_text
from forms_app.asking.entries import Entry, entries_of
from forms_app.asking.review import review_of
from forms_app.asking.stepping import Stepping
from forms_app.models import FormVersion

HONEYPOT = "website_address"
# The first and the last of what a browser sends: which words were shown, and that all arrived.
VERSION, END = "form-version", "form-end"
# A key that a browser makes up for each form it opens, so that sending twice is storing once.
SENDING = "form-sending"
NO_MAIL = "no-mail"  # no name that a field of an editor's form can have


def is_trapped(request: HttpRequest) -> bool:
    """Say whether the field that people do not see was filled in, which only programs do."""
    return bool(request.POST.get(HONEYPOT, "").strip())


class VisitorForm(Stepping, BaseForm):
    """Asks an editor's questions; says in words what is optional, and keeps what was typed."""

    use_required_attribute = False
    check_until: int | None = None  # the last step to check; all of them when None

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self._plain(self.data)
        # Questions that an answer calls for and that have not been before the visitor.
        self.not_yet_asked: list[str] = []
        # What kept a file from being stored, by the field's name.
        self.file_problems: dict[str, str] = {}
        for bound in self.asked:
            self._describe(bound)

    def _plain(self, data: Any) -> QueryDict:
        """Return what was sent as it is checked, shown again and stored."""
        plain = QueryDict(mutable=True)
        is_of_lists = isinstance(data, MultiValueDict)
        sent = data.lists() if is_of_lists else [(name, [data[name]]) for name in data]
        for name, values in sent:
            field = self.fields.get(name)
            clean = clean_text if field and isinstance(field.widget, Textarea) else clean_line
            plain.setlist(name, [clean(value).strip() for value in values])
        return plain

    @property
    def asked(self) -> list[BoundField]:
        """The editor's fields, hidden ones too, in the editor's order."""
        return [self[name] for name in self.fields]

    @property
    def entries(self) -> list[Entry]:
        """What stands on the page: fields, and words between them."""
        return entries_of(self)

    @property
    def has_arrived(self) -> bool:
        """Whether the visitor has come to this step, with nothing to be told first."""
        return self.is_bound and not self.errors and not self.more_to_ask

    @property
    def review(self) -> list[dict[str, object]]:
        return review_of(self)

    @property
    def needs_more(self) -> bool:
        """Whether the page needs the script and the style sheet of longer forms."""
        hangs = any(part.show_if or not part.is_question for part in self.parts)
        return hangs or self.has_steps or self.is_multipart()

    @property
    def sending(self) -> str:
        """The key that the browser made up for this opened form; it makes one where it is empty."""
        return next(iter(self.sent(SENDING)), "") if self.is_bound else ""

    @property
    def wants_no_mail(self) -> bool:
        return self.is_bound and bool(self.sent(NO_MAIL))

    @property
    def trap(self) -> str:
        """What was typed into the field that people do not see; it stays from step to step."""
        return "".join(self.sent(HONEYPOT)) if self.is_bound else ""

    @property
    def answers(self) -> dict[str, object]:
        """The checked answers to what was asked."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}

    def is_valid(self) -> bool:
        return super().is_valid() and not self.not_yet_asked

    def check(self, *, until: int | None = None) -> bool:
        """Check the answers up to a step anew, or all of them."""
        self.check_until, self._errors = until, None
        return self.is_valid()

    def full_clean(self) -> None:
        self.not_yet_asked = []
        super().full_clean()
        if self.is_bound:
            for bound in self.asked:
                self._describe(bound)

    def _clean_fields(self) -> None:
        """Check each question that is asked, in order, so that conditions can build on another."""
        for bound in self.asked:
            if self._is_to_check(bound.name):
                try:
                    self.cleaned_data[bound.name] = self._clean_field(bound)
                except ValidationError as error:
                    self.add_error(bound.name, error)

    def _clean_field(self, bound: BoundField) -> object:
        if bound.name in self.file_problems:
            raise ValidationError(self.file_problems[bound.name])
        value: object = bound.field.clean(bound.data)
        return value

    def _is_to_check(self, name: str) -> bool:
        part = self.part(name)
        if part is None:
            return True
        if self.check_until is not None and self.place_of(name) > self.check_until:
            return False
        if not self.is_asked(part):
            return False
        if self.parent_of(part) and not self.was_shown(part):
            self.not_yet_asked.append(name)
            return False
        return True

    def _describe(self, bound: BoundField) -> None:
        """Tie the hint, the reason and the error to the field for assistive technology."""
        if bound.is_hidden:
            return
        attrs = bound.field.widget.attrs
        parts = list(self._describing_ids(bound))
        if parts:
            attrs["aria-describedby"] = " ".join(parts)
        if self._errors and bound.name in self._errors:
            attrs["aria-invalid"] = "true"

    def _describing_ids(self, bound: BoundField) -> Iterator[str]:
        if bound.field.help_text:
            yield f"{bound.auto_id}-hint"
        if getattr(bound.field, "why_we_ask", ""):
            yield f"{bound.auto_id}-why"
        if self._errors and bound.name in self._errors:
            yield f"{bound.auto_id}-error"

    @property
    def error_summary(self) -> list[dict[str, str]]:
        """Each error with the id of the control it belongs to, for the error summary.

        What is wrong on a later step is told there.
        """
        return [
            {"id": self._first_control(name), "message": str(text)}
            for name, messages in self.errors.items()
            if not self.part(name) or self.place_of(name) == self.at
            for text in messages
        ]

    @property
    def more_to_ask(self) -> list[dict[str, str]]:
        """The questions on this page that an answer has just called for."""
        return [
            {"id": self._first_control(name), "message": str(self[name].label)}
            for name in self.not_yet_asked
            if self.place_of(name) == self.at
        ]

    def first_step_to_mend(self) -> int:
        """Return the first step with an error, or with a question not yet asked."""
        names = [*(self._errors or {}), *self.not_yet_asked]
        return min((self.place_of(name) for name in names if self.part(name)), default=self.at)

    def _first_control(self, name: str) -> str:
        if name not in self.fields:
            return ""
        bound = self[name]
        # A group of radio buttons or boxes has no control with the group's id.
        is_group = bound.field.widget.use_fieldset and bound.subwidgets
        return (bound.subwidgets[0] if is_group else bound).id_for_label or ""


class AskedForm(VisitorForm):
    """What one version of a form page asks."""

    version: FormVersion
    closed_notice = ""  # why no answers are taken now
    is_full = False
    address = ""  # the query of the shown step, where the form has steps

    @property
    def typed(self) -> QueryDict:
        """All that was sent, as it came."""
        sent: Any = self.data
        return sent

    def forget(self, names: Iterable[str]) -> None:
        """Let questions be answered anew."""
        data = self.typed.copy()
        for name in names:
            data.pop(name, None)
        self.data = data
