from django.core.management.base import BaseCommand

from eoc_cms.core.background.locks import one_at_a_time
from home.bootstrap import bootstrap


class Command(BaseCommand):
    help = "Create the site, its root page, the groups of staff and the workflow, where missing."

    def handle(self, *args: object, **options: object) -> None:
        with one_at_a_time("bootstrap"):
            bootstrap()
        if options["verbosity"]:
            self.stdout.write("Site, groups and workflow are there.")
