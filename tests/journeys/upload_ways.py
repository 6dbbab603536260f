"""The forms of staff that take a file, each with what it is sent and which files it takes."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse_lazy

from tests.journeys.uploaded_files import DOCUMENTS, LONG, PICTURES


@dataclass(frozen=True, kw_only=True)
class Way:
    """A form that takes a file, and the names of those it takes."""

    name: str
    address: Any
    sent_as: str
    taken: set[str]
    data: dict[str, object] = field(default_factory=dict)
    # Where what was taken is shown, without its key.
    shown: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


def chosen(prefix: str) -> dict[str, object]:
    return {f"{prefix}-title": "A file", f"{prefix}-collection": 1, f"{prefix}-duration": 0}


PLAIN: dict[str, object] = {"title": "A file", "collection": 1, "duration": 0}
ACCOUNT: dict[str, object] = {
    "name_email-first_name": "Ana",
    "name_email-last_name": "Diaz",
    "name_email-email": "ana@example.org",
    "locale-preferred_language": "",
    "locale-current_time_zone": "",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
}
IMPORT = "/admin/redirects/import/"
IMAGES = ("/admin/images/", "/admin/images/chooser/")
DOCS = ("/admin/documents/", "/admin/documents/chooser/")
MEDIA = ("/admin/media/", "/admin/media/chooser/")
VIDEOS = {"clip.mp4", "clip.webm"}
WAYS = [
    Way(
        name="a picture",
        address="/admin/images/add/",
        sent_as="file",
        taken=PICTURES | {f"{LONG}.png"},
        data=PLAIN,
        shown=IMAGES,
    ),
    Way(
        name="several pictures",
        address="/admin/images/multiple/add/",
        sent_as="files[]",
        taken=PICTURES | {f"{LONG}.png"},
        data=PLAIN,
        shown=IMAGES,
    ),
    Way(
        name="a picture where it is chosen",
        address="/admin/images/chooser/create/",
        sent_as="image-chooser-upload-file",
        taken=PICTURES | {f"{LONG}.png"},
        data=chosen("image-chooser-upload"),
        shown=IMAGES,
    ),
    Way(
        name="another file of a picture",
        address="/admin/images/{image}/",
        sent_as="file",
        taken=PICTURES | {f"{LONG}.png"},
        data=PLAIN,
        shown=IMAGES,
    ),
    Way(
        name="a document",
        address="/admin/documents/add/",
        sent_as="file",
        taken=DOCUMENTS,
        data=PLAIN,
        shown=DOCS,
    ),
    Way(
        name="several documents",
        address="/admin/documents/multiple/add/",
        sent_as="files[]",
        taken=DOCUMENTS,
        data=PLAIN,
        shown=DOCS,
    ),
    Way(
        name="a document where it is chosen",
        address="/admin/documents/chooser/create/",
        sent_as="document-chooser-upload-file",
        taken=DOCUMENTS,
        data=chosen("document-chooser-upload"),
        shown=DOCS,
    ),
    Way(
        name="another file of a document",
        address="/admin/documents/edit/{document}/",
        sent_as="file",
        taken=DOCUMENTS,
        data=PLAIN,
        shown=DOCS,
    ),
    Way(
        name="a video",
        address="/admin/media/video/add/",
        sent_as="file",
        taken=VIDEOS,
        data=PLAIN,
        shown=MEDIA,
    ),
    Way(
        name="a sound",
        address="/admin/media/audio/add/",
        sent_as="file",
        taken={"talk.wav"},
        data=PLAIN,
        shown=MEDIA,
    ),
    Way(
        name="a video where it is chosen",
        address=reverse_lazy("wagtailmedia:chooser_upload", args=["video"]),
        sent_as="media-chooser-upload-file",
        taken=VIDEOS,
        data=chosen("media-chooser-upload"),
        shown=MEDIA,
    ),
    Way(
        name="another file of a video",
        address="/admin/media/edit/{media}/",
        sent_as="file",
        taken=VIDEOS,
        data=PLAIN,
        shown=MEDIA,
    ),
    Way(
        name="captions of a video",
        address="/admin/media/edit/{media}/",
        sent_as="captions",
        taken={"captions.vtt", "captions.srt"},
        data=PLAIN,
        shown=MEDIA,
    ),
    Way(
        name="a thumbnail of a video",
        address="/admin/media/edit/{media}/",
        sent_as="thumbnail",
        taken=PICTURES - {"photo.avif"} | {"png-named.jpg"},
        data=PLAIN,
        shown=MEDIA,
    ),
    Way(
        name="a picture of oneself",
        address="/admin/account/",
        sent_as="avatar-avatar",
        taken=PICTURES | {f"{LONG}.png"},
        data=ACCOUNT,
        shown=("/admin/account/", "/admin/"),
    ),
]
