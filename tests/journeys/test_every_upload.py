"""Every form that takes a file, of staff and of visitors, with good files and bad ones.

None is an error of the server's. What is refused is refused in words that tell what to do, and
leaves no file behind. What is taken can be listed and edited afterwards.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings, settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Site

from eoc_cms.core.models import CustomMedia
from forms_app.models import FormPage, SubmissionFile
from tests import media_files
from tests.factories import pages as making
from tests.factories.fixtures import SUPERUSER, MakeForm, SignIn
from tests.journeys.upload_ways import ACCOUNT, IMPORT, WAYS, Way
from tests.journeys.uploaded_files import DOCUMENTS, FILES, LONG

pytestmark = pytest.mark.sweep
# Words for programmers, which nobody else should meet.
TECHNICAL = re.compile(
    r"Traceback|Exception|\w+Error\b|codec|object at 0x|\bNone\b|\bNULL\b|corrupted|\{[a-z_]*\}"
)


@pytest.fixture(autouse=True)
def _large_files_wait_on_disk(settings: LazySettings) -> None:
    """Take pictures and videos in by way of the disk, and captions in memory."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2000


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    return sign_in(SUPERUSER)


@pytest.fixture
def keys(staff: Client) -> dict[str, int]:
    """Store a file of each kind, for the forms in which another takes its place."""
    media = CustomMedia(title="A clip", type="video", duration=0)
    media.file.save("first.mp4", SimpleUploadedFile("first.mp4", media_files.mp4()), save=False)
    media.save()
    return {
        "image": making.image().pk,
        "document": making.document("first.txt").pk,
        "media": media.pk,
    }


def stored() -> set[str]:
    roots = (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT))
    files = (path for root in roots for path in root.rglob("*") if path.is_file())
    # Pictures that the lists show are made anew when they are looked at.
    return {str(path) for path in files if path.parent.name != "images"}


def html_of(response: Any) -> str:
    """Return the page that a form is answered with, or what a chooser's window shows of it."""
    content: str = response.content.decode()
    answer = json.loads(content) if content.startswith("{") else {}
    return str(answer.get("html") or answer.get("htmlFragment") or content)


def refusal(response: Any) -> str:
    """Return what a form says against a file, or nothing where it was taken."""
    assert response.status_code in {200, 302}, response.status_code
    if response.status_code == 302:
        return ""
    content = response.content.decode()
    if not content.startswith("{"):
        return words(content)
    answer = json.loads(content)
    if answer.get("success") or answer.get("step", "").endswith("chosen"):
        return ""
    return str(answer.get("error_message", "")) or words(html_of(response))


def words(html: str) -> str:
    page = BeautifulSoup(html, "html.parser")
    told = page.select(".error-message, [data-field-errors], .messages, .help-critical")
    return " ".join(" ".join(part.get_text(" ") for part in told).split())


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_form_of_staff_takes_or_refuses_every_file(
    staff: Client, keys: dict[str, int], way: Way
) -> None:
    for name, content in FILES.items():
        before = stored()
        upload = SimpleUploadedFile(name, content)
        upload.name = name  # As the form of a browser with no scruples would send it.
        address = str(way.address).format(**keys)
        told = refusal(staff.post(address, {**way.data, way.sent_as: upload}))
        assert (told == "") == (name in way.taken), (name, told)
        if told:
            assert stored() == before, name
            assert not TECHNICAL.search(told), (name, told)
    for address in (*way.shown, str(way.address).format(**keys)):
        assert staff.get(address).status_code == 200


@pytest.mark.parametrize("way", [way for way in WAYS if way.data is not ACCOUNT], ids=str)
def test_good_file_with_another_fault_is_not_kept(
    staff: Client, keys: dict[str, int], way: Way
) -> None:
    before = stored()
    name = sorted(way.taken)[-1]
    faulty = {key: "a" * 300 if key.endswith("title") else way.data[key] for key in way.data}
    upload = SimpleUploadedFile(name, FILES[name])
    address = str(way.address).format(**keys)
    told = refusal(staff.post(address, {**faulty, way.sent_as: upload}))
    assert "at most 255 characters" in told
    assert "Put that right and choose this file again." in told
    assert stored() == before


