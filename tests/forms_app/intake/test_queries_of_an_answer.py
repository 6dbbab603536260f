"""What one answer costs the database, and that no record of visitors is indexed as content."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtailmedia.models import get_media_model

from resources.models import ResourceFile
from tests.factories.visitor import Visitor

pytestmark = pytest.mark.indexed

GUIDE = "/resources/empowering-equity-officers/"
QUERIES, WRITES = 9, 6
OPENED_QUERIES = 1
DOWNLOAD_QUERIES, DOWNLOAD_WRITES = 5, 2
WRITE = re.compile(r"(INSERT|UPDATE|DELETE)\b")
# What staff write: Wagtail tells them what refers to it.
CONTENT = {
    *("core.SiteSettings", "resources.CohortCode", "resources.FormerFileAddress"),
    *(model()._meta.label for model in (get_document_model, get_image_model, get_media_model)),
}


def counted(captured: CaptureQueriesContext) -> tuple[int, int]:
    """Return how many statements there were, and how many of them wrote."""
    statements = [query["sql"] for query in captured.captured_queries]
    asked = [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    assert not [sql for sql in asked if "referenceindex" in sql]
    return len(asked), len([sql for sql in asked if WRITE.match(sql)])


@pytest.mark.parametrize("earlier", [0, 3])
def test_answer_opened_page_and_download_take_few_queries(demo: str, earlier: int) -> None:
    for number in range(earlier + 1):  # The first request of all reads what is kept after it.
        send(Client(), f"ana{number}@example.org")
    client = Client()
    with CaptureQueriesContext(connection) as captured:
        send(client, "ben@example.org")
    assert counted(captured) == (QUERIES, WRITES)
    opened = client.get(GUIDE)  # Reads what is the same for all to whom it is open.
    with CaptureQueriesContext(connection) as captured:
        assert client.get(GUIDE).content == opened.content
    assert counted(captured) == (OPENED_QUERIES, 0)
    file = ResourceFile.objects.filter(resource__slug=GUIDE.split("/")[2])[0]
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/download/{file.key}/").status_code == 200
    assert counted(captured) == (DOWNLOAD_QUERIES, DOWNLOAD_WRITES)


def send(client: Client, email: str) -> None:
    fields = fields_of_guide()
    answer = client.post(GUIDE, {**fields, "work_email": email, "role": "Other leader"})
    assert answer.status_code == 303


def fields_of_guide() -> dict[str, list[str]]:
    before = connection.force_debug_cursor
    connection.force_debug_cursor = False
    try:
        return Visitor(GUIDE).fields
    finally:
        connection.force_debug_cursor = before


def test_no_record_of_visitors_is_indexed_as_content() -> None:
    ours = {"core", "forms_app", "resources", "home"}
    indexed = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in ours
        and not issubclass(model, Page)
        and ReferenceIndex.model_is_indexable(model)
    }
    assert indexed <= CONTENT
