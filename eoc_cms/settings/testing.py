"""For the suite: the same site, quick to build and with its data in a folder of its own."""

import secrets
import tempfile
from pathlib import Path

from eoc_cms.settings.base import *  # noqa: F403
from eoc_cms.settings.base import DATABASES, STORAGES

SECRET_KEY = "for-the-test-suite-only-and-nowhere-else"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS = False

# Only named here: tests/conftest.py makes and removes it, since mypy and a mistyped
# option of pytest load these settings too and would leave it behind.
DATA_DIR = Path(tempfile.gettempdir()) / f"eoc-tests-{secrets.token_hex(8)}"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: parallel requests in threads need connections of their own.
    DATABASES["default"]["NAME"] = DATA_DIR / "db.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
GENERATION_FILE = DATA_DIR / "page-generation"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "tests.indexing.WithoutIndexing"}}
