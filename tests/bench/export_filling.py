"""The answers that the bench of exports writes: ours, and the same in a stock Wagtail's table."""

from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from wagtail.contrib.forms.models import AbstractForm, FormSubmission
from wagtail.contrib.forms.views import SubmissionsListView

from eoc_cms.core.models import User
from forms_app.models import ConsentEvent, FormField, FormPage, FormVersion, Person, Submission
from home.bootstrap import bootstrap
from tests.factories import pages as making

SAMPLE = 500
# Each number makes a copy of the sample; what is unique differs by it.
NUMBERS = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)
"""


def fill(rows: int, fields: list[dict[str, str]]) -> None:
    """Add so many answers to the form of the bench and to its stock twin."""
    page = FormPage.objects.filter(slug="bench").first() or _make_form(fields)
    version = FormVersion.objects.kept(FormVersion.objects.shown_by(page))
    copies = max(rows // SAMPLE, 1)
    first = Submission.objects.count()
    made = [_answer(page, version, number) for number in range(first, first + SAMPLE)]
    answers = Submission.objects.bulk_create(made)
    FormSubmission.objects.bulk_create(
        FormSubmission(page=page, form_data=answer.form_data) for answer in answers
    )
    _multiply(answers[0].pk, copies)


def _make_form(fields: list[dict[str, str]]) -> FormPage:
    if not User.objects.filter(username="bench").exists():
        User.objects.create_superuser("bench", "bench@example.org", "bench")
    page = FormPage(title="Bench", slug="bench")
    page.form_fields = [FormField(sort_order=n, **each) for n, each in enumerate(fields)]  # type: ignore[misc]  # as modelcluster sets them
    published: FormPage = making.publish(bootstrap().add_child(instance=page))
    return published


def _answer(page: FormPage, version: FormVersion, number: int) -> Submission:
    email = f"person{number}@district{number % 50}.example.org"
    now = timezone.now()
    person, _is_new = Person.objects.get_or_create(
        email=email, defaults={"first_contact_at": now, "last_contact_at": now}
    )
    return Submission(
        page=page,
        form_key=page.form_key,
        version=version,
        form_data=_form_data(email, number),
        person=person,
        email=email,
        source_page=page,
        source_title=page.title,
        language="en",
        receipt=f"EOC-{number:08}",
        repeat_key=f"bench-{number}",
        search_text=f"{email} equity guide for school {number}",
    )


def _form_data(email: str, number: int) -> dict[str, Any]:
    return {
        "email": email,
        "name": f"Zoë Person {number}",
        "words": f"An equity guide for school {number}, in county {number % 70}\nand soon.",
        "role": ["Teacher", "Principal", "Equity officer", "Other"][number % 4],
        "topics": ["Belonging", "Discipline; fair", "Staffing"][: number % 4],
        "pupils": str(number % 900),
        "begins": f"2026-{1 + number % 12:02}-{1 + number % 28:02}",
        "phone": f"+1 404 555 {number % 10_000:04}",
        "site": f"https://district{number % 50}.example.org/schools/{number}",
        "updates": number % 2 == 0,
    }


def _multiply(first: int, copies: int) -> None:
    """Copy the sample by the database's own hand, each consent with its answer."""
    key = "gen_random_uuid()"
    if connection.vendor == "sqlite":
        key = "lower(hex(randomblob(16)))"
    varying = {"key": key, "receipt": "receipt || '-' || n", "repeat_key": "repeat_key || '-' || n"}
    with connection.cursor() as cursor:
        for model, least in ((Submission, first), (FormSubmission, _first_of_stock())):
            cursor.execute(*_copying(model, varying, least, copies))
        cursor.execute(*_consents(first))
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")


def _first_of_stock() -> int:
    return FormSubmission.objects.order_by("-pk")[SAMPLE - 1].pk


def _copying(model: Any, varying: dict[str, str], first: int, copies: int) -> tuple[str, list[int]]:
    columns = [field.column for field in model._meta.fields if not field.primary_key]
    values = ", ".join(varying.get(column, column) for column in columns)
    table = model._meta.db_table
    sql = (
        f"INSERT INTO {table} ({', '.join(columns)}) {NUMBERS} "  # noqa: S608 - our own names
        f"SELECT {values} FROM {table} CROSS JOIN numbers WHERE id >= %s AND n < %s"
    )
    return sql, [copies, first, copies]


def _consents(first: int) -> tuple[str, list[int]]:
    sql = (
        f"INSERT INTO {ConsentEvent._meta.db_table} (person_id, form_key, field_name, "  # noqa: S608
        "form_title, label, wording, is_given, is_change, at, how, submission_id, username, note) "
        "SELECT person_id, form_key, 'updates', 'Bench', 'Updates', 'Updates', "
        f"{_is_given()}, false, submit_time, 'answer', id, '', '' "
        f"FROM {Submission._meta.db_table} WHERE id >= %s"
    )
    return sql, [first]


def _is_given() -> str:
    if connection.vendor == "postgresql":
        return "(form_data ->> 'updates')::boolean"
    return "json_extract(form_data, '$.updates')"


def stock_view(request: HttpRequest) -> Any:
    """Answer as Wagtail's list of the submissions to a form page does, for its own model."""
    page = FormPage.objects.get(slug="bench")
    return SubmissionsListView.as_view()(request, form_page=_StockForm(page))


class _StockForm:
    """The form page of the bench with the methods that Wagtail's own form pages have."""

    def __init__(self, page: FormPage) -> None:
        self.id, self.slug, self.page = page.pk, page.slug, page

    def get_data_fields(self) -> list[tuple[str, Any]]:
        return AbstractForm.get_data_fields(self.page)

    def get_submissions(self) -> Any:
        return FormSubmission.objects.filter(page=self.page)

    def get_admin_display_title(self) -> str:
        return self.page.title
