"""File answers that can be resumed: single byte ranges after RFC 9110 §14."""

import mimetypes
import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

CHUNK_BYTES = 64 * 1024
RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


def file_response(
    request: HttpRequest, opened: IO[bytes], *, size: int, name: str
) -> HttpResponse | StreamingHttpResponse:
    """Answer with a file, or the part of it that the request asks for.

    An unusable or multiple range is answered with the whole file, as the RFC
    allows; one beyond the end with 416.
    """
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    span = parse_range(request.headers.get("Range", ""), size)
    if span == (0, size):
        response: HttpResponse | StreamingHttpResponse = FileResponse(
            opened, content_type=content_type
        )
        response["Content-Length"] = str(size)
    elif span is None:
        opened.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = _partial(opened, span, size, content_type)
    response["Accept-Ranges"] = "bytes"
    return response


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """Return (first byte, byte after the last), or None where nothing can be sent."""
    match = RANGE.match(header)
    if not match or match.groups() == ("", ""):
        return 0, size
    first, last = match.groups()
    if len(first) > 19 or len(last) > 19:
        return None
    if not first:
        length = min(int(last), size)
        return (size - length, size) if length else None
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return 0, size
    return (start, end) if start < size else None


def _partial(
    opened: IO[bytes], span: tuple[int, int], size: int, content_type: str
) -> StreamingHttpResponse:
    start, end = span
    response = StreamingHttpResponse(
        _read(opened, start, end - start), status=206, content_type=content_type
    )
    response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response["Content-Length"] = str(end - start)
    return response


def _read(opened: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with opened:
        opened.seek(start)
        while length > 0 and (chunk := opened.read(min(CHUNK_BYTES, length))):
            length -= len(chunk)
            yield chunk
