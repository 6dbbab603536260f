"""Addresses that stand in every mail to a visitor."""

from django import template
from django.conf import settings
from django.urls import reverse

from eoc_cms.core.site import reply_address

register = template.Library()


@register.simple_tag
def contact_address() -> str:
    """Return whom a visitor can ask; empty where the site names nobody."""
    return reply_address()


@register.simple_tag
def your_data_url() -> str:
    """Return the absolute address of the page where people see or erase their data."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('your_data')}"
