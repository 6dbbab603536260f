"""Clean what was typed into the search box, and search what everybody may see."""

import re
from typing import Any

from django.utils import timezone
from wagtail.models import Page

MAX_QUERY_LENGTH = 100
MAX_WORDS = 10
NOISE = re.compile(r"[\x00-\x1f\x7f]+")


def clean_query(raw: str) -> str:
    """Return a query short enough to search for; longer ones are cut, never refused."""
    text = NOISE.sub(" ", raw).strip()[:MAX_QUERY_LENGTH]
    return " ".join(text.split()[:MAX_WORDS])


def search_pages(query: str) -> Any:
    """Return the visible pages that match a cleaned query, the best first."""
    if not query:
        return Page.objects.none()
    # The search index knows no expiry, so what has just expired is named.
    expired = Page.objects.live().filter(expire_at__lte=timezone.now()).values_list("pk", flat=True)
    return Page.objects.live().public().exclude(pk__in=list(expired)).search(query)
