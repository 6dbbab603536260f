"""Who may read, export and erase the answers to one form: kept by whoever keeps groups."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.views import CreateView, DeleteView, EditView

from eoc_cms.core.models import Staff
from forms_app.form_titles import form_titles
from forms_app.list_admin.list_view import ListAdmin, ListView
from forms_app.listing.base import Listing
from forms_app.models import FormRight
from forms_app.rights import BY_FORM, KEEP_GROUPS, holds


class FormRightForm(WagtailAdminModelForm):
    """Offers every form by its title; who may export or erase may read."""

    form_key = forms.TypedChoiceField(label=gettext_lazy("Form"), coerce=uuid.UUID)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.titles = form_titles()
        if self.instance.pk:
            self.titles.setdefault(self.instance.form_key, self.instance.form_title)
        choices = [(str(key), title) for key, title in self.titles.items()]
        self.fields["form_key"].choices = [("", _("Choose one")), *choices]

    def clean(self) -> dict[str, object]:
        data: dict[str, Any] = super().clean()
        if not data.get("may_view"):
            self.add_error("may_view", _("Without this, the group has no right to this form."))
        if key := data.get("form_key"):
            self.instance.form_title = self.titles[key]
            self._refuse_twice(data.get("group"), key)
            self._refuse_what_giver_lacks(data, key)
        return data

    def _refuse_what_giver_lacks(self, data: dict[str, Any], key: uuid.UUID) -> None:
        for right, name in BY_FORM.items():
            is_new = data.get(name) and name in self.changed_data
            moves = data.get(name) and {"group", "form_key"} & set(self.changed_data)
            if (is_new or moves) and not holds(self.for_user, right, key):
                self.add_error(name, _("You can only give rights that you have yourself."))

    def _refuse_twice(self, group: Group | None, key: uuid.UUID) -> None:
        same = FormRight.objects.filter(group=group, form_key=key).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("form_key", _("This group has rights to this form: change those."))


class FormRightListing(Listing):
    model = FormRight
    title = gettext_lazy("Rights to answers")

    def may_list(self, user: Staff) -> bool:
        return user.is_active and user.has_perm(KEEP_GROUPS)

    def may_export(self, user: Staff) -> bool:
        return False

    def visible_to(self, user: Staff) -> QuerySet:
        return FormRight.objects.select_related("group")


RIGHTS = FormRightListing()


def rights_in_words(right: FormRight) -> str:
    words = [
        (right.may_view, _("read")),
        (right.may_export, _("export")),
        (right.may_put_aside, _("hold, release and mark")),
        (right.may_erase, _("erase")),
    ]
    return ", ".join(word for is_given, word in words if is_given)


class FormRightsView(ListView):
    listing = RIGHTS
    default_ordering = "form_title"
    is_searchable = False
    add_label = gettext_lazy("Give a group rights")
    columns = [
        TitleColumn(
            "form_title", label=gettext_lazy("Form"), url_name="forms_app_formright_modeladmin_edit"
        ),
        Column("group", label=gettext_lazy("Group")),
        Column("may", label=gettext_lazy("May"), accessor=rights_in_words),
    ]


class KeptWithGroups(PermissionHelper):
    """Rights are given by those who give people their groups."""

    def user_has_any_permissions(self, user: Staff) -> bool:
        return RIGHTS.may_list(user)

    def user_can_list(self, user: Staff) -> bool:
        return self.user_has_any_permissions(user)

    def user_can_create(self, user: Staff) -> bool:
        return self.user_has_any_permissions(user)

    def user_can_edit_obj(self, user: Staff, obj: FormRight) -> bool:
        return self.user_has_any_permissions(user)

    def user_can_delete_obj(self, user: Staff, obj: FormRight) -> bool:
        return self.user_has_any_permissions(user)


class CreateFormRightView(CreateView):
    page_title = gettext_lazy("Give a group rights to a form's answers")


class EditFormRightView(EditView):
    page_title = gettext_lazy("Rights to answers")


class DeleteFormRightView(DeleteView):
    page_title = gettext_lazy("Take rights away")

    def confirmation_message(self) -> str:
        return _(
            "Take away what “%(group)s” may do with the answers to “%(form)s”? "
            "The answers stay as they are."
        ) % {"group": self.instance.group, "form": self.instance.form_title}


class FormRightAdmin(ListAdmin):
    model = FormRight
    add_to_settings_menu = True
    listing = RIGHTS
    menu_icon = "key"
    menu_order = 650  # behind Wagtail's own groups
    index_view_class = FormRightsView
    create_view_class = CreateFormRightView
    edit_view_class = EditFormRightView
    delete_view_class = DeleteFormRightView
    permission_helper_class = KeptWithGroups
    edit_handler = ObjectList(
        [
            FieldPanel(
                "group",
                help_text=gettext_lazy(
                    "Its members get this right. Data managers have it for every form."
                ),
            ),
            FieldPanel("form_key"),
            FieldPanel("may_view"),
            FieldPanel("may_export"),
            FieldPanel("may_put_aside"),
            FieldPanel("may_erase"),
        ],
        base_form_class=FormRightForm,
    )
