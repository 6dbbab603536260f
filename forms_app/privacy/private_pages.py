"""What the pages have in common that people open by a link of their own."""

from typing import TypeVar

from django.http.response import HttpResponseBase

from eoc_cms.core.http import RETRY_AFTER_SECONDS, with_secret_address

TEMPLATES = "forms_app/your_data"

Response = TypeVar("Response", bound=HttpResponseBase)


def private(response: Response) -> Response:
    with_secret_address(response)
    response["Cache-Control"] = "private, no-store"
    return response


def busy(response: Response) -> Response:
    """Say when to come again, after a fault of ours that passes."""
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
