"""What is to stay hidden: a resource's files, and everything that would betray one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from eoc_cms.core.models import CustomDocument
from resources.gate.decision import is_visible
from resources.lock_check.stranger import Answer
from resources.models import ResourceFile, ResourcePage

SAMPLE_BYTES = 64
# A shorter beginning, or a smaller number, may stand on any page by chance.
MIN_SAMPLE_BYTES = 8
MIN_TELLING_SIZE = 10_000
TAG = re.compile(r"<[^<>]*>")


def address(name: str, *args: object, language: str = "") -> str:
    """Return an address as a visitor has it, whatever language the member of staff uses."""
    with translation.override(language or settings.LANGUAGE_CODE):
        return reverse(name, args=args)


@dataclass(frozen=True)
class LockedFile:
    key: str
    document: CustomDocument

    @property
    def name(self) -> str:
        return str(self.document.filename)

    @property
    def stored_name(self) -> str:
        return self.document.file.name or ""

    @property
    def download_address(self) -> str:
        return address("download", self.key)

    @property
    def document_folder(self) -> str:
        return f"/documents/{self.document.pk}/"

    @cached_property
    def sample(self) -> bytes:
        """The first bytes, by which the file is known; none where it cannot be read."""
        try:
            with self.document.file.storage.open(self.stored_name) as opened:
                return bytes(opened.read(SAMPLE_BYTES))
        except OSError:
            return b""

    def leak_in(self, answer: Answer, *, asked: str = "") -> str:
        """Say what of the file an answer holds, or give an empty text.

        What the stranger has put into the request themselves betrays nothing.
        """
        if len(self.sample) >= MIN_SAMPLE_BYTES and self.sample in answer.body:
            return _("the file itself")
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        text = f"{headers}\n{answer.body.decode(errors='replace')}"
        known = f"{asked} {unquote(asked)}"
        for word, what in self._betrayals():
            if word and word not in known and _holds(text, word):
                return what
        return _("the exact size of the file") if self._shows_size(text) else ""

    def _betrayals(self) -> Iterator[tuple[str, str]]:
        yield self.key, _("the address of the file")
        yield self.document_folder, _("the address of the file")
        yield self.name, _("the name of the file")
        yield self.document.file_hash, _("the fingerprint of the file")

    def _shows_size(self, text: str) -> bool:
        size = self.document.file_size or 0
        # Not a part of a longer number, a color or the fraction of a second.
        number = rf"(?<![\w.#-]){size}(?![\w.-])"
        return size >= MIN_TELLING_SIZE and re.search(number, text) is not None


def _holds(text: str, word: str) -> bool:
    # Search marks the words it has found, which would part a name.
    forms = (text, unquote(text), TAG.sub("", text))
    return any(word in form or escape(word) in form for form in forms)


@dataclass(frozen=True)
class Target:
    """A resource as a stranger would go about it; its files may stand in a draft only."""

    resource: ResourcePage
    files: tuple[LockedFile, ...]
    is_gated: bool
    is_visible: bool

    @property
    def page_address(self) -> str:
        """The page's address on the site, or an empty text where it has none."""
        parts = self.resource.get_url_parts()
        return parts[2] or "" if parts else ""

    @property
    def list_address(self) -> str:
        # Resources stand directly under their list.
        return f"{self.page_address.rstrip('/').rpartition('/')[0]}/"

    def leak_in(self, answer: Answer, *, asked: str = "") -> str:
        leaks = (file.leak_in(answer, asked=asked) for file in self.files)
        return next((leak for leak in leaks if leak), "")


def target_of(resource: ResourcePage) -> Target:
    """Return what is to be checked: also the files that only the latest draft holds."""
    draft = _draft_of(resource)
    rows = [
        *ResourceFile.objects.filter(resource=resource).values_list("key", "document_id"),
        *((row["key"], row["document"]) for row in draft.get("files", [])),
    ]
    known = CustomDocument.objects.in_bulk({document for _key, document in rows if document})
    # Each once, in their order, also where live page and draft hold the same.
    wanted = dict.fromkeys((str(key), document) for key, document in rows if document in known)
    return Target(
        resource=resource,
        files=tuple(LockedFile(key, known[document]) for key, document in wanted),
        is_gated=_is_gated(resource, draft),
        is_visible=is_visible(resource),
    )


def _draft_of(resource: ResourcePage) -> dict[str, Any]:
    """Return the fields of the draft, if there is one.

    Read as they are stored: a draft whose document was deleted cannot be made a page.
    """
    revision = resource.latest_revision if resource.has_unpublished_changes else None
    return revision.content if revision else {}


def _is_gated(resource: ResourcePage, draft: dict[str, object]) -> bool:
    if resource.live or not draft:
        return resource.is_gated
    return bool(draft.get("gate_mode") != ResourcePage.GateMode.OPEN)
