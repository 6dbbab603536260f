"""Have the access link sent again, for whoever comes from another device.

Nothing here tells whether an address is known: known, unknown, asked for too
often or by a program, the answer is the same page after the same work.
"""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from eoc_cms.core.http import RETRY_AFTER_SECONDS, comes_from_this_site
from eoc_cms.core.keys import read_key
from forms_app.asking.address_form import AddressForm, email_field, may_be_answered
from resources.catalogue.cards import resource_list_address
from resources.catalogue.visibility import public_pages
from resources.gate.links_again import send_links_again
from resources.models import ResourcePage


class AskAgainForm(AddressForm):
    email = email_field(help_text=_("The one you gave when you asked for the guide."))


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
    if may_be_answered(request, email):
        send_links_again(email=email, resource=resource)


def _resource_named(request: HttpRequest) -> ResourcePage | None:
    """Return the gated resource that the address names, if strangers may see it."""
    key = read_key(request.GET.get("for", ""))
    if key is None:
        return None
    visible = public_pages().filter(pk=key).values("pk")
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
