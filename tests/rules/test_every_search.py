"""Every list and chooser of the admin that searches takes whatever people type.

The lists are found by walking the admin's addresses, so that a new one is asked too.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from resources.models import ResourceIndexPage, Topic
from tests.factories import pages
from tests.factories.fixtures import SUPERUSER, SignIn

pytestmark = pytest.mark.indexed

# What breaks FTS5, tsquery, LIKE and regular expressions, and what is no word at all.
TYPED = [
    '5" poster',
    '"half a quotation',
    "o'brien's",
    "a AND b OR NOT",
    "NEAR(a b, 2)",
    "title:guide -draft +x^2",
    "(a & b | !c) <-> d:*",
    "100% _ \\ back\\slash",
    '"',
    "- * ( ) : '",
    "[a-z]{2,",
    "\u2019\u201c\u200b\U0001f469\u200d\U0001f3eb",
]
KNOWN = (
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
    "wagtailmedia:index",
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page_search",
    "wagtailsnippets_resources_topic:list",
    "wagtailusers_users:index",
    "forms_app_submission_modeladmin_index",
)


# Signing out would end the walk, and the other raises an error on purpose.
NOT_LISTS = {"wagtailadmin_logout", "wagtailadmin_error_test"}
SEARCHING = re.compile(r'name="(?:q|search)"')
# Parts of a list, and answers for scripts, which hold no field to type into.
PARTS = ("results", "_search", ":find", ":listing", "tag_autocomplete")
PARAMETERS = ("q", "search", "term")


@pytest.fixture
def staff(sign_in: SignIn, index: ResourceIndexPage) -> Client:
    """Give a superuser's browser, and one of everything to be found."""
    pages.make_resource(index, "A guide")
    pages.image("A poster")
    Topic.objects.create(name="Boards", slug="boards")
    client = sign_in(SUPERUSER)
    client.raise_request_exception = False
    return client


def test_every_search_takes_whatever_people_type(staff: Client) -> None:
    asked = dict(searches(staff))
    assert asked.keys() >= set(KNOWN)
    failed = [
        f"{name}: {typed}"
        for name, address in asked.items()
        for typed in TYPED
        if staff.get(address, dict.fromkeys(PARAMETERS, typed)).status_code >= 500
    ]
    assert failed == []


@pytest.mark.parametrize("typed", ['5" poster', '"poster', "poster - ", "Poster\u201d"])
def test_words_beside_signs_are_found(staff: Client, typed: str) -> None:
    pages.image("A 5\u2033 poster, 5 of them")
    address = reverse("wagtailimages:index_results")
    assert "5 of them" in staff.get(address, {"q": typed}).content.decode()


def searches(staff: Client) -> Iterator[tuple[str, str]]:
    """Yield the name and address of all that can be searched."""
    for name in sorted(set(names_below(get_resolver()))):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue  # It is about one record.
        is_list = address.startswith("/admin/") and name not in NOT_LISTS
        if is_list and is_search(staff, address, name):
            yield name, address


def is_search(staff: Client, address: str, name: str) -> bool:
    if name.endswith(PARTS):
        return True
    return SEARCHING.search(staff.get(address).content.decode()) is not None


def names_below(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = (entry.namespace,) if entry.namespace else ()
            yield from names_below(entry, (*spaces, *space))
        elif isinstance(entry, URLPattern) and entry.name:
            yield ":".join([*spaces, entry.name])
