"""Every road to a locked file, by every method, header and kind of visitor: nothing comes out.

The roads of the gate's own check (`resources/lock_check`) are written for staff; these
are ours, with more visitors and with roads that nobody has asked for yet.
"""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core import signing
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from eoc_cms.core.models import CustomDocument
from forms_app.models import FormPage
from resources.gate.access import COOKIE_SALT, LINK_SALT, PASS_SALT
from resources.models import Grant, ResourceFile, ResourcePage

pytestmark = pytest.mark.indexed

GUIDE = "/resources/empowering-equity-officers/"
ANSWER = {"work_email": "ana@example.org", "role": "Equity officer"}
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


@pytest.fixture
def entry(demo: str) -> ResourceFile:
    return ResourceFile.objects.select_related("document", "resource").get(
        resource__slug="empowering-equity-officers"
    )


def stranger(entry: ResourceFile) -> Client:
    return Client()


def granted_elsewhere(entry: ResourceFile) -> Client:
    """A visitor who has answered another form."""
    return with_grant(form_key=uuid.uuid4())


def granted_for_another_resource(entry: ResourceFile) -> Client:
    form = FormPage.objects.get(slug="get-the-guides")
    return with_grant(form_key=form.form_key, resource_id_granted=entry.resource_id + 1000)


def expired(entry: ResourceFile) -> Client:
    return after_answering(expires_at=timezone.now() - timedelta(seconds=1))


def revoked(entry: ResourceFile) -> Client:
    return after_answering(revoked_at=timezone.now())


def erased(entry: ResourceFile) -> Client:
    client = after_answering()
    Grant.objects.all().delete()
    return client


def forged(entry: ResourceFile) -> Client:
    client = after_answering()
    value = client.cookies[settings.ACCESS_COOKIE].value
    client.cookies[settings.ACCESS_COOKIE] = value[:-1] + ("A" if value[-1] != "A" else "B")
    return client


def staff_without_rights(entry: ResourceFile) -> Client:
    user = get_user_model().objects.create_user("newcomer")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(user)
    return client


def with_grant(**values: Any) -> Client:
    grant = Grant.objects.create(expires_at=timezone.now() + timedelta(days=1), **values)
    client = Client()
    client.cookies[settings.ACCESS_COOKIE] = signing.dumps([grant.key], salt=COOKIE_SALT)
    return client


def after_answering(**changes: Any) -> Client:
    client = Client()
    client.post(GUIDE, ANSWER)
    assert settings.ACCESS_COOKIE in client.cookies
    if changes:
        Grant.objects.update(**changes)
    return client


VISITORS = [
    stranger,
    granted_elsewhere,
    granted_for_another_resource,
    expired,
    revoked,
    erased,
    forged,
    staff_without_rights,
]
each_visitor = pytest.mark.parametrize("visitor", VISITORS, ids=lambda make: make.__name__)


def roads_to(entry: ResourceFile) -> list[str]:
    document, stored = entry.document, entry.document.file.name
    base = stored.rpartition("/")[2]
    return [
        f"/download/{entry.key}/",
        f"/download/{entry.key}/?pass=x",
        f"/download/{uuid.uuid4()}/",
        f"/documents/{document.pk}/{document.filename}",
        f"/documents/{document.pk}/guess.pdf",
        f"/documents/{document.pk}/",
        f"/documents/0{document.pk}/{document.filename}",
        f"/media/{stored}",
        f"/media/documents/{base}",
        f"/media/../private/{stored}",
        f"/media/%2e%2e/private/{stored}",
        f"/private/{stored}",
        f"/static/{stored}",
        f"/{stored}",
        f"{GUIDE}{base}",
        f"{GUIDE}x.css",
        f"{GUIDE}?download=1",
        f"//download/{entry.key}/",
        f"/download/{entry.key}",
        f"/es/download/{entry.key}/",
        f"/access/{signing.dumps([str(entry.key)], salt=LINK_SALT)}/",
    ]


def pages_about(entry: ResourceFile) -> list[str]:
    return [
        *("/", GUIDE, "/resources/", "/resources/feed/", "/sitemap.xml", "/robots.txt"),
        "/search/?q=pushback",
        *("/access/", f"/access/?for={entry.resource_id}", "/code/", "/code/opened/"),
        f"/search/?q={entry.document.filename}",
        f"/admin/api/main/documents/{entry.document_id}/",
        f"/admin/api/main/pages/{entry.resource_id}/",
        f"/admin/documents/edit/{entry.document_id}/",
        f"/admin/documents/chooser/{entry.document_id}/",
        f"/admin/pages/{entry.resource_id}/edit/",
        f"/admin/pages/{entry.resource_id}/view_draft/",
        f"/admin/reports/document/usage/{entry.document_id}/",
    ]


