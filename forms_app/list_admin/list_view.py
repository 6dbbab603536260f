"""One list of records in the admin: Wagtail's own listing over one of our listings.

wagtail-modeladmin gives it a place in the menu, an address and its rights; the rows come
from the listing, by the same function as every export of them.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail_modeladmin.options import ModelAdmin

from eoc_cms.core.models import StaffRequest
from forms_app.list_admin.menu import ExportMenu
from forms_app.list_admin.response import respond_to_wish, wish_in
from forms_app.listing.base import Listing, Rows
from forms_app.listing.filters import ListFilterSet
from forms_app.listing.paging import CappedPaginator
from forms_app.listing.tables import Table, filters_of

RESULTS = "results"
ViewOfOne = Callable[..., HttpResponseBase]


def tell_when_gone(view: ViewOfOne) -> ViewOfOne:
    """Say on the list that a record is gone, to whoever pressed a button on it.

    A page that is only opened stays a 404.
    """

    @wraps(view)
    def wrapper(
        admin: "ListAdmin", request: StaffRequest, instance_pk: str, **kwargs: str
    ) -> HttpResponseBase:
        try:
            return view(admin, request, instance_pk, **kwargs)
        except Http404:
            if request.method != "POST" or not admin.listing.may_list(request.user):
                raise
        words = _("It is not there any more, as somebody has removed it. Nothing was changed.")
        messages.warning(request, words)
        return redirect(admin.url_helper.index_url)

    return wrapper


class ListAdmin(ModelAdmin):
    """A list's place in the admin; Wagtail's listing asks for its results at a second address."""

    listing: Listing
    history_view_enabled = False
    index_view_class: type["ListView"]

    def get_menu_label(self) -> str:
        return str(self.listing.title)

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            path(
                f"{self.opts.app_label}/{self.opts.model_name}/{RESULTS}/",
                self.index_view_class.as_view(model_admin=self, results_only=True),
                name=self.url_helper.get_action_url_name(RESULTS),
            ),
            *super().get_admin_urls_for_registration(),
        )

    @tell_when_gone
    def edit_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        answer: HttpResponseBase = super().edit_view(request, instance_pk)
        return answer

    @tell_when_gone
    def delete_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        answer: HttpResponseBase = super().delete_view(request, instance_pk)
        return answer

    def index_view(self, request: HttpRequest) -> HttpResponseBase:
        return self.index_view_class.as_view(model_admin=self)(request)


class ListView(BaseListingView):
    """The rows of a listing, newest first; sorts by what is indexed only."""

    listing: Listing
    model_admin: Any = None  # set by wagtail-modeladmin
    default_ordering: str = "-pk"
    paginate_by = 50
    paginator_class = CappedPaginator
    is_searchable = True
    table_classname = "listing eoc-records"
    add_label: str | Promise = gettext_lazy("Add")

    def dispatch(self, request: StaffRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not self.listing.may_list(request.user):
            raise PermissionDenied
        if wish := wish_in(request):
            return respond_to_wish(request, self.table, wish, back=self.index_url)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def table(self) -> Table:
        return self.listing.table(user=self.request.user, query=self.request.GET.urlencode())

    @cached_property
    def rows(self) -> Rows:
        return self.listing.rows(
            user=self.request.user, query=self.request.GET, order_by=self.order
        )

    @property
    def order(self) -> Sequence[str]:
        """The chosen order, with the key as the last word so that no page repeats a row."""
        direction = "-" if self.ordering.startswith("-") else ""
        return (self.ordering, f"{direction}pk")

    def get_queryset(self) -> QuerySet:
        for problem in self.rows.problems:
            messages.warning(self.request, f"{problem} {_('So nothing is shown.')}")
        return self.rows.queryset

    @cached_property
    def filters(self) -> ListFilterSet | None:
        return self.rows.filterset if self.rows.filterset.filters else None

    def get_index_url(self) -> str:
        return self.listing.address

    def get_index_results_url(self) -> str:
        return reverse(self.listing.url_name.removesuffix("index") + RESULTS)

    def get_page_title(self) -> str:
        return str(self.listing.title)

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering or self.rows.problems:
            return _("Nothing matches.")
        return _("Nothing is here yet.")

    @cached_property
    def verbose_name_plural(self) -> str:
        return str(self.listing.model._meta.verbose_name_plural)

    @cached_property
    def header_buttons(self) -> list[Button]:
        helpers = self.model_admin
        buttons: list[Button] = []
        if helpers.permission_helper.user_can_create(self.request.user):
            url = helpers.url_helper.create_url
            buttons.append(HeaderButton(self.add_label, url=url, icon_name="plus"))
        if self.listing.may_export(self.request.user):
            menu = ExportMenu(
                key=self.listing.key,
                query=filters_of(self.request.GET.urlencode()),
                address=self.index_url,
                user=self.request.user,
            )
            buttons.append(menu.button())
        return buttons
