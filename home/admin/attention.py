"""What needs attention. Each check is one or two queries, however much content there is."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.models import Page
from wagtail.permissions import policy_registry

from eoc_cms.core.blocks import BodyBlock
from eoc_cms.core.left_out import noting
from eoc_cms.core.models import LeftOutPart, Staff
from eoc_cms.core.videos import CaptionsState
from eoc_cms.core.videos.rules import has_words
from forms_app.rights import may_view, may_view_all, visible_submissions
from home.admin.findings import Entry, Finding, pages_finding
from home.admin.machinery import failed_jobs, standing_still, undelivered_mail
from home.admin.reviews import changes_requested
from home.admin.uploads import files_not_opened, pictures_not_shown
from resources.models import ResourceFile, ResourcePage, VideoPage

SOON = timedelta(days=14)
# Rich text with no more than this may be nothing but empty paragraphs.
EMPTY_MARKUP = 100
MOST_COUNTED = 999


def findings_for(user: Staff) -> list[Finding]:
    """Return what this member of staff should know of, the most pressing first."""
    may_manage = user.has_perm("core.change_sitesettings")
    found: list[Finding | None] = [standing_still()]
    if may_manage:
        found.append(failed_jobs())
    if may_manage or may_view_all(user):
        found.append(undelivered_mail(with_addresses=may_view_all(user)))
    if may_view(user):
        found.append(answers_in_tray(user))
    if user_has_any_page_permission(user):
        found.extend(_about_pages(user))
    found.append(pictures_not_shown(user))
    return [finding for finding in found if finding]


def answers_in_tray(user: Staff) -> Finding | None:
    """Return a finding when answers that may be spam wait for somebody to look at them."""
    count = visible_submissions(user).held()[: MOST_COUNTED + 1].count()
    if not count:
        return None
    words = ngettext(
        "%(count)s answer waits in the tray", "%(count)s answers wait in the tray", count
    )
    return Finding(
        title=words % {"count": f"{MOST_COUNTED}+" if count > MOST_COUNTED else count},
        advice=_("They may be spam, or from a person who waits for a file. Look at them."),
        entries=[Entry(text=_("Open the tray"), url=reverse("forms_app_tray"))],
    )


def _about_pages(user: Staff) -> Iterator[Finding | None]:
    pages = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
        user, {"change", "publish"}
    )
    yield changes_requested(user, pages)
    keys = pages.filter(live=True).values("pk")
    gated = gated_now(ResourcePage.objects.filter(pk__in=keys))
    yield pages_finding(
        gated.filter(Q(gate_form=None) | Q(gate_form__live=False)).order_by("title"),
        title=_("Behind a form that is not there"),
        advice=_("Nobody can get these files. Choose a published form, or open the files."),
    )
    yield pages_finding(
        with_parts_left_out(Page.objects.filter(pk__in=keys)),
        title=_("Parts of these pages cannot be shown"),
        advice=_(
            "Visitors see the page without them. Open the page, mend or remove the part, and "
            "publish it again."
        ),
        note=parts_left_out,
    )
    has_file = Exists(ResourceFile.objects.filter(resource=OuterRef("pk")))
    yield pages_finding(
        gated.filter(~has_file).order_by("title"),
        title=_("Behind a form, but without a file"),
        advice=_("Visitors would fill in the form for nothing. Add the file, or open the page."),
    )
    yield files_not_opened(gated)
    yield pages_finding(
        videos_without_words(VideoPage.objects.filter(pk__in=keys)),
        title=_("Videos without captions or transcript"),
        advice=_("People who cannot hear them are left out. Add both to each video."),
    )
    yield pages_finding(
        expiring(Page.objects.filter(pk__in=keys)),
        title=_("Leaving the site soon"),
        advice=_("These pages go at the time you set. Change it if they should stay."),
        note=lambda page: date_format(localtime(page.expire_at), "DATETIME_FORMAT"),
    )


def gated_now(resources: QuerySet[ResourcePage]) -> QuerySet[ResourcePage]:
    """Return the resources whose files a stranger must ask for at this moment."""
    modes = ResourcePage.GateMode
    is_over = Q(gate_mode=modes.FORM_UNTIL, gate_until__lte=timezone.now())
    return resources.exclude(gate_mode=modes.OPEN).exclude(is_over)


def videos_without_words(videos: QuerySet[VideoPage]) -> list[VideoPage]:
    """Return the videos with speech that lack captions or transcript."""
    has_no_captions = Q(captions_state=CaptionsState.MISSING)
    may_be_empty = Q(size__lte=EMPTY_MARKUP)
    candidates = (
        videos.exclude(captions_state=CaptionsState.NO_SPEECH)
        .annotate(size=Length("transcript"))
        .filter(has_no_captions | may_be_empty)
        .order_by("title")
    )
    return [
        video
        for video in candidates
        if video.captions_state == CaptionsState.MISSING or not has_words(video.transcript)
    ]


def with_parts_left_out(pages: QuerySet[Page]) -> QuerySet[Page]:
    noted = LeftOutPart.objects.filter(page=OuterRef("pk"))
    return pages.filter(Exists(noted)).prefetch_related("left_out_parts").order_by("title")


def parts_left_out(page: Any) -> str:
    return ", ".join(sorted({_named(part) for part in page.left_out_parts.all()}))


def _named(part: LeftOutPart) -> str:
    if part.kind == noting.BLOCK:
        block = BodyBlock().child_blocks.get(part.name)
        return str(block.label) if block else _("a block")
    words = _("a link to “%s”") if part.kind == noting.LINK else _("an embed of “%s”")
    return words % part.name


def expiring(pages: QuerySet[Page]) -> QuerySet[Page]:
    now = timezone.now()
    return pages.filter(expire_at__gt=now, expire_at__lte=now + SOON).order_by("expire_at")
