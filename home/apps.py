"""The app as Django knows it."""

from datetime import timedelta

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Pages"

    def ready(self) -> None:
        from eoc_cms.core.background import jobs
        from home.search import vocabulary

        jobs.register("search_words", every=timedelta(minutes=5), run=vocabulary.renew)
