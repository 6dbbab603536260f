"""What every page shows of the site: its name, menus, breadcrumbs and structured data."""

import functools
import json
from dataclasses import dataclass

from django import template
from django.conf import settings as django_settings
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.models import CustomImage, MenuItem, SiteSettings
from eoc_cms.core.pages.language import html_language
from eoc_cms.core.pages.structured_data import Part
from eoc_cms.core.site import settings_of

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """What hangs on a site's settings."""

    menu_items: list[MenuItem]
    social_links: list[dict[str, str]]
    social_image: CustomImage | None

    @classmethod
    def of(cls, settings: SiteSettings) -> "Belongings":
        return cls(
            menu_items=list(settings.menu_items.select_related("page")),
            social_links=[link.as_dict() for link in settings.social_links.all()],
            social_image=settings.social_image,
        )


_belongings = Remembered[Belongings]()


@dataclass(frozen=True, kw_only=True)
class SiteInfo:
    language: str
    home_url: str
    name: str
    organisation: str
    organisation_url: str
    postal_address: str
    tagline: str
    contact_email: str
    announcement: str
    announcement_url: str
    gate_title: str
    gate_lead: str
    privacy_note: str
    main_menu: list[dict[str, object]]
    footer_menu: list[dict[str, object]]
    social_links: list[dict[str, str]]
    social_image: CustomImage | None


@register.simple_tag(takes_context=True)
def site_context(context: Context) -> SiteInfo:
    """Return the site's settings and menus for the current request."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    settings: SiteSettings | None = context.get("previewed_settings")
    if settings or site is None:
        settings = settings or SiteSettings()
        belongings = Belongings.of(settings)
    else:
        settings = settings_of(site)
        belongings = _belongings.get(settings.pk, functools.partial(Belongings.of, settings))
    items = belongings.menu_items
    path = request.path if request else ""
    return SiteInfo(
        language=html_language(translation.get_language()),
        home_url=reverse("wagtail_serve", args=[""]),
        name=settings.name,
        organisation=settings.organisation,
        organisation_url=settings.organisation_url,
        postal_address=settings.postal_address,
        tagline=settings.tagline,
        contact_email=settings.contact_email,
        announcement=settings.announcement,
        announcement_url=settings.announcement_link(request),
        gate_title=settings.gate_title,
        gate_lead=settings.gate_lead,
        privacy_note=settings.privacy_note,
        main_menu=_menu(items, MenuItem.MAIN, request, path),
        footer_menu=_menu(items, MenuItem.FOOTER, request, path),
        social_links=belongings.social_links,
        social_image=belongings.social_image,
    )


def _menu(
    items: list[MenuItem], menu: str, request: HttpRequest | None, path: str
) -> list[dict[str, object]]:
    entries = []
    for item in items:
        page = _in_active_language(item.page)
        if item.menu != menu or (page and not page.live):
            continue
        url = page.get_url(request) if page else item.url
        if url:
            is_current = path == url or (url != "/" and path.startswith(url))
            title = page.title if page and page != item.page else str(item)
            entries.append({"title": title, "url": url, "is_current": is_current})
    return entries


def _in_active_language(page: Page | None) -> Page | None:
    """Return a menu's page in the language of the address, if it is published in it."""
    is_default = translation.get_language() == django_settings.LANGUAGE_CODE
    return page if page is None or is_default else page.localized


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Context, page: Page | None) -> list[dict[str, str]]:
    """Return the live pages above a page, the home page first and named as such."""
    if not isinstance(page, Page) or page.depth is None or page.depth <= 2:
        return []
    request = context.get("request")
    above = page.get_ancestors().filter(depth__gt=1).live()
    return [
        {"title": _("Home") if each.depth == 2 else each.title, "url": each.get_url(request) or ""}
        for each in above
    ]


@register.simple_tag
def json_ld(data: Part) -> SafeString:
    """Print structured data as a script element that no value can break out of."""
    text = json.dumps(data, ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
