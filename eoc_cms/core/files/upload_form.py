"""What the forms of staff do about a file when anything in them is refused.

A browser sends a chosen file once: it has to be chosen again, and saying so is better than
a form that looks complete. Wagtail's upload of several files would keep a file that came with
another fault in the public folder until somebody mends it; where the file is at fault too, it
keeps nothing.
"""

from collections.abc import Iterator
from pathlib import PurePath

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _


class UploadForm(forms.ModelForm):
    """Says of each file that came with a refused form that it was not kept."""

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.errors:
            self._forget_title_of_file()
            self._ask_for_files_again()

    def _ask_for_files_again(self) -> None:
        reasons = " ".join(self._reasons())
        for name in self._new_files():
            if name not in self.errors:
                words = _("%(reasons)s Put that right and choose this file again.")
                self.add_error(name, words % {"reasons": reasons})

    def _reasons(self) -> Iterator[str]:
        for name, errors in self.errors.items():
            label = f"{self[name].label}: " if name in self.fields else ""
            yield from (f"{label}{error}" for error in errors)

    def _new_files(self) -> dict[str, UploadedFile]:
        sent = {name: self.files.get(self.add_prefix(name)) for name in self.fields}
        return {name: upload for name, upload in sent.items() if upload}

    def _forget_title_of_file(self) -> None:
        """Leave no title that was made from the name of a file for the next one to keep."""
        upload, prefixed = self._new_files().get("file"), self.add_prefix("title")
        if upload and self.data.get(prefixed) == PurePath(upload.name or "").stem:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[prefixed] = self.initial.get("title", "")  # type: ignore[index]
