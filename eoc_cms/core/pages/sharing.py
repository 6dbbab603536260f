"""What a page says of itself where it is found or shared: a picture and a description.

Each is the first that an editor has filled in, from what is meant for sharing to
what the page shows anyway, so that no page is shared bare.
"""

import re
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.models import Page

from eoc_cms.core.models import CustomImage
from eoc_cms.core.models.site_settings import SiteSettings

IMAGES = ("social_image", "listing_image", "cover", "poster", "image", "hero_image")
PLAIN_TEXTS = ("search_description", "summary")
RICH_TEXTS = ("introduction", "intro")
PART_END = re.compile(r"</(?:p|li|h[1-6])>|<br ?/?>")
SHARED_AT = "fill-1200x630|format-jpeg"
# Search engines and chat programs show no more than about this.
LONGEST = 300


def share_image_url(page: Page, settings: SiteSettings) -> str:
    """Return the full address of the page's picture, else the site's, else an empty text."""
    chosen = (getattr(page, name, None) for name in IMAGES)
    image: CustomImage | None = (
        next((image for image in chosen if image), None) or settings.social_image
    )
    if image is None:
        return ""
    rendition = image.get_rendition(SHARED_AT)
    return "" if rendition.is_placeholder else rendition.full_url


def share_description(page: Page) -> str:
    plain = (getattr(page, name, "") for name in PLAIN_TEXTS)
    rich = (plain_text(getattr(page, name, "")) for name in RICH_TEXTS)
    return Truncator(next((text for text in (*plain, *rich) if text), "")).chars(LONGEST)


def plain_text(html: str) -> str:
    """Return rich text as one line of words."""
    spaced = PART_END.sub(r"\g<0> ", html)
    return " ".join(unescape(strip_tags(spaced)).split())
