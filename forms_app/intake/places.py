"""What happens when the last place of a form is taken.

A place that is free again needs nothing done: while a form is full, no copy of a page that
says so is kept.
"""

import uuid

from django.db import transaction

from eoc_cms.core.caching.page_cache import start_new_generation
from forms_app.models import FormPage


def tell_of_last_place(form_key: uuid.UUID) -> None:
    """Let nobody see a kept copy of an open form whose last place was just taken.

    Call it in the transaction that counts one more answer.
    """
    limited = FormPage.objects.filter(pk__in=FormPage.pages_of(form_key)).exclude(max_answers=None)
    if any(form_page.is_full() for form_page in limited):
        transaction.on_commit(start_new_generation)
