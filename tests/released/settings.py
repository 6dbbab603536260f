"""The testing settings with a data folder and a database of their own."""

import os
from pathlib import Path

from eoc_cms.settings.testing import *  # noqa: F403
from eoc_cms.settings.testing import DATABASES

DATA_DIR = Path(os.environ["KEPT_DATA_DIR"])
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STATIC_ROOT = DATA_DIR / "static"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = DATA_DIR / "db.sqlite3"
