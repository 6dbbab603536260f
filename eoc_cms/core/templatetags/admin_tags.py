from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def admin_site_name() -> str:
    """Return the site's name for the admin's furniture, which must render whatever else fails."""
    return str(settings.WAGTAIL_SITE_NAME)
