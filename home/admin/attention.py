"""What needs attention: about answers, pages, files and what happens in the background."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.auth import user_has_any_page_permission

from eoc_cms.core.models import Staff
from forms_app.rights import may_view, may_view_all, visible_submissions
from home.admin.findings import Entry, Finding
from home.admin.machinery import failed_jobs, standing_still, undelivered_mail
from home.admin.page_findings import about_pages
from home.admin.uploads import pictures_not_shown

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
        found.extend(about_pages(user))
    found.append(pictures_not_shown(user))
    return [finding for finding in found if finding]


def answers_in_tray(user: Staff) -> Finding | None:
    """Return a finding when answers that may be spam wait for somebody to look at them."""
    held = visible_submissions(user).held().order_by()
    if not held.exists():
        return None
    count = held[: MOST_COUNTED + 1].count()
    words = ngettext(
        "%(count)s answer waits in the tray", "%(count)s answers wait in the tray", count
    )
    return Finding(
        title=words % {"count": f"{MOST_COUNTED}+" if count > MOST_COUNTED else count},
        advice=_("They may be spam, or from a person who waits for a file. Look at them."),
        entries=[Entry(text=_("Open the tray"), url=reverse("forms_app_tray"))],
    )
