"""Public pictures, video and captions, handed out by the site itself."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Path:
    path = Path(settings.MEDIA_ROOT) / "images" / "rings.svg"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    return path


def test_file_is_handed_out_to_keep_and_can_run_nothing(picture: Path) -> None:
    response = Client().get("/media/images/rings.svg")
    assert b"".join(response.streaming_content) == picture.read_bytes()  # type: ignore[attr-defined]
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_video_can_be_taken_in_parts(picture: Path) -> None:
    response = Client().get("/media/images/rings.svg", headers={"Range": "bytes=0-3"})
    assert response.status_code == 206
    assert b"".join(response.streaming_content) == b"<svg"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name",
    ["none.svg", "images", "images/", "images/rings.svg/x", "%2e%2e/private/guide.pdf", "a" * 3000],
    ids=["missing", "folder", "folder with slash", "below a file", "outside", "very long"],
)
def test_what_is_no_file_of_ours_is_not_found(picture: Path, name: str) -> None:
    private = Path(settings.PRIVATE_ROOT) / "guide.pdf"
    private.parent.mkdir()
    private.write_bytes(b"%PDF-")
    assert Client().get(f"/media/{name}").status_code == 404


def test_nothing_can_be_sent_to_it(picture: Path) -> None:
    assert Client().post("/media/images/rings.svg").status_code == 405
