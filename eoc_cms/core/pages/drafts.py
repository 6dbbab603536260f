"""Titles of drafts are for those who have a right to the page.

Wagtail's page chooser, its actions on many pages and some of its forms show any page of the tree to
every account that may enter the admin.
"""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from eoc_cms.core.http import GetResponse
from eoc_cms.core.keys import read_keys
from eoc_cms.core.models import Staff

RIGHTS = {"add", "change", "publish", "bulk_delete", "lock", "unlock"}
PAGE_KEYS = {"page_id", "parent_page_id", "page_to_move_id", "destination_id"}
MANY_CHOSEN = "wagtailadmin_choose_page_chosen_multiple"
MANY_ACTED_ON = "wagtail_bulk_action"
ALL = "all"


def own_pages(user: Staff) -> QuerySet[Page]:
    """Return the pages to which somebody has any right."""
    policy = policy_registry.get_by_type(Page)
    pages: QuerySet[Page] = policy.instances_user_has_any_permission_for(user, RIGHTS)
    return pages


def visible_pages(user: Staff) -> QuerySet[Page]:
    """Return the pages whose titles somebody may read, as they stand in the admin."""
    public = Page.objects.live().public().filter(draft_title=F("title"))
    is_own, is_public = Q(pk__in=own_pages(user).values("pk")), Q(pk__in=public.values("pk"))
    return Page.objects.filter(is_own | is_public)


class DraftGuardMiddleware:
    """Answers 404 where an address of the admin names a page that its reader may not know of."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        if match and match.route.startswith("admin/") and request.user.is_authenticated:
            named = pages_named(request, match.url_name, kwargs)
            if named is not None and names_others(request, named):
                raise Http404


def names_others(request: HttpRequest, named: QuerySet[Page]) -> bool:
    """Say whether any of these pages is one that its reader may not know of."""
    # Nearly always it is their own, which is the shorter question.
    if not named.exclude(pk__in=own_pages(request.user).values("pk")).exists():
        return False
    # All pages of a list are shown then, whichever they are.
    asks_for_all = ALL in request.GET.getlist("id")
    visible = visible_pages(request.user).values("pk")
    return asks_for_all or named.exclude(pk__in=visible).exists()


def pages_named(
    request: HttpRequest, url_name: str | None, kwargs: dict[str, Any]
) -> QuerySet[Page] | None:
    """Return the pages that a request to the admin names, or None where it names none."""
    named = [str(value) for name, value in kwargs.items() if name in PAGE_KEYS]
    acts_on_many = url_name == MANY_ACTED_ON and kwargs.get("model_name") == "page"
    if acts_on_many or url_name == MANY_CHOSEN:
        named += [*request.GET.getlist("id"), *request.GET.getlist("childOf")]
    if acts_on_many and ALL in named and not request.GET.get("childOf"):
        return Page.objects.all()
    return Page.objects.filter(pk__in=read_keys(named)) if named else None
