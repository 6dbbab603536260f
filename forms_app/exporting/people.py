"""What is known of people, for a page of them at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from forms_app import outcomes
from forms_app.models import FormVersion, Submission
from forms_app.outcomes import OfPerson

# Of the people on one page; older answers than these are not looked through for consents.
MOST_READ = 2_000


@dataclass(frozen=True, kw_only=True)
class Consent:
    """The latest answer to one question of consent."""

    words: str
    label: str
    is_given: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Known:
    answers: int = 0
    consents: tuple[Consent, ...] = ()
    outcome: OfPerson = field(default_factory=OfPerson)


def known_of(keys: Collection[int], *, most_read: int | None = MOST_READ) -> dict[int, Known]:
    """Return what is known of each person, in as many queries for fifty as for one."""
    answers = Submission.objects.filter(person__in=keys).counted()
    counts = dict(answers.order_by().values_list("person").annotate(count=Count("pk")))
    consents = _consents(keys, most_read)
    came_of = outcomes.of_people(keys)
    return {
        key: Known(
            answers=counts.get(key, 0),
            consents=tuple(consents.get(key, {}).values()),
            outcome=came_of.get(key, OfPerson()),
        )
        for key in keys
    }


def _consents(
    keys: Collection[int], most_read: int | None
) -> dict[int, dict[tuple[object, str], Consent]]:
    newest = Submission.objects.filter(person__in=keys).counted().order_by("-submit_time", "-pk")
    rows = list(
        newest.values_list("person", "version", "form_key", "form_data", "submit_time")[:most_read]
    )
    questions = _questions({row[1] for row in rows})
    found: dict[int, dict[tuple[object, str], Consent]] = {}
    for person, version, form_key, data, at in rows:
        for question in questions.get(version, ()):
            if question["name"] in data:
                found.setdefault(person, {}).setdefault(
                    (form_key, question["name"]),
                    Consent(
                        words=question.get("consent_text") or question["label"],
                        label=question["label"],
                        is_given=data[question["name"]] is True,
                        at=at,
                    ),
                )
    return found


def _questions(versions: set[int]) -> dict[int, list[dict[str, str]]]:
    rows = FormVersion.objects.filter(pk__in=versions).values_list("pk", "fields")
    return {
        key: [field for field in fields if field.get("type") == "consent"] for key, fields in rows
    }
