"""What happens when the last place of a form is taken.

A place that is free again needs nothing done: while a form is full, no copy of a page that
says so is kept.
"""

from django.db import transaction

from eoc_cms.core.caching.generation import start_new_generation
from forms_app.models import FormPage


def tell_of_last_place(form_page: FormPage | None) -> None:
    """Let nobody see a kept copy of an open form whose last place was just taken.

    Call it in the transaction that counts one more answer.
    """
    if form_page and form_page.is_full():
        transaction.on_commit(start_new_generation)
