"""What people have agreed to by now, read for many at once."""

from collections.abc import Callable, Collection
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _
from pyroaring import BitMap64

from forms_app.models import ConsentEvent
from forms_app.models.consent import ConsentKey

Standing = dict[ConsentKey, ConsentEvent]


def standing_of(people: Collection[int]) -> dict[int, Standing]:
    """Return each person's last word on each consent, in one query for all of them."""
    found: dict[int, Standing] = {key: {} for key in people}
    if found:
        rows = ConsentEvent.objects.standing().filter(person__in=found)
        for event in rows.order_by("form_title", "label", "pk"):
            found[event.person_id][event.key] = event
    return found


def changed_since(answers: Collection[int]) -> dict[int, Standing]:
    """Return what people said later than these answers, where it says otherwise than they do."""
    if not answers:
        return {}
    said = list(ConsentEvent.objects.filter(submission__in=answers).order_by("pk"))
    standing = standing_of({event.person_id for event in said})
    found: dict[int, Standing] = {}
    for event in said:
        now = standing[event.person_id].get(event.key)
        if now and now.pk > event.pk and now.is_given != event.is_given:
            found.setdefault(event.submission_id, {})[event.key] = now
    return found


def changes_of_answers(answers: Collection[int]) -> dict[int, list[str]]:
    """Return the same in words, for the answers of which anything has changed."""
    return {
        key: [f"{event.label}: {change_in_words(event)}" for event in changed.values()]
        for key, changed in changed_since(answers).items()
    }


def changes_for_export() -> Callable[[Collection[int]], dict[int, list[str]]]:
    """Return what tells the changes of many answers, batch by batch.

    Few people change their minds. Which answers are theirs is read once, when it is first called,
    so that the others need no look.
    """

    @cache
    def of_those_who_changed() -> BitMap64:
        people = ConsentEvent.objects.filter(is_change=True).order_by().values("person")
        said = ConsentEvent.objects.filter(person__in=people, submission__isnull=False)
        return BitMap64(said.order_by().values_list("submission", flat=True).iterator())

    def changes(answers: Collection[int]) -> dict[int, list[str]]:
        return changes_of_answers(list(BitMap64(answers) & of_those_who_changed()))

    return changes


def change_in_words(now: ConsentEvent) -> str:
    """Say what somebody said later, and on which day of the site's calendar."""
    day = {"day": f"{timezone.localtime(now.at):%Y-%m-%d}"}
    if now.is_given:
        return _("given on %(day)s") % day
    return (_("withdrawn on %(day)s") if now.is_withdrawn else _("not given on %(day)s")) % day
