"""Cells of a CSV as expressions of PostgreSQL, the same as `CsvWriter` writes them.

A test compares the two. What an expression cannot write so is `strange`, a text that no cell
can hold by chance, and the reader of the lines falls back to Python.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    TextField,
)
from psycopg import sql

from eoc_cms.core.spreadsheets.csv_writing import SIGNS, UNSEEN
from forms_app.listing.answer_columns import Answer
from forms_app.listing.sources import Named, Nothing, Source, Stored, Told

Expression = sql.Composable
NOTHING = sql.SQL("NULL")
# As `answer_values.DATE_AND_TIME` reads them, and only days and times that there are.
DATE_AND_TIME = (
    r"^(?!0000)(\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)"
    r"|02-(0[1-9]|1\d|2[0-8]))|(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
    r"-02-29)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:\d\d)?$"
).replace(r"\d", "[0-9]")
FORMULA = f"^'*([\t\r\n]|[{UNSEEN}]*[{SIGNS}])"
MAY_BE_FORMULA = f"'{UNSEEN}{SIGNS}"
SEVERAL = (
    "(SELECT string_agg({}, '; ' ORDER BY place) FROM jsonb_array_elements({}) "
    "WITH ORDINALITY AS items(item, place))"
)
BY_TYPE = (
    "CASE jsonb_typeof({value}) WHEN 'string' THEN {text} WHEN 'array' THEN {several} "
    "WHEN 'boolean' THEN {boolean} WHEN 'number' THEN {number} WHEN 'object' THEN {strange} END"
)
# The seconds may be missing.
ON_THE_WALL = (
    "CASE WHEN {version} = ANY({versions}) AND {text} ~ {pattern} "
    "THEN replace(left({text}, 16), 'T', ' ') || CASE WHEN substr({text}, 17, 1) = ':' "
    "THEN substr({text}, 17, 3) ELSE ':00' END ELSE {otherwise} END"
)


@dataclass(frozen=True, kw_only=True)
class CellsInSql:
    """Makes expressions over the stored fields of a row, which stand in these columns."""

    columns: Mapping[str, Expression]
    fields: Mapping[str, Field]
    time_zone: str
    text: Callable[[object], str]
    strange: str

    def is_able(self, source: Source) -> bool:
        return self._cell(source, 0) is not None

    def answers(self, sources: Sequence[Source]) -> list[Expression]:
        """Return each answer in a row as a column of JSON, of which its cell is then made."""
        return [
            sql.SQL(", {} AS {}").format(self._answer(source), _answer_at(place))
            for place, source in enumerate(sources)
            if isinstance(source, Answer)
        ]

    def cells(self, sources: Sequence[Source]) -> list[Expression]:
        """Return each cell as a column of text, NULL where it is empty."""
        return [
            sql.SQL("NULLIF({}, '') AS {}").format(
                self._cell(source, place), sql.Identifier(f"cell_{place}")
            )
            for place, source in enumerate(sources)
        ]

    def _cell(self, source: Source, place: int) -> Expression | None:
        if isinstance(source, Answer):
            return self._of_answer(source, _answer_at(place))
        if isinstance(source, Stored):
            return self._of_field(self.fields[source.name], self.columns[source.name])
        if isinstance(source, Named):
            return self._named(source.words(), self.columns[source.name])
        if isinstance(source, Told):
            key = self.columns["pk"]
            return sql.SQL("(told -> {} ->> {}::text)").format(sql.Literal(str(place)), key)
        return NOTHING if isinstance(source, Nothing) else None

    def _named(self, words: Mapping[object, object], key: Expression) -> Expression:
        known = json.dumps({str(key): self.text(value) for key, value in words.items()})
        return sql.SQL("({}::jsonb ->> {}::text)").format(sql.Literal(known), key)

    def _of_field(self, field: Field, value: Expression) -> Expression | None:
        if isinstance(field, CharField | TextField):
            return value
        if isinstance(field, BooleanField):
            return self._yes_or_no(value)
        if isinstance(field, IntegerField):
            return sql.SQL("{}::text").format(value)
        if isinstance(field, DateTimeField):
            local = sql.SQL("{} AT TIME ZONE {}").format(value, sql.Literal(self.time_zone))
            return sql.SQL("to_char({}, 'YYYY-MM-DD HH24:MI:SS')").format(local)
        if isinstance(field, DateField):
            return sql.SQL("to_char({}, 'YYYY-MM-DD')").format(value)
        return None

    def _answer(self, source: Answer) -> Expression:
        data, form = self.columns["form_data"], self.columns["form_key"]
        asked = [
            sql.SQL("WHEN {} THEN {} -> {}").format(sql.Literal(key), data, sql.Literal(name))
            for key, name in source.name_of.items()
        ]
        return sql.SQL("CASE {} {} END").format(form, sql.SQL(" ").join(asked))

    def _of_answer(self, source: Answer, answer: Expression) -> Expression:
        text = _text_of(answer)
        shown = _escaped(text) if source.is_several else text
        if versions := [key for key, kind in source.types.items() if kind == "datetime"]:
            shown = sql.SQL(ON_THE_WALL).format(
                version=self.columns["version_id"],
                versions=sql.Literal(versions),
                text=text,
                pattern=sql.Literal(DATE_AND_TIME),
                otherwise=shown,
            )
        item = sql.SQL("item")
        option = self._by_type(item, text=_text_of(item), several=sql.Literal(self.strange))
        options = _escaped(sql.SQL("coalesce({}, '')").format(option))
        return self._by_type(answer, text=shown, several=sql.SQL(SEVERAL).format(options, answer))

    def _by_type(self, value: Expression, *, text: Expression, several: Expression) -> Expression:
        return sql.SQL(BY_TYPE).format(
            value=value,
            text=text,
            several=several,
            boolean=self._yes_or_no(sql.SQL("{}::boolean").format(value)),
            number=self._number(value),
            strange=sql.Literal(self.strange),
        )

    def _yes_or_no(self, value: Expression) -> Expression:
        yes, no = (sql.Literal(self.text(each)) for each in (True, False))
        return sql.SQL("CASE {} WHEN true THEN {} WHEN false THEN {} END").format(value, yes, no)

    def _number(self, value: Expression) -> Expression:
        """Leave a number with a fraction to Python, which writes it in a way of its own."""
        return sql.SQL("CASE WHEN {0}::text ~ '^-?[0-9]+$' THEN {0}::text ELSE {1} END").format(
            value, sql.Literal(self.strange)
        )


def neutralised(cell: Expression) -> Expression:
    """Return a cell that no spreadsheet runs, as `neutralise` does."""
    return sql.SQL(
        "CASE WHEN strpos({signs}, left({cell}, 1)) > 0 AND {cell} ~ {formula} "
        "THEN '''' || {cell} ELSE {cell} END"
    ).format(cell=cell, signs=sql.Literal(MAY_BE_FORMULA), formula=sql.Literal(FORMULA))


def _answer_at(place: int) -> Expression:
    return sql.Identifier(f"answer_{place}")


def _text_of(value: Expression) -> Expression:
    return sql.SQL("({} #>> '{{}}')").format(value)


def _escaped(text: Expression) -> Expression:
    """Mark in an option what would end it, as `join_options` does."""
    return sql.SQL(r"replace(replace({}, '\', '\\'), ';', '\;')").format(text)
