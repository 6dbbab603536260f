"""What staff change for the whole site shows where it should, first of all in the preview."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page, Site

from eoc_cms.core.models import SiteSettings
from forms_app.models import FormPage
from resources.models import ResourceIndexPage, ResourcePage

GUIDE = "/resources/empowering-equity-officers/"


@pytest.fixture
def settings_of_site(demo: str) -> SiteSettings:
    return SiteSettings.for_site(Site.objects.get(is_default_site=True))


def test_words_of_the_gate_come_from_the_settings(settings_of_site: SiteSettings) -> None:
    settings_of_site.gate_title = "Take this guide with you"
    settings_of_site.gate_lead = ""
    settings_of_site.save()
    page = Client().get(GUIDE).content.decode()
    assert "Take this guide with you" in page
    assert "gate__lead" not in page


def test_forms_without_a_note_show_the_sites(settings_of_site: SiteSettings) -> None:
    settings_of_site.privacy_note = "<p>We keep what you write for two years.</p>"
    settings_of_site.save()
    form = FormPage.objects.get(slug="get-the-guides")
    form.privacy_note = ""
    form.save_revision().publish()
    for path in (GUIDE, "/get-the-guides/"):
        assert "for two years" in Client().get(path).content.decode()
    assert "for two years" not in Client().get("/contact/").content.decode()


def test_new_resource_has_the_usual_form_chosen(demo: str, settings_of_site: SiteSettings) -> None:
    client = Client()
    assert client.login(username="editor", password=demo)
    address = reverse(
        "wagtailadmin_pages:add",
        args=["resources", "resourcepage", ResourceIndexPage.objects.get().pk],
    )
    usual = FormPage.objects.get(slug="get-the-guides")
    assert settings_of_site.default_form == Page.objects.get(pk=usual.pk)
    chosen = BeautifulSoup(client.get(address).content, "html.parser").select_one("#id_gate_form")
    assert chosen is not None
    assert chosen["value"] == str(usual.pk)


def test_a_resource_keeps_the_form_that_was_taken_away_from_it(demo: str) -> None:
    guide = ResourcePage.objects.get(slug="empowering-equity-officers")
    form = get_edit_handler(ResourcePage).get_form_class()
    assert form(instance=guide).initial["gate_form"] == guide.gate_form_id
    guide.gate_form = None
    assert not form(instance=guide).initial["gate_form"]


def test_preview_shows_what_is_not_saved_yet(demo: str, settings_of_site: SiteSettings) -> None:
    settings_of_site.announcement = "The second edition is here"
    settings_of_site.gate_title = "Take it with you"
    response = settings_of_site.make_preview_request()
    page = response.content.decode()
    assert "The second edition is here" in page
    assert "Take it with you" in page
    assert "Resources" in page
    assert "The second edition is here" not in Client().get("/").content.decode()
