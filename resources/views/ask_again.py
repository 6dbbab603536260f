"""Have the access link sent again, for whoever comes from another device.

Nothing here tells whether an address is known: known, unknown, asked for too
often or by a program, the answer is the same page after the same work.
"""

from django import forms
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from eoc_cms.core.http import comes_from_this_site
from eoc_cms.core.rate_limit import client_of, is_within_limit
from forms_app.answering import RETRY_AFTER_SECONDS
from forms_app.builder import EMAIL_LIMIT
from forms_app.models.person import normalise_email
from forms_app.spam import reason_to_hold
from forms_app.visitor_form import VisitorForm
from resources.cards import resource_list_address
from resources.links_again import send_links_again
from resources.listing import public_pages
from resources.models import ResourcePage

A_DAY_FOR_AN_ADDRESS = 5
# A whole school may share one network address.
A_DAY_FOR_A_CLIENT = 50
INVALID = _("Write an e-mail address such as name@example.org.")


class AskAgainForm(VisitorForm):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=EMAIL_LIMIT,
        help_text=_("The one you gave when you asked for the guide."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": INVALID, "invalid": INVALID, "max_length": INVALID},
    )


# The page is the same for everybody and the request carries no authority.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask_again(request: HttpRequest) -> HttpResponse:
    """Show the form, take an address, or say that a mail may be on its way."""
    resource = _resource_named(request)
    if request.method != "POST":
        return _show(request, resource, AskAgainForm(), is_sent="sent" in request.GET)
    form = AskAgainForm(request.POST)
    if not comes_from_this_site(request):
        form.add_error(None, _("This form was sent from another site. Check it and send it here."))
        return _show(request, resource, form, status=403)
    if not form.is_valid():
        return _show(request, resource, form)
    try:
        _send(request, form.cleaned_data["email"], resource)
    except DatabaseError:
        form.add_error(None, _("We could not do this just now. Send it again in a minute."))
        return _show(request, resource, form, status=503)
    named = f"for={resource.pk}&" if resource else ""
    return _private(HttpResponseRedirect(f"{reverse('ask_again')}?{named}sent=1", status=303))


def _send(request: HttpRequest, email: str, resource: ResourcePage | None) -> None:
    # Both are counted whatever comes of it, and before the address is looked up.
    client = client_of(request)
    counts = [
        is_within_limit(what="address", who=normalise_email(email), most=A_DAY_FOR_AN_ADDRESS),
        # Without a client's address all visitors would share one count.
        not client or is_within_limit(what="client", who=client, most=A_DAY_FOR_A_CLIENT),
    ]
    if all(counts) and not reason_to_hold(request):
        send_links_again(email=email, resource=resource)


def _resource_named(request: HttpRequest) -> ResourcePage | None:
    """Return the gated resource that the address names, if strangers may see it."""
    number = request.GET.get("for", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    visible = public_pages().filter(pk=int(number)).values("pk")
    return (
        ResourcePage.objects.filter(pk__in=visible)
        .exclude(gate_form=None)
        .select_related("gate_form")
        .first()
    )


def _show(
    request: HttpRequest,
    resource: ResourcePage | None,
    form: AskAgainForm,
    *,
    is_sent: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "is_sent": is_sent,
        "resource": resource,
        "resource_url": resource.get_url(request) if resource else resource_list_address(request),
        "noindex": True,
    }
    response = render(request, "resources/ask_again.html", context, status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response
