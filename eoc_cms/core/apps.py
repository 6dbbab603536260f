from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "eoc_cms.core"
    label = "core"
    verbose_name = "Site"

    def ready(self) -> None:
        from eoc_cms.core import checks, page_cache_signals  # noqa: F401

        page_cache_signals.connect()
