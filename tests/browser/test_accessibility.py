"""Every page type, in every state a visitor can meet, under axe: narrow, wide, light and dark."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import visiting
from tests.browser.inbox import part_of, wait_for_mail
from tests.browser.visiting import GUIDE, GUIDE_ON_CARDS, OTHER
from tests.running_demo import Demo

ColorScheme = Literal["light", "dark"]
WIDTHS = [320, 1280]
SCHEMES: list[ColorScheme] = ["light", "dark"]
# The address of each state, and words by which to know it.
STATES = {
    "home": ("/", "Find a guide"),
    "the collective": ("/collective/", "The Collective is launched"),
    "list of resources": ("/resources/", "Members convene in Atlanta"),
    "narrowed list": ("/resources/?topic=communication&access=form", GUIDE_ON_CARDS),
    "list of nothing": ("/resources/?topic=communication&access=open", "No resource has all"),
    "locked guide": (GUIDE, "Work e-mail"),
    "another locked guide": (OTHER, "Work e-mail"),
    "video": ("/resources/atlanta-convening/", "This sample clip has no sound"),
    "form page": ("/contact/", "Send the message"),
    "form page of the guides": ("/get-the-guides/", "Work e-mail"),
    "search without a word": ("/search/", "Search this site"),
    "search with results": ("/search/?q=guide", "results for “guide”"),
    "search without results": ("/search/?q=xyzzy", "Nothing found for “xyzzy”"),
    "privacy": ("/privacy/", "Privacy"),
    "accessibility": ("/accessibility/", "Accessibility"),
    "refused access link": ("/access/damaged/", "This link does not work any more"),
    "link sent again": ("/access/", "Have your link sent again"),
    "link asked for again": ("/access/?sent=1", "Look into your mail"),
    "refused link to consents": ("/your-data/consents/damaged/", "This link opens nothing"),
    "page not found": ("/there-is-no-such-page/", "We cannot find that page"),
}
Check = Callable[[Page], None]


@pytest.fixture
def axe_everywhere(axe: Check) -> Check:
    """Run axe on the page as it stands, at every width and in every colour scheme.

    Nor may it need scrolling in two directions (WCAG 2.2, 1.4.10).
    """

    def check(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            for scheme in SCHEMES:
                # Without motion no colour is caught half way between two schemes.
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                axe(page)

    return check


@pytest.mark.parametrize(("path", "words"), STATES.values(), ids=STATES.keys())
def test_page_breaks_no_rule(page: Page, axe_everywhere: Check, path: str, words: str) -> None:
    page.goto(path)
    expect(page.get_by_role("main")).to_contain_text(words)
    axe_everywhere(page)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_opened_menu_breaks_no_rule(page: Page, axe: Check, scheme: ColorScheme) -> None:
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link")).not_to_have_count(0)
    axe(page)


@pytest.mark.parametrize(
    ("path", "button"), [(GUIDE, "Open the guide"), ("/contact/", "Send the message")]
)
def test_form_with_errors_breaks_no_rule(
    page: Page, axe_everywhere: Check, path: str, button: str
) -> None:
    page.goto(path)
    page.get_by_role("button", name=button).click()
    expect(visiting.error_summary(page)).to_be_visible()
    axe_everywhere(page)


def test_form_sent_from_another_site_breaks_no_rule(
    page: Page, demo: Demo, axe_everywhere: Check
) -> None:
    page.set_content(
        f'<form method="post" action="{demo.url}{GUIDE}"><input name="work_email">'
        "<button>Send</button></form>"
    )
    with page.expect_response(f"**{GUIDE}") as answer:
        page.get_by_role("button").click()
    assert answer.value.status == 403
    expect(page.get_by_role("alert")).to_contain_text("sent from another site")
    axe_everywhere(page)


def test_unlocked_guide_breaks_no_rule(page: Page, axe_everywhere: Check) -> None:
    visiting.unlock(page)
    axe_everywhere(page)


def test_unlocked_guide_without_cookies_breaks_no_rule(
    cookieless_page: Page, axe_everywhere: Check
) -> None:
    visiting.unlock(cookieless_page)
    axe_everywhere(cookieless_page)


def test_guide_of_a_held_answer_breaks_no_rule(page: Page, axe_everywhere: Check) -> None:
    page.goto(GUIDE)
    visiting.fill_in(page, address=visiting.new_address())
    page.locator("[name=website_address]").evaluate("trap => { trap.value = 'filled'; }")
    visiting.send(page)
    expect(page.get_by_role("heading", name="We have your answer")).to_be_visible()
    axe_everywhere(page)


def test_thank_you_page_breaks_no_rule(page: Page, axe_everywhere: Check) -> None:
    page.goto("/contact/")
    page.get_by_label("Name").fill("Zoë")
    page.get_by_label("Work e-mail").fill(visiting.new_address())
    page.get_by_label("Topic").select_option("A question about a guide")
    page.get_by_label("Message").fill("Thank you for the guides.")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_role("main")).to_contain_text("Your receipt number is")
    axe_everywhere(page)


def test_page_of_the_mailed_link_breaks_no_rule(
    page: Page, demo: Demo, axe_everywhere: Check
) -> None:
    address = visiting.new_address()
    visiting.unlock(page, address=address)
    page.set_content(part_of(wait_for_mail(address, demo.mail_dir), "html"))
    page.get_by_role("link", name="Open “").click()
    expect(page.get_by_role("button", name="Open it")).to_be_visible()
    axe_everywhere(page)


def test_page_where_somebody_changes_their_mind_breaks_no_rule(
    page: Page, demo: Demo, axe_everywhere: Check
) -> None:
    address = visiting.new_address()
    page.goto(GUIDE)
    visiting.fill_in(page, address=address)
    page.get_by_label("Send me occasional updates").check()
    visiting.send(page)
    page.set_content(part_of(wait_for_mail(address, demo.mail_dir), "html"))
    page.get_by_role("link", name="Change your mind at any time").click()
    axe_everywhere(page)
    page.get_by_role("button", name="I no longer agree").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("you do not agree to “Updates” any more")
    axe_everywhere(page)
    page.get_by_role("button", name="I agree").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("you agree to “Updates”.")


def test_page_for_what_cannot_be_read_breaks_no_rule(page: Page, axe_everywhere: Check) -> None:
    def send_too_much(route: Route) -> None:
        kind = {"content-type": "application/x-www-form-urlencoded"}
        # More fields than any form of ours can have.
        route.continue_(
            method="POST", headers={**route.request.headers, **kind}, post_data="a=1&" * 10_001
        )

    page.route("**/contact/", send_too_much)
    answer = page.goto("/contact/")
    assert answer is not None
    assert answer.status == 400
    axe_everywhere(page)
