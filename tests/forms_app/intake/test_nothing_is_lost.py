"""Whatever editors do to a form, every accepted answer stays in the export.

Random forms, edits and answers, in any order; in the end each answer stands in its own
row, in a column whose heading holds the words that it was asked with.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from eoc_cms.core.models import User
from eoc_cms.core.spreadsheets.csv_writing import restore
from eoc_cms.core.typed_text import clean_line
from forms_app.models import FormField, FormPage, Submission
from home.models import HomePage, StandardPage
from tests.factories.pages import publish

LABELS = [
    "Name",
    "name",
    "Receipt number",
    "Form",
    "submit time",
    "Ñame",
    "答え",
    "=1+1",
    "🌻",
    "-",
]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(
    str.strip
)
EDITS = [
    "add",
    "remove",
    "rename",
    "reorder",
    "retype",
    "move",
    "alias",
    "copy",
    "delete",
    "answer",
]
STEPS = st.lists(
    st.tuples(st.sampled_from(EDITS), st.integers(0, 9), st.sampled_from(LABELS), TEXT),
    min_size=3,
    max_size=12,
)


@dataclass
class Site:
    """A site under edit, and what has been answered on it."""

    below: Any
    pages: list[int] = field(default_factory=list)
    answered: dict[str, dict[str, str]] = field(default_factory=dict)

    def page(self, number: int) -> FormPage | None:
        # An alias stays unpublished when its page was, and that page is gone.
        live = [key for key in self.pages if FormPage.objects.live().filter(pk=key).exists()]
        return FormPage.objects.get(pk=live[number % len(live)]) if live else None

    def new_page(self) -> FormPage:
        home = HomePage.objects.get()
        made = FormPage(title=f"Form {len(self.pages)}")
        made.form_fields = [FormField(sort_order=0, label="Name", field_type="singleline")]  # type: ignore[misc]
        page = publish(home.add_child(instance=made))
        self.pages.append(page.pk)
        return page


def edit(site: Site, what: str, number: int, label: str, text: str) -> None:
    page = site.page(number) or site.new_page()
    if page.alias_of_id and what != "answer":
        # Only the page itself is edited; the alias follows it.
        page = FormPage.objects.get(pk=page.alias_of_id)
    fields = list(page.form_fields.all())
    chosen = fields[number % len(fields)] if fields else None
    if what == "answer":
        answer(site, page, text)
    elif what == "add" or chosen is None:
        added = FormField(sort_order=len(fields), label=label, field_type="multiline")
        page.form_fields.add(added)
        publish(page)
    elif what in FIELD_EDITS:
        FIELD_EDITS[what](page, chosen, label)
        publish(page)
    else:
        PAGE_EDITS[what](site, page, number)


def retype(page: FormPage, chosen: FormField, label: str) -> None:
    chosen.field_type = "singleline" if chosen.field_type == "multiline" else "multiline"
    chosen.save()


def rename(page: FormPage, chosen: FormField, label: str) -> None:
    chosen.label = label
    chosen.save()


def remove(page: FormPage, chosen: FormField, label: str) -> None:
    page.form_fields.remove(chosen)


def reorder(page: FormPage, chosen: FormField, label: str) -> None:
    chosen.sort_order = (chosen.sort_order or 0) - 5
    chosen.save()


FIELD_EDITS = {"remove": remove, "rename": rename, "reorder": reorder, "retype": retype}


def move(site: Site, page: FormPage, number: int) -> None:
    page.move(Page.objects.get(pk=site.below.pk), pos="last-child")


def alias(site: Site, page: FormPage, number: int) -> None:
    if page.alias_of_id is None:
        slug = f"alias-{len(site.pages)}"
        parent = HomePage.objects.get()
        made = CreatePageAliasAction(page, update_slug=slug, parent=parent).execute()
        site.pages.append(made.pk)


def copy(site: Site, page: FormPage, number: int) -> None:
    made = page.copy(update_attrs={"slug": f"copy-{len(site.pages)}"})
    publish(made)
    site.pages.append(made.pk)


def delete(site: Site, page: FormPage, number: int) -> None:
    if number % 3 == 0:
        page.unpublish()
    page.delete()


PAGE_EDITS = {"alias": alias, "copy": copy, "delete": delete, "move": move}


def answer(site: Site, page: FormPage, text: str) -> None:
    page = FormPage.objects.get(pk=page.pk)
    asked = {entry.clean_name: entry.label for entry in page.get_form_fields()}
    given = {name: f"{text}{place}" for place, name in enumerate(asked)}
    before = set(Submission.objects.values_list("receipt", flat=True))
    assert Client().post(page.url, given).status_code == 303
    new = set(Submission.objects.values_list("receipt", flat=True)) - before
    for receipt in new:
        site.answered[receipt] = {label: clean_line(given[name]) for name, label in asked.items()}


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo what an example has stored, so that the next starts from nothing."""
    with transaction.atomic():
        point = transaction.savepoint()
        yield
        transaction.savepoint_rollback(point)
    cache.clear()


def exported() -> tuple[list[str], list[list[str]]]:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@example.org", "pw"))
    address = reverse("forms_app_submission_modeladmin_index")
    response: Any = client.get(address, {"export": "csv"})
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    headings, *rows = csv.reader(io.StringIO(body, newline=""))
    return [restore(text) for text in headings], rows


@settings(
    max_examples=25,
    phases=[Phase.generate],  # to shrink an example of this size takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_every_accepted_answer_is_exported_under_the_words_it_was_asked_with(
    home: HomePage, steps: list[tuple[str, int, str, str]]
) -> None:
    with taken_back():
        home.refresh_from_db()
        below = publish(home.add_child(instance=StandardPage(title="Below")))
        site = Site(below=below)
        site.new_page()
        for step in steps:
            edit(site, *step)
        Page.objects.get(pk=below.pk).delete()
        headings, rows = exported()
        by_receipt = {row[0]: row for row in rows}
        assert set(by_receipt) == set(site.answered)
        for receipt, answers in site.answered.items():
            check(headings, by_receipt[receipt], answers)


def check(headings: list[str], row: list[str], answers: dict[str, str]) -> None:
    cells = [(heading, restore(cell)) for heading, cell in zip(headings, row, strict=True) if cell]
    for label, text in answers.items():
        assert any(label in heading and cell == text for heading, cell in cells), (label, text)
