"""Files in a bucket: kept, read in parts, and given to nobody without a signature."""

import io
import urllib.error
import urllib.request
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from eoc_cms.core.files.s3_storage import PrivateS3Storage, PublicS3Storage
from eoc_cms.core.files.storage import StorageError, etag_of
from tests.s3_server import ACCESS_KEY, FakeS3, storage_entry

PART = 65_536
LARGE = bytes(range(256)) * 40_000  # 10 MB
BUCKET = "locked-files"


def storage_of(s3: FakeS3, kind: Any = PrivateS3Storage, **changes: str) -> Any:
    return kind(**{**storage_entry(s3, BUCKET, kind.__name__)["OPTIONS"], **changes})


@pytest.fixture
def storage(s3: FakeS3) -> Any:
    return storage_of(s3)


def fetch(url: str, method: str = "GET") -> tuple[int, Any, bytes]:
    request = urllib.request.Request(url, method=method)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


# --- Django's storage API -----------------------------------------------------------


@pytest.mark.parametrize("name", ["guide.pdf", "documents/Ñandú & más.pdf", "a/b c/+1 %2F.txt"])
def test_file_is_kept_and_read_back(storage: Any, name: str) -> None:
    kept = storage.save(name, ContentFile(b"the bytes"))
    assert storage.exists(kept)
    assert storage.size(kept) == 9
    with storage.open(kept) as opened:
        assert (opened.size, opened.read()) == (9, b"the bytes")
    assert storage.get_modified_time(kept).tzinfo is not None
    storage.delete(kept)
    assert not storage.exists(kept)
    with pytest.raises(FileNotFoundError):
        storage.open(kept)


def test_no_name_is_ever_used_twice(storage: Any) -> None:
    first = storage.save("documents/guide.pdf", ContentFile(b"first"))
    storage.delete(first)
    again = storage.save("documents/guide.pdf", ContentFile(b"again"))
    assert first != again
    assert {name.rpartition("/")[2] for name in (first, again)} == {"guide.pdf"}


def test_long_name_fits_its_field(storage: Any) -> None:
    assert len(storage.save(f"documents/{'a' * 300}.pdf", ContentFile(b"x"), max_length=100)) == 100


def test_file_is_only_opened_for_reading(storage: Any) -> None:
    with pytest.raises(ValueError, match="for reading"):
        storage.open("guide.pdf", "wb")


def test_everything_is_listed_over_many_pages(s3: FakeS3, storage: Any) -> None:
    s3.page_size = 2
    for name in ("a.txt", "b.txt", "c.txt", "in/d.txt", "in/e.txt"):
        storage.put_back(name, ContentFile(b"x"))
    assert list(storage.all_names()) == s3.names(BUCKET)
    assert storage.listdir("") == (["in"], ["a.txt", "b.txt", "c.txt"])
    assert storage.listdir("in/") == ([], ["d.txt", "e.txt"])


# --- Reading ------------------------------------------------------------------------


def test_part_of_a_large_file_is_fetched_and_not_the_rest(s3: FakeS3, storage: Any) -> None:
    storage.put_back("large.bin", ContentFile(LARGE))
    with storage.open("large.bin") as opened:
        opened.seek(9_000_000)
        assert opened.read(100) == LARGE[9_000_000:9_000_100]
    assert sum(asked.startswith("GET") for asked in s3.asked) == 1


def test_reader_holds_a_buffer_and_not_the_file(storage: Any) -> None:
    storage.put_back("large.bin", ContentFile(LARGE))
    with storage.open("large.bin") as opened:
        read = [len(opened.read(PART)) for _number in range(3)]
        assert read == [PART] * 3
        assert opened.file.raw.tell() < 10 * PART


