"""What staff decide stays decided when the site is slow, and what they type when it lets go."""

import re
from collections.abc import Callable

import pytest
from django.utils.text import slugify
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser import admin_ui
from tests.browser.admin_ui import HOME
from tests.running_demo import Demo

LATENCY = 1_500
SIGNED_OUT = "You are signed out. Sign in in another window"
NewContext = Callable[..., BrowserContext]


@pytest.fixture
def write(editor_page: Page, publisher_page: Page) -> Callable[[str], str]:
    """Give a function that makes a page in a state, opens it for a publisher, and names it."""

    def make(state: str) -> str:
        author = editor_page if state == "submitted" else publisher_page
        title = begin(author)
        address = author.url
        if state == "submitted":
            admin_ui.submit(author)
        if state == "live":
            admin_ui.publish(author)
        publisher_page.goto(address)
        publisher_page.wait_for_function(admin_ui.IS_WATCHING_EDITS)
        return title

    return make


def begin(page: Page) -> str:
    """Write a page as far as its saved draft, and return its title."""
    title = admin_ui.new_title("Our promise")
    admin_ui.begin_page(page, "Text page", below=[HOME], title=title)
    # The address of the page follows the title when the field is left.
    page.keyboard.press("Tab")
    admin_ui.wait_until_saved(page)
    return title


def delay_answers(page: Page) -> None:
    limits = {"offline": False, "latency": LATENCY}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {**limits, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def press(page: Page, name: str) -> None:
    actions = page.get_by_role("navigation", name="Actions (footer)")
    if not actions.get_by_role("button", name=name, exact=True).is_visible():
        actions.get_by_role("button", name="More actions").click()
    actions.get_by_role("button", name=name, exact=True).click()


def publish(page: Page) -> None:
    press(page, "Publish")
    page.locator(".modal-dialog").get_by_role("button", name="Publish").click()


def approve(page: Page) -> None:
    press(page, "Approve and publish")


def approve_with_comment(page: Page) -> None:
    press(page, "Approve with comment and publish")
    comment(page, "Approve")


def request_changes(page: Page) -> None:
    press(page, "Request changes")
    comment(page, "Request changes")


def comment(page: Page, button: str) -> None:
    dialog = page.locator(".modal-dialog")
    dialog.get_by_label("Comment").fill("As we said.")
    dialog.get_by_role("button", name=button).click()


def lock(page: Page) -> None:
    page.get_by_role("button", name="Toggle status").click()
    page.locator("label.switch", has_text="Lock").click()


def unpublish(page: Page) -> None:
    actions = page.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name="More actions").click()
    actions.get_by_role("link", name="Unpublish").click()
    page.get_by_role("button", name="Yes, unpublish it").click()


DECISIONS: dict[Callable[[Page], None], tuple[str, int]] = {
    publish: ("submitted", 200),
    approve: ("submitted", 200),
    approve_with_comment: ("submitted", 200),
    request_changes: ("submitted", 404),
    lock: ("draft", 404),
    unpublish: ("live", 404),
}


@pytest.mark.parametrize("decide", DECISIONS, ids=lambda decide: decide.__name__)
def test_nothing_is_saved_after_a_decision(
    publisher_page: Page,
    new_context: NewContext,
    write: Callable[[str], str],
    decide: Callable[[Page], None],
) -> None:
    state, status = DECISIONS[decide]
    page, title = publisher_page, write(state)
    decided: list[str] = []
    late: list[str] = []

    def note(request: Request) -> None:
        if request.method != "POST" or "/admin/pages/" not in request.url:
            return
        if request.is_navigation_request():
            decided.append(request.url)
        elif decided and request.headers.get("accept") == "application/json":
            late.append(request.url)

    page.on("request", note)
    delay_answers(page)
    if state == "submitted":
        # Typed at the last moment, so that a save waits for its turn when the button is pressed.
        page.get_by_role("textbox", name="Title*", exact=True).press_sequentially("!")
    decide(page)
    page.wait_for_timeout(3 * LATENCY)
    page.wait_for_load_state()
    assert decided
    assert late == []
    answer = new_context().new_page().goto(f"/{slugify(title)}/")
    assert answer
    assert answer.status == status


@pytest.mark.parametrize("button", ["Publish", "Save draft"])
def test_page_whose_first_save_is_late_is_made_once(publisher_page: Page, button: str) -> None:
    page, title = publisher_page, admin_ui.new_title("Our promise")
    is_made = re.compile(r"/admin/pages/add/")

    def answer_late(route: Route) -> None:
        made = route.fetch()
        page.wait_for_timeout(3 * LATENCY)
        route.fulfill(response=made)

    page.route(is_made, lambda r: r.fallback() if r.request.method == "GET" else answer_late(r))
    admin_ui.begin_page(page, "Text page", below=[HOME], title=title)
    with page.expect_request(lambda sent: sent.method == "POST" and "/add/" in sent.url):
        page.keyboard.press("Tab")
    press(page, button)
    done = "has been published" if button == "Publish" else "has been updated"
    expect(page.get_by_role("status")).to_contain_text(done)
    page.goto(f"/admin/pages/search/?q={title.split()[-1]}")
    expect(page.get_by_role("link", name=title, exact=True)).to_have_count(1)


@pytest.mark.parametrize("way", ["by itself", "Save draft"])
def test_who_is_signed_out_is_told_and_loses_nothing(
    new_context: NewContext, demo: Demo, way: str
) -> None:
    context = new_context()
    page = context.new_page()
    admin_ui.sign_in(page, "editor", demo.password)
    title = begin(page)
    cookies = [cookie for cookie in context.cookies() if cookie["name"] != "sessionid"]
    context.clear_cookies()
    context.add_cookies(cookies)  # type: ignore[arg-type]

    page.get_by_role("textbox", name="Title*", exact=True).fill(f"{title} typed")
    if way != "by itself":
        press(page, way)
    expect(page.get_by_text(SIGNED_OUT).first).to_be_visible()
    expect(page.get_by_text("A server error occurred")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Title*", exact=True)).to_have_value(f"{title} typed")

    other = context.new_page()
    admin_ui.sign_in(other, "editor", demo.password)
    other.close()
    press(page, "Save draft")
    expect(page.get_by_role("status")).to_contain_text("has been updated")
    expect(page.get_by_role("textbox", name="Title*", exact=True)).to_have_value(f"{title} typed")
