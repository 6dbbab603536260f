"""Pages that are the same for every stranger travel compressed, and nothing else does."""

import gzip

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

GUIDE = "/resources/empowering-equity-officers/"
ANSWER = {"work_email": "ana@example.org", "role": "Other leader"}
GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.mark.parametrize("first", ["gzip", "plain"])
def test_every_browser_gets_the_page_in_a_form_it_reads(
    demo: str, client: Client, first: str
) -> None:
    # Whoever comes first fills the page cache; the other must not be given the same bytes.
    client.get("/", headers=GZIP if first == "gzip" else {})
    compressed = client.get("/", headers=GZIP)
    plain = client.get("/")
    assert compressed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(compressed.content) == plain.content
    assert len(compressed.content) < len(plain.content) / 3
    assert int(compressed["Content-Length"]) == len(compressed.content)
    for response in (compressed, plain):
        assert {"Accept-Encoding", "Cookie"} <= set(response["Vary"].split(", "))
        assert response["Cache-Control"] == "public, no-cache"


def test_page_that_has_not_changed_is_not_sent_again(demo: str, client: Client) -> None:
    for headers in (GZIP, {}):
        first = client.get(GUIDE, headers=headers)
        again = client.get(GUIDE, headers={**headers, "If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert (again["ETag"], again["Vary"]) == (first["ETag"], first["Vary"])
    assert client.get(GUIDE, headers={"If-None-Match": '"another"'}).status_code == 200


def test_what_belongs_to_one_visitor_is_not_compressed(demo: str, client: Client) -> None:
    faulty = client.post(GUIDE, {"work_email": "ana@example.org"}, headers=GZIP)
    assert b"ana@example.org" in faulty.content
    sent = client.post(GUIDE, ANSWER, headers=GZIP)
    with_pass = Client().get(sent["Location"], headers=GZIP)
    opened = client.get(GUIDE, headers=GZIP)
    assert b"/download/" in opened.content
    for response in (faulty, with_pass, opened):
        assert "Content-Encoding" not in response
        assert response["Cache-Control"] == "private, no-store"


def test_page_of_somebody_signed_in_is_not_compressed(demo: str, client: Client) -> None:
    client.force_login(get_user_model().objects.get(username="editor"))
    for path in ("/", "/admin/"):
        response = client.get(path, headers=GZIP)
        assert response.status_code == 200
        assert "Content-Encoding" not in response
        assert "no-store" in response["Cache-Control"]
