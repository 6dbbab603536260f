"""The demo's content, as a visitor and staff find it."""

import pytest
from django.conf import LazySettings
from django.core.management import call_command


@pytest.fixture
def demo(db: None, settings: LazySettings) -> str:
    """Load the demo; return the password of its accounts."""
    settings.DEMO_PASSWORD = "only-for-tests"
    call_command("load_demo", verbosity=0)
    return "only-for-tests"
