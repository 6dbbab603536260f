"""For `make dev`: autoreload, readable errors, nothing to configure."""

from eoc_cms.settings.base import *  # noqa: F403
from eoc_cms.settings.base import SECRET_KEY, STORAGES

DEBUG = True
SECRET_KEY = SECRET_KEY or "for-development-only"
ALLOWED_HOSTS = ["*"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
