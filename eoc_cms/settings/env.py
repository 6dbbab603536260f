"""The only reader of the process environment.

Every setting that differs between machines is a typed attribute here, so that
one page lists them all and a wrong value stops the start with one plain
sentence instead of failing later inside a request. No sentence repeats a value
that may hold a password.
"""

import ipaddress
import os
import zoneinfo
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ

from eoc_cms.settings.errors import SettingError as SettingError
from eoc_cms.settings.s3 import Buckets, read_buckets

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent

IN_MEMORY = "sqlite://:memory:"  # for checks that need no data
DATABASES = {"postgres", "postgresql", "sqlite"}
CACHES = {"redis", "rediss", "valkey", "valkeys"}
MAILS = {"smtp", "smtp+tls", "smtp+ssl", "smtps", "consolemail"}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SENDFILES = ("python", "nginx", "s3")
BOOLEANS = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the environment says, checked and typed; see docs/settings.md.

    What holds a password is left out where this is printed, as on a debug page.
    """

    secret_key: str = field(repr=False)
    allowed_hosts: list[str]
    site_url: str
    data_dir: Path
    database: dict[str, Any] = field(repr=False)
    cache: dict[str, object] = field(repr=False)
    has_shared_cache: bool
    email: dict[str, object] = field(repr=False)
    default_from_email: str
    log_level: str
    time_zone: str
    trusted_proxies: int
    serve_media: bool
    sendfile: str
    buckets: Buckets
    max_document_mb: int
    max_upload_mb: int
    web_concurrency: int
    demo_password: str = field(repr=False)

    @property
    def is_https(self) -> bool:
        return urlsplit(self.site_url).scheme == "https"

    @property
    def is_loopback(self) -> bool:
        host = urlsplit(self.site_url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def read_environment() -> Environment:
    """Read and check the environment.

    Raises SettingError, naming the variable, when a value cannot be used. A variable that
    is set to nothing counts as not set.
    """
    data_dir, buckets = _data_dir(), read_buckets(_text)
    return Environment(
        secret_key=_text("SECRET_KEY"),
        allowed_hosts=_texts("ALLOWED_HOSTS"),
        site_url=_site_url(),
        data_dir=data_dir,
        database=_database(data_dir),
        cache=_cache(data_dir),
        has_shared_cache=bool(_text("CACHE_URL")),
        email=_email(data_dir),
        default_from_email=_sender(),
        log_level=_choice("LOG_LEVEL", LOG_LEVELS, default="INFO", change=str.upper),
        time_zone=_time_zone(),
        trusted_proxies=_number("TRUSTED_PROXIES", default=0, at_least=0),
        serve_media=_boolean("SERVE_MEDIA", default=True),
        sendfile=_sendfile(buckets),
        buckets=buckets,
        max_document_mb=_number("MAX_DOCUMENT_MB", default=100, at_least=1),
        max_upload_mb=_number("MAX_UPLOAD_MB", default=10, at_least=1),
        web_concurrency=_number("WEB_CONCURRENCY", default=2, at_least=1),
        demo_password=_text("DEMO_PASSWORD"),
    )


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def _texts(name: str) -> list[str]:
    return [text for part in _text(name).split(",") if (text := part.strip())]


def _choice(
    name: str, allowed: Collection[str], *, default: str, change: Callable[[str], str] = str
) -> str:
    value = change(_text(name, default))
    if value not in allowed:
        raise SettingError(f"{name} must be one of {', '.join(allowed)}; it is {value!r}.")
    return value


def _number(name: str, *, default: int, at_least: int) -> int:
    value = _text(name, str(default))
    if not value.isdecimal() or int(value) < at_least:
        raise SettingError(f"{name} must be a whole number from {at_least} up; it is {value!r}.")
    return int(value)


def _boolean(name: str, *, default: bool) -> bool:
    value = _text(name, str(default)).lower()
    if value not in BOOLEANS:
        raise SettingError(f"{name} must be True or False; it is {value!r}.")
    return BOOLEANS[value]


def _sendfile(buckets: Buckets) -> str:
    value = _choice("SENDFILE", SENDFILES, default="python")
    if value == "s3" and not buckets.bucket:
        raise SettingError("SENDFILE must be python or nginx while S3_BUCKET is not set.")
    if value == "nginx" and buckets.bucket:
        raise SettingError("SENDFILE must be python or s3 while files are kept in S3_BUCKET.")
    return value


def _time_zone() -> str:
    value = _text("TIME_ZONE", "America/New_York")
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingError(
            f"TIME_ZONE must be a name such as America/New_York; it is {value!r}."
        ) from error
    return value


def _sender() -> str:
    value = _text("DEFAULT_FROM_EMAIL", "Equity Officer Collective <no-reply@localhost>")
    if "@" not in parseaddr(value)[1] or not value.isprintable():
        raise SettingError(
            f"DEFAULT_FROM_EMAIL must look like Name <name@example.org>; it is {value!r}."
        )
    return value


def _data_dir() -> Path:
    return (PROJECT_DIR / _text("DATA_DIR", "var")).resolve()


def _site_url() -> str:
    value = _text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = _split(value)
    if parts is None or parts.scheme not in {"http", "https"} or value != _origin(parts):
        raise SettingError(
            f"SITE_URL must look like https://example.org, without a path; it is {value!r}."
        )
    return value


def _origin(parts: SplitResult) -> str | None:
    """Put together what an origin has, without a user, a path or a query."""
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}" if parts.hostname and host == parts.netloc else None


def _split(url: str) -> SplitResult | None:
    """Split an address into its parts, or give None where it is not one."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    return parts


