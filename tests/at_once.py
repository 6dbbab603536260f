"""Have many threads do the same at the same time, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Answer = TypeVar("Answer")


def at_once(act: Callable[[int], Answer], *, times: int) -> list[Answer]:
    """Return what each came back with; a test that calls this commits (`transactional_db`)."""

    def one(number: int) -> Answer:
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
