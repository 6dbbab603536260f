"""What was uploaded and cannot be used: told to those who may choose another file."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from eoc_cms.core.files.pdf_checks import CLOSED
from eoc_cms.core.models import CustomImage, Staff
from home.admin.findings import SHOWN, Entry, Finding, pages_finding
from resources.models import ResourceFile, ResourcePage


def pictures_not_shown(user: Staff) -> Finding | None:
    """Return a finding when a placeholder stands in for pictures that this user may change."""
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


def files_not_opened(gated: QuerySet[ResourcePage]) -> Finding | None:
    """Return a finding when files behind a form are of a kind that visitors cannot open."""
    closed = ResourceFile.objects.filter(
        resource=OuterRef("pk"),
        document__accessibility__state__in=CLOSED,
        document__publish_anyway=False,
    )
    return pages_finding(
        gated.filter(Exists(closed)).order_by("title"),
        title=_("Behind a form, with a file that visitors cannot open"),
        advice=_("It is damaged, or asks for a password. Choose another file in its place."),
    )
