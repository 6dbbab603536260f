from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from eoc_cms.core.blocks.addresses import AddressBlock
from eoc_cms.core.blocks.base import ACTION, BlockValue, ContentBlock, Context
from eoc_cms.core.blocks.page_links import visible_page_url


class CallToActionBlock(ContentBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2, max_length=400)
    button_label = blocks.CharBlock(
        label=_("Words on the button"),
        max_length=40,
        help_text=_("Say what happens, such as “Write to the Collective”."),
    )
    page = blocks.PageChooserBlock(label=_("Leads to a page"), required=False)
    url = AddressBlock(label=_("Or to an address"), required=False, max_length=500)

    class Meta:
        icon = "pick"
        label = _("Call to action")
        group = ACTION
        description = _("One thing to do next, with a button. Use it once on a page.")
        template = "blocks/call_to_action_block.html"
        preview_value = {
            "title": "Carrying this work by yourself?",
            "text": "Tell us what your role is and what you are facing.",
            "button_label": "Write to the Collective",
            "page": None,
            "url": "https://example.org/",
        }

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation or bool(cleaned["page"]) != bool(cleaned["url"]):
            return cleaned
        message = _("Choose the page the button leads to, or give an address: one of the two.")
        raise StructBlockValidationError({"page": ValidationError(message)})

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        context = super().get_context(value, parent_context)
        context["button_url"] = value["url"] or visible_page_url(value["page"], context)
        return context
