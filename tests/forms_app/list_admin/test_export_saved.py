"""A table with chosen columns is kept under a name, run again, and told of every week."""

import html
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eoc_cms.core.models import OutgoingMail, User
from forms_app.exporting.weekly import remind_owners
from forms_app.models import ExportRecord, FormField, FormPage, SavedExport
from forms_app.privacy.erasing import erase_person
from tests.factories.exports import (
    LIST,
    SAVED,
    body,
    data_manager,
    exported,
    send,
    sheets,
    table,
)
from tests.factories.fixtures import MakeForm

NOTE: dict[str, Any] = {"clean_name": "note", "label": "Note", "field_type": "multiline"}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    form = make_form(NOTE, title="Guides")
    send(form, note="first")
    return form


@pytest.fixture
def client(home: Any) -> Client:
    return data_manager()


def address(form: FormPage | None = None) -> str:
    filters = quote(f"form={form.form_key}") if form else ""
    return f"{SAVED}create/?list=forms_app.submission&filters={filters}"


def filled(client: Client, where: str) -> dict[str, Any]:
    """Return what the page would send as it stands."""
    page = client.get(where).content.decode()
    inputs = re.findall(r"<input[^>]*>", page)
    data: dict[str, Any] = {"column": [], "file_format": "csv"}
    for tag in inputs:
        attributes = {
            key: html.unescape(value) for key, value in re.findall(r'(\S+)="([^"]*)"', tag)
        }
        name = attributes.get("name", "")
        if name == "column" and "checked" in tag:
            data["column"].append(attributes["value"])
        elif name.startswith("place:"):
            data[name] = attributes["value"]
    return data


def save(client: Client, where: str, **changes: Any) -> SavedExport:
    data = {**filled(client, where), "name": "Report", "save": "yes", **changes}
    response = client.post(where, data)
    assert response.status_code == 302, response.context["form"].errors
    return SavedExport.objects.latest("pk")


def run(client: Client, saved: SavedExport) -> Any:
    return client.post(reverse("forms_app_savedexport_modeladmin_run", args=[saved.pk]))


def test_columns_are_ticked_and_numbered_without_scripts(client: Client, form: FormPage) -> None:
    data = filled(client, address(form))
    data.update({"column": ["email", ":receipt", "note"], "place:note": "0.5", "place:email": "2"})
    headings, line = table(body(client.post(address(form), {**data, "export": "now"})))
    assert headings == ["Note", "Receipt number", "E-mail"]
    assert line[0] == "first"
    assert not SavedExport.objects.exists()
    assert ExportRecord.objects.get().columns == headings


def test_saved_export_runs_again_with_its_rows_and_columns(client: Client, form: FormPage) -> None:
    saved = save(client, address(form), column=["note"], file_format="xlsx")
    send(form, note="second")
    page = client.get(reverse("forms_app_savedexport_modeladmin_run", args=[saved.pk]))
    assert "2 rows, 2 new to you" in page.content.decode()
    content = sheets(body(run(client, saved)))
    assert content["Rows"] == [["Note"], ["first"], ["second"]]
    assert dict(content["About"])["Filters"] == "Form: Guides"


def test_all_columns_bring_later_questions_along(client: Client, form: FormPage) -> None:
    saved = save(client, address(form))
    assert saved.columns == []
    FormField.objects.create(page=form, clean_name="role", label="Role", field_type="singleline")
    assert "Role" in table(body(run(client, saved)))[0]


def test_chosen_columns_stay_though_nothing_fills_them(client: Client, form: FormPage) -> None:
    saved = save(client, address(), column=[f"{form.form_key.hex}.note", ":receipt"])
    assert table(body(run(client, saved)))[0] == ["Receipt number", "Note"]
    form.get_submissions().delete()
    assert table(body(run(client, saved)))[0] == ["Receipt number", "Note"]


def test_saved_export_is_changed_and_keeps_its_order(client: Client, form: FormPage) -> None:
    saved = save(client, address(form), column=["note", "email"], **{"place:note": "0"})
    where = reverse("forms_app_savedexport_modeladmin_edit", args=[saved.pk])
    again = filled(client, where)
    assert again["column"] == ["note", "email"]
    changed = save(client, where, name="Other", column=["email"])
    assert (changed.pk, changed.name, changed.columns) == (saved.pk, "Other", [["email", "E-mail"]])


def test_saved_export_is_offered_where_its_list_is(client: Client, form: FormPage) -> None:
    saved = save(client, address(form), name="Quarterly <report>")
    for page in (LIST, SAVED):
        content = client.get(page).content.decode()
        assert "Quarterly &lt;report&gt;" in content
        assert reverse("forms_app_savedexport_modeladmin_run", args=[saved.pk]) in content


def test_saved_export_is_deleted_and_the_ledger_stays(client: Client, form: FormPage) -> None:
    saved = save(client, address(form))
    body(run(client, saved))
    client.post(reverse("forms_app_savedexport_modeladmin_delete", args=[saved.pk]))
    assert not SavedExport.objects.exists()
    assert ExportRecord.objects.count() == 1


