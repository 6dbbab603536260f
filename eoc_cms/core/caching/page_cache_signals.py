"""Start a new generation of the page cache whenever something that pages show changes."""

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from eoc_cms.core.caching.generation import start_new_generation

WATCHED = (
    "core.CustomDocument",
    "core.CustomImage",
    "core.CustomMedia",
    "core.MenuItem",
    "core.SiteSettings",
    "core.SocialLink",
    "resources.Audience",
    "resources.Topic",
    "wagtailredirects.Redirect",
    "wagtailsearchpromotions.SearchPromotion",
)


def _changed(**kwargs: object) -> None:
    # After the commit: a page rendered in between would be stored under the new
    # generation with the old content.
    transaction.on_commit(start_new_generation)


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_changed, dispatch_uid="page-cache")
    watched: list[type[Model]] = [apps.get_model(name) for name in WATCHED]
    watched += [Collection, Locale, PageViewRestriction, Site]
    for model in watched:
        post_save.connect(_changed, sender=model, dispatch_uid="page-cache")
        post_delete.connect(_changed, sender=model, dispatch_uid="page-cache")
    post_delete.connect(_page_deleted, dispatch_uid="page-cache-pages")


def _page_deleted(sender: type, **kwargs: object) -> None:
    # Pages are deleted as their own type, so no one sender stands for all.
    if issubclass(sender, Page):
        _changed()
