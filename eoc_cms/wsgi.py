"""The WSGI callable that the production server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eoc_cms.settings.production")

django_application = get_wsgi_application()

# What follows asks Django's settings, so Django is set up first.
from eoc_cms.core.caching.front import PagesInMemory  # noqa: E402

application = PagesInMemory(django_application)
