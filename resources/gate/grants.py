"""Give grants, and the links by which they travel to another device."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from forms_app.effects import Delivery
from forms_app.models import FormPage, Submission
from resources.catalogue.visibility import public_pages
from resources.gate.access import LINK_SALT, MAX_TOKEN_LENGTH
from resources.models import Grant, ResourcePage


class AccessLinkError(Exception):
    """A link that opens nothing: changed, expired or revoked."""

    # What it would have opened, where its page still shows.
    resource: ResourcePage | None = None


class ResourceGoneError(AccessLinkError):
    """A link to a resource that strangers see no more: deleted, unpublished, expired, private."""

    def __init__(self, title: str) -> None:
        super().__init__("gone")
        self.title = title


def fulfil_submission(
    submission: Submission, form_page: FormPage, source: Page | None
) -> Delivery | None:
    """Grant what an accepted answer asked for, where its form is the gate of something."""
    resource = resource_asked_for(submission, source) if source else None
    if resource is None:
        return None
    grant = give_grant(submission=submission, form_page=form_page, resource=resource)
    return Delivery(
        title=resource.title,
        link=access_link(grant, resource),
        note=_note_of_earlier(grant, resource),
        until=grant.expires_at,
        record=grant,
    )


def _note_of_earlier(grant: Grant, resource: ResourcePage) -> str:
    """Say that this is a copy again. Only in the mail: a page would tell it to anybody."""
    if grant.person is None or grant.form_key is None:
        return ""
    others = Grant.objects.filter(person=grant.person_id).exclude(pk=grant.pk)
    opening = others.of_form_not_over(form_key=grant.form_key, resource_id=resource.pk)
    earlier = opening.order_by("-created_at").values_list("created_at", flat=True).first()
    if earlier is None:
        return ""
    day = date_format(timezone.localtime(earlier))
    return _("You asked for this before, on %(day)s. This is a new copy of it.") % {"day": day}


def resource_asked_for(submission: Submission, source: Page) -> ResourcePage | None:
    """Return the resource a form was sent from; from its own page, the newest behind it.

    A resource that the form does not open any more is not asked for with it.
    """
    if isinstance(source, ResourcePage):
        form = source.gate_form if source.is_gated else None
        return source if form and form.key == submission.form_key else None
    return newest_behind(submission.form_key) if source.pk == submission.page_id else None


def newest_behind(form_key: uuid.UUID) -> ResourcePage | None:
    """Return the newest resource that strangers may see of those behind a form."""
    visible = public_pages().values("pk")
    behind = behind_form(form_key).filter(pk__in=visible)
    return behind.order_by("-first_published_at").first()


def behind_form(form_key: uuid.UUID) -> QuerySet[ResourcePage]:
    """Return the resources whose gate is a form, by its own page or by one that mirrors it."""
    gated = ResourcePage.objects.exclude(gate_mode=ResourcePage.GateMode.OPEN)
    return gated.filter(gate_form__in=FormPage.pages_of(form_key))


def resource_opened_by(grant: Grant) -> ResourcePage | None:
    """Return what was asked for with a grant, if it is visible and the grant opens it still."""
    visible = ResourcePage.objects.filter(pk__in=public_pages().values("pk"))
    if grant.resource_id_granted is not None:
        return visible.filter(pk=grant.resource_id_granted).first()
    if grant.form_key is None or why_not_given(grant):
        return None
    return visible.filter(pk=grant.resource_id_asked).first()


def give_grant(*, submission: Submission, form_page: FormPage, resource: ResourcePage) -> Grant:
    only_this = form_page.grant_scope == FormPage.GrantScope.ONE_RESOURCE
    return Grant.objects.create(
        submission=submission,
        person=submission.person,
        form_key=submission.form_key,
        resource_id_asked=resource.pk,
        resource_id_granted=resource.pk if only_this else None,
        resource_title=resource.title,
        is_held=submission.state == Submission.State.HELD,
        days=form_page.grant_days,
        expires_at=timezone.now() + timedelta(days=form_page.grant_days),
        needs_proof=form_page.is_by_mail_only,
    )


def why_not_given(grant: Grant) -> str:
    """Say in words why what was asked for cannot be given now; an empty text if it can."""
    words = {"title": grant.resource_title}
    resource = public_pages().filter(pk=grant.resource_id_asked).specific().first()
    if resource is None:
        return _("“%(title)s” is not published any more.") % words
    is_same = grant.form_key and behind_form(grant.form_key).filter(pk=resource.pk).exists()
    if resource.is_gated and not is_same:
        return _("“%(title)s” is behind another form now.") % words
    return ""


def release_grants(submission: Submission) -> int:
    """Open what was held; its days begin now. Return how many grants that were."""
    held = list(submission.grants.filter(is_held=True))
    for grant in held:
        grant.is_held = False
        grant.expires_at = timezone.now() + timedelta(days=grant.days)
        grant.save(update_fields=["is_held", "expires_at"])
    return len(held)


def confirm(grant: Grant) -> None:
    """Record that whoever holds a grant has opened the link in the mail."""
    if grant.confirmed_at is None:
        grant.confirmed_at = timezone.now()
        grant.save(update_fields=["confirmed_at"])


def access_link(grant: Grant, resource: ResourcePage) -> str:
    """Return the absolute address of the page whose button opens a resource.

    Signed over the grant, whose key is 160 random bits, and the resource. It holds no
    expiry: use renews a grant, and an end written into a mail would come too early.
    """
    token = signing.dumps([grant.key, resource.pk], salt=LINK_SALT)
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('access_link', args=[token])}"


def read_access_link(token: str) -> tuple[Grant, ResourcePage]:
    """Return what a link opens.

    Raises AccessLinkError, or ResourceGoneError, when it opens nothing now.
    """
    grant_key, resource_id = _read(token)
    granted = Grant.objects.with_keys([grant_key])
    resource = ResourcePage.objects.filter(
        pk=resource_id, pk__in=public_pages().values("pk")
    ).first()
    if resource is None:
        asked = granted.filter(resource_id_asked=resource_id).first()
        raise ResourceGoneError(asked.resource_title if asked else "")
    grant = granted.not_over().first()
    if grant is None:
        error = AccessLinkError("expired or revoked")
        error.resource = resource
        raise error
    return grant, resource


def _read(token: str) -> tuple[str, int]:
    if len(token) > MAX_TOKEN_LENGTH:
        raise AccessLinkError("too long")
    try:
        grant_key, resource_id = signing.loads(token, salt=LINK_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise AccessLinkError("changed") from error
    return grant_key, resource_id
