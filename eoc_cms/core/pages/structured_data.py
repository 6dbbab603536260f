"""What search engines are told of pages, in the words of schema.org.

Every part is a dictionary; a page's parts are printed as one graph. What is not
known is left out, and nothing is said that the page does not show.
"""

from collections.abc import Iterable
from urllib.parse import urljoin

from django.templatetags.static import static

from eoc_cms.core.models.site_settings import SiteSettings

Part = dict[str, object]


def graph(parts: Iterable[Part]) -> Part:
    return {"@context": "https://schema.org", "@graph": [known(part) for part in parts]}


def known(part: Part) -> Part:
    return {name: value for name, value in part.items() if value not in ("", None, [], {})}


def breadcrumb_list(trail: list[tuple[str, str]]) -> Part:
    """Return the way from the home page to a page, from titles and full addresses."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(trail, start=1)
        ],
    }


def organisation(settings: SiteSettings, *, url: str) -> Part:
    return known(
        {
            "@type": "Organization",
            "@id": f"{url}#organization",
            "name": settings.name,
            "url": url,
            "logo": urljoin(url, static("eoc/img/apple-touch-icon.png")),
            "slogan": settings.tagline,
            "email": settings.contact_email,
            "address": " ".join(settings.postal_address.split()),
            "sameAs": [link.url for link in settings.social_links.all()],
            "parentOrganization": _parent(settings),
        }
    )


def _parent(settings: SiteSettings) -> Part | None:
    if not settings.organisation:
        return None
    return known(
        {
            "@type": "Organization",
            "name": settings.organisation,
            "url": settings.organisation_url,
        }
    )


def site_parts(settings: SiteSettings, *, url: str) -> list[Part]:
    """Return what the home page says of the site and of who runs it."""
    website: Part = {
        "@type": "WebSite",
        "@id": f"{url}#website",
        "name": settings.name,
        "url": url,
        "publisher": {"@id": f"{url}#organization"},
    }
    return [organisation(settings, url=url), website]
