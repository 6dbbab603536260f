from django.core.management.base import BaseCommand, CommandParser

from forms_app.privacy.retention import purge


class Command(BaseCommand):
    help = "Erase the answers, mails and people whose time is over; the worker does it daily."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Count only, erase nothing.")

    def handle(self, *args: object, dry_run: bool, **options: object) -> None:
        result = purge(dry_run=dry_run)
        verb = "would be erased" if dry_run else "erased"
        for title, count in sorted(result.forms.items()):
            self.stdout.write(f"{title}: {count}")
        self.stdout.write(f"{result.submissions} submissions and {result.people} people {verb}.")
