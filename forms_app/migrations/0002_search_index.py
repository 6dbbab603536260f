"""The words of answers and addresses, looked up in an index where the database has such."""

from typing import Any

from django.db import migrations

# The same expressions as forms_app.listing.word_search looks up; a test compares them.
INDEXES = {
    "submission_words": (
        "forms_app_submission",
        "to_tsvector('simple', regexp_replace(left(receipt || ' ' || search_text, 100000), "
        "'[^[:alnum:]]+', ' ', 'g'))",
    ),
    "person_words": (
        "forms_app_person",
        "to_tsvector('simple', regexp_replace(search_text, '[^[:alnum:]]+', ' ', 'g'))",
    ),
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
