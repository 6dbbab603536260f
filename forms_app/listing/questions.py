"""The questions of forms, and which of two forms are one question.

A question belongs to its form, by its field's name, which no later field of that form can
take. A copy's question starts as the one it was copied from and stays so while its words do.
"""

import uuid
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef

from forms_app.models import FormField, FormVersion, Submission
from forms_app.models.asked_field import AskedField


class Wording(NamedTuple):
    """What has to be equal for two questions to be the same; hints and choices need not."""

    label: str
    field_type: str
    words_agreed_to: str

    @classmethod
    def of(cls, asked: AskedField) -> "Wording":
        return cls(asked.label, asked.field_type, asked.words_agreed_to)


@dataclass(kw_only=True)
class Question:
    """A question of one form, with every wording that was answered and then that of today."""

    form_key: uuid.UUID
    name: str
    is_asked_now: bool
    wordings: list[Wording] = field(default_factory=list)
    types: dict[int, str] = field(default_factory=dict)  # by version
    since: datetime | None = None
    source: str = ""  # the same in a copy

    @property
    def id(self) -> str:
        return f"{self.form_key.hex}.{self.name}"

    @property
    def wording(self) -> Wording:
        return self.wordings[-1]


# Those that share a column, each of another form.
Group = tuple[Question, ...]


def questions_of(form_keys: Collection[uuid.UUID]) -> list[Question]:
    """Return what these forms ask, form by form, then what they asked earlier."""
    now = _asked_now(form_keys)
    found: dict[tuple[uuid.UUID, str], Question] = {}
    versions = FormVersion.objects.filter(form_key__in=form_keys).annotate(
        is_answered=Exists(Submission.objects.filter(version=OuterRef("pk")))
    )
    for version in versions.order_by("created_at", "pk").iterator():
        for name, asked in version.questions.items():
            place = (version.form_key, name)
            question = found.setdefault(place, _question(place, is_asked_now=place in now))
            _note(question, version, asked)
    for place, asked in now.items():
        question = found.setdefault(place, _question(place, is_asked_now=True))
        question.wordings.append(Wording.of(asked))
        question.source = asked.question
    # What nobody answered before it was taken out of its form is no column.
    earlier = [each for place, each in found.items() if place not in now and each.wordings]
    return [*[found[place] for place in now], *earlier]


def copies_joined(questions: Sequence[Question]) -> list[Group]:
    """Put the questions of copies together that still have the same words.

    One that was also answered under words of its own has been another question, and stays one.
    """

    def is_same(oldest: Question, other: Question) -> bool:
        return set(other.wordings) <= set(oldest.wordings)

    places = {question.id: place for place, question in enumerate(questions)}
    by_age = [(question,) for question in sorted(questions, key=_age)]
    joined = _joined(by_age, lambda each: (each.source or each.id, each.wording), is_same)
    in_order = [tuple(sorted(group, key=lambda each: places[each.id])) for group in joined]
    return sorted(in_order, key=lambda group: places[group[0].id])


def same_words_joined(groups: Iterable[Group]) -> list[Group]:
    """Put groups together that have the same words now, as staff ask for."""
    return _joined(groups, lambda each: each.wording, lambda _first, _other: True)


def _joined(
    groups: Iterable[Group],
    key: Callable[[Question], Hashable],
    is_same: Callable[[Question, Question], bool],
) -> list[Group]:
    """Join groups where the result holds one question of a form at most."""
    joined: list[Group] = []
    alike: dict[Hashable, list[int]] = {}
    for group in groups:
        candidates = alike.setdefault(key(group[0]), [])
        for place in candidates:
            there = joined[place]
            if _are_of_other_forms(there, group) and is_same(there[0], group[0]):
                joined[place] = (*there, *group)
                break
        else:
            candidates.append(len(joined))
            joined.append(group)
    return joined


def _are_of_other_forms(group: Group, other: Group) -> bool:
    return {each.form_key for each in group}.isdisjoint(each.form_key for each in other)


def _age(question: Question) -> tuple[bool, float]:
    return (question.since is None, question.since.timestamp() if question.since else 0.0)


def _asked_now(form_keys: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], AskedField]:
    fields = FormField.objects.filter(page__form_key__in=form_keys).exclude(clean_name="")
    in_order = fields.annotate(form_key=F("page__form_key")).order_by("page", "sort_order", "pk")
    asked = {(each.form_key, each.clean_name): each.asked() for each in in_order}
    return {place: each for place, each in asked.items() if each.is_question}


def _question(place: tuple[uuid.UUID, str], *, is_asked_now: bool) -> Question:
    form_key, name = place
    return Question(form_key=form_key, name=name, is_asked_now=is_asked_now)


def _note(question: Question, version: FormVersion, asked: AskedField) -> None:
    question.since = question.since or version.created_at
    question.types[version.pk] = asked.field_type
    question.source = asked.question
    if version.is_answered:  # type: ignore[attr-defined]
        question.wordings.append(Wording.of(asked))
