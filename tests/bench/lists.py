"""The lists of answers, people, grants and downloads in a full database."""

import json
import sys
import time
from typing import Any

LISTING = "/admin/forms_app/submission/"
GRANTS = "/admin/resources/grant/"
DOWNLOADS = "/admin/resources/download/"
CONSENTS = "/admin/forms_app/consentevent/"


def answer_questions(rows: int) -> None:
    """Fill an empty database with answers; then read titles, and say what each list takes."""
    from django.test import Client

    from tests.bench.filling import data_manager, fill, make_forms

    page, *_others = make_forms()
    fill(rows)
    client = Client()
    client.force_login(data_manager())
    known = addresses(page)
    print(json.dumps(list(known)), flush=True)
    for title in sys.stdin:
        print(in_ms(client, known[title.strip()]), flush=True)


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


def in_ms(client: Any, address: str) -> float:
    started = time.perf_counter()
    opened(client, address)
    return (time.perf_counter() - started) * 1_000
