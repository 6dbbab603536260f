"""Links to pages as the editor shows them, of which a bad one fails no form."""

from functools import partial
from typing import Any

from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.left_out.rich_text import Attributes, is_plausible

Link = dict[str, Any]
# A form asks anew for each link in its texts, and telling where one leads takes three queries.
_links = Remembered[Link]()


def show_links_to_pages(features: FeatureRegistry) -> None:
    """Put our handler in the place of Wagtail's own."""
    rule = features.converter_rules_by_converter["contentstate"]["link"]
    read = {**rule["from_database_format"], 'a[linktype="page"]': PageLinkInEditor("LINK")}
    features.register_converter_rule("contentstate", "link", {**rule, "from_database_format": read})


class PageLinkInEditor(PageLinkElementHandler):
    """A link whose id is none comes into the editor as a broken one, and can be saved again."""

    def get_attribute_data(self, attrs: Attributes) -> Link:
        if not is_plausible(attrs):
            # As Wagtail has links to pages that are gone; one without an id would be no page's.
            return {"id": attrs.get("id", ""), "url": None, "parentId": None}
        read = partial(super().get_attribute_data, attrs)
        return {**_links.get(attrs.get("id"), read, is_good=_leads_somewhere)}


def _leads_somewhere(link: Link) -> bool:
    return link["url"] is not None
