"""Self-service: whoever proves an address sees, downloads or erases what is held of it.

What they agreed to they change there too (your_consents.py).

The link in the mail changes nothing when opened, so a mail scanner can neither erase
nor read anything: what is held in full comes by buttons only.
"""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from eoc_cms.core.http import comes_from_this_site
from forms_app.asking.address_form import AddressForm, may_be_answered
from forms_app.models import ConsentEvent, Person
from forms_app.privacy.erasing import erase_person
from forms_app.privacy.finding import personal_data_of
from forms_app.privacy.handing_over import FORMATS, hand_over
from forms_app.privacy.links import DataLinkError, read_link, send_link
from forms_app.privacy.private_pages import TEMPLATES, busy, private
from forms_app.privacy.your_consents import change_by_button, consents_of


# The page is the same for everybody and the request carries no authority.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def your_data(request: HttpRequest) -> HttpResponse:
    """Ask for an address, or say that a mail may be on its way."""
    if request.method != "POST":
        return _ask(request, AddressForm(), is_sent="sent" in request.GET)
    form = AddressForm(request.POST)
    if not comes_from_this_site(request):
        form.add_error(None, _("This form was sent from another site. Check it and send it here."))
        return _ask(request, form, status=403)
    if not form.is_valid():
        return _ask(request, form)
    email = form.cleaned_data["email"]
    try:
        if may_be_answered(request, email, about="data-"):
            send_link(email)
    except DatabaseError:
        form.add_error(None, _("We could not do this just now. Send it again in a minute."))
        return _ask(request, form, status=503)
    return private(HttpResponseRedirect(f"{reverse('your_data')}?sent=1", status=303))


# The signed token is the authority here; the request carries no other.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def your_data_of(request: HttpRequest, token: str) -> HttpResponseBase:
    """Say what is held (GET); show, hand over or erase it, or change a consent (POST)."""
    try:
        person = read_link(token)
    except DataLinkError:
        return private(render(request, f"{TEMPLATES}/refused.html", _noindex(), status=410))
    wish = request.POST.get("do", "") if request.method == "POST" else ""
    if not comes_from_this_site(request):
        wish = ""
    if wish in FORMATS:
        return private(hand_over(address=person.email, file_format=wish))
    if wish == "erase":
        return _erase(request, person)
    try:
        changed = change_by_button(request, person, ConsentEvent.How.PERSON)
    except DatabaseError:
        return busy(_show(request, person, consent_failed=True, status=503))
    if changed:
        return private(changed)
    return _show(request, person, in_full=wish == "show", is_asking=wish == "ask")


@require_safe
def your_data_erased(request: HttpRequest) -> HttpResponse:
    return private(render(request, f"{TEMPLATES}/erased.html", _noindex()))


def _erase(request: HttpRequest, person: Person) -> HttpResponse:
    try:
        erase_person(email=person.email)
    except DatabaseError:
        return busy(_show(request, person, is_asking=True, failed=True, status=503))
    response = HttpResponseRedirect(reverse("your_data_erased"), status=303)
    # What it opened is gone, so it is of no more use on this device.
    response.delete_cookie(settings.ACCESS_COOKIE, samesite="Lax")
    return private(response)


def _show(
    request: HttpRequest, person: Person, *, status: int = 200, **state: bool
) -> HttpResponse:
    tables = personal_data_of(person.email)
    context = {
        **_noindex(),
        **state,
        "counts": [(table.title, len(table.rows)) for table in tables],
        "tables": [
            (table.title, [list(table.lines(row)) for row in table.rows]) for table in tables
        ],
        "has_files": any(table.key == "files" for table in tables),
        "consents": consents_of(person, request),
    }
    template = "confirm.html" if state.get("is_asking") else "held.html"
    return private(render(request, f"{TEMPLATES}/{template}", context, status=status))


def _ask(
    request: HttpRequest, form: AddressForm, *, is_sent: bool = False, status: int = 200
) -> HttpResponse:
    context = {**_noindex(), "form": form, "has_errors": bool(form.errors), "is_sent": is_sent}
    response = private(render(request, f"{TEMPLATES}/ask.html", context, status=status))
    return busy(response) if status == 503 else response


def _noindex() -> dict[str, bool]:
    return {"noindex": True}
