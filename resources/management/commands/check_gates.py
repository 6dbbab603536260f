"""Walk every road to every resource's files; for cron, and for whoever has changed the server."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.lock_check import Report, SiteUnreachableError
from resources.lock_check.running import walk_now
from resources.models import ResourcePage


class Command(BaseCommand):
    help = (
        "Try, as a stranger, every way to the files of all resources on the running site. "
        "Ends with an error when one is open or the site cannot be reached. "
        "With --verbosity 0 it is silent while all is well."
    )

    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        reports = []
        for resource in ResourcePage.objects.order_by("path"):
            reports.append(self._check(resource))
            self._tell(reports[-1], verbosity)
        count = sum(len(report.open_roads) for report in reports)
        if count:
            raise CommandError(
                ngettext("%(count)d way is open.", "%(count)d ways are open.", count)
                % {"count": count}
            )

    def _check(self, resource: ResourcePage) -> Report:
        try:
            return walk_now(resource)
        except SiteUnreachableError as error:
            raise CommandError(str(error)) from error

    def _tell(self, report: Report, verbosity: int) -> None:
        if not report.open_roads and verbosity == 0:
            return
        self.stdout.write(f"{report.resource.title}: {_verdict(report)}")
        for finding in report.findings if verbosity > 1 else report.open_roads:
            state = _("closed") if finding.is_closed else _("OPEN")
            self.stdout.write(f"  {state}: {finding.road}. {finding.sentence}")


def _verdict(report: Report) -> str:
    if report.note:
        return report.note
    names = {"open": len(report.open_roads), "total": len(report.findings)}
    if report.open_roads:
        return _("%(open)d of %(total)d ways are open.") % names
    return _("all %(total)d ways are closed.") % names