def test_programs_that_jump_about_can_read_it(storage: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.txt", b"1" * 100_000)
        archive.writestr("two.txt", b"2" * 100_000)
    storage.put_back("both.zip", ContentFile(packed.getvalue()))
    with storage.open("both.zip") as opened, zipfile.ZipFile(opened) as archive:
        assert archive.read("two.txt") == b"2" * 100_000
        assert archive.read("one.txt") == b"1" * 100_000


def test_file_replaced_while_it_is_read_is_never_mixed(storage: Any) -> None:
    storage.put_back("guide.pdf", ContentFile(b"old " * 100_000))
    with storage.open("guide.pdf") as opened:
        opened.read(10)
        storage.put_back("guide.pdf", ContentFile(b"new " * 100_000))
        opened.seek(300_000)
        with pytest.raises(StorageError):
            opened.read(10)


def test_etag_names_the_edition_and_tells_nothing(storage: Any) -> None:
    tags = []
    for content in (b"first", b"second", b"first"):
        storage.put_back("guide.pdf", ContentFile(content))
        with storage.open("guide.pdf") as opened:
            tags.append(etag_of("guide.pdf", opened, storage))
            assert opened.etag.strip('"') not in tags[-1]
    assert tags[0] == tags[2] != tags[1]


# --- Addresses ----------------------------------------------------------------------

WANTED = {"disposition": 'attachment; filename="x.pdf"', "content_type": "application/pdf"}


def test_private_file_has_no_address(storage: Any) -> None:
    with pytest.raises(NotImplementedError):
        storage.url("guide.pdf")


def test_signed_address_gives_the_file_under_the_wanted_name(storage: Any) -> None:
    storage.put_back("documents/Ñ & x.pdf", ContentFile(b"%PDF-"))
    url = storage.signed_url("documents/Ñ & x.pdf", method="GET", **WANTED)
    status, headers, body = fetch(url)
    assert (status, body) == (200, b"%PDF-")
    assert headers["Content-Disposition"] == WANTED["disposition"]
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Cache-Control"] == "private, no-store"


def test_signed_address_ends_after_a_minute(s3: FakeS3, storage: Any) -> None:
    storage.put_back("guide.pdf", ContentFile(b"%PDF-"))
    url = storage.signed_url("guide.pdf", method="GET", **WANTED)
    s3.ahead = timedelta(seconds=50)
    assert fetch(url)[0] == 200
    s3.ahead = timedelta(seconds=62)
    assert fetch(url)[0] == 403


def test_signed_address_opens_nothing_else(storage: Any) -> None:
    for name in ("guide.pdf", "other.pdf"):
        storage.put_back(name, ContentFile(b"%PDF-"))
    url = storage.signed_url("guide.pdf", method="GET", **WANTED)
    assert fetch(url.replace("guide.pdf", "other.pdf"))[0] == 403
    assert fetch(url.replace("x.pdf", "y.exe"))[0] == 403
    assert fetch(url, "DELETE")[0] == 403
    assert fetch(url, "HEAD")[0] == 403
    assert fetch(storage.signed_url("guide.pdf", method="HEAD", **WANTED), "HEAD")[0] == 200


def test_stranger_gets_neither_a_file_nor_the_list(storage: Any) -> None:
    storage.put_back("documents/Ñ.pdf", ContentFile(b"%PDF-"))
    for url in (storage.unsigned_url("documents/Ñ.pdf"), storage.unsigned_url()):
        status, _headers, body = fetch(url)
        assert (status, b"%PDF-" in body, b"pdf" in body) == (403, False, False)


def test_unsigned_addresses_are_the_right_ones(s3: FakeS3, storage: Any) -> None:
    """Else the test above would pass on addresses that nobody serves."""
    storage.put_back("documents/Ñ.pdf", ContentFile(b"%PDF-"))
    s3.is_open_to_all = True
    assert fetch(storage.unsigned_url("documents/Ñ.pdf"))[2] == b"%PDF-"
    assert "documents/Ñ.pdf" in fetch(storage.unsigned_url())[2].decode()


def test_bucket_at_amazon_has_a_host_of_its_own(s3: FakeS3) -> None:
    storage = storage_of(s3, endpoint_url="", region="eu-central-1")
    host = f"https://{BUCKET}.s3.eu-central-1.amazonaws.com"
    assert storage.unsigned_url("a b.pdf") == f"{host}/a%20b.pdf"
    assert storage.signed_url("a b.pdf", method="GET", **WANTED).startswith(f"{host}/a%20b.pdf?")


def test_public_file_has_an_address_on_this_site(s3: FakeS3) -> None:
    storage = storage_of(s3, PublicS3Storage)
    assert storage.url("images/Ñ x.png") == "/media/images/%C3%91%20x.png"


# --- Trouble ------------------------------------------------------------------------


def trouble(storage: Any) -> list[BaseException]:
    """Do everything a storage can, and return what each way of failing says."""
    said: list[BaseException] = []
    for attempt in (
        lambda: storage.open("guide.pdf"),
        lambda: storage.save("guide.pdf", ContentFile(b"x")),
        lambda: storage.delete("guide.pdf"),
        lambda: storage.size("guide.pdf"),
        lambda: list(storage.all_names()),
        lambda: storage.probe(),
    ):
        with pytest.raises(StorageError) as raised:
            attempt()
        said.append(raised.value)
    return said


def test_wrong_key_is_told_in_plain_words_without_a_key(s3: FakeS3) -> None:
    for error in trouble(storage_of(s3, secret_access_key="not-the-s3cret")):
        text = f"{error} {error.__cause__}"
        assert "refused" in text
        assert "s3cret" not in text
        assert ACCESS_KEY not in text


def test_bucket_out_of_reach_is_told_in_plain_words(s3: FakeS3) -> None:
    s3.is_down = True
    assert all("refused" in str(error) for error in trouble(storage_of(s3)))
    nowhere = storage_of(s3, endpoint_url="http://127.0.0.1:9")
    with pytest.raises(StorageError, match="out of reach"):
        nowhere.probe()


def test_probe_writes_nothing(s3: FakeS3, storage: Any) -> None:
    storage.probe()
    assert not any(asked.startswith(("PUT", "DELETE")) for asked in s3.asked)
