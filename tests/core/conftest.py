import os

import pytest
from django.db import connection

from tests.postgres import tools_folder


@pytest.fixture
def postgres_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a backup find the programs that fit the suite's PostgreSQL."""
    if connection.vendor == "postgresql":
        monkeypatch.setenv("PATH", f"{tools_folder()}{os.pathsep}{os.environ['PATH']}")
