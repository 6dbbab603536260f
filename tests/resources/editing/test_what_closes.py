"""Before anything is taken away, staff read in words which guides stop opening, and for whom."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import PageViewRestriction

from forms_app.models import FormPage
from home.groups import PUBLISHERS
from home.models import HomePage
from resources.models import Grant, ResourceFile, ResourceIndexPage, ResourcePage
from resources.templatetags.closing_tags import ROADS
from tests.factories import pages
from tests.factories.fixtures import SUPERUSER, Make, Publish, SignIn

pytestmark = pytest.mark.indexed

BOTH = "2 guides stop opening: “Guide A” and “Guide B”."
ONE = "1 guide stops opening: “Guide A”."
PEOPLE = "2 people who asked for access lose it."
DOWNLOAD = "“Title of guide.pdf” is the download of 1 guide: “Guide A”."
PICTURE = "“A picture” is shown or linked on 1 live page, which loses it: “Guide A”."
CLIP = "“A clip” is shown or linked on 1 live page, which loses it: “A talk”."


class Site:
    """Two live guides behind one form, for which two people have asked, and what they show."""

    def __init__(self, index: ResourceIndexPage, form: FormPage, make: Make) -> None:
        self.index, self.form = index, form
        self.picture, self.clip = pages.image(), pages.media(seconds=60)
        self.first = pages.publish(make("Guide A", cover=self.picture))
        self.second = pages.publish(make("Guide B"))
        self.talk = pages.publish(
            pages.make_video(index, "A talk", video_url="", video_file=self.clip)
        )
        self.file = self.first.files.get().document
        for name in ("ana", "ana", "ben"):
            Client().post(self.first.url, {"email": f"{name}@example.org"})


@pytest.fixture
def site(index: ResourceIndexPage, form: FormPage, make: Make) -> Site:
    return Site(index, form, make)


@pytest.fixture
def publisher(sign_in: SignIn) -> Client:
    return sign_in(PUBLISHERS)


@pytest.fixture
def for_some(home: HomePage, publish: Publish) -> ResourceIndexPage:
    """Give another list of resources, which only people with an account see."""
    place: ResourceIndexPage = publish(home, ResourceIndexPage, "For some")
    PageViewRestriction.objects.create(page=place, restriction_type=PageViewRestriction.LOGIN)
    return place


def one(name: str, *things: Any) -> str:
    return reverse(name, args=[thing.pk for thing in things])


def many(road: tuple[str, ...], *things: Any) -> str:
    query = "&".join(f"id={thing.pk}" for thing in things)
    return f"{reverse('wagtail_bulk_action', args=road)}?next=/admin/&{query}"


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(strip_tags(answer.content.decode()))


PAGE, DOCUMENT, IMAGE = ("wagtailcore", "page"), ("core", "customdocument"), ("core", "customimage")
Road = tuple[str | tuple[str, ...], Callable[[Site], list[Any]], list[str]]
TOLD: list[Road] = [
    ("wagtailadmin_pages:delete", lambda site: [site.first], [ONE, PEOPLE]),
    ("wagtailadmin_pages:delete", lambda site: [site.form], [BOTH, PEOPLE]),
    ("wagtailadmin_pages:delete", lambda site: [site.index], [BOTH, PEOPLE]),
    ((*PAGE, "delete"), lambda site: [site.first, site.second], [BOTH, PEOPLE]),
    ((*PAGE, "delete"), lambda site: [site.form, site.first], [BOTH, PEOPLE]),
    ("wagtailadmin_pages:unpublish", lambda site: [site.first], [ONE, PEOPLE]),
    (
        "wagtailadmin_pages:unpublish",
        lambda site: [site.index],
        [f"If the pages below are unpublished too: {BOTH} {PEOPLE}"],
    ),
    (
        "wagtailadmin_pages:unpublish",
        lambda site: [site.form],
        ["2 guides go on asking with this form: “Guide A” and “Guide B”."],
    ),
    ((*PAGE, "unpublish"), lambda site: [site.first, site.second], [BOTH, PEOPLE]),
    ("wagtaildocs:delete", lambda site: [site.file], [DOWNLOAD]),
    ((*DOCUMENT, "delete"), lambda site: [site.file], [DOWNLOAD]),
    ("wagtailimages:delete", lambda site: [site.picture], [PICTURE]),
    ((*IMAGE, "delete"), lambda site: [site.picture], [PICTURE]),
    ("wagtailmedia:delete", lambda site: [site.clip], [CLIP]),
]


@pytest.mark.parametrize(("road", "things", "words"), TOLD)
def test_page_that_asks_says_what_closes(
    site: Site,
    sign_in: SignIn,
    road: str | tuple[str, ...],
    things: Callable[[Site], list[Any]],
    words: list[str],
) -> None:
    address = many(road, *things(site)) if isinstance(road, tuple) else one(road, *things(site))
    said = read(sign_in(SUPERUSER), address)
    assert [each for each in words if each not in said] == []


def test_every_road_is_walked() -> None:
    walked = {road for road, _things, _words in TOLD}
    assert set(ROADS) - walked == {"wagtailadmin_pages:move_confirm"}


def test_moving_a_guide_to_a_private_place_says_what_closes(
    site: Site, publisher: Client, for_some: ResourceIndexPage
) -> None:
    said = read(publisher, one("wagtailadmin_pages:move_confirm", site.first, for_some))
    assert f"{ONE} {PEOPLE}" in said
    open_place = one("wagtailadmin_pages:move_confirm", site.index, site.index.get_parent())
    assert "stop opening" not in read(publisher, open_place)


def test_many_guides_are_not_moved_to_a_private_place_unseen(
    site: Site, publisher: Client, for_some: ResourceIndexPage
) -> None:
    address = many((*PAGE, "move"), site.first, site.second)
    answer = publisher.post(address, {"chooser": for_some.pk}, follow=True)
    said = html.unescape(answer.content.decode())
    assert f"{BOTH} {PEOPLE} Nothing was moved." in said
    assert list(ResourcePage.objects.child_of(for_some)) == []


def test_nothing_is_said_where_nothing_closes(site: Site, publisher: Client) -> None:
    ResourcePage.objects.get(pk=site.first.pk).unpublish()
    said = read(publisher, one("wagtailadmin_pages:delete", site.first))
    assert "stops opening" not in said
    assert "asked for access" not in said
    Grant.objects.all().delete()
    said = read(publisher, one("wagtailadmin_pages:delete", site.second))
    assert "1 guide stops opening: “Guide B”." in said
    assert "asked for access" not in said


def test_guides_go_on_opening_when_the_page_of_their_form_is_unpublished(site: Site) -> None:
    FormPage.objects.get(pk=site.form.pk).unpublish()
    visitor = Client()
    assert visitor.post(site.second.url, {"email": "cy@example.org"}).status_code == 303
    assert b"/download/" in visitor.get(site.second.url).content


def test_file_that_only_a_draft_uses_is_named_with_it(site: Site, sign_in: SignIn) -> None:
    document, picture = pages.document("new.pdf"), pages.image("A new picture")
    site.first.files.add(ResourceFile(document=document))
    site.first.cover = picture
    site.first.save_revision()
    for road, item in (("wagtaildocs:delete", document), ("wagtailimages:delete", picture)):
        said = read(sign_in(SUPERUSER), one(road, item))
        assert f"“{item.title}” is used in the draft of 1 page, which loses it: “Guide A”." in said


def test_file_that_a_draft_has_given_up_is_not_named_with_it(site: Site, sign_in: SignIn) -> None:
    picture = pages.image("A new picture")
    for cover in (picture, site.picture):
        site.first.cover = cover
        site.first.save_revision()
    said = read(sign_in(SUPERUSER), one("wagtailimages:delete", picture))
    assert "is used in the draft" not in said
