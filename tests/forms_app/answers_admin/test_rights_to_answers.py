"""Role × view × form: nobody sees an answer that their rights do not give them.

Every address that the admin has for answers, grants and forms is opened by every role with
the keys of every form's records, in its path and in every parameter that a list takes.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from eoc_cms.core.models import OutgoingMail, User
from forms_app.models import FormPage, FormRight, Person, Submission, SubmissionFile
from home.groups import DATA_MANAGERS, EDITORS, PUBLISHERS, SITE_ADMINS
from home.models import HomePage
from resources.models import Download, Grant
from tests.factories import pages as making
from tests.factories.fixtures import SUPERUSER, SignIn

ClientOf = Callable[[str | None], Client]
FORMS = ("apples", "pears")
READERS_OF_APPLES = "Readers of apples"
NO_GROUP = "nobody in particular"
SEES: dict[str | None, set[str]] = {
    EDITORS: set(),
    PUBLISHERS: set(),
    DATA_MANAGERS: {"apples", "pears"},
    SITE_ADMINS: set(),
    READERS_OF_APPLES: {"apples"},
    NO_GROUP: set(),
    None: set(),
}
# Ours, and Wagtail's own that show answers.
PREFIXES = ("forms_app_", "resources_grant", "resources_download", "resources_cohort")
NAMESPACES = ("wagtailforms",)
BEYOND_READING = {"forms_app_start_form"}


def secret(form: str) -> str:
    """Return a word that stands in the answers to one form and nowhere else."""
    return f"quince{form}"


class World:
    """Two forms, with one accepted and one held answer each and what hangs on them."""

    def __init__(self, home: HomePage) -> None:
        self.pages: dict[str, FormPage] = {}
        for name in FORMS:
            home.refresh_from_db()
            made = making.form_page(home)
            made.title, made.slug = f"About {name}", name
            made.save_revision().publish()
            self.pages[name] = FormPage.objects.get(pk=made.pk)
        self.answers = {name: self._answer(page, name) for name, page in self.pages.items()}

    def _answer(self, page: FormPage, name: str) -> list[Submission]:
        for trap in ("", "https://spam.example"):
            address = f"{secret(name)}{'held' if trap else ''}@example.org"
            Client().post(page.url, {"email": address, "website_address": trap})
        found = list(Submission.objects.filter(form_key=page.form_key).order_by("pk"))
        assert len(found) == 2
        self._what_hangs_on(found[0], name)
        return found

    @staticmethod
    def _what_hangs_on(answer: Submission, name: str) -> None:
        file = ContentFile(secret(name).encode(), name="a.txt")
        SubmissionFile.objects.create(
            submission=answer,
            form_key=answer.form_key,
            field_name="plan",
            file=file,
            name=f"{secret(name)}.txt",
            size=file.size,
            content_type="text/plain",
        )
        grant = Grant.objects.create(
            submission=answer,
            person=answer.person,
            form_key=answer.form_key,
            resource_title=f"Guide of {name}",
            expires_at=timezone.now() + timedelta(days=1),
        )
        Download.objects.create(grant=grant, resource_title=f"Guide of {name}", file_title="a")
        OutgoingMail.objects.filter(about=answer.receipt).update(attempts=3)

    def keys(self, form: str) -> list[Any]:
        """Return the keys of whatever belongs to a form."""
        answers = self.answers[form]
        rows: list[Any] = [
            self.pages[form],
            *answers,
            *Person.objects.filter(email__contains=secret(form)),
            *Grant.objects.filter(submission__in=answers),
            *Download.objects.filter(grant__submission__in=answers),
        ]
        files = SubmissionFile.objects.filter(submission__in=answers)
        return list(dict.fromkeys([*(row.pk for row in rows), *(file.key for file in files)]))

    def queries(self, form: str) -> list[dict[str, Any]]:
        """Return every parameter by which a list could be led to a form's answers."""
        page, answer = self.pages[form], self.answers[form][0]
        address = f"{secret(form)}@example.org"
        return [
            {},
            {"q": secret(form)},
            {"q": answer.receipt},
            {"form": str(page.form_key)},
            {"form_key": str(page.form_key)},
            {"form_key__exact": str(page.form_key)},
            {"source": page.pk},
            {"pk": answer.pk},
            {"id__exact": answer.pk},
            {"person__email__startswith": secret(form)},
            {"state": "held"},
            {"selected-submissions": answer.pk},
            {"email": address},
            {"export": "csv"},
            {"export": "csv", "form": str(page.form_key)},
            {"list": "forms_app.submission", "filters": f"form={page.form_key}"},
            {"o": "0", "p": "1"},
        ]


