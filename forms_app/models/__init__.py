"""What is stored of forms, their versions, answers, people, exports and erasures."""

from forms_app.models.erasure import ErasedTally, ErasureRecord
from forms_app.models.exports import ExportRecord, SavedExport
from forms_app.models.form_field import FormField
from forms_app.models.form_page import FormPage
from forms_app.models.form_right import FormRight
from forms_app.models.form_version import FormVersion
from forms_app.models.person import Person
from forms_app.models.submission import Submission
from forms_app.models.submission_file import SubmissionFile

__all__ = [
    "ErasedTally",
    "ErasureRecord",
    "ExportRecord",
    "FormField",
    "FormPage",
    "FormRight",
    "FormVersion",
    "Person",
    "SavedExport",
    "Submission",
    "SubmissionFile",
]
