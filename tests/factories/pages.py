"""Make resources, labels and files as staff would, without the whole demo."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from eoc_cms.core.models import CustomDocument, CustomImage, CustomMedia
from forms_app.models import FormField, FormPage
from resources.models import (
    Audience,
    ResourceFile,
    ResourceIndexPage,
    ResourcePage,
    ResourceRelation,
    Topic,
    VideoPage,
    VideoRelation,
)

# One pixel, so that pictures can be rendered.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def label(model: Any, name: str) -> Any:
    return model.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def document(name: str, *, pages: int | None = None) -> CustomDocument:
    """Return a document with few bytes, of which nothing is known but the number of pages."""
    made = CustomDocument.objects.create(
        title=f"Title of {name}",
        file=ContentFile(b"%PDF-1.7 the bytes", name=name),
        page_count=pages,
        file_size=18,
    )
    made.accessibility = None
    made.save()
    return made


def image(title: str = "A picture") -> CustomImage:
    return CustomImage.objects.create(
        title=title, file=ContentFile(PIXEL, name=f"{slugify(title)}.png"), width=1, height=1
    )


def media(*, seconds: int) -> CustomMedia:
    return CustomMedia.objects.create(
        title="A clip",
        type="video",
        file=ContentFile(b"clip", name="clip.mp4"),
        duration=seconds,
        width=1280,
        height=720,
    )


def form_page(home: Any) -> FormPage:
    page = FormPage(title="Get the guides", slug="get-the-guides", submit_label="Get the guide")
    page.form_fields = [  # type: ignore[misc]
        FormField(
            sort_order=0, clean_name="email", label="E-mail", field_type="email", required=True
        )
    ]
    return publish(home.add_child(instance=page))


def make_resource(
    index: ResourceIndexPage,
    title: str,
    *,
    topics: Iterable[str] = (),
    audiences: Iterable[str] = (),
    files: Iterable[str] = ("guide.pdf",),
    pages: int | None = 12,
    related: Iterable[Any] = (),
    gate_mode: str = "open",
    at: datetime | None = None,
    **fields: Any,
) -> ResourcePage:
    page = ResourcePage(title=title, slug=slugify(title), gate_mode=gate_mode, **fields)
    page.files = [  # type: ignore[misc]
        ResourceFile(sort_order=number, document=document(name, pages=pages))
        for number, name in enumerate(files)
    ]
    page.related = [  # type: ignore[misc]
        ResourceRelation(page=other, sort_order=number) for number, other in enumerate(related)
    ]
    return _add(index, page, topics, audiences, at)


def make_video(
    index: ResourceIndexPage,
    title: str,
    *,
    topics: Iterable[str] = (),
    audiences: Iterable[str] = (),
    seconds: int | None = 240,
    related: Iterable[Any] = (),
    at: datetime | None = None,
    **fields: Any,
) -> VideoPage:
    page = VideoPage(
        title=title,
        slug=slugify(title),
        length_seconds=seconds,
        **{"video_url": "https://www.youtube.com/watch?v=abcdefghijk", **fields},
    )
    page.related = [  # type: ignore[misc]
        VideoRelation(page=other, sort_order=number) for number, other in enumerate(related)
    ]
    return _add(index, page, topics, audiences, at)


def _add(
    index: ResourceIndexPage,
    page: Any,
    topics: Iterable[str],
    audiences: Iterable[str],
    at: datetime | None,
) -> Any:
    page.topics = [label(Topic, name) for name in topics]
    page.audiences = [label(Audience, name) for name in audiences]
    page.first_published_at = page.last_published_at = at or timezone.now()
    index.refresh_from_db()
    index.add_child(instance=page)
    return type(page).objects.get(pk=page.pk)


def publish(page: Any) -> Any:
    """Publish a page as staff do, with a revision and Wagtail's signals."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)
