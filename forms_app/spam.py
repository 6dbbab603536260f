"""Signs that an answer was not typed by a person. Nothing is thrown away for them."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from forms_app.visitor_form import HONEYPOT


def reason_to_hold(request: HttpRequest) -> str:
    """Return why staff should look at this answer first, or an empty text."""
    if request.POST.get(HONEYPOT, "").strip():
        return _("A field that people do not see was filled in.")
    return ""
