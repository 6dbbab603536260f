"""Send an export to a browser while it is written."""

from collections.abc import Callable

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages

from eoc_cms.core.models import StaffRequest, User
from forms_app.exporting.making import ExportError, Wish, make_export
from forms_app.listing.base import UnusableFiltersError
from forms_app.listing.tables import Table
from forms_app.models.exports import FileFormat


def wish_in(request: HttpRequest) -> Wish | None:
    """Return what a list's own export link asks for, or None where it asks for no file."""
    file_format = request.GET.get("export", "")
    if file_format not in FileFormat.values:
        return None
    only_new = request.GET.get("only_new", "") == "1"
    return Wish(file_format=FileFormat(file_format), only_new=only_new)


def respond_to_wish(
    request: StaffRequest, table: Callable[[], Table], wish: Wish, *, back: str
) -> HttpResponseBase:
    """Answer with the file; an error on the way breaks the connection, so browsers say so.

    What cannot be exported is said on the page that `back` leads to.
    """
    try:
        return _file(table(), wish=wish, user=request.user)
    except (ExportError, UnusableFiltersError) as error:
        messages.error(request, str(error))
        return redirect(back)


def _file(table: Table, *, wish: Wish, user: User) -> StreamingHttpResponse:
    export = make_export(table, wish=wish, user=user)
    response = StreamingHttpResponse(export.chunks, content_type=export.content_type)
    response["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    return response
