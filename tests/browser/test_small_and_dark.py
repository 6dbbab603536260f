"""All that a visitor does at the gate on a small dark screen, with nothing but a keyboard."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.text import slugify
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import admin_ui, visiting
from tests.browser.inbox import part_of, wait_for_mail
from tests.browser.keyboard import tab_to
from tests.browser.visiting import GUIDE, GUIDE_TITLE, OTHER_TITLE
from tests.running_demo import Demo

WIDTH = 320
DARKEST = 60  # of 255, in any of the three colours
BACKGROUND = "getComputedStyle(document.body).backgroundColor"

NewContext = Callable[..., BrowserContext]
Look = Callable[[], None]


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """Give a page as small as WCAG asks for, in the dark scheme."""
    return new_context(
        viewport={"width": WIDTH, "height": 640}, color_scheme="dark", reduced_motion="reduce"
    ).new_page()


@pytest.fixture
def look(phone: Page, axe: Callable[[Page], None]) -> Look:
    """Fail when the page as it stands is too wide, not dark, or breaks a rule of axe."""

    def check() -> None:
        assert phone.evaluate("document.documentElement.scrollWidth") <= WIDTH
        colour = [int(part) for part in re.findall(r"\d+", phone.evaluate(BACKGROUND))[:3]]
        assert max(colour) <= DARKEST, colour
        axe(phone)

    return check


@pytest.fixture
def code(data_manager_page: Page) -> str:
    return admin_ui.make_code(data_manager_page, opens=[GUIDE_TITLE, OTHER_TITLE])


@pytest.fixture
def guide_by_mail(publisher_page: Page, pdf: Path) -> str:
    """Publish a guide whose files come only by the link in the mail; give its address."""
    page, form, title = publisher_page, *map(admin_ui.new_title, ("By mail", "Hearing mail"))
    admin_ui.begin_page(page, "Form page", below=[admin_ui.HOME], title=form)
    admin_ui.add_field(page, label="Your e-mail", kind="Email", required=True)
    page.get_by_label("How the files arrive").select_option(label="Only by the link in the mail")
    admin_ui.wait_until_saved(page)
    admin_ui.publish(page)
    admin_ui.write_resource(page, pdf, title=title, form=form)
    admin_ui.publish(page)
    return f"/resources/{slugify(title)}/"


def press(page: Page, target: Locator, *, at_most: int = 80) -> None:
    tab_to(page, target, at_most=at_most)
    page.keyboard.press("Enter")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=name)


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_role("textbox", name=label))
    page.keyboard.type(text)


def go_to_first_error(page: Page) -> None:
    summary = visiting.error_summary(page)
    expect(summary).to_be_focused()
    press(page, summary.get_by_role("link").first, at_most=1)


def download(page: Page) -> bytes:
    visiting.expect_unlocked(page)
    tab_to(page, visiting.download_link(page))
    with page.expect_download() as arriving:
        page.keyboard.press("Enter")
    return arriving.value.path().read_bytes()


def open_mailed_link(page: Page, demo: Demo, address: str, *, number: int = 1) -> None:
    page.set_content(part_of(wait_for_mail(address, demo.mail_dir, number=number), "html"))
    press(page, page.get_by_role("link", name="Open “"))
    expect(button(page, "Open it")).to_be_visible()


def test_form_error_unlocked_page_and_file(phone: Page, look: Look) -> None:
    phone.goto(GUIDE)
    look()
    press(phone, button(phone, "Open the guide"))
    expect(visiting.error_summary(phone)).to_be_focused()
    look()
    go_to_first_error(phone)
    expect(phone.get_by_label("Work e-mail")).to_be_focused()
    phone.keyboard.type(visiting.new_address())
    tab_to(phone, phone.get_by_label("Role"), at_most=1)
    phone.keyboard.press("ArrowDown")
    press(phone, button(phone, "Open the guide"))
    visiting.expect_unlocked(phone)
    look()
    assert download(phone).startswith(b"%PDF-")
    press(phone, button(phone, "Forget this visit"))
    visiting.expect_locked(phone)
    look()


def test_link_asked_for_again(phone: Page, look: Look, demo: Demo, page: Page) -> None:
    address = visiting.new_address()
    visiting.unlock(page, address=address)
    phone.goto(GUIDE)
    press(phone, phone.get_by_role("link", name="Have the link sent again"))
    expect(phone.get_by_role("main")).to_contain_text(GUIDE_TITLE)
    look()
    press(phone, button(phone, "Send me the link"))
    expect(visiting.error_summary(phone)).to_be_focused()
    look()
    go_to_first_error(phone)
    phone.keyboard.type(address)
    press(phone, button(phone, "Send me the link"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    look()

    open_mailed_link(phone, demo, address, number=2)
    look()
    with phone.expect_request(lambda request: request.method == "POST") as sent:
        press(phone, button(phone, "Open it"))
    visiting.expect_unlocked(phone)
    assert download(phone).startswith(b"%PDF-")
    # What an older browser has to go by, and no word of the link that is the key.
    headers = sent.value.all_headers()
    assert headers["origin"] == demo.url
    assert headers.get("referer", f"{demo.url}/") == f"{demo.url}/"


def test_code_mistyped_and_taken(phone: Page, look: Look, code: str) -> None:
    phone.goto("/code/")
    look()
    write(phone, "Code", "K7QM-0000-0000-0000")
    press(phone, button(phone, "Open"))
    expect(visiting.error_summary(phone)).to_contain_text("This code opens nothing")
    look()
    go_to_first_error(phone)
    phone.keyboard.press("ControlOrMeta+a")
    phone.keyboard.type(code.lower().replace("-", " "))
    press(phone, button(phone, "Open"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Open to you now")
    look()
    press(phone, phone.get_by_role("link", name=OTHER_TITLE))
    visiting.expect_unlocked(phone)
    look()
    assert download(phone).startswith(b"%PDF-")


def test_code_followed_as_a_link(phone: Page, look: Look, code: str) -> None:
    phone.goto(f"/code/{code}/")
    look()
    press(phone, button(phone, "Open"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Open to you now")
    press(phone, phone.get_by_role("link", name=GUIDE_TITLE))
    assert download(phone).startswith(b"%PDF-")


def test_files_that_come_only_by_mail(
    phone: Page, look: Look, demo: Demo, guide_by_mail: str
) -> None:
    address = visiting.new_address()
    phone.goto(guide_by_mail)
    look()
    write(phone, "Your e-mail", address)
    press(phone, phone.locator("#access").get_by_role("button"))
    expect(phone.get_by_role("heading", name="Look into your mail")).to_be_visible()
    expect(phone.locator("a[href*='/download/']")).to_have_count(0)
    look()
    open_mailed_link(phone, demo, address)
    press(phone, button(phone, "Open it"))
    visiting.expect_unlocked(phone)
    look()
    assert download(phone).startswith(b"%PDF-")


# --- The same two ways in where a browser gives less --------------------------------------


def without_scripts(new_context: NewContext) -> Page:
    return new_context(java_script_enabled=False).new_page()


def open_code(page: Page, code: str) -> None:
    page.goto("/code/")
    page.get_by_role("textbox", name="Code").fill("mistyped")
    button(page, "Open").click()
    expect(visiting.error_summary(page)).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(code)
    button(page, "Open").click()
    for title in (GUIDE_TITLE, OTHER_TITLE):
        expect(page.get_by_role("heading", level=1)).to_have_text("Open to you now")
        page.get_by_role("link", name=title).click()
        assert visiting.download(page).startswith(b"%PDF-")
        page.go_back()


def open_link(page: Page, demo: Demo, address: str) -> None:
    link = re.search(r"/access/\S+", part_of(wait_for_mail(address, demo.mail_dir), "plain"))
    assert link
    page.goto(link[0])
    button(page, "Open it").click()
    assert visiting.download(page).startswith(b"%PDF-")
    page.get_by_role("link", name=OTHER_TITLE).click()
    assert visiting.download(page).startswith(b"%PDF-")


def test_code_opens_where_scripts_are_off(new_context: NewContext, code: str) -> None:
    open_code(without_scripts(new_context), code)


def test_code_opens_where_cookies_are_blocked(cookieless_page: Page, code: str) -> None:
    open_code(cookieless_page, code)


def test_mailed_link_opens_where_scripts_are_off(
    new_context: NewContext, page: Page, demo: Demo
) -> None:
    address = visiting.new_address()
    visiting.unlock(page, address=address)
    open_link(without_scripts(new_context), demo, address)


def test_mailed_link_opens_where_cookies_are_blocked(
    cookieless_page: Page, page: Page, demo: Demo
) -> None:
    address = visiting.new_address()
    visiting.unlock(page, address=address)
    open_link(cookieless_page, demo, address)