def _database(data_dir: Path) -> dict[str, Any]:
    url = _text("DATABASE_URL")
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": data_dir / "db.sqlite3"}
    config = _database_config(url)
    if not config.get("NAME"):
        raise SettingError(
            "DATABASE_URL must look like postgres://user:password@host:5432/name "
            "or sqlite:////absolute/path."
        )
    return config


def _database_config(url: str) -> dict[str, Any]:
    if url == IN_MEMORY:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    parts = _split(url)
    # Without a path, SQLite would keep everything in memory and lose it.
    if parts is None or parts.scheme not in DATABASES or not parts.path.strip("/"):
        return {}
    return dict(environ.Env.db_url_config(url))


def _cache(data_dir: Path) -> dict[str, object]:
    url = _text("CACHE_URL")
    if not url:
        return {
            "BACKEND": "eoc_cms.core.caching.caches.ForgivingFileCache",
            "LOCATION": str(data_dir / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    parts = _split(url)
    if parts is None or parts.scheme not in CACHES or not parts.hostname:
        raise SettingError("CACHE_URL must look like redis://host:6379/0, also for Valkey.")
    # Valkey speaks Redis's protocol; the client knows it by that name only.
    scheme = parts.scheme.replace("valkey", "redis")
    config = environ.Env.cache_url_config(parts._replace(scheme=scheme).geturl())
    # One that is out of reach must not hold up every request.
    patience = {"socket_connect_timeout": 1, "socket_timeout": 2, **config.get("OPTIONS", {})}
    return {
        **config,
        "BACKEND": "eoc_cms.core.caching.caches.ForgivingRedisCache",
        "OPTIONS": patience,
    }


def _email(data_dir: Path) -> dict[str, object]:
    url = _text("EMAIL_URL")
    if not url:
        return {
            "EMAIL_BACKEND": "eoc_cms.core.mail.folder.EmlFolderBackend",
            "EMAIL_FILE_PATH": str(data_dir / "mail"),
        }
    parts = _split(url)
    is_known = parts is not None and parts.scheme in MAILS
    if parts is None or not is_known or not (parts.hostname or parts.scheme == "consolemail"):
        raise SettingError("EMAIL_URL must look like smtp+tls://user:password@host:587.")
    return dict(environ.Env.email_url_config(url))
