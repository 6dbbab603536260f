"""Send access links again to the address that asked for them, and to no other."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.mail.outbox import mail_of, queue_mail
from eoc_cms.core.mailbox import normalise_email
from eoc_cms.core.models import OutgoingMail
from eoc_cms.core.site import reply_address
from forms_app.effects import Delivery
from resources.gate.grants import access_link, resource_opened_by
from resources.models import Grant, ResourcePage

MAX_LINKS = 10


def send_links_again(*, email: str, resource: ResourcePage | None) -> None:
    """Queue a mail with the links that an address holds, all or those to one resource.

    An address that holds none is answered with the same work: its mail is made,
    stored and taken back before anybody can send it, so that the time an answer
    takes tells no more than its words.
    """
    # The normalized address is written to, not the one typed, which may only
    # look like it (as in CVE-2019-19844).
    address = normalise_email(email)
    links = links_of(address, resource)
    with transaction.atomic():
        mail = queue_links(address, links or [_link_to_nothing(resource)])
        if not links:
            mail.delete()


def links_of(address: str, resource: ResourcePage | None) -> list[Delivery]:
    grants = Grant.objects.not_over().filter(person__email=address)
    if resource and resource.gate_form:
        grants = grants.opening(form_key=resource.gate_form.key, resource_id=resource.pk)
    found: dict[int, Delivery] = {}
    for grant in grants.order_by("-created_at")[:MAX_LINKS]:
        opened = resource or resource_opened_by(grant)
        if opened and opened.pk not in found:
            found[opened.pk] = Delivery(
                title=opened.title, link=access_link(grant, opened), until=grant.expires_at
            )
    return list(found.values())


def queue_links(address: str, links: list[Delivery]) -> OutgoingMail:
    """Queue one mail: the first link as its button, the others below its words."""
    first, *others = links
    lines = [_("Here is the link that opens the files for you, on any device.")]
    lines += [f"{link.title}:\n{link.link}" for link in others]
    lines.append(
        _("If you did not ask for this, leave it be: nobody else has been sent your link.")
    )
    context = {
        "body": "\n\n".join(lines),
        "delivery": first,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "privacy_url": f"{settings.WAGTAILADMIN_BASE_URL}/privacy/",
    }
    mail = mail_of(
        to=address,
        subject=_("Your link to “%(title)s”") % {"title": first.title},
        text=render_to_string("forms_app/mail/visitor.txt", context),
        html=render_to_string("forms_app/mail/visitor.html", context),
        reply_to=reply_address(),
    )
    queue_mail(mail)
    return mail


def _link_to_nothing(resource: ResourcePage | None) -> Delivery:
    """Return a link that is made like every other, of a grant that was never given."""
    some = resource or ResourcePage(title=settings.WAGTAIL_SITE_NAME)
    return Delivery(title=some.title, link=access_link(Grant(), some), until=timezone.now())
