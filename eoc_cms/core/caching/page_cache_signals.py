"""Start a new generation of the page cache whenever something that pages show changes."""

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
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


# What Wagtail writes into the row of a page that it saves a draft of; nobody sees it.
OF_DRAFTS = {"draft_title", "has_unpublished_changes", "latest_revision"}
OF_DRAFTS |= {"latest_revision_created_at", "wagtail_admin_comments"}


def _changed(**kwargs: object) -> None:
    # After the commit: a page rendered in between would be stored under the new
    # generation with the old content.
    transaction.on_commit(start_new_generation)


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_changed, dispatch_uid="page-cache")
    watched: list[type[Model]] = [apps.get_model(name) for name in WATCHED]
    watched += [Collection, CollectionViewRestriction, Locale, PageViewRestriction, Site]
    for model in watched:
        post_save.connect(_changed, sender=model, dispatch_uid="page-cache")
        post_delete.connect(_changed, sender=model, dispatch_uid="page-cache")
    post_save.connect(_page_saved, dispatch_uid="page-cache-pages")
    post_delete.connect(_page_deleted, dispatch_uid="page-cache-pages")


def _page_saved(
    sender: type, update_fields: frozenset[str] | None = None, **kwargs: object
) -> None:
    # Also by code that publishes nothing, but writes what is live.
    if issubclass(sender, Page) and (update_fields is None or update_fields - OF_DRAFTS):
        _changed()


def _page_deleted(sender: type, **kwargs: object) -> None:
    # Pages are saved and deleted as their own type, so no one sender stands for all.
    if issubclass(sender, Page):
        _changed()
