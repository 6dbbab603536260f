"""The resource page: locked with the form on it, or unlocked with the files."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from eoc_cms.core.http import with_secret_address
from forms_app.intake.answering import Outcome, blank_form, show_form, take_answer
from forms_app.models import FormPage, Submission
from resources.catalogue.visibility import visible_pages
from resources.gate.access import (
    PASS_PARAMETER,
    Access,
    access_of,
    ended_grant,
    keys_in_cookie,
    make_pass,
    remember,
)
from resources.gate.decision import decide
from resources.gate.grants import give_grant
from resources.gate.renewal import note_use
from resources.models import Grant, ResourcePage
from resources.page.context import file_links

NO_MAIL = "no-mail"  # no name that a field of an editor's form can have
MAILED = "mailed"


def respond_to_resource(request: HttpRequest, resource: ResourcePage) -> HttpResponse:
    if request.method == "POST":
        return _take_answer(request, resource)
    access = access_of(request)
    if access.from_pass and decide(resource, Access(_kept_by_cookie(request, access))).is_open:
        # The browser keeps cookies, so the pass need not stay in its address bar.
        return HttpResponseRedirect(resource.get_url(request))
    decision = decide(resource, access)
    if not resource.is_gated or decision.is_open:
        return _show_open(request, resource, access, decision.grant)
    return _show_locked(request, resource)


def _kept_by_cookie(request: HttpRequest, access: Access) -> list[Grant]:
    kept = keys_in_cookie(request)
    return [grant for grant in access.grants if grant.key in kept]


def _take_answer(request: HttpRequest, resource: ResourcePage) -> HttpResponse:
    if not resource.gate_form or not resource.is_gated:
        # The gate was opened while the form was being filled in.
        return HttpResponseRedirect(resource.get_url(request), status=303)
    offer = _offer_of_no_mail(request, resource.gate_form)
    outcome = take_answer(
        request,
        form_page=resource.gate_form,
        source=resource,
        wants_mail=not offer["wants_no_mail"],
    )
    if outcome.submission is None:
        return show_form(request, resource, outcome, **offer)
    if outcome.submission.state != Submission.State.ACCEPTED:
        return _show_held(request, resource)
    if resource.gate_form.is_by_mail_only:
        return HttpResponseRedirect(f"{resource.get_url(request)}?{MAILED}=1", status=303)
    grant = _grant_of(outcome.submission, resource.gate_form, resource)
    response = HttpResponseRedirect(
        f"{resource.get_url(request)}?{PASS_PARAMETER}={make_pass(grant)}", status=303
    )
    remember(request, response, [grant])
    return response


def _offer_of_no_mail(request: HttpRequest, form_page: FormPage) -> dict[str, bool]:
    """Say whether the visitor may do without the mail, and whether they chose to."""
    is_offered = form_page.offers_to_skip_mail
    return {
        "offers_no_mail": is_offered,
        "wants_no_mail": is_offered and bool(request.POST.get(NO_MAIL)),
    }


def _grant_of(submission: Submission, form_page: FormPage, resource: ResourcePage) -> Grant:
    """Return what an accepted answer opens.

    An answer sent a second time is stored once, and its grant may have ended
    between: whoever is asked to fill in the form again must get in by doing so.
    """
    live = Grant.objects.live().filter(submission=submission).first()
    return live or give_grant(submission=submission, form_page=form_page, resource=resource)


def _show_held(request: HttpRequest, resource: ResourcePage) -> HttpResponse:
    context = {**resource.get_context(request), "is_held": True, "noindex": True}
    return TemplateResponse(request, resource.get_template(request), context)


def _show_locked(request: HttpRequest, resource: ResourcePage) -> HttpResponse:
    ended = ended_grant(request, resource)
    if resource.gate_form is None:
        context = {**resource.get_context(request), "is_closed": True, "ended": ended}
        return TemplateResponse(request, resource.get_template(request), context)
    if MAILED in request.GET and resource.gate_form.is_by_mail_only:
        context = {**resource.get_context(request), "is_mailed": True, "noindex": True}
        return TemplateResponse(request, resource.get_template(request), context)
    return show_form(
        request,
        resource,
        Outcome(form=blank_form(resource.gate_form)),
        **_offer_of_no_mail(request, resource.gate_form),
        ended=ended,
    )


def _show_open(
    request: HttpRequest, resource: ResourcePage, access: Access, grant: Grant | None
) -> HttpResponse:
    context = {
        **resource.get_context(request),
        "is_open": True,
        "grant": grant,
        "files": file_links(resource, request),
        "pass_token": access.from_pass,
        "also_open": also_open(resource, access) if grant else [],
        "noindex": grant is not None,
    }
    response = TemplateResponse(request, resource.get_template(request), context)
    if grant:
        with_secret_address(response)
        note_use(request, response, grant, resource)
    return response


def also_open(resource: ResourcePage, access: Access) -> list[ResourcePage]:
    """Return the other visible resources that the visitor's grants open."""
    candidates = (
        ResourcePage.objects.filter(pk__in=visible_pages().values("pk"))
        .exclude(pk=resource.pk)
        .exclude(gate_mode=ResourcePage.GateMode.OPEN)
        .select_related("gate_form")
        .order_by("-first_published_at")
    )
    return [other for other in candidates if access.grant_for(other)]


def preview_context(resource: ResourcePage, mode: str, request: HttpRequest) -> dict[str, Any]:
    """Return what the preview of one state needs, without a visitor or a grant."""
    if mode == "unlocked" or not resource.is_gated:
        return {"is_open": True, "is_preview": True, "files": file_links(resource, request)}
    if resource.gate_form is None:
        return {"is_closed": True}
    form = blank_form(resource.gate_form)
    if mode == "error":
        form = resource.gate_form.get_form({}, page=resource.gate_form)
        form.is_valid()
    return {
        "form": form,
        "has_errors": bool(form.errors),
        **_offer_of_no_mail(request, resource.gate_form),
    }
