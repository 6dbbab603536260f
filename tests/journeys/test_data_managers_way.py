"""Answers are for data managers only, and leave the site as a table that cannot run."""

import csv
import io

import pytest
from django.test import Client

from forms_app.models import ExportRecord, FormPage, Submission

GUIDE = "/resources/empowering-equity-officers/"
LISTING = "/admin/forms_app/submission/"


@pytest.fixture
def answered(demo: str) -> FormPage:
    answer = {"work_email": "zoe@example.org", "role": "Equity officer", "name": "=cmd()Zoë"}
    Client().post(GUIDE, answer)
    return FormPage.objects.get(slug="get-the-guides")


def signed_in(account: str, password: str) -> Client:
    client = Client()
    assert client.login(username=account, password=password)
    return client


def test_data_manager_sees_and_exports(answered: FormPage, demo: str) -> None:
    client = signed_in("data-manager", demo)
    assert b"zoe@example.org" in client.get(LISTING).content
    submission = Submission.objects.get()
    assert b"zoe@example.org" in client.get(f"{LISTING}inspect/{submission.pk}/").content
    per_form = f"/admin/forms/submissions/{answered.pk}/"
    assert b"zoe@example.org" in client.get(per_form).content
    for address in (LISTING, per_form):
        response = client.get(f"{address}?export=csv")
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert "'=cmd()Zoë" in rows[1]
    assert list(ExportRecord.objects.values_list("row_count", flat=True)) == [1, 1]


@pytest.mark.parametrize("account", ["editor", "publisher"])
def test_editors_see_no_answers(answered: FormPage, demo: str, account: str) -> None:
    client = signed_in(account, demo)
    for address in (
        LISTING,
        f"{LISTING}?export=csv",
        f"{LISTING}inspect/{Submission.objects.get().pk}/",
        f"/admin/forms/submissions/{answered.pk}/",
        f"/admin/forms/submissions/{answered.pk}/?export=csv",
        f"/admin/forms/submissions/{answered.pk}/delete/",
    ):
        response = client.get(address)
        assert response.status_code in {302, 403}
        assert b"zoe@example.org" not in response.content


def test_answers_outlive_their_form_page(answered: FormPage, demo: str) -> None:
    answered.delete()
    assert Submission.objects.get().form_data["work_email"] == "zoe@example.org"


def test_answer_is_not_hidden_by_a_column_of_ours(demo: str) -> None:
    answer = {"work_email": "a@example.org", "role": "Equity officer", "state": "Georgia"}
    Client().post(GUIDE, answer)
    response = signed_in("data-manager", demo).get(f"{LISTING}?export=csv")
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    headings, row = csv.reader(io.StringIO(content))
    assert row[headings.index("State")] == "Georgia"
    assert row[headings.index("State of the submission")] == "Accepted"
