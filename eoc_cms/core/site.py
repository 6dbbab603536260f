"""What the site's settings say, for code that has no request at hand."""

from wagtail.models import Site

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.models import SiteSettings

_default = Remembered[SiteSettings]()


def default_site_settings() -> SiteSettings:
    """Return the settings of the default site to look at, unsaved defaults where there is none."""
    return _default.get("default", _read)


def _read() -> SiteSettings:
    site = Site.objects.filter(is_default_site=True).first()
    return SiteSettings.for_site(site) if site else SiteSettings()


def reply_address() -> str:
    """Where a reply to the site's mail should go; empty means to its sender."""
    return default_site_settings().contact_email
