"""Video and captions come in through the real forms, and nothing stays of what is refused."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoCaptureOnCommitCallbacks

from eoc_cms.core.models import CustomMedia
from home.demo.media import media_path
from tests.factories.fixtures import SignIn

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nMembers met in Atlanta.\n"
SUBRIP = b"1\n00:00:00,000 --> 00:00:02,000\nMembers met in Atlanta.\n"
VIDEO = media_path("convening_mp4").read_bytes()
ADD = "/admin/media/video/add/"


@pytest.fixture(params=["Editors", "Publishers", "Superuser"])
def staff(request: pytest.FixtureRequest, sign_in: SignIn) -> Client:
    return sign_in(request.param)


@pytest.fixture
def editor(sign_in: SignIn) -> Client:
    return sign_in("Editors")


def send(client: Client, address: str = ADD, **files: tuple[str, bytes]) -> str:
    """Send the form of a video; return what it says when it is refused, else nothing."""
    uploads = {name: SimpleUploadedFile(*file) for name, file in files.items()}
    response = client.post(address, {"title": "Atlanta", "collection": 1, "duration": 0, **uploads})
    assert response.status_code in {200, 302}
    return strip_tags(response.content.decode()) if response.status_code == 200 else ""


def stored() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize(("name", "captions"), [("a.vtt", CAPTIONS), ("a.srt", SUBRIP)])
def test_video_with_captions_is_uploaded(staff: Client, name: str, captions: bytes) -> None:
    assert not send(staff, file=("atlanta.mp4", VIDEO), captions=(name, captions))
    media = CustomMedia.objects.get()
    assert media.captions.read().startswith(b"WEBVTT\n\n00:0")
    assert stored() == ["captions/a.vtt", "media/atlanta.mp4"]


def test_captions_are_added_and_replaced_later(
    editor: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    send(editor, file=("atlanta.mp4", VIDEO))
    address = f"/admin/media/edit/{CustomMedia.objects.get().pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        assert not send(editor, address, captions=("first.vtt", CAPTIONS))
        assert not send(editor, address, captions=("second.srt", SUBRIP))
    assert stored() == ["captions/second.vtt", "media/atlanta.mp4"]
    with django_capture_on_commit_callbacks(execute=True):
        CustomMedia.objects.get().delete()
    assert stored() == []


def test_refused_captions_name_the_line_and_leave_nothing(editor: Client) -> None:
    wrong = CAPTIONS.replace(b".000", b",000")
    told = send(editor, file=("atlanta.mp4", VIDEO), captions=("a.vtt", wrong))
    assert "Line 3: these are not the times of a caption." in told
    assert "Put that right and choose this file again." in told
    assert stored() == []
    assert not CustomMedia.objects.exists()


def test_page_named_as_video_is_refused(editor: Client) -> None:
    told = send(editor, file=("page.mp4", b"<html><script>alert(1)</script></html>"))
    assert "This file is named .mp4 but its content is something else." in told
    assert stored() == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (f"{'a' * 120}.mp4", VIDEO, "at most 100 characters"),
        ("empty.mp4", b"", "The submitted file is empty."),
        ("film.mov", VIDEO, "Save it as one of these: .mp4, .webm."),
    ],
)
def test_one_fault_is_told_once(editor: Client, name: str, content: bytes, words: str) -> None:
    response = editor.post(
        ADD,
        {"title": "A", "collection": 1, "duration": 0, "file": SimpleUploadedFile(name, content)},
    )
    form = response.context["form"]
    assert [words in error for error in form.errors["file"]] == [True]
    assert list(form.errors) == ["file"]


def test_title_made_from_a_refused_file_is_not_kept(editor: Client) -> None:
    for title, kept in (("notes", ""), ("Atlanta in May", "Atlanta in May")):
        file = SimpleUploadedFile("notes.mp4", b"no video")
        response = editor.post(ADD, {"title": title, "collection": 1, "duration": 0, "file": file})
        assert response.context["form"]["title"].value() == kept
