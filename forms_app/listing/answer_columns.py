"""The columns of answers: what is asked now, then what was asked earlier.

A column is a question of a form, or of its copies too while their words are the same. A
retired question keeps its column, marked. The heading tells every wording under which the
column was ever answered.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms_app.form_titles import form_titles
from forms_app.listing.answer_values import READ_AS_STORED, READERS, SEVERAL, typed
from forms_app.listing.questions import (
    Group,
    copies_joined,
    questions_of,
    same_words_joined,
)
from forms_app.listing.sources import Fields, Source
from forms_app.listing.tables import Column

LEADING = (
    ("receipt", "Receipt number"),
    ("submit_time", "Sent"),
    ("source_title", "Sent from"),
)


@dataclass(frozen=True, kw_only=True)
class AnswerColumn(Column):
    """The answers to one question, or to several that are the same."""

    questions: Group


class Answer(Source):
    """The answers to one of several questions, each of another form."""

    def __init__(self, questions: Group) -> None:
        self.name_of = {question.form_key: question.name for question in questions}
        self.types = {key: kind for each in questions for key, kind in each.types.items()}
        self.is_several = not SEVERAL.isdisjoint(self.types.values())
        # By the form's key, which databases write with hyphens or without.
        self._names = {
            written: name for key, name in self.name_of.items() for written in (str(key), key.hex)
        }

    @property
    def names(self) -> tuple[str, ...]:
        return ("form_data", "form_key", "version_id")

    def values(self, fields: Fields) -> Sequence[object]:
        return self._typed(fields, self.types)

    def values_as_text(self, fields: Fields) -> Sequence[object]:
        types = {key: kind for key, kind in self.types.items() if kind not in READ_AS_STORED}
        return self._typed(fields, types)

    def _typed(self, fields: Fields, types: Mapping[int, str]) -> Sequence[object]:
        answers = self._stored(fields)
        if not READERS.keys().isdisjoint(types.values()):
            kinds = [types.get(key, "") for key in fields.of("version_id")]
            answers = [typed(*each) for each in zip(answers, kinds, strict=True)]
        if not self.is_several:
            return answers
        # In such a column every text is a list of options, so that all are split alike.
        return [[each] if isinstance(each, str) and each else each for each in answers]

    def _stored(self, fields: Fields) -> Sequence[object]:
        forms, data = fields.of("form_key"), fields.of("form_data")
        if len(set(forms)) > 1:
            names = [self._names.get(form) for form in forms]
            pairs = zip(names, data, strict=True)
            return [name and answers.get(name) for name, answers in pairs]
        name = self._names.get(forms[0]) if forms else None
        return [answers.get(name) for answers in data] if name else [None] * len(data)


def columns_of_form(form_key: uuid.UUID) -> list[tuple[str, str]]:
    """Return (name, heading) of every column of one form, the retired ones last."""
    leading = [(name, _(heading)) for name, heading in LEADING]
    asked = answer_columns([form_key], is_of_one_form=True)
    return [*leading, *[(column.id, str(column.heading)) for column in asked]]


def answer_columns(
    form_keys: Collection[uuid.UUID], *, is_of_one_form: bool, taken: Collection[str] = ()
) -> list[AnswerColumn]:
    """Return a column for each question of these forms; `taken` headings are for others."""
    groups = copies_joined(questions_of(form_keys))
    return _columns(groups, is_of_one_form=is_of_one_form, taken=taken)


def with_same_words_joined(columns: Sequence[Column]) -> list[Column]:
    """Return columns over several forms, those of questions with the same words made one."""
    answers = [column for column in columns if isinstance(column, AnswerColumn)]
    others = [column for column in columns if not isinstance(column, AnswerColumn)]
    groups = same_words_joined(column.questions for column in answers)
    taken = [column.heading_with_zone() for column in others]
    joined = {column.id: column for column in _columns(groups, is_of_one_form=False, taken=taken)}
    gone = {column.id for column in answers} - set(joined)
    return [joined.get(column.id, column) for column in columns if column.id not in gone]


def heading_of(questions: Group) -> str:
    """Return the label of today, with the other words that were answered."""
    label = questions[0].wording.label
    wordings = [wording.label for question in questions for wording in question.wordings]
    others = [f"“{words}”" for words in dict.fromkeys(wordings) if words != label]
    told = {"label": label, "others": ", ".join(others)}
    heading = _("%(label)s (also asked as %(others)s)") % told if others else label
    if any(question.is_asked_now for question in questions):
        return heading
    return _("%(label)s (no longer asked)") % {"label": heading}


def _columns(
    groups: Sequence[Group], *, is_of_one_form: bool, taken: Collection[str]
) -> list[AnswerColumn]:
    names = [", ".join(dict.fromkeys(each.name for each in group)) for group in groups]
    ids = names if is_of_one_form else [group[0].id for group in groups]
    is_of_several = len({question.form_key for group in groups for question in group}) > 1
    apart = [_titles(groups), names, ids] if is_of_several else [names]
    headings = with_unique_headings([heading_of(group) for group in groups], apart, taken)
    return [
        AnswerColumn(
            id=id_,
            also=tuple(question.id for question in group[1:]),
            heading=heading,
            value=Answer(group),
            questions=group,
        )
        for id_, heading, group in zip(ids, headings, groups, strict=True)
    ]


def with_unique_headings(
    headings: Sequence[str], apart: Sequence[Sequence[str]], taken: Collection[str] = ()
) -> list[str]:
    """Add to each heading that is not the only one what tells it apart, step by step."""
    unique = list(headings)
    for told in apart:
        counts = Counter([*unique, *taken])
        unique = [
            f"{heading} [{words}]" if counts[heading] > 1 else heading
            for heading, words in zip(unique, told, strict=True)
        ]
    return unique


def _titles(groups: Sequence[Group]) -> list[str]:
    titles = form_titles({question.form_key for group in groups for question in group})
    return [", ".join(titles.get(each.form_key, "") for each in group) for group in groups]
