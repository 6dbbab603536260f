"""Django's `migrate`, one at a time: run twice at once, the second waits for the first."""

from typing import Any

from django.core.management.commands import migrate

from eoc_cms.core.locks import one_at_a_time


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with one_at_a_time("migrate"):
            super().handle(*args, **options)
