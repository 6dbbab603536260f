"""What somebody agrees to is their last word that counts, whatever became of their answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eoc_cms.core.models import User
from forms_app.consents.recording import change_mind
from forms_app.consents.standing import standing_of
from forms_app.intake.accepting import SentAnswer, accept
from forms_app.intake.tray import let_through, mark_as_test, put_aside
from forms_app.models import ConsentEvent, FormPage, FormVersion, Person, Submission
from forms_app.privacy.erasing import erase_answers, erase_person
from tests.factories.fixtures import MakeForm

How = ConsentEvent.How
UPDATES = {
    "clean_name": "updates",
    "label": "Updates",
    "field_type": "consent",
    "consent_text": "Write to me once a month.",
    "required": False,
}
PICTURES = {**UPDATES, "clean_name": "pictures", "label": "Pictures"}
PEOPLE = ("ana@example.org", "zoe@example.org")
NUMBERS = count()

Fact = tuple[str, tuple[Any, str], bool, int | None]


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("staff", "staff@example.org")


@pytest.fixture
def forms(make_form: MakeForm) -> list[FormPage]:
    """Publish two forms that ask for the same in the same words."""
    number = {"clean_name": "number", "label": "Number", "field_type": "singleline"}
    return [make_form(number, UPDATES, PICTURES, title=title) for title in ("Guides", "News")]


def answer(form: FormPage, email: str, **answers: bool) -> Submission:
    return accept(
        SentAnswer(
            form_page=form,
            version=FormVersion.objects.shown_by(form),
            source=form,
            answers={"email": email, "number": str(next(NUMBERS)), **answers},
        )
    )


def standing(email: str) -> dict[tuple[Any, str], bool]:
    person = Person.objects.filter(email=email).first()
    if person is None:
        return {}
    return {key: event.is_given for key, event in standing_of([person.pk])[person.pk].items()}


def say(email: str, key: tuple[Any, str], *, is_given: bool) -> None:
    form_key, name = key
    said = ConsentEvent.objects.filter(person__email=email, form_key=form_key, field_name=name)
    change_mind(said.order_by("pk")[0], is_given=is_given, how=How.PERSON)


# --- Over any sequence -------------------------------------------------------------


@dataclass
class Plain:
    """All that was said, one after the other, and what became of the answers."""

    facts: list[Fact] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    tests: set[int] = field(default_factory=set)

    def standing(self, email: str) -> dict[tuple[Any, str], bool]:
        left_out = self.held | self.tests
        return {
            key: is_given
            for who, key, is_given, number in self.facts
            if who == email and number not in left_out
        }

    def said_to(self) -> list[tuple[str, tuple[Any, str]]]:
        return sorted({(who, key) for who, key, _given, _number in self.facts}, key=str)

    def answers(self) -> list[int]:
        return sorted({number for *_said, number in self.facts if number is not None})

    def drop(self, is_gone: Callable[[Fact], bool]) -> None:
        """Take facts away, and then those of everybody who has no answer left."""
        self.facts = [fact for fact in self.facts if not is_gone(fact)]
        known = {who for who, _key, _given, number in self.facts if number is not None}
        self.facts = [fact for fact in self.facts if fact[0] in known]


def send(plain: Plain, forms: list[FormPage], draw: st.DataObject) -> None:
    form, email = draw.draw(st.sampled_from(forms)), draw.draw(st.sampled_from(PEOPLE))
    # A question that hangs on another may not have been asked.
    asked = draw.draw(st.sets(st.sampled_from(("updates", "pictures")), min_size=1))
    ticks = {name: draw.draw(st.booleans()) for name in sorted(asked)}
    stored = answer(form, email, **ticks)
    plain.facts += [
        (email, (form.form_key, name), ticks[name], stored.pk)
        for name in ("updates", "pictures")
        if name in ticks
    ]


def act_on_answer(plain: Plain, staff: User, draw: st.DataObject) -> None:
    stored = Submission.objects.get(pk=draw.draw(st.sampled_from(plain.answers())))
    act = draw.draw(st.sampled_from(("hold", "release", "test", "no test", "erase")))
    if act == "hold":
        put_aside(stored, user=staff)
        plain.held.add(stored.pk)
    elif act == "release":
        let_through(stored, user=staff)
        plain.held.discard(stored.pk)
    elif act == "erase":
        erase_answers(Submission.objects.filter(pk=stored.pk), user=staff)
        plain.drop(lambda fact: fact[3] == stored.pk)
    else:
        mark_as_test(stored, is_test=act == "test", user=staff)
        (plain.tests.add if act == "test" else plain.tests.discard)(stored.pk)


def change(plain: Plain, draw: st.DataObject) -> None:
    email, key = draw.draw(st.sampled_from(plain.said_to()))
    is_given = draw.draw(st.booleans())
    say(email, key, is_given=is_given)
    plain.facts.append((email, key, is_given, None))


def erase(plain: Plain, draw: st.DataObject) -> None:
    email = draw.draw(st.sampled_from(PEOPLE))
    erase_person(email=email)
    plain.drop(lambda fact: fact[0] == email)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_state_is_what_reading_all_that_was_said_gives(
    forms: list[FormPage], staff: User, draw: st.DataObject
) -> None:
    for email in PEOPLE:
        erase_person(email=email)
    plain = Plain()
    acts = st.sampled_from(("send", "send", "act", "act", "change", "change", "erase"))
    for act in draw.draw(st.lists(acts, min_size=3, max_size=14)):
        if act == "erase":
            erase(plain, draw)
        elif act == "send" or not plain.facts:
            send(plain, forms, draw)
        elif act == "act":
            act_on_answer(plain, staff, draw)
        else:
            change(plain, draw)
        for email in PEOPLE:
            assert standing(email) == plain.standing(email)
    listed = {
        (event.person.email, event.key): event.is_given
        for event in ConsentEvent.objects.standing().given().select_related("person")
    }
    agreed = {
        (email, key): True
        for email in PEOPLE
        for key, is_given in plain.standing(email).items()
        if is_given
    }
    assert listed == agreed
    assert taken_back() == plainly_taken_back(plain)


def taken_back() -> set[tuple[str, tuple[Any, str]]]:
    found = ConsentEvent.objects.standing().taken_back().select_related("person")
    return {(event.person.email, event.key) for event in found}


def plainly_taken_back(plain: Plain) -> set[tuple[str, tuple[Any, str]]]:
    left_out = plain.held | plain.tests
    counting = [fact for fact in plain.facts if fact[3] not in left_out]
    once = {(who, key) for who, key, is_given, _number in counting if is_given}
    now = {(who, key): is_given for who, key, is_given, _number in counting}
    return {each for each in once if not now[each]}


# --- One rule each -----------------------------------------------------------------


def test_answer_notes_what_was_ticked_and_what_was_not_in_the_words_shown(
    forms: list[FormPage],
) -> None:
    stored = answer(forms[0], PEOPLE[0], updates=True, pictures=False)
    yes, no = ConsentEvent.objects.order_by("pk")
    assert (yes.label, yes.is_given, no.label, no.is_given) == ("Updates", True, "Pictures", False)
    assert yes.wording == "Write to me once a month."
    assert (yes.form_title, yes.at, yes.how) == ("Guides", stored.submit_time, How.ANSWER)
    assert yes.submission == stored


def test_question_that_was_not_asked_and_answer_of_nobody_note_nothing(
    forms: list[FormPage],
) -> None:
    answer(forms[0], PEOPLE[0])
    answer(forms[0], "", updates=True)
    assert not ConsentEvent.objects.exists()


def test_same_words_of_two_forms_are_two_consents(forms: list[FormPage]) -> None:
    for form in forms:
        answer(form, PEOPLE[0], updates=True)
    say(PEOPLE[0], (forms[0].form_key, "updates"), is_given=False)
    assert list(standing(PEOPLE[0]).values()).count(True) == 1


def test_answer_that_is_held_counts_from_the_day_it_was_sent_once_let_through(
    forms: list[FormPage], staff: User
) -> None:
    key = (forms[0].form_key, "updates")
    stored = answer(forms[0], PEOPLE[0], updates=True)
    put_aside(stored, user=staff)
    assert standing(PEOPLE[0]) == {}
    let_through(stored, user=staff)
    assert standing(PEOPLE[0]) == {key: True}
    assert ConsentEvent.objects.standing().get().at == stored.submit_time


def test_withdrawal_holds_against_an_answer_that_is_let_through_later(
    forms: list[FormPage], staff: User
) -> None:
    key = (forms[0].form_key, "updates")
    stored = answer(forms[0], PEOPLE[0], updates=True)
    put_aside(stored, user=staff)
    say(PEOPLE[0], key, is_given=False)
    let_through(stored, user=staff)
    assert standing(PEOPLE[0]) == {key: False}


def test_withdrawal_outlives_the_answer_that_it_took_back(forms: list[FormPage]) -> None:
    key = (forms[0].form_key, "updates")
    first = answer(forms[0], PEOPLE[0], updates=True)
    answer(forms[1], PEOPLE[0])
    say(PEOPLE[0], key, is_given=False)
    erase_answers(Submission.objects.filter(pk=first.pk))
    assert standing(PEOPLE[0]) == {key: False}
    erase_person(email=PEOPLE[0])
    assert not ConsentEvent.objects.exists()


def test_second_press_notes_nothing_and_neither_does_one_after_erasure(
    forms: list[FormPage],
) -> None:
    answer(forms[0], PEOPLE[0], updates=True)
    shown = ConsentEvent.objects.get()
    assert change_mind(shown, is_given=False, how=How.PERSON)
    assert not change_mind(shown, is_given=False, how=How.PERSON)
    assert ConsentEvent.objects.count() == 2
    erase_person(email=PEOPLE[0])
    assert not change_mind(shown, is_given=False, how=How.PERSON)


def test_many_people_are_read_in_one_query(
    forms: list[FormPage], django_assert_num_queries: Any
) -> None:
    for email in PEOPLE:
        answer(forms[0], email, updates=True)
    keys = list(Person.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert len(standing_of(keys)) == 2
