"""Give a wagtail-modeladmin list its exports: `@exportable`, `ExportsRows`, `export_columns`.

The filters of an export are those of its list: the list itself finds the rows, also
where a saved export, the weekly mail or the command asks for them.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from forms_app.exporting.making import ExportError, Wish
from forms_app.exporting.response import export_response
from forms_app.exporting.tables import Column, Table, filters_of
from forms_app.exports_admin.menu import ExportMenu
from forms_app.models.exports import FileFormat
from forms_app.rights import EXPORT, forms_for, may_export

# What the filters that Django brings for a field put into an address. Others, such as
# `regex`, would let an address do what no filter offers.
LOOKUPS = ("exact", "gt", "gte", "id__exact", "isnull", "lt", "lte")
# Every list that can be exported, by its model.
_lists: dict[str, type[ModelAdmin]] = {}


class UnusableFiltersError(ValueError):
    """Filters that the list does not know, or values it cannot read."""


def exportable(admin_class: type[ModelAdmin]) -> type[ModelAdmin]:
    """Let exports of a list be saved, under its model's name."""
    _lists[admin_class.model._meta.label_lower] = admin_class
    return admin_class


def every_list() -> dict[str, type[ModelAdmin]]:
    """Return what is registered; the worker and commands load no addresses, which would do so."""
    hooks.search_for_hooks()
    return _lists


def lists_for(user: Any) -> list[tuple[str, str]]:
    """Return (key, title) of each list that a person may see and export."""
    instances = {key: admin_class() for key, admin_class in every_list().items()}
    return [
        (key, str(admin.get_menu_label()))
        for key, admin in instances.items()
        if admin.index_view_class.is_for(user) and admin.permission_helper.user_can_list(user)
    ]


def title_of(key: str) -> str:
    """Return a list's title, also of one that is no longer there."""
    lists = every_list()
    return str(lists[key]().get_menu_label()) if key in lists else key


def address_of(key: str) -> str:
    address: str = every_list()[key]().url_helper.index_url
    return address


def table_of(key: str, *, user: Any, query: str) -> Table:
    """Return what a list shows to a person under these filters.

    Raises PermissionDenied where they may not, and UnusableFiltersError.
    """
    if key not in every_list():
        raise PermissionDenied
    request = HttpRequest()
    request.user, request.method = user, "GET"
    request.GET = QueryDict(query, mutable=True)
    request.GET["export"] = FileFormat.CSV.value
    model_admin = every_list()[key]()
    view = model_admin.index_view_class(model_admin=model_admin)
    view.gives_table = True
    view.setup(request)
    try:
        table: Table = view.dispatch(request)
    except IncorrectLookupParameters as error:
        raise UnusableFiltersError from error
    return table


class ExportsRows:
    """For an IndexView: its rows as CSV and Excel, under the filters of the moment."""

    FORMATS = tuple(FileFormat.values)
    IGNORED_PARAMS = (*IndexView.IGNORED_PARAMS, "only_new")
    export_buttons_template_name = "forms_app/admin/export_menu.html"
    gives_table = False

    # From IndexView.
    model: Any
    model_admin: Any
    request: HttpRequest
    index_url: str
    list_export: Sequence[str]

    @classmethod
    def is_for(cls, user: Any) -> bool:
        """Say whether a person may export: lists that tell of people need the right to all."""
        return may_export(user) and forms_for(user, EXPORT) is None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("export") and not self.is_for(request.user):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except IncorrectLookupParameters:
            if self.gives_table:
                raise
            messages.warning(request, _("That filter cannot be used, so everything is shown."))
            return redirect(self.index_url)

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """Leave out what is none of this list's filters, instead of trusting any address."""
        asked = super().get_filters_params(params)  # type: ignore[misc]
        return {name: values for name, values in asked.items() if self._is_filter(name)}

    def _is_filter(self, name: str) -> bool:
        for choice in self.model_admin.get_list_filter(self.request):
            own = getattr(choice, "parameter_name", None) or (
                choice[0] if isinstance(choice, list | tuple) else choice
            )
            if name == own or name in {f"{own}__{lookup}" for lookup in LOOKUPS}:
                return True
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.list_export = ("rows",) if self.is_for(self.request.user) else ()
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context

    @cached_property
    def export_menu(self) -> ExportMenu:
        return ExportMenu(
            key=self.model._meta.label_lower,
            query=filters_of(self.request.GET.urlencode()),
            address=self.request.path,
            user=self.request.user,
        )

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> Any:
        table = self.table(queryset)
        if self.gives_table:
            return table
        return respond(self.request, table, spreadsheet_format, back=self.index_url)

    def table(self, queryset: QuerySet) -> Table:
        title = str(self.model_admin.get_menu_label())
        return Table(
            key=self.model._meta.label_lower,
            title=title,
            slug=slugify(title) or "rows",
            queryset=queryset,
            columns=self.model_admin.export_columns,
            filters=self.filters_shown(),
            query=filters_of(self.request.GET.urlencode()),
            prepare=self.prepare_rows,
        )

    def prepare_rows(self, rows: list[Any]) -> None:
        """Override this to read what the columns need for many rows at once."""

    def filters_shown(self) -> dict[str, str]:
        """Return what the list is narrowed to, in the words of its filters."""
        shown = {}
        for spec in self.filter_specs:  # type: ignore[attr-defined]
            for place, choice in enumerate(spec.choices(self)):
                if place and choice["selected"]:
                    shown[capfirst(str(spec.title))] = str(choice["display"])
                    break
            else:
                if values := in_no_choice(spec):
                    shown[capfirst(str(spec.title))] = values
        if self.query:  # type: ignore[attr-defined]
            shown[_("Search")] = self.query  # type: ignore[attr-defined]
        return shown


class ExportingIndexView(ExportsRows, IndexView):
    """The list of a ModelAdmin with `export_columns`."""


def respond(request: HttpRequest, table: Table, file_format: str, *, back: str) -> HttpResponse:
    """Answer a list's own export links."""
    wish = Wish(
        file_format=FileFormat(file_format), only_new=request.GET.get("only_new", "") == "1"
    )
    return respond_to_wish(request, table, wish, back=back)


def respond_to_wish(request: HttpRequest, table: Table, wish: Wish, *, back: str) -> HttpResponse:
    user = request.user
    try:
        return export_response(table, wish=wish, user=user)  # type: ignore[return-value]
    except ExportError as error:
        messages.error(request, str(error))
        return redirect(back)


def in_no_choice(spec: Any) -> str:
    """Say what a filter holds that is none of its offered choices, such as two dates."""
    words = {"gte": _("from"), "gt": _("after"), "lt": _("before"), "lte": _("until")}
    held = getattr(spec, "used_parameters", {})
    parts = [
        f"{words[name.rpartition('__')[2]]} {value[0] if isinstance(value, list) else value}"
        for name, value in held.items()
        if name.rpartition("__")[2] in words
    ]
    return ", ".join(parts)


def field_columns(model: Any, *names: str) -> list[Column]:
    """Return columns for plain fields of a model, under their names there."""
    fields = [model._meta.get_field(name) for name in names]
    return [_field_column(field) for field in fields]


def _field_column(field: Any) -> Column:
    return Column(
        id=field.name,
        heading=capfirst(field.verbose_name),
        value=lambda row: getattr(row, field.name),
        is_time=field.get_internal_type() == "DateTimeField",
    )
