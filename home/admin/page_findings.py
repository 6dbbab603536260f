"""What needs attention about the pages that somebody may mend.

Each check is one or two queries, however much content there is, and none where nothing is wrong
with any page.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from eoc_cms.core.blocks import BodyBlock
from eoc_cms.core.left_out import noting
from eoc_cms.core.models import LeftOutPart, Staff
from home.admin import trouble
from home.admin.findings import Finding, pages_finding
from home.admin.reviews import changes_requested
from resources.catalogue.entries import is_gated
from resources.models import ResourcePage, VideoPage


class OwnPages:
    """The pages that somebody may change or publish, by kind; only asked for what is there."""

    def __init__(self, user: Staff) -> None:
        self.user = user

    @cached_property
    def pages(self) -> QuerySet[Page]:
        pages: QuerySet[Page] = policy_registry.get_by_type(
            Page
        ).instances_user_has_any_permission_for(self.user, {"change", "publish"})
        return pages

    @cached_property
    def keys(self) -> QuerySet[Page, Any]:
        return self.pages.filter(live=True).values("pk")

    @property
    def live(self) -> QuerySet[Page]:
        return Page.objects.filter(pk__in=self.keys)

    @property
    def gated(self) -> QuerySet[ResourcePage]:
        return ResourcePage.objects.filter(is_gated(), pk__in=self.keys)

    @property
    def videos(self) -> QuerySet[VideoPage]:
        return VideoPage.objects.filter(pk__in=self.keys)


def about_pages(user: Staff) -> Iterator[Finding | None]:
    own, possible = OwnPages(user), trouble.possible_trouble()
    yield changes_requested(user, lambda: own.pages)
    if possible.without_form:
        yield _without_form(own)
    if LeftOutPart.objects.exists():
        yield _with_parts_left_out(own)
    if possible.without_file:
        yield _without_file(own)
    if possible.with_closed_file:
        yield _with_closed_file(own)
    if possible.without_words:
        yield _without_words(own)
    if possible.is_leaving_soon():
        yield _leaving_soon(own)


def _without_form(own: OwnPages) -> Finding | None:
    return pages_finding(
        trouble.without_form(own.gated).order_by("title"),
        title=_("Behind a form that is not there"),
        advice=_("Nobody can get these files. Choose a published form, or open the files."),
    )


def _with_parts_left_out(own: OwnPages) -> Finding | None:
    noted = LeftOutPart.objects.filter(page=OuterRef("pk"))
    pages = own.live.filter(Exists(noted)).prefetch_related("left_out_parts")
    return pages_finding(
        pages.order_by("title"),
        title=_("Parts of these pages cannot be shown"),
        advice=_(
            "Visitors see the page without them. Open the page, mend or remove the part, and "
            "publish it again."
        ),
        note=_parts_left_out,
    )


def _without_file(own: OwnPages) -> Finding | None:
    return pages_finding(
        trouble.without_file(own.gated).order_by("title"),
        title=_("Behind a form, but without a file"),
        advice=_("Visitors would fill in the form for nothing. Add the file, or open the page."),
    )


def _with_closed_file(own: OwnPages) -> Finding | None:
    return pages_finding(
        trouble.with_closed_file(own.gated).order_by("title"),
        title=_("Behind a form, with a file that visitors cannot open"),
        advice=_("It is damaged, or asks for a password. Choose another file in its place."),
    )


def _without_words(own: OwnPages) -> Finding | None:
    return pages_finding(
        trouble.without_words(own.videos),
        title=_("Videos without captions or transcript"),
        advice=_("People who cannot hear them are left out. Add both to each video."),
    )


def _leaving_soon(own: OwnPages) -> Finding | None:
    return pages_finding(
        trouble.leaving_soon(own.live),
        title=_("Leaving the site soon"),
        advice=_("These pages go at the time you set. Change it if they should stay."),
        note=lambda page: date_format(localtime(page.expire_at), "DATETIME_FORMAT"),
    )


def _parts_left_out(page: Any) -> str:
    return ", ".join(sorted({_named(part) for part in page.left_out_parts.all()}))


def _named(part: LeftOutPart) -> str:
    if part.kind == noting.BLOCK:
        block = BodyBlock().child_blocks.get(part.name)
        return str(block.label) if block else _("a block")
    words = _("a link to “%s”") if part.kind == noting.LINK else _("an embed of “%s”")
    return words % part.name
