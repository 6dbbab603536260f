"""Bring a kept database to the newest state; print what was lost, and how it is built now."""

import json
import sys

import django


def main() -> int:
    django.setup()
    from django.core.management import call_command

    from tests.released.databases import lost, rows, schema

    before = rows()
    call_command("migrate", verbosity=0)
    told = {
        "lost": lost(before, rows()),
        "schema": schema(),
        "counts": {table: len(held) for table, held in before.items()},
    }
    json.dump(told, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
