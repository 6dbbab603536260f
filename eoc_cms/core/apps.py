"""What the app registers when Django starts: signals, what is kept, regular jobs."""

from datetime import timedelta

from django.apps import AppConfig
from django.core.management import call_command


class CoreConfig(AppConfig):
    name = "eoc_cms.core"
    label = "core"
    verbose_name = "Site"

    def ready(self) -> None:
        from wagtail.signals import page_slug_changed, post_page_move

        from eoc_cms.core import checks, kept_data  # noqa: F401
        from eoc_cms.core.background import jobs
        from eoc_cms.core.caching import page_cache_signals
        from eoc_cms.core.limits.counting import forget_counts
        from eoc_cms.core.media.recheck import recheck_pictures
        from eoc_cms.core.pages import comparing, response, stream_widget
        from eoc_cms.core.pages.redirects import forget_own_address

        page_cache_signals.connect()
        response.connect()
        comparing.register()
        stream_widget.register()
        for signal in (page_slug_changed, post_page_move):
            signal.connect(forget_own_address)
        kept_data.register(kept_data.kept_by_the_site, place=3)
        jobs.register(
            "clear_sessions",
            every=timedelta(days=1),
            run=lambda: call_command("clearsessions", verbosity=0),
        )
        jobs.register(
            "publish_scheduled",
            every=timedelta(minutes=1),
            run=lambda: call_command("publish_scheduled", verbosity=0),
        )
        jobs.register("forget_counts", every=timedelta(hours=1), run=forget_counts)
        jobs.register("recheck_pictures", every=timedelta(days=1), run=recheck_pictures)
