"""What the environment says of buckets; half of it stops the start. See docs/settings.md."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from eoc_cms.settings.errors import SettingError

# Amazon's rules for names, which all others keep to.
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z")
REGION = re.compile(r"[a-z0-9-]+\Z")
NEEDS_BUCKET = ("S3_MEDIA_BUCKET", "S3_ENDPOINT_URL", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")


@dataclass(frozen=True, kw_only=True)
class Buckets:
    """Where files are kept: nothing is set where they are kept on disk."""

    bucket: str
    media_bucket: str
    endpoint_url: str
    region: str
    # Not shown, also where somebody prints all settings.
    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)

    def storage_for(self, bucket: str, backend: str) -> dict[str, object]:
        """Return an entry of STORAGES."""
        options = {
            "bucket": bucket,
            "region": self.region,
            "endpoint_url": self.endpoint_url,
            "access_key_id": self.access_key_id,
            "secret_access_key": self.secret_access_key,
        }
        return {"BACKEND": f"eoc_cms.core.files.s3_storage.{backend}", "OPTIONS": options}


def read_buckets(text: Callable[[str], str]) -> Buckets:
    """Read and check the variables, each by `text(name)`. Raises SettingError."""
    found = Buckets(
        bucket=text("S3_BUCKET"),
        media_bucket=text("S3_MEDIA_BUCKET"),
        endpoint_url=text("S3_ENDPOINT_URL").rstrip("/"),
        region=text("S3_REGION") or "us-east-1",
        access_key_id=text("S3_ACCESS_KEY_ID"),
        secret_access_key=text("S3_SECRET_ACCESS_KEY"),
    )
    _check_forms(found)
    _check_halves(found, [name for name in NEEDS_BUCKET if text(name)])
    return found


def _check_forms(found: Buckets) -> None:
    named = {"S3_BUCKET": found.bucket, "S3_MEDIA_BUCKET": found.media_bucket}
    for name, value in named.items():
        if value and not BUCKET.match(value):
            raise SettingError(f"{name} must be the name of a bucket; it is {value!r}.")
    if not REGION.match(found.region):
        raise SettingError(f"S3_REGION must look like us-east-1; it is {found.region!r}.")
    if found.endpoint_url and not _is_endpoint(found.endpoint_url):
        # Not repeated, since it may hold a password.
        raise SettingError(
            "S3_ENDPOINT_URL must look like https://s3.example.org, without a user or a path."
        )


def _is_endpoint(url: str) -> bool:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return False
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return is_web and "@" not in parts.netloc and url == f"{parts.scheme}://{parts.netloc}"


def _check_halves(found: Buckets, given: list[str]) -> None:
    if given and not found.bucket:
        raise SettingError(f"S3_BUCKET must be set where {given[0]} is.")
    if found.bucket and found.bucket == found.media_bucket:
        raise SettingError("S3_MEDIA_BUCKET must be another bucket than S3_BUCKET.")
    if found.access_key_id and not found.secret_access_key:
        raise SettingError("S3_SECRET_ACCESS_KEY must be set where S3_ACCESS_KEY_ID is.")
    if found.secret_access_key and not found.access_key_id:
        raise SettingError("S3_ACCESS_KEY_ID must be set where S3_SECRET_ACCESS_KEY is.")
