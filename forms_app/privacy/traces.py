"""Where an address may stand besides the answers: what staff searched for, and did."""

import re
from collections.abc import Collection, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from eoc_cms.core.models import User
from forms_app.exporting import ledger
from forms_app.models import ExportRecord, SavedExport

ADDRESS = re.compile(r"[^\s\"'<>(),;:=&]+@[^\s\"'<>(),;:=&]+")


def scrub(address: str) -> None:
    """Forget an address in the export ledger, the saved exports and the log of staff's acts."""
    ledger.forget(address)
    named = Q(label__icontains=address) | Q(data__icontains=address)
    # What was done to an account of staff is not about their answers.
    entries = ModelLogEntry.objects.filter(named).exclude(
        content_type__app_label=User._meta.app_label, content_type__model=User._meta.model_name
    )
    entries.update(label=_("(erased)"), data={})


def scrub_all(addresses: Collection[str]) -> None:
    """Forget those of many addresses that stand anywhere, reading everything once."""
    for address in sorted(set(addresses) & set(_addresses_that_stand_somewhere())):
        scrub(address)


def _addresses_that_stand_somewhere() -> Iterator[str]:
    # With the sign itself, and as it stands in the address of a list.
    texts = [str(value) for value in ExportRecord.objects.values_list("filters", flat=True)]
    texts += [
        text.replace("%40", "@") for text in SavedExport.objects.values_list("query", flat=True)
    ]
    entries = ModelLogEntry.objects.filter(Q(label__contains="@") | Q(data__icontains="@"))
    texts += [f"{label} {data}" for label, data in entries.values_list("label", "data")]
    for text in texts:
        yield from (found.casefold() for found in ADDRESS.findall(text))
