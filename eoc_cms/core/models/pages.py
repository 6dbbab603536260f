"""What every page of the site has in common."""

from datetime import datetime
from typing import Protocol

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction

from eoc_cms.core.blocks.base import Context
from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.doorway import Doorway
from eoc_cms.core.models.search_text import SearchText
from eoc_cms.core.models.users import Staff
from eoc_cms.core.note_panel import NotePanel

_restrictions = Remembered[bool]()


def is_anything_restricted() -> bool:
    """Say whether any page of the site is for some people only."""
    return _restrictions.get("any", PageViewRestriction.objects.exists)


class ViewOfPage(Protocol):
    """What answers for a page; the views live in a room above."""

    def serve(self, request: HttpRequest, **routed: object) -> HttpResponse: ...

    def context(self, request: HttpRequest) -> Context: ...

    def preview_context(self, request: HttpRequest, mode: str) -> Context: ...

    def next_change_at(self) -> datetime | None: ...


class PageRights(PagePermissionTester):
    """What somebody may do with a page."""

    def can_reorder_children(self) -> bool:
        """Refuse, since menus are made in the site settings and lists stand by date."""
        return False


class BasePage(Page):
    """A page with what search engines and listings show of it; its view answers for it."""

    listing_title = models.CharField(
        _("title in lists"),
        max_length=120,
        blank=True,
        help_text=_("A shorter title for cards and menus. Leave it empty to use the page title."),
    )
    listing_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("image in lists"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    social_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("social image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when the page is shared. Without one, the image in lists is used."),
    )

    # The anchor of the chapter in docs/editor-guide.md that tells how such a page is made.
    guide_chapter = "write-with-blocks"

    content_panels = [
        *Page.content_panels,
        NotePanel("admin/guide_chapter.html", of="guide_chapter"),
    ]
    # Without Wagtail's “Show in menus”: menus are made in the site settings, and ask nothing of it.
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("listing_title"),
                FieldPanel("listing_image"),
                FieldPanel("social_image"),
            ],
            heading=_("How it looks in lists and when shared"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        SearchText("title"),
        SearchText("listing_title", boost=3),
        SearchText("search_description", boost=3),
    ]

    view_class = Doorway("eoc_cms.core.pages.view.PageView")
    base_form_class = Doorway("eoc_cms.core.pages.staff_form.StaffPageForm")

    class Meta:
        abstract = True

    @property
    def card_title(self) -> str:
        return self.listing_title or self.title

    @property
    def has_expired(self) -> bool:
        """Expiry holds by the clock, also when no job has unpublished the page yet."""
        return self.expire_at is not None and self.expire_at <= timezone.now()

    @cached_property
    def page_view(self) -> ViewOfPage:
        """What answers for this page; see eoc_cms.core.pages.view."""
        view: ViewOfPage = self.view_class(self)
        return view

    def read_ahead(self) -> None:
        """Override point: read what every request for this page asks for, whoever makes it."""
        self.locale  # noqa: B018

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return what keeps people from this page; asks nothing where no page is restricted."""
        if is_anything_restricted():
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.page_view.serve(request, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> Context:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **self.page_view.context(request)}

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> Context:
        context = super().get_preview_context(request, mode_name)
        return {**context, **self.page_view.preview_context(request, mode_name)}

    def permissions_for_user(self, user: Staff) -> PageRights:
        return PageRights(user, self)
