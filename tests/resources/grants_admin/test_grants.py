"""Staff see who may open what, and end it or send the link again, after being asked."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from eoc_cms.core.models import OutgoingMail, User
from forms_app.models import FormPage, Submission
from home.groups import DATA_MANAGERS
from resources.models import Download, Grant, ResourceFile, ResourceIndexPage, ResourcePage
from tests.factories.fixtures import MakeForm, SignIn
from tests.factories.pages import make_resource

LIST = "/admin/resources/grant/"
ACTIONS = ["revoke", "revoke_person", "revoke_resource", "send_link"]


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in(DATA_MANAGERS)


@pytest.fixture
def guide(index: ResourceIndexPage, form: FormPage) -> ResourcePage:
    page: ResourcePage = make_resource(index, "Guide", gate_mode="form", gate_form=form)
    return page


@pytest.fixture
def other(index: ResourceIndexPage, form: FormPage) -> ResourcePage:
    page: ResourcePage = make_resource(index, "Other guide", gate_mode="form", gate_form=form)
    return page


def ask(page: ResourcePage, email: str) -> tuple[Client, Grant]:
    visitor = Client()
    visitor.post(page.url, {"email": email})
    OutgoingMail.objects.all().delete()
    return visitor, Grant.objects.latest("pk")


def address(action: str, grant: Grant) -> str:
    return reverse(f"resources_grant_modeladmin_{action}", args=[grant.pk])


def listed(client: Client, **query: str) -> set[str]:
    content = client.get(LIST, query).content.decode()
    rows = re.sub(r"(?s).*<table", "", content) if "<table" in content else ""
    return set(re.findall(r"[\w.]+@example\.org", rows))


def is_open(visitor: Client, page: ResourcePage) -> bool:
    return b"/download/" in visitor.get(page.url).content


def test_grants_are_found_by_person_and_by_resource(
    client: Client, guide: ResourcePage, other: ResourcePage
) -> None:
    ask(guide, "ana@example.org")
    ask(other, "zoe@example.org")
    assert listed(client) == {"ana@example.org", "zoe@example.org"}
    assert listed(client, q="zoe") == {"zoe@example.org"}
    assert listed(client, resource="Guide") == {"ana@example.org"}


def test_grants_are_found_by_state(client: Client, guide: ResourcePage) -> None:
    for who in ("live", "revoked", "expired", "unproved"):
        ask(guide, f"{who}@example.org")
    of = Grant.objects.filter
    of(person__email="revoked@example.org").update(revoked_at=timezone.now())
    past = timezone.now() - timedelta(seconds=1)
    of(person__email="expired@example.org").update(expires_at=past)
    of(person__email="unproved@example.org").update(needs_proof=True)
    for state in ("live", "revoked", "expired", "unproved"):
        assert listed(client, state=state) == {f"{state}@example.org"}
    assert listed(client, state="no such state") == set()


def test_one_grant_shows_what_is_known_of_it(client: Client, guide: ResourcePage) -> None:
    visitor, grant = ask(guide, "ana@example.org")
    visitor.get(f"/download/{ResourceFile.objects.get().key}/")
    content = client.get(address("inspect", grant)).content.decode()
    assert "ana@example.org" in content
    assert Submission.objects.get().receipt in content
    assert Download.objects.get().file_title in content
    assert grant.key not in content


@pytest.mark.parametrize("action", ACTIONS)
def test_page_that_asks_changes_nothing(client: Client, guide: ResourcePage, action: str) -> None:
    visitor, grant = ask(guide, "ana@example.org")
    assert client.get(address(action, grant)).status_code == 200
    assert is_open(visitor, guide)
    assert not OutgoingMail.objects.exists()
    assert not ModelLogEntry.objects.exists()


def test_revoking_one_leaves_the_others(client: Client, guide: ResourcePage) -> None:
    ana, grant = ask(guide, "ana@example.org")
    zoe, _grant = ask(guide, "zoe@example.org")
    response = client.post(address("revoke", grant), follow=True)
    assert "1 grant is revoked" in response.content.decode()
    assert not is_open(ana, guide)
    assert is_open(zoe, guide)
    entry = ModelLogEntry.objects.get()
    assert entry.action == "resources.revoke_grant"
    assert entry.user is not None
    assert "ana@example.org" not in entry.label


def test_revoking_a_person_ends_all_of_theirs(
    client: Client, guide: ResourcePage, other: ResourcePage
) -> None:
    first, grant = ask(guide, "ana@example.org")
    second, _grant = ask(other, "ana@example.org")
    zoe, _grant = ask(guide, "zoe@example.org")
    assert (
        "2 grants of ana@example.org"
        in client.get(address("revoke_person", grant)).content.decode()
    )
    client.post(address("revoke_person", grant))
    assert not is_open(first, guide)
    assert not is_open(second, other)
    assert is_open(zoe, guide)
    assert ModelLogEntry.objects.count() == 2


def test_revoking_a_resource_ends_everybody_s_who_asked_there(
    client: Client, guide: ResourcePage, other: ResourcePage
) -> None:
    ana, grant = ask(guide, "ana@example.org")
    zoe, _grant = ask(guide, "zoe@example.org")
    kim, _grant = ask(other, "kim@example.org")
    client.post(address("revoke_resource", grant))
    assert not is_open(ana, guide)
    assert not is_open(zoe, guide)
    assert is_open(kim, other)


def test_grant_that_is_over_is_not_revoked_again(client: Client, guide: ResourcePage) -> None:
    _visitor, grant = ask(guide, "ana@example.org")
    before = timezone.now() - timedelta(days=1)
    Grant.objects.update(revoked_at=before)
    client.post(address("revoke", grant))
    assert Grant.objects.get().revoked_at == before
    assert not ModelLogEntry.objects.exists()


def test_nameless_grant_takes_nobody_else_s_along(client: Client, guide: ResourcePage) -> None:
    ana, _grant = ask(guide, "ana@example.org")
    erased, grant = ask(guide, "erased@example.org")
    Grant.objects.filter(pk=grant.pk).update(person=None)
    client.post(address("revoke_person", grant))
    assert is_open(ana, guide)
    assert is_open(erased, guide)


def test_link_sent_again_opens_the_guide(client: Client, guide: ResourcePage) -> None:
    _visitor, grant = ask(guide, "ana@example.org")
    assert "on its way" in client.post(address("send_link", grant), follow=True).content.decode()
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "ana@example.org"
    found = re.search(r"http://testserver(/access/\S+)", mail.text)
    assert found
    elsewhere = Client()
    elsewhere.post(found[1])
    assert is_open(elsewhere, guide)
    assert ModelLogEntry.objects.get().action == "resources.send_link"


@pytest.mark.parametrize("change", ["revoked", "nameless", "unpublished", "deleted", "exchanged"])
def test_link_that_would_not_open_what_was_asked_for_is_not_sent(
    client: Client,
    guide: ResourcePage,
    other: ResourcePage,
    make_form: MakeForm,
    change: str,
) -> None:
    _visitor, grant = ask(guide, "ana@example.org")
    if change == "revoked":
        Grant.objects.update(revoked_at=timezone.now())
    elif change == "nameless":
        Grant.objects.update(person=None)
    elif change == "unpublished":
        guide.unpublish()
    elif change == "deleted":
        guide.delete()
    else:
        ResourcePage.objects.filter(pk=guide.pk).update(gate_form=make_form())
    response = client.post(address("send_link", grant), follow=True)
    assert "Nothing was sent" in response.content.decode()
    assert not OutgoingMail.objects.exists()


def viewer() -> Client:
    """Sign in somebody who may read grants and downloads, and no more."""
    user = User.objects.create_user("viewer")
    codenames = ["access_admin", "view_grant", "view_download"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("action", ACTIONS)
def test_who_may_only_view_is_offered_nothing_and_can_do_nothing(
    guide: ResourcePage, action: str
) -> None:
    visitor, grant = ask(guide, "ana@example.org")
    client = viewer()
    content = client.get(address("inspect", grant)).content.decode()
    assert "ana@example.org" in content
    assert address(action, grant) not in content
    assert client.post(address(action, grant)).status_code in {302, 403}
    assert is_open(visitor, guide)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("action", ACTIONS)
def test_post_without_the_token_of_the_page_is_refused(
    client: Client, guide: ResourcePage, action: str
) -> None:
    visitor, grant = ask(guide, "ana@example.org")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(address(action, grant)).status_code == 403
    assert is_open(visitor, guide)


def test_downloads_are_listed_with_who_had_them(client: Client, guide: ResourcePage) -> None:
    visitor, _grant = ask(guide, "ana@example.org")
    visitor.get(f"/download/{ResourceFile.objects.get().key}/")
    Download.objects.create(resource_title="Gone", file_title="Gone file")
    content: Any = client.get("/admin/resources/download/").content.decode()
    assert "ana@example.org" in content
    assert "Gone file" in content
    narrowed = client.get("/admin/resources/download/", {"resource": "Gone"}).content.decode()
    assert "ana@example.org" not in narrowed
