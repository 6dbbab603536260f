"""Send an export to a browser while it is written."""

from typing import Any

from django.http import StreamingHttpResponse

from forms_app.exporting.making import Wish, make_export
from forms_app.exporting.tables import Table


def export_response(table: Table, *, wish: Wish, user: Any) -> StreamingHttpResponse:
    """Answer with the file; an error on the way breaks the connection, so browsers say so."""
    export = make_export(table, wish=wish, user=user)
    response = StreamingHttpResponse(export.chunks, content_type=export.content_type)
    response["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    return response
