"""The question that is answered with a file."""

from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from forms_app.uploads.checks import ACCEPTED, check_upload
from forms_app.uploads.token import KeptFile, read_token

GONE = _("We could not keep this file so long. Choose it again.")
HINT = _("A PDF, picture or document of up to %(size)s MB.")


class StaleToken:
    """Stands for a file that was chosen and is no longer kept."""


Sent = UploadedFile | KeptFile | StaleToken | None


class VisitorFileInput(forms.FileInput):
    """A file input that shows which file has been sent already, and lets it be removed."""

    template_name = "forms_app/includes/file_input.html"

    def value_from_datadict(
        self, data: Mapping[str, str], files: MultiValueDict, name: str
    ) -> Sent:
        if upload := super().value_from_datadict(data, files, name):
            return upload
        token = data.get(f"{name}-kept")
        if not token or data.get(f"{name}-remove"):
            return None
        return read_token(token, field_name=name) or StaleToken()

    def get_context(
        self, name: str, value: object, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        kept = value if isinstance(value, KeptFile) else None
        context = super().get_context(name, None, attrs)
        if kept is None:
            return context
        shown = context["widget"]["attrs"]
        described = f"{shown.get('aria-describedby', '')} {shown.get('id')}-chosen"
        shown["aria-describedby"] = described.strip()
        return {**context, "kept": kept, "kept_size": filesizeformat(kept.size)}


class VisitorFileField(forms.FileField):
    widget = VisitorFileInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Sent, initial: object = None) -> Sent:
        if isinstance(data, StaleToken):
            raise ValidationError(GONE)
        if isinstance(data, KeptFile):
            return data
        if isinstance(data, UploadedFile):
            check_upload(data)
            return data
        return super().clean(None)

    def bound_data(self, data: Sent, initial: object) -> Sent:
        """Give back what was sent, where Django's own field forgets it."""
        return data


def hint_with_limits(hint: str) -> str:
    """Say behind an editor's hint which files can be sent."""
    return f"{hint} {HINT % {'size': settings.MAX_UPLOAD_MB}}".strip()
