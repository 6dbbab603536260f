"""What an answer leads to here, and what is held of whoever gave it: grants and downloads."""

from collections import Counter, defaultdict
from collections.abc import Collection

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from eoc_cms.core.models import Staff
from forms_app.effects import (
    AnswerEffects,
    Delivery,
    Line,
    PersonalRow,
    PersonalTable,
    PersonSummary,
    Section,
)
from forms_app.models import FormPage, Submission
from resources.gate.grants import fulfil_submission, release_grants, why_not_given
from resources.models import Download, Grant
from resources.rights import VIEW_GRANTS

SHOWN = 20


class GrantEffects(AnswerEffects):
    def fulfil(
        self, submission: Submission, form_page: FormPage, source: Page | None
    ) -> Delivery | None:
        return fulfil_submission(submission, form_page, source)

    def problem_with(self, submission: Submission) -> str:
        held = Grant.objects.filter(submission=submission, is_held=True)
        return next((words for grant in held if (words := why_not_given(grant))), "")

    def release(self, submission: Submission) -> int:
        return release_grants(submission)

    def withdraw(self, submission: Submission) -> None:
        Grant.objects.filter(submission=submission).update(is_held=True)

    def describe_answer(self, submission: Submission, user: Staff) -> list[Section]:
        grants = list(submission.grants.order_by("pk")[:SHOWN])
        downloads = Download.objects.filter(grant__in=[grant.pk for grant in grants])
        may_open = user.has_perm(VIEW_GRANTS)
        return [
            Section(title=_("What it opened"), lines=[_line(grant, may_open) for grant in grants]),
            Section(
                title=_("What was downloaded"),
                lines=[
                    Line(text=row.file_title, note=row.resource_title, at=row.downloaded_at)
                    for row in downloads.order_by("-downloaded_at", "-pk")[:SHOWN]
                ],
            ),
        ]

    def describe_people(self, keys: Collection[int]) -> dict[int, PersonSummary]:
        titles: defaultdict[int, list[str]] = defaultdict(list)
        grants = Grant.objects.filter(person__in=keys).order_by("-created_at", "-pk")
        for person, title in grants.values_list("person", "resource_title"):
            titles[person].append(title)
        counted = (
            Download.objects.filter(grant__person__in=keys)
            .order_by()
            .values_list("grant__person")
            .annotate(count=Count("pk"))
        )
        downloads = Counter(dict(counted))
        return {
            key: PersonSummary(
                asked_for=tuple(dict.fromkeys(titles[key])), downloads=downloads[key]
            )
            for key in {*titles, *downloads}
        }

    def collect(self, address: str) -> list[PersonalTable]:
        return [_grants_of(address), _downloads_of(address)]

    def erase_answers(
        self, submissions: QuerySet[Submission], *, is_time_over: bool
    ) -> dict[str, int]:
        """Close what was granted at once; downloads stay and name nobody.

        Once their time is over, who still comes back with the cookie is nobody.
        """
        granted = Grant.objects.filter(submission__in=submissions)
        if is_time_over:
            granted.update(person=None)
            return {}
        return _delete(granted)

    def erase_people(self, addresses: Collection[str]) -> dict[str, int]:
        return _delete(Grant.objects.filter(person__email__in=addresses))


def _delete(grants: QuerySet[Grant]) -> dict[str, int]:
    keys = list(grants.values_list("pk", flat=True))
    Grant.objects.filter(pk__in=keys).delete()
    return {"grants": len(keys)}


def _line(grant: Grant, may_open: bool) -> Line:
    return Line(
        text=str(grant),
        note=_("Revoked") if grant.revoked_at else "",
        at=grant.created_at,
        url=reverse("resources_grant_modeladmin_inspect", args=[grant.pk]) if may_open else "",
    )


def _grants_of(address: str) -> PersonalTable:
    return PersonalTable(
        key="grants",
        title=_("What was opened"),
        labels={
            "resource": _("Asked for on"),
            "granted": _("Granted"),
            "until": _("Until"),
            "last_used": _("Last used"),
            "proved": _("Address proved"),
            "revoked": _("Revoked"),
        },
        rows=[
            PersonalRow(
                facts={
                    "resource": grant.resource_title,
                    "granted": grant.created_at,
                    "until": grant.expires_at,
                    "last_used": grant.last_used_at,
                    "proved": grant.confirmed_at,
                    "revoked": grant.revoked_at,
                }
            )
            for grant in Grant.objects.filter(person__email=address).order_by("pk")
        ],
    )


def _downloads_of(address: str) -> PersonalTable:
    return PersonalTable(
        key="downloads",
        title=_("Downloads"),
        labels={"resource": _("Resource"), "file": _("File"), "when": _("When")},
        rows=[
            PersonalRow(
                facts={
                    "resource": download.resource_title,
                    "file": download.file_title,
                    "when": download.downloaded_at,
                }
            )
            for download in Download.objects.filter(grant__person__email=address).order_by("pk")
        ],
    )
