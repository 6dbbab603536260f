"""Downloads that were cut off go on where they stopped (RFC 9110 §14)."""

import io

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from eoc_cms.core.files.ranges import CHUNK_BYTES, Unranged, file_response, parse_range

# Ending an answer gives back the database's connections, though nothing here asks it.
pytestmark = pytest.mark.django_db

FILE = bytes(range(256)) * 600  # more than two chunks
SIZE = len(FILE)


def ask(
    header: str, content: bytes = FILE, method: str = "GET"
) -> tuple[int, dict[str, str], bytes, bool]:
    """Return status, headers and body of the answer, and whether the file was closed."""
    sent = {"Range": header} if header else {}
    request = RequestFactory().generic(method, "/", headers=sent)
    opened = io.BytesIO(content)
    response = file_response(request, opened, size=len(content), name="guide.pdf")
    body = b"".join(response) if response.streaming else response.content
    response.close()
    return response.status_code, dict(response.items()), body, opened.closed


def test_whole_file_is_sent_and_says_that_parts_can_be_had() -> None:
    status, headers, body, is_closed = ask("")
    assert (status, body, is_closed) == (200, FILE, True)
    assert headers["Content-Length"] == str(SIZE)
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=-1", SIZE - 1, SIZE),
        ("bytes=-500", SIZE - 500, SIZE),
        ("bytes=-0500", SIZE - 500, SIZE),
        (f"bytes=10-{SIZE + 999}", 10, SIZE),
        ("bytes=0-", 0, SIZE),
        (f"bytes=-{SIZE}", 0, SIZE),
        (f"bytes=-{SIZE + 5}", 0, SIZE),
        (f"bytes=0-{'9' * 400}", 0, SIZE),
        (f"bytes=-{'9' * 400}", 0, SIZE),
        (f"bytes={'0' * 5000}7-{'0' * 400}8", 7, 9),
        (f"bytes=10-{'9' * 6000}", 10, SIZE),
        ("Bytes= 0-0 ", 0, 1),
        (f"bytes={CHUNK_BYTES - 1}-{CHUNK_BYTES * 2}", CHUNK_BYTES - 1, CHUNK_BYTES * 2 + 1),
    ],
)
def test_part_is_sent_and_named(header: str, start: int, end: int) -> None:
    status, headers, body, is_closed = ask(header)
    assert (status, body, is_closed) == (206, FILE[start:end], True)
    assert headers["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize(
    "header",
    [f"bytes={SIZE}-", "bytes=-0", f"bytes={'9' * 400}-", f"bytes={'9' * 30}-{'9' * 6000}"],
)
def test_part_beyond_the_end_is_refused_with_the_size(header: str) -> None:
    status, headers, body, is_closed = ask(header)
    assert (status, body, is_closed) == (416, b"", True)
    assert headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "header",
    [
        *("bytes=", "bytes=-", "bytes=a-b", "bytes=9-1", "bytes=0-1,5-6", "lines=1-2", "bytes 1-2"),
        *("bytes=0-1\n", "bytes=0x1-2", "bytes=--1", "bytes=\u0661-\u0662", "bytes=0-1;q=1"),
    ],
)
def test_what_is_no_single_part_gets_the_whole_file(header: str) -> None:
    assert ask(header)[::2] == (200, FILE)


def test_every_part_of_an_empty_file_is_refused() -> None:
    assert ask("", b"")[0] == 200
    assert ask("bytes=0-", b"")[0] == 416


def test_only_get_has_parts() -> None:
    status, headers, _body, _is_closed = ask("bytes=0-1", method="HEAD")
    assert (status, headers["Content-Length"]) == (200, str(SIZE))


@given(st.text(max_size=40) | st.from_regex(r"bytes=\d{0,25}-\d{0,25}"), st.integers(0, 10**12))
def test_no_header_asks_for_more_than_there_is(header: str, size: int) -> None:
    span = parse_range(header, size)
    assert isinstance(span, Unranged) or 0 <= span[0] < span[1] <= size
