"""Take a page's language from its address, and from nothing else.

Django's middleware also reads a cookie and `Accept-Language` where an address has
no prefix, and says so in `Vary`. Ours come from the address alone, so a copy of a
page serves every visitor.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from wagtail.coreutils import get_supported_content_language_variant

# A region where the language alone would leave spelling and dates open.
REGIONS = {"en": "en-US"}


class LanguageMiddleware(LocaleMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", html_language(translation.get_language()))
        return response


def html_language(language_code: str | None) -> str:
    """Return the BCP 47 tag that says a language in HTML and HTTP."""
    return REGIONS.get(language_code or "en", language_code or "en")


def content_language() -> str:
    """Return the code of the locale whose pages belong to the active language."""
    active = translation.get_language() or settings.LANGUAGE_CODE
    return get_supported_content_language_variant(active)
