#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eoc_cms.settings.development")
    from django.core.management import execute_from_command_line

    from eoc_cms.settings.env import SettingError

    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        # The sentence says what to change; how it was found out helps nobody.
        sys.exit(str(error))


if __name__ == "__main__":
    main()
