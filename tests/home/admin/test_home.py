"""The admin's home shows staff what they came for, and nothing that is not theirs."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eoc_cms.core.models import OutgoingMail
from forms_app.models import FormPage, Submission
from home.groups import DATA_MANAGERS, EDITORS, PUBLISHERS, SITE_ADMINS
from home.models import HomePage
from resources.models import ResourceIndexPage
from tests.committing import as_committed
from tests.factories import pages as making
from tests.factories.fixtures import SUPERUSER, SignIn

HOME = "/admin/"
WRITING = ["Publish a guide", "Publish a video", "Build a form", "Change a page"]
MANAGING = ["Change menus and footer", "Add a colleague"]
ACTIONS = {
    EDITORS: WRITING,
    PUBLISHERS: WRITING,
    DATA_MANAGERS: ["Read the answers"],
    SITE_ADMINS: [*WRITING, *MANAGING],
    SUPERUSER: [*WRITING, "Read the answers", *MANAGING],
}
MOST_QUERIES = {EDITORS: 19, PUBLISHERS: 19, DATA_MANAGERS: 21, SITE_ADMINS: 20, SUPERUSER: 20}


def actions(client: Client) -> dict[str, str]:
    """Return the actions on the home, each with the address it leads to."""
    content = client.get(HOME).content.decode()
    links = re.findall(r'<a class="eoc-action__link" href="([^"]+)">([^<]+)</a>', content)
    return {label: address for address, label in links}


def answer(form: FormPage, email: str, **fields: str) -> Submission:
    Client().post(form.url, {"email": email, **fields})
    return Submission.objects.get(person__email=email)


@pytest.mark.parametrize("group", ACTIONS)
def test_everyone_finds_their_own_actions_and_each_opens(
    sign_in: SignIn, index: ResourceIndexPage, group: str
) -> None:
    client = sign_in(group)
    found = actions(client)
    assert list(found) == ACTIONS[group]
    for address in found.values():
        opened = client.get(address, follow=True)
        # Whoever is refused ends up on the home again.
        assert (opened.status_code, opened.wsgi_request.path == HOME) == (200, False)


def test_publish_a_guide_leads_straight_to_the_new_guides_form(
    sign_in: SignIn, index: ResourceIndexPage
) -> None:
    address = actions(sign_in(PUBLISHERS))["Publish a guide"]
    assert address == reverse(
        "wagtailadmin_pages:add", args=["resources", "resourcepage", index.pk]
    )
    content = sign_in(PUBLISHERS).get(address).content.decode()
    assert 'name="title"' in content
    assert 'name="action-publish"' in content


def test_editor_is_told_that_a_publisher_approves(
    sign_in: SignIn, index: ResourceIndexPage
) -> None:
    assert "A publisher approves it." in sign_in(EDITORS).get(HOME).content.decode()
    assert "A publisher approves it." not in sign_in(PUBLISHERS).get(HOME).content.decode()


def test_without_a_list_of_resources_the_first_task_is_to_make_it(
    sign_in: SignIn, home: HomePage
) -> None:
    found = actions(sign_in(PUBLISHERS))
    assert next(iter(found)) == "Make the list of resources"
    assert "Publish a guide" not in found
    assert sign_in(PUBLISHERS).get(found["Make the list of resources"]).status_code == 200


def test_who_may_read_answers_sees_the_latest_and_how_many(sign_in: SignIn, form: FormPage) -> None:
    old = answer(form, "old@example.org")
    Submission.objects.filter(pk=old.pk).update(submit_time=timezone.now() - timedelta(days=8))
    for number in range(6):
        answer(form, f"new{number}@example.org")
    held = answer(form, "spam@example.org", website_address="https://spam.example")
    content = sign_in(DATA_MANAGERS).get(HOME).content.decode()
    assert '<span class="eoc-count__number">6</span>' in content
    assert "and 1 held as possible spam" in content
    shown = re.findall(r'class="eoc-line__main" href="[^"]+">([^<]+)</a>', content)
    # What may be spam waits in the tray, and is no request yet.
    assert shown == [f"new{number}@example.org" for number in (5, 4, 3, 2, 1)]
    assert reverse("forms_app_tray") in content
    inspect = reverse("forms_app_submission_modeladmin_inspect", args=[held.pk])
    assert inspect not in content


def test_count_leads_to_that_forms_answers_also_when_its_page_is_gone(
    sign_in: SignIn, form: FormPage
) -> None:
    answer(form, "ana@example.org")
    form.delete()
    client = sign_in(DATA_MANAGERS)
    content = client.get(HOME).content.decode()
    address = re.search(r'<a href="([^"]+)">Get the guides</a>', content)
    assert address is not None
    assert b"ana@example.org" in client.get(address[1]).content


@pytest.mark.parametrize("group", [EDITORS, PUBLISHERS, SITE_ADMINS])
def test_who_may_not_read_answers_sees_none(sign_in: SignIn, form: FormPage, group: str) -> None:
    answer(form, "ana@example.org")
    OutgoingMail.objects.update(attempts=1)
    content = sign_in(group).get(HOME).content.decode()
    assert "New requests" not in content
    assert "ana@example.org" not in content


def test_empty_home_says_so_in_plain_words(sign_in: SignIn, index: ResourceIndexPage) -> None:
    content = sign_in(SUPERUSER).get(HOME).content.decode()
    assert "Nothing has come in during the last seven days." in content
    assert "Nothing. All is well." in content


def test_home_leaves_out_what_does_not_help(sign_in: SignIn, index: ResourceIndexPage) -> None:
    content = sign_in(SUPERUSER).get(HOME).content.decode()
    assert "w-summary" not in content
    assert "editor guide" not in content.split("eoc-home")[1]
    assert "What&#x27;s new in Wagtail" not in content
    assert "whats-new-in-wagtail" not in content
    assert "Search all pages" in content
    assert "Search all pages" not in sign_in(DATA_MANAGERS).get(HOME).content.decode()


def test_publisher_sees_what_awaits_approval(
    sign_in: SignIn, index: ResourceIndexPage, home: HomePage
) -> None:
    editor = sign_in(EDITORS)
    guide = making.make_resource(index, "Listening well")
    edit = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    author = editor.get(HOME).wsgi_request.user
    guide.save_revision(user=author)
    guide.get_workflow().start(guide, author)
    shown = sign_in(PUBLISHERS).get(HOME).content.decode()
    assert edit in shown.partition('id="awaiting-review')[2]
    assert 'id="awaiting-review' not in editor.get(HOME).content.decode()


@pytest.mark.parametrize("group", MOST_QUERIES)
def test_home_where_all_is_well_asks_little(
    sign_in: SignIn, index: ResourceIndexPage, form: FormPage, group: str
) -> None:
    client = sign_in(group)
    as_committed()
    client.get(HOME)
    assert count_queries(client) <= MOST_QUERIES[group]


def test_locked_pages_are_shown_to_who_locked_them(
    sign_in: SignIn, index: ResourceIndexPage
) -> None:
    client, other = sign_in(SUPERUSER), sign_in(PUBLISHERS)
    guide = making.make_resource(index, "Under lock")
    locked = client.post(reverse("wagtailadmin_pages:lock", args=[guide.pk]))
    assert locked.status_code == 302
    assert 'id="locked-pages' in client.get(HOME).content.decode()
    assert 'id="locked-pages' not in other.get(HOME).content.decode()


def test_queries_do_not_grow_with_content(
    sign_in: SignIn, index: ResourceIndexPage, form: FormPage
) -> None:
    client = sign_in(SUPERUSER)
    add_content(index, form, "first")
    client.get(HOME)
    few = count_queries(client)
    for name in ("second", "third", "fourth", "fifth"):
        add_content(index, form, name)
    assert count_queries(client) == few


def add_content(index: ResourceIndexPage, form: FormPage, name: str) -> None:
    """Add one of everything that the home looks at."""
    gate: dict[str, Any] = {"gate_mode": "form"}
    making.make_resource(index, f"{name} without form", **gate)
    making.make_resource(index, f"{name} without file", gate_form=form, files=(), **gate)
    making.make_video(index, f"{name} video", captions_state="missing")
    soon = timezone.now() + timedelta(days=3)
    making.make_resource(index, f"{name} expiring", expire_at=soon)
    answer(form, f"{name}@example.org")
    OutgoingMail.objects.create(recipient="a@example.org", due_at=timezone.now(), attempts=2)


def count_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(HOME).status_code == 200
    return len(queries)
