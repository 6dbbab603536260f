"""Lists of grants and downloads that are as fast with a million rows as with ten."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from forms_app.answers_admin.flat_list import FlatIndexView
from forms_app.exporting.lists import ExportsRows
from forms_app.listing.word_search import find
from forms_app.models import Person, Submission
from resources.models import Grant

MOST_TITLES = 200
MOST_FOUND = 1_000


class HeldIndexView(ExportsRows, FlatIndexView):
    """A list with exports that counts no further than its reader turns pages."""


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
    words = asked.casefold().split()
    found = kept_titles(model, field)
    return [title for title in found if all(word in title.casefold() for word in words)]


def people_found(asked: str) -> list[int]:
    return list(find(Person.objects.all(), asked).values_list("pk", flat=True)[:MOST_FOUND])


class GrantSearchHandler(BaseSearchHandler):
    """By the person's address, the title asked for, or the receipt number."""

    def search_queryset(self, queryset: QuerySet, search_term: str, **kwargs: Any) -> QuerySet:
        asked = search_term.strip()
        if not asked:
            return queryset
        receipts = Submission.objects.filter(receipt=asked.upper()).values_list("pk", flat=True)
        return queryset.filter(
            Q(person__in=people_found(asked))
            | Q(resource_title__in=matching_titles(Grant, "resource_title", asked))
            | Q(submission__in=list(receipts))
        )


class DownloadSearchHandler(BaseSearchHandler):
    """By the title of the resource or of the file, or the person's address."""

    def search_queryset(self, queryset: QuerySet, search_term: str, **kwargs: Any) -> QuerySet:
        asked = search_term.strip()
        if not asked:
            return queryset
        grants = Grant.objects.filter(person__in=people_found(asked)).order_by("-pk")
        return queryset.filter(
            Q(grant__in=list(grants.values_list("pk", flat=True)[:MOST_FOUND]))
            | Q(resource_title__in=matching_titles(queryset.model, "resource_title", asked))
            | Q(file_title__in=matching_titles(queryset.model, "file_title", asked))
        )
