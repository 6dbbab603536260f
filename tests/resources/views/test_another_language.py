"""Resources in a second language: found, related and delivered in their own."""

from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale

from home.models import HomePage
from resources.models import ResourceIndexPage
from tests.factories.pages import form_page, make_resource, publish


@pytest.fixture
def spanish(home: HomePage, index: ResourceIndexPage) -> Any:
    """Give the Spanish copy of a gated guide that has another chosen to follow it."""
    gate = form_page(home)
    gate.visitor_mail_subject = "Your guide"
    gate.visitor_mail_body = "{title}: {link}"
    publish(gate)
    other = make_resource(index, "Other", topics=["One"])
    guide = make_resource(index, "Guide", gate_mode="form", gate_form=gate, related=[other])
    locale = Locale.objects.create(language_code="es")
    for page in (home, index, other):
        copy = type(page).objects.get(pk=page.pk).copy_for_translation(locale)
        copy.title = f"{page.title} en español"
        publish(copy)
    copy = guide.copy_for_translation(locale)
    copy.title = "Guía"
    return publish(copy)


def test_list_and_feed_hold_one_language(spanish: Any) -> None:
    for place in ("resources/", "resources/feed/"):
        english, translated = (
            Client().get(f"/{lead}{place}").content.decode() for lead in ("", "es/")
        )
        assert "Guía" in translated
        assert "Guía" not in english
    assert "<strong>2</strong>" in Client().get("/es/resources/").content.decode()


def test_chosen_page_is_shown_in_the_language_of_the_page(spanish: Any) -> None:
    content = Client().get(spanish.url).content.decode()
    assert "Other en español" in content
    assert 'href="/es/resources/other/"' in content


def test_file_is_delivered_on_both_roads(spanish: Any) -> None:
    client, answer = Client(), {"email": "ana@example.org"}
    client.post(spanish.url, answer)
    entry = spanish.files.get()
    assert client.get(f"/download/{entry.key}/").status_code == 200

    call_command("run_worker", once=True)
    words = " ".join(str(message.body) for message in mail.outbox).split()
    link = next(word for word in words if "/access/" in word).removeprefix("http://testserver")
    elsewhere = Client()
    opened = elsewhere.post(link, follow=True)
    assert f"/download/{entry.key}/" in opened.content.decode()
