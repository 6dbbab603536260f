"""Take a visitor through the steps of a form: on, back, to one step, or to sending it."""

from eoc_cms.core.keys import read_key
from forms_app.asking.stepping import AT, GO, RETURNING, REVIEW
from forms_app.asking.visitor_form import VisitorForm

ON, BACK, SEND, CHANGE = "on", "back", "send", "change-"


def travel(form: VisitorForm) -> bool:
    """Bring a form to where its visitor wants to be; say whether to store the answers.

    They are stored from the review alone, or from the only page of a form without
    steps. What does not check leads to the first step where it can be mended.
    """
    go = _last(form, GO)
    if not form.has_steps:
        return _without_steps(form, go)
    here = _here(form)
    form.is_returning = bool(_last(form, RETURNING))
    if go == SEND and here == len(form.steps):
        return _stop_where_needed(form, until=None, then=here)
    if go == BACK or go.startswith(CHANGE):
        _without_checking(form, go, here)
    else:
        _on(form, here)
    return False


def _without_steps(form: VisitorForm, go: str) -> bool:
    if _last(form, AT) and go != SEND:
        # The editor took the steps away meanwhile; nobody has pressed Send yet.
        form.leave_unchecked()
        return False
    is_fine = form.check()
    _bring_in_what_is_new(form)
    return is_fine


def _without_checking(form: VisitorForm, go: str, here: int | None) -> None:
    form.leave_unchecked()
    if go.startswith(CHANGE):
        form.is_returning = True
        form.show_step(_number(go.removeprefix(CHANGE), len(form.steps) - 1) or 0)
    else:
        form.is_returning = False
        form.show_step(form.step_before(len(form.steps) if here is None else here))


def _on(form: VisitorForm, here: int | None) -> None:
    review = len(form.steps)
    if here is None or here == review or form.is_returning:
        # All has been answered, or was before the editor made steps of the form.
        _stop_where_needed(form, until=None, then=review)
    else:
        _stop_where_needed(form, until=here, then=form.next_step(here))


def _stop_where_needed(form: VisitorForm, *, until: int | None, then: int) -> bool:
    is_fine = form.check(until=until)
    at = then if is_fine else form.first_step_to_mend()
    if is_fine and at == len(form.steps) and until is not None:
        # What came with the request for later steps has not been looked at so far.
        return _stop_where_needed(form, until=None, then=at)
    form.show_step(at)
    _bring_in_what_is_new(form)
    return is_fine


def _bring_in_what_is_new(form: VisitorForm) -> None:
    new = [form.part(name) for name in form.not_yet_asked]
    form.fill_in_initial([part for part in new if part])


def stay(form: VisitorForm) -> None:
    """Show again what the visitor sent, where they were, before anything is said of it."""
    here = _here(form) if form.has_steps else 0
    form.is_returning = bool(_last(form, RETURNING))
    if here == len(form.steps) and form.check():
        form.at = here
        return
    form.leave_unchecked()
    form.at = 0 if here is None or here == len(form.steps) else here


def _here(form: VisitorForm) -> int | None:
    sent = _last(form, AT)
    return len(form.steps) if sent == REVIEW else _number(sent, len(form.steps) - 1)


def _number(text: str, highest: int) -> int | None:
    number = read_key(text)
    return number if number is not None and number <= highest else None


def _last(form: VisitorForm, name: str) -> str:
    return next(reversed(form.sent(name)), "")