def headers_for(document: CustomDocument) -> Iterator[dict[str, str]]:
    yield {}
    yield {"Range": "bytes=0-10"}
    yield {"Range": "bytes=-5"}
    yield {"If-None-Match": "*"}
    yield {"If-None-Match": f'"{document.file_hash}"'}
    yield {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"}
    yield {"If-Range": f'"{document.file_hash}"', "Range": "bytes=0-"}
    yield {"X-Accel-Redirect": f"/private/{document.file.name}"}
    yield {"X-Original-URL": f"/private/{document.file.name}"}
    yield {"X-HTTP-Method-Override": "GET"}
    yield {"Authorization": "Bearer x", "X-Sendfile": document.file.name}


def expect_nothing(response: Any, entry: ResourceFile) -> None:
    document = entry.document
    body = b"".join(response.streaming_content) if response.streaming else response.content
    said = b"\n".join([body, *(f"{k}: {v}".encode() for k, v in response.items())])
    asked = response.request["PATH_INFO"] + response.request["QUERY_STRING"]
    assert response.status_code < 500
    assert b"%PDF" not in said
    assert document.file_hash.encode() not in said
    assert str(document.file_size).encode() not in said
    if document.filename not in asked:
        assert document.filename.encode() not in said
    assert "application/pdf" not in response.get("Content-Type", "")
    assert "X-Accel-Redirect" not in response
    assert response.status_code not in {206, 304, 416}


@pytest.mark.sweep
@each_visitor
def test_no_road_gives_anything_by_any_method(
    entry: ResourceFile, visitor: Callable[[ResourceFile], Client]
) -> None:
    client = visitor(entry)
    for road, method in product(roads_to(entry), METHODS):
        expect_nothing(client.generic(method, road), entry)


@pytest.mark.sweep
@each_visitor
def test_no_header_opens_a_road(
    entry: ResourceFile, visitor: Callable[[ResourceFile], Client]
) -> None:
    client = visitor(entry)
    roads = roads_to(entry)[:9]
    for road, headers in product(roads, headers_for(entry.document)):
        for method in ("GET", "HEAD"):
            expect_nothing(client.generic(method, road, headers=headers), entry)


@each_visitor
def test_no_page_tells_of_the_file(
    entry: ResourceFile, visitor: Callable[[ResourceFile], Client]
) -> None:
    client = visitor(entry)
    for page in pages_about(entry):
        response = client.get(page)
        expect_nothing(response, entry)
        assert f"/download/{entry.key}".encode() not in response.content
        assert f"/documents/{entry.document_id}/".encode() not in response.content


def test_the_right_visitor_still_gets_the_file(entry: ResourceFile) -> None:
    """Else the tests above would pass on a site that serves nothing at all."""
    response = after_answering().get(f"/download/{entry.key}/")
    assert response.getvalue().startswith(b"%PDF")


def test_editors_still_find_the_documents_they_work_with(demo: str, entry: ResourceFile) -> None:
    client = Client()
    assert client.login(username="editor", password=demo)
    response = client.get(f"/admin/api/main/documents/{entry.document_id}/")
    assert response.json()["title"] == entry.document.title


@pytest.mark.parametrize("state", ["unpublished", "expired", "private", "deleted"])
def test_grant_opens_nothing_once_the_page_is_gone(entry: ResourceFile, state: str) -> None:
    client = after_answering()
    page = ResourcePage.objects.get(pk=entry.resource_id)
    if state == "unpublished":
        page.unpublish()
    elif state == "expired":
        ResourcePage.objects.update(expire_at=timezone.now() - timedelta(seconds=1))
    elif state == "private":
        page.view_restrictions.create(restriction_type="login")
    else:
        page.delete()
    for road, method in product(roads_to(entry), ("GET", "HEAD")):
        expect_nothing(client.generic(method, road), entry)


@pytest.mark.parametrize("salt", [COOKIE_SALT, PASS_SALT, LINK_SALT])
@given(data=st.data())
@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_of_a_token_makes_it_worthless(
    entry: ResourceFile, salt: str, data: st.DataObject
) -> None:
    form = FormPage.objects.get(slug="get-the-guides")
    until = timezone.now() + timedelta(days=1)
    grant = Grant.objects.create(form_key=form.form_key, expires_at=until)
    is_link = salt == LINK_SALT
    held = [grant.key, entry.resource_id] if is_link else [grant.key]
    token = signing.dumps(held, salt=salt)
    letters = st.characters(min_codepoint=33, max_codepoint=126, exclude_characters='";,\\/?#%&')
    place = data.draw(st.integers(0, len(token) - 1))
    kind = data.draw(st.sampled_from(["replace", "insert", "cut"]))
    letter = data.draw(letters)
    changed = {
        "replace": token[:place] + letter + token[place + 1 :],
        "insert": token[:place] + letter + token[place:],
        "cut": token[:place],
    }[kind]
    if changed == token:
        return
    client = Client()
    if is_link:
        expect_nothing(client.post(f"/access/{changed}/"), entry)
        assert settings.ACCESS_COOKIE not in client.cookies
        return
    if salt == COOKIE_SALT:
        client.cookies[settings.ACCESS_COOKIE] = changed
    query = {"pass": changed} if salt == PASS_SALT else {}
    expect_nothing(client.get(f"/download/{entry.key}/", query), entry)
    expect_nothing(client.get(GUIDE, query), entry)
