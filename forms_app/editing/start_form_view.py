"""Where an editor chooses what a new form starts from."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from eoc_cms.core.keys import read_uuid
from eoc_cms.core.models import StaffRequest
from forms_app.editing.form_templates import TEMPLATES, start_form
from forms_app.models import FormPage


class StartFormView(WagtailAdminTemplateMixin, View):
    """Ask which template (GET), or add a draft made from it and open it (POST)."""

    page_title = _("Build a form")
    header_icon = "form"
    template_name = "forms_app/admin/start_form.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        parent = Page.objects.filter(pk=kwargs.pop("parent_id")).first()
        if parent is None:
            messages.warning(request, _("The page to put a form below is not there any more."))
            return redirect("wagtailadmin_explore_root")
        self.parent = parent.specific
        is_fitting = FormPage.can_create_at(self.parent)
        if not is_fitting or not self.parent.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data())
        return answer

    def post(self, request: StaffRequest) -> HttpResponse:
        template = TEMPLATES.get(request.POST.get("template", ""))
        if template is None:
            messages.error(request, _("Nothing was added: choose what to start from."))
            return self.get(request)
        key = read_uuid(request.POST.get("key", ""))
        page, is_new = start_form(template, parent=self.parent, user=request.user, key=key)
        if not is_new:
            messages.info(request, _("This draft was added before. No second one was added."))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        return {
            **context,
            "form_templates": TEMPLATES,
            "parent": self.parent,
            "key": uuid.uuid4(),
        }
