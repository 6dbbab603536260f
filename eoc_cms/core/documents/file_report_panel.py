"""A part of an editing form that shows the report on the file chosen beside it."""

from django.urls import reverse
from wagtail.admin.panels import Panel

from eoc_cms.core.documents.file_report import FileReport, report_on


class FileReportPanel(Panel):
    """Stands below the chooser named `field_name`, and follows it."""

    def __init__(self, field_name: str, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.field_name = field_name

    def clone_kwargs(self) -> dict[str, object]:
        return {**super().clone_kwargs(), "field_name": self.field_name}

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/panels/file_report_panel.html"

        def report(self) -> FileReport | None:
            document = getattr(self.instance, self.panel.field_name, None)
            return report_on(document) if document else None

        def address(self) -> str:
            """Return where reports are found; the key of a file comes at its end."""
            return reverse("eoc_cms_file_report", args=[0]).removesuffix("0/")
