"""What is stored of forms, their versions, answers, people, consents, exports, acts of staff."""

from forms_app.models.acts import AnswerAct, ErasedTally
from forms_app.models.consent import ConsentEvent
from forms_app.models.exports import ExportedRows, ExportRecord, SavedExport
from forms_app.models.form_field import FormField
from forms_app.models.form_page import FormPage
from forms_app.models.form_right import FormRight
from forms_app.models.form_version import FormVersion
from forms_app.models.person import Person
from forms_app.models.submission import Submission
from forms_app.models.submission_file import SubmissionFile
from forms_app.models.unfinished_answer import UnfinishedAnswer

__all__ = [
    "AnswerAct",
    "ConsentEvent",
    "ErasedTally",
    "ExportRecord",
    "ExportedRows",
    "FormField",
    "FormPage",
    "FormRight",
    "FormVersion",
    "Person",
    "SavedExport",
    "Submission",
    "SubmissionFile",
    "UnfinishedAnswer",
]
