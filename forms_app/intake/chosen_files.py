"""Keep the files that come with a form, whatever becomes of its other answers."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms_app.asking.file_field import VisitorFileField
from forms_app.asking.visitor_form import VisitorForm
from forms_app.models import FormPage
from forms_app.uploads.keeping import NoRoomError, keep

logger = logging.getLogger(__name__)


def keep_chosen_files(form: VisitorForm, form_page: FormPage) -> None:
    """Store each file that can be taken, and let its token stand for it in the form.

    What is wrong with the others is said when the form is checked.
    """
    for name, field in form.fields.items():
        upload = form.files.get(name)
        if not isinstance(field, VisitorFileField) or upload is None:
            continue
        try:
            field.clean(upload)
            kept = keep(upload, form_key=form_page.form_key, field_name=name)
        except ValidationError:
            continue
        except NoRoomError:
            form.file_problems[name] = _("No more files can be taken just now. Try again later.")
        except OSError as error:
            logger.warning("A file could not be stored: %s", type(error).__name__)
            form.file_problems[name] = _("We could not save this file just now. Choose it again.")
        else:
            _let_token_stand(form, name, kept.token)


def _let_token_stand(form: VisitorForm, name: str, token: str) -> None:
    sent: Any = form
    data, files = sent.data.copy(), sent.files.copy()
    data[f"{name}-kept"] = token
    data.pop(f"{name}-remove", None)
    del files[name]
    form.data, form.files = data, files
