"""Matches and promotions as the search page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.search.excerpts import excerpt
from home.search.matching import Match
from home.search.promotions import Promotion
from home.search.queries import SearchQuery

# By the model's name; pages of all other models are just pages.
KINDS = {"resourcepage": "resources", "videopage": "videos"}
OTHER_KIND = "pages"
NAMES = {"resources": _("Resources"), "videos": _("Videos"), OTHER_KIND: _("Pages")}
NAMES_OF_ONE = {"resources": _("Resource"), "videos": _("Video"), OTHER_KIND: _("Page")}


@dataclass(frozen=True, kw_only=True)
class Result:
    title: str
    url: str
    excerpt: SafeString
    kind: str | Promise = ""


def kind_of(model: str) -> str:
    return KINDS.get(model, OTHER_KIND)


def show(
    promotions: Iterable[Promotion],
    matches: Iterable[Match],
    query: SearchQuery,
    request: HttpRequest,
) -> tuple[list[Result], list[Result]]:
    """Return what is promoted and what was found; the queries do not grow with their number."""
    promotions, matches = list(promotions), list(matches)
    ids = {item.page_id for item in promotions} | {item.page_id for item in matches}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=ids - {None}).specific()}
    picked = [_of_promotion(item, pages, query, request) for item in promotions]
    found = [_of_page(pages[m.page_id], query, request) for m in matches if m.page_id in pages]
    return [result for result in picked if result], found


def _of_promotion(
    promotion: Promotion, pages: dict[int, Page], query: SearchQuery, request: HttpRequest
) -> Result | None:
    if promotion.page_id is None:
        return Result(
            title=promotion.title,
            url=promotion.url,
            excerpt=format_html("{}", promotion.description),
            kind=_("Another site"),
        )
    page = pages.get(promotion.page_id)
    return _of_page(page, query, request, description=promotion.description) if page else None


def _of_page(
    page: Page, query: SearchQuery, request: HttpRequest, *, description: str = ""
) -> Result:
    return Result(
        title=page.title,
        url=page.get_url(request) or "",
        excerpt=format_html("{}", description) if description else excerpt(page, query),
        kind=NAMES_OF_ONE[kind_of(page._meta.model_name or "")],
    )
