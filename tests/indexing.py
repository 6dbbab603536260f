"""Wagtail's two indexes, of what is searched and of what refers to what.

Each save of a page brings both up to date, which is a quarter of what the suite would cost.
Few tests ask them anything: those are marked `indexed`, and for all others they are let be.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_tasks.backends.immediate import ImmediateBackend

# By their names, since a task asks for its backend as soon as it is imported.
INDEXING = {
    "modelsearch.tasks.insert_or_update_object_task",
    "wagtail.tasks.update_reference_index_task",
}


class WithoutIndexing(ImmediateBackend):
    """Wagtail's own way to do its tasks, within the request, less what is not asked for."""

    is_indexing = False

    def _execute_task(self, task_result: Any) -> None:
        if self.is_indexing or task_result.task.module_path not in INDEXING:
            super()._execute_task(task_result)


@contextmanager
def indexing() -> Iterator[None]:
    """Keep both indexes up to date for as long as the block lasts."""
    was_indexing, WithoutIndexing.is_indexing = WithoutIndexing.is_indexing, True
    try:
        yield
    finally:
        WithoutIndexing.is_indexing = was_indexing
