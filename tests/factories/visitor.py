"""A visitor with a browser that has neither scripts nor cookies, but a history."""

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client

REFRESH = 'meta[http-equiv="refresh"]'


class Visitor:
    """Opens pages, fills in what is on them and presses buttons, and can go back and forward.

    Only pages that were fetched with GET can be gone back to: a browser asks before it
    sends a form again.
    """

    def __init__(self, url: str) -> None:
        self.client = Client()
        self.history: list[tuple[str, bool]] = []
        self.place = -1
        self.open(url)

    def open(self, url: str) -> Any:
        self._get(url)
        if refresh := self.page.select_one(f"noscript {REFRESH}"):
            # Takes the place of the page in the history, as browsers have it.
            self._get(urljoin(self.url, str(refresh["content"]).partition("url=")[2]))
        self._remember(is_sent=False)
        return self.response

    def _get(self, url: str) -> None:
        self.url = url
        self.response: Any = self.client.get(url)
        self._follow()

    def _follow(self) -> None:
        while self.response.status_code in {301, 302, 303}:
            self.url = urljoin(self.url, self.response["Location"])
            self.response = self.client.get(self.url)
            self.was_led = True

    def _remember(self, *, is_sent: bool) -> None:
        del self.history[self.place + 1 :]
        self.history.append((self.url, is_sent))
        self.place += 1

    def back(self) -> None:
        self._go(-1)

    def forward(self) -> None:
        self._go(1)

    def reload(self) -> None:
        self._go(0)

    def _go(self, by: int) -> None:
        self.place += by
        url, is_sent = self.history[self.place]
        assert not is_sent, f"the browser asks whether to send the form of {url} again"
        self._get(url)

    @property
    def page(self) -> BeautifulSoup:
        page = BeautifulSoup(self.response.content, "html.parser")
        for waiting in page.find_all("template"):
            waiting.decompose()
        return page

    @property
    def text(self) -> str:
        return " ".join(self.page.text.split())

    @property
    def fields(self) -> dict[str, list[str]]:
        """What the form on the page would send, without its buttons."""
        data: dict[str, list[str]] = {}
        for tag in self.page.select("form.form input, form.form textarea, form.form option"):
            select: Any = tag.find_parent("select") or tag
            if _is_on(tag) and tag.get("type") != "file":
                value = str(tag.get("value", tag.text))
                # As a browser does, without the line end that begins a text area.
                data.setdefault(str(select.get("name")), []).append(value.removeprefix("\n"))
        return data

    @property
    def action(self) -> str:
        form = self.page.select_one("form.form")
        assert form, self.text
        return urljoin(self.url, str(form.get("action") or self.url))

    def press(self, go: str = "", **answers: Any) -> Any:
        """Fill in answers and press a button; return the page that this ends in."""
        return self.send({**self.fields, **answers, **({"form-go": go} if go else {})})

    def send(self, data: dict[str, Any], **options: Any) -> Any:
        self.url = self.action.partition("#")[0]
        self.was_led = False
        self.response = self.client.post(self.url, data, **options)
        self.status = self.response.status_code
        self._follow()
        self._remember(is_sent=not self.was_led)
        return self.response


def _is_on(tag: Tag) -> bool:
    if tag.has_attr("checked") or tag.has_attr("selected"):
        return True
    return tag.get("type") not in {"checkbox", "radio"} and tag.name != "option"
