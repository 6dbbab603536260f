"""Count downloads: files that reached a person."""

import re

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from resources.models import Download, Grant, ResourceFile

# Words by which crawlers, link checkers and mail scanners name themselves.
ROBOT = re.compile(r"bot|crawl|spider|slurp|scan|preview|fetch|monitor|check|validator", re.I)


def count_download(
    request: HttpRequest, response: HttpResponseBase, entry: ResourceFile, grant: Grant | None
) -> None:
    """Record one delivered file; HEAD, 304, partial answers and robots are not counted."""
    if request.method != "GET" or not _is_whole(request, response) or is_robot(request):
        return
    with transaction.atomic():
        Download.objects.create(
            grant=grant,
            resource_id=entry.resource_id,
            document=entry.document,
            resource_title=entry.resource.title,
            file_title=str(entry),
        )
        if grant:
            Grant.objects.filter(pk=grant.pk).update(last_used_at=timezone.now())


def _is_whole(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether the visitor is getting the whole file.

    Where nginx or the storage sends it, they also see to ranges, after our answer;
    we are asked again for each later part.
    """
    if settings.SENDFILE == "python":
        return response.status_code == 200
    return response.status_code in {200, 303} and "Range" not in request.headers


def is_robot(request: HttpRequest) -> bool:
    return bool(ROBOT.search(request.headers.get("User-Agent", "")))
