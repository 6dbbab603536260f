"""Tells an open editor whether its user is still signed in."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe


@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Answer with the token that forms need now; Wagtail sends strangers to the sign-in page."""
    return JsonResponse({"token": get_token(request)})