def test_only_new_rows_are_counted_from_the_last_whole_export(
    client: Client, form: FormPage
) -> None:
    saved = save(client, address(form), column=["note"], only_new="on")
    assert table(body(run(client, saved)))[1:] == [["first"]]
    send(form, note="second")
    assert table(body(run(client, saved)))[1:] == [["second"]]
    response = run(client, saved)
    assert table(body(response))[1:] == []
    assert "-0-rows-new.csv" in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"column": []}, "Tick at least one column."),
        ({"column": ["bogus"]}, "Tick at least one column."),
        ({"name": ""}, "This field is required."),
        ({"file_format": "exe"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_saved_is_explained(
    client: Client, form: FormPage, changes: dict[str, Any], message: str
) -> None:
    data = {**filled(client, address(form)), "name": "Report", "save": "yes", **changes}
    assert message in client.post(address(form), data).content.decode()
    assert not SavedExport.objects.exists()


def test_two_exports_of_one_person_have_two_names(client: Client, form: FormPage) -> None:
    save(client, address(form))
    data = {**filled(client, address(form)), "name": "Report", "save": "yes"}
    assert (
        "You have a saved export of this name" in client.post(address(form), data).content.decode()
    )
    save(data_manager("colleague"), address(form))


@pytest.mark.parametrize("place", ["nan", "inf", "-1e999", "x", ""])
def test_strange_place_leaves_a_column_where_it_stands(
    client: Client, form: FormPage, place: str
) -> None:
    data = {**filled(client, address(form)), "column": ["email", "note"], "place:email": place}
    assert table(body(client.post(address(form), {**data, "export": "now"})))[0] == [
        "E-mail",
        "Note",
    ]


def test_nobody_reaches_what_somebody_else_saved(client: Client, form: FormPage) -> None:
    saved = save(client, address(form), name="Mine")
    colleague = data_manager("colleague")
    for action in ("run", "edit", "delete"):
        where = reverse(f"forms_app_savedexport_modeladmin_{action}", args=[saved.pk])
        for response in (colleague.get(where), colleague.post(where)):
            assert response.status_code in {302, 403}
            assert b"Mine" not in response.content
    assert SavedExport.objects.count() == 1
    assert not ExportRecord.objects.exists()
    assert b"Mine" not in colleague.get(SAVED).content


@pytest.mark.parametrize(
    "query",
    ["", "list=bogus", "list=auth.user", "list=forms_app.submission&filters=%00%FF", "filters=x"],
)
def test_no_address_ends_in_an_error(client: Client, form: FormPage, query: str) -> None:
    assert client.get(f"{SAVED}create/?{query}").status_code in {200, 302, 403}
    assert client.post(f"{SAVED}create/?{query}").status_code in {200, 302, 403}


def test_filters_that_no_longer_work_are_told(client: Client, form: FormPage) -> None:
    saved = save(client, address(form))
    SavedExport.objects.update(query="from=no-date")
    for response in (run(client, saved), client.get(f"{SAVED}edit/{saved.pk}/")):
        assert response["Location"] == SAVED
    assert "“no-date” is not known any more under “From”." in client.get(SAVED).content.decode()


def test_every_list_can_be_saved(client: Client, form: FormPage) -> None:
    page = client.get(f"{SAVED}create/").content.decode()
    lists = re.findall(r'href="\?list=([^"]+)"', page)
    assert {"forms_app.submission", "resources.grant", "resources.download"} <= set(lists)
    for name in lists:
        where = f"{SAVED}create/?list={name}"
        saved = save(client, where, name=name)
        assert len(table(body(run(client, saved)))[0]) > 2


# Every week --------------------------------------------------------------------------------


@pytest.fixture
def weekly(client: Client, form: FormPage) -> SavedExport:
    return save(client, address(form), name="Weekly", weekly="on")


def test_owner_gets_a_link_and_a_number_but_no_file(client: Client, weekly: SavedExport) -> None:
    assert remind_owners() == 1
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "data-manager@example.org"
    assert "“Weekly” (Submissions) has 1 row that you have not exported yet." in mail.text
    assert "first" not in mail.text
    assert "ana@example.org" not in mail.text
    (link,) = re.findall(r"http://testserver(\S+)", mail.text)
    assert Client().get(link)["Location"].startswith("/admin/login/")
    assert client.get(link).status_code == 200


def test_mail_comes_once_a_week(weekly: SavedExport) -> None:
    now = timezone.now()
    sent = [remind_owners(at=now + timedelta(days=day)) for day in range(15)]
    assert [day for day, count in enumerate(sent) if count] == [0, 7, 14]


def test_mail_counts_what_is_new_to_its_owner(
    client: Client, form: FormPage, weekly: SavedExport
) -> None:
    body(run(client, weekly))
    send(form, note="second")
    send(form, note="third")
    remind_owners()
    assert "has 2 rows that you have not exported yet" in OutgoingMail.objects.get().text


@pytest.mark.parametrize("values", [{"is_active": False}, {"email": ""}])
def test_whoever_is_not_reached_gets_no_mail(weekly: SavedExport, values: dict[str, Any]) -> None:
    User.objects.update(**values)
    assert remind_owners() == 0
    assert not OutgoingMail.objects.exists()


def test_export_that_is_not_weekly_sends_no_mail(client: Client, form: FormPage) -> None:
    save(client, address(form))
    assert remind_owners() == 0


def test_saved_export_of_a_search_goes_with_the_person(client: Client, form: FormPage) -> None:
    where = f"{SAVED}create/?list=forms_app.submission&filters={quote('q=ana@example.org')}"
    save(client, where, name="One person")
    save(client, address(form), name="All")
    send(form, note="b", email="zoe@example.org")
    erase_person(email="ana@example.org")
    assert list(SavedExport.objects.values_list("name", flat=True)) == ["All"]
    assert exported(client)
