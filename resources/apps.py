from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = "Resources"

    def ready(self) -> None:
        from forms_app import fulfilment
        from resources.grants import fulfil_submission

        fulfilment.register(fulfil_submission)
