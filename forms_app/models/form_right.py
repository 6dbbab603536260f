from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormRight(models.Model):
    """What the members of one group may do with the answers to one form, and to no other.

    It goes by the form's key, as answers do, so that it outlives the page.
    """

    wagtail_reference_index_ignore = True

    group = models.ForeignKey(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="form_rights"
    )
    form_key = models.UUIDField(_("form"), db_index=True)
    form_title = models.CharField(_("form"), max_length=255, editable=False)
    may_view = models.BooleanField(_("may read its answers"), default=True)
    may_export = models.BooleanField(
        _("may export its answers"),
        default=False,
        help_text=_("Only for those who may read them. Every export is in the ledger."),
    )
    may_erase = models.BooleanField(
        _("may erase its answers"),
        default=False,
        help_text=_("Only for those who may read them. What is erased does not come back."),
    )

    may_put_aside = models.BooleanField(
        _("may hold and release its answers, and mark them as tests"),
        default=False,
        help_text=_("Only for those who may read them. What is held or a test is not exported."),
    )

    class Meta:
        verbose_name = _("right to answers")
        verbose_name_plural = _("rights to answers")
        default_permissions = ()
        ordering = ["form_title", "group__name"]
        constraints = [
            models.UniqueConstraint(fields=["group", "form_key"], name="form_right_once_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.form_title}: {self.group}"
