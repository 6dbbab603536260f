"""Behind a cache that keeps all it may, nobody is ever shown what belongs to another."""

import random
import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from eoc_cms.core.models import OutgoingMail
from resources.models import CohortCode, ResourceFile, ResourcePage
from tests.journeys.shared_cache import Answer, SharedCache
from tests.journeys.visitors import Visitor, origin

pytestmark = [pytest.mark.sweep, pytest.mark.indexed]

GUIDE = "/resources/empowering-equity-officers/"
OTHER = "/resources/roadmap-for-the-first-few-years/"
ANA = "ana@example.org"
ANSWER = {"work_email": ANA, "role": "Other leader"}
# What only somebody with a right may be shown, in the words and addresses of the pages.
PERSONAL = re.compile(
    r"/download/[0-9a-f]{8}|\?pass=|Not you\?|it is yours|Also open|Your link|" + re.escape(ANA)
)
SHARED = ["/", "/resources/", GUIDE, OTHER, "/resources/feed/", "/collective/", "/contact/"]
OTHERS = ["/sitemap.xml", "/search/?q=guide", "/search/?q=pushback", "/robots.txt"]
FORMS = ["/access/", "/access/?sent=1", "/code/", "/code/opened/", f"{GUIDE}?mailed=1"]
TRICKS = [
    *(f"{GUIDE}{end}" for end in ("y.css", ";.css", "%2e", "%2e%2e/x.css", "%3bx.js", "x.pdf")),
    *(f"{GUIDE}{end}" for end in ("?x.css", "?pass=", "%23x.css", "%00", "%0a", "feed/")),
    *(f"{GUIDE[:-1]}{end}" for end in ("", ".css", ";x.css", "%2Fx.css", "//", "/index.html")),
    f"/{GUIDE}",
    "/code/opened/x.css",
    "/access/x.css",
]


@pytest.fixture(params=[True, False], ids=["heeds Vary", "does not heed Vary: Cookie"])
def cache(demo: str, request: pytest.FixtureRequest) -> SharedCache:
    return SharedCache(origin, now=time.time, heeds_cookies=request.param)


@pytest.fixture
def code(demo: str) -> str:
    made = CohortCode.objects.create(name="Atlanta", expires_at=timezone.now() + timedelta(days=9))
    made.resources.set(ResourcePage.objects.filter(slug__in=[GUIDE.split("/")[2]]))
    return made.written


def link_mailed() -> str:
    texts = " ".join(OutgoingMail.objects.values_list("text", flat=True))
    found = re.search(r"http://testserver(/access/\S+)", texts)
    assert found
    return found[1]


def file_address() -> str:
    return f"/download/{ResourceFile.objects.get(resource__slug=GUIDE.split('/')[2]).key}/"


def expect_stranger_s(answer: Answer, asked: str) -> None:
    shown = {mark for mark in PERSONAL.findall(answer.text) if mark not in asked}
    assert shown == set(), asked
    assert not answer.body.startswith(b"%PDF")
    assert not answer.cookies, asked


def test_strangers_share_what_the_cache_keeps(cache: SharedCache) -> None:
    """Else all that follows would hold for a cache that keeps nothing."""
    for address in SHARED:
        first = Visitor(cache).get(address)
        again = Visitor(cache).get(address)
        assert (again.is_from_cache, again.body) == (True, first.body), address
        head = Visitor(cache).get(address, "HEAD")
        assert (head.is_from_cache, head.status, head.body) == (True, 200, b"")
        known = Visitor(cache).get(address, **{"if-none-match": first.headers["etag"]})
        assert (known.status, known.body) == (304, b"")


def test_stranger_never_meets_what_a_visitor_has_opened(cache: SharedCache) -> None:
    ana, stranger = Visitor(cache), Visitor(cache)
    everywhere = [*SHARED, *OTHERS, *FORMS, *TRICKS, file_address()]
    ana.post(GUIDE, {"work_email": ANA})
    for step in (lambda: ana.post(GUIDE, {"work_email": ANA}), lambda: unlock(ana)):
        step()
        for address in everywhere:
            ana.get(address)
            ana.get(address, "HEAD")
            expect_stranger_s(stranger.get(address), address)
            expect_stranger_s(stranger.get(address, "HEAD"), address)
        for address in everywhere:
            expect_stranger_s(Visitor(cache).visit(address), address)
    assert stranger.cookies == {}


def unlock(visitor: Visitor) -> Answer:
    opened = visitor.follow(visitor.post(GUIDE, ANSWER))
    assert file_address() in opened.text
    assert "?pass=" not in opened.text
    return opened


