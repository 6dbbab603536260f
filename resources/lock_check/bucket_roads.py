"""The road past the site: to the bucket where files are kept, without a signature."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from resources.lock_check.findings import Finding, judge
from resources.lock_check.stranger import Answer, SiteStranger, SiteUnreachableError, Stranger
from resources.lock_check.target import LockedFile, Target


def bucket_address(target: Target, stranger: Stranger) -> Finding:
    """Ask the bucket itself for each file and for its list, as anybody on the internet may."""
    in_buckets = [file for file in target.files if _storage_of(file)]
    return judge(
        _("The files’ own addresses in the bucket"),
        trouble=_trouble(in_buckets),
        closed=_("The bucket gives strangers neither a file nor the list of them.")
        if in_buckets
        else _("No file is kept in a bucket."),
    )


def _storage_of(file: LockedFile) -> Any:
    storage: Any = file.document.file.storage
    return storage if hasattr(storage, "unsigned_url") else None


def _trouble(files: list[LockedFile]) -> str:
    try:
        for file in files:
            storage = _storage_of(file)
            if _is_given(storage.unsigned_url(file.stored_name)):
                return _(
                    "The bucket gives “%(name)s” to anyone who knows its address. "
                    "Tell the person who runs the site to block public access to it."
                ) % {"name": file.name}
            if _is_given(storage.unsigned_url()):
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
