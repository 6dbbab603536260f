from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtailmedia.edit_handlers import MediaChooserPanel

from eoc_cms.core.blocks import BodyBlock
from eoc_cms.core.doorway import Doorway
from eoc_cms.core.models import BasePage, CustomImage
from eoc_cms.core.models.search_text import SearchText
from eoc_cms.core.videos import (
    CaptionsState,
    Video,
    build_video,
    length_label,
    video_problems,
)
from resources.models.listed_page import ListedPage
from resources.models.related import related_panel
from resources.models.snippets import labels_panel

# Our fields by the names of `video_problems`' arguments.
FIELDS = {
    "url": "video_url",
    "media": "video_file",
    "captions": "captions_state",
    "transcript": "transcript",
}


class VideoPage(ListedPage):
    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=500,
        help_text=_(
            "Two or three sentences: what it shows and what it helps with. "
            "Shown under the title, in lists and where the page is shared."
        ),
    )
    video_url = models.URLField(
        _("video address"),
        blank=True,
        help_text=_(
            "Paste the address of the video's page on YouTube, Vimeo, Wistia, Loom or TED."
        ),
    )
    video_file = models.ForeignKey(
        "core.CustomMedia",
        verbose_name=_("or an uploaded video"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Districts that block video sites can still play it."),
    )
    poster = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("poster"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown before the video plays. 1280 × 720."),
    )
    length_seconds = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    captions_state = models.CharField(
        _("captions"),
        max_length=12,
        choices=CaptionsState.choices,
        default=CaptionsState.MISSING,
    )
    transcript = RichTextField(
        _("transcript"),
        blank=True,
        features=["bold", "italic", "h3", "ul", "link"],
        help_text=_("Everything said, and what matters of what is seen."),
    )
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Marks the video as a stand-in for the real one.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    view_class = Doorway("resources.views.video.VideoPageView")
    template = "resources/video_page.html"
    base_form_class = Doorway("eoc_cms.core.pages.publishing_form.PublishingForm")
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    page_description = _("One video with its transcript.")

    guide_chapter = "publish-a-video"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("video_url"),
                MediaChooserPanel("video_file", media_type="video"),
                FieldPanel("poster"),
            ],
            heading=_("Video"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("length_seconds"), FieldPanel("recorded_on")]),
                FieldPanel("place"),
                FieldPanel("captions_state"),
                FieldPanel("transcript"),
                FieldPanel("is_sample"),
            ],
            heading=_("About the video"),
        ),
        FieldPanel("body"),
        labels_panel(),
        related_panel(),
    ]
    search_fields = [  # type: ignore[assignment]
        *BasePage.search_fields,
        SearchText("summary", boost=3),
        SearchText("place"),
        SearchText("transcript"),
        SearchText("body"),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    is_gated = False
    format_label = _("Video")
    formats = {"video": format_label}

    @staticmethod
    def publishing_problems(data: Mapping[str, Any]) -> dict[str, str]:
        """Return what the video lacks, by field; see PublishingForm."""
        problems = video_problems(
            url=data.get("video_url") or "",
            media=data.get("video_file"),
            captions=data.get("captions_state") or "",
            transcript=data.get("transcript"),
        )
        return {FIELDS[name]: text for name, text in problems.items()}

    @cached_property
    def video(self) -> Video | None:
        return build_video(
            title=self.title,
            url=self.video_url,
            media=self.video_file,
            length_seconds=self.length_seconds,
            captions=self.captions_state,
            transcript=self.transcript,
            poster=self.poster,
            date=self.recorded_on,
            place=self.place,
            is_sample=self.is_sample,
        )

    @property
    def length_label(self) -> str:
        return length_label(self.seconds)

    @property
    def seconds(self) -> int | None:
        """The length as the editor gave it, else as the uploaded file says it."""
        return self.length_seconds or round(getattr(self.video_file, "duration", 0) or 0) or None

    @property
    def minutes_needed(self) -> float | None:
        return self.seconds / 60 if self.seconds else None

    @property
    def cover(self) -> CustomImage | None:
        return self.poster
