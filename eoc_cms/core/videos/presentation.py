"""A video as the template `blocks/includes/video_figure.html` shows it."""

import mimetypes
import zlib
from dataclasses import dataclass
from datetime import date as Date
from typing import TYPE_CHECKING, Required, TypedDict

from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from eoc_cms.core.videos.addresses import UnknownVideoAddressError, parse_video_address
from eoc_cms.core.videos.length import length_label
from eoc_cms.core.videos.rules import CaptionsState, has_words

if TYPE_CHECKING:
    from wagtail.images.models import AbstractImage
    from wagtailmedia.models import AbstractMedia

EMBED = "embed"
FILE = "file"


@dataclass(frozen=True, kw_only=True)
class Video:
    """Everything that is shown of a video. Empty texts and None mean: not known."""

    title: str
    source_kind: str
    embed_url: str = ""
    play_url: str = ""
    watch_url: str = ""
    provider_label: str = ""
    file_url: str = ""
    file_type: str = ""
    captions_url: str = ""
    width: int = 1280
    height: int = 720
    poster: "AbstractImage | None" = None
    poster_url: str = ""
    length_seconds: int | None = None
    length_label: str = ""
    captions_label: str = ""
    has_speech: bool = True
    date: Date | None = None
    place: str = ""
    transcript: RichText | str | None = None
    is_sample: bool = False

    @property
    def seed(self) -> int:
        """Choose the generated poster; the same title always gets the same one."""
        return zlib.crc32(self.title.encode()) % 6


class Source(TypedDict, total=False):
    """What is known of a video by where it is kept."""

    source_kind: Required[str]
    embed_url: str
    play_url: str
    watch_url: str
    provider_label: str
    file_url: str
    file_type: str
    captions_url: str
    poster_url: str
    width: int
    height: int


def build_video(
    *,
    title: str,
    url: str = "",
    media: "AbstractMedia | None" = None,
    length_seconds: int | None = None,
    length_text: str = "",
    captions: str = "",
    transcript: RichText | str | None = None,
    poster: "AbstractImage | None" = None,
    date: Date | None = None,
    place: str = "",
    is_sample: bool = False,
) -> Video | None:
    """Return the video to show, or None where its source has gone or is not usable.

    An uploaded file wins over an address. `length_text` is shown as it is where
    no number of seconds is known.
    """
    source = _from_media(media) if media else _from_address(url)
    if source is None:
        return None
    seconds = length_seconds or (round(media.duration or 0 if media else 0) or None)
    return Video(
        title=title,
        length_seconds=seconds,
        length_label=length_label(seconds) or length_text,
        captions_label=_captions_label(captions),
        has_speech=captions != CaptionsState.NO_SPEECH,
        transcript=transcript if has_words(transcript) else None,
        poster=poster,
        date=date,
        place=place,
        is_sample=is_sample,
        **source,
    )


def _from_address(url: str) -> Source | None:
    try:
        address = parse_video_address(url or "")
    except UnknownVideoAddressError:
        return None
    return {
        "source_kind": EMBED,
        "embed_url": address.embed_url,
        "play_url": address.play_url,
        "watch_url": address.watch_url,
        "provider_label": address.provider_label,
    }


def _from_media(media: "AbstractMedia") -> Source | None:
    if not media.file:
        return None
    captions = getattr(media, "captions", None)
    return {
        "source_kind": FILE,
        "file_url": media.file.url,
        "file_type": mimetypes.guess_type(media.file.name)[0] or "video/mp4",
        "captions_url": captions.url if captions else "",
        "poster_url": media.thumbnail.url if media.thumbnail else "",
        "width": media.width or 1280,
        "height": media.height or 720,
    }


def _captions_label(state: str) -> str:
    return {
        CaptionsState.CAPTIONS.value: _("With captions"),
        CaptionsState.BURNED_IN.value: _("With captions in the picture"),
        CaptionsState.NO_SPEECH.value: _("No speech"),
        CaptionsState.MISSING.value: _("No captions yet"),
    }.get(state, "")
