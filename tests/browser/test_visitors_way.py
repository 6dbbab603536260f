"""The visitor's way in a real browser: from the home page to the guide, whatever the browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser import visiting
from tests.browser.admin_ui import address_of_document
from tests.browser.inbox import messages_to, part_of, wait_for_mail
from tests.browser.keyboard import tab_to
from tests.browser.visiting import GUIDE, GUIDE_ON_CARDS, GUIDE_TITLE, OTHER, OTHER_TITLE
from tests.running_demo import Demo

NewContext = Callable[..., BrowserContext]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_stranger_comes_from_home_to_both_guides(new_context: NewContext, scripts: bool) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Find a guide").click()
    page.get_by_role("link", name=GUIDE_ON_CARDS, exact=True).click()
    visiting.expect_locked(page)
    visiting.fill_in(page, address=visiting.new_address(), name="Zoë", organisation="Atlanta")
    visiting.send(page)
    visiting.expect_unlocked(page)
    assert page.url.partition("#")[0].endswith(GUIDE)
    guide = visiting.download(page)

    page.get_by_role("link", name=OTHER_TITLE).click()
    visiting.expect_unlocked(page)
    other = visiting.download(page)
    assert guide.startswith(b"%PDF-")
    assert other.startswith(b"%PDF-")
    assert guide != other


def test_guides_are_delivered_where_cookies_are_blocked(cookieless_page: Page) -> None:
    page = cookieless_page
    visiting.unlock(page)
    assert visiting.download(page).startswith(b"%PDF-")
    page.get_by_role("link", name=OTHER_TITLE).click()
    visiting.expect_unlocked(page)
    assert visiting.download(page).startswith(b"%PDF-")


def test_guides_are_delivered_when_cookies_are_cleared_on_the_way(page: Page) -> None:
    page.goto(GUIDE)
    visiting.fill_in(page, address=visiting.new_address())
    with page.expect_response(lambda response: response.status == 303) as answer:
        visiting.send(page)
    page.context.clear_cookies()
    page.goto(answer.value.header_value("location") or "")
    visiting.expect_unlocked(page)
    assert visiting.download(page).startswith(b"%PDF-")


def test_no_address_of_the_file_is_a_shortcut(page: Page, publisher_page: Page) -> None:
    visiting.unlock(page)
    addresses = [
        address_of_document(publisher_page, GUIDE_TITLE),
        visiting.download_link(page).get_attribute("href") or "",
    ]
    page.context.clear_cookies()
    for address in addresses:
        page.goto(address)
        assert page.url.endswith(GUIDE)
        visiting.expect_locked(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_errors_keep_what_was_typed_and_lead_to_its_fields(
    new_context: NewContext, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(GUIDE)
    page.get_by_label("Work e-mail").fill("not an address")
    page.get_by_label("Name").fill("Zoë Núñez")
    page.get_by_label("State").select_option("Georgia")
    page.get_by_label("Send me occasional updates").check()
    visiting.send(page)

    summary = visiting.error_summary(page)
    expect(page).to_have_title("Error: " + f"{GUIDE_TITLE} · Equity Officer Collective")
    expect(summary).to_be_in_viewport()
    if scripts:
        expect(summary).to_be_focused()
    expect(page.get_by_label("Work e-mail")).to_have_value("not an address")
    expect(page.get_by_label("Name")).to_have_value("Zoë Núñez")
    expect(page.get_by_label("State")).to_have_value("Georgia")
    expect(page.get_by_label("Send me occasional updates")).to_be_checked()
    for message, label in (("Write an e-mail address", "Work e-mail"), ("Choose an", "Role")):
        summary.get_by_role("link", name=message).click()
        field = page.get_by_label(label)
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(message))
    visiting.fill_in(page, address=visiting.new_address())
    visiting.send(page)
    visiting.expect_unlocked(page)


def test_refreshing_the_unlocked_page_repeats_nothing(
    page: Page, demo: Demo, data_manager_page: Page
) -> None:
    address = visiting.new_address()
    visiting.unlock(page, address=address)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    for _ in range(2):
        page.reload()
        visiting.expect_unlocked(page)
    page.goto("/")
    page.go_back()
    visiting.expect_unlocked(page)
    assert sent == []
    wait_for_mail(address, demo.mail_dir)
    assert len(messages_to(address, demo.mail_dir)) == 1
    data_manager_page.goto(f"/admin/forms_app/submission/?q={address}")
    expect(data_manager_page.get_by_role("row").filter(has_text=address)).to_have_count(1)


def test_returning_visitor_finds_the_guide_open_until_it_is_forgotten(page: Page) -> None:
    visiting.unlock(page)
    returned = page.context.new_page()
    returned.goto(GUIDE)
    visiting.expect_unlocked(returned)
    returned.get_by_role("button", name="Forget this visit").click()
    visiting.expect_locked(returned)
    returned.goto(OTHER)
    visiting.expect_locked(returned)


def test_whole_way_goes_by_keyboard_alone(page: Page) -> None:
    press, write = page.keyboard.press, page.keyboard.type
    page.goto("/")
    tab_to(page, page.get_by_role("link", name="Skip to the content"), at_most=1)
    press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    # Nothing of the header lies between the skip link and the page's first link.
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Find a guide"), at_most=1)
    press("Enter")
    expect(page.get_by_role("heading", level=1, name="Resources")).to_be_visible()
    tab_to(page, page.get_by_role("link", name=GUIDE_ON_CARDS, exact=True))
    press("Enter")

    expect(page.get_by_role("heading", level=1, name=GUIDE_TITLE)).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Open the guide"))
    press("Enter")
    expect(visiting.error_summary(page)).to_be_focused()
    tab_to(page, visiting.error_summary(page).get_by_role("link").first, at_most=1)
    press("Enter")
    expect(page.get_by_label("Work e-mail")).to_be_focused()
    write(visiting.new_address())
    tab_to(page, page.get_by_label("Role"), at_most=1)
    for _ in range(7):
        press("ArrowDown")
    expect(page.get_by_label("Role")).to_have_value("Other leader")
    tab_to(page, page.get_by_label("Name"), at_most=1)
    write("Zoë")
    tab_to(page, page.get_by_label("Send me occasional updates"))
    press("Space")
    expect(page.get_by_label("Send me occasional updates")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Open the guide"))
    press("Enter")

    visiting.expect_unlocked(page)
    # The page comes back at the gate, so the file is the next stop.
    tab_to(page, visiting.download_link(page), at_most=1)
    with page.expect_download() as arriving:
        press("Enter")
    assert arriving.value.path().read_bytes().startswith(b"%PDF-")


def test_mailed_link_opens_the_guide_on_any_device_again_and_again(
    page: Page, new_context: NewContext, demo: Demo
) -> None:
    address = visiting.new_address()
    visiting.unlock(page, address=address)
    message = wait_for_mail(address, demo.mail_dir)
    assert message["Subject"] == f"Your guide: {GUIDE_TITLE}"
    for _ in range(2):
        device = new_context().new_page()
        device.set_content(part_of(message, "html"))
        button = device.get_by_role("link", name=f"Open “{GUIDE_TITLE}”")
        assert (button.get_attribute("href") or "-") in part_of(message, "plain")
        button.click()
        # Looking at the link, as a mail scanner does, opens nothing and spends nothing.
        peek = device.context.new_page()
        peek.goto(GUIDE)
        visiting.expect_locked(peek)
        device.get_by_role("button", name="Open it").click()
        visiting.expect_unlocked(device)
        assert device.url.endswith(GUIDE)
        assert visiting.download(device).startswith(b"%PDF-")


def test_damaged_link_is_refused_with_the_way_to_a_new_one(page: Page) -> None:
    answer = page.goto("/access/WyJub3RoaW5nIl0:1abcde:damaged/")
    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more")
    page.get_by_role("main").get_by_role("link", name="Go to the resources").click()
    page.get_by_role("link", name=GUIDE_ON_CARDS, exact=True).click()
    visiting.expect_locked(page)
