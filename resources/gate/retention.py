"""How long grants and downloads are kept, for the nightly job and the privacy page's table."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.kept_data import Kept, days
from resources.models import Grant

# Longer than the cookie remembers one (access.AFTERWARDS), which says why it opens nothing.
ENDED_GRANT_DAYS = 90


def erase_ended_grants() -> int:
    """Delete grants by a form that ended long ago; their downloads stay and name nobody."""
    before = timezone.now() - timedelta(days=ENDED_GRANT_DAYS)
    by_form = Grant.objects.filter(cohort_code=None)
    ended = by_form.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))
    count = ended.count()
    ended.delete()
    return count


def kept() -> list[Kept]:
    return [
        Kept(
            what=_("What was opened for you, and until when"),
            why=_("So that you need not fill in the form again."),
            how_long=_("%(time)s after it has ended; without your name once the answer is erased.")
            % {"time": days(ENDED_GRANT_DAYS)},
        ),
        Kept(
            what=_("Which files were delivered, and when"),
            why=_("To count downloads."),
            how_long=_("Always; it names nobody once what was opened for you is erased."),
        ),
    ]
