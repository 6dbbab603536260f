"""What every test stands on: data folders of its own, an empty cache, a site to visit."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import nullcontext

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.models import Site

from eoc_cms.core.caching.generation import start_new_generation
from tests import databases
from tests.indexing import indexing
from tests.s3_server import FakeS3, running_s3

pytest_plugins = ["tests.factories.fixtures"]

# A busy machine is no failure, and examples need not be kept between runs.
hypothesis.settings.register_profile("suite", deadline=None, database=None)
hypothesis.settings.load_profile("suite")

COPIES = pytest.StashKey[databases.Copies]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what touches the database; leave out what is for the other database.

    Skipping those would look like a gap.
    """
    for item in items:
        if databases.touches_database(item):
            item.add_marker(pytest.mark.database)
    for_the_other = "sweep" if connection.vendor == "postgresql" else "postgres"
    left_out = [item for item in items if item.get_closest_marker(for_the_other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_configure() -> None:
    """Make this process's data folder, which the testing settings name."""
    os.environ.setdefault(databases.RUN, secrets.token_hex(4))
    settings.DATA_DIR.mkdir(mode=0o700)
    settings.STATIC_ROOT.mkdir()  # WhiteNoise warns of a folder that is not there.


def pytest_unconfigure() -> None:
    """Remove the data folder with all that the tests left in it."""
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove what all processes have copied, once they have ended."""
    is_worker = hasattr(session.config, "workerinput")
    if connection.vendor == "postgresql" and not is_worker:
        databases.PostgresCopies(os.environ[databases.RUN]).drop_template()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Put the database back after a test that commits, and so is not rolled back."""
    yield
    if databases.commits(item):
        item.config.stash[COPIES].renew()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Give this process a database of its own in place of pytest-django's."""
    copies = request.config.stash[COPIES] = databases.copies_for(request.config)
    with django_db_blocker.unblock():
        copies.make()
    yield
    with django_db_blocker.unblock():
        copies.drop()


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Start every test without files or anything remembered, in the site's language."""
    yield
    translation.deactivate()  # The last request's language would stay.
    cache.clear()
    start_new_generation()
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _indexes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep Wagtail's indexes for the tests that ask them something."""
    with indexing() if request.node.get_closest_marker("indexed") else nullcontext():
        yield


@pytest.fixture
def s3() -> Iterator[FakeS3]:
    """Give a server on this machine that keeps files as S3 does."""
    with running_s3() as server:
        yield server


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.get(is_default_site=True)
