"""Questions that follow an answer, and forms in steps: with scripts and without."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.processes import clean_environment
from tests.running_demo import PROJECT_DIR, Demo

# What an editor builds by hand; run once against the demo's own data.
BUILD = """
from forms_app.models import FormField, FormPage
from home.models import HomePage
from resources.models import ResourceIndexPage, ResourcePage

ROLE = dict(label="Role", field_type="radio", required=True, choices="Principal\\nOther leader")
WHICH = dict(label="Which role?", field_type="singleline", required=True,
             show_if="role", show_if_value="Other leader")
EMAIL = dict(label="E-mail", field_type="email", required=True, width="half")
CITY = dict(label="City", field_type="singleline", width="half")
PLAN = dict(label="Plan", field_type="file", required=True)
WORDS = dict(label="Before you send", field_type="content", content="<p>No names of pupils.</p>")
NEXT = dict(label="Your school", field_type="step")

for slug, fields in {
    "one-page": (ROLE, WHICH, EMAIL, CITY, WORDS),
    "three-pages": (ROLE, WHICH, NEXT, EMAIL, CITY, WORDS, PLAN),
}.items():
    page = FormPage(title=slug, slug=slug)
    page.form_fields = [FormField(sort_order=n, **field) for n, field in enumerate(fields)]
    HomePage.objects.get().add_child(instance=page).save_revision().publish()
    guide = ResourcePage(title="Behind " + slug, slug=slug, gate_mode="form", gate_form=page)
    ResourceIndexPage.objects.get().add_child(instance=guide).save_revision().publish()
