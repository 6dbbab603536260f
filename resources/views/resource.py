"""The resource page: locked with the form on it, or unlocked with the files."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from eoc_cms.core.blocks.base import Context
from eoc_cms.core.http import with_secret_address
from eoc_cms.core.pages.around import around, may_be_parted
from eoc_cms.core.pages.structured_data import Part
from eoc_cms.core.pages.view import earliest
from forms_app.asking.builder import form_of
from forms_app.intake.answering import Outcome, blank_form, open_form, take_answer
from forms_app.intake.form_page_view import show_outcome
from forms_app.intake.typed_page import SHOWS_TYPED
from forms_app.intake.unfinished import is_unfinished
from forms_app.models import FormPage, Submission
from resources.catalogue.cards import list_address_beside
from resources.gate.access import (
    PASS_PARAMETER,
    Access,
    access_of,
    carries_access,
    ended_grant,
    keys_in_cookie,
    make_pass,
    remember,
)
from resources.gate.also_open import also_open
from resources.gate.decision import decide
from resources.gate.grants import give_grant
from resources.gate.renewal import note_use
from resources.models import Grant, ResourcePage
from resources.page.context import describe, file_links
from resources.page.structured_data import creative_work
from resources.views.listed import ListedPageView

# Where the form stands on the page.
FORM = "#access"
MAILED = "mailed"


class ResourcePageView(ListedPageView[ResourcePage]):
    allowed_methods = ("GET", "HEAD", "POST")
    depends_on_access = True

    def __init__(self, page: ResourcePage) -> None:
        super().__init__(page)
        self.depends_on_access = page.is_gated

    def respond(self, request: HttpRequest, **routed: object) -> HttpResponse:
        if request.method == "POST":
            return self._take_answer(request)
        if is_unfinished(request, self.page):
            # Also where the files are open by now: what was typed would be out of sight.
            outcome = open_form(request, form_page=self._form_page, source=self.page)
            return self._show_form(request, outcome, self._form_page)
        access = access_of(request)
        kept = Access(_kept_by_cookie(request, access))
        if access.from_pass and decide(self.page, kept).is_open:
            # The browser keeps cookies, so the pass need not stay in its address bar.
            return HttpResponseRedirect(self._address(request))
        decision = decide(self.page, access)
        if not self.page.is_gated or decision.is_open:
            return self._show_open(request, access, decision.grant)
        return self._show_locked(request)

    def is_same_for_everyone(self, request: HttpRequest) -> bool:
        return (
            request.method != "POST"
            and not (self.page.is_gated and carries_access(request))
            and super().is_same_for_everyone(request)
        )

    def next_change_at(self) -> datetime | None:
        form = self._form_page
        return earliest(super().next_change_at(), form.next_opening_change() if form else None)

    def context(self, request: HttpRequest) -> Context:
        return {**super().context(request), **describe(self.page, request)}

    def structured_data(self, request: HttpRequest) -> list[Part]:
        return [*super().structured_data(request), creative_work(self.page, request)]

    def preview_context(self, request: HttpRequest, mode: str) -> Context:
        """Return what the preview of one state needs, without a visitor or a grant."""
        if mode == "unlocked" or not self.page.is_gated:
            return {"is_open": True, "is_preview": True, "files": file_links(self.page, request)}
        form_page = self.page.gate_form
        if form_page is None:
            return {"is_closed": True}
        form = blank_form(form_page)
        if mode == "error" and form.version:
            form = form_of(form.version, QueryDict())
            form.is_valid()
        return {
            "form": form,
            "has_errors": bool(form.errors),
            "offers_no_mail": form_page.offers_to_skip_mail,
        }

    def _address(self, request: HttpRequest, query: str = "") -> str:
        return f"{self.page.get_url(request)}{query}"

    @property
    def _form_page(self) -> FormPage | None:
        """The form that is asked now: a gate may have been opened while one was filled in."""
        return self.page.gate_form if self.page.is_gated else None

    def _take_answer(self, request: HttpRequest) -> HttpResponse:
        form_page = self._form_page
        outcome = take_answer(request, form_page=form_page, source=self.page)
        if outcome.submission is None:
            return self._show_form(request, outcome, form_page)
        if outcome.submission.state != Submission.State.ACCEPTED:
            held = self.render(request, {"is_held": True, "noindex": True})
            setattr(held, SHOWS_TYPED, True)  # Nothing typed is lost: it waits for staff.
            return held
        if form_page is None:
            return HttpResponseRedirect(self._address(request), status=303)
        if form_page.is_by_mail_only:
            return HttpResponseRedirect(self._address(request, f"?{MAILED}=1"), status=303)
        grant = _grant_of(outcome.submission, form_page, self.page)
        opened = self._address(request, f"?{PASS_PARAMETER}={make_pass(grant)}")
        response = HttpResponseRedirect(opened, status=303)
        remember(request, response, [grant])
        return response

    def _show_form(
        self,
        request: HttpRequest,
        outcome: Outcome,
        form_page: FormPage | None,
        **also_shown: object,
    ) -> HttpResponse:
        offers = form_page is not None and form_page.offers_to_skip_mail
        return show_outcome(request, self, outcome, place=FORM, offers_no_mail=offers, **also_shown)

    def _show_locked(self, request: HttpRequest) -> HttpResponse:
        form_page = self.page.gate_form
        ended = ended_grant(request, self.page)
        if form_page is None:
            return self.render(request, {"is_closed": True, "ended": ended})
        if MAILED in request.GET and form_page.is_by_mail_only:
            return self.render(request, {"is_mailed": True, "noindex": True})
        outcome = open_form(request, form_page=form_page, source=self.page)
        if outcome.submission:
            # What this address has led to was sent; only its own browser may see what it opened.
            return HttpResponseRedirect(self._address(request), status=303)
        return self._show_form(request, outcome, form_page, ended=ended)

    def _show_open(self, request: HttpRequest, access: Access, grant: Grant | None) -> HttpResponse:
        if grant is None:
            return self._render_open(request, {})
        token, others = access.from_pass, also_open(self.page, access)
        list_url = list_address_beside(self._address(request))
        personal = {"also_open": others, "list_url": list_url, "pass_token": token}
        for_holders = {"grant": grant, "noindex": True}
        response: HttpResponse
        if token or not may_be_parted(request):
            response = self._render_open(request, {**for_holders, **personal})
        else:
            response = self._fill_in(request, for_holders, personal)
        with_secret_address(response)
        note_use(request, response, grant, self.page)
        return response

    def _render_open(self, request: HttpRequest, shown: Mapping[str, object]) -> TemplateResponse:
        files = file_links(self.page, request)
        return self.render(request, {"is_open": True, "files": files, **shown})

    def _fill_in(
        self, request: HttpRequest, for_holders: Mapping[str, object], personal: dict[str, object]
    ) -> HttpResponse:
        """Put what one visitor sees into what every holder of a grant sees."""

        def whole(also_shown: Mapping[str, object]) -> bytes:
            return self._render_open(request, {**for_holders, **also_shown}).render().content

        kept = around(request, whole, until=self.next_change_at)
        part = render_to_string("resources/includes/also_open.html", personal)
        return HttpResponse(kept.with_part(part))


def _kept_by_cookie(request: HttpRequest, access: Access) -> list[Grant]:
    kept = keys_in_cookie(request)
    return [grant for grant in access.grants if grant.key in kept]


def _grant_of(submission: Submission, form_page: FormPage, resource: ResourcePage) -> Grant:
    """Return what an accepted answer opens.

    An answer sent a second time is stored once, and its grant may have ended
    between: whoever is asked to fill in the form again must get in by doing so.
    """
    if isinstance(submission.given, Grant):
        return submission.given
    live = Grant.objects.live().filter(submission=submission).first()
    return live or give_grant(submission=submission, form_page=form_page, resource=resource)
