"""What a test has made, as if it were committed: a test's transaction never is."""

from django.db import connection

from eoc_cms.core.caching.generation import start_new_generation


def as_committed() -> None:
    """Begin to remember what is read; a test that changes a page after this says it again."""
    connection.run_on_commit = []
    start_new_generation()
