"""After erasing a person, nothing in the database or on the disk holds what was theirs."""

import shutil
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import Site

from eoc_cms.core.mail.outbox import send_due_mail
from eoc_cms.core.models import OutgoingMail, User
from forms_app.models import (
    AnswerAct,
    ConsentEvent,
    ErasedTally,
    ExportRecord,
    FormField,
    FormPage,
    Person,
    SavedExport,
    Submission,
)
from forms_app.privacy.links import link_for
from home.bootstrap import bootstrap
from home.groups import DATA_MANAGERS
from resources.models import Download, Grant, ResourceIndexPage, ResourcePage
from tests.factories.pages import make_resource, publish

pytestmark = pytest.mark.indexed

JANE, ANA = "jane.quill@example.org", "ana.brook@example.org"
BYTES = b"%PDF-1.7\n% the plan of "
FIELDS = (
    ("Work email", "email"),
    ("Name", "singleline"),
    ("Message", "multiline"),
    ("Colleague", "email"),
    ("Plan", "file"),
    ("Updates", "consent"),
)


def words_of(email: str) -> dict[str, str]:
    """Return answers that no other text in the site holds, by the field's name."""
    name = email.partition(".")[0]
    return {
        "work_email": email,
        "name": f"{name}-the-visitor",
        "message": f"{name} asks for help; " + f"{name}-secret-words " * 300,
        "colleague": f"friend.of.{name}@example.org",
        "updates": "on",
    }


def secrets_of(email: str) -> list[str]:
    name = email.partition(".")[0]
    answers = [f"{name}-the-visitor", f"{name}-secret-words", f"friend.of.{name}"]
    return [email, *answers, f"{name}-plan.pdf", f"the plan of {name}"]


@pytest.fixture
def guide(transactional_db: None, site: Site, settings: LazySettings) -> Iterator[ResourcePage]:
    """Publish a guide, in a site that delivers mail into a folder and caches in another."""
    settings.MAIL_TRANSPORT = "eoc_cms.core.mail.folder.EmlFolderBackend"
    settings.EMAIL_FILE_PATH = settings.DATA_DIR / "mail"
    settings.CACHES = {
        "default": {
            "BACKEND": "eoc_cms.core.caching.caches.ForgivingFileCache",
            "LOCATION": settings.DATA_DIR / "cache",
        }
    }
    cache.clear()
    home = bootstrap()
    form = FormPage(
        title="Get the guides",
        visitor_mail_subject="For {Name}",
        visitor_mail_body="Hello {Name}, here is {title}. {Message}",
        staff_addresses="desk@example.org",
        staff_mail_subject="From {Name}",
        staff_mail_body="{Message}",
        staff_reply_to_visitor=True,
    )
    form.form_fields = [  # type: ignore[misc]
        FormField(sort_order=number, label=label, field_type=kind, required=number == 0)
        for number, (label, kind) in enumerate(FIELDS)
    ]
    form = publish(home.add_child(instance=form))
    home.refresh_from_db()
    index = publish(home.add_child(instance=ResourceIndexPage(title="Resources")))
    yield make_resource(index, "Guide", gate_mode="form", gate_form=form)
    cache.clear()
    shutil.rmtree(settings.EMAIL_FILE_PATH, ignore_errors=True)


def send_form(guide: ResourcePage, email: str, **more: str) -> Client:
    visitor = Client()
    name = email.partition(".")[0]
    plan = SimpleUploadedFile(f"{name}-plan.pdf", BYTES + name.encode(), "application/pdf")
    answer = visitor.post(guide.url, {**words_of(email), "plan": plan, **more})
    assert answer.status_code in {200, 303}
    return visitor


def a_busy_site(guide: ResourcePage, manager: Client) -> None:
    """Do everything that stores something of Jane, and of Ana beside her."""
    for email in (JANE, ANA):
        visitor = send_form(guide, email)
        file = visitor.get(f"/download/{guide.files.get().key}/")
        assert file.status_code == 200
        b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert send_due_mail(limit=3) == 3
    send_form(guide, JANE.upper(), message="jane-secret-words once more")
    send_form(guide, JANE, website_address="filled in", message="jane-secret-words held")
    Submission.objects.filter(person__email=JANE).update(note="jane-the-visitor called us")
    said = ConsentEvent.objects.filter(person__email=JANE)[0]
    told = {"consent": said.pk, "do": "withdraw", "note": "jane-the-visitor called us"}
    manager.post(f"/admin/answers/person/{said.person_id}/consent/", told)
    assert ConsentEvent.objects.filter(note=told["note"]).exists()
    Client().post("/access/", {"email": JANE})
    Client().post("/your-data/", {"email": JANE})
    Client().get("/search/", {"q": JANE})
    listing = "/admin/forms_app/submission/"
    exported = manager.get(listing, {"q": JANE, "export": "csv"})
    b"".join(exported.streaming_content)  # type: ignore[attr-defined]
    manager.post(f"/admin/answers/person/export/?email={JANE}", {"format": "json"})
    SavedExport.objects.create(
        owner=User.objects.get(username="manager"), name="Hers", listing="x", query=f"q={JANE}"
    )
    log(instance=Person.objects.get(email=JANE), action="wagtail.edit")


