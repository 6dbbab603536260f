"""Whatever happens between them, all exports of what is new hold what one export of all holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eoc_cms.core.models import User
from forms_app.exporting.making import Wish, make_export
from forms_app.listing.answers import ANSWERS
from forms_app.listing.base import UnusableFiltersError
from forms_app.listing.tables import Table
from forms_app.models import FormPage, FormRight, FormVersion, Submission
from forms_app.models.exports import FileFormat
from home.groups import EDITORS
from tests.factories.exports import table
from tests.factories.fixtures import MakeForm

FIRST = 210
EDITOR, COMMAND = "editor", "command"
QUERIES = ["", "form={1}", "marked=starred", "state=accepted"]
EDITS: list[dict[str, Any]] = [
    {"is_test": True},
    {"is_test": False},
    {"is_starred": True},
    {"is_starred": False},
    {"state": "held"},
    {"state": "accepted"},
]
SLICES = st.tuples(st.integers(0, FIRST), st.integers(1, FIRST))
STEPS = st.one_of(
    st.tuples(st.just("edit"), SLICES, st.sampled_from(EDITS)),
    st.tuples(st.just("erase"), SLICES, st.just(7)),
    st.tuples(st.just("send"), st.integers(1, 40), st.integers(0, 1)),
    st.tuples(st.just("right"), st.integers(0, 1), st.booleans()),
    st.tuples(
        st.just("export"),
        st.tuples(st.sampled_from([EDITOR, COMMAND]), st.sampled_from(QUERIES)),
        # All of it, what is new, or what is new in a file that breaks off.
        st.sampled_from(["all", "new", "new", "new", "half"]),
    ),
)


@pytest.fixture
def forms(make_form: MakeForm) -> list[FormPage]:
    user = User.objects.create_user(EDITOR, "editor@example.org")
    user.groups.add(Group.objects.get(name=EDITORS))
    return [make_form(title="Guides"), make_form(title="News")]


@dataclass
class World:
    """Two forms, their answers, and what each owner has had of each list."""

    forms: list[FormPage]
    had: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    sent: int = 0

    def send(self, count: int, place: int) -> None:
        form = self.forms[place]
        version = FormVersion.objects.kept(FormVersion.objects.shown_by(form))
        numbers = range(self.sent, self.sent + count)
        self.sent += count
        Submission.objects.bulk_create(
            Submission(
                form_key=form.form_key,
                version=version,
                form_data={"email": f"{number}@example.org"},
                receipt=f"R{number}",
                repeat_key=f"R{number}",
                submit_time=timezone.now(),
            )
            for number in numbers
        )

    def edit(self, some: tuple[int, int], values: dict[str, Any]) -> None:
        self._some(some).update(**values)

    def erase(self, some: tuple[int, int], every: int) -> None:
        keys = list(self._some(some).values_list("pk", flat=True))[::every]
        Submission.objects.filter(pk__in=keys).delete()

    def _some(self, some: tuple[int, int]) -> Any:
        start, count = some
        keys = Submission.objects.order_by("pk").values_list("pk", flat=True)
        return Submission.objects.filter(pk__in=list(keys[start : start + count]))

    def right(self, place: int, is_given: bool) -> None:
        form = self.forms[place]
        rights = FormRight.objects.filter(form_key=form.form_key)
        rights.delete()
        if is_given:
            group = Group.objects.get(name=EDITORS)
            FormRight.objects.create(
                group=group, form_key=form.form_key, may_view=True, may_export=True
            )

    def export(self, scope: tuple[str, str], kind: str) -> None:
        if (asked := self.table(scope)) is None:
            return
        receipts = self.receipts(asked, scope[0], only_new=kind != "all", is_whole=kind != "half")
        had = self.had.setdefault(scope, set())
        if kind == "new":
            assert had.isdisjoint(receipts), "what was had is no news"
        if kind != "half":
            had.update(receipts)

    def table(self, scope: tuple[str, str]) -> Table | None:
        """Return what an owner may export under a filter; None where that is refused."""
        owner, query = scope
        query = query.format(*(form.form_key for form in self.forms))
        if owner == COMMAND:
            return ANSWERS.everything(query)
        user = User.objects.get(username=EDITOR)
        try:
            return ANSWERS.table(user=user, query=query) if ANSWERS.may_export(user) else None
        except UnusableFiltersError:
            return None

    def receipts(
        self, asked: Table, owner: str, *, only_new: bool, is_whole: bool = True
    ) -> list[str]:
        user = User.objects.get(username=EDITOR) if owner == EDITOR else None
        wish = Wish(file_format=FileFormat.RAW, only_new=only_new)
        export = make_export(asked.with_columns([(":receipt", "")]), wish=wish, user=user)
        if not is_whole:
            next(export.chunks)
            return []
        _headings, *lines = table(b"".join(export.chunks))
        assert len(lines) == export.rows
        return [line[0] for line in lines]


@contextmanager
def thrown_away() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, max_size=25))
def test_union_of_all_that_was_new_is_all_there_is(
    forms: list[FormPage], steps: list[tuple[str, Any, Any]]
) -> None:
    with thrown_away():
        world = World(forms)
        world.right(0, True)
        world.send(FIRST // 2, 0)
        world.send(FIRST // 2, 1)
        for name, what, how in steps:
            getattr(world, name)(what, how)
        for owner in (EDITOR, COMMAND):
            for query in QUERIES:
                scope = (owner, query)
                if (asked := world.table(scope)) is None:
                    continue
                world.export(scope, "new")
                everything = world.receipts(asked, owner, only_new=False)
                # Beside it stands only what was had, and has left the list since.
                assert world.had[scope].issuperset(everything)
                assert len(set(everything)) == len(everything)
