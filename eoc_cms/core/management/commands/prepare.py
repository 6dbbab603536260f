"""Bring an installation to the point where it can be served, in one process."""

import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from eoc_cms.core.caching.generation import start_new_generation

Step = tuple[str, str, dict[str, bool]]

STEPS: list[Step] = [
    ("The database is up to date", "migrate", {"interactive": False}),
    ("Site, groups and workflow are there", "bootstrap_site", {}),
]
DEMO: Step = ("The demo content is there", "load_demo", {})
STATIC: Step = (
    "Style sheets, scripts and fonts are collected",
    "collectstatic",
    {"interactive": False},
)


class Command(BaseCommand):
    help = "Migrate, set up the site and collect static files; safe to run again and twice at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Load the demo content as well.")

    def handle(self, *args: object, demo: bool, **options: object) -> None:
        steps = [*STEPS, DEMO, STATIC] if demo else [*STEPS, STATIC]
        for number, (done, command, arguments) in enumerate(steps, start=1):
            self.stdout.write(f"Step {number} of {len(steps)} … ", ending="")
            self.stdout.flush()
            begun = time.monotonic()
            call_command(command, verbosity=0, **arguments)
            self.stdout.write(f"{done} ({time.monotonic() - begun:.1f} s)")
        # Kept pages ask for the sheets and scripts of the code before.
        start_new_generation()
