"""Self-service: people see what they agreed to, and change their mind by a button.

It stands on the page of what is held of them, and by itself behind the link in mails.
Opening either changes nothing, so a mail scanner can neither agree nor take anything back.
"""

from dataclasses import dataclass

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from eoc_cms.core.http import comes_from_this_site
from eoc_cms.core.keys import read_key
from forms_app.consents.links import ConsentLinkError, read_link
from forms_app.consents.recording import change_mind
from forms_app.consents.standing import standing_of
from forms_app.models import ConsentEvent, Person
from forms_app.models.consent import ConsentKey
from forms_app.privacy.private_pages import TEMPLATES, busy, private

How = ConsentEvent.How
# Named as what our own forms add, which is nothing that anybody typed.
SHOWN = "form-consent"
WISHES = {"agree": True, "withdraw": False}
# What a mail program sends when its reader presses “Unsubscribe” (RFC 8058 §3.2).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@dataclass(frozen=True, kw_only=True)
class Consents:
    """What a person reads of their consents, and the one that they have just changed."""

    standing: list[ConsentEvent]
    changed: ConsentEvent | None = None


def consents_of(person: Person, request: HttpRequest) -> Consents:
    standing = standing_of([person.pk])[person.pk]
    said = _event(person, request.GET.get("said", ""))
    changed = standing.get(said.key) if said else None
    return Consents(standing=list(standing.values()), changed=changed)


def change_by_button(request: HttpRequest, person: Person, how: How) -> HttpResponse | None:
    """Do what a pressed button says; return the way to the page that tells of it, or None.

    The button names the words that stood beside it, so that nobody agrees to others.
    """
    wish = WISHES.get(request.POST.get("do", ""))
    if wish is None or not comes_from_this_site(request):
        return None
    shown = _event(person, request.POST.get(SHOWN, ""))
    if shown is None:
        # Erased since the page was opened: the page as it is now says so best.
        return _see_other(request.path)
    change_mind(shown, is_given=wish, how=how)
    return _see_other(f"{request.path}?said={shown.pk}#consents")


# The signed token is the authority here; the request carries no other.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def your_consents(request: HttpRequest, token: str) -> HttpResponse:
    """Show the consents of whoever the link is for (GET); change one (POST)."""
    try:
        person, named = read_link(token)
    except ConsentLinkError:
        return private(
            render(request, f"{TEMPLATES}/consents_refused.html", {"noindex": True}, status=410)
        )
    try:
        answer = _change(request, person, named)
    except DatabaseError:
        return busy(_page(request, person, failed=True, status=503))
    return answer or _page(request, person)


def _change(request: HttpRequest, person: Person, named: list[ConsentKey]) -> HttpResponse | None:
    if request.method != "POST":
        return None
    name, value = ONE_CLICK
    if request.POST.get(name) == value:
        # From wherever, and never answered by another address: RFC 8058 §3.1.
        for form_key, field_name in named:
            _withdraw(person, form_key=form_key, field_name=field_name)
        return None
    answer = change_by_button(request, person, How.LINK)
    return private(answer) if answer else None


def _withdraw(person: Person, **consent: object) -> None:
    """Take a consent back under the words that were last shown, of held answers too."""
    last = ConsentEvent.objects.filter(person=person, **consent).order_by("pk").last()
    if last:
        change_mind(last, is_given=False, how=How.LINK)


def _event(person: Person, text: str) -> ConsentEvent | None:
    key = read_key(text)
    return ConsentEvent.objects.filter(person=person, pk=key).first() if key else None


def _page(
    request: HttpRequest, person: Person, *, failed: bool = False, status: int = 200
) -> HttpResponse:
    context = {"noindex": True, "consents": consents_of(person, request), "failed": failed}
    return private(render(request, f"{TEMPLATES}/consents.html", context, status=status))


def _see_other(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)
