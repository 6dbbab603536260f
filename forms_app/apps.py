from datetime import timedelta

from django.apps import AppConfig


class FormsAppConfig(AppConfig):
    name = "forms_app"
    verbose_name = "Forms and answers"

    def ready(self) -> None:
        from eoc_cms.core import jobs
        from forms_app.retention import purge

        jobs.register("purge_personal_data", every=timedelta(days=1), run=purge)
