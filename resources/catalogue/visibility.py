"""Which resources a stranger may see."""

from datetime import datetime

from django.db.models import Min, Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from eoc_cms.core.models.pages import is_anything_restricted
from eoc_cms.core.pages.language import content_language


def not_expired(pages: PageQuerySet) -> PageQuerySet:
    """Leave out what has expired by the clock, also before the worker unpublishes it."""
    return pages.filter(_is_not_expired())


def public_pages() -> PageQuerySet:
    """Return what a stranger may see, in whatever language.

    For what has an address without a language, such as a file or a link in a mail,
    and where a page already says whose language counts.
    """
    return Page.objects.filter(is_public())


def is_public() -> Q:
    """Return the same as a condition, for those who also ask for its opposite."""
    return _is_live() & ~Page.objects.all().private_q()


def is_shown() -> Q:
    """Return the same for lists, by what is remembered of restrictions; no file hangs on this."""
    return is_public() if is_anything_restricted() else _is_live()


def next_expiry() -> datetime | None:
    """Return when the next of all pages expires, which any page and list may show."""
    ahead = Page.objects.filter(live=True, expire_at__gt=timezone.now())
    moment: datetime | None = ahead.aggregate(at=Min("expire_at"))["at"]
    return moment


def visible_pages() -> PageQuerySet:
    """Return what a stranger may see in the language of the address."""
    return Page.objects.filter(is_shown(), locale__language_code=content_language())


def _is_live() -> Q:
    return Q(live=True) & _is_not_expired()


def _is_not_expired() -> Q:
    return Q(expire_at=None) | Q(expire_at__gt=timezone.now())
