"""The road past the site: to the bucket where files are kept, without a signature."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from resources.lock_check.findings import Finding, judge
from resources.lock_check.stranger import Answer, SiteStranger, SiteUnreachableError, Stranger
from resources.lock_check.target import LockedFile, Target


@runtime_checkable
class Bucket(Protocol):
    """A storage whose files would have addresses, were they open to anyone."""

    def unsigned_url(self, name: str = "") -> str: ...


def bucket_address(target: Target, stranger: Stranger) -> Finding:
    """Ask the bucket itself for each file and for its list, as anybody on the internet may."""
    in_buckets = [
        (file, bucket) for file in target.files if (bucket := _bucket_of(file)) is not None
    ]
    return judge(
        _("The files’ own addresses in the bucket"),
        trouble=_trouble(in_buckets),
        closed=_("The bucket gives strangers neither a file nor the list of them.")
        if in_buckets
        else _("No file is kept in a bucket."),
    )


def _bucket_of(file: LockedFile) -> Bucket | None:
    storage: object = file.document.file.storage
    return storage if isinstance(storage, Bucket) else None


def _trouble(files: Iterable[tuple[LockedFile, Bucket]]) -> str:
    try:
        for file, bucket in files:
            if _is_given(bucket.unsigned_url(file.stored_name)):
                return _(
                    "The bucket gives “%(name)s” to anyone who knows its address. "
                    "Tell the person who runs the site to block public access to it."
                ) % {"name": file.name}
            if _is_given(bucket.unsigned_url()):
                return _(
                    "The bucket shows anyone the list of its files. "
                    "Tell the person who runs the site to block public access to it."
                )
    except (SiteUnreachableError, OSError):
        return _("The bucket did not answer, so nobody can be sure of it. Try again in a while.")
    return ""


def _is_given(url: str) -> bool:
    return any(_ask(url, method).status < 400 for method in ("GET", "HEAD"))


def _ask(url: str, method: str) -> Answer:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    answer = SiteStranger(f"{parts.scheme}://{parts.netloc}").ask(method, path or "/")
    if answer.status >= 500:
        raise SiteUnreachableError
    return answer
