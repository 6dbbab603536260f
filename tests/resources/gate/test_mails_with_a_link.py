"""The mail with a link has its button first, the link as text, until when, and whom to ask."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Site

from eoc_cms.core.models import OutgoingMail, SiteSettings
from forms_app.models import FormPage
from resources.gate.links_again import send_links_again
from resources.models import Grant
from tests.factories.fixtures import Make


def test_every_mail_with_a_link_says_all_of_it(make: Make, form: FormPage, site: Site) -> None:
    settings = SiteSettings.for_site(site)
    settings.contact_email = "desk@example.org"
    settings.save()
    form.visitor_mail_body = "Thank you."
    form.save_revision().publish()
    guide = make("A guide")
    Client().post(guide.url, {"email": "ana@example.org"})
    Grant.objects.update(expires_at=timezone.now() + timedelta(days=365))
    send_links_again(email="ana@example.org", resource=guide)
    mails = list(OutgoingMail.objects.order_by("pk"))
    assert len(mails) == 2
    for mail in mails:
        page = BeautifulSoup(mail.html, "html.parser")
        button = page.select(".sheet a")[0]
        assert button.get_text() == "Open “A guide”"
        assert str(button["href"]) in page.get_text()
        assert "mailto:desk@example.org" in mail.html
        assert "Questions? Write to desk@example.org." in mail.text
        assert str(button["href"]) in mail.text
    until = date_format(timezone.localtime(Grant.objects.get().expires_at), "DATE_FORMAT")
    assert f"works until {until}" in mails[1].text
    assert f"works until {until}" in mails[1].html
