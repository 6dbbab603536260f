"""The environment: every variable is documented, and a wrong value is named in one sentence."""

import os
import pprint
import re
import subprocess
import sys
from pathlib import Path

import pytest

from eoc_cms.settings.env import PROJECT_DIR, SettingError, read_environment

READING = re.compile(r'(?:os\.environ(?:\.get\(|\.setdefault\(|\[)|getenv\()"([A-Z0-9_]+)"')
NOT_SETTINGS = {"MAKELEVEL"}  # make says by it that it is there


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in documented():
        monkeypatch.delenv(name, raising=False)


def example() -> dict[str, str]:
    """Return what .env.example shows, commented out or not."""
    text = (PROJECT_DIR / ".env.example").read_text(encoding="utf-8")
    return dict(re.findall(r"^(?:# )?([A-Z0-9_]+)=(.*)$", text, flags=re.MULTILINE))


def documented() -> set[str]:
    """Return the variables in the first column of the table in docs/settings.md."""
    text = (PROJECT_DIR / "docs" / "settings.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z0-9_]+)`", cell)}


# --- Documented --------------------------------------------------------------------


def read_by_the_code(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    class Noted(dict[str, str]):
        def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
            names.add(name)
            return default

    names: set[str] = set()
    monkeypatch.setattr(os, "environ", Noted())
    read_environment()
    for path in (PROJECT_DIR / "manage.py", *(PROJECT_DIR / "deploy").glob("*.py")):
        names |= set(READING.findall(path.read_text(encoding="utf-8")))
    return names - NOT_SETTINGS


def test_every_variable_is_documented_and_every_documented_one_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert set(example()) == documented()
    assert read_by_the_code(monkeypatch) == documented()


def test_no_other_module_reads_the_environment() -> None:
    folders = [PROJECT_DIR / name for name in ("eoc_cms", "forms_app", "resources", "home")]
    readers = {
        path.relative_to(PROJECT_DIR).as_posix()
        for folder in folders
        for path in folder.rglob("*.py")
        if READING.search(path.read_text(encoding="utf-8"))
    }
    # The web server finds its settings module by the environment.
    assert readers == {"eoc_cms/wsgi.py"}


def test_example_shows_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (PROJECT_DIR / ".env.example").read_text(encoding="utf-8")
    defaults = read_environment()
    for name, value in re.findall(r"^# ([A-Z0-9_]+)=(.*)$", text, flags=re.MULTILINE):
        monkeypatch.setenv(name, value)
    assert read_environment() == defaults


# --- Wrong values ------------------------------------------------------------------


WRONG = {
    "SITE_URL": [
        *("example.org", "ftp://example.org", "https://", "http://[", "https://ana@example.org"),
        *(f"https://example.org{rest}" for rest in ("/site", "?a=b", "#a", ":a")),
    ],
    "DATABASE_URL": [
        *("nonsense", "//", "sqlite://", "sqlite:///", "postgres://h", "mysql://u:s3cret@h/n"),
        "postgres://u:s3cret@h:port/n",
    ],
    "CACHE_URL": [
        *("nonsense", "h:6379", "redis://", "redis://:s3cret@h:port/0", "memcached://:s3cret@h"),
    ],
    "EMAIL_URL": [
        *("nonsense", "mail.example.org:587", "smtp://", "smtp://u:s3cret@h:port"),
        "imap://u:s3cret@h",
    ],
    "DEFAULT_FROM_EMAIL": ["nobody", "Ana <ana>", "ana@example.org\nBcc: ben@example.org"],
    "LOG_LEVEL": ["loud"],
    "TIME_ZONE": ["Atlanta", "America", "EST5EDT/", "../etc/passwd"],
    "TRUSTED_PROXIES": ["one", "-1", "1.5"],
    "SERVE_MEDIA": ["perhaps", "2"],
    "SENDFILE": ["apache", "Nginx"],
    "WEB_CONCURRENCY": ["0", "many"],
    "S3_BUCKET": ["Locked", "a", "locked_files", "locked/files", "../locked", "s3://locked"],
    "S3_REGION": ["US East", "us-east-1/x"],
    "S3_ENDPOINT_URL": [
        *("s3.example.org", "ftp://s3.example.org", "https://", "http://["),
        *("https://u:s3cret@s3.example.org", "https://s3.example.org/bucket", "https://h:port"),
        "https://s3.example.org?a=b",
    ],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_wrong_value_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=rf"\A{name} must [^\n]+\.\Z") as refused:
        read_environment()
    assert "s3cret" not in str(refused.value)


HALVES: list[tuple[str, dict[str, str]]] = [
    ("S3_BUCKET", {"S3_MEDIA_BUCKET": "pictures"}),
    ("S3_BUCKET", {"S3_ENDPOINT_URL": "https://s3.example.org"}),
    ("S3_BUCKET", {"S3_ACCESS_KEY_ID": "id", "S3_SECRET_ACCESS_KEY": "s3cret"}),
    ("S3_MEDIA_BUCKET", {"S3_BUCKET": "files", "S3_MEDIA_BUCKET": "files"}),
    ("S3_SECRET_ACCESS_KEY", {"S3_BUCKET": "files", "S3_ACCESS_KEY_ID": "id"}),
    ("S3_ACCESS_KEY_ID", {"S3_BUCKET": "files", "S3_SECRET_ACCESS_KEY": "s3cret"}),
    ("SENDFILE", {"SENDFILE": "s3"}),
    ("SENDFILE", {"SENDFILE": "nginx", "S3_BUCKET": "files"}),
]


@pytest.mark.parametrize(("named", "given"), HALVES)
def test_half_of_a_bucket_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, named: str, given: dict[str, str]
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=rf"\A{named} must [^\n]+\.\Z") as refused:
        read_environment()
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("module", "given", "missing"),
    [
        ("production", {}, "SECRET_KEY"),
        ("production", {"SECRET_KEY": "short", "ALLOWED_HOSTS": "a.org"}, "SECRET_KEY"),
        ("production", {"SECRET_KEY": "x" * 32, "ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS"),
        ("development", {"DATABASE_URL": "mysql://u:s3cret@h/n"}, "DATABASE_URL"),
    ],
)
def test_site_does_not_start_and_says_which_variable_is_wrong(
    tmp_path: Path, module: str, given: dict[str, str], missing: str
) -> None:
    environment = {
        **os.environ,
        **{"DJANGO_SETTINGS_MODULE": f"eoc_cms.settings.{module}", "DATA_DIR": str(tmp_path)},
        **given,
    }
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=PROJECT_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert missing in ended.stderr
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    assert "s3cret" not in ended.stderr


