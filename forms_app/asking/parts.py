"""What a form holds, in the editor's order: questions, and the words between them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from eoc_cms.core.typed_text import clean_line, clean_text
from forms_app.field_types import CONTENT, STEP
from forms_app.models.asked_field import AskedField


@dataclass(frozen=True, kw_only=True)
class Part:
    """One entry of a form; `name` is that of the editor's field."""

    name: str
    kind: str
    label: str
    text: str = ""
    is_half: bool = False
    show_if: str = ""
    show_if_values: tuple[str, ...] = ()

    @property
    def is_question(self) -> bool:
        return self.kind not in {CONTENT, STEP}


@dataclass(kw_only=True)
class Step:
    """What is asked on one page. A form without steps is one step without a title."""

    title: str = ""
    text: str = ""
    parts: list[Part] = field(default_factory=list)


def part_of(asked: AskedField) -> Part:
    """Return what a field is on the visitor's form."""
    return Part(
        name=asked.clean_name,
        kind=asked.field_type,
        label=asked.label,
        text=asked.content,
        is_half=asked.width == "half",
        show_if=asked.show_if,
        show_if_values=lines_of(asked.show_if_value),
    )


def lines_of(text: str) -> tuple[str, ...]:
    """Return what an editor wrote on each line, as a visitor's answer is cleaned before it counts.

    Nothing but a new line begins another: “Yes, I agree” is one answer.
    """
    lines = clean_text(text).split("\n")
    return tuple(value for line in lines if (value := clean_line(line).strip()))


def steps_of(parts: Iterable[Part]) -> list[Step]:
    """Divide a form where the editor begins a new step."""
    steps = [Step()]
    for part in parts:
        if part.kind == STEP:
            steps.append(Step(title=part.label, text=part.text))
        else:
            steps[-1].parts.append(part)
    return [step for step in steps if step.parts] or [Step()]
