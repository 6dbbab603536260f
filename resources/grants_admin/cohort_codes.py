"""Codes for members, among the answers: made, told again, counted and revoked here."""

from datetime import datetime

from django.contrib.admin.utils import quote
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, re_path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.log_actions import log
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.views import CreateView, InspectView, InstanceSpecificView

from eoc_cms.core.models import Staff
from eoc_cms.core.pages.drafts import visible_pages
from eoc_cms.core.pages.staff_form import StaffForm
from eoc_cms.core.typed_text import clean_line
from forms_app.list_admin.list_view import ListAdmin, ListView, tell_when_gone
from forms_app.list_admin.permissions import NoRowButtons
from resources.gate.cohort_codes import revoke
from resources.grants_admin.listings import CODES
from resources.models import CohortCode, ResourcePage
from resources.rights import VIEW_CODES


class CohortCodeForm(StaffForm):
    """Offers what is behind a form and no secret, and what the code opens already."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resources"]
        offered = ResourcePage.objects.exclude(gate_mode=ResourcePage.GateMode.OPEN).filter(
            pk__in=visible_pages(self.for_user).values("pk")
        )
        if self.instance.pk:
            offered = offered | self.instance.resources.all()
        field.queryset = offered.distinct().order_by("title")
        field.label_from_instance = self._label

    def clean_name(self) -> str:
        name: str = clean_line(self.cleaned_data["name"])
        others = CohortCode.objects.filter(
            name=name, revoked_at=None, expires_at__gt=timezone.now()
        )
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("A code of this name is open already. Choose another name."))
        return name

    def clean_expires_at(self) -> datetime:
        end: datetime = self.cleaned_data["expires_at"]
        if "expires_at" in self.changed_data and end <= timezone.now():
            self.add_error("expires_at", _("This has passed. Choose a time to come."))
        return end

    @staticmethod
    def _label(resource: ResourcePage) -> str:
        if resource.live:
            return resource.title
        return _("%(title)s (not published, so closed until then)") % {"title": resource.title}


class CohortCodePermissionHelper(PermissionHelper):
    """A code is never deleted, so that what it opened stays on record."""

    def user_can_revoke(self, user: Staff) -> bool:
        """Ask for the right alone: who presses twice is told that it is revoked."""
        return self.user_has_specific_permission(user, self.get_perm_codename("change"))

    def user_can_inspect_obj(self, user: Staff, obj: CohortCode) -> bool:
        return user.has_perm(VIEW_CODES)

    def user_can_list(self, user: Staff) -> bool:
        return user.has_perm(VIEW_CODES)

    def user_can_edit_obj(self, user: Staff, obj: CohortCode) -> bool:
        return obj.revoked_at is None and super().user_can_edit_obj(user, obj)

    def user_can_delete_obj(self, user: Staff, obj: CohortCode) -> bool:
        return False


class CohortCodeButtonHelper(NoRowButtons):
    def get_primary_button(self, obj: CohortCode) -> dict[str, str]:
        button: dict[str, str] = self.inspect_button(obj.pk)
        return button

    def buttons_on_its_page(self, code: CohortCode) -> list[dict[str, str]]:
        if not self.permission_helper.user_can_edit_obj(self.request.user, code):
            return []
        address = self.url_helper.get_action_url
        return [
            {"url": address("edit", quote(code.pk)), "label": _("Edit"), "classname": "button"},
            {
                "url": address("revoke", quote(code.pk)),
                "label": _("Revoke"),
                "classname": "button no",
                "title": _("Close what this code has opened"),
            },
        ]


class CreateCohortCodeView(CreateView):
    def form_valid(self, form: CohortCodeForm) -> HttpResponse:
        form.instance.created_by = self.request.user
        return super().form_valid(form)

    def get_success_url(self) -> str:
        """Lead to the new code, which is to be told now."""
        return self.url_helper.get_action_url("inspect", quote(self.instance.pk))


class InspectCohortCodeView(InspectView):
    def get_page_title(self) -> str:
        return self.instance.name

    def get_page_subtitle(self) -> str:
        return ""

    def get_meta_title(self) -> str:
        return self.instance.name

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        buttons = self.button_helper.buttons_on_its_page(self.instance)
        return {**super().get_context_data(**kwargs), "buttons": buttons}


class RevokeView(InstanceSpecificView):
    page_title = gettext_lazy("Revoke")

    def check_action_permitted(self, user: Staff) -> bool:
        return self.permission_helper.user_can_revoke(user)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.instance.revoked_at:
            return self._tell_that_it_was(request)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not revoke(self.instance):
            return self._tell_that_it_was(request)
        log(instance=self.instance, action="wagtail.edit", content_changed=True)
        messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": self.instance})
        return redirect(self.index_url)

    def _tell_that_it_was(self, request: HttpRequest) -> HttpResponse:
        words = _("“%(name)s” was revoked before. Nothing was changed.")
        messages.info(request, words % {"name": self.instance})
        return redirect(self.index_url)

    def get_template_names(self) -> list[str]:
        return ["resources/admin/revoke_cohort_code.html"]


def uses_of_limit(code: CohortCode) -> str:
    if code.limit is None:
        return str(code.uses)
    return _("%(uses)d of %(limit)d") % {"uses": code.uses, "limit": code.limit}


class CodesView(ListView):
    listing = CODES
    default_ordering = "-created_at"
    add_label = gettext_lazy("Add code for members")
    columns = [
        TitleColumn(
            "name", label=gettext_lazy("Name"), url_name="resources_cohortcode_modeladmin_inspect"
        ),
        Column("written", label=gettext_lazy("Code"), sort_key="code"),
        Column("state", label=gettext_lazy("State")),
        Column("uses", label=gettext_lazy("Used"), accessor=uses_of_limit, sort_key="uses"),
        Column("expires_at", label=gettext_lazy("Until"), sort_key="expires_at"),
    ]


class CohortCodeAdmin(ListAdmin):
    model = CohortCode
    listing = CODES
    index_view_class = CodesView
    menu_icon = "key"
    inspect_view_enabled = True
    inspect_template_name = "resources/admin/inspect_cohort_code.html"
    create_view_class = CreateCohortCodeView
    inspect_view_class = InspectCohortCodeView
    permission_helper_class = CohortCodePermissionHelper
    button_helper_class = CohortCodeButtonHelper
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("resources", widget=CheckboxSelectMultiple),
            FieldRowPanel([FieldPanel("expires_at"), FieldPanel("limit")]),
        ],
        base_form_class=CohortCodeForm,
    )

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            re_path(
                self.url_helper.get_action_url_pattern("revoke"),
                self.revoke_view,
                name=self.url_helper.get_action_url_name("revoke"),
            ),
        )

    @tell_when_gone
    def revoke_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        return RevokeView.as_view(model_admin=self, instance_pk=instance_pk)(request)
