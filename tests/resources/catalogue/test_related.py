"""What stands at the end of a resource: what an editor chose, else what shares topics."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from resources.models import ResourceIndexPage
from tests.factories.pages import make_resource, make_video
from tests.resources.catalogue.test_narrowing_the_list import titles

Make = Callable[..., Any]
BOTH = pytest.mark.parametrize("make", [make_resource, make_video])


def related_on(page: Any) -> list[str]:
    content = Client().get(page.url).content.decode()
    _before, _heading, after = content.partition('id="related-title"')
    return titles(after)


@BOTH
def test_chosen_ones_stand_in_the_editors_order(index: ResourceIndexPage, make: Make) -> None:
    first, second = make_video(index, "Chosen first"), make_resource(index, "Chosen second")
    make_resource(index, "Shares a topic", topics=["One"])
    page = make(index, "Read this", topics=["One"], related=[first, second])
    assert related_on(page) == ["Chosen first", "Chosen second"]


@BOTH
def test_without_a_choice_the_most_topics_in_common_come_first(
    index: ResourceIndexPage, make: Make
) -> None:
    topics = ["One", "Two", "Three"]
    early, late = (datetime(2026, 1, number, tzinfo=UTC) for number in (1, 2))
    make_resource(index, "One in common, early", topics=topics[:1], at=early)
    make_video(index, "One in common, late", topics=topics[:1], at=late)
    make_resource(index, "Three in common", topics=topics, at=early)
    make_video(index, "Two in common", topics=[*topics[:2], "Four"], at=early)
    make_resource(index, "Nothing in common", topics=["Four"])
    page = make(index, "Read this", topics=topics)
    assert related_on(page) == ["Three in common", "Two in common", "One in common, late"]


@BOTH
def test_page_with_nothing_in_common_has_no_such_part(index: ResourceIndexPage, make: Make) -> None:
    make_resource(index, "Another", topics=["One"])
    for topics in ([], ["Two"]):
        page = make(index, f"Alone with {len(topics)}", topics=topics)
        assert "Related resources" not in Client().get(page.url).content.decode()


def test_hidden_choice_is_left_out_and_the_rest_stays(index: ResourceIndexPage) -> None:
    hidden, seen = make_resource(index, "Hidden"), make_resource(index, "Seen")
    page = make_resource(index, "Read this", related=[hidden, seen])
    hidden.unpublish()
    assert related_on(page) == ["Seen"]


def test_when_all_choices_are_hidden_shared_topics_stand_in(index: ResourceIndexPage) -> None:
    hidden = make_resource(index, "Hidden")
    make_resource(index, "Same topic", topics=["One"])
    page = make_resource(index, "Read this", topics=["One"], related=[hidden])
    hidden.unpublish()
    assert related_on(page) == ["Same topic"]


def test_page_leads_once_to_each_resource_and_never_to_itself(index: ResourceIndexPage) -> None:
    other = make_resource(index, "Other")
    page = make_resource(index, "Read this", related=[other, other])
    page.related.create(page=page, sort_order=8)
    page.related.create(page=index, sort_order=9)
    page.save()
    assert related_on(page) == ["Other"]


def test_deleting_a_chosen_page_leaves_the_others(index: ResourceIndexPage) -> None:
    gone, stays = make_resource(index, "Gone"), make_resource(index, "Stays")
    page = make_resource(index, "Read this", related=[gone, stays])
    gone.delete()
    assert related_on(page) == ["Stays"]
