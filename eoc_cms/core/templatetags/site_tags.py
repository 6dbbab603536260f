"""What every page shows of the site: its name, menus, breadcrumbs and structured data."""

import json
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from eoc_cms.core.models import MenuItem, SiteSettings

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class SiteInfo:
    name: str
    organisation: str
    tagline: str
    contact_email: str
    announcement: str
    announcement_url: str
    main_menu: list[dict[str, Any]]
    footer_menu: list[dict[str, Any]]
    social_links: list[dict[str, Any]]
    social_image: Any


@register.simple_tag(takes_context=True)
def site_context(context: Context) -> SiteInfo:
    """Return the site's settings and menus for the current request."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    settings = SiteSettings.for_site(site) if site else SiteSettings()
    items = _items(settings)
    path = request.path if request else ""
    return SiteInfo(
        name=settings.name,
        organisation=settings.organisation,
        tagline=settings.tagline,
        contact_email=settings.contact_email,
        announcement=settings.announcement,
        announcement_url=settings.announcement_url,
        main_menu=_menu(items, MenuItem.MAIN, request, path),
        footer_menu=_menu(items, MenuItem.FOOTER, request, path),
        social_links=[link.as_dict() for link in settings.social_links.all()],
        social_image=settings.social_image,
    )


def _items(settings: SiteSettings) -> list[MenuItem]:
    if settings.pk is None:
        return []  # type: ignore[unreachable]
    return list(settings.menu_items.select_related("page"))


def _menu(items: list[MenuItem], menu: str, request: Any, path: str) -> list[dict[str, Any]]:
    entries = []
    for item in items:
        if item.menu != menu or (item.page and not item.page.live):
            continue
        url = item.page.get_url(request) if item.page else item.url
        if url:
            is_current = path == url or (url != "/" and path.startswith(url))
            entries.append({"title": str(item), "url": url, "is_current": is_current})
    return entries


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Context, page: Page | None) -> list[dict[str, str]]:
    """Return the live pages above a page, from the home page down."""
    if not isinstance(page, Page) or page.depth is None or page.depth <= 2:
        return []
    request = context.get("request")
    above = page.get_ancestors().filter(depth__gt=1).live()
    return [{"title": each.title, "url": each.get_url(request) or ""} for each in above]


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Print structured data as a script element that no value can break out of."""
    text = json.dumps(data, ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
