"""What a video needs before it may be published, the same for the block and the page."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.embeds.finders import get_finders
from wagtail.rich_text import RichText

from eoc_cms.core.videos.addresses import (
    UnknownVideoAddressError,
    is_of_known_provider,
    parse_video_address,
)

if TYPE_CHECKING:
    from wagtailmedia.models import AbstractMedia


class CaptionsState(models.TextChoices):
    CAPTIONS = "captions", _("It has captions that can be switched on")
    BURNED_IN = "burned_in", _("The words are written into the picture")
    NO_SPEECH = "no_speech", _("Nobody speaks in it")
    MISSING = "missing", _("It has no captions yet")


def has_words(rich_text: RichText | str | None) -> bool:
    """Say whether rich text, as stored or as an object, holds more than empty paragraphs."""
    source = rich_text.source if isinstance(rich_text, RichText) else rich_text or ""
    return bool(strip_tags(source).replace("\xa0", " ").replace("&nbsp;", " ").strip())


def video_problems(
    *,
    url: str,
    media: "AbstractMedia | None",
    captions: str,
    transcript: RichText | str | None,
) -> dict[str, str]:
    """Return what stands in the way of publishing, keyed by argument; empty when all is well.

    WCAG 2.2, 1.2.1 to 1.2.3: a video with speech needs captions and its words as text.
    """
    problems = _source_problems(url, media)
    if captions == CaptionsState.NO_SPEECH:
        return problems
    if captions not in CaptionsState.values or captions == CaptionsState.MISSING:
        problems["captions"] = gettext(
            "Captions are needed before this can be published. Add them to the video, then "
            "choose how they are shown here. If nobody speaks, choose that."
        )
    elif captions == CaptionsState.CAPTIONS and media and not getattr(media, "captions", None):
        problems["captions"] = gettext(
            "The uploaded video has no captions file. Open it under Media and add one."
        )
    if not has_words(transcript):
        problems["transcript"] = gettext(
            "Add what is said, as text. If nobody speaks, choose that under Captions."
        )
    return problems


def _source_problems(url: str, media: "AbstractMedia | None") -> dict[str, str]:
    if url and media:
        return {
            "url": gettext("Keep either the address or the uploaded video, and remove the other.")
        }
    if not url and not media:
        return {"url": gettext("Paste the address of the video, or choose an uploaded one below.")}
    if url and not is_playable(url):
        return {
            "url": gettext(
                "We do not know a video at this address. Open the video's own page, copy the "
                "address from the top of the browser, and paste it here."
            )
        }
    return {}


def is_playable(url: str) -> bool:
    """Say whether a player or one of Wagtail's oEmbed providers is known; asks nobody."""
    try:
        address = parse_video_address(url)
    except UnknownVideoAddressError:
        return False
    if is_of_known_provider(url):
        return bool(address.embed_url)
    return any(finder.accept(address.watch_url) for finder in get_finders())
