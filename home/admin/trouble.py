"""What may be wrong with the site's pages, whoever looks: most of the time, nothing is.

Which pages somebody may know of is asked for each person, and what the clock says for each look.
Here stands only whether there is any page to ask for, until something that pages show changes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.utils import timezone
from wagtail.models import Page

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.files.pdf_checks import CLOSED
from eoc_cms.core.videos import CaptionsState
from eoc_cms.core.videos.rules import has_words
from resources.models import ResourceFile, ResourcePage, VideoPage

SOON = timedelta(days=14)
# Rich text with no more than this may be nothing but empty paragraphs.
EMPTY_MARKUP = 100


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Which kinds of trouble there may be, some of them only for as long as a gate is closed."""

    without_form: bool
    without_file: bool
    with_closed_file: bool
    without_words: bool
    next_to_leave: datetime | None

    def is_leaving_soon(self) -> bool:
        """Say whether a page may leave soon; the next one of then may have left since."""
        return self.next_to_leave is not None and self.next_to_leave <= timezone.now() + SOON


_known = Remembered[Trouble]()


def possible_trouble() -> Trouble:
    return _known.get("pages", _look)


def _look() -> Trouble:
    gated = ResourcePage.objects.live().exclude(gate_mode=ResourcePage.GateMode.OPEN)
    leaving = Page.objects.live().filter(expire_at__gt=timezone.now())
    return Trouble(
        without_form=without_form(gated).exists(),
        without_file=without_file(gated).exists(),
        with_closed_file=with_closed_file(gated).exists(),
        without_words=bool(without_words(VideoPage.objects.live())),
        next_to_leave=leaving.aggregate(next=Min("expire_at"))["next"],
    )


def without_form(gated: QuerySet[ResourcePage]) -> QuerySet[ResourcePage]:
    return gated.filter(Q(gate_form=None) | Q(gate_form__live=False))


def without_file(gated: QuerySet[ResourcePage]) -> QuerySet[ResourcePage]:
    return gated.filter(~Exists(ResourceFile.objects.filter(resource=OuterRef("pk"))))


def with_closed_file(gated: QuerySet[ResourcePage]) -> QuerySet[ResourcePage]:
    """Return the resources with a file of a kind that visitors cannot open."""
    closed = ResourceFile.objects.filter(
        resource=OuterRef("pk"),
        document__accessibility__state__in=CLOSED,
        document__publish_anyway=False,
    )
    return gated.filter(Exists(closed))


def without_words(videos: QuerySet[VideoPage]) -> list[VideoPage]:
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


def leaving_soon(pages: QuerySet[Page]) -> QuerySet[Page]:
    now = timezone.now()
    return pages.filter(expire_at__gt=now, expire_at__lte=now + SOON).order_by("expire_at")
