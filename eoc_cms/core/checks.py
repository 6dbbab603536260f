"""System checks for settings that would open a road to a locked file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def documents_are_served_by_our_view(**kwargs: Any) -> list[CheckMessage]:
    if settings.WAGTAILDOCS_SERVE_METHOD == "serve_view":
        return []
    return [
        Error(
            "WAGTAILDOCS_SERVE_METHOD must be 'serve_view'.",
            hint="Any other value gives documents an address that asks nobody for the right.",
            id="eoc.E001",
        )
    ]


@register(Tags.security)
def private_files_are_outside_the_media_folder(**kwargs: Any) -> list[CheckMessage]:
    private, media = Path(settings.PRIVATE_ROOT).resolve(), Path(settings.MEDIA_ROOT).resolve()
    if media not in (private, *private.parents):
        return []
    return [
        Error(
            "PRIVATE_ROOT lies inside MEDIA_ROOT, whose files anyone may fetch.",
            hint="Choose a folder beside MEDIA_ROOT.",
            id="eoc.E002",
        )
    ]
