"""What stands on the page of a form: its fields, and the words between them."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.forms.boundfield import BoundField

from forms_app.asking.parts import Part

if TYPE_CHECKING:
    from forms_app.asking.visitor_form import VisitorForm


@dataclass(kw_only=True)
class Entry:
    """One field or text, ready for the template."""

    bound: BoundField | None = None
    part: Part | None = None
    # For a part that follows an answer on the same page: which one, and to what.
    ask_if: str = ""
    ask_values: str = "[]"
    # Not asked now; a script can bring it in without asking the server.
    is_waiting: bool = False
    # What had been answered before it was no longer asked.
    kept: list[tuple[str, str]] = field(default_factory=list)


def entries_of(form: "VisitorForm") -> list[Entry]:
    if form.step is None:
        return []
    if not form.parts:
        return [Entry(bound=bound) for bound in form.asked]
    return [entry for part in form.step.parts if (entry := _entry(form, part))]


def _entry(form: "VisitorForm", part: Part) -> Entry | None:
    parent, is_asked = form.parent_of(part), form.is_asked(part)
    if not is_asked and not _may_follow(form, part):
        return None
    entry = Entry(part=part, bound=form[part.name] if part.is_question else None)
    if parent and form.place_of(parent.name) == form.at:
        entry.ask_if = part.show_if
        wanted = form.wanted_values(parent, part)
        entry.ask_values = json.dumps([value.lower() for value in wanted])
    entry.is_waiting = not is_asked
    if entry.is_waiting and form.is_bound and part.is_question:
        entry.kept = list(form.sent_for(part))
    return entry


def _may_follow(form: "VisitorForm", part: Part) -> bool:
    """Say whether an answer on this page can still call for a part."""
    parent = form.parent_of(part)
    while parent is not None and form.place_of(parent.name) == form.at:
        if form.is_asked(parent):
            return True
        part, parent = parent, form.parent_of(parent)
    return False
