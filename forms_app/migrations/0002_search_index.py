"""The words of answers and addresses, looked up in an index where the database has such."""

from typing import Any

from django.db import migrations

from forms_app.listing.word_search import INDEXED

INDEXES = {
    "submission_words": ("forms_app_submission", INDEXED["forms_app.submission"]),
    "person_words": ("forms_app_person", INDEXED["forms_app.person"]),
}


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, (table, expression) in INDEXES.items():
        # Nothing waits to be sorted in, so that a search is always as fast.
        schema_editor.execute(
            f"CREATE INDEX {name} ON {table} USING gin ({expression}) WITH (fastupdate = off)"
        )


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("forms_app", "0001_initial")]
    operations = [migrations.RunPython(make, remove)]
