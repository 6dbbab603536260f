from forms_app.models.exports import ExportRecord
from forms_app.models.form_field import FormField
from forms_app.models.form_page import FormPage
from forms_app.models.form_version import FormVersion
from forms_app.models.person import Person
from forms_app.models.submission import Submission

__all__ = ["ExportRecord", "FormField", "FormPage", "FormVersion", "Person", "Submission"]
