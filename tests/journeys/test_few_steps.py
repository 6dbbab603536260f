"""From an empty cookie jar to the file in few steps, and back again in fewer."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client

from resources.models import Download, Grant

GUIDE = "/resources/empowering-equity-officers/"
OTHER = "/resources/roadmap-for-the-first-few-years/"
MOST_REQUIRED = 2


@dataclass
class Reader:
    """Somebody who has only what the pages show: fills in what is required, and presses."""

    client: Client = field(default_factory=Client)
    posts: int = 0
    clicks: int = 0
    answer: Any = None

    def open(self, address: str) -> None:
        """Go to a page and where it leads, as a browser does by itself."""
        self.answer = self.client.get(address)
        while self.answer.status_code in {301, 302, 303}:
            self.answer = self.client.get(self.answer["Location"])

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.answer.content, "html.parser")

    @property
    def required(self) -> list[Tag]:
        """The fields that are not said to be optional."""
        fields = self.page.select("main form[method=post] .field")
        asked = [field for field in fields if "(optional)" not in field.get_text()]
        return [field.select_one("input, select, textarea") or field for field in asked]

    def send(self) -> None:
        """Answer what is required, and nothing else."""
        answers = {str(asked["name"]): _answer_to(asked) for asked in self.required}
        form = self.page.select_one("main form[method=post]")
        assert form
        self.posts += 1
        address = urljoin(self.answer.request["PATH_INFO"], str(form.get("action", "")))
        sent = self.client.post(address.partition("#")[0], answers)
        assert sent.status_code == 303
        self.open(sent["Location"])

    def click_download(self) -> bytes:
        link = self.page.select_one("a[href^='/download/']")
        assert link
        self.clicks += 1
        self.open(str(link["href"]))
        return bytes(self.answer.getvalue())


def _answer_to(asked: Tag) -> str:
    if asked.name == "select":
        return str(asked.select("option[value]:not([value=''])")[-1]["value"])
    return "ana@example.org" if asked["type"] == "email" else "Ana"


def test_stranger_has_the_file_after_two_answers_and_one_click(demo: str) -> None:
    reader = Reader()
    reader.open(GUIDE)
    assert not reader.client.cookies
    assert 1 <= len(reader.required) <= MOST_REQUIRED
    reader.send()
    assert reader.click_download().startswith(b"%PDF-")
    assert (reader.posts, reader.clicks) == (1, 1)
    assert Download.objects.count() == 1


def test_returning_visitor_has_any_guide_after_one_click(demo: str) -> None:
    reader = Reader()
    reader.open(GUIDE)
    reader.send()
    for address in (GUIDE, OTHER):
        returned = Reader(client=reader.client)
        returned.open(address)
        assert returned.required == []
        assert returned.click_download().startswith(b"%PDF-")
        assert (returned.posts, returned.clicks) == (0, 1)
    assert Grant.objects.count() == 1


def test_browser_without_cookies_needs_no_step_more(demo: str) -> None:
    class Forgetful(Client):
        """Keeps no cookie, as a browser whose owner has blocked them."""

        def request(self, **request: Any) -> Any:
            self.cookies.clear()
            return super().request(**request)

    reader = Reader(client=Forgetful())
    reader.open(GUIDE)
    reader.send()
    assert reader.click_download().startswith(b"%PDF-")
    assert (reader.posts, reader.clicks) == (1, 1)


def test_address_of_the_file_leads_to_the_form_and_on_to_the_file(demo: str) -> None:
    """Whoever was sent the file's own address is no further away than anybody else."""
    known = Reader()
    known.open(GUIDE)
    known.send()
    link = known.page.select_one("a[href^='/download/']")
    assert link
    reader = Reader()
    reader.open(str(link["href"]))
    assert reader.answer.request["PATH_INFO"] == GUIDE
    reader.send()
    assert reader.click_download().startswith(b"%PDF-")
    assert (reader.posts, reader.clicks) == (1, 1)
