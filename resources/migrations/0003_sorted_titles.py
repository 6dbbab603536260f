import unicodedata

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

AT_ONCE = 500


def sortable(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("ResourcePage", "VideoPage"):
        model = apps.get_model("resources", name)
        pages = list(model.objects.only("pk", "title", "listing_title"))
        for page in pages:
            page.sort_title = sortable(page.listing_title or page.title)
        model.objects.bulk_update(pages, ["sort_title"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0002_lock_check_and_license"),
    ]

    operations = [
        migrations.AddField(
            model_name="resourcepage",
            name="sort_title",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddField(
            model_name="videopage",
            name="sort_title",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddIndex(
            model_name="resourcepage",
            index=models.Index(fields=["gate_mode", "gate_until"], name="resource_gate"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