NEW = [
    way
    for way in WAYS
    if way.data is not ACCOUNT and way.sent_as != "files[]" and "{" not in str(way.address)
]


@pytest.mark.parametrize("way", NEW, ids=str)
def test_next_file_does_not_get_the_title_of_a_refused_one(staff: Client, way: Way) -> None:
    [title] = [key for key in way.data if key.endswith("title")]
    for typed, kept in (("program", ""), ("Our own words", "Our own words")):
        upload = SimpleUploadedFile("program.exe", FILES["program.exe"])
        response = staff.post(way.address, {**way.data, title: typed, way.sent_as: upload})
        page = BeautifulSoup(html_of(response), "html.parser")
        shown = [field.get("value", "") for field in page.select(f"input[name='{title}']")]
        assert kept in shown
        assert "program" not in shown


def test_list_of_redirects_is_read_or_refused(staff: Client) -> None:
    for name, content in FILES.items():
        response = staff.post(IMPORT, {"import_file": SimpleUploadedFile(name, content)})
        assert response.status_code in {200, 302}
        assert not stored()


# Shown beside what was chosen there, and sent to addresses that are walked above.
CHOOSERS = re.compile(r"/admin/(images|documents|media)/chooser/.*")


def test_no_form_with_a_file_is_left_out(staff: Client, site: Site) -> None:
    walked = {str(way.address) for way in WAYS} | {IMPORT}
    found = {address for address in plain_addresses() if takes_a_file(staff, address)}
    assert {address for address in found if not CHOOSERS.fullmatch(address)} <= walked
    assert len(found) > 5


def plain_addresses() -> Iterator[str]:
    """Yield the addresses of the admin that need no key to be opened."""
    for route in routes(get_resolver().url_patterns, "/"):
        address = re.sub(r"\\Z|[\^$]", "", route)
        if address.startswith("/admin/") and not NO_FORM.search(address):
            yield from (
                [address.replace(KINDS_OF_MEDIA, kind) for kind in ("audio", "video")]
                if KINDS_OF_MEDIA in address
                else [address] * (not re.search(r"[<(\[]", address))
            )


# One signs out, the other is there to fail.
NO_FORM = re.compile("logout|failwhale")
KINDS_OF_MEDIA = "(?P<media_type>audio|video|media)"


def routes(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def takes_a_file(staff: Client, address: str) -> bool:
    response = staff.get(address)
    is_page = response.status_code == 200 and not response.streaming
    return is_page and re.search(rb'type=\\*"file', response.content) is not None


# What visitors send is shown on no page, so a picture may be damaged.
VISITORS_TAKE = {
    *("photo.jpg", "print.jpeg", "drawing.png", "photo.webp", "large.jpg", "../../escape.png"),
    *("cut.jpg", "cut.png", "cut-large.jpg", "header.png", "one-bit.png", f"{LONG}.png"),
    *DOCUMENTS,
}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form({"label": "Plan", "field_type": "file", "clean_name": "plan"})


@pytest.mark.parametrize("name", FILES)
def test_form_of_visitors_takes_or_refuses_every_file(form: FormPage, name: str) -> None:
    data = {"email": "ana@example.org", "plan": SimpleUploadedFile(name, FILES[name])}
    response = Client().post(form.url, data)
    told = "" if response.status_code == 303 else told_to_visitors(response)
    assert (told == "") == (name in VISITORS_TAKE), told
    if told:
        assert not stored()
        assert not SubmissionFile.objects.exists()
        assert not TECHNICAL.search(told)


def told_to_visitors(response: Any) -> str:
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(part.get_text(" ") for part in page.select("[id$='-error'], .error-summary"))
