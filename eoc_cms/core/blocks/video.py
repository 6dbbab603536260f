from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtailmedia.blocks import VideoChooserBlock

from eoc_cms.core.blocks.base import MEDIA, BlockValue, ContentBlock, Context, limited_rich_text
from eoc_cms.core.blocks.image_choosers import ReadyImageChooserBlock
from eoc_cms.core.blocks.worded import BooleanBlock, ChoiceBlock
from eoc_cms.core.videos import CaptionsState, build_video, parse_length, video_problems


class VideoBlock(ContentBlock):
    url = blocks.CharBlock(
        label=_("Address of the video"),
        required=False,
        max_length=500,
        help_text=_(
            "Paste the address of the video's own page on YouTube, Vimeo, Wistia, Loom or TED. "
            "A video from another site is linked to and plays there."
        ),
    )
    media = VideoChooserBlock(
        label=_("Or an uploaded video"),
        required=False,
        help_text=_("Districts that block video sites can still play it."),
    )
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    length = blocks.CharBlock(
        label=_("Length"),
        required=False,
        max_length=40,
        help_text=_("Minutes and seconds, such as 4:30, or in words, such as “about an hour”."),
    )
    date = blocks.DateBlock(label=_("Recorded on"), required=False)
    place = blocks.CharBlock(label=_("Place"), required=False, max_length=120)
    poster = ReadyImageChooserBlock(
        label=_("Poster"),
        required=False,
        help_text=_("Shown until the video plays. Without one, a poster is drawn from the title."),
    )
    captions = ChoiceBlock(
        label=_("Captions"),
        choices=CaptionsState.choices,
        default=CaptionsState.MISSING.value,
        search_index=False,
    )
    transcript = limited_rich_text(
        label=_("Transcript"),
        required=False,
        help_text=_("Everything that is said, and what matters of what is seen."),
    )
    is_sample = BooleanBlock(
        label=_("Sample"),
        required=False,
        help_text=_("Tick it when this stands in for the real video."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        group = MEDIA
        description = _("A video that plays on the page, with its transcript.")
        template = "blocks/video_block.html"
        label_format = _("Video: {title}")
        preview_value = {
            "url": "https://www.youtube.com/watch?v=M7lc1UVf-VE",
            "title": "Members convene in Atlanta",
            "length": "4:30",
            "place": "Atlanta",
            "captions": CaptionsState.CAPTIONS.value,
            "transcript": "<p>Welcome to the convening.</p>",
        }

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        problems = video_problems(
            url=cleaned["url"],
            media=cleaned["media"],
            captions=cleaned["captions"],
            transcript=cleaned["transcript"],
        )
        if (cleaned["length"] or "").strip().isdecimal():
            problems["length"] = gettext("Minutes or seconds? Write 4:30, 4 min or 40 sec.")
        if problems:
            raise StructBlockValidationError(
                {name: ValidationError(message) for name, message in problems.items()}
            )
        return cleaned

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        context = super().get_context(value, parent_context)
        length = value["length"] or ""
        context["video"] = build_video(
            length_seconds=parse_length(length),
            length_text=length,
            **{name: value[name] for name in value if name != "length"},
        )
        return context
