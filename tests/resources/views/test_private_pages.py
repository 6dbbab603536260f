"""What the admin offers as privacy of a page or of a collection of files holds and works."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from eoc_cms.core.models import User
from home.groups import DATA_MANAGERS, EDITORS, PUBLISHERS
from resources.models import ResourceIndexPage, ResourcePage
from tests.factories.codes import file_of
from tests.factories.fixtures import PASSWORD, SignIn
from tests.factories.pages import document, make_resource, publish

FOR_ACCOUNTS = {"restriction_type": "login"}
SIGN_IN = "/admin/login/"


def for_group(name: str) -> dict[str, Any]:
    return {"restriction_type": "groups", "groups": [Group.objects.get(name=name).pk]}


@pytest.fixture
def guide(index: ResourceIndexPage) -> ResourcePage:
    made: ResourcePage = publish(make_resource(index, "Guide", gate_mode="open"))
    return made


def set_privacy(client: Client, guide: ResourcePage, data: dict[str, Any]) -> Any:
    return client.post(reverse("wagtailadmin_pages:set_privacy", args=[guide.pk]), data)


@pytest.mark.parametrize("name", ["page", "collection"])
def test_password_that_would_be_kept_as_typed_is_not_offered(
    guide: ResourcePage, sign_in: SignIn, name: str
) -> None:
    addresses = {
        "page": reverse("wagtailadmin_pages:set_privacy", args=[guide.pk]),
        "collection": reverse("wagtailadmin_collections:set_privacy", args=[1]),
    }
    client = sign_in("Superuser")
    shown = client.get(addresses[name]).content.decode()
    assert "password" not in shown.lower()
    client.post(addresses[name], {"restriction_type": "password", "password": "open sesame"})
    assert not PageViewRestriction.objects.exists()
    assert not CollectionViewRestriction.objects.exists()


def test_page_for_people_with_an_account_leads_to_signing_in_and_back(
    guide: ResourcePage, sign_in: SignIn
) -> None:
    set_privacy(sign_in(PUBLISHERS), guide, FOR_ACCOUNTS)
    User.objects.create_user("ana", password=PASSWORD).groups.add(Group.objects.get(name=EDITORS))
    stranger = Client()
    assert stranger.get(guide.url)["Location"] == f"{SIGN_IN}?next={guide.url}"
    assert stranger.get(file_of(guide)).status_code == 404
    typed = {"username": "ana", "password": PASSWORD, "next": guide.url}
    back = stranger.post(SIGN_IN, typed, follow=True)
    assert back.redirect_chain[-1][0] == guide.url
    assert {"private", "no-store"} <= set(back["Cache-Control"].split(", "))
    assert stranger.get(file_of(guide)).status_code == 200


def test_page_for_a_group_is_refused_to_others_in_words(
    guide: ResourcePage, sign_in: SignIn
) -> None:
    set_privacy(sign_in(PUBLISHERS), guide, for_group(DATA_MANAGERS))
    assert sign_in(DATA_MANAGERS).get(guide.url).status_code == 200
    refused = sign_in(EDITORS).get(guide.url)
    assert refused.status_code == 403
    assert sign_in(EDITORS).get(file_of(guide)).status_code == 404
    assert Client().get(guide.url)["Location"].startswith(SIGN_IN)


def test_public_file_of_a_private_collection_is_for_those_it_names(
    guide: ResourcePage, sign_in: SignIn
) -> None:
    file = document("shared.pdf")
    type(file).objects.filter(pk=file.pk).update(is_public=True)
    data = {"restriction_type": "login"}
    address = reverse("wagtailadmin_collections:set_privacy", args=[file.collection_id])
    sign_in("Superuser").post(address, data)
    assert CollectionViewRestriction.objects.count() == 1
    assert sign_in(DATA_MANAGERS).get(file.url).status_code == 200
    assert Client().get(file.url).status_code == 404


def test_password_of_former_times_is_asked_for_in_the_look_of_the_site(
    guide: ResourcePage,
) -> None:
    PageViewRestriction.objects.create(page=guide, restriction_type="password", password="sesame")
    stranger = Client()
    asked = stranger.get(guide.url)
    assert "This page needs a password" in asked.content.decode()
    assert "site-header" in asked.content.decode()
    action = asked.context["action_url"]
    wrong = stranger.post(action, {"password": "no", "return_url": guide.url})
    assert "field__error" in wrong.content.decode()
    opened = stranger.post(action, {"password": "sesame", "return_url": guide.url})
    assert opened["Location"] == guide.url
    assert stranger.get(guide.url).status_code == 200
