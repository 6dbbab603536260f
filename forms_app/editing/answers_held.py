"""How many answers hang on what an editor is about to delete. They all stay."""

import uuid
from collections import Counter
from collections.abc import Iterable

from django.db.models import Count
from django.utils.translation import ngettext
from wagtail.models import Page

from forms_app.models import FormPage, FormVersion, Submission


def answers_by_field(form_key: uuid.UUID) -> Counter[str]:
    """Return how many answers were given while each field was asked, by the field's name."""
    given = dict(
        Submission.objects.to_form(form_key)
        .order_by()
        .values_list("version")
        .annotate(count=Count("pk"))
    )
    counts: Counter[str] = Counter()
    for version in FormVersion.objects.filter(pk__in=given):
        for name in version.labels():
            counts[name] += given[version.pk]
    return counts


def answers_below(pages: Iterable[Page]) -> int:
    """Return how many answers were sent with the forms among pages and below them."""
    keys = {
        key
        for page in pages
        for key in FormPage.objects.descendant_of(page, inclusive=True)
        .filter(alias_of=None)
        .values_list("form_key", flat=True)
    }
    return Submission.objects.filter(form_key__in=keys).count()


def in_words(count: int) -> str:
    """Say before a page is deleted that its answers are not; an empty text for none."""
    if not count:
        return ""
    return ngettext(
        "%(count)d answer was sent with this. It is not deleted: "
        "data managers still find it under Answers.",
        "%(count)d answers were sent with this. They are not deleted: "
        "data managers still find them under Answers.",
        count,
    ) % {"count": count}
