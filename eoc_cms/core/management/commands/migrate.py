"""Django's `migrate`, one at a time: run twice at once, the second waits for the first."""

from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.utils import DatabaseError

from eoc_cms.core.background.locks import one_at_a_time


class Command(migrate.Command):
    def execute(self, *args: object, **options: object) -> str | None:
        # Here and not in `handle`: Django's checks open the database before that.
        self._make_data_folder(Path(settings.DATA_DIR))
        self._reach_database(str(options["database"]))
        return super().execute(*args, **options)

    def handle(self, *args: object, **options: object) -> None:
        with one_at_a_time("migrate"):
            super().handle(*args, **options)

    def _make_data_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(
                f"The folder {folder} cannot be made ({error.strerror}): set DATA_DIR to another."
            ) from error

    def _reach_database(self, alias: str) -> None:
        try:
            connections[alias].ensure_connection()
        except DatabaseError as error:
            # The first line names host and port; the driver never repeats the password.
            reason = str(error).partition("\n")[0]
            raise CommandError(
                f"The database cannot be used: {reason}. Check that it runs, and what "
                "DATABASE_URL says."
            ) from error
