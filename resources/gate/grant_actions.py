"""What staff do with grants: revoke one or many, and send a link again."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from forms_app.effects import Delivery
from resources.gate.grants import access_link, resource_opened_by
from resources.gate.links_again import queue_links
from resources.models import Grant
from resources.querysets import GrantQuerySet

REVOKED = "resources.revoke_grant"
LINK_SENT = "resources.send_link"
SEND_AGAIN_AFTER = timedelta(minutes=5)


class NothingToSendError(Exception):
    """A link that would open nothing, or that has nobody to go to."""


class SentJustNowError(Exception):
    """A link that staff have sent so lately that they must have pressed the button twice."""


def grants_of_person(grant: Grant) -> GrantQuerySet:
    """Return what the person of a grant may open now, this grant included."""
    if grant.person is None:
        return Grant.objects.none()
    return Grant.objects.not_over().filter(person=grant.person)


def grants_of_resource(grant: Grant) -> GrantQuerySet:
    """Return the grants of everybody who asked on the same page, with the same form."""
    return Grant.objects.not_over().filter(
        form_key=grant.form_key,
        cohort_code=grant.cohort_code,
        resource_title=grant.resource_title,
    )


def revoke_grants(grants: GrantQuerySet) -> int:
    """End grants at once and log each; return how many had not been over."""
    with transaction.atomic():
        ended = list(grants.not_over())
        Grant.objects.filter(pk__in=[grant.pk for grant in ended]).update(revoked_at=timezone.now())
        for grant in ended:
            log(instance=grant, action=REVOKED, content_changed=True)
    return len(ended)


def send_link(grant: Grant) -> None:
    """Mail the link of a grant to its person, in the language of their answer.

    Raises NothingToSendError when the grant is over, nameless, or does not open what was
    asked for, and SentJustNowError within SEND_AGAIN_AFTER.
    """
    still = Grant.objects.not_over().filter(pk=grant.pk).exists()
    resource = resource_opened_by(grant) if still else None
    if resource is None or grant.person is None:
        raise NothingToSendError
    answered_in = grant.submission.language if grant.submission else ""
    with transaction.atomic(), translation.override(answered_in or settings.LANGUAGE_CODE):
        # Whoever presses at the same time waits here, and then sees the first one's entry.
        list(Grant.objects.select_for_update().filter(pk=grant.pk).values_list("pk"))
        if _was_sent_just_now(grant):
            raise SentJustNowError
        link = Delivery(
            title=resource.title, link=access_link(grant, resource), until=grant.expires_at
        )
        queue_links(grant.person.email, [link])
        log(instance=grant, action=LINK_SENT)


def _was_sent_just_now(grant: Grant) -> bool:
    entries = ModelLogEntry.objects.for_instance(grant).filter(action=LINK_SENT)
    return bool(entries.filter(timestamp__gt=timezone.now() - SEND_AGAIN_AFTER).exists())
