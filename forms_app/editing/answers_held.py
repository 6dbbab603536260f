"""How many answers hang on what an editor is about to delete. They all stay."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext
from wagtail.models import Page

from forms_app.models import FormPage, Submission


def tell_of_answers(request: HttpRequest, page: Page) -> None:
    """Say on the page that asks whether to delete how many answers there are."""
    if request.method == "GET" and (words := in_words(answers_below([page]))):
        messages.info(request, words)


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
