from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from eoc_cms.core.background.locks import one_at_a_time
from home.bootstrap import bootstrap
from home.demo.accounts import ensure_accounts
from home.demo.loader import load_demo


class Command(BaseCommand):
    help = (
        "Load the demo content and accounts. What is there is kept, also when it was edited. "
        "DEMO_PASSWORD is the password of the accounts."
    )

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO_PASSWORD:
            raise CommandError("Set DEMO_PASSWORD to the password the demo accounts shall have.")
        with one_at_a_time("bootstrap"):
            home = bootstrap()
            ensure_accounts(settings.DEMO_PASSWORD)
            made = load_demo(home)
        if options["verbosity"]:
            self.stdout.write(f"Demo content: {made} pages made, the others kept.")
