"""What no page may do, watched while a test runs: ask strangers, fail, or break a script."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Request, Response, WebError


@dataclass
class Watch:
    """Follows every request of the contexts it is given, and keeps what went wrong."""

    url: str
    troubles: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> BrowserContext:
        context.on("request", self._note_strangers)
        context.on("response", self._note_server_errors)
        context.on("weberror", self._note_script_errors)
        return context

    def _note_strangers(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:", "about:")):
            self.troubles.append(f"another host was asked: {request.url}")

    def _note_server_errors(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status} {response.request.method} {response.url}")

    def _note_script_errors(self, error: WebError) -> None:
        self.troubles.append(f"a script broke: {error.error}")
