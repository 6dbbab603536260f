"""What staff do in Wagtail's admin, in the words on its screens."""

import re
import uuid
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page, expect

HOME = "Equity Officer Collective"
IS_WATCHING_EDITS = """() => {
  const form = document.querySelector("[data-edit-form]");
  return wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved")?.initialFormData;
}"""


def sign_in(page: Page, account: str, password: str) -> None:
    """Go through the sign-in page to the admin's home."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(account)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(main_menu(page)).to_be_visible()


def main_menu(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Main menu")


def begin_page(page: Page, kind: str, *, below: list[str], title: str) -> None:
    """Go down the lists of pages from the root, and give a new page there its title."""
    page.goto("/admin/pages/")
    for parent in below:
        page.get_by_role("link", name=f"Explore child pages of '{parent}'").click()
    page.get_by_role("link", name="Add child page", exact=True).first.click()
    page.get_by_role("link", name=re.compile(rf"^{kind} \.")).click()
    expect(page.get_by_role("heading", level=1, name=f"New: {kind}")).to_be_visible()
    # What is typed in a new page's first two seconds does not count as an edit to be saved.
    page.wait_for_function(IS_WATCHING_EDITS)
    page.get_by_role("textbox", name="Title*", exact=True).fill(title)


def new_title(words: str) -> str:
    """Return a title that no other test has used."""
    return f"{words} {uuid.uuid4().hex[:6]}"


def section(page: Page, heading: str) -> Locator:
    """Return the part of the edit form under a heading."""
    return page.get_by_role("region", name=heading, exact=True).first


def upload_document(page: Page, file: Path, *, title: str) -> None:
    """Add a file to a resource by uploading it in the document chooser."""
    section(page, "Files").get_by_role("button", name="Add file").click()
    section(page, "Files").get_by_role("button", name="Choose a document").last.click()
    chooser = _chooser(page, "Choose a document")
    chooser.get_by_role("tab", name="Upload").click()
    chooser.get_by_label("File", exact=False).set_input_files(file)
    chooser.get_by_label("Title").fill(title)
    chooser.get_by_role("button", name="Upload").click()
    expect(chooser).to_have_count(0)
    expect(section(page, "Files")).to_contain_text(title)


def open_video_upload(page: Page) -> Locator:
    """Open the chooser of an uploaded video at its form for a new one."""
    section(page, "Video").get_by_role("button", name="Choose video").click()
    chooser = _chooser(page, "Choose video")
    chooser.get_by_role("tab", name="Upload Video").click()
    return chooser


def upload_video(chooser: Locator, video: Path, captions: Path) -> None:
    """Send a video with its captions from the chooser, under a title made from its name."""
    form = chooser.locator("form.media-upload:visible")
    form.get_by_label("File", exact=False).first.set_input_files(video)
    form.get_by_label("Captions").set_input_files(captions)
    form.get_by_role("button", name="Upload").click()


def write_resource(page: Page, pdf: Path, *, title: str, form: str) -> None:
    """Make a resource with one file behind a form, as far as the saved draft."""
    begin_page(page, "Resource", below=[HOME, "Resources"], title=title)
    page.get_by_role("textbox", name="Summary").fill("How to hear a room before you answer it.")
    upload_document(page, pdf, title=f"{title}, the file")
    choose_gate_form(page, form)
    wait_until_saved(page)


def choose_gate_form(page: Page, title: str) -> None:
    """Find the form in the page chooser by its name; one may be chosen beforehand."""
    gate = section(page, "Gate")
    choose = gate.get_by_role("button", name="Choose a page (Form page)")
    if not choose.is_visible():
        gate.get_by_role("button", name="Actions").click()
        choose = gate.get_by_role("button", name="Choose another page")
    choose.click()
    chooser = _chooser(page, "Choose Form page")
    chooser.get_by_label("Search term").fill(title)
    chooser.get_by_role("link", name=title, exact=True).click()
    expect(chooser).to_have_count(0)
    expect(gate).to_contain_text(title)


def _chooser(page: Page, heading: str) -> Locator:
    dialog = page.locator(".modal-dialog")
    expect(dialog.get_by_role("heading", name=heading)).to_be_visible()
    return dialog


def wait_until_saved(page: Page) -> None:
    """Wait for the draft that Wagtail saves by itself."""
    expect(page.get_by_role("link", name="History")).to_be_visible()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def preview(page: Page, mode: str = "") -> FrameLocator:
    """Look at the page beside its edit form, in one of its preview modes."""
    toggle = page.get_by_role("button", name="Toggle preview")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    # While the page is made anew there are two frames; the one shown has this id.
    shown = page.frame_locator("#w-preview-iframe")
    # A mode chosen before the first preview is there is lost to it.
    expect(shown.get_by_role("heading", level=1)).to_be_visible()
    return preview_as(page, mode) if mode else shown


def preview_as(page: Page, mode: str) -> FrameLocator:
    """Choose another mode of the preview that is open."""
    page.get_by_label("Preview mode").select_option(mode)
    return page.frame_locator("#w-preview-iframe")


def add_field(page: Page, *, label: str, kind: str, required: bool = False, **more: str) -> None:
    """Add a field with Wagtail's form builder; the first one is there from the start."""
    fields = section(page, "Fields")
    panels = fields.get_by_role("region", name=re.compile(r"^Field \d+"))
    if panels.last.get_by_label("Label").input_value():
        number = panels.count()
        fields.get_by_role("button", name="Add field").click()
        expect(panels).to_have_count(number + 1)
    field = panels.last
    field.get_by_label("Label").fill(label)
    field.get_by_label("Field type").select_option(kind)
    field.get_by_label("Required").set_checked(required)
    for name, text in more.items():
        field.get_by_label(name.replace("_", " ").capitalize()).fill(text)


def submit(page: Page) -> None:
    """Send the page to a publisher."""
    actions = page.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name="More actions").click()
    actions.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_role("status").first).to_contain_text("has been submitted for approval")


def publish(page: Page) -> None:
    """Put a page up at once, as publishers may."""
    actions = page.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name="More actions").click()
    actions.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(re.compile("published|updated"))


def approve(page: Page, title: str) -> None:
    """Approve a page that awaits it on the admin's home."""
    page.goto("/admin/")
    waiting = section(page, "Awaiting your approval").get_by_role("row")
    row = waiting.filter(has=page.get_by_role("link", name=title, exact=True))
    row.get_by_role("button", name="Actions").click()
    with page.expect_response("**/workflow/action/**"):
        row.get_by_role("button", name="Approve", exact=True).click()
    expect(row).to_have_count(0)
    expect(page.get_by_role("status").first).to_contain_text(
        f"“{title}” is approved and published."
    )


def address_of_document(page: Page, title: str) -> str:
    """Return the address under which Wagtail itself would serve a file."""
    page.goto("/admin/documents/")
    page.get_by_role("textbox", name="Search term").fill(title)
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=title, exact=True))
    address = row.locator("a[href^='/documents/']").get_attribute("href")
    assert address
    return address


def make_code(page: Page, *, opens: list[str]) -> str:
    """Make a code for members that opens resources, and return it as it is told to them."""
    page.goto("/admin/resources/cohortcode/create/")
    page.get_by_role("textbox", name="Name").fill(new_title("Members"))
    for title in opens:
        page.get_by_label(title).check()
    page.get_by_role("textbox", name="Until").fill("2099-01-01 12:00")
    page.get_by_role("button", name="Save").click()
    return page.get_by_text(re.compile(r"^\w{4}(-\w{4}){3}$")).inner_text()
