"""Do the list of resources, the search and the sitemap cost the same with ten thousand pages?

Fills one site with more and more resources, and asks every road again as one for whom no page
is kept: so long each took with ten pages, and with more.
"""

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from eoc_cms.core.models import CustomDocument
from forms_app.models import FormPage
from home.bootstrap import bootstrap
from resources.gate.access import COOKIE_SALT
from resources.models import (
    Audience,
    Grant,
    ResourceFile,
    ResourceIndexPage,
    ResourcePage,
    Topic,
    VideoPage,
)
from tests.factories import pages as making

TOPICS, AUDIENCES = 24, 6
EXTENSIONS = ("pdf", "pdf", "pdf", "docx", "pptx", "xlsx")
VIDEO_EVERY = 7
OPEN_EVERY = 4
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te")
START = datetime(2020, 1, 1, tzinfo=UTC)

ROADS = {
    "list": "/resources/",
    "list: last page": "/resources/?page=9999",
    "list: a topic": "/resources/?topic=topic-3",
    "list: two topics": "/resources/?topic=topic-3&topic=topic-4",
    "list: an audience": "/resources/?audience=audience-2",
    "list: a format": "/resources/?format=pdf",
    "list: how to get it": "/resources/?access=form",
    "list: one of each": (
        "/resources/?topic=topic-3&audience=audience-2&format=pdf&access=form&sort=title"
    ),
    "list: unknown": "/resources/?topic=gone",
    "list: oldest": "/resources/?sort=oldest",
    "list: by title": "/resources/?sort=title",
    "list: shortest": "/resources/?sort=shortest",
    "feed": "/resources/feed/",
    "a resource": "/resources/page-1/",
    "search: one hit": "/search/?q=onlyhere",
    "search: a rare word": "/search/?q=word12",
    "search: a word of all": "/search/?q=equity",
    "search: two words": "/search/?q=equity+guide",
    "search: one kind": "/search/?q=equity&kind=videos",
    "search: misspelled": "/search/?q=equtiy",
    "search: nothing": "/search/?q=zyzzyvaxx",
    "sitemap": "/sitemap.xml",
}
OPENED = "a resource, opened"


def rows(sizes: tuple[int, ...], *, rounds: int) -> list[tuple[str, list[float]]]:
    """Return what each road took at each size, in milliseconds of CPU, in an empty database."""
    index, form = make_list()
    costs: dict[str, list[float]] = {what: [] for what in (*ROADS, OPENED)}
    have = 0
    for size in sizes:
        fill(index, form, first=have, last=size)
        have = size
        for what, act in _acts(form).items():
            costs[what].append(in_ms(act, rounds))
    return list(costs.items())


def make_list() -> tuple[ResourceIndexPage, FormPage]:
    home = bootstrap()
    page = ResourceIndexPage(title="Resources", slug="resources")
    index = making.publish(home.add_child(instance=page))
    home.refresh_from_db()
    return index, making.form_page(home)


def _acts(form: FormPage) -> dict[str, Callable[[], None]]:
    # Looks like one of the staff's browsers, for which no page is ever kept.
    visitor, holder = Client(), Client()
    for client in (visitor, holder):
        client.cookies[settings.SESSION_COOKIE_NAME] = "ended"
    _give_access(holder, form)
    acts = {what: _opens(visitor, address) for what, address in ROADS.items()}
    return {**acts, OPENED: _opens(holder, ROADS["a resource"])}


def _opens(client: Client, address: str) -> Callable[[], None]:
    def act() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")

    return act


def _give_access(client: Client, form: FormPage) -> None:
    grant = Grant.objects.create(form_key=form.key, expires_at=timezone.now() + timedelta(days=9))
    client.cookies[settings.ACCESS_COOKIE] = signing.dumps([grant.key], salt=COOKIE_SALT)


def in_ms(act: Callable[[], None], rounds: int) -> float:
    """Return the median of the CPU time of some rounds."""
    act()
    with _no_garbage():
        return statistics.median(_once(act) for _round in range(rounds))


