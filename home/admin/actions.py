"""The big plain actions at the top of the admin's home."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.models import SiteSettings, Staff
from forms_app.rights import may_view
from home.models import HomePage
from resources.models import ResourceIndexPage, ResourcePage, VideoPage


@dataclass(frozen=True, kw_only=True)
class Action:
    label: str
    note: str
    url: str
    icon: str


def actions_for(user: Staff) -> list[Action]:
    """Return what a member of staff may do here, the most wanted first."""
    return [*_writing(user), *_answers(user), *_managing(user)]


# Where pages are added; what somebody may add there is asked for each person.
_places = Remembered[Page | None]()


def _first(model: type[Page]) -> Page | None:
    return _places.get(model, model.objects.order_by("path").first)


def _writing(user: Staff) -> Iterator[Action]:
    home = _first(HomePage)
    if home is None:
        return
    yield from _resources(user, home)
    rights = home.permissions_for_user(user)
    if rights.can_add_subpage():
        yield Action(
            label=_("Build a form"),
            note=_("Ask what you need to know, in as few fields as you can."),
            url=reverse("forms_app_start_form", args=[home.pk]),
            icon="form",
        )
    if rights.can_edit():
        yield Action(
            label=_("Change a page"),
            note=_("Find it in the list of all pages."),
            url=reverse("wagtailadmin_explore", args=[home.pk]),
            icon="edit",
        )


def _resources(user: Staff, home: Page) -> Iterator[Action]:
    index = _first(ResourceIndexPage)
    rights = (index or home).permissions_for_user(user)
    if not rights.can_add_subpage():
        return
    if index is None:
        yield Action(
            label=_("Make the list of resources"),
            note=_("Guides and videos stand in it, so it comes first."),
            url=add_address(ResourceIndexPage, home),
            icon="list-ul",
        )
        return
    approval = "" if rights.can_publish_subpage() else " " + _("A publisher approves it.")
    yield Action(
        label=_("Publish a guide"),
        note=_("A file with its page, open or behind a form.") + approval,
        url=add_address(ResourcePage, index),
        icon="doc-full",
    )
    yield Action(
        label=_("Publish a video"),
        note=_("With its captions and its transcript.") + approval,
        url=add_address(VideoPage, index),
        icon="media",
    )


def _answers(user: Staff) -> Iterator[Action]:
    if may_view(user):
        yield Action(
            label=_("Read the answers"),
            note=_("Find, filter and export what visitors have sent."),
            url=reverse("forms_app_submission_modeladmin_index"),
            icon="mail",
        )


def _managing(user: Staff) -> Iterator[Action]:
    meta = SiteSettings._meta
    if user.has_perm("core.change_sitesettings"):
        yield Action(
            label=_("Change menus and footer"),
            note=_("And the site's name, contact and announcement."),
            url=reverse("wagtailsettings:edit", args=[meta.app_label, meta.model_name]),
            icon="cogs",
        )
    if user.has_perm("core.add_user"):
        yield Action(
            label=_("Add a colleague"),
            note=_("Give them an account and the group that fits their work."),
            url=reverse("wagtailusers_users:add"),
            icon="user",
        )


def add_address(model: type[Page], parent: Page) -> str:
    """Return the address of the form that adds a page of a type under a parent."""
    meta = model._meta
    return reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, parent.pk])