def test_visitor_never_meets_the_locked_page_that_strangers_left(cache: SharedCache) -> None:
    ana = Visitor(cache)
    for address in (GUIDE, OTHER):
        Visitor(cache).get(address)
    unlock(ana)
    for address in (GUIDE, OTHER):
        Visitor(cache).get(address)
        opened = ana.get(address)
        assert "/download/" in opened.text
        assert not opened.is_from_cache
    assert ana.get(file_address()).body.startswith(b"%PDF")


def test_whoever_is_not_you_is_a_stranger_at_once(cache: SharedCache) -> None:
    ana = Visitor(cache)
    unlock(ana)
    left = ana.post("/not-you/", {"next": GUIDE})
    assert ana.cookies == {}
    for answer in (ana.follow(left), ana.get(OTHER), ana.get(file_address())):
        expect_stranger_s(answer, GUIDE)


def test_link_and_code_open_for_those_who_have_them_only(cache: SharedCache, code: str) -> None:
    ana, ben, cleo = Visitor(cache), Visitor(cache), Visitor(cache)
    unlock(ana)
    link = link_mailed()
    for way, device in ((link, ben), (f"/code/{code}/", cleo), ("/code/", cleo)):
        assert device.get(way).status == 200
        expect_stranger_s(Visitor(cache).get(GUIDE), GUIDE)
        opened = device.follow(device.post(way, {"code": code}))
        assert file_address() in opened.text
        expect_stranger_s(Visitor(cache).get(GUIDE), GUIDE)
        expect_stranger_s(Visitor(cache).get("/code/opened/"), "/code/opened/")
    assert "Not you?" in cleo.get("/code/opened/").text
    assert "/download/" not in cleo.get(OTHER).text
    assert "/download/" in ben.get(OTHER).text


def test_pass_in_an_address_is_not_kept_for_the_next(cache: SharedCache) -> None:
    ana = Visitor(cache)
    sent = ana.post(GUIDE, ANSWER)
    with_pass = sent.headers["location"]
    blocked = Visitor(cache).get(with_pass)
    assert "?pass=" in blocked.text
    assert "no-store" in blocked.orders
    assert with_pass not in cache.copies
    for address in (GUIDE, OTHER, file_address()):
        expect_stranger_s(Visitor(cache).get(address), address)


def test_nothing_that_knows_a_visitor_is_kept(cache: SharedCache, code: str) -> None:
    ana = Visitor(cache)
    ana.post(GUIDE, {"work_email": ANA})
    unlock(ana)
    ana.post("/access/", {"email": ANA})
    ana.post("/code/", {"code": code})
    for address in [*SHARED, *OTHERS, *FORMS, *TRICKS, link_mailed(), f"/code/{code}/"]:
        ana.visit(address)
    assert cache.copies
    for address, copies in cache.copies.items():
        for kept in copies:
            expect_stranger_s(kept.answer, address)


def test_what_a_visitor_typed_wrongly_stays_with_them(cache: SharedCache) -> None:
    ana, stranger = Visitor(cache), Visitor(cache)
    for address, typed in (
        (GUIDE, {"work_email": ANA, "name": "Ana Núñez"}),
        ("/contact/", {"work_email": ANA, "name": "Ana Núñez"}),
        ("/access/", {"email": f"{ANA},"}),
        ("/code/", {"code": f"code of {ANA}"}),
    ):
        assert ANA in ana.post(address, typed).text
        shown = stranger.get(address)
        expect_stranger_s(shown, address)
        assert "There is a problem" not in shown.text


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_steps_gives_each_what_is_theirs(
    cache: SharedCache, code: str, seed: int
) -> None:
    """Every answer through the cache is the one that the site itself gives."""
    chance = random.Random(seed)  # noqa: S311
    people = [Visitor(cache) for _number in range(3)]
    acts: list[Callable[[Visitor], Answer]] = [
        lambda who: who.follow(who.post(GUIDE, {**ANSWER, "name": str(people.index(who))})),
        lambda who: who.post(GUIDE, {"work_email": ANA}),
        lambda who: who.post("/not-you/", {"next": GUIDE}),
        lambda who: who.follow(who.post("/code/", {"code": code})),
        lambda who: who.post("/access/", {"email": ANA}),
    ]
    places = [*SHARED, *OTHERS, *FORMS, *TRICKS, file_address()]
    for _step in range(60):
        who = chance.choice(people)
        if chance.random() < 0.25:
            chance.choice(acts)(who)
            continue
        address, headers = chance.choice(places), who.headers
        direct = origin("GET", address, headers, "")
        through = who.get(address)
        assert (through.status, through.body) == (direct.status, direct.body), address
