"""What came of answers here: grants, and what was downloaded by them."""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from forms_app.models import Submission
from forms_app.outcomes import Chapter, Line, OfPerson, Teller
from resources.gate.grant_actions import revoke_grants
from resources.models import Download, Grant

SHOWN = 20


def of_answer(submission: Submission, user: Any) -> list[Chapter]:
    grants = list(submission.grants.order_by("pk")[:SHOWN])
    downloads = Download.objects.filter(grant__in=[grant.pk for grant in grants])
    may_open = user.has_perm("resources.view_grant")
    return [
        Chapter(title=_("What it opened"), lines=[_line(grant, may_open) for grant in grants]),
        Chapter(
            title=_("What was downloaded"),
            lines=[
                Line(text=row.file_title, note=row.resource_title, at=row.downloaded_at)
                for row in downloads.order_by("-downloaded_at", "-pk")[:SHOWN]
            ],
        ),
    ]


def _line(grant: Grant, may_open: bool) -> Line:
    return Line(
        text=str(grant),
        note=_("Revoked") if grant.revoked_at else "",
        at=grant.created_at,
        url=reverse("resources_grant_modeladmin_inspect", args=[grant.pk]) if may_open else "",
    )


def of_people(keys: Collection[int]) -> dict[int, OfPerson]:
    titles: defaultdict[int, list[str]] = defaultdict(list)
    grants = Grant.objects.filter(person__in=keys).order_by("-created_at", "-pk")
    for person, title in grants.values_list("person", "resource_title"):
        titles[person].append(title)
    downloads = Counter(
        dict(
            Download.objects.filter(grant__person__in=keys)
            .order_by()
            .values_list("grant__person")
            .annotate(count=Count("pk"))
        )
    )
    return {
        key: OfPerson(asked_for=tuple(dict.fromkeys(titles[key])), downloads=downloads[key])
        for key in {*titles, *downloads}
    }


def withdraw(submission: Submission) -> None:
    revoke_grants(Grant.objects.filter(submission=submission))


TELLER = Teller(of_answer=of_answer, of_people=of_people, withdraw=withdraw)
