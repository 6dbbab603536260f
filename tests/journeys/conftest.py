"""The demo's content, as a visitor and staff find it."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from tests.loaded_demo import forget_demo, load_demo

PASSWORD = "only-for-tests"


@pytest.fixture
def demo(db: None, settings: LazySettings) -> Iterator[str]:
    """Load the demo; return the password of its accounts."""
    settings.DEMO_PASSWORD = PASSWORD
    load_demo()
    yield PASSWORD
    forget_demo()
