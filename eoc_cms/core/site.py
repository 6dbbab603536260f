"""What a site's settings say, to look at: whoever changes them reads them anew."""

from functools import partial

from django.http import HttpRequest
from wagtail.models import Site

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.models import SiteSettings

_of_sites = Remembered[SiteSettings]()
_default_site = Remembered[Site | None]()


def settings_of(site: Site | None) -> SiteSettings:
    """Return the settings of a site; unsaved defaults where there is none."""
    if site is None:
        return SiteSettings()
    return _of_sites.get(site.pk, partial(SiteSettings.for_site, site))


def settings_for(request: HttpRequest) -> SiteSettings:
    """Return the settings of the site that a request asks."""
    return settings_of(Site.find_for_request(request))


def default_site_settings() -> SiteSettings:
    """Return the settings of the default site, for code that has no request at hand."""
    default = Site.objects.filter(is_default_site=True)
    return settings_of(_default_site.get("default", default.first))


def reply_address() -> str:
    """Where a reply to the site's mail should go; empty means to its sender."""
    return default_site_settings().contact_email
