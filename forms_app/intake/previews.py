"""What an editor can look at before anybody answers: every state of a form, and both its mails.

Nothing is stored or sent, and what visitors would have typed is shown as the labels of questions.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.asking.builder import form_of
from forms_app.asking.travel import Place, show
from forms_app.asking.visitor_form import AskedForm
from forms_app.effects import Delivery
from forms_app.intake.notices import staff_words, visitor_words
from forms_app.models import FormPage, FormVersion
from forms_app.models.form_opening import in_words
from forms_app.placeholders import values_of

SAMPLE_RECEIPT = "EOC-0000-0000"
# A mail brings its styles in its elements, and nothing else that a browser would load or run.
MAIL_POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"
STEP = "step-"


class FormPreviews:
    def __init__(self, page: FormPage) -> None:
        self.page = page

    def modes(self) -> list[tuple[str, str]]:
        """Return each state with its name, the steps of a long form among them."""
        return [
            ("form", _("Form")),
            *self._steps(),
            ("errors", _("With errors")),
            ("closed", _("When it is closed")),
            ("full", _("When all places are taken")),
            ("landing", _("Thank-you page")),
            ("mail-visitor", _("Mail to the visitor")),
            ("mail-staff", _("Mail to staff")),
        ]

    def serve(self, request: HttpRequest, mode: str) -> HttpResponse:
        if mode == "landing":
            return self.page.render_landing_page(request)
        if mode == "mail-visitor":
            return self._visitor_mail(request)
        if mode == "mail-staff":
            return self._staff_mail(request)
        form = self._form(mode)
        context = {
            **self.page.get_context(request),
            "form": form,
            "has_errors": bool(form.is_bound and form.errors),
        }
        return TemplateResponse(request, self.page.get_template(request), context)

    def _steps(self) -> list[tuple[str, str]]:
        form = self._blank()
        if not form.has_steps:
            return []
        titles = [str(step.title or _("Your answers")) for step in form.steps]
        named = [_("Step %(number)s: %(title)s"), _("Check and send")]
        steps = [
            (f"{STEP}{number}", named[0] % {"number": number, "title": title})
            for number, title in enumerate(titles, start=1)
        ]
        return [*steps, (f"{STEP}review", named[1])]

    def _blank(self, data: QueryDict | None = None) -> AskedForm:
        return form_of(FormVersion.objects.shown_by(self.page), data)

    def _form(self, mode: str) -> AskedForm:
        if mode == "errors":
            form = self._blank(QueryDict())
            show(form, Place(step="1"), is_to_check=True)
            if not form.has_steps:
                form.check()
            return form
        if mode.startswith(STEP):
            return self._at_step(mode.removeprefix(STEP))
        form = self._blank()
        form.closed_notice = self._notice(mode)
        return form

    def _at_step(self, step: str) -> AskedForm:
        form = self._blank(QueryDict())
        if step == "review":
            form.leave_unchecked()
            form.at = len(form.steps)
        else:
            show(form, Place(step=step), is_to_check=False)
        return form

    def _notice(self, mode: str) -> str:
        if mode == "full":
            return self.page.closed_text or _("All places are taken, so this form is closed.")
        if mode == "closed":
            day = {"day": in_words(self.page.closes_at or timezone.now())}
            return self.page.closed_text or _("This form closed on %(day)s.") % day
        return ""

    def _visitor_mail(self, request: HttpRequest) -> HttpResponse:
        title = _("The title of the resource")
        until = timezone.now() + timedelta(days=self.page.grant_days)
        delivery = Delivery(title=title, link="https://example.org/…", until=until)
        words = visitor_words(self.page, delivery)
        values = self._samples(title=delivery.title, link=delivery.link)
        mail = words.mail(values, receipt=SAMPLE_RECEIPT) if words else None
        return self._mail(request, mail, to=_("the visitor"))

    def _staff_mail(self, request: HttpRequest) -> HttpResponse:
        link = "https://example.org/…"
        values = self._samples(title=self.page.title, link=link)
        to = ", ".join(self.page.staff_recipients)
        mail = staff_words(self.page, values, url=link) if to else None
        return self._mail(request, mail, to=to)

    def _mail(
        self, request: HttpRequest, mail: Mapping[str, str] | None, *, to: str
    ) -> HttpResponse:
        context = {"mail": mail, "to": to}
        answer = render(request, "forms_app/admin/mail_preview.html", context)
        answer.headers["Content-Security-Policy"] = MAIL_POLICY
        return answer

    def _samples(self, **ours: str) -> dict[str, str]:
        labels = self.page.labels()
        answers = {name: f"[{label}]" for name, label in labels.items()}
        return {**values_of(answers, then=labels, now=labels), **ours, "receipt": SAMPLE_RECEIPT}
