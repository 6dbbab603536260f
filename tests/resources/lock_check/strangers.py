"""Ask this process's site as the lock check asks the running one."""

from collections.abc import Mapping
from typing import Any

from django.test import Client

from resources.lock_check import stranger
from resources.lock_check.stranger import Answer


class ClientStranger:
    """Asks this process's site, as the real one asks over the network."""

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        client = Client(raise_request_exception=False)
        sent = {"User-Agent": stranger.USER_AGENT, **(headers or {})}
        response: Any = client.generic(method, path, headers=sent)
        body = b"".join(response) if response.streaming else response.content
        named = {name.lower(): value for name, value in response.items()}
        cookies = "; ".join(morsel.OutputString() for morsel in response.cookies.values())
        return Answer(response.status_code, {**named, "set-cookie": cookies}, body)