# --- Right values ------------------------------------------------------------------


def test_nothing_set_is_one_machine_with_sqlite_and_files() -> None:
    found = read_environment()
    assert found.data_dir == PROJECT_DIR / "var"
    assert found.database["NAME"] == found.data_dir / "db.sqlite3"
    assert found.cache["LOCATION"] == str(found.data_dir / "cache")
    assert found.email["EMAIL_FILE_PATH"] == str(found.data_dir / "mail")
    assert found.is_loopback
    assert not found.is_https


def test_variable_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = read_environment()
    for name in documented():
        monkeypatch.setenv(name, " ")
    assert read_environment() == defaults


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("postgres://u:p%23w@h:5432/n", "postgresql", "n"),
        ("postgresql://u@/n?host=/run/postgresql", "postgresql", "n"),
        ("sqlite:////srv/site.db", "sqlite3", "/srv/site.db"),
        ("sqlite://:memory:", "sqlite3", ":memory:"),
    ],
)
def test_database_is_read(
    monkeypatch: pytest.MonkeyPatch, url: str, engine: str, name: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    database = read_environment().database
    assert (database["ENGINE"], database["NAME"]) == (f"django.db.backends.{engine}", name)
    assert database.get("PASSWORD") in {"p#w", "", None}


@pytest.mark.parametrize("scheme", ["redis", "rediss", "valkey", "valkeys"])
def test_cache_may_be_redis_or_valkey(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("CACHE_URL", f"{scheme}://:valkey@cache:6379/1")
    cache = read_environment().cache
    assert cache["BACKEND"] == "eoc_cms.core.caching.caches.ForgivingRedisCache"
    assert cache["LOCATION"] == f"{scheme.replace('valkey', 'redis')}://:valkey@cache:6379/1"


def test_mail_server_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://ana%40example.org:p%23w@mail.example.org:587")
    email = read_environment().email
    assert email["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (email["EMAIL_HOST"], email["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (email["EMAIL_HOST_USER"], email["EMAIL_HOST_PASSWORD"]) == ("ana@example.org", "p#w")
    assert email["EMAIL_USE_TLS"] is True


def test_buckets_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "S3_BUCKET": "files.example.org",
        "S3_MEDIA_BUCKET": "pictures",
        "S3_ENDPOINT_URL": "https://s3.example.org:9000/",
        "S3_ACCESS_KEY_ID": "id",
        "S3_SECRET_ACCESS_KEY": "s3cret",
        "SENDFILE": "s3",
    }.items():
        monkeypatch.setenv(name, value)
    found = read_environment()
    assert found.sendfile == "s3"
    entry = found.buckets.storage_for(found.buckets.bucket, "PrivateS3Storage")
    assert entry["OPTIONS"] == {
        "bucket": "files.example.org",
        "region": "us-east-1",
        "endpoint_url": "https://s3.example.org:9000",
        "access_key_id": "id",
        "secret_access_key": "s3cret",
    }


def test_no_secret_is_shown_where_the_environment_is_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {
        "SECRET_KEY": "s3cret",
        "DEMO_PASSWORD": "s3cret",
        "DATABASE_URL": "postgres://u:s3cret@h/n",
        "CACHE_URL": "redis://:s3cret@h:6379/0",
        "EMAIL_URL": "smtp://u:s3cret@h:587",
        "S3_BUCKET": "files",
        "S3_ACCESS_KEY_ID": "s3cret-id",
        "S3_SECRET_ACCESS_KEY": "s3cret",
    }.items():
        monkeypatch.setenv(name, value)
    found = read_environment()
    # A debug page prints settings by pprint, which has a way of its own with dataclasses.
    assert "s3cret" not in repr(found) + pprint.pformat(found)


def test_site_in_buckets_starts_with_their_storages(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "eoc_cms.settings.production",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "sqlite://:memory:",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "example.org",
        "SITE_URL": "https://example.org",
        "SENDFILE": "s3",
        "S3_BUCKET": "files",
        "S3_MEDIA_BUCKET": "pictures",
    }
    read = (
        "from django.core.files.storage import storages as s; import django; django.setup(); "
        "print(*(type(s[name]).__name__ for name in ('private', 'default')))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", read],
        cwd=PROJECT_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert shown.stdout.split() == ["PrivateS3Storage", "PublicS3Storage"]


def test_values_are_taken_as_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    # Some readers of environments take a value that begins with $ for another's name.
    monkeypatch.setenv("SECRET_KEY", "$HOME\\n=#'\"")
    monkeypatch.setenv("ALLOWED_HOSTS", "example.org, www.example.org,")
    monkeypatch.setenv("LOG_LEVEL", "warning")
    monkeypatch.setenv("SERVE_MEDIA", "No")
    found = read_environment()
    assert found.secret_key == "$HOME\\n=#'\""
    assert found.allowed_hosts == ["example.org", "www.example.org"]
    assert found.log_level == "WARNING"
    assert found.serve_media is False


@pytest.mark.parametrize(
    ("url", "is_loopback"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:8000/", True),
        ("https://example.org", False),
        ("http://192.168.0.7:8000", False),
    ],
)
def test_site_knows_whether_it_is_reached_from_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, url: str, is_loopback: bool
) -> None:
    monkeypatch.setenv("SITE_URL", url)
    found = read_environment()
    assert found.is_loopback is is_loopback
    assert found.is_https is url.startswith("https")
    assert found.site_url == url.rstrip("/")
