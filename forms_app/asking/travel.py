"""Take a visitor through the steps of a form: on, back, to one step, or to sending it."""

from dataclasses import dataclass

from eoc_cms.core.keys import read_key
from forms_app.asking.visitor_form import VisitorForm

GO = "form-go"
ON, BACK, SEND, CHANGE = "on", "back", "send", "change-"
REVIEW = "review"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in a form a visitor is, as the address says, and whether they came from its review."""

    step: str = ""
    is_returning: bool = False

    def at(self, steps: int) -> int:
        """Return which of so many steps it is, counted from 0; past the last is the review."""
        if self.step == REVIEW:
            return steps
        return min(read_key(self.step) or 1, steps) - 1


def place_of(form: VisitorForm) -> Place:
    """Return how the address of the shown step is written."""
    step = REVIEW if form.is_review else str(form.at + 1)
    return Place(step=step, is_returning=form.is_returning)


def travel(form: VisitorForm, place: Place, go: str) -> bool:
    """Bring a form to where its visitor wants to be; say whether to store the answers.

    They are stored from the review alone, or from the only page of a form without
    steps. What does not check leads to the first step where it can be mended.
    """
    if not form.has_steps:
        is_fine = form.check()
        _bring_in_what_is_new(form)
        return is_fine
    here = place.at(len(form.steps))
    form.is_returning = place.is_returning
    if go == SEND and here == len(form.steps):
        return _stop_where_needed(form, until=None, then=here)
    if go == BACK or go.startswith(CHANGE):
        _without_checking(form, go, here)
    else:
        _on(form, here)
    return False


def show(form: VisitorForm, place: Place, *, is_to_check: bool) -> None:
    """Show a step as its address names it, with what is wrong with it if that is to be said."""
    here = place.at(len(form.steps))
    form.is_returning = place.is_returning
    if here == len(form.steps):
        _stop_where_needed(form, until=None, then=here)
        return
    if is_to_check:
        form.check(until=here)
    else:
        form.leave_unchecked()
    form.show_step(here)
    _bring_in_what_is_new(form)


def stay(form: VisitorForm, place: Place) -> None:
    """Show again what the visitor sent, where they were, before anything is said of it."""
    here = place.at(len(form.steps))
    form.is_returning = place.is_returning
    if here == len(form.steps) and form.check():
        form.at = here
        return
    form.leave_unchecked()
    form.at = 0 if here == len(form.steps) else here


def _without_checking(form: VisitorForm, go: str, here: int) -> None:
    form.leave_unchecked()
    if go.startswith(CHANGE):
        form.is_returning = True
        number = read_key(go.removeprefix(CHANGE)) or 0
        form.show_step(min(number, len(form.steps) - 1))
    else:
        form.is_returning = False
        form.show_step(form.step_before(here))


def _on(form: VisitorForm, here: int) -> None:
    review = len(form.steps)
    if here == review or form.is_returning:
        _stop_where_needed(form, until=None, then=review)
    else:
        _stop_where_needed(form, until=here, then=form.next_step(here))


def _stop_where_needed(form: VisitorForm, *, until: int | None, then: int) -> bool:
    is_fine = form.check(until=until)
    at = then if is_fine else form.first_step_to_mend()
    if is_fine and at == len(form.steps) and until is not None:
        # What was sent of later steps has not been looked at so far.
        return _stop_where_needed(form, until=None, then=at)
    form.show_step(at)
    _bring_in_what_is_new(form)
    return is_fine


def _bring_in_what_is_new(form: VisitorForm) -> None:
    new = [form.part(name) for name in form.not_yet_asked]
    form.fill_in_initial([part for part in new if part])
