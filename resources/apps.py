from datetime import timedelta

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = "Resources"

    def ready(self) -> None:
        from eoc_cms.core import kept_data
        from eoc_cms.core.background import jobs
        from forms_app import effects as fulfilment
        from forms_app import outcomes as forms_outcomes
        from forms_app.privacy import holders
        from resources.gate import outcomes, privacy
        from resources.gate.grants import fulfil_submission

        fulfilment.register(fulfil_submission)
        holders.register(privacy.HOLDER)
        forms_outcomes.register(outcomes.TELLER)
        kept_data.register(privacy.kept, place=2)
        every_day = timedelta(days=1)
        jobs.register("erase_ended_grants", every=every_day, run=privacy.erase_ended_grants)
