"""System checks for settings that would open a road to a locked file."""

from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.files.storage import storages


@register(Tags.security)
def documents_are_served_by_our_view(**kwargs: object) -> list[CheckMessage]:
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
def private_files_are_outside_the_media_folder(**kwargs: object) -> list[CheckMessage]:
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


@register(Tags.security)
def private_files_have_no_address(**kwargs: object) -> list[CheckMessage]:
    try:
        storages["private"].url("a-file")
    except NotImplementedError:
        return []
    return [
        Error(
            "The private storage gives its files an address, which asks nobody for the right.",
            hint="Use a storage of eoc_cms.core.files for it.",
            id="eoc.E003",
        )
    ]


@register(Tags.security)
def sendfile_fits_the_storage(**kwargs: object) -> list[CheckMessage]:
    signs = hasattr(storages["private"], "signed_url")
    if settings.SENDFILE == "python" or (settings.SENDFILE == "s3") == signs:
        return []
    return [
        Error(
            f"SENDFILE is {settings.SENDFILE!r}, which cannot send what the private storage keeps.",
            hint="Use s3 or python where files are in a bucket, nginx or python where on disk.",
            id="eoc.E004",
        )
    ]
