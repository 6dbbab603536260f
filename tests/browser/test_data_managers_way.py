"""The data manager's way: every answer found, read and taken along, and by nobody else."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import visiting
from tests.browser.admin_ui import main_menu
from tests.browser.visiting import GUIDE_TITLE

FORM = "Get the guides"
BOM = b"\xef\xbb\xbf"
NAME = "Zoë Núñez-Ångström"
FORMULA = "=1+1"


@pytest.fixture
def answerer(page: Page) -> str:
    """Send one answer from a guide's page, as a visitor does; give the address in it."""
    address = visiting.new_address()
    page.goto(visiting.GUIDE)
    visiting.fill_in(page, address=address, name=NAME, organisation=FORMULA)
    visiting.send(page)
    visiting.expect_unlocked(page)
    return address


@pytest.fixture
def submissions(data_manager_page: Page) -> Page:
    """Give the list of all answers, reached through the menu."""
    data_manager_page.goto("/admin/")
    menu = main_menu(data_manager_page)
    menu.get_by_role("button", name="Answers").click()
    menu.get_by_role("link", name="Submissions").click()
    expect(data_manager_page.get_by_role("heading", level=1)).to_contain_text("Submissions")
    return data_manager_page


def rows_of(page: Page, answerer: str) -> Locator:
    return page.get_by_role("row").filter(has_text=answerer)


def search(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Search term").fill(words)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(f"q={quote_plus(words)}")))


def filter_by(page: Page, name: str, choice: str) -> None:
    page.get_by_role("button", name="Show filters").click()
    filters = page.get_by_role("tooltip")
    filters.get_by_role("button", name=name, exact=True).click()
    filters.get_by_role("radio", name=choice, exact=True).check()
    expect(page.locator(".w-active-filters")).to_contain_text(choice)
    page.reload()  # What was chosen stays, and the pane opens anew.


def rows_of_csv(page: Page) -> list[dict[str, str]]:
    """Press the opened menu's button; read the file as Excel does, told by its first bytes."""
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Download CSV").click()
    assert arriving.value.suggested_filename.endswith(".csv")
    content = Path(arriving.value.path()).read_bytes()
    assert content.startswith(BOM)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_answer_is_found_by_searching_and_filtering(submissions: Page, answerer: str) -> None:
    search(submissions, answerer)
    expect(rows_of(submissions, answerer)).to_have_count(1)
    search(submissions, "nobody-has-written-this")
    expect(rows_of(submissions, answerer)).to_have_count(0)
    search(submissions, answerer)
    filter_by(submissions, "Form", FORM)
    expect(rows_of(submissions, answerer)).to_have_count(1)
    filter_by(submissions, "Sent from", GUIDE_TITLE)
    filter_by(submissions, "Sent", "Past 7 days")
    expect(rows_of(submissions, answerer)).to_have_count(1)
    filter_by(submissions, "State", "Held as possible spam")
    expect(rows_of(submissions, answerer)).to_have_count(0)


def test_answer_is_read_in_full(submissions: Page, answerer: str) -> None:
    search(submissions, answerer)
    rows_of(submissions, answerer).get_by_role("link").click()
    told = submissions.get_by_role("main")
    for words in (answerer, "Other leader", NAME, FORMULA, GUIDE_TITLE, FORM):
        expect(told.get_by_role("definition").filter(has_text=words).first).to_be_visible()


def test_export_holds_what_was_found_and_no_cell_runs(submissions: Page, answerer: str) -> None:
    search(submissions, answerer)
    submissions.get_by_role("button", name="Export").click()
    rows = rows_of_csv(submissions)
    assert [row["Work e-mail"] for row in rows] == [answerer]
    assert rows[0]["Name"] == NAME
    assert rows[0]["Organization"] == f"'{FORMULA}"

    submissions.goto("/admin/forms_app/exportrecord/")
    expect(rows_of(submissions, answerer)).to_contain_text("data-manager")


def test_list_of_one_form_shows_and_exports_its_answers(
    data_manager_page: Page, answerer: str
) -> None:
    page = data_manager_page
    page.goto("/admin/")
    main_menu(page).get_by_role("link", name="Forms").click()
    page.get_by_role("link", name=FORM, exact=True).click()
    row = rows_of(page, answerer)
    for words in ("Other leader", NAME, FORMULA):
        expect(row).to_contain_text(words)
    page.get_by_role("navigation", name="Actions").get_by_role("button", name="Actions").click()
    # Wagtail's own spreadsheet writer would let cells run.
    expect(page.get_by_text("Download XLSX")).to_have_count(0)
    exported = [row for row in rows_of_csv(page) if row["Work e-mail"] == answerer]
    assert [(row["Name"], row["Organization"]) for row in exported] == [(NAME, f"'{FORMULA}")]


@pytest.mark.parametrize("account", ["editor", "publisher"])
def test_who_writes_pages_finds_no_way_to_answers(
    submissions: Page, answerer: str, signed_in: Callable[[str], Page], account: str
) -> None:
    search(submissions, answerer)
    one = rows_of(submissions, answerer).get_by_role("link")
    inspect = one.get_attribute("href") or ""
    submissions.goto("/admin/forms/")
    of_one_form = submissions.get_by_role("link", name=FORM, exact=True).get_attribute("href") or ""
    page = signed_in(account)
    page.goto("/admin/")
    for name in ("Answers", "Forms"):
        expect(main_menu(page).get_by_text(name, exact=True)).to_have_count(0)
    listing = "/admin/forms_app/submission/"
    for address in (
        listing,
        f"{listing}?export=csv",
        inspect,
        "/admin/forms/",
        of_one_form,
        f"{of_one_form}?export=csv",
        "/admin/forms_app/exportrecord/",
    ):
        page.goto(address)
        expect(page.get_by_role("status").first).to_contain_text("you do not have permission")
        expect(page.get_by_text(answerer)).to_have_count(0)
