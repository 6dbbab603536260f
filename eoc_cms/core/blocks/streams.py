"""Which blocks may be used where."""

from eoc_cms.core.blocks.accordion import AccordionBlock
from eoc_cms.core.blocks.anecdote import AnecdoteBlock
from eoc_cms.core.blocks.call_to_action import CallToActionBlock
from eoc_cms.core.blocks.callout import CalloutBlock
from eoc_cms.core.blocks.content_stream import ContentStreamBlock
from eoc_cms.core.blocks.convenings import ConveningsBlock
from eoc_cms.core.blocks.core_question import CoreQuestionBlock
from eoc_cms.core.blocks.document_link import DocumentLinkBlock
from eoc_cms.core.blocks.form_link import FormLinkBlock
from eoc_cms.core.blocks.heading import HeadingBlock
from eoc_cms.core.blocks.image import ImageBlock
from eoc_cms.core.blocks.partners import PartnersBlock
from eoc_cms.core.blocks.people import PeopleBlock
from eoc_cms.core.blocks.prompt import PromptBlock
from eoc_cms.core.blocks.quote import QuoteBlock
from eoc_cms.core.blocks.reflection import ReflectionBlock
from eoc_cms.core.blocks.resource_cards import ResourceCardsBlock
from eoc_cms.core.blocks.retention_table import RetentionTableBlock
from eoc_cms.core.blocks.rich_text import RichTextBlock
from eoc_cms.core.blocks.statistics import StatisticsBlock
from eoc_cms.core.blocks.table import TableBlock
from eoc_cms.core.blocks.takeaway import TakeawayBlock
from eoc_cms.core.blocks.timeline import TimelineBlock
from eoc_cms.core.blocks.tip import TipBlock
from eoc_cms.core.blocks.video import VideoBlock


class TextStreamBlock(ContentStreamBlock):
    """What every stream has: words, and pictures, video and files among them."""

    heading = HeadingBlock()
    text = RichTextBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    statistics = StatisticsBlock()
    timeline = TimelineBlock()
    people = PeopleBlock()
    image = ImageBlock()
    document_link = DocumentLinkBlock()
    video = VideoBlock()


class GuidanceBlock(TextStreamBlock):
    """For the text of a guide: nothing in it leads away."""

    core_question = CoreQuestionBlock()
    prompt = PromptBlock()
    reflection = ReflectionBlock()
    anecdote = AnecdoteBlock()
    tip = TipBlock()
    takeaway = TakeawayBlock()


class StoryBlock(TextStreamBlock):
    """For pages that tell of the Collective and lead on to its resources."""

    convenings = ConveningsBlock()
    partners = PartnersBlock()
    call_to_action = CallToActionBlock()
    resource_cards = ResourceCardsBlock()
    form_link = FormLinkBlock()
    retention_table = RetentionTableBlock()


class BodyBlock(GuidanceBlock, StoryBlock):
    """Everything."""
