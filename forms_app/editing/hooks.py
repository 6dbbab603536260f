"""What happens round a form page in Wagtail's page editor: copying and deleting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from wagtail.models import Page

from forms_app.editing.answers_held import answers_below, in_words
from forms_app.models import FormPage


def withdraw_copies(request: HttpRequest, page: Page, copied: Page) -> None:
    """Withdraw the form pages that were published with a copied part of the site.

    A single form cannot be published in one go with its copying; see FormCopyForm.
    """
    below: Any = FormPage.objects.descendant_of(copied, inclusive=True)
    for form_page in below.filter(alias_of=None).live():
        form_page.unpublish(user=request.user)


def tell_of_answers(request: HttpRequest, page: Page) -> None:
    """Say on the page that asks whether to delete how many answers there are."""
    if request.method == "GET" and (words := in_words(answers_below([page]))):
        messages.info(request, words)
