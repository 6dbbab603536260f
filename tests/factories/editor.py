"""Open a page in the editor and send back what it holds, as a browser does."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

Fields = dict[str, list[str]]


def address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def opened(client: Client, page: Page) -> Fields:
    """Return all that the edit form of a page would send, without any button."""
    return fields_of(client.get(address(page)).content.decode())


def fields_of(content: str) -> Fields:
    page = BeautifulSoup(content, "html.parser")
    form = page.select_one("form[data-edit-form]") or page.select_one("main form[method=POST]")
    assert form is not None
    # Blocks are drawn by a script, which a test client does not run: their streams are empty.
    fields = {f"{stream['id']}-count": ["0"] for stream in form.select("[data-controller=w-block]")}
    for control in form.select("input[name], textarea[name], select[name]"):
        fields.setdefault(str(control["name"]), []).extend(_values(control))
    return fields


def _values(control: Tag) -> list[str]:
    if control.name == "select":
        return [str(option["value"]) for option in control.select("option[selected]")]
    if control.name == "textarea":
        return [control.text.removeprefix("\n")]
    kind = control.get("type")
    if kind in ("checkbox", "radio"):
        return [str(control.get("value", "on"))] if control.has_attr("checked") else []
    return [] if kind in ("file", "submit", "button") else [str(control.get("value", ""))]


def autosave(client: Client, page: Page, fields: Fields, **values: Any) -> Any:
    """Save a draft by itself, which is told from pressing a button by what it asks for."""
    data = {**fields, **values}
    return client.post(address(page), data, headers={"accept": "application/json"})


def press(client: Client, page: Page, fields: Fields, button: str = "", **values: Any) -> Any:
    """Press a button below the form; without a name it saves a draft."""
    return client.post(address(page), {**fields, **values, **({button: "1"} if button else {})})
