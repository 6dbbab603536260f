"""Which resources a stranger may see."""

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from eoc_cms.core.models.pages import is_anything_restricted
from eoc_cms.core.pages.language import content_language


def not_expired(pages: PageQuerySet) -> PageQuerySet:
    """Leave out what has expired by the clock, also before the worker unpublishes it."""
    return pages.filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now()))


def public_pages() -> PageQuerySet:
    """Return what a stranger may see, in whatever language.

    For what has an address without a language, such as a file or a link in a mail,
    and where a page already says whose language counts.
    """
    return not_expired(Page.objects.live().public())


def visible_pages() -> PageQuerySet:
    """Return what a stranger may see in the language of the address."""
    live = not_expired(Page.objects.live())
    shown = live.public() if is_anything_restricted() else live
    return shown.filter(locale__language_code=content_language())
