"""A copied form asks in its own name, so it starts as a draft for somebody to look at.

Its answers would else go to the addresses of the form it was copied from; see
FormMails.recipients_confirmed_for.
"""

from django.http import HttpRequest
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from forms_app.models import FormPage


class FormCopyForm(CopyForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)


def withdraw_copies(request: HttpRequest, page: Page, copied: Page) -> None:
    """Withdraw the form pages that were published with a copied part of the site.

    A single form cannot be published in one go with its copying; see FormCopyForm.
    """
    below = FormPage.objects.descendant_of(copied, inclusive=True)
    for form_page in below.filter(alias_of=None).live():
        form_page.unpublish(user=request.user)
