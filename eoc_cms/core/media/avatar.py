"""The picture of a member of staff, on the page of their own account."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, BaseSettingsPanel

from eoc_cms.core.media.image_form import PictureField


class AvatarForm(AvatarPreferencesForm):
    """Refuses in words what Wagtail's form could not make smaller."""

    avatar = PictureField(label=_("Upload a profile picture"), required=False)


class AvatarPanel(AvatarSettingsPanel):
    form_class = AvatarForm
    template_name = "wagtailadmin/panels/avatar_panel.html"


class CarefulAccountView(AccountView):
    def get_panels(self) -> list[BaseSettingsPanel]:
        panels: list[BaseSettingsPanel] = super().get_panels()
        return [self._checked(panel) for panel in panels]

    @staticmethod
    def _checked(panel: BaseSettingsPanel) -> BaseSettingsPanel:
        if type(panel) is AvatarSettingsPanel:
            return AvatarPanel(panel.request, panel.user, panel.profile)
        return panel


account = require_admin_access(CarefulAccountView.as_view())