@pytest.fixture
def manager(guide: ResourcePage) -> Client:
    user = User.objects.create(username="manager", email="manager@example.org")
    user.groups.add(Group.objects.get(name=DATA_MANAGERS))
    client = Client()
    client.force_login(user)
    return client


def everything_in_the_database() -> str:
    """Return every row of every table as text, in lower case."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            texts += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(texts).lower()


def everything_on_the_disk() -> dict[Path, bytes]:
    """Return the bytes of every file in the data folder, of a mail its decoded text too."""
    return {
        path: path.read_bytes().lower() + (decoded(path) if path.suffix == ".eml" else b"")
        for path in Path(settings.DATA_DIR).rglob("*")
        if path.is_file()
    }


def decoded(path: Path) -> bytes:
    message: Any = message_from_bytes(path.read_bytes(), policy=default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    texts = [*map(str, message.values()), *(str(part.get_content()) for part in parts)]
    return "\n".join(texts).lower().encode()


def places_of(secrets: list[str]) -> list[str]:
    """Say which secrets stand where."""
    database, disk = everything_in_the_database(), everything_on_the_disk()
    found = [f"{secret} in the database" for secret in secrets if secret in database]
    for path, content in disk.items():
        found += [f"{secret} in {path.name}" for secret in secrets if secret.encode() in content]
    return found


def erase(manager: Client, email: str = JANE) -> None:
    answer = manager.post(
        f"/admin/answers/person/erase/?email={email}", {"typed_again": email}, follow=True
    )
    assert answer.status_code == 200
    assert not Person.objects.filter(email=email).exists()


def test_no_table_file_mail_or_log_holds_an_erased_person(
    guide: ResourcePage, manager: Client
) -> None:
    a_busy_site(guide, manager)
    assert {place.partition(" in ")[0] for place in places_of(secrets_of(JANE))} == set(
        secrets_of(JANE)
    )
    erase(manager)
    assert places_of(secrets_of(JANE)) == []


def test_everything_of_the_other_person_is_still_there(
    guide: ResourcePage, manager: Client
) -> None:
    a_busy_site(guide, manager)
    tables_before = [line for line in everything_in_the_database().splitlines() if ANA in line]
    erase(manager)
    tables_after = everything_in_the_database()
    assert [line for line in tables_before if line not in tables_after] == []
    answer = Submission.objects.get()
    assert answer.form_data["message"] == words_of(ANA)["message"].strip()
    assert answer.files.get().file.open().read() == BYTES + b"ana"
    assert Grant.objects.get().person == Person.objects.get(email=ANA)
    mails = [path for path, content in everything_on_the_disk().items() if path.suffix == ".eml"]
    assert mails
    assert OutgoingMail.objects.filter(recipient=ANA).count() == 1


def test_anonymous_counts_stay(guide: ResourcePage, manager: Client) -> None:
    a_busy_site(guide, manager)
    erase(manager)
    assert Download.objects.count() == 2
    assert Download.objects.filter(grant=None, resource_title="Guide").count() == 1
    tally = ErasedTally.objects.get()
    assert (tally.form_title, tally.count) == ("Get the guides", 3)
    act = AnswerAct.objects.get()
    assert (act.kind, act.who, act.form_title, act.count) == (
        AnswerAct.Kind.PERSON_ERASED,
        "manager",
        "Get the guides",
        3,
    )


def test_erasing_closes_what_was_opened_and_the_cookie_is_none(
    guide: ResourcePage, manager: Client
) -> None:
    visitor = send_form(guide, JANE)
    key = guide.files.get().key
    assert visitor.get(f"/download/{key}/").status_code == 200
    erase(manager)
    assert visitor.get(f"/download/{key}/").status_code == 303
    assert b"Work email" in visitor.get(guide.url).content


def test_person_who_asks_again_later_is_a_new_one(guide: ResourcePage, manager: Client) -> None:
    send_form(guide, JANE)
    old = Person.objects.get()
    link = link_for(old).removeprefix("http://testserver")
    erase(manager)
    send_form(guide, JANE)
    assert Person.objects.get().pk != old.pk
    assert Client().get(link).status_code == 410


def test_file_and_mail_that_a_crash_left_go_in_the_night(
    guide: ResourcePage, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_busy_site(guide, manager)
    with monkeypatch.context() as crash:
        crash.setattr("forms_app.privacy.erasing.sweep_folder", lambda *_: 1 / 0)
        erase(manager)
    assert any(path.endswith(".eml") for path in places_of(secrets_of(JANE)))
    call_command("purge_personal_data", verbosity=0)
    assert places_of(secrets_of(JANE)) == []


def test_ledger_says_that_something_was_exported_and_no_longer_of_whom(
    guide: ResourcePage, manager: Client
) -> None:
    a_busy_site(guide, manager)
    erase(manager)
    line = ExportRecord.objects.get(what="Everything held of one person")
    assert line.username == "manager"
    assert line.filters == {"Person": "(erased)"}
