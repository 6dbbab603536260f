"""What is typed while the site saves by itself is saved too, however slow its answers are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests import pdf_files
from tests.browser import admin_ui
from tests.browser.admin_ui import HOME

SAVE_SECONDS = 10
SAVES = 5
# Wagtail looks for edits every half second, and waits as long again twice before it sends them.
QUIET_MILLISECONDS = 2_000


class HeldSaves:
    """Keeps back the answers to what the editor saves by itself."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.waiting: list[Route] = []
        page.route("**/admin/pages/**", self._hold)

    def _hold(self, route: Route) -> None:
        is_by_itself = route.request.headers.get("accept") == "application/json"
        if route.request.method == "POST" and is_by_itself:
            self.waiting.append(route)
        else:
            route.fallback()

    def answer(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Let the next save through, and answer it at once when something else has been done."""
        for _ in range(SAVE_SECONDS * 10):
            if self.waiting:
                break
            self.page.wait_for_timeout(100)
        assert self.waiting, "the draft was not saved by itself"
        route = self.waiting.pop(0)
        answer = route.fetch()
        meanwhile()
        route.fulfill(response=answer)

    def answer_all(self) -> None:
        """Let the saves through until no more come by themselves; there may be a few."""
        for _ in range(SAVES):
            self.page.wait_for_timeout(QUIET_MILLISECONDS)
            if not self.waiting:
                return
            self.answer()
        raise AssertionError("the editor does not stop saving by itself")


class Edits:
    """Something that an editor writes again and again into a page of a kind."""

    kind = "Resource"
    below: tuple[str, ...] = (HOME, "Resources")

    def write(self, page: Page, text: str) -> None:
        raise NotImplementedError

    def read(self, page: Page) -> list[str]:
        raise NotImplementedError

    def begin(self, page: Page) -> str:
        title = admin_ui.new_title("Fast")
        admin_ui.begin_page(page, self.kind, below=[*self.below], title=title)
        return title

    def read_anew(self, page: Page) -> list[str]:
        page.reload()
        page.wait_for_function(admin_ui.IS_WATCHING_EDITS)
        return self.read(page)


class Words(Edits):
    def write(self, page: Page, text: str) -> None:
        box = page.get_by_role("textbox", name="Summary")
        box.fill(f"{box.input_value()} {text}".strip())

    def read(self, page: Page) -> list[str]:
        return page.get_by_role("textbox", name="Summary").input_value().split()


class Rows(Edits):
    def write(self, page: Page, text: str) -> None:
        files = admin_ui.section(page, "Files")
        files.get_by_role("button", name="Add file").click()
        files.get_by_role("textbox", name="Name of the file").last.fill(text)

    def read(self, page: Page) -> list[str]:
        labels = admin_ui.section(page, "Files").get_by_role("textbox", name="Name of the file")
        return [each.input_value() for each in labels.all()]


class Questions(Edits):
    kind, below = "Form page", (HOME,)

    def write(self, page: Page, text: str) -> None:
        admin_ui.add_field(page, label=text, kind="singleline")

    def read(self, page: Page) -> list[str]:
        labels = admin_ui.section(page, "Fields").get_by_label("Label")
        return [each.input_value() for each in labels.all()]


class Blocks(Edits):
    kind, below = "Text page", (HOME,)

    def write(self, page: Page, text: str) -> None:
        body = admin_ui.section(page, "Body")
        boxes = body.get_by_role("textbox")
        number = boxes.count()
        body.get_by_role("button", name="Insert a block").last.click()
        page.get_by_role("option", name="Heading", exact=True).first.click()
        expect(boxes).to_have_count(number + 1)
        boxes.last.fill(text)

    def read(self, page: Page) -> list[str]:
        boxes = admin_ui.section(page, "Body").get_by_role("textbox")
        return [each.input_value() for each in boxes.all()]


KINDS = [Words(), Rows(), Questions(), Blocks()]
WRITTEN = ["first", "second", "third"]


def name_of(edits: Edits) -> str:
    return type(edits).__name__


@pytest.mark.parametrize("edits", KINDS, ids=name_of)
def test_what_is_typed_during_a_save_is_saved_next(editor_page: Page, edits: Edits) -> None:
    page = editor_page
    edits.begin(page)
    saves = HeldSaves(page)
    edits.write(page, "first")
    saves.answer(lambda: edits.write(page, "second"))
    saves.answer(lambda: edits.write(page, "third"))
    saves.answer_all()
    assert edits.read_anew(page) == WRITTEN


@pytest.mark.parametrize("edits", [Questions(), Blocks()], ids=name_of)
def test_what_is_typed_during_a_save_of_a_live_page_is_saved_once(
    publisher_page: Page, edits: Edits
) -> None:
    page = publisher_page
    edits.begin(page)
    edits.write(page, "first")
    admin_ui.wait_until_saved(page)
    address = page.url
    admin_ui.publish(page)
    page.goto(address)
    page.wait_for_function(admin_ui.IS_WATCHING_EDITS)
    saves = HeldSaves(page)
    edits.write(page, "second")
    saves.answer(lambda: edits.write(page, "third"))
    saves.answer_all()
    assert edits.read_anew(page) == WRITTEN


def test_row_that_is_removed_during_its_first_save_stays_away(editor_page: Page) -> None:
    page, rows = editor_page, Rows()
    rows.begin(page)
    saves = HeldSaves(page)
    rows.write(page, "first")
    rows.write(page, "second")
    files = admin_ui.section(page, "Files")
    saves.answer(lambda: files.get_by_role("button", name="Delete").first.click())
    saves.answer_all()
    assert rows.read_anew(page) == ["second"]


def test_file_that_is_uploaded_during_the_save_of_another_is_kept(
    editor_page: Page, tmp_path: Path
) -> None:
    page, scan = editor_page, tmp_path / "scan.pdf"
    scan.write_bytes(pdf_files.scanned())
    title = Rows().begin(page)
    saves = HeldSaves(page)
    admin_ui.upload_document(page, scan, title=f"{title}, first")
    saves.answer(lambda: admin_ui.upload_document(page, scan, title=f"{title}, second"))
    saves.answer_all()
    page.reload()
    expect(admin_ui.section(page, "Files").locator("[data-file-report]")).to_have_count(2)
