"""Check the settings as production will read them, and that no migration is missing."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "eoc_cms.settings.production",
    "SITE_URL": "https://eoc.example.org",
    "ALLOWED_HOSTS": "eoc.example.org",
}
COMMANDS = [
    ["check", "--deploy", "--fail-level", "WARNING"],
    ["makemigrations", "--check", "--dry-run"],
]


def main() -> int:
    environment = {**os.environ, **PRODUCTION, "SECRET_KEY": secrets.token_urlsafe(60)}
    for command in COMMANDS:
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=PROJECT_DIR, env=environment, check=False
        )
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
