"""Going through a page with the Tab key, as people do who use no mouse."""

from playwright.sync_api import Locator, Page, expect

# WCAG 2.2, 2.4.7: whoever uses the keyboard can see where they are. A card shows
# the focus of the link in it, so the outline may be an ancestor's.
SHOWS_FOCUS = """element => {
  for (let shown = element; shown; shown = shown.parentElement) {
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    if (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) return true;
  }
  return false;
}"""
IS_FOCUSED = "element => element === document.activeElement"


def tab_to(page: Page, target: Locator, *, at_most: int = 80) -> None:
    """Press Tab until the target has the focus; every stop on the way must be seen."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        stop = page.locator(":focus")
        expect(stop).to_be_in_viewport()
        assert stop.evaluate(SHOWS_FOCUS), f"no focus is seen on {stop.inner_text()}"
        if target.evaluate(IS_FOCUSED):
            return
    raise AssertionError(f"{at_most} presses of Tab do not lead to {target}")
