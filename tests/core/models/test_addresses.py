"""Addresses in settings are taken as people write them, and shown as they work."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from eoc_cms.core.blocks.addresses import AddressFormField
from eoc_cms.core.models import SiteSettings
from home.groups import SITE_ADMINS
from home.models import HomePage, StandardPage
from tests.factories.fixtures import Publish, SignIn


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("linkedin.com/company/eoc", "https://linkedin.com/company/eoc"),
        ("  www.example.org ", "https://www.example.org"),
        ("http://example.org/", "http://example.org/"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("/contact/", "/contact/"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_address_is_taken_as_people_write_it(typed: str, kept: str) -> None:
    assert AddressFormField(required=False).clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "contact",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "mailto:ana@example.org",
        "data:text/html,x",
        "two words.org",
        "https://",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"linkedin\.com"):
        AddressFormField(required=False).clean(typed)


def save_settings(client: Client, **changed: object) -> SiteSettings:
    site = Site.objects.get(is_default_site=True)
    data = nested_form_data(
        {
            "name": "The Collective",
            "privacy_note": rich_text("<p>Kept two years.</p>"),
            "menu_items": inline_formset([]),
            "social_links": inline_formset([]),
            **changed,
        }
    )
    address = reverse("wagtailsettings:edit", args=["core", "sitesettings", site.pk])
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors
    return SiteSettings.objects.get(site=site)


def test_settings_take_addresses_and_pages(
    sign_in: SignIn, publish: Publish, home: HomePage
) -> None:
    news = publish(home, StandardPage, "News")
    link = {"label": "LinkedIn", "url": "linkedin.com/company/eoc"}
    item = {"menu": "footer", "page": "", "url": "/contact/", "label": "Write to us"}
    save_settings(
        sign_in(SITE_ADMINS),
        organisation_url="example.org",
        announcement="Read this",
        announcement_page=str(news.pk),
        social_links=inline_formset([link]),
        menu_items=inline_formset([item]),
    )
    shown = Client().get("/").content.decode()
    assert 'href="https://linkedin.com/company/eoc"' in shown
    assert 'href="/contact/"' in shown
    assert 'href="https://example.org"' in shown
    assert '<a href="/news/">Read this</a>' in shown
    news.unpublish()
    # With a query, past the copy that is kept until the change is committed.
    now = Client().get("/?new").content.decode()
    assert 'announcement__text">Read this<' in now
