from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import ACTION, BlockValue, ContentBlock, Context
from eoc_cms.core.blocks.page_links import visible_page_url


class FormLinkBlock(ContentBlock):
    title = blocks.CharBlock(
        label=_("Title"), max_length=120, help_text=_("What the form is for, in a few words.")
    )
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2, max_length=400)
    button_label = blocks.CharBlock(
        label=_("Words on the button"), max_length=40, default=_("Open the form")
    )
    page = blocks.PageChooserBlock("forms_app.FormPage", label=_("Form"))

    class Meta:
        icon = "form"
        label = _("Form")
        group = ACTION
        description = _("An invitation with a button that leads to a form.")
        template = "blocks/form_link_block.html"
        preview_value = {
            "title": "Tell us what you need",
            "text": "Three short questions; it takes a minute.",
            "button_label": "Open the form",
            "page": None,
        }

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        context = super().get_context(value, parent_context)
        url = visible_page_url(value["page"], context)
        context["button_url"] = url or context.get("sample_url", "")
        return context

    def get_preview_context(
        self, value: BlockValue, parent_context: Context | None = None
    ) -> Context:
        return {**super().get_preview_context(value, parent_context), "sample_url": "#"}
