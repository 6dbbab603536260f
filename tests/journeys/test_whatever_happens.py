"""Editors, visitors and data managers in any order: what was settled when it was sent stays so.

A state machine edits, moves, unpublishes, deletes and exchanges forms and guides, opens pages
and sends them later, holds, releases, marks, stars and erases answers, gives rights and takes
them away, and exports. In the end: nothing accepted is missing under the words it was shown
with; nothing is delivered that was not asked for; the exports of what is new hold everything
together; nobody exports what they have no right to; and nothing of an erased person is left.
"""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from eoc_cms.core.mailbox import normalise_email
from eoc_cms.core.models import OutgoingMail, User
from eoc_cms.core.spreadsheets.csv_writing import restore
from forms_app.models import FormField, FormPage, Person, Submission
from home.models import HomePage, StandardPage
from resources.models import Grant, ResourceIndexPage, ResourcePage
from tests.factories import pages
from tests.factories.visitor import Visitor

NAMES = ("ana", "ben", "zoë", "ana")
LABELS = ("Name", "name", "School", "Form", "Sent", "=1+1", "Ñame")
# In the form in which it is stored.
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
PICK = st.integers(0, 50)
MARK = re.compile(r" \((optional|required)\)$")
SEND_AGAIN = {307, 308}  # what a browser sends once more to where the page is now
TRAP = {"website_address": "https://spam.example"}
LIST = "/admin/forms_app/submission/"
BOSS, READER = "boss", "reader"  # who may export everything, and what they are given


@dataclass
class Opened:
    """A page in a visitor's window, with the words that stand on it."""

    visitor: Visitor
    labels: dict[str, str]
    guide: int | None


@dataclass
class Sent:
    """What somebody sent: to be found again under these words."""

    answers: dict[str, str]
    email: str
    guide: int | None


@dataclass
class World:
    opened: list[Opened] = field(default_factory=list)
    sent: dict[str, Sent] = field(default_factory=dict)
    brought: dict[str, list[str]] = field(default_factory=lambda: {BOSS: [], READER: []})
    count: int = 0