@pytest.fixture
def world(home: HomePage) -> World:
    return World(home)


@pytest.fixture
def client_of(world: World, sign_in: SignIn) -> ClientOf:
    def client(role: str | None) -> Client:
        if role is None:
            return Client()
        if role == NO_GROUP:
            made = Client()
            made.force_login(User.objects.create_user("no-group"))
            return made
        if role == READERS_OF_APPLES:
            give_right(world.pages["apples"], may_export=True, may_erase=True)
        return sign_in(role)

    return client


def give_right(page: FormPage, **rights: bool) -> FormRight:
    group, _is_new = Group.objects.get_or_create(name=READERS_OF_APPLES)
    group.permissions.add(permission("access_admin"))
    return FormRight.objects.create(
        group=group, form_key=page.form_key, form_title=page.title, **rights
    )


def permission(codename: str) -> Any:
    return Permission.objects.get(codename=codename)


def content_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode(errors="replace"))


def patterns() -> list[tuple[str, int]]:
    """Return the name of each address about answers, with how many keys its path takes."""
    admin = next(
        entry
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and str(entry.pattern) == "admin/"
    )
    found = dict(_in(admin, ""))
    return sorted((name, count) for name, count in found.items() if name not in BEYOND_READING)


def _in(resolver: URLResolver, namespace: str) -> Any:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = entry.namespace or namespace
            if not inner or inner in NAMESPACES:
                yield from _in(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            is_ours = namespace in NAMESPACES if namespace else entry.name.startswith(PREFIXES)
            if is_ours:
                name = f"{namespace}:{entry.name}" if namespace else entry.name
                yield name, entry.pattern.regex.groups


def addresses(name: str, count: int, keys: list[Any]) -> list[str]:
    if not count:
        return [reverse(name)]
    made = []
    # modeladmin takes anything for a key, and fails at what is no number.
    fitting = [key for key in keys if isinstance(key, int) or "_modeladmin_" not in name]
    for key in fitting:
        try:
            made.append(reverse(name, args=[key] * count))
        except NoReverseMatch:
            continue
    return made


HIDDEN = [(role, form) for role, seen in SEES.items() for form in FORMS if form not in seen]


@pytest.mark.sweep
@pytest.mark.parametrize(("role", "form"), HIDDEN)
def test_no_address_shows_an_answer_beyond_a_persons_rights(
    world: World, client_of: ClientOf, role: str | None, form: str
) -> None:
    client = client_of(role)
    tried = 0
    for name, count in patterns():
        queries = world.queries(form) if not count else world.queries(form)[:1]
        for address in addresses(name, count, world.keys(form)):
            for query in queries:
                shows_nothing(client.get(address, query), form, query)
                # Else every refusal so far would be written and read again with the next.
                client.cookies.pop("messages", None)
                tried += 1
    assert tried > 200
    shows_nothing(client.get("/admin/"), form, {})


def shows_nothing(response: Any, form: str, query: dict[str, Any]) -> None:
    content = content_of(response)
    # What was asked for may be said again; what was found may not.
    is_said_again = any(secret(form) in str(value) for value in query.values())
    word = f"{secret(form)}held" if is_said_again else secret(form)
    assert word not in content, (response.request["PATH_INFO"], query)


@pytest.mark.parametrize(("role", "form"), HIDDEN)
def test_no_button_changes_an_answer_beyond_a_persons_rights(
    world: World, client_of: ClientOf, role: str | None, form: str
) -> None:
    client = client_of(role)
    answers = Submission.objects.filter(form_key=world.pages[form].form_key).order_by("pk")
    before = list(answers.values())
    numbers = [row["id"] for row in before]
    for do in ("deliver", "hold", "star", "test", "note", "erase"):
        data = {"do": do, "value": "yes", "note": "Seen", "answers": numbers}
        for number in numbers:
            client.post(reverse("forms_app_answer_action", args=[number]), data)
        client.post(reverse("forms_app_answers_chosen"), data)
    keys = "&".join(f"selected-submissions={number}" for number in numbers)
    page = world.pages[form]
    for other in world.pages.values():
        delete = reverse("wagtailforms:delete_submissions", args=[other.pk])
        client.post(f"{delete}?{keys}")
    assert list(answers.values()) == before
    assert page.get_submissions().count() == 2


def test_right_to_one_form_opens_that_form(world: World, client_of: ClientOf) -> None:
    client = client_of(READERS_OF_APPLES)
    listing = client.get(reverse("forms_app_submission_modeladmin_index")).content.decode()
    assert listing.count(secret("apples")) >= 2
    assert "About pears" not in listing
    tray = client.get(reverse("forms_app_tray")).content.decode()
    assert f"{secret('apples')}held@example.org" in tray
    forms = client.get(reverse("wagtailforms:index")).content.decode()
    assert "About apples" in forms
    assert "About pears" not in forms
    answer = world.answers["apples"][0]
    inspect = reverse("forms_app_submission_modeladmin_inspect", args=[answer.pk])
    assert secret("apples") in client.get(inspect).content.decode()


def test_right_to_read_gives_no_export_and_no_erasing(world: World, sign_in: SignIn) -> None:
    give_right(world.pages["apples"])
    client = sign_in(READERS_OF_APPLES)
    listing = reverse("forms_app_submission_modeladmin_index")
    assert secret("apples") in client.get(listing).content.decode()
    assert client.get(listing, {"export": "csv"}).status_code in {302, 403}
    answer = world.answers["apples"][0]
    action = reverse("forms_app_answer_action", args=[answer.pk])
    client.post(action, {"do": "erase"})
    assert Submission.objects.filter(pk=answer.pk).exists()


def test_export_holds_only_the_forms_that_may_be_exported(world: World, sign_in: SignIn) -> None:
    give_right(world.pages["apples"], may_export=True)
    give_right(world.pages["pears"])
    client = sign_in(READERS_OF_APPLES)
    listing = reverse("forms_app_submission_modeladmin_index")
    assert secret("pears") in client.get(listing).content.decode()
    exported = content_of(client.get(listing, {"export": "csv"}))
    assert secret("apples") in exported
    assert secret("pears") not in exported


def test_superuser_gives_a_group_rights_to_one_form(
    world: World, sign_in: SignIn, home: HomePage
) -> None:
    group = Group.objects.create(name="Friends")
    group.permissions.add(permission("access_admin"))
    page = world.pages["pears"]
    address = reverse("forms_app_formright_modeladmin_create")
    client = sign_in(SUPERUSER)
    data = {"group": group.pk, "form_key": str(page.form_key), "may_view": "on"}
    client.post(address, data)
    right = FormRight.objects.get()
    assert (right.form_title, right.may_view, right.may_erase) == ("About pears", True, False)
    again = client.post(address, data).content.decode()
    assert "This group has rights to this form: change those." in again
    assert FormRight.objects.count() == 1
    assert (
        secret("pears")
        in sign_in("Friends").get(reverse("forms_app_submission_modeladmin_index")).content.decode()
    )


def test_site_admin_gives_the_rights_to_answers_that_they_hold_themselves(
    world: World, sign_in: SignIn
) -> None:
    pears, apples = world.pages["pears"], world.pages["apples"]
    site_admins = Group.objects.get(name=SITE_ADMINS)
    FormRight.objects.create(group=site_admins, form_key=pears.form_key, may_view=True)
    group = Group.objects.create(name="Friends")
    address = reverse("forms_app_formright_modeladmin_create")
    client = sign_in(SITE_ADMINS)

    def give(page: FormPage, **rights: str) -> None:
        data = {"group": group.pk, "form_key": str(page.form_key), "may_view": "on", **rights}
        client.post(address, data)

    give(apples)
    give(pears, may_export="on")
    assert not FormRight.objects.filter(group=group).exists()
    give(pears)
    assert FormRight.objects.get(group=group).form_key == pears.form_key
