from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eoc_cms.core.backup.archive import BackupError, restore_backup


class Command(BaseCommand):
    help = "Put a backup in the place of everything the site holds. Stop the site first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A file that `backup` has written.")
        parser.add_argument(
            "--replace", action="store_true", help="Say that what is there now may go."
        )

    def handle(self, *args: object, file: Path, replace: bool, **options: object) -> None:
        if not replace:
            raise CommandError(
                "This takes away everything the site holds now. Add --replace if it may go."
            )
        try:
            restore_backup(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Restored. Run migrate if the backup is of an older version.")
