"""Pictures that cannot be used: told to those who may choose another file."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from eoc_cms.core.models import CustomImage, Staff
from home.admin.findings import SHOWN, Entry, Finding


def pictures_not_shown(user: Staff) -> Finding | None:
    """Return a finding when a placeholder stands in for pictures that this user may change."""
    damaged = CustomImage.objects.filter(cannot_be_shown=True)
    # Whose they are is the longer question.
    if not damaged.exists():
        return None
    allowed = policy_registry.get_by_type(CustomImage).instances_user_has_permission_for(
        user, "change"
    )
    found = list(allowed.filter(cannot_be_shown=True).order_by("title")[: SHOWN + 1])
    if not found:
        return None
    return Finding(
        title=_("Pictures that cannot be shown"),
        advice=_(
            "Their files are damaged or lost, so a placeholder stands in for them. Choose each "
            "file again."
        ),
        entries=[
            Entry(text=picture.title, url=reverse("wagtailimages:edit", args=[picture.pk]))
            for picture in found[:SHOWN]
        ],
        has_more=len(found) > SHOWN,
    )