def _once(act: Callable[[], None]) -> float:
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1_000


@contextmanager
def _no_garbage() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def fill(index: ResourceIndexPage, form: FormPage, *, first: int, last: int) -> None:
    """Add resources and videos below a list, by far faster than through Wagtail."""
    words = _Words(last)
    with transaction.atomic():
        topics = [_label(Topic, number) for number in range(TOPICS)]
        audiences = [_label(Audience, number) for number in range(AUDIENCES)]
        pages = [_make(index, form, number, words) for number in range(first, last)]
        for page in pages:
            page.save_base(force_insert=True)
        _label_all(pages, "topics", [topic.pk for topic in topics])
        _label_all(pages, "audiences", [audience.pk for audience in audiences])
        guides = [page for page in pages if isinstance(page, ResourcePage)]
        ResourceFile.objects.bulk_create(
            ResourceFile(resource=page, document=document)
            for page, document in zip(guides, _documents(guides), strict=True)
        )
        Page.objects.filter(pk=index.pk).update(numchild=last)
        index.refresh_from_db()
    backend = get_search_backend()
    for model in (ResourcePage, VideoPage):
        backend.add_bulk(model, [page for page in pages if isinstance(page, model)])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


class _Words:
    """Texts as a site has them: a few words everywhere, most on few pages."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311

    def text(self, number: int) -> str:
        common = self.random.choices(["school", "district", "family", "leader", "listen"], k=20)
        rare = [f"word{self.random.randrange(3_000)}" for _ in range(20)]
        made = ["".join(self.random.choices(SYLLABLES, k=4)) for _ in range(20)]
        only = ["onlyhere"] if number == 1 else []
        return " ".join(["equity", "guide", *common, *rare, *made, *only])


def _make(index: ResourceIndexPage, form: FormPage, number: int, words: _Words) -> Any:
    text = words.text(number)
    body = [{"type": "text", "value": f"<p>{text}</p>", "id": f"block-{number}"}]
    at = START + timedelta(hours=number)
    fields: dict[str, Any] = {
        "title": f"Page {number} {text.split()[3]}",
        "slug": f"page-{number}",
        "summary": text[:200],
        "path": index.path + Page._int2str(number + 1).rjust(Page.steplen, "0"),
        "depth": index.depth + 1,
        "url_path": f"{index.url_path}page-{number}/",
        "locale_id": index.locale_id,
        "first_published_at": at,
        "last_published_at": at,
        "body": body,
    }
    fields["draft_title"] = fields["title"]
    if number % VIDEO_EVERY == VIDEO_EVERY - 1:
        return VideoPage(length_seconds=60 + number % 900, **fields)
    if number % OPEN_EVERY == 0:
        return ResourcePage(gate_mode="open", **fields)
    return ResourcePage(gate_mode="form", gate_form=form, **fields)


def _documents(pages: list[ResourcePage]) -> list[CustomDocument]:
    # Made at once, so nobody looks into them; facts as of a real file take their place.
    made = [
        CustomDocument(
            title=f"File {page.slug}",
            file=f"documents/file-{page.pk}.{EXTENSIONS[page.pk % len(EXTENSIONS)]}",
            file_size=5,
            page_count=page.pk % 90,
            collection_id=1,
        )
        for page in pages
    ]
    return CustomDocument.objects.bulk_create(made)


def _label(model: Any, number: int) -> Any:
    name = f"{model.__name__} {number}"
    return model.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def _label_all(pages: list[Any], relation: str, keys: list[int]) -> None:
    """Give each page two labels, so that every label is on as many pages as any other."""
    for model in (ResourcePage, VideoPage):
        through = getattr(model, relation).through
        page_id, label_id = (field.attname for field in through._meta.fields[1:3])
        mine = [page for page in pages if isinstance(page, model)]
        through.objects.bulk_create(
            through(**{page_id: page.pk, label_id: keys[(page.pk + step) % len(keys)]})
            for page in mine
            for step in (0, 1)
        )
