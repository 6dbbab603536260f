"""What search engines are told of a video (schema.org VideoObject)."""

from datetime import date, datetime
from urllib.parse import urljoin

from django.utils.html import strip_tags
from wagtail.rich_text import RichText

from eoc_cms.core.videos.length import iso_duration
from eoc_cms.core.videos.presentation import Video


def video_structured_data(
    video: Video,
    *,
    base_url: str,
    description: str = "",
    thumbnail_url: str = "",
    uploaded_on: date | datetime | None = None,
) -> dict[str, object]:
    """Return a VideoObject to print as JSON-LD; what is not known is left out.

    `base_url` is the site's own address, which makes the file's address complete.
    """
    moment = uploaded_on or video.date
    words = video.transcript
    source = words.source if isinstance(words, RichText) else words or ""
    data = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": video.title,
        "description": description or video.title,
        "thumbnailUrl": _absolute(base_url, thumbnail_url or video.poster_url),
        "uploadDate": moment.isoformat() if moment else "",
        "duration": iso_duration(video.length_seconds) if video.length_seconds else "",
        "contentUrl": _absolute(base_url, video.file_url),
        "embedUrl": video.embed_url,
        "url": video.watch_url,
        "transcript": " ".join(strip_tags(source.replace("<", " <")).split()),
    }
    return {name: value for name, value in data.items() if value}


def _absolute(base_url: str, url: str) -> str:
    return urljoin(base_url, url) if url else ""
