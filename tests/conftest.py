"""What every test stands on: data folders of its own, an empty cache, a site to visit."""

import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from wagtail.models import Collection, Locale, Page, Site

from tests.s3_server import FakeS3, running_s3

pytest_plugins = ["tests.factories.fixtures"]

# A busy machine is no failure, and examples need not be kept between runs.
hypothesis.settings.register_profile("suite", deadline=None, database=None)
hypothesis.settings.load_profile("suite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what can hold on PostgreSQL only; skipping it would look like a gap."""
    if connection.vendor == "postgresql":
        return
    left_out = [item for item in items if item.get_closest_marker("postgres")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_configure() -> None:
    """Make this process's data folder, which the testing settings name."""
    settings.DATA_DIR.mkdir(mode=0o700)
    settings.STATIC_ROOT.mkdir()  # WhiteNoise warns of a folder that is not there.


def pytest_unconfigure() -> None:
    """Remove the data folder with all that the tests left in it."""
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Start every test without files, with an empty cache and in the site's language."""
    yield
    translation.deactivate()  # The last request's language would stay.
    cache.clear()
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def s3() -> Iterator[FakeS3]:
    """Give a server on this machine that keeps files as S3 does."""
    with running_s3() as server:
        yield server


@pytest.fixture
def site(db: None) -> Site:
    """Give the default site, with the rows that Wagtail's migrations made put back.

    A test that commits is followed by a flush, which takes those rows along
    (wagtail/wagtail#4520).
    """
    Locale.objects.get_or_create(language_code="en")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    existing = Site.objects.filter(is_default_site=True).first()
    return existing or Site.objects.create(
        hostname="localhost", root_page=root, is_default_site=True
    )
