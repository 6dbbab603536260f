"""What the app registers when Django starts: lists, what is kept, nightly jobs."""

from datetime import timedelta

from django.apps import AppConfig


class FormsAppConfig(AppConfig):
    name = "forms_app"
    verbose_name = "Forms and answers"

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.signals import page_published

        from eoc_cms.core import kept_data
        from eoc_cms.core.background import jobs
        from eoc_cms.core.models import SiteSettings
        from forms_app.editing.versions import keep_all_versions, keep_version
        from forms_app.exporting.weekly import remind_owners
        from forms_app.intake.unfinished import erase_unfinished
        from forms_app.listing.acts import ACTS
        from forms_app.listing.answers import ANSWERS
        from forms_app.listing.base import register
        from forms_app.listing.consents import CONSENTS
        from forms_app.listing.export_ledger import LEDGER
        from forms_app.listing.people import PEOPLE
        from forms_app.models import FormPage
        from forms_app.privacy.kept import kept
        from forms_app.privacy.retention import purge
        from forms_app.uploads.keeping import erase_waiting_files, sweep

        register(ANSWERS, PEOPLE, CONSENTS, LEDGER, ACTS)
        page_published.connect(keep_version, sender=FormPage)
        post_save.connect(keep_all_versions, sender=SiteSettings)
        kept_data.register(kept, place=1)
        jobs.register("purge_personal_data", every=timedelta(days=1), run=purge)
        jobs.register("erase_unsent_files", every=timedelta(hours=1), run=erase_waiting_files)
        jobs.register("erase_unfinished_answers", every=timedelta(hours=1), run=erase_unfinished)
        jobs.register("sweep_answer_files", every=timedelta(days=1), run=sweep)
        jobs.register("remind_of_weekly_exports", every=timedelta(days=1), run=remind_owners)
