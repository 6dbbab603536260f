"""Lead from an address that a page has left to where it stands now.

Wagtail answers with 301 or 302, after which a browser asks again with GET: what a
visitor has typed into a form whose page was moved meanwhile would be gone. 308 and
307 say the same but have the browser send the form again (RFC 9110, §15.4).
"""

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects import middleware

KEEPS_BODY = {301: 308, 302: 307}


class RedirectMiddleware(middleware.RedirectMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        led = super().process_response(request, response)
        if led is not response and request.method not in {"GET", "HEAD"}:
            led.status_code = KEEPS_BODY.get(led.status_code, led.status_code)
        return led