class Happenings(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        cache.clear()
        self.world = World()
        self.group = Group.objects.create(name="Readers")
        self.group.permissions.add(Permission.objects.get(codename="access_admin"))
        reader = User.objects.create_user(READER)
        reader.groups.add(self.group)
        self.staff = {BOSS: Client(), READER: Client()}
        self.staff[BOSS].force_login(User.objects.create_superuser(BOSS))
        self.staff[READER].force_login(reader)
        home = HomePage.objects.get()
        pages.publish(home.add_child(instance=StandardPage(title="Our programs")))
        self.index = pages.publish(
            home.add_child(instance=ResourceIndexPage(title="Resources", slug="resources"))
        )
        for _number in range(2):
            self.new_form()
        for _number in range(2):
            self.new_guide(form=0)

    def teardown(self) -> None:
        try:
            # Whatever is exported whole is not new any more.
            self.exports_of_what_is_new_hold_everything()
            self.nothing_accepted_is_missing()
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)
            cache.clear()

    # --- Editors -----------------------------------------------------------------------------

    def publish(self, page: Any) -> None:
        pages.publish(page)
        cache.clear()

    def forms(self) -> list[FormPage]:
        return list(FormPage.objects.order_by("pk"))

    def guides(self) -> list[ResourcePage]:
        return list(ResourcePage.objects.order_by("pk"))

    def new_form(self) -> None:
        self.world.count += 1
        page = FormPage(
            title=f"Form {self.world.count}",
            slug=f"form-{self.world.count}",
            visitor_mail_body="{title} {link}",
        )
        page.form_fields = [  # type: ignore[misc]
            FormField(sort_order=0, label="E-mail", field_type="email", required=True),
            FormField(sort_order=1, label="Name", field_type="singleline"),
        ]
        home = HomePage.objects.get()
        self.publish(home.add_child(instance=page))

    def new_guide(self, form: int) -> None:
        self.world.count += 1
        forms = self.forms()
        self.index.refresh_from_db()
        pages.make_resource(
            self.index,
            f"Guide {self.world.count}",
            gate_mode="form",
            gate_form=forms[form % len(forms)],
        )
        cache.clear()

    @rule(which=PICK, at=PICK, label=st.sampled_from(LABELS))
    def relabel(self, which: int, at: int, label: str) -> None:
        page = self.forms()[which % 2]
        others = list(page.form_fields.exclude(field_type="email"))
        if others:
            chosen = others[at % len(others)]
            chosen.label = label
            page.form_fields.add(chosen)
            self.publish(page)

    @rule(which=PICK, label=st.sampled_from(LABELS))
    def add_field(self, which: int, label: str) -> None:
        page = self.forms()[which % 2]
        page.form_fields.add(FormField(sort_order=50, label=label, field_type="singleline"))
        self.publish(page)

    @rule(which=PICK)
    def remove_field(self, which: int) -> None:
        page = self.forms()[which % 2]
        others = list(page.form_fields.exclude(field_type="email"))
        if others:
            page.form_fields.remove(others[-1])
            self.publish(page)

    @rule(which=PICK, title=st.sampled_from(LABELS))
    def rename(self, which: int, title: str) -> None:
        for page in (self.forms()[which % 2], self.guides()[which % len(self.guides())]):
            page.title = title
            self.publish(page)

    @rule(which=PICK)
    def move_form(self, which: int) -> None:
        page = self.forms()[which % 2]
        home, section = HomePage.objects.get(), StandardPage.objects.get()
        page.move(section if page.is_child_of(home) else home, "last-child")
        cache.clear()

    @rule(slug=st.sampled_from(["resources", "library"]))
    def move_guides(self, slug: str) -> None:
        self.index.refresh_from_db()
        self.index.slug = slug
        self.publish(self.index)

    @rule(which=PICK)
    def turn_off_or_on(self, which: int) -> None:
        page = self.guides()[which % len(self.guides())]
        if page.live:
            page.unpublish()
            cache.clear()
        else:
            self.publish(page)

    @rule(which=PICK)
    def delete_guide(self, which: int) -> None:
        self.guides()[which % len(self.guides())].delete()
        self.new_guide(which)

    @rule(which=PICK, form=PICK)
    def exchange_form(self, which: int, form: int) -> None:
        page = self.guides()[which % len(self.guides())]
        page.gate_form = self.forms()[form % 2]
        self.publish(page)

    # --- Visitors ----------------------------------------------------------------------------

    @rule(which=PICK, at_guide=st.booleans())
    def open_page(self, which: int, at_guide: bool) -> None:
        found: list[Any] = list(self.guides() if at_guide else self.forms())
        page = found[which % len(found)]
        visitor = Visitor(page.url)
        if "form-version" not in visitor.fields:
            return
        labels = {
            str(tag["for"]).removeprefix("id_"): MARK.sub("", " ".join(tag.text.split()))
            for tag in visitor.page.select("form.form label[for]")
        }
        asked = {name: words for name, words in labels.items() if name in visitor.fields}
        self.world.opened.append(Opened(visitor, asked, page.pk if at_guide else None))

    @precondition(lambda self: self.world.opened)
    @rule(which=PICK, name=st.sampled_from(NAMES), words=WORDS, is_spam=st.booleans())
    def send_page(self, which: int, name: str, words: str, is_spam: bool) -> None:
        opened = self.world.opened[which % len(self.world.opened)]
        address = f"{name.upper() if which % 2 else name}@münchen.example"
        address = address.replace("ë", "e").replace("Ë", "E")
        typed = {
            field: address if field == "e_mail" else words
            for field in opened.labels
            if field != "website_address"
        }
        known = set(Submission.objects.values_list("receipt", flat=True))
        body = {**opened.visitor.fields, **typed, **(TRAP if is_spam else {})}
        response: Any = Client().post(opened.visitor.action.partition("#")[0], body)
        while response.status_code in SEND_AGAIN:
            response = Client().post(response["Location"], body)
        if new := Submission.objects.exclude(receipt__in=known).first():
            self.world.sent[new.receipt] = Sent(
                {opened.labels[field]: text for field, text in typed.items()}, address, opened.guide
            )
        if new or response.status_code == 303:
            return
        page = Visitor.__new__(Visitor)
        page.response = response
        inputs = {value for values in page.fields.values() for value in values}
        for text in typed.values():
            assert text in inputs or text in page.text, (text, page.text[:400])

    # --- Data managers -----------------------------------------------------------------------

    def answer(self, which: int) -> Submission | None:
        rows = list(Submission.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    @rule(
        which=PICK,
        do=st.sampled_from(["deliver", "hold", "test", "star", "erase"]),
        value=st.sampled_from(["yes", "no"]),
    )
    def act(self, which: int, do: str, value: str) -> None:
        answer = self.answer(which)
        if answer is None:
            return
        address = reverse("forms_app_answer_action", args=[answer.pk])
        self.staff[BOSS].post(address, {"do": do, "value": value})
        if do == "erase":
            self.world.sent.pop(answer.receipt, None)

    @rule(which=PICK, gives=st.booleans())
    def give_or_take_right(self, which: int, gives: bool) -> None:
        form_key = self.forms()[which % 2].key
        self.group.form_rights.filter(form_key=form_key).delete()
        if gives:
            self.group.form_rights.create(form_key=form_key, may_view=True, may_export=True)

    @rule(who=st.sampled_from([BOSS, READER]))
    def export_what_is_new(self, who: str) -> None:
        new = [row["Receipt number"] for row in self.exported(who, only_new="1")]
        assert set(new) <= self.readable(who)
        self.world.brought[who] += new

    def readable(self, who: str) -> set[str]:
        """Return the receipts of what stands in the list that a person may read."""
        rows = Submission.objects.filter(is_test=False)
        if who == READER:
            rows = rows.filter(form_key__in=self.group.form_rights.values("form_key"))
        return set(rows.values_list("receipt", flat=True))

    def exported(self, who: str = BOSS, **query: str) -> list[dict[str, str]]:
        got: Any = self.staff[who].get(LIST, {"export": "csv", **query})
        if not got.streaming:
            return []
        text = b"".join(got.streaming_content).decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text)))
        heads = [restore(cell) for cell in lines[0]]
        return [
            dict(zip(heads, [restore(cell) for cell in line], strict=True)) for line in lines[1:]
        ]

    # --- What holds --------------------------------------------------------------------------

    @invariant()
    def nothing_is_given_that_was_not_asked_for(self) -> None:
        for grant in Grant.objects.exclude(submission=None).select_related("submission"):
            sent = self.world.sent.get(grant.submission.receipt)
            if sent and sent.guide is not None:
                assert grant.resource_id_asked == sent.guide
        for mail in OutgoingMail.objects.waiting():
            sent = self.world.sent.get(mail.about)
            assert sent is None or mail.recipient == sent.email

    @invariant()
    def nothing_of_an_erased_person_is_left(self) -> None:
        known = {normalise_email(sent.email) for sent in self.world.sent.values()}
        assert set(Person.objects.values_list("email", flat=True)) == known
        assert set(OutgoingMail.objects.values_list("about", flat=True)) <= set(self.world.sent)

    def nothing_accepted_is_missing(self) -> None:
        rows = {
            row["Receipt number"]: row for row in [*self.exported(), *self.exported(state="test")]
        }
        tests = Submission.objects.filter(is_test=True).values_list("receipt", flat=True)
        for receipt, sent in self.world.sent.items():
            if receipt in set(tests):
                continue
            row = rows[receipt]
            for label, text in sent.answers.items():
                assert any(label in heading and value == text for heading, value in row.items()), (
                    label,
                    text,
                    row,
                )

    def exports_of_what_is_new_hold_everything(self) -> None:
        for who, brought in self.world.brought.items():
            self.export_what_is_new(who)
            everything = {row["Receipt number"] for row in self.exported(who)}
            assert everything == self.readable(who)
            assert len(brought) == len(set(brought))
            assert everything <= set(brought)


@pytest.mark.django_db
def test_what_was_settled_stays_whatever_happens() -> None:
    run_state_machine_as_test(
        Happenings,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
