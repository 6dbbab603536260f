"""People who come to the site through one cache, each with a browser of their own."""

from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from tests.journeys.shared_cache import Answer, Headers, SharedCache

FORM = "application/x-www-form-urlencoded"


def origin(method: str, address: str, headers: Headers, body: str) -> Answer:
    """Ask this process's site, which has only what the request carries to know anybody by."""
    client = Client(raise_request_exception=False)
    kind = headers.get("content-type", "text/plain")
    response: Any = client.generic(method, address, body, content_type=kind, headers=dict(headers))
    return Answer(
        status=response.status_code,
        headers={name.lower(): value for name, value in response.items()},
        body=b"".join(response) if response.streaming else response.content,
        cookies=tuple(morsel.OutputString() for morsel in response.cookies.values()),
    )


class Visitor:
    """Keeps cookies as a browser does, and counts what it sends."""

    def __init__(self, cache: SharedCache) -> None:
        self.cache = cache
        self.cookies: dict[str, str] = {}
        self.posts = 0

    @property
    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"accept-encoding": "identity", **({"cookie": cookies} if cookies else {})}

    def get(self, address: str, method: str = "GET", **more: str) -> Answer:
        """Ask once; a redirect is not followed."""
        return self._keep_cookies(self.cache.send(method, address, {**self.headers, **more}))

    def post(self, address: str, answers: dict[str, str]) -> Answer:
        self.posts += 1
        headers = {**self.headers, "content-type": FORM, "sec-fetch-site": "same-origin"}
        return self._keep_cookies(self.cache.send("POST", address, headers, urlencode(answers)))

    def follow(self, answer: Answer) -> Answer:
        """Go where redirects lead."""
        while 300 <= answer.status < 400 and "location" in answer.headers:
            answer = self.get(answer.headers["location"].removeprefix("http://testserver"))
        return answer

    def visit(self, address: str) -> Answer:
        return self.follow(self.get(address))

    def _keep_cookies(self, answer: Answer) -> Answer:
        for header in answer.cookies:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0" or not morsel.value:
                    del self.cookies[name]
        return answer
