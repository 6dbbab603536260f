from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.anecdote import AnecdoteBlock
from eoc_cms.core.blocks.base import (
    GUIDANCE,
    BlockValue,
    ContentBlock,
    Context,
    limited_rich_text,
    title_level,
)
from eoc_cms.core.blocks.content_stream import ContentStreamBlock
from eoc_cms.core.blocks.prompt import PromptBlock
from eoc_cms.core.blocks.reflection import ReflectionBlock
from eoc_cms.core.blocks.rich_text import RichTextBlock
from eoc_cms.core.blocks.takeaway import TakeawayBlock
from eoc_cms.core.blocks.tip import TipBlock


class QuestionGuidanceBlock(ContentStreamBlock):
    """What may stand under a core question."""

    text = RichTextBlock()
    prompt = PromptBlock()
    reflection = ReflectionBlock()
    anecdote = AnecdoteBlock()
    tip = TipBlock()
    takeaway = TakeawayBlock()


class CoreQuestionBlock(ContentBlock):
    number = blocks.IntegerBlock(
        label=_("Number"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("Such as 1 for the first question. Leave it empty for a question by itself."),
    )
    phase = blocks.CharBlock(
        label=_("Phase"),
        required=False,
        max_length=80,
        help_text=_("Where in the work it comes up, such as “Reading it”. May stay empty."),
    )
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    introduction = limited_rich_text(label=_("Introduction"), required=False)
    guidance = QuestionGuidanceBlock(
        label=_("Guidance"),
        required=False,
        help_text=_("The prompts, reflections, anecdotes and tips that belong to this question."),
    )

    class Meta:
        icon = "help"
        label = _("Core question")
        group = GUIDANCE
        description = _("A question that leads a part of a guide, with what belongs to it.")
        template = "blocks/core_question_block.html"
        label_format = _("Core question: {question}")
        preview_value = {
            "number": 1,
            "phase": "Reading it",
            "question": "What am I really hearing?",
            "introduction": "<p>The loudest sentence in the room is seldom the most useful.</p>",
            "guidance": [
                ("prompt", {"prompts": ["Who spoke in the room, and who said nothing?"]}),
            ],
        }

    def heading_of(self, value: BlockValue) -> tuple[str, int] | None:
        return (value["question"], 0) if value["question"] else None

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        context = super().get_context(value, parent_context)
        context["top_level"] = title_level(context) + 1
        return context
