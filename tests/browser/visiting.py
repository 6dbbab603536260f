"""What visitors do on the site, in the words of its pages."""

import uuid
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

GUIDE = "/resources/empowering-equity-officers/"
GUIDE_TITLE = "Empowering Equity Officers: Overcoming Pushback and Setbacks"
GUIDE_ON_CARDS = "Empowering Equity Officers"
OTHER = "/resources/roadmap-for-the-first-few-years/"
OTHER_TITLE = "The Equity Officer: A Roadmap for the First Few Years"


def new_address() -> str:
    """Return an e-mail address that no other test has used."""
    return f"visitor-{uuid.uuid4().hex[:10]}@example.org"


def fill_in(page: Page, *, address: str, **answers: str) -> None:
    """Fill in the guides' form: what it requires, and further answers by field name."""
    page.get_by_label("Work e-mail").fill(address)
    page.get_by_label("Role").select_option("Other leader")
    for name, answer in answers.items():
        page.locator(f"[name={name}]").fill(answer)


def send(page: Page) -> None:
    page.get_by_role("button", name="Open the guide").click()


def unlock(page: Page, *, address: str = "", path: str = GUIDE) -> None:
    """Take a stranger from a locked guide to the unlocked one."""
    page.goto(path)
    fill_in(page, address=address or new_address())
    send(page)
    expect_unlocked(page)


def expect_unlocked(page: Page) -> None:
    expect(download_link(page)).to_be_visible()
    expect(page.get_by_label("Work e-mail")).to_have_count(0)


def expect_locked(page: Page) -> None:
    expect(page.get_by_role("button", name="Open the guide")).to_be_visible()
    expect(page.locator("a[href*='/download/'], a[href*='/documents/']")).to_have_count(0)


def download_link(page: Page) -> Locator:
    return page.get_by_role("link", name="Download the guide")


def download(page: Page) -> bytes:
    """Press the download link; return the file as it arrived."""
    with page.expect_download() as arriving:
        download_link(page).click()
    assert arriving.value.suggested_filename.endswith(".pdf")
    return Path(arriving.value.path()).read_bytes()


def error_summary(page: Page) -> Locator:
    return page.get_by_role("alert").filter(has=page.get_by_text("There is a problem"))
