"""A guide or another resource: what it is, what it opens with, and its files."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from eoc_cms.core.blocks import BodyBlock
from eoc_cms.core.doorway import Doorway
from eoc_cms.core.models import BasePage
from eoc_cms.core.models.search_text import SearchText
from eoc_cms.core.note_panel import NotePanel
from resources.models.file_facts import format_label, formats, length_label, reading_minutes
from resources.models.licences import LICENCES, licence_url
from resources.models.listed_page import ListedPage
from resources.models.related import related_panel
from resources.models.resource_file import ResourceFile
from resources.models.snippets import labels_panel


class ResourcePage(ListedPage):
    class GateMode(models.TextChoices):
        OPEN = "open", _("Open to everybody")
        FORM = "form", _("Behind a form")
        FORM_UNTIL = "until", _("Behind a form until a date, then open")

    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=500,
        help_text=_(
            "Two or three sentences: what it is and what it helps with. "
            "Shown under the title, in lists and where the page is shared."
        ),
    )
    cover = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Upright, 3:4. Without one, a cover is drawn from the title."),
    )
    published_on = models.DateField(
        _("date"), null=True, blank=True, help_text=_("When this edition came out.")
    )
    edition = models.CharField(
        _("edition"), max_length=60, blank=True, help_text=_("Such as “Second edition”.")
    )
    authors = models.CharField(
        _("authors"),
        max_length=255,
        blank=True,
        help_text=_(
            "As a citation should name them, such as “Diaz, A., & Lee, B.”. "
            "Leave it empty to name the Collective."
        ),
    )
    licence = models.CharField(
        _("license"),
        max_length=20,
        blank=True,
        choices=LICENCES,
        default="",
        help_text=_("What others may do with it. Nothing more than reading, unless you choose."),
    )
    length_text = models.CharField(
        _("length"),
        max_length=40,
        blank=True,
        help_text=_("Such as “24 slides”. Leave it empty to count the pages of the PDF."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("reading time in minutes"),
        null=True,
        blank=True,
        help_text=_("Leave it empty to work it out from the pages of the PDF."),
    )
    whats_inside = RichTextField(
        _("what is inside"),
        blank=True,
        features=["ul", "bold", "italic"],
        help_text=_(
            "The contents, as a list. Everybody sees it, so people know what they will get."
        ),
    )
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
        help_text=_("Any number of resources can share one form."),
    )
    gate_until = models.DateTimeField(
        _("open from"),
        null=True,
        blank=True,
        help_text=_("From this moment everybody gets the files, by itself."),
    )

    view_class = Doorway("resources.views.resource.ResourcePageView")
    template = "resources/resource_page.html"
    base_form_class = Doorway("resources.editing.resource_page_form.ResourcePageForm")
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A guide or other file, open or behind a form.")

    guide_chapter = "publish-a-guide-behind-a-form"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        InlinePanel("files", heading=_("Files"), label=_("file")),
        MultiFieldPanel(
            [
                FieldPanel("gate_mode"),
                FieldPanel("gate_form"),
                FieldPanel("gate_until"),
                NotePanel("resources/admin/lock_check_panel.html", of="pk"),
            ],
            heading=_("Gate"),
            help_text=_("Files behind a form are locked on every road until it is filled in."),
        ),
        labels_panel(),
        FieldPanel("cover"),
        FieldPanel("whats_inside"),
        FieldPanel("excerpt"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("authors"),
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("edition")]),
                FieldPanel("licence"),
                FieldRowPanel([FieldPanel("length_text"), FieldPanel("minutes")]),
            ],
            heading=_("About this resource"),
        ),
        related_panel(),
    ]
    search_fields = [  # type: ignore[assignment]
        *BasePage.search_fields,
        SearchText("summary", boost=3),
        SearchText("whats_inside"),
        SearchText("excerpt"),
        SearchText("body"),
        SearchText("authors"),
    ]
    preview_modes = [
        ("locked", _("As a stranger sees it")),
        ("error", _("The form with an error")),
        ("unlocked", _("After the form")),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        # Which are behind a form is counted without reading any page's text.
        indexes = [models.Index(fields=["gate_mode", "gate_until"], name="resource_gate")]

    @classmethod
    def publishing_problems(cls, data: Mapping[str, object]) -> dict[str, Promise]:
        """Return what the gate lacks, by field; see PublishingForm."""
        problems: dict[str, Promise] = {}
        if data.get("gate_mode") != cls.GateMode.OPEN and not data.get("gate_form"):
            problems["gate_form"] = _("Choose the form that opens the files.")
        if data.get("gate_mode") == cls.GateMode.FORM_UNTIL and not data.get("gate_until"):
            problems["gate_until"] = _("Say from when the files are open.")
        return problems

    def read_ahead(self) -> None:
        super().read_ahead()
        self.gate_form  # noqa: B018

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
    def all_files(self) -> list[ResourceFile]:
        return [entry for entry in self.files.all() if entry.document_id]

    @property
    def format_label(self) -> str:
        return format_label([entry.document for entry in self.all_files])

    @property
    def formats(self) -> dict[str, str]:
        """The formats of its files: what each is called in addresses, and in words."""
        return formats(entry.document for entry in self.all_files)

    @property
    def length_label(self) -> str:
        return self.length_text or length_label([entry.document for entry in self.all_files])

    @property
    def reading_minutes(self) -> int | None:
        return self.minutes or reading_minutes([entry.document for entry in self.all_files])

    @property
    def licence_url(self) -> str:
        return licence_url(self.licence)

    @property
    def minutes_needed(self) -> float | None:
        return self.reading_minutes

    def own_change_at(self) -> datetime | None:
        moments = [self.expire_at]
        if self.gate_mode == self.GateMode.FORM_UNTIL and self.is_gated:
            moments.append(self.gate_until)
        return min((moment for moment in moments if moment), default=None)
