"""The pages of saved exports: choose columns, save, run, change."""

from abc import ABC, abstractmethod

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail_modeladmin.views import InstanceSpecificView, WMABaseView

from eoc_cms.core.models import Staff, StaffRequest
from forms_app.exporting.making import Wish, filters_told
from forms_app.exporting.saved import new_rows, table_of_saved, wish_of
from forms_app.exporting.stopping import StoppedError, reason_of, resume, stop
from forms_app.list_admin.columns_form import SavedExportForm
from forms_app.list_admin.response import respond_to_wish
from forms_app.listing.base import (
    UnusableFiltersError,
    every_listing,
    listings_for,
    table_of,
    title_of,
)
from forms_app.listing.tables import Table, filters_in_words, filters_of
from forms_app.models import SavedExport
from forms_app.models.exports import FileFormat


class ColumnsPage(WMABaseView, ABC):
    """Tick columns and number them; works without scripts."""

    template_name = "forms_app/admin/choose_columns.html"
    request: StaffRequest
    index_url: str

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except UnusableFiltersError as error:
            messages.error(request, str(error))
            return redirect(self.index_url)

    @abstractmethod
    def saved(self) -> SavedExport:
        """Return the export whose columns are chosen here, stored or not yet."""

    @cached_property
    def table(self) -> Table:
        saved = self.saved()
        return table_of(saved.listing, user=self.request.user, query=saved.query)

    def form(self, data: QueryDict | None = None, *, is_saved: bool = True) -> SavedExportForm:
        return SavedExportForm(data, instance=self.saved(), table=self.table, is_saved=is_saved)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: StaffRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        is_saved = "export" not in request.POST
        form = self.form(request.POST, is_saved=is_saved)
        if not form.is_valid():
            return self.show(form)
        if is_saved:
            return self.save(form)
        wish = Wish(
            file_format=FileFormat(form.cleaned_data["file_format"]),
            only_new=form.cleaned_data["only_new"],
        )
        table = self.table.with_columns(form.chosen)
        if form.cleaned_data["joins_columns"]:
            table = table.joined()
        return respond_to_wish(request, lambda: table, wish, back=self.index_url)

    def save(self, form: SavedExportForm) -> HttpResponse:
        form.instance.columns = form.columns
        try:
            with transaction.atomic():
                saved = form.save()
        except IntegrityError:
            # Pressed twice at the same time, so that neither saw the other's.
            form.add_error("name", form.name_is_taken())
            return self.show(form)
        resume(saved)
        messages.success(self.request, _("“%(name)s” is saved.") % {"name": saved})
        return redirect(self.url_helper.get_action_url("run", saved.pk))

    def show(self, form: SavedExportForm) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            table=self.table,
            can_join=self.table.join is not None,
            filters=filters_in_words(self.table.filters),
            list_url=f"{every_listing()[self.table.key].address}?{self.table.query}",
        )
        response: HttpResponse = self.render_to_response(context)
        return response

    def get_template_names(self) -> list[str]:
        return [self.template_name]


class CreateExportView(ColumnsPage):
    page_title = gettext_lazy("Choose columns")

    def check_action_permitted(self, user: Staff) -> bool:
        return self.permission_helper.user_can_create(user)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.GET.get("list"):
            return super().get(request, *args, **kwargs)
        context = self.get_context_data(
            lists=[(each.key, each.title) for each in listings_for(request.user)]
        )
        self.template_name = "forms_app/admin/choose_list.html"
        return self.render_to_response(context)

    @cached_property
    def new(self) -> SavedExport:
        return SavedExport(
            owner=self.request.user,
            listing=self.request.GET.get("list", "")[:64],
            query=filters_of(self.request.GET.get("filters", "")),
        )

    def saved(self) -> SavedExport:
        return self.new


class EditExportView(ColumnsPage, InstanceSpecificView):
    page_title = gettext_lazy("Change a saved export")

    def check_action_permitted(self, user: Staff) -> bool:
        return self.permission_helper.user_can_edit_obj(user, self.instance)

    def saved(self) -> SavedExport:
        return self.instance


class RunExportView(InstanceSpecificView):
    """Where the weekly mail leads: what waits, and the button that prepares the file."""

    page_title = gettext_lazy("Export")

    def check_action_permitted(self, user: Staff) -> bool:
        # Whoever has lost the right to export is told so, of an export of their own.
        return bool(self.instance.owner_id == user.pk)

    @cached_property
    def table(self) -> Table:
        return table_of_saved(self.instance)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except StoppedError as error:
            messages.error(request, str(error))
            may_see_others = self.permission_helper.user_can_list(request.user)
            return redirect(self.index_url if may_see_others else reverse("wagtailadmin_home"))

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self._require_table(is_wanted=False)
        return super().get(request, *args, **kwargs)

    def post(self, request: StaffRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self._require_table(is_wanted=True)
        resume(self.instance)
        back = self.url_helper.get_action_url("run", self.instance.pk)
        return respond_to_wish(request, lambda: self.table, wish_of(self.instance), back=back)

    def _require_table(self, *, is_wanted: bool) -> None:
        """Raise StoppedError where there is none; the ledger is told if a file was wanted."""
        try:
            self.table  # noqa: B018 - read for its errors
        except (PermissionDenied, UnusableFiltersError) as error:
            if is_wanted:
                stop(self.instance, reason_of(error))
            raise StoppedError(reason_of(error)) from error

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        rows = self.table.queryset.order_by().count()
        return super().get_context_data(
            **kwargs,
            rows=rows,
            new_rows=new_rows(self.instance, self.table),
            filters=filters_in_words(self.told),
            list_title=title_of(self.instance.listing),
            columns=[column.heading_with_zone() for column in self.table.columns],
        )

    @property
    def told(self) -> dict[str, str]:
        return filters_told(self.table, wish_of(self.instance), self.instance.owner)

    def get_template_names(self) -> list[str]:
        return ["forms_app/admin/run_export.html"]
