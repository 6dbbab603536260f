from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eoc_cms.core.backup.archive import BackupError, make_backup


class Command(BaseCommand):
    help = "Write the database and all files into one file. It holds people's data: guard it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file to write, such as site.tar.")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            make_backup(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Written: {file} ({file.stat().st_size:,} bytes)")
