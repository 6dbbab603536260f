"""The only reader of the process environment.

Every setting that differs between machines is a typed attribute here, so that
one page lists them all and a wrong value stops the start with one plain
sentence instead of failing later inside a request.
"""

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent

_env = environ.Env()


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the environment says, checked and typed; see docs/settings.md."""

    secret_key: str
    allowed_hosts: list[str]
    site_url: str
    data_dir: Path
    database: dict[str, Any]
    cache: dict[str, Any]
    email: dict[str, Any]
    default_from_email: str
    log_level: str
    time_zone: str
    trusted_proxies: int
    serve_media: bool
    sendfile: str
    demo_password: str

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


def _site_url() -> str:
    raw = _env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
    parts: SplitResult = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(
            f"SITE_URL must look like https://example.org, without a path; it is {raw!r}."
        )
    return raw


def _data_dir() -> Path:
    path = Path(_env.str("DATA_DIR", default="var"))
    return (path if path.is_absolute() else PROJECT_DIR / path).resolve()


def _database(data_dir: Path) -> dict[str, Any]:
    url = _env.str("DATABASE_URL", default="")
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": data_dir / "db.sqlite3"}
    try:
        config = dict(environ.Env.db_url_config(url))
    except (ValueError, environ.ImproperlyConfigured):
        config = {}
    if not config.get("ENGINE"):
        # The address is not repeated: it may hold a password.
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://user:password@host:5432/name "
            "or sqlite:////absolute/path."
        )
    return config


def _cache(data_dir: Path) -> dict[str, Any]:
    if not _env.str("CACHE_URL", default=""):
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(data_dir / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    return dict(_env.cache_url("CACHE_URL"))


def _email(data_dir: Path) -> dict[str, Any]:
    if not _env.str("EMAIL_URL", default=""):
        return {
            "EMAIL_BACKEND": "eoc_cms.core.mail.folder.EmlFolderBackend",
            "EMAIL_FILE_PATH": str(data_dir / "mail"),
        }
    return dict(_env.email_url("EMAIL_URL"))


def _choice(name: str, default: str, allowed: set[str]) -> str:
    value = _env.str(name, default=default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(allowed))}.")
    return value


def read_environment() -> Environment:
    """Read and check the environment.

    Raises ImproperlyConfigured, naming the variable, when a value cannot be used.
    """
    data_dir = _data_dir()
    return Environment(
        secret_key=_env.str("SECRET_KEY", default=""),
        allowed_hosts=[host for host in _env.list("ALLOWED_HOSTS", default=[]) if host],
        site_url=_site_url(),
        data_dir=data_dir,
        database=_database(data_dir),
        cache=_cache(data_dir),
        email=_email(data_dir),
        default_from_email=_env.str(
            "DEFAULT_FROM_EMAIL", default="Equity Officer Collective <no-reply@localhost>"
        ),
        log_level=_env.str("LOG_LEVEL", default="INFO").upper(),
        time_zone=_env.str("TIME_ZONE", default="America/New_York"),
        trusted_proxies=_env.int("TRUSTED_PROXIES", default=0),
        serve_media=_env.bool("SERVE_MEDIA", default=True),
        sendfile=_choice("SENDFILE", "python", {"python", "nginx"}),
        demo_password=_env.str("DEMO_PASSWORD", default=""),
    )
