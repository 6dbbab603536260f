"""`make bench`: are the lists of answers as fast with a million rows as they promise?

Fills a PostgreSQL of its own with ROWS answers, opens the real views as a data manager, and
ends with a status that is not 0 when one of them is slower than its limit.
"""

import gc
import os
import resource
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.postgres import PostgresError, running_server

ROWS = int(os.environ.get("ROWS", "1000000"))
ROUNDS = 7
LIMIT_MS = 300.0
EXPORT_START_MS = 1_000.0
ONLY_NEW_START_MS = 3_000.0  # after the key of every row has been read
EXPORT_MEMORY_MB = 64.0
LISTING = "/admin/forms_app/submission/"
GRANTS = "/admin/resources/grant/"
DOWNLOADS = "/admin/resources/download/"
CONSENTS = "/admin/forms_app/consentevent/"


def main() -> int:
    try:
        with running_server() as url, tempfile.TemporaryDirectory(prefix="eoc-bench-") as folder:
            return measure(url, folder)
    except PostgresError as error:
        print(error)
        return 1


def measure(url: str, folder: str) -> int:
    os.environ.update(
        DATABASE_URL=url,
        DATA_DIR=folder,
        DJANGO_SETTINGS_MODULE="eoc_cms.settings.testing",
        SECRET_KEY=secrets.token_hex(32),
    )
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA_DIR.mkdir(mode=0o700, exist_ok=True)
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    from tests.bench.filling import data_manager, fill, make_forms

    pages = make_forms()
    started = time.perf_counter()
    fill(ROWS)
    print(f"{ROWS:,} answers filled in {time.perf_counter() - started:.0f} s", flush=True)
    return 1 if any(report(pages[0], data_manager())) else 0


def report(page: Any, user: Any) -> list[bool]:
    """Print each figure beside its limit; return whether each is over it."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    reference = in_ms(fifty_by_key)
    print(f"{'50 rows by their keys (reference)':44} {reference:8.1f} ms")
    over = []
    for title, address in addresses(page).items():
        took = in_ms(lambda address=address: opened(client, address))  # type: ignore[misc]
        over.append(took > LIMIT_MS)
        line = f"{title:44} {took:8.1f} ms  {took / reference:6.1f} x  limit {LIMIT_MS:.0f}"
        print(f"{line}{'  OVER' if over[-1] else ''}", flush=True)
    return [*over, *exports(client)]


def addresses(page: Any) -> dict[str, str]:
    from forms_app.models import Person, Submission

    form = f"{LISTING}?form={page.form_key}"
    newest = Submission.objects.order_by("-submit_time")[10]
    person = Person.objects.order_by("-last_contact_at")[10]
    return {
        "submissions": LISTING,
        "submissions, page 200": f"{LISTING}?p=200",
        "submissions, oldest first": f"{LISTING}?o=3",
        "submissions of one form": form,
        "submissions from one page": f"{LISTING}?source={page.pk}",
        "submissions, held": f"{LISTING}?state=held",
        "submissions, starred": f"{LISTING}?marked=starred",
        "submissions of a week": f"{LISTING}?from=2025-01-01&until=2025-01-07",
        "one form, held, from a page": f"{form}&source={page.pk}&state=held",
        "search: a rare word": f"{LISTING}?q=marmalade",
        "search: a word in every answer": f"{LISTING}?q=equity",
        "search: a word in 1 of 90": f"{LISTING}?q=subject7",
        "search: an address": f"{LISTING}?q={person.email}",
        "search: a receipt number": f"{LISTING}?q={newest.receipt}",
        "search: nothing found": f"{LISTING}?q=zyzzyva",
        "search: a word in one form": f"{form}&q=county+12",
        "one answer": f"{LISTING}inspect/{newest.pk}/",
        "people": "/admin/forms_app/person/",
        "people: search": "/admin/forms_app/person/?q=district77",
        "one person": f"/admin/forms_app/person/inspect/{person.pk}/",
        "who agreed": CONSENTS,
        "who agreed, page 200": f"{CONSENTS}?p=200",
        "who agreed, oldest first": f"{CONSENTS}?ordering=at",
        "who agreed to one form": f"{CONSENTS}?form={page.form_key}",
        "who agreed to one consent": f"{CONSENTS}?consent={page.form_key.hex}.updates",
        "who agreed in a week": f"{CONSENTS}?from=2025-01-01&until=2025-01-07",
        "who agreed once": f"{CONSENTS}?state=withdrawn",
        "who agreed once to one form": f"{CONSENTS}?state=withdrawn&form={page.form_key}",
        "who agreed: whatever they said": f"{CONSENTS}?state=all",
        "who agreed: search an address": f"{CONSENTS}?q={person.email}",
        "who agreed: search a word in 1 of 5000": f"{CONSENTS}?q=district77",
        "who agreed: search a word in all": f"{CONSENTS}?q=example",
        "tray": "/admin/answers/tray/",
        "grants": GRANTS,
        "grants, live": f"{GRANTS}?state=live",
        "grants, revoked": f"{GRANTS}?state=revoked",
        "grants: search an address": f"{GRANTS}?q={person.email}",
        "grants: search a title": f"{GRANTS}?q=guide+3",
        "downloads": DOWNLOADS,
        "downloads of one guide": f"{DOWNLOADS}?resource=Guide+3",
        "downloads: search an address": f"{DOWNLOADS}?q={person.email}",
        "Wagtail's list of one form": f"/admin/forms/submissions/{page.pk}/",
        "home of the admin": "/admin/",
    }


def opened(client: Any, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")


def fifty_by_key() -> None:
    from forms_app.models import Submission

    first = Submission.objects.order_by("pk").values_list("pk", flat=True)[0]
    list(Submission.objects.filter(pk__in=range(first, first + 50)).values_list())


def in_ms(act: Callable[[], None]) -> float:
    """Return the median of some rounds, after one that nobody counts."""
    act()
    took = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        act()
        took.append((time.perf_counter() - started) * 1_000)
    return statistics.median(took)


def exports(client: Any) -> list[bool]:
    """Take everything in both formats, and what is new, first all of it and then nothing."""
    return [
        *export(client, "Excel, only new: all of it", "export=xlsx&only_new=1"),
        *export(client, "CSV", "export=csv"),
        *export(client, "CSV, only new: nothing", "export=csv&only_new=1"),
    ]


def export(client: Any, what: str, asked: str) -> list[bool]:
    """Read a whole export as a browser does; say when it began and what memory it took."""
    gc.collect()
    before = most_memory()
    started = time.perf_counter()
    response = client.get(f"{LISTING}?{asked}")
    chunks = iter(response.streaming_content)
    size = len(next(chunks))
    first_ms = (time.perf_counter() - started) * 1_000
    size += sum(len(chunk) for chunk in chunks)
    seconds = time.perf_counter() - started
    peak_mb = most_memory() - before
    limit = ONLY_NEW_START_MS if "only_new" in asked else EXPORT_START_MS
    most = EXPORT_MEMORY_MB
    over = [first_ms > limit, peak_mb > most]
    print(f"{f'{what}: first bytes':44} {first_ms:8.1f} ms            limit {limit:.0f}")
    print(f"{f'{what}: further memory':44} {peak_mb:8.1f} MB            limit {most:.0f}")
    print(f"{f'{what}: the whole file':44} {seconds:8.1f} s, {size / 1_000_000:.0f} MB", flush=True)
    return over


def most_memory() -> float:
    """Return the most that this process has held so far, in MB; macOS counts in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