"""
# Rings and words of a gate that cover each other.
CROSSED = """() => {
  const boxes = (of) => [...document.querySelectorAll(of)].map((e) => e.getBoundingClientRect());
  const words = boxes(".gate__offer > *");
  const isAcross = (a, b) => a.left < b.right && b.left < a.right;
  const isBeside = (a, b) => a.top < b.bottom && b.top < a.bottom;
  return boxes(".gate .motif circle").filter(
    (ring) => ring.width && words.some((box) => isAcross(ring, box) && isBeside(ring, box)),
  );
}"""


@pytest.fixture(scope="session", autouse=True)
def _forms(demo: Demo) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", BUILD],
        cwd=PROJECT_DIR,
        env={**clean_environment(), "DATA_DIR": str(demo.data_dir)},
        check=True,
        capture_output=True,
    )


@pytest.fixture
def plain_page(new_context: Callable[..., BrowserContext]) -> Page:
    """Give a page of a browser that runs no scripts."""
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"%PDF-1.7 the plan")
    return file


def which(page: Page) -> Locator:
    return page.get_by_label("Which role?")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def expect_no_rule_broken(page: Page, axe: Callable[[Page], None]) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.emulate_media(
            color_scheme="dark" if width == 320 else "light", reduced_motion="reduce"
        )
        axe(page)


def test_question_comes_and_goes_with_its_answer(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/one-page/")
    expect(which(page)).to_have_count(0)
    page.get_by_label("Other leader").check()
    which(page).fill("Coach")
    # Next in order after the answer that calls for it, also for the keyboard.
    page.get_by_label("Other leader").focus()
    page.keyboard.press("Tab")
    expect(which(page)).to_be_focused()
    expect_no_rule_broken(page, axe)
    page.get_by_label("Principal").check()
    expect(which(page)).to_have_count(0)
    page.get_by_label("Other leader").check()
    expect(which(page)).to_have_value("Coach")
    page.get_by_label("E-mail").fill("ana@example.org")
    press(page, "Send")
    expect(page.get_by_role("main")).to_contain_text("Your receipt number is")


def test_question_that_is_taken_away_is_not_required(page: Page) -> None:
    page.goto("/one-page/")
    page.get_by_label("Other leader").check()
    expect(which(page)).to_be_visible()
    page.get_by_label("Principal").check()
    page.get_by_label("E-mail").fill("bo@example.org")
    press(page, "Send")
    expect(page.get_by_role("main")).to_contain_text("Your receipt number is")


def test_without_scripts_the_server_asks(plain_page: Page) -> None:
    page = plain_page
    page.goto("/one-page/")
    page.get_by_label("Other leader").check()
    page.get_by_label("E-mail").fill("cy@example.org")
    press(page, "Send")
    expect(page.get_by_role("status")).to_contain_text("One more question")
    expect(page.get_by_label("E-mail")).to_have_value("cy@example.org")
    page.get_by_role("link", name="Which role?").click()
    which(page).fill("Coach")
    press(page, "Send")
    expect(page.get_by_role("main")).to_contain_text("Your receipt number is")


def test_half_fields_stand_side_by_side_where_there_is_room(page: Page) -> None:
    page.goto("/one-page/")
    for width, is_beside in ((1280, True), (640, True), (360, False)):
        page.set_viewport_size({"width": width, "height": 900})
        left = page.get_by_label("E-mail").bounding_box()
        right = page.get_by_label("City").bounding_box()
        assert left
        assert right
        assert (abs(left["y"] - right["y"]) < 1) is is_beside


@pytest.mark.parametrize("slug", ["one-page", "three-pages"])
def test_rings_of_a_gate_lie_behind_none_of_its_words(page: Page, slug: str) -> None:
    page.goto(f"/resources/{slug}/")
    for width in (1000, 1280, 1900):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(".gate .motif")).to_be_visible()
        assert page.evaluate(CROSSED) == []


def test_new_step_takes_the_focus(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/three-pages/")
    expect_no_rule_broken(page, axe)
    page.get_by_label("Principal").check()
    press(page, "Continue")
    title = page.get_by_role("heading", name="Step 2 of 3: Your school")
    expect(title).to_be_focused()
    expect_no_rule_broken(page, axe)
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_be_focused()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_steps_lead_to_the_review_and_lose_nothing(
    page: Page, plain_page: Page, axe: Callable[[Page], None], plan: Path, has_scripts: bool
) -> None:
    page = page if has_scripts else plain_page
    page.goto("/three-pages/")
    page.get_by_label("Principal").check()
    press(page, "Continue")
    page.get_by_label("Plan").set_input_files(plan)
    press(page, "Continue")
    # An error in another field; the chosen file is still there.
    expect(page.get_by_role("alert")).to_contain_text("Fill in “E-mail”.")
    expect(page.get_by_text("plan.pdf")).to_be_visible()
    press(page, "Back")
    expect(page.get_by_label("Principal")).to_be_checked()
    press(page, "Continue")
    page.get_by_label("E-mail").fill("dee@example.org")
    press(page, "Continue")
    review = page.get_by_role("main")
    for words in ("Principal", "dee@example.org", "plan.pdf", "Not answered"):
        expect(review.get_by_text(words).first).to_be_visible()
    if has_scripts:
        expect_no_rule_broken(page, axe)
    page.get_by_role("button", name="Change Your school").click()
    page.get_by_label("City").fill("Atlanta")
    press(page, "Continue")
    expect(review.get_by_text("Atlanta")).to_be_visible()
    assert page.context.cookies() == []
    press(page, "Send")
    expect(page.get_by_role("main")).to_contain_text("Your receipt number is")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("at", ["/three-pages/", "/resources/three-pages/"], ids=["form", "guide"])
def test_back_forward_and_reload_lead_to_what_was_typed(
    page: Page, plain_page: Page, plan: Path, at: str, has_scripts: bool
) -> None:
    page = page if has_scripts else plain_page
    page.goto(at)
    page.get_by_label("Principal").check()
    press(page, "Continue")
    page.get_by_label("E-mail").fill("dee@example.org")
    page.get_by_label("Plan").set_input_files(plan)
    press(page, "Continue")
    review = page.get_by_role("heading", name="Check and send")
    expect(review).to_be_visible()
    for _time in range(2):
        page.go_back()
        expect(page.get_by_label("E-mail")).to_have_value("dee@example.org")
        expect(page.get_by_text("plan.pdf")).to_be_visible()
        page.go_back()
        expect(page.get_by_label("Principal")).to_be_checked()
        page.go_forward()
        page.reload()
        expect(page.get_by_label("E-mail")).to_have_value("dee@example.org")
        page.go_forward()
        page.reload()
        expect(review).to_be_visible()
        expect(page.get_by_text("dee@example.org")).to_be_visible()
    page.go_back()
    page.get_by_label("E-mail").fill("zoe@example.org")
    press(page, "Continue")
    expect(page.get_by_text("zoe@example.org")).to_be_visible()
    press(page, "Send")
    expect(review).to_be_hidden()
    # What was sent is not sent again, wherever one goes back to.
    page.go_back()
    expect(page.get_by_role("button", name="Send")).to_be_hidden()


def test_steps_can_be_gone_on_with_on_another_tab(page: Page) -> None:
    page.goto("/three-pages/")
    page.get_by_label("Principal").check()
    press(page, "Continue")
    expect(page.get_by_label("E-mail")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_label("E-mail")).to_be_visible()
    other.get_by_role("button", name="Back", exact=True).click()
    expect(other.get_by_label("Principal")).to_be_checked()
