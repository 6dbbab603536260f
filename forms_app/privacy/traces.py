"""Where an address may stand besides the answers: what staff searched for, named and did."""

import re
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from eoc_cms.core.mailbox import normalise_email, spellings
from eoc_cms.core.models import User
from eoc_cms.core.models.search_text import fold
from forms_app.exporting import exported_rows
from forms_app.models import ExportRecord, SavedExport, UnfinishedAnswer
from forms_app.uploads.keeping import erase_spare_files
from forms_app.uploads.token import KeptFile, read_token

WORD = re.compile(r"[^\W_]+")


class Names:
    """Says whether a text names one of some people, as an address or by the words of one."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self.spellings = [fold(each) for one in addresses for each in spellings(one)]
        self.words = [(_words(one.rpartition("@")[0]), _words(one)) for one in self.spellings]

    def stand_in(self, text: str) -> bool:
        folded = fold(text)
        if any(spelling in folded for spelling in self.spellings):
            return True
        words = _words(folded)
        return any(_holds(words, whole) for _local, whole in self.words if len(whole) > 1)

    def are_searched_for(self, text: str) -> bool:
        """Say so too where a search would find them by the beginnings of their words."""
        words = _words(fold(text))
        return self.stand_in(text) or any(
            _finds(words, local, whole) for local, whole in self.words
        )


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def _holds(words: list[str], run: list[str]) -> bool:
    starts = range(len(words) - len(run) + 1)
    return any(words[start : start + len(run)] == run for start in starts)


def _finds(words: list[str], local: list[str], whole: list[str]) -> bool:
    """Say whether words find an address, and more of it than a name that many have."""
    if not words or not all(_begins_one(word, whole) for word in words):
        return False
    return set(local) <= set(words) or (len(words) > 1 and _any_begins(words, local))


def _begins_one(word: str, others: list[str]) -> bool:
    return any(other.startswith(word) for other in others)


def _any_begins(words: list[str], others: list[str]) -> bool:
    return any(_begins_one(word, others) for word in words)


def scrub(addresses: Collection[str]) -> None:
    """Forget people in the export ledger, the saved exports and the log of staff's acts."""
    names = Names(addresses)
    _scrub_ledger(names)
    _scrub_saved_exports(names)
    _scrub_log(names)


def erase_unfinished_of(addresses: Collection[str]) -> int:
    """Erase what these people have typed into forms of steps and not sent; return how many.

    The files that they chose there go too.
    """
    wanted = set(addresses)
    rows = UnfinishedAnswer.objects.exclude(data={}).values_list("pk", "data")
    theirs = {pk: data for pk, data in rows if wanted & _addresses_in(data)}
    erase_spare_files(file for data in theirs.values() for file in _files_in(data))
    return UnfinishedAnswer.objects.filter(pk__in=theirs).delete()[0]


def _files_in(data: dict[str, list[str]]) -> Iterator[KeptFile]:
    for name, texts in data.items():
        read = (read_token(text, field_name=name.removesuffix("-kept")) for text in texts)
        yield from (kept for kept in read if kept)


def _addresses_in(data: dict[str, list[str]]) -> set[str]:
    return {normalise_email(text) for texts in data.values() for text in texts if "@" in text}


def _scrub_ledger(names: Names) -> None:
    for record in ExportRecord.objects.exclude(filters={}, refused_because="").iterator():
        kept = {
            label: _("(erased)") if names.are_searched_for(value) else value
            for label, value in record.filters.items()
        }
        if kept != record.filters:
            ExportRecord.objects.filter(pk=record.pk).update(filters=kept, scope="")
            exported_rows.forget(record.scope)
        if names.stand_in(record.refused_because):
            ExportRecord.objects.filter(pk=record.pk).update(refused_because=_("(erased)"))


def _scrub_saved_exports(names: Names) -> None:
    for saved in SavedExport.objects.iterator():
        values = [value for _name, values in QueryDict(saved.query).lists() for value in values]
        if any(names.are_searched_for(value) for value in values):
            saved.delete()
        elif names.stand_in(saved.name):
            # A name is its owner's only once.
            SavedExport.objects.filter(pk=saved.pk).update(name=f"{_('(erased)')} {saved.pk}")


def _scrub_log(names: Names) -> None:
    """Forget people, but for what was done to an account of staff, which is no answer of theirs."""
    of_ours = Q(content_type__app_label=SavedExport._meta.app_label)
    may_name = Q(label__contains="@") | Q(data__icontains="@") | of_ours
    entries = ModelLogEntry.objects.filter(may_name).exclude(
        content_type__app_label=User._meta.app_label, content_type__model=User._meta.model_name
    )
    for entry in entries.only("label", "data").iterator():
        if names.stand_in(f"{entry.label} {entry.data}"):
            ModelLogEntry.objects.filter(pk=entry.pk).update(label=_("(erased)"), data={})
