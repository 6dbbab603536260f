"""File answers that can be resumed: single byte ranges and conditions (RFC 9110 §13, §14)."""

import mimetypes
import re
import sys
from collections.abc import Iterator
from enum import Enum
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import parse_etags

CHUNK_BYTES = 64 * 1024
RANGE = re.compile(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)
# Positions are compared and cut only, so a longer number need not be read to its end.
MOST_DIGITS = 19


class Unranged(Enum):
    """Why no part of a file is sent."""

    WHOLE = "no single part was asked for, so the whole file is sent"
    BEYOND = "nothing of the file lies in the part that was asked for"


def file_response(
    request: HttpRequest, opened: IO[bytes], *, size: int, name: str, etag: str = ""
) -> HttpResponse | StreamingHttpResponse:
    """Answer with a file, or the part of it that the request asks for.

    An unusable or multiple range is answered with the whole file, as the RFC
    allows; one beyond the end with 416. With an `etag`, quoted and strong, a
    part is sent only of the edition that the visitor has begun with.
    """
    if etag and (status := _unmet(request, etag)):
        opened.close()
        response: HttpResponse | StreamingHttpResponse = HttpResponse(status=status)
    else:
        response = _whole_or_part(request, opened, size, name, etag)
    if etag and response.status_code in {200, 206, 304}:
        response["ETag"] = etag
    return response


def _unmet(request: HttpRequest, etag: str) -> int:
    """Return the status for a condition that does not hold, or 0 (RFC 9110 §13.2.2).

    Those by date are passed over, since files carry none.
    """
    wanted = parse_etags(request.headers.get("If-Match", ""))
    if wanted and wanted != ["*"] and etag not in wanted:
        return 412
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if known == ["*"] or etag in [tag.removeprefix("W/") for tag in known]:
        return 304
    return 0


def _whole_or_part(
    request: HttpRequest, opened: IO[bytes], size: int, name: str, etag: str
) -> HttpResponse | StreamingHttpResponse:
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    span = parse_range(_range_of(request, etag), size)
    if span is Unranged.WHOLE:
        response: HttpResponse | StreamingHttpResponse = FileResponse(
            opened, content_type=content_type
        )
        response["Content-Length"] = str(size)
    elif span is Unranged.BEYOND:
        opened.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = _partial(opened, span, size, content_type)
    response["Accept-Ranges"] = "bytes"
    return response


def _range_of(request: HttpRequest, etag: str) -> str:
    """Return the Range header, or nothing where it asks for a part of another edition.

    Of the methods that we take, only GET has parts (RFC 9110 §14.2).
    """
    if request.method != "GET":
        return ""
    begun_with = request.headers.get("If-Range", "").strip()
    if begun_with and begun_with != etag:
        return ""
    return str(request.headers.get("Range", ""))


def parse_range(header: str, size: int) -> tuple[int, int] | Unranged:
    """Return (first byte, byte after the last), or why no part is sent.

    Positions may have any number of digits, and what lies beyond the end is cut.
    """
    match = RANGE.fullmatch(header)
    if not match or match.groups() == ("", ""):
        return Unranged.WHOLE
    first, last = match.groups()
    if not first:
        length = min(_position(last), size)
        return (size - length, size) if length else Unranged.BEYOND
    start = _position(first)
    end = min(_position(last) + 1, size) if last else size
    if last and _position(last) < start:
        return Unranged.WHOLE
    return (start, end) if start < size else Unranged.BEYOND


def _position(digits: str) -> int:
    """Return a position in a file; of those past the end of any file, the furthest."""
    significant = digits.lstrip("0")
    return int(significant or 0) if len(significant) <= MOST_DIGITS else sys.maxsize


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
