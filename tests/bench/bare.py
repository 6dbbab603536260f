"""A bare Django view, as the least that an answer can cost: some bytes, or one question.

Run by gunicorn with the bytes' file in BODY, in GZIP whether they are compressed, and in
DATABASE the settings of a database, where each answer asks it once.
"""

import json
import os
from pathlib import Path
from typing import Any

import django
from django.conf import settings

DATABASE: dict[str, Any] | None = json.loads(os.environ.get("DATABASE", "null"))

settings.configure(
    SECRET_KEY="only-for-measuring",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    DATABASES={"default": DATABASE} if DATABASE else {},
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

BODY = Path(os.environ["BODY"]).read_bytes()
HEADERS = {"Content-Encoding": "gzip"} if os.environ.get("GZIP") else {}


def answer(request: HttpRequest) -> HttpResponse:
    if DATABASE:
        with connection.cursor() as cursor:
            cursor.execute("SELECT title FROM wagtailcore_page WHERE slug = %s", ["home"])
            cursor.fetchone()
    return HttpResponse(BODY, headers=HEADERS)


urlpatterns = [path("", answer)]
application = get_wsgi_application()
