"""What an answer leads to here, and what is held of whoever gave it: grants and downloads."""

from collections import Counter, defaultdict
from collections.abc import Collection

from django.db.models import Count, Q, QuerySet
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
from resources.gate.grant_actions import revoke_grants
from resources.gate.grants import fulfil_submission
from resources.models import Download, Grant
from resources.rights import VIEW_GRANTS

SHOWN = 20


class GrantEffects(AnswerEffects):
    def fulfil(
        self, submission: Submission, form_page: FormPage, source: Page | None
    ) -> Delivery | None:
        return fulfil_submission(submission, form_page, source)

    def withdraw(self, submission: Submission) -> None:
        revoke_grants(Grant.objects.filter(submission=submission))

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

    def erase(self, address: str, submissions: QuerySet[Submission]) -> dict[str, int]:
        """Delete what was granted, which closes it at once; downloads stay and name nobody."""
        of_person = Q(person__email=address) | Q(submission__in=submissions)
        keys = list(Grant.objects.filter(of_person).values_list("pk", flat=True))
        Grant.objects.filter(pk__in=keys).delete()
        return {"grants": len(keys)}

    def detach_person(self, submissions: QuerySet[Submission]) -> None:
        """Forget who was granted something; who still comes back with the cookie is nobody."""
        Grant.objects.filter(submission__in=submissions).update(person=None)


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
