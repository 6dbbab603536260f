"""What closes when pages or files are taken away, said before somebody does it.

Wagtail counts references. What counts here is which guides stop opening, and for how many people.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type

from eoc_cms.core.models import CustomDocument, CustomImage, CustomMedia, Staff
from eoc_cms.core.pages.drafts import visible_pages
from resources.catalogue.visibility import public_pages
from resources.editing.draft_references import drafts_with
from resources.models import Grant, ResourcePage

NAMED = 5

Item = CustomDocument | CustomImage | CustomMedia


@dataclass(frozen=True, kw_only=True)
class Closing:
    """The guides that stop opening: those taken away, and those that lose their form."""

    guides: list[ResourcePage] = field(default_factory=list)
    without_form: list[ResourcePage] = field(default_factory=list)

    @property
    def all(self) -> list[ResourcePage]:
        return [*self.guides, *self.without_form]

    def people(self) -> int:
        """Count who may open them now; a grant that names nobody is somebody of its own."""
        opening = Q(pk__in=[])
        for guide in self.all:
            opening |= _by_form(guide)
        for guide in self.guides:
            opening |= Q(cohort_code__resources=guide.pk)
        grants = Grant.objects.filter(pk__in=Grant.objects.live().filter(opening).values("pk"))
        named = grants.exclude(person=None).values("person").distinct()
        return named.count() + grants.filter(person=None).count()


def _by_form(guide: ResourcePage) -> Q:
    if not guide.is_gated or guide.gate_form is None:
        return Q(pk__in=[])
    only_this = Q(resource_id_granted=None) | Q(resource_id_granted=guide.pk)
    return only_this & Q(form_key=guide.gate_form.key)


def with_all_below(pages: Iterable[Page]) -> set[int]:
    return {
        key
        for page in pages
        for key in page.get_descendants(inclusive=True).values_list("pk", flat=True)
    }


def with_mirrors(pages: Collection[int]) -> set[int]:
    """Add the pages that mirror others, which are unpublished with them."""
    found, newest = set[int](), set(pages)
    while newest:
        found |= newest
        newest = set(Page.objects.filter(alias_of__in=newest).values_list("pk", flat=True)) - found
    return found


def by_deleting(keys: Collection[int]) -> Closing:
    return Closing(guides=_live(pk__in=keys), without_form=_behind(keys))


def by_unpublishing(keys: Collection[int]) -> Closing:
    return Closing(guides=_live(pk__in=with_mirrors(keys)))


def by_moving(keys: Collection[int], destination: Page) -> Closing:
    """Return what strangers lose when pages go to a place that is for some people only."""
    if not destination.get_view_restrictions():
        return Closing()
    return Closing(guides=_live(pk__in=public_pages().filter(pk__in=keys).values("pk")))


def _behind(keys: Collection[int]) -> list[ResourcePage]:
    """Return the live guides behind forms among pages, without guides among them."""
    found = _live(gate_form__in=keys)
    return [guide for guide in found if guide.is_gated and guide.pk not in keys]


def _live(**which: object) -> list[ResourcePage]:
    live = ResourcePage.objects.live().filter(**which)
    return list(live.select_related("gate_form").order_by("title"))


def words_for(closing: Closing, user: Staff, *, with_pages_below: bool = False) -> Iterator[str]:
    """Say what closes, and how many people lose what they may open now."""
    if not closing.all:
        return
    if with_pages_below:
        yield _("If the pages below are unpublished too:")
    yield ngettext(
        "%(count)d guide stops opening: %(titles)s.",
        "%(count)d guides stop opening: %(titles)s.",
        len(closing.all),
    ) % {"count": len(closing.all), "titles": _titles(closing.all, user)}
    if people := closing.people():
        yield ngettext(
            "%(count)d person who asked for access loses it.",
            "%(count)d people who asked for access lose it.",
            people,
        ) % {"count": people}


def words_for_form_that_stays(keys: Collection[int], user: Staff) -> Iterator[str]:
    """Say that a form is still asked on guides once its own page is unpublished."""
    if guides := _behind(keys):
        yield ngettext(
            "%(count)d guide goes on asking with this form: %(titles)s. "
            "Only the form's own page is taken down.",
            "%(count)d guides go on asking with this form: %(titles)s. "
            "Only the form's own page is taken down.",
            len(guides),
        ) % {"count": len(guides), "titles": _titles(guides, user)}


def words_for_file(item: Item, user: Staff) -> Iterator[str]:
    """Say of which guides a file is the download, and which live pages use it besides."""
    guides: QuerySet[ResourcePage] = ResourcePage.objects.none()
    if isinstance(item, CustomDocument):
        guides = ResourcePage.objects.filter(files__document=item).distinct().order_by("title")
    if guides:
        yield ngettext(
            "“%(file)s” is the download of %(count)d guide: %(titles)s. "
            "Give the guide another file first, or delete the guide.",
            "“%(file)s” is the download of %(count)d guides: %(titles)s. "
            "Give the guides another file first, or delete them.",
            len(guides),
        ) % {"file": item, "count": len(guides), "titles": _titles(guides, user)}
    if pages := _live_pages_with(item).exclude(pk__in=guides.values("pk")):
        yield ngettext(
            "“%(file)s” is shown or linked on %(count)d live page, which loses it: %(titles)s.",
            "“%(file)s” is shown or linked on %(count)d live pages, which lose it: %(titles)s.",
            len(pages),
        ) % {"file": item, "count": len(pages), "titles": _titles(pages, user)}
    named = {page.pk for page in [*guides, *pages]}
    if drafts := [page for page in drafts_with(item) if page.pk not in named]:
        yield ngettext(
            "“%(file)s” is used in the draft of %(count)d page, which loses it: %(titles)s.",
            "“%(file)s” is used in the drafts of %(count)d pages, which lose it: %(titles)s.",
            len(drafts),
        ) % {"file": item, "count": len(drafts), "titles": _titles(drafts, user)}


def _live_pages_with(item: Item) -> QuerySet[Page]:
    references = ReferenceIndex.get_references_to(item).filter(
        base_content_type=get_default_page_content_type()
    )
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    found: QuerySet[Page] = Page.objects.live().filter(pk__in=keys).order_by("title")
    return found


def _titles(pages: Iterable[Page], user: Staff) -> str:
    """Name some pages, and count those besides; a title is for who may know of the page."""
    pages = list(pages)
    known = set(visible_pages(user).filter(pk__in=[page.pk for page in pages]).values_list("pk"))
    named = [f"“{page.title}”" for page in pages if (page.pk,) in known][:NAMED]
    if rest := len(pages) - len(named):
        named.append(ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest})
    return get_text_list(named, _("and"))


def refuse_unseen_closing(
    request: HttpRequest, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse to move many pages at once where that closes guides.

    The place is chosen on the page that asks, so nothing could be told there; moving one page
    has a page of its own that tells.
    """
    if action.model is not Page or action.action_type != "move":
        return None
    closing = by_moving(with_all_below(objects), action.cleaned_form.cleaned_data["chooser"])
    if not closing.all:
        return None
    advice = _("Nothing was moved. To move them all the same, move one page after the other.")
    messages.error(request, " ".join([*words_for(closing, request.user), advice]))
    return redirect(action.next_url)
