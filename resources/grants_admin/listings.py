"""Grants, downloads and codes as lists, as fast with a million rows as with ten."""

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eoc_cms.core.models import Staff
from eoc_cms.core.models.search_text import fold
from forms_app.listing.base import Listing
from forms_app.listing.filters import (
    ChoiceFilter,
    Choices,
    FromDay,
    ListFilterSet,
    PeriodFilter,
    UntilDay,
)
from forms_app.listing.tables import Column, field_columns
from forms_app.listing.word_search import find, find_in_few
from forms_app.models import Person, Submission
from resources.models import CohortCode, Download, Grant
from resources.querysets import GrantQuerySet
from resources.rights import VIEW_CODES, VIEW_DOWNLOADS, VIEW_GRANTS

MOST_TITLES = 200
MOST_FOUND = 1_000


def kept_titles(model: type[Model], field: str) -> list[str]:
    """Return the different titles that a table keeps, jumping from one to the next in its index.

    DISTINCT would read every row, though a million rows hold a few dozen titles.
    """
    titles: list[str] = []
    rows = model._default_manager.order_by(field).values_list(field, flat=True)
    while len(titles) < MOST_TITLES:
        later = rows.filter(**{f"{field}__gt": titles[-1]}) if titles else rows
        title = later.first()
        if title is None:
            break
        titles.append(title)
    return titles


def matching_titles(model: type[Model], field: str, asked: str) -> list[str]:
    words = fold(asked).split()
    found = kept_titles(model, field)
    return [title for title in found if all(word in fold(title) for word in words)]


def people_found(asked: str) -> list[int]:
    return list(find(Person.objects.all(), asked).values_list("pk", flat=True)[:MOST_FOUND])


def titles_offered(model: type[Model]) -> Choices:
    """Return the words kept with each record, which outlive the page."""
    return [(title, title) for title in kept_titles(model, "resource_title") if title]


def states_offered(user: Staff | None) -> Choices:
    return [
        ("live", _("Live")),
        ("unproved", _("Waits for its link to be opened")),
        ("expired", _("Expired")),
        ("revoked", _("Revoked")),
    ]


def in_state(grants: GrantQuerySet, state: str) -> QuerySet[Grant]:
    if state == "live":
        return grants.live()
    if state == "unproved":
        return grants.not_over().filter(needs_proof=True, confirmed_at=None)
    if state == "expired":
        return grants.ended().filter(revoked_at=None)
    return grants.filter(revoked_at__isnull=False)


def state_of(grant: Grant) -> str:
    if grant.revoked_at:
        return _("Revoked")
    if grant.is_live():
        return _("Live")
    if grant.expires_at > timezone.now() and grant.needs_proof and grant.confirmed_at is None:
        return _("Waits for its link to be opened")
    return _("Expired")


def holder_of(grant: Grant | None) -> str:
    """Say who holds a grant, as far as it is known."""
    if grant and grant.person:
        return grant.person.email
    if grant and grant.cohort_code:
        return _("Code for members")
    return _("Not known")


class GrantFilterSet(ListFilterSet):
    state = ChoiceFilter(label=gettext_lazy("State"), offered=states_offered, apply=in_state)
    resource = ChoiceFilter(
        field_name="resource_title",
        label=gettext_lazy("Resource"),
        offered=lambda user: titles_offered(Grant),
    )
    granted = PeriodFilter("created_at", gettext_lazy("Granted"))
    from_ = FromDay("created_at", gettext_lazy("From"))
    until = UntilDay("created_at", gettext_lazy("Until"))


class GrantListing(Listing):
    model = Grant
    title = gettext_lazy("Grants")
    filterset_class = GrantFilterSet
    columns = (
        Column(id="who", heading=gettext_lazy("Who"), value=holder_of),
        *field_columns(Grant, "resource_title"),
        Column(id="state", heading=gettext_lazy("State"), value=state_of),
        *field_columns(Grant, "created_at", "expires_at", "last_used_at"),
        *field_columns(Grant, "confirmed_at", "revoked_at"),
    )

    def may_list(self, user: Staff) -> bool:
        return user.is_active and user.has_perm(VIEW_GRANTS)

    def visible_to(self, user: Staff) -> QuerySet:
        return Grant.objects.select_related("person", "cohort_code")

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        """Find by the person's address, the title asked for, or the receipt number."""
        if not asked:
            return rows
        receipts = Submission.objects.filter(receipt=asked.upper()).values_list("pk", flat=True)
        return rows.filter(
            Q(person__in=people_found(asked))
            | Q(resource_title__in=matching_titles(Grant, "resource_title", asked))
            | Q(submission__in=list(receipts))
        )


class DownloadFilterSet(ListFilterSet):
    resource = ChoiceFilter(
        field_name="resource_title",
        label=gettext_lazy("Resource"),
        offered=lambda user: titles_offered(Download),
    )
    downloaded = PeriodFilter("downloaded_at", gettext_lazy("When"))
    from_ = FromDay("downloaded_at", gettext_lazy("From"))
    until = UntilDay("downloaded_at", gettext_lazy("Until"))


class DownloadListing(Listing):
    model = Download
    title = gettext_lazy("Downloads")
    filterset_class = DownloadFilterSet
    columns = (
        *field_columns(Download, "downloaded_at", "resource_title", "file_title"),
        Column(
            id="who",
            heading=gettext_lazy("Who"),
            value=lambda download: holder_of(download.grant),
        ),
    )

    def may_list(self, user: Staff) -> bool:
        return user.is_active and user.has_perm(VIEW_DOWNLOADS)

    def visible_to(self, user: Staff) -> QuerySet:
        return Download.objects.select_related("grant__person", "grant__cohort_code")

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        """Find by the title of the resource or of the file, or the person's address."""
        if not asked:
            return rows
        grants = Grant.objects.filter(person__in=people_found(asked)).order_by("-pk")
        return rows.filter(
            Q(grant__in=list(grants.values_list("pk", flat=True)[:MOST_FOUND]))
            | Q(resource_title__in=matching_titles(Download, "resource_title", asked))
            | Q(file_title__in=matching_titles(Download, "file_title", asked))
        )


class CodeFilterSet(ListFilterSet):
    from_ = FromDay("expires_at", gettext_lazy("Ends from"))
    until = UntilDay("expires_at", gettext_lazy("Ends until"))


class CodeListing(Listing):
    model = CohortCode
    title = gettext_lazy("Codes for members")
    filterset_class = CodeFilterSet
    # Without the code itself: a file is kept and passed on, and a code opens files.
    columns = (
        *field_columns(CohortCode, "name"),
        Column(id="state", heading=gettext_lazy("State"), value=lambda code: code.state),
        *field_columns(CohortCode, "uses", "limit", "created_at", "expires_at", "revoked_at"),
    )

    def may_list(self, user: Staff) -> bool:
        return user.is_active and user.has_perm(VIEW_CODES)

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        return find_in_few(rows, asked, "name", "code")


GRANTS = GrantListing()
DOWNLOADS = DownloadListing()
CODES = CodeListing()
