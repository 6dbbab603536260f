"""Every picture is shown once before it is kept, whichever way it comes in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from eoc_cms.core.media.recheck import recheck_pictures
from eoc_cms.core.models import CustomImage
from resources.models import ResourceIndexPage
from tests import picture_files
from tests.factories.fixtures import SignIn
from tests.factories.pages import make_resource

GOOD = {
    "photo.jpg": picture_files.plain("JPEG"),
    "print.jpeg": picture_files.plain("JPEG", "CMYK"),
    "grey.jpg": picture_files.plain("JPEG", "L"),
    "drawing.png": picture_files.plain("PNG"),
    "see-through.png": picture_files.plain("PNG", "RGBA"),
    "few-colors.png": picture_files.plain("PNG", "P"),
    "two-colors.png": picture_files.plain("PNG", "1"),
    "still.gif": picture_files.plain("GIF", "P"),
    "moving.gif": picture_files.animated_gif(),
    "photo.webp": picture_files.plain("WEBP"),
    "photo.avif": picture_files.plain("AVIF"),
}
DAMAGED = {
    "cut.jpg": picture_files.cut_short("JPEG"),
    "cut.png": picture_files.cut_short("PNG"),
    "cut.webp": picture_files.cut_short("WEBP"),
    "header.png": picture_files.broken_header(),
    "one-bit.png": picture_files.one_bit_transparent(),
    "words.png": b"Members met in Atlanta.",
}
CHOOSER = "/admin/images/chooser/create/"


def add(client: Client, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/admin/images/add/", {"title": name, "collection": 1, "file": file})


def add_several(client: Client, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(
        "/admin/images/multiple/add/",
        {"title": name, "collection": 1, "files[]": file},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )


def choose(client: Client, name: str, content: bytes) -> Any:
    file, prefix = SimpleUploadedFile(name, content), "image-chooser-upload"
    data = {f"{prefix}-title": name, f"{prefix}-collection": 1, f"{prefix}-file": file}
    return client.post(CHOOSER, data)


WAYS = [add, add_several, choose]
Way = Callable[[Client, str, bytes], Any]


@pytest.fixture
def editor(sign_in: SignIn) -> Client:
    return sign_in("Editors")


@pytest.mark.parametrize("name", GOOD)
def test_good_picture_is_taken_and_shown_everywhere(editor: Client, name: str) -> None:
    add(editor, name, GOOD[name])
    picture = CustomImage.objects.get()
    for address in ("/admin/images/", f"/admin/images/{picture.pk}/", "/admin/images/chooser/"):
        content = editor.get(address).content.decode()
        assert "no-picture" not in content
    assert not CustomImage.objects.get().cannot_be_shown


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_picture_is_refused_in_words(editor: Client, way: Way, name: str) -> None:
    response = way(editor, name, DAMAGED[name])
    assert response.status_code == 200
    assert "This picture cannot be shown: it is damaged" in response.content.decode()
    assert not CustomImage.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("way", WAYS)
def test_animated_png_is_called_what_it_is(editor: Client, way: Way) -> None:
    told = way(editor, "moving.png", picture_files.animated_png()).content.decode()
    assert "This PNG is animated" in told
    assert "damaged" not in told
    assert "corrupted" not in told


def test_picture_damaged_later_takes_no_page_down(editor: Client) -> None:
    picture = CustomImage(title="Spoilt", file=ContentFile(GOOD["drawing.png"], "drawing.png"))
    picture.save()
    Path(picture.file.path).write_bytes(DAMAGED["cut.png"])
    chosen = f"/admin/images/chooser/chosen/{picture.pk}/"
    for address in ("/admin/images/", f"/admin/images/{picture.pk}/", "/admin/images/chooser/"):
        assert "no-picture" in editor.get(address).content.decode()
    assert "no-picture" in editor.get(chosen).content.decode()
    assert "Pictures that cannot be shown" in editor.get("/admin/").content.decode()


def test_lost_cover_takes_no_page_of_visitors_down(index: ResourceIndexPage) -> None:
    picture = CustomImage(title="Lost", file=ContentFile(GOOD["drawing.png"], "drawing.png"))
    picture.save()
    Path(picture.file.path).unlink()
    page = make_resource(index, "A guide", cover=picture)
    for address in (page.url, index.url):
        response = Client().get(address)
        assert response.status_code == 200
        assert "no-picture" in response.content.decode()
    head = Client().get(page.url).content.decode().split("</head>")[0]
    assert "no-picture" not in head


def test_placeholder_has_the_size_and_every_format_of_the_picture(editor: Client) -> None:
    picture = CustomImage(title="Lost", file=ContentFile(GOOD["drawing.png"], "drawing.png"))
    picture.save()
    Path(picture.file.path).unlink()
    found = picture.get_renditions("format-avif|width-60", "format-jpeg|width-60")
    assert list(found) == ["format-avif|width-60", "format-jpeg|width-60"]
    assert [(shown.width, shown.height) for shown in found.values()] == [(60, 45)] * 2
    assert all("no-picture" in shown.url for shown in found.values())


def test_mark_goes_with_another_file_or_when_the_file_is_back(editor: Client) -> None:
    picture = CustomImage(title="Lost", file=ContentFile(GOOD["drawing.png"], "drawing.png"))
    picture.save()
    path = Path(picture.file.path)
    path.unlink()
    editor.get("/admin/images/")
    assert recheck_pictures() == 0
    path.write_bytes(GOOD["drawing.png"])
    assert recheck_pictures() == 1
    path.write_bytes(DAMAGED["cut.png"])
    picture.get_rendition("width-61")
    file = SimpleUploadedFile("photo.jpg", GOOD["photo.jpg"])
    editor.post(f"/admin/images/{picture.pk}/", {"title": "Found", "collection": 1, "file": file})
    assert not CustomImage.objects.get().cannot_be_shown
