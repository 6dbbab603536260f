"""Videos pasted into rich text, understood without the network.

Wagtail keeps the HTML made here with the page's embeds. It is the same kind of
play link as in a video block and never a player, so that nothing is asked of
another site before a click. After a change of its markup, `manage.py
purge_embeds` makes Wagtail build it anew.
"""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders.base import EmbedFinder

from eoc_cms.core.videos.addresses import (
    UnknownVideoAddressError,
    is_of_known_provider,
    parse_video_url,
)


class KnownVideoFinder(EmbedFinder):
    """Stand before Wagtail's oEmbed finder, which would ask the provider.

    All that belongs to a provider is decided here, also that it is no video: Wagtail's patterns
    take much that is none, such as playlists.
    """

    def accept(self, url: str) -> bool:
        return is_of_known_provider(url)

    def find_embed(
        self, url: str, max_width: int | None = None, max_height: int | None = None
    ) -> dict[str, object]:
        try:
            address = parse_video_url(url)
        except UnknownVideoAddressError as error:
            raise EmbedNotFoundException from error
        title = _("Video on %(provider)s") % {"provider": address.provider_label}
        return {
            "title": title,
            "author_name": "",
            "provider_name": address.provider_label,
            "type": "video",
            "thumbnail_url": "",
            "width": 1280,
            "height": 720,
            "html": render_to_string(
                "blocks/includes/rich_text_video.html", {"address": address, "title": title}
            ),
        }
