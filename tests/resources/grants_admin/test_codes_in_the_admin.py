"""Data managers make codes for members, look them up, change and revoke them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from eoc_cms.core.models import User
from home.groups import DATA_MANAGERS
from home.models import HomePage
from resources.gate import grants
from resources.models import CohortCode, Grant, ResourceIndexPage, ResourcePage
from tests.factories.codes import enter, gets_file, make_code
from tests.factories.fixtures import Make
from tests.factories.pages import make_resource


@pytest.fixture
def staff(home: HomePage) -> Client:
    user = User.objects.create(username="dana", email="dana@example.org")
    user.groups.add(Group.objects.get(name=DATA_MANAGERS))
    client = Client()
    client.force_login(user)
    return client


ADMIN = "/admin/resources/cohortcode"


def filled_in(*resources: ResourcePage, **changes: Any) -> dict[str, Any]:
    end = timezone.localtime() + timedelta(days=30)
    return {
        "name": "Members",
        "resources": [page.pk for page in resources],
        "expires_at": f"{end:%Y-%m-%d %H:%M}",
        "limit": "40",
        **changes,
    }


def test_data_manager_makes_a_code_and_is_shown_it(staff: Client, make: Make) -> None:
    guide = make("Guide")
    page = staff.post(f"{ADMIN}/create/", filled_in(guide), follow=True).content.decode()
    code = CohortCode.objects.get()
    assert (code.limit, list(code.resources.all())) == (40, [guide])
    assert code.created_by == User.objects.get(username="dana")
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", code.written)
    assert code.written in page
    assert code.link in page
    assert "Codes for members" in staff.get("/admin/").content.decode()
    assert code.written in staff.get(f"{ADMIN}/").content.decode()


def test_code_needs_a_resource_an_end_to_come_and_a_limit_above_zero(
    staff: Client, make: Make, index: ResourceIndexPage
) -> None:
    guide, open_to_all = make("Guide"), make_resource(index, "Open")
    for wrong in (
        filled_in(),
        filled_in(open_to_all),
        filled_in(guide, expires_at="2020-01-01 09:00"),
        filled_in(guide, expires_at=""),
        filled_in(guide, limit="0"),
        filled_in(guide, name=""),
    ):
        assert staff.post(f"{ADMIN}/create/", wrong).status_code == 200
    assert not CohortCode.objects.exists()


def test_change_keeps_the_code_its_count_and_what_it_opens(
    staff: Client, client: Client, make: Make
) -> None:
    guide = make("Guide")
    code = make_code(guide)
    enter(client, code.written)
    ResourcePage.objects.update(gate_mode="open")
    staff.post(f"{ADMIN}/edit/{code.pk}/", filled_in(guide, name="Renamed"))
    code.refresh_from_db()
    changed = (code.name, code.uses, code.limit, list(code.resources.all()))
    assert changed == ("Renamed", 1, 40, [guide])


def test_saving_an_old_copy_undoes_neither_count_nor_revocation(make: Make) -> None:
    code = make_code(make("Guide"))
    CohortCode.objects.update(uses=7, revoked_at=timezone.now())
    code.name = "Renamed"
    code.save()
    code.refresh_from_db()
    assert (code.name, code.uses, code.revoked_at is None) == ("Renamed", 7, False)


def test_revoking_asks_first_then_closes_what_was_open(
    staff: Client, client: Client, make: Make
) -> None:
    guide = make("Guide")
    code = make_code(guide)
    enter(client, code.written)
    address = f"{ADMIN}/revoke/{code.pk}/"
    assert "Yes, revoke" in staff.get(address).content.decode()
    assert gets_file(client, guide)
    staff.post(address)
    assert not gets_file(client, guide)
    assert staff.get(address).status_code == 302
    assert staff.get(f"{ADMIN}/edit/{code.pk}/").status_code == 302
    assert "Revoked" in staff.get(f"{ADMIN}/").content.decode()


def test_page_of_a_code_says_how_often_it_was_used(staff: Client, make: Make) -> None:
    for limit, said in ((None, "3 times"), (5, "3 of 5 times")):
        code = make_code(make(f"Guide {limit}"), limit=limit, uses=3)
        assert said in staff.get(f"{ADMIN}/inspect/{code.pk}/").content.decode()


def test_grant_is_by_a_form_or_by_a_code(make: Make) -> None:
    assert grants.resource_opened_by(Grant(cohort_code=make_code(make("Guide")))) is None
