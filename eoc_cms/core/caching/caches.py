"""Caches that may be away or damaged: the site then answers without them, only slower.

Django lets a cache that is down, or one damaged file of it, turn every request into a
server error, although nothing that only a cache holds is needed. `/readyz` tells of it.
"""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class ForgivingCache(BaseCache):
    """Find nothing and keep nothing while the cache behind this one fails.

    What cannot be read as it was written fails in as many ways as there are to write it.
    """

    def add(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        return self._attempt(super().add, (key, value, timeout, version), fallback=True)

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        return self._attempt(super().get, (key, default, version), fallback=default)

    def set(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        self._attempt(super().set, (key, value, timeout, version), fallback=None)

    def touch(
        self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return self._attempt(super().touch, (key, timeout, version), fallback=False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._attempt(super().delete, (key, version), fallback=False)

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._attempt(super().has_key, (key, version), fallback=False)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, object]:
        return self._attempt(super().get_many, (keys, version), fallback={})

    def set_many(
        self,
        data: dict[str, object],
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> list[str]:
        return self._attempt(super().set_many, (data, timeout, version), fallback=list(data))

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        self._attempt(super().delete_many, (keys, version), fallback=None)

    def clear(self) -> None:
        self._attempt(super().clear, (), fallback=None)

    def _attempt(
        self, operate: Callable[..., Answer], given: tuple[object, ...], *, fallback: Answer
    ) -> Answer:
        try:
            return operate(*given)
        except Exception as error:
            # Only the kind of error: its words may repeat an address with a password.
            logger.warning("The cache did not answer: %s", type(error).__name__)
            return fallback


class ForgivingFileCache(ForgivingCache, FileBasedCache):
    """A folder, which may be full or not writable."""


class ForgivingRedisCache(ForgivingCache, RedisCache):
    """Redis or Valkey, which may be restarting or out of reach."""
