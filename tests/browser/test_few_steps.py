"""The clicks and answers that a guide costs, counted in a real browser by the browser itself."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser import visiting
from tests.browser.visiting import GUIDE, OTHER

# A click of the mouse has a number; what Enter presses has none.
COUNT_CLICKS = """addEventListener("click", event => {
  if (event.isTrusted && event.detail > 0) window.noteClick();
}, true);"""

NewContext = Callable[..., BrowserContext]


class Tally:
    """What a visitor has done in a browser so far."""

    def __init__(self, context: BrowserContext) -> None:
        self.clicks = 0
        self.posts: list[str] = []
        context.expose_function("noteClick", self._note_click)
        context.add_init_script(COUNT_CLICKS)
        context.on("request", self._note_post)

    def _note_click(self) -> None:
        self.clicks += 1

    def _note_post(self, request: Request) -> None:
        if request.method == "POST":
            self.posts.append(request.url)


def required_fields(page: Page) -> int:
    asked = page.get_by_role("main").locator(".field")
    return asked.filter(has_not_text="(optional)").count()


def test_stranger_has_the_guide_after_one_click(new_context: NewContext) -> None:
    context = new_context()
    tally, page = Tally(context), context.new_page()
    page.goto(GUIDE)
    assert context.cookies() == []
    assert 1 <= required_fields(page) <= 2
    page.get_by_label("Role").select_option("Other leader")
    page.get_by_label("Work e-mail").fill(visiting.new_address())
    page.keyboard.press("Enter")
    visiting.expect_unlocked(page)
    assert visiting.download(page).startswith(b"%PDF-")
    assert (len(tally.posts), tally.clicks) == (1, 1), tally.posts


def test_returning_visitor_has_every_guide_after_one_click(new_context: NewContext) -> None:
    context = new_context()
    visiting.unlock(context.new_page())
    for address in (GUIDE, OTHER):
        returned = new_context(storage_state=context.storage_state())
        tally, page = Tally(returned), returned.new_page()
        page.goto(address)
        assert required_fields(page) == 0
        expect(page.get_by_role("main").get_by_role("textbox")).to_have_count(0)
        assert visiting.download(page).startswith(b"%PDF-")
        assert (tally.posts, tally.clicks) == ([], 1)
