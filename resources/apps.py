"""What the app registers when Django starts: effects of answers, lists, regular jobs."""

from datetime import timedelta

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = "Resources"

    def ready(self) -> None:
        from eoc_cms.core import kept_data
        from eoc_cms.core.background import jobs
        from forms_app import effects
        from forms_app.listing.base import register
        from resources.gate.effects import GrantEffects
        from resources.gate.retention import erase_ended_grants, kept
        from resources.grants_admin.listings import CODES, DOWNLOADS, GRANTS
        from resources.lock_check import running

        effects.register(GrantEffects())
        register(GRANTS, DOWNLOADS, CODES)
        kept_data.register(kept, place=2)
        jobs.register(running.JOB, every=timedelta(seconds=2), run=running.start_waiting_walks)
        jobs.register("erase_ended_grants", every=timedelta(days=1), run=erase_ended_grants)
