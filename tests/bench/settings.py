"""For the bench: the suite's settings, over the database and the folder that are named outside."""

from eoc_cms.settings.base import DATABASES, ENV
from eoc_cms.settings.testing import *  # noqa: F403

DATA_DIR = ENV.data_dir
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STATIC_ROOT = DATA_DIR / "static"
GENERATION_FILE = DATA_DIR / "page-generation"
DATABASES["default"]["NAME"] = ENV.database["NAME"]
