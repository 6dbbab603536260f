"""Keep to the number of answers that a form takes, however many arrive at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from eoc_cms.core.caching.page_cache import start_new_generation
from forms_app.models import FormPage, Person


def reason_beyond_limit(form_page: FormPage, person: Person | None) -> str:
    """Return why an answer is one too many, or an empty text; call it in a transaction.

    Such an answer is kept for staff to decide. To refuse it would lose what was
    typed and would tell anybody which addresses have answered.
    """
    if form_page.max_answers is None and form_page.max_per_person is None:
        return ""
    # Whoever comes next waits here until this answer is stored.
    list(FormPage.objects.select_for_update().filter(pk=form_page.pk).values_list("pk"))
    if form_page.is_full():
        return _("All places had been taken a moment before.")
    if person and form_page.has_answered_enough(person.email):
        return _("This address has answered as often as the form allows.")
    return ""


def close_when_full(form_page: FormPage) -> None:
    """Let nobody see a kept copy of the form once its last place is taken."""
    if form_page.is_full():
        transaction.on_commit(start_new_generation)
