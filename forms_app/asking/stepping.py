"""A long form in steps.

What was answered on other steps is checked anew each time, so nobody can skip a step or
slip in an answer unchecked.
"""

from collections.abc import Iterator
from typing import Any

from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from forms_app.asking.conditions import ASKED, AskedByAnswers
from forms_app.asking.parts import Part, Step, steps_of

# The numbers of the steps that the visitor has been on.
SEEN = "form-seen"
# A form with no more questions than this may be called a short one.
MOST_SHORT = 6


class Stepping(AskedByAnswers):
    _errors: ErrorDict | None  # Django's own: None until the answers have been checked
    at = 0  # the step that is shown; one past the last is the review
    is_returning = False  # to the review, from changing a single step

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.parts)

    @property
    def has_steps(self) -> bool:
        return len(self.steps) > 1

    @property
    def length_in_words(self) -> str:
        """How long the form is, as far as a visitor should know before it; nothing where short."""
        if self.has_steps:
            return _t("A form in %(count)s steps") % {"count": len(self.progress)}
        count = sum(part.is_question for part in self.parts)
        return (
            _t("A form with %(count)s questions") % {"count": count} if count > MOST_SHORT else ""
        )

    @property
    def is_review(self) -> bool:
        return self.has_steps and self.at == len(self.steps)

    @property
    def is_last(self) -> bool:
        """Whether the answers are sent from the page that is shown."""
        return self.is_review or not self.has_steps

    @property
    def step(self) -> Step | None:
        return None if self.is_review else self.steps[self.at]

    def place_of(self, name: str) -> int:
        return next(
            (at for at, step in enumerate(self.steps) for part in step.parts if part.name == name),
            0,
        )

    def is_step_asked(self, at: int) -> bool:
        return any(self.is_asked(part) for part in self.steps[at].parts)

    def next_step(self, after: int) -> int:
        """Return the next step that asks something; one past the last is the review."""
        later = range(after + 1, len(self.steps))
        return next((at for at in later if self.is_step_asked(at)), len(self.steps))

    def step_before(self, at: int) -> int:
        return next((n for n in range(at - 1, -1, -1) if self.is_step_asked(n)), 0)

    @property
    def has_step_before(self) -> bool:
        return any(self.is_step_asked(at) for at in range(self.at))

    def show_step(self, at: int) -> None:
        """Show a step; where it is new to the visitor, with what the editor put in beforehand."""
        self.at = at
        if self.has_steps and not self.is_review and str(at) not in self.sent(SEEN):
            self.fill_in_initial([part for part in self.steps[at].parts if part.is_question])

    def fill_in_initial(self, parts: list[Part]) -> None:
        new = [part for part in parts if not self.was_shown(part)]
        sent: Any = self.data
        data = sent.copy()
        for part in new:
            value = self.get_initial_for_field(self.fields[part.name], part.name)
            if value not in (None, "", [], [""], False):
                values = value if isinstance(value, list | tuple) else [value]
                data.setlist(part.name, [str(item) for item in values])
        self.data = data

    def leave_unchecked(self) -> None:
        """Keep what was sent as it is, without a word on what is wrong with it."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    @property
    def progress(self) -> list[dict[str, object]]:
        """The steps by title, those left out that the answers so far do not lead to."""
        shown = [at for at in range(len(self.steps)) if self._may_come(at)]
        listed = [
            {"title": self.steps[at].title or _("Your answers"), "is_here": at == self.at}
            for at in shown
        ]
        listed.append({"title": _("Check and send"), "is_here": self.is_review})
        return [{**step, "number": number} for number, step in enumerate(listed, start=1)]

    def _may_come(self, at: int) -> bool:
        """Say whether a step asks something, or could after an answer that is still to come."""
        parents = [self.parent_of(part) for part in self.steps[at].parts]
        open_ended = any(parent and self.place_of(parent.name) >= self.at for parent in parents)
        return self.is_step_asked(at) or (at > self.at and open_ended)

    @property
    def progress_here(self) -> dict[str, object]:
        return next((step for step in self.progress if step["is_here"]), self.progress[0])

    def sent_for(self, part: Part) -> Iterator[tuple[str, str]]:
        """Yield all that was sent for one question, a chosen file by its token."""
        removed = bool(self.sent(f"{part.name}-remove"))
        names = [part.name] if removed else [part.name, f"{part.name}-kept"]
        yield from ((name, value) for name in names for value in self.sent(name))
        if part.name in self.sent(ASKED):
            yield ASKED, part.name
