"""What the app registers when Django starts: lists, what is kept, nightly jobs."""

from datetime import timedelta

from django.apps import AppConfig


class FormsAppConfig(AppConfig):
    name = "forms_app"
    verbose_name = "Forms and answers"

    def ready(self) -> None:
        from eoc_cms.core import kept_data
        from eoc_cms.core.background import jobs
        from forms_app.exporting.weekly import remind_owners
        from forms_app.listing.answers import ANSWERS
        from forms_app.listing.base import register
        from forms_app.listing.export_ledger import LEDGER
        from forms_app.listing.people import PEOPLE
        from forms_app.privacy.kept import kept
        from forms_app.privacy.retention import purge
        from forms_app.uploads.keeping import erase_waiting_files, sweep

        register(ANSWERS, PEOPLE, LEDGER)
        kept_data.register(kept, place=1)
        jobs.register("purge_personal_data", every=timedelta(days=1), run=purge)
        jobs.register("erase_unsent_files", every=timedelta(hours=1), run=erase_waiting_files)
        jobs.register("sweep_answer_files", every=timedelta(days=1), run=sweep)
        jobs.register("remind_of_weekly_exports", every=timedelta(days=1), run=remind_owners)
