"""A guide or another resource: what it is, what it opens with, and its files."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from eoc_cms.core.blocks import BodyBlock
from eoc_cms.core.models import BasePage
from eoc_cms.core.publishing_form import PublishingForm
from resources.facts import format_label, length_label, reading_minutes

LICENCES = [
    ("CC BY 4.0", _("CC BY 4.0: share and adapt, with credit")),
    ("CC BY-SA 4.0", _("CC BY-SA 4.0: the same, and share alike")),
    ("CC BY-NC 4.0", _("CC BY-NC 4.0: with credit, not for profit")),
    ("CC BY-NC-SA 4.0", _("CC BY-NC-SA 4.0: with credit, not for profit, share alike")),
    ("CC BY-ND 4.0", _("CC BY-ND 4.0: share unchanged, with credit")),
    ("", _("All rights reserved")),
]


class ResourcePage(BasePage):
    class GateMode(models.TextChoices):
        OPEN = "open", _("Open to everybody")
        FORM = "form", _("Behind a form")
        FORM_UNTIL = "until", _("Behind a form until a date, then open")

    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=500,
        help_text=_("Two or three sentences for the list."),
    )
    cover = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Upright. Without one, a cover is drawn from the title."),
    )
    audiences = ParentalManyToManyField(
        "resources.Audience", verbose_name=_("who it is for"), blank=True
    )
    topics = ParentalManyToManyField("resources.Topic", verbose_name=_("topics"), blank=True)
    published_on = models.DateField(_("date"), null=True, blank=True)
    edition = models.CharField(_("edition"), max_length=60, blank=True)
    authors = models.CharField(_("authors"), max_length=255, blank=True)
    licence = models.CharField(
        _("licence"), max_length=20, blank=True, choices=LICENCES, default="CC BY-NC-SA 4.0"
    )
    whats_inside = RichTextField(_("what is inside"), blank=True, features=["ul", "bold", "italic"])
    excerpt = RichTextField(
        _("excerpt"),
        blank=True,
        features=["bold", "italic", "ul"],
        help_text=_("A part that everybody can read before deciding to ask for the file."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    gate_mode = models.CharField(
        _("who gets the files"), max_length=8, choices=GateMode.choices, default=GateMode.FORM
    )
    gate_form = models.ForeignKey(
        "forms_app.FormPage",
        verbose_name=_("form"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    gate_until = models.DateTimeField(_("open from"), null=True, blank=True)

    template = "resources/resource_page.html"
    base_form_class = PublishingForm
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    allowed_methods = ("GET", "HEAD", "POST")  # type: ignore[assignment]
    page_description = _("A guide or other file, open or behind a form.")

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        InlinePanel("files", heading=_("Files"), label=_("file")),
        MultiFieldPanel(
            [
                FieldPanel("gate_mode"),
                FieldPanel("gate_form"),
                FieldPanel("gate_until"),
            ],
            heading=_("Gate"),
            help_text=_("Files behind a form are locked on every road until it is filled in."),
        ),
        FieldPanel("cover"),
        FieldPanel("whats_inside"),
        FieldPanel("excerpt"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("audiences"),
                FieldPanel("topics"),
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("edition")]),
                FieldPanel("authors"),
                FieldPanel("licence"),
            ],
            heading=_("About this resource"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("whats_inside"),
        index.SearchField("excerpt"),
        index.SearchField("body"),
        index.SearchField("authors"),
    ]
    preview_modes = [
        ("locked", _("As a stranger sees it")),
        ("error", _("The form with an error")),
        ("unlocked", _("After the form")),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    @classmethod
    def publishing_problems(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the gate lacks, by field; see PublishingForm."""
        problems = {}
        if data.get("gate_mode") != cls.GateMode.OPEN and not data.get("gate_form"):
            problems["gate_form"] = _("Choose the form that opens the files.")
        if data.get("gate_mode") == cls.GateMode.FORM_UNTIL and not data.get("gate_until"):
            problems["gate_until"] = _("Say from when the files are open.")
        return problems

    @property
    def is_gated(self) -> bool:
        """Whether a stranger must fill in a form now. A gate without its form is closed too."""
        if self.gate_mode == self.GateMode.OPEN:
            return False
        is_over = self.gate_mode == self.GateMode.FORM_UNTIL and (
            self.gate_until is not None and self.gate_until <= timezone.now()
        )
        return not is_over

    @cached_property
    def all_files(self) -> list["ResourceFile"]:
        return [entry for entry in self.files.all() if entry.document_id]

    @property
    def format_label(self) -> str:
        return format_label([entry.document for entry in self.all_files])

    @property
    def length_label(self) -> str:
        return length_label([entry.document for entry in self.all_files])

    @property
    def reading_minutes(self) -> int | None:
        return reading_minutes([entry.document for entry in self.all_files])

    @property
    def cover_seed(self) -> int:
        return (self.pk or 0) % 6

    def next_change_at(self) -> datetime | None:
        moments = [self.expire_at]
        if self.gate_mode == self.GateMode.FORM_UNTIL and self.is_gated:
            moments.append(self.gate_until)
        return min((moment for moment in moments if moment), default=None)

    def is_same_for_everyone(self, request: HttpRequest) -> bool:
        from resources.access import carries_access

        return (
            request.method != "POST"
            and not carries_access(request)
            and super().is_same_for_everyone(request)
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.page_context import describe

        return {**super().get_context(request, *args, **kwargs), **describe(self, request)}

    def respond(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from resources.views.resource import respond_to_resource

        return respond_to_resource(request, self)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from resources.views.resource import preview_context

        context = super().get_preview_context(request, mode_name)
        return {**context, **preview_context(self, mode_name, request)}


class ResourceFile(Orderable):
    """One file of a resource. Its key is its address, whichever edition stands behind it."""

    resource = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    key = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    document = models.ForeignKey(
        "core.CustomDocument",
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        related_name="resource_files",
    )
    label = models.CharField(
        _("name of the file"),
        max_length=120,
        blank=True,
        help_text=_("Such as “Word version”. Leave it empty to use the file's title."),
    )

    panels = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.label or self.document.title
