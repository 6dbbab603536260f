"""Imported redirects are held to what the form holds them to: none leads back to where it began.

Wagtail reads and saves the rows within one view, so what should not be is taken out behind it.
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import process_import
from wagtail.log_actions import log

from eoc_cms.core.pages.redirect_form import leads_back

NAMED = 10


def import_straight_redirects(request: HttpRequest) -> HttpResponse:
    """Import as Wagtail does; leave out the rows that close a ring, and say which."""
    with transaction.atomic():
        known = list(Redirect.objects.values_list("pk", flat=True))
        answer: HttpResponse = process_import(request)
        left_out = _take_back(known)
    if left_out:
        messages.warning(request, _words(left_out))
    return answer


def _take_back(known: list[int]) -> list[str]:
    """Delete what leads back, the last row first: it is the one that closed the ring."""
    left_out = []
    for redirect in Redirect.objects.exclude(pk__in=known).order_by("-pk"):
        if leads_back(redirect):
            log(instance=redirect, action="wagtail.delete")
            redirect.delete()
            left_out.append(redirect.old_path)
    return left_out[::-1]


def _words(paths: list[str]) -> str:
    named = [f"“{path}”" for path in paths[:NAMED]]
    if rest := len(paths) - len(named):
        named.append(ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest})
    return ngettext(
        "%(count)d of the redirects was left out, since it would lead back to where it began: "
        "%(paths)s.",
        "%(count)d of the redirects were left out, since they would lead back to where they "
        "began: %(paths)s.",
        len(paths),
    ) % {"count": len(paths), "paths": get_text_list(named, _("and"))}
