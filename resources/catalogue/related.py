"""What to read next: what an editor chose, else what shares the most topics."""

from django.db.models import Count, F, QuerySet
from wagtail.models import Page

from resources.catalogue.entries import Listed, load
from resources.catalogue.visibility import public_pages
from resources.models import ResourcePage, VideoPage

BY_TOPICS = 3


def related_to(page: Listed) -> list[Listed]:
    """Return the related pages that a stranger may see, in the order in which to show them."""
    return chosen_for(page) or sharing_topics(page)


def chosen_for(page: Listed) -> list[Listed]:
    ids = [entry.page_id for entry in page.related.all()]
    if not ids:
        return []
    # A translated page keeps the choice of its original: each in its own language.
    key_of = dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    versions = public_pages().filter(translation_key__in=key_of.values(), locale=page.locale_id)
    visible = versions.exclude(pk=page.pk).values("pk")
    found = {
        other.translation_key: other
        for model in (ResourcePage, VideoPage)
        for other in model.objects.filter(pk__in=visible).defer_streamfields()
    }
    keys = dict.fromkeys(key_of[pk] for pk in ids)
    return [found[key] for key in keys if key in found]


def sharing_topics(page: Listed) -> list[Listed]:
    """Return the visible resources with the most topics in common, the newest among equals."""
    topics = [topic.pk for topic in page.topics.all()]
    if not topics:
        return []
    visible = public_pages().filter(locale=page.locale_id).exclude(pk=page.pk).values("pk")
    # Counted by their keys alone: only the few that are shown are read as a whole.
    kinds = [_sharing(model, topics, visible) for model in (ResourcePage, VideoPage)]
    most = kinds[0].union(*kinds[1:], all=True).order_by("-shared", "-at", "-page")[:BY_TOPICS]
    return load(key for key, _shared, _at in most)


def _sharing(model: type[Listed], topics: list[int], visible: QuerySet) -> QuerySet:
    name = str(model._meta.model_name)
    rows = model.topics.through.objects.filter(topic__in=topics, **{f"{name}__in": visible})
    return (
        rows.values_list(name)
        .annotate(shared=Count("pk"), at=F(f"{name}__first_published_at"), page=F(name))
        .values_list("page", "shared", "at")
    )
