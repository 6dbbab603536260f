"""Take exports as a data manager does, and read the files as people's programs do."""

import csv
import io
from typing import Any

import openpyxl
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from eoc_cms.core.models import User
from eoc_cms.core.spreadsheets.csv_writing import restore
from forms_app.models import FormPage, FormVersion, Person, Submission
from home.groups import DATA_MANAGERS

LIST = "/admin/forms_app/submission/"
SAVED = "/admin/forms_app/savedexport/"
# What is known of every submission stands before its answers.
RECEIPT = "Receipt number"

csv.field_size_limit(2**30)


def data_manager(name: str = "data-manager") -> Client:
    user, _is_new = User.objects.get_or_create(
        username=name, defaults={"email": f"{name}@example.org"}
    )
    user.groups.add(Group.objects.get(name=DATA_MANAGERS))
    client = Client()
    client.force_login(user)
    return client


def send(form: FormPage, **answers: Any) -> Submission:
    """Store an answer as intake does, whatever is in it."""
    now = timezone.now()
    email = answers.setdefault("email", "ana@example.org")
    person, _is_new = Person.objects.get_or_create(
        email=email, defaults={"first_contact_at": now, "last_contact_at": now}
    )
    key = Submission.objects.count()
    return Submission.objects.create(
        page=form,
        form_key=form.key,
        version=FormVersion.objects.kept(FormVersion.objects.shown_by(form)),
        form_data=answers,
        person=person,
        email=email,
        source_title=form.title,
        repeat_key=f"{form.pk}-{key}-{timezone.now().timestamp()}",
    )


def body(response: Any) -> bytes:
    assert response.status_code == 200, response
    return b"".join(response.streaming_content)


def table(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file by their headings, with the marks for spreadsheets undone."""
    headings, *lines = table(content)
    assert len(set(headings)) == len(headings)
    return [dict(zip(headings, map(restore, line), strict=True)) for line in lines]


def exported(client: Client, address: str = LIST, **query: str) -> list[dict[str, str]]:
    return rows(body(client.get(address, {"export": "csv", **query})))


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """Return every sheet of a workbook as texts, and make sure that nothing in it runs."""
    return {
        title: [[str(value).replace("_x005F_", "_") for value in row] for row in rows]
        for title, rows in typed_sheets(content).items()
    }


def typed_sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """Return every sheet of a workbook with its cells as Python has them; nothing in it runs."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    kinds = {cell.data_type for cell in cells if cell.value is not None}
    assert kinds <= {"s", "n", "b", "d"}  # text, number, yes or no, date; "f" would be a formula
    return {
        sheet.title: [
            ["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()
        ]
        for sheet in book
    }
