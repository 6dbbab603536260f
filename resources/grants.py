"""Give grants, and the links by which they travel to another device."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from forms_app.fulfilment import Delivery
from forms_app.models import FormPage, Submission
from resources.access import LINK_SALT, MAX_TOKEN_LENGTH
from resources.listing import public_pages
from resources.models import Grant, ResourcePage


class AccessLinkError(Exception):
    """A link that opens nothing: changed, expired, revoked, or its resource is gone."""


def fulfil_submission(
    submission: Submission, form_page: FormPage, source: Page | None
) -> Delivery | None:
    """Grant what an accepted answer asked for, where its form is the gate of something."""
    resource = resource_asked_for(form_page, source)
    if resource is None:
        return None
    grant = give_grant(submission=submission, form_page=form_page, resource=resource)
    return Delivery(title=resource.title, link=access_link(grant, resource))


def resource_asked_for(form_page: FormPage, source: Page | None) -> ResourcePage | None:
    """Return the resource the form was sent from, else the newest behind the form."""
    behind = ResourcePage.objects.filter(gate_form=form_page)
    asked = behind.filter(pk=source.pk).first() if source else None
    if asked:
        return asked
    visible = public_pages().values("pk")
    return behind.filter(pk__in=visible).order_by("-first_published_at").first()


def give_grant(*, submission: Submission, form_page: FormPage, resource: ResourcePage) -> Grant:
    only_this = form_page.grant_scope == FormPage.GrantScope.ONE_RESOURCE
    return Grant.objects.create(
        submission=submission,
        person=submission.person,
        form_key=form_page.form_key,
        resource_id_granted=resource.pk if only_this else None,
        resource_title=resource.title,
        expires_at=timezone.now() + timedelta(days=form_page.grant_days),
    )


def access_link(grant: Grant, resource: ResourcePage) -> str:
    """Return the absolute address of the page whose button opens a resource.

    Signed over the grant, the resource and the expiry, so none can be changed.
    """
    token = signing.dumps(
        [grant.key, resource.pk, int(grant.expires_at.timestamp())], salt=LINK_SALT
    )
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('access_link', args=[token])}"


def read_access_link(token: str) -> tuple[Grant, ResourcePage]:
    """Return what a link opens.

    Raises AccessLinkError, whose text is for the visitor's page to leave out,
    when it opens nothing now.
    """
    grant_key, resource_id, expires = _read(token)
    if expires <= timezone.now().timestamp():
        raise AccessLinkError("expired")
    grant = Grant.objects.live().filter(key=grant_key).first()
    resource = ResourcePage.objects.filter(
        pk=resource_id, pk__in=public_pages().values("pk")
    ).first()
    if grant is None or resource is None:
        raise AccessLinkError("revoked or gone")
    return grant, resource


def _read(token: str) -> tuple[str, int, int]:
    if len(token) > MAX_TOKEN_LENGTH:
        raise AccessLinkError("too long")
    try:
        grant_key, resource_id, expires = signing.loads(token, salt=LINK_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise AccessLinkError("changed") from error
    return grant_key, resource_id, expires
