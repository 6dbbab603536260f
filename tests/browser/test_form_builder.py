"""Building a form: each question is told by its heading, copied, and inserted where it belongs."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import admin_ui


def headings(page: Page) -> list[str]:
    """Return what stands in each heading behind its number, which counts up."""
    panels = questions(page)
    told = [
        panels.nth(at).locator("[data-panel-heading]").first.inner_text().strip()
        for at in range(panels.count())
    ]
    numbers = [re.findall(r"^Field (\d+)", text) for text in told]
    assert numbers == [[str(at)] for at in range(1, len(told) + 1)]
    return [re.sub(r"^Field \d+: ", "", text) for text in told]


def questions(page: Page) -> Locator:
    fields = admin_ui.section(page, "Fields")
    return fields.get_by_role("region", name=re.compile(r"^Field \d+"))


def test_questions_are_told_copied_and_inserted(publisher_page: Page) -> None:
    page = publisher_page
    title = admin_ui.new_title("Travel")
    admin_ui.begin_page(page, "Form page", below=[admin_ui.HOME], title=title)
    admin_ui.add_field(page, label="Work email", kind="email", required=True)
    admin_ui.add_field(page, label="Role", kind="radio", choices="Head\nOther")
    expect(questions(page)).to_have_count(2)
    assert headings(page) == ["Work email", "Role"]
    first = questions(page).first
    first.get_by_role("button", name="Insert a question after this one").click()
    page.keyboard.type("Name")
    expect(questions(page)).to_have_count(3)
    questions(page).nth(1).get_by_label("Field type").select_option("singleline")
    questions(page).nth(2).get_by_role("button", name="Duplicate this question").click()
    page.keyboard.type("Second role")
    copied = questions(page).nth(3)
    expect(copied.get_by_label("Choices")).to_have_value("Head\nOther")
    expect(copied.get_by_label("Field type")).to_have_value("radio")
    assert headings(page) == ["Work email", "Name", "Role", "Second role"]
    admin_ui.wait_until_saved(page)
    edit = page.url
    admin_ui.publish(page)
    page.goto(edit)
    assert headings(page) == ["Work email", "Name", "Role", "Second role"]
    first = questions(page).first
    first.get_by_role("button", name=re.compile("toggle|Field", re.IGNORECASE)).first.click()
    expect(first.locator("[data-panel-heading]").first).to_contain_text("Work email")


def test_words_between_questions_are_copied_with_their_text(publisher_page: Page) -> None:
    page = publisher_page
    title = admin_ui.new_title("Welcome")
    admin_ui.begin_page(page, "Form page", below=[admin_ui.HOME], title=title)
    admin_ui.add_field(page, label="Before you begin", kind="content")
    first = questions(page).first
    first.get_by_role("textbox", name="Text").click()
    page.keyboard.type("It takes two minutes.")
    first.get_by_role("button", name="Duplicate this question").click()
    expect(questions(page).nth(1)).to_contain_text("It takes two minutes.")
    admin_ui.wait_until_saved(page)
    page.reload()
    expect(questions(page)).to_have_count(2)
    expect(questions(page).nth(1)).to_contain_text("It takes two minutes.")
