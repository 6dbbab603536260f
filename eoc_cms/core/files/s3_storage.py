"""Files in an S3-compatible bucket, read in parts and never as a whole in memory.

See docs/decisions/0006-files-in-s3.md for why this is ours.
"""

import mimetypes
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypedDict
from urllib.parse import quote

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.encoding import filepath_to_uri
from django.utils.functional import cached_property

from eoc_cms.core.files.s3_file import S3File, StoredObject
from eoc_cms.core.files.storage import StorageError

SIGNED_SECONDS = 60
NOT_THERE = {"404", "NoSuchKey", "NotFound"}


class Head(TypedDict):
    """What the bucket says of a file without sending it, as far as it is used here."""

    ContentLength: int
    ETag: str
    LastModified: datetime


class ListedFile(TypedDict):
    Key: str


class ListedFolder(TypedDict):
    Prefix: str


class Listing(TypedDict, total=False):
    """A page of the list of what a bucket holds."""

    Contents: list[ListedFile]
    CommonPrefixes: list[ListedFolder]


@contextmanager
def plain_errors(name: str = "") -> Iterator[None]:
    """Turn what the library raises into what Django and Wagtail expect of a storage.

    The cause is left out, since it can hold the signed request.
    """
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in NOT_THERE:
            raise FileNotFoundError(f"There is no file {name!r} in the bucket.") from None
        raise StorageError(f"The bucket refused ({code}).") from None
    except BotoCoreError as error:
        raise StorageError(f"The bucket is out of reach ({type(error).__name__}).") from None


class S3Storage(Storage):
    """Keeps files in one bucket, which nobody else needs to be able to read."""

    def __init__(
        self,
        *,
        bucket: str,
        region: str,
        endpoint_url: str = "",
        access_key_id: str = "",
        secret_access_key: str = "",
    ) -> None:
        self.bucket = bucket
        self.region = region
        self.endpoint_url = endpoint_url
        self._keys = {
            "aws_access_key_id": access_key_id or None,
            "aws_secret_access_key": secret_access_key or None,
        }

    @cached_property
    def client(self) -> Any:  # the library for S3 has no types
        # A server of one's own rarely has a host name for each bucket, and no certificate
        # holds for a name with dots in it.
        is_path = bool(self.endpoint_url) or "." in self.bucket
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if is_path else "virtual"},
            # Checksums that Amazon added later are unknown to some others.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            ignore_configured_endpoint_urls=True,
            connect_timeout=5,
            read_timeout=20,
            retries={"mode": "standard", "total_max_attempts": 3},
        )
        # Not boto3.client: the session it shares is not safe between threads.
        return boto3.session.Session().client(
            "s3",
            region_name=self.region,
            endpoint_url=self.endpoint_url or None,
            config=config,
            **self._keys,
        )

    # --- Django's storage API -----------------------------------------------------

    def _open(self, name: str, mode: str = "rb") -> S3File:
        if mode != "rb":
            raise ValueError("A file in a bucket is opened for reading; save writes it.")
        head = self._head(name)
        found = StoredObject(
            client=self.client,
            bucket=self.bucket,
            key=name,
            size=head["ContentLength"],
            etag=head["ETag"],
        )
        return S3File(found)

    def _save(self, name: str, content: File) -> str:
        content.seek(0)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        with plain_errors(name):
            # One request, so there is never half a file; S3 takes up to 5 GB this way.
            self.client.put_object(Bucket=self.bucket, Key=name, Body=content, ContentType=kind)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Give every upload a folder of its own, so that no name is ever used twice.

        A link that was signed for a file must never lead to one that came later.
        """
        name = name.replace("\\", "/")
        folder, slash, last = name.rpartition("/")
        own = f"{folder}{slash}{secrets.token_hex(8)}/{last}"
        return super().get_available_name(own, max_length=max_length)

    def delete(self, name: str) -> None:
        with plain_errors(name):
            self.client.delete_object(Bucket=self.bucket, Key=name)

    def exists(self, name: str) -> bool:
        try:
            self._head(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        return self._head(name)["ContentLength"]

    def get_modified_time(self, name: str) -> datetime:
        return self._head(name)["LastModified"]

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        prefix = f"{path.strip('/')}/" if path.strip("/") else ""
        folders, names = [], []
        for page in self._pages(Prefix=prefix, Delimiter="/"):
            folders += [each["Prefix"] for each in page.get("CommonPrefixes", [])]
            names += [each["Key"] for each in page.get("Contents", [])]
        start = len(prefix)
        return [name[start:-1] for name in folders], [name[start:] for name in names]

    # --- More than Django asks for ------------------------------------------------

    def all_names(self) -> Iterator[str]:
        for page in self._pages():
            yield from (each["Key"] for each in page.get("Contents", []))

    def put_back(self, name: str, content: File) -> None:
        """Store a file under exactly this name, in the place of what is there."""
        self._save(name, content)

    def probe(self) -> None:
        """Raise an error unless the bucket answers to our key.

        Nothing is written: a bucket that keeps versions would keep every probe.
        """
        with plain_errors():
            self.client.list_objects_v2(Bucket=self.bucket, MaxKeys=1)

    def _head(self, name: str) -> Head:
        with plain_errors(name):
            head: Head = self.client.head_object(Bucket=self.bucket, Key=name)
        return head

    def _pages(self, **options: str) -> Iterator[Listing]:
        pages = self.client.get_paginator("list_objects_v2")
        with plain_errors():
            yield from pages.paginate(Bucket=self.bucket, **options)


class PrivateS3Storage(S3Storage):
    """A bucket whose files have no address but one that is signed for a minute."""

    def url(self, name: str | None) -> str:
        raise NotImplementedError("A private file has no address.")

    def edition_of(self, opened: S3File) -> str:
        """Say in a few letters which bytes an opened file holds."""
        return opened.etag

    def signed_url(self, name: str, *, method: str, disposition: str, content_type: str) -> str:
        """Return an address that gives this one file without asking, for a minute."""
        wanted = {
            "Bucket": self.bucket,
            "Key": name,
            "ResponseContentDisposition": disposition,
            "ResponseContentType": content_type,
            "ResponseCacheControl": "private, no-store",
        }
        with plain_errors(name):
            address: str = self.client.generate_presigned_url(
                "get_object", Params=wanted, ExpiresIn=SIGNED_SECONDS, HttpMethod=method
            )
        return address

    def unsigned_url(self, name: str = "") -> str:
        """Return where a file, or the list of all, would be if the bucket were open to anyone."""
        with plain_errors():
            address = self.client.generate_presigned_url(
                "list_objects_v2", Params={"Bucket": self.bucket}
            )
        base = address.partition("?")[0].rstrip("/")
        return f"{base}/{quote(name)}" if name else f"{base}?list-type=2"


class PublicS3Storage(S3Storage):
    """Public pictures and videos. Their address stays on this site, which sends them on.

    No visitor's browser has to ask another host, which a school's filter may block.
    """

    def url(self, name: str | None) -> str:
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
