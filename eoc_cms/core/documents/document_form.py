"""The form of a document in the admin, wherever one is uploaded or edited."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from eoc_cms.core.documents.file_report import FileReport, report_on
from eoc_cms.core.files.upload_form import UploadForm
from eoc_cms.core.models import CustomDocument

REPORT_TEMPLATE = "wagtaildocs/file_report.html"


class FileReportWidget(forms.Widget):
    """Shows a report; there is nothing to fill in."""

    def id_for_label(self, id_: str) -> str:
        return ""

    def render(
        self,
        name: str,
        value: FileReport | None,
        attrs: dict[str, object] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        return render_to_string(REPORT_TEMPLATE, {"report": value})


class DocumentForm(UploadForm, BaseDocumentForm):
    """Tells whether everybody can use the file, as soon as there is one."""

    file_report = forms.Field(
        label=_("Accessibility"), required=False, disabled=True, widget=FileReportWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._show_report()
        self._offer_to_publish_anyway()
        if "file" in self.fields:
            self.fields["file"].error_messages["file_too_large"] = _(
                "This file is %(file_size)s; at most %(max_filesize)s can be uploaded. "
                "Save it in a smaller size, or split it into several files."
            )

    def save(self, commit: bool = True) -> CustomDocument:
        if "file" in self.changed_data:
            # Whatever was chosen was chosen for the file before.
            self.instance.publish_anyway = False
        saved: CustomDocument = super().save(commit=commit)
        return saved

    def _offer_to_publish_anyway(self) -> None:
        facts = self.instance.pdf_facts
        if "publish_anyway" in self.fields and (facts is None or facts.opens):
            del self.fields["publish_anyway"]

    def _show_report(self) -> None:
        report = report_on(self.instance) if self.instance.pk else None
        if report:
            self.initial["file_report"] = report
            self.order_fields(["title", "file", "file_report", "publish_anyway"])
        else:
            del self.fields["file_report"]
