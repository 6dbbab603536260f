"""A filter that does not know its value, or is not there, finds nothing and says so."""

from collections.abc import Iterator

import django_filters
import pytest
from django.http import QueryDict
from django.test import Client

from eoc_cms.core.models import User
from forms_app.listing.base import Listing, UnusableFiltersError, every_listing, table_of
from forms_app.models import Submission
from home.models import HomePage
from resources.models import ResourceIndexPage
from tests.factories.pages import form_page, make_resource, publish

UNKNOWN = {
    django_filters.ChoiceFilter: "no such value",
    django_filters.DateFilter: "2026-02-30",
}


@pytest.fixture
def root(home: HomePage) -> User:
    """Give a superuser on a site with an answer, its person and its grant."""
    index = publish(home.add_child(instance=ResourceIndexPage(title="Resources")))
    home.refresh_from_db()
    guide = make_resource(index, "Guide", gate_mode="form", gate_form=form_page(home))
    Client().post(guide.url, {"email": "ana@example.org"})
    assert Submission.objects.count() == 1
    return User.objects.create_superuser("root", "root@example.org", "pw")


def queries(listing: Listing, user: User) -> Iterator[QueryDict]:
    """Yield a query for each filter of a list, with a value that it does not know."""
    found = listing.rows(user=user, query=QueryDict())
    for name, each in found.filterset.filters.items():
        value = next(value for kind, value in UNKNOWN.items() if isinstance(each, kind))
        query = QueryDict(mutable=True)
        query[name] = value
        yield query
    yield QueryDict("no_such_filter=1")


def test_every_filter_of_every_list_narrows_to_nothing_by_what_it_does_not_know(
    root: User,
) -> None:
    tried = 0
    for key, listing in every_listing().items():
        for query in queries(listing, root):
            found = listing.rows(user=root, query=query)
            assert not found.queryset.exists(), query
            assert len(found.problems) == 1
            with pytest.raises(UnusableFiltersError, match="any more"):
                table_of(key, user=root, query=query.urlencode())
            tried += 1
    assert tried > 20


def test_list_says_on_its_page_why_nothing_is_shown(root: User) -> None:
    client = Client()
    client.force_login(root)
    for listing in every_listing().values():
        for query in queries(listing, root):
            page = client.get(f"{listing.address}?{query.urlencode()}").content.decode()
            assert "any more" in page
            assert "<tbody>" not in page
