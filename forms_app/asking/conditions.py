"""Questions that are asked only when an earlier one has a certain answer.

The server decides by what was sent, with the same rule for a page without scripts
and one whose script (eoc/js/form.js) shows and hides questions by itself.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from forms_app.asking.parts import Part
from forms_app.asking.typed_fields import plain_number
from forms_app.field_types import TICK_BOXES

# Sent along with each conditional question that the visitor has seen, since a group
# without a tick sends nothing. No field's name can hold a hyphen.
ASKED = "form-asked"

if TYPE_CHECKING:
    Form = forms.Form
else:
    Form = object


class AskedByAnswers(Form):
    parts: Sequence[Part] = ()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {part.name: place for place, part in enumerate(self.parts)}

    def part(self, name: str) -> Part | None:
        place = self._places.get(name)
        return None if place is None else self.parts[place]

    def questions(self) -> Iterator[Part]:
        return (part for part in self.parts if part.is_question)

    def parent_of(self, part: Part) -> Part | None:
        """Return the earlier question on which a part hangs; without one it is always asked."""
        parent = self.part(part.show_if) if part.show_if else None
        if parent is None or not parent.is_question:
            return None
        return parent if self._places[parent.name] < self._places[part.name] else None

    def is_asked(self, part: Part) -> bool:
        parent = self.parent_of(part)
        if parent is None:
            return True
        return self.is_asked(parent) and self._fits(parent, self.wanted_values(parent, part))

    def wanted_values(self, parent: Part, part: Part) -> Sequence[str]:
        """Return the answers that call for a part; none stands for any answer."""
        if parent.kind in TICK_BOXES:
            return part.show_if_values or ("yes",)
        return part.show_if_values

    def _fits(self, parent: Part, wanted: Sequence[str]) -> bool:
        value = self[parent.name].value()
        if parent.kind in TICK_BOXES:
            is_ticked = value not in (None, False, "")
            return ("yes" if is_ticked else "no") in wanted
        values = value if isinstance(value, list | tuple) else [value]
        same = plain_number if parent.kind == "number" else str
        given = {same(str(item)).strip().lower() for item in values if item not in (None, "")}
        return bool(given & {same(text).lower() for text in wanted} if wanted else given - {""})

    def was_shown(self, part: Part) -> bool:
        """Say whether the visitor had a conditional question before them when they sent this."""
        name = part.name
        return name in self.sent(ASKED) or name in self.data or name in self.files

    def sent(self, name: str) -> list[str]:
        """Return every value that was sent under a name."""
        if isinstance(self.data, MultiValueDict):
            return [str(value) for value in self.data.getlist(name)]
        return [str(self.data[name])] if name in self.data else []
