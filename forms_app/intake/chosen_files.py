"""Keep the files that come with a form: with its answers, or for a while without them.

A file of answers that are whole is theirs at once. Any other waits, and only so much may
wait of one network: what a stranger sends without an answer takes no room from others.
"""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_app.asking.file_field import VisitorFileField
from forms_app.asking.visitor_form import VisitorForm
from forms_app.models import FormPage
from forms_app.uploads.keeping import NoRoomError, check_room, keep

logger = logging.getLogger(__name__)

CHOOSE_AGAIN = gettext_lazy(
    "We could not keep this file until the rest is right. Choose it again when you send it."
)
NO_ROOM_LATER = gettext_lazy("No more files can be taken just now. Try again later.")


def keep_chosen_files(
    form: VisitorForm, form_page: FormPage, *, client: str, is_whole: bool
) -> None:
    """Store each file that can be taken, and let its token stand for it in the form.

    `is_whole` says that the other answers are fine. What is wrong with a file is said when
    the form is checked.
    """
    for name, field in form.fields.items():
        upload = form.files.get(name)
        if not isinstance(field, VisitorFileField) or upload is None:
            continue
        try:
            field.clean(upload)
            if not is_whole:
                check_room(upload, client=client)
            kept = keep(upload, form_key=form_page.key, field_name=name, client=client)
        except ValidationError:
            continue
        except NoRoomError:
            form.file_problems[name] = str(NO_ROOM_LATER if form.has_steps else CHOOSE_AGAIN)
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
