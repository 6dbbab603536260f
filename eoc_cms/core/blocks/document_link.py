from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from eoc_cms.core.blocks.base import MEDIA, BlockValue, ContentBlock, Context


@dataclass(frozen=True)
class FileLink:
    """A file as it is offered: its name, where it is, and what opening it means."""

    title: str
    url: str
    details: str


def file_details(document: Any) -> str:
    """Return what a visitor should know before opening a file, such as “PDF, 1.2 MB, 12 pages”."""
    pages = document.page_count
    parts = [
        document.file_extension.upper(),
        filesizeformat(document.file_size) if document.file_size else "",
        ngettext("%(count)d page", "%(count)d pages", pages) % {"count": pages} if pages else "",
    ]
    return ", ".join(part for part in parts if part)


class DocumentLinkBlock(ContentBlock):
    document = DocumentChooserBlock(
        label=_("File"),
        help_text=_("Only a file that anyone may open. Guides behind a form have their own page."),
    )
    label = blocks.CharBlock(
        label=_("Words of the link"),
        required=False,
        max_length=160,
        help_text=_("Leave it empty to use the file's title."),
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("File")
        group = MEDIA
        description = _("A link to an open file, with its kind and size.")
        template = "blocks/document_link_block.html"
        preview_value = {"document": None, "label": "Agenda of the convening"}

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        document = cleaned["document"]
        if document and not document.is_public and not self.is_deferred_validation:
            message = _(
                "Nobody could open this link: the file is locked. Open the file under "
                "Documents and tick “anyone may open it”, or link to its resource page."
            )
            raise StructBlockValidationError({"document": ValidationError(message)})
        return cleaned

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        context = super().get_context(value, parent_context)
        document = value["document"]
        if document and document.is_public:
            title = value["label"] or document.title
            context["link"] = FileLink(title, document.url, file_details(document))
        else:
            context["link"] = context.get("sample_link")
        return context

    def get_preview_context(
        self, value: BlockValue, parent_context: Context | None = None
    ) -> Context:
        context = super().get_preview_context(value, parent_context)
        return {**context, "sample_link": FileLink(value["label"], "#", "PDF, 240 kB, 2 pages")}
