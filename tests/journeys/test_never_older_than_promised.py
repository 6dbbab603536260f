"""Two visitors and an editor ask a site that changes all the time.

No answer is older than promised, and none is another's. More steps than the suite makes:
`STEPS=10000 pytest tests/journeys/test_never_older_than_promised.py`.
"""

import os
import re
from collections.abc import Callable
from random import Random
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.journeys.changes_of_site import Changes
from tests.journeys.changing_site import Asker, Clock, Guide, World, word
from tests.serving import Answer, Server

STEPS = int(os.environ.get("STEPS", "150"))
WORD = re.compile(rb"word\d+x")
EVERY = Changes.every()


class Walk:
    def __init__(self, world: World, clock: Clock, random: Random) -> None:
        self.world, self.clock, self.random = world, clock, random
        self.server = Server()
        self.sent = 0
        self.done: list[str] = []

    def step(self) -> None:
        ways: list[Callable[[], object]] = [self.change, self.ask]
        try:
            self.random.choices(ways, [1, 3])[0]()
        except AssertionError as error:
            error.add_note(f"After {len(self.done)}: {self.done[-20:]}")
            error.add_note("\n".join(map(str, self.world.guides)))
            raise

    def change(self) -> None:
        change = self.random.choice(EVERY)
        self.world.sign_in()
        changes = Changes(self.world, self.clock, self.random)
        self.done.append(f"{change.__name__} {changes.guide.pk}")
        change(changes)

    def ask(self) -> None:
        asker = self.random.choice(self.world.askers)
        guide = self.random.choice(self.world.guides)
        ways = [self.read, self.read, self.read_list, self.read_map, self.read_left]
        way = self.random.choice([*ways, self.fetch, self.mistype, self.answer])
        self.done.append(f"{way.__name__} {guide.pk} {self.world.askers.index(asker)}")
        way(asker, guide)

    def get(self, address: str, asker: Asker) -> tuple[Answer, set[str]]:
        forms: list[dict[str, str]] = [{"HTTP_ACCEPT_ENCODING": "gzip"}, {"REQUEST_METHOD": "HEAD"}]
        if self.random.random() < 0.2:
            self.server(address, **asker.header, **self.random.choice(forms))
        answer = self.server(address, **asker.header)
        self.keep_cookies(asker, answer)
        return answer, words(answer)

    def keep_cookies(self, asker: Asker, answer: Answer) -> None:
        name, _is, rest = answer[1].get("Set-Cookie", "").strip().partition("=")
        if name == settings.ACCESS_COOKIE:
            asker.cookies[name] = rest.partition(";")[0]

    # --- What is asked ------------------------------------------------------------------

    def read(self, asker: Asker, guide: Guide) -> None:
        answer, found = self.get(self.world.address(guide), asker)
        if not asker.sees(guide):
            # Who has signed in is told, and anybody else is led to sign in first.
            leads = guide.is_live and guide.is_restricted and not asker.is_staff
            assert answer[0][:3] == ("302" if leads else "404")
            assert found <= self.world.allowed()
            return
        must, may = self.world.of_guide(guide, asker)
        assert (answer[0], must - found, found - may) == ("200 OK", set(), set())
        assert (b"/download/" in answer[2]) is asker.opens(guide)
        assert (b"wagtail-userbar" in answer[2]) is asker.is_staff
        if asker.is_staff or (guide.is_gated and asker.opens(guide)):
            assert "no-store" in answer[1]["Cache-Control"]

    def read_list(self, asker: Asker, guide: Guide) -> None:
        answer, found = self.get(f"/{self.world.indexes[guide.index].slug}/", asker)
        titles = {shown.title for shown in self.world.public_in(guide.index)}
        must = self.world.everywhere() | titles
        assert (answer[0], must - found) == ("200 OK", set())
        assert found <= self.world.allowed()
        others = {shown.title for shown in self.world.public_in(1 - guide.index)}
        assert not found & others

    def read_map(self, asker: Asker, guide: Guide) -> None:
        answer, found = self.get("/sitemap.xml", asker)
        public = {each.slug for index in (0, 1) for each in self.world.public_in(index)}
        others = {index.slug for index in self.world.indexes}
        assert (answer[0], public - found) == ("200 OK", set())
        assert found & {each.slug for each in self.world.guides} == public
        assert found >= others

    def read_left(self, asker: Asker, guide: Guide) -> None:
        for address in set(guide.left[-1:]) - {self.world.address(guide)}:
            answer, found = self.get(address, asker)
            assert answer[0][:3] in {"301", "302", "404"}
            assert found <= self.world.allowed()

    def fetch(self, asker: Asker, guide: Guide) -> None:
        key = guide.page.files.get().key
        answer, found = self.get(f"/download/{key}/", asker)
        if asker.opens(guide):
            assert (answer[0], found) == ("200 OK", {guide.content})
        else:
            assert answer[0][:3] != "200"
            assert found <= self.world.allowed()

    def mistype(self, asker: Asker, guide: Guide) -> None:
        typed = word()
        _answer, found = self.post(guide, asker, email=typed)
        form = self.world.forms[guide.form]
        # What was typed comes back with its form, also when that has just been closed.
        assert found <= self.world.of_guide(guide, asker)[1] | {typed, form.label, form.shown}
        if asker.sees(guide) and guide.is_gated:
            assert typed in found

    def answer(self, asker: Asker, guide: Guide) -> None:
        form = self.world.forms[guide.form]
        if asker.is_staff or form.shown != form.label or not guide.is_gated:
            return
        email = asker.email = asker.email or f"{word()}@example.org"
        answer, _found = self.post(guide, asker, email=email)
        if asker.sees(guide):
            assert (answer[0][:3], settings.ACCESS_COOKIE in asker.cookies) == ("303", True)
            asker.forms.add(guide.form)
        else:
            assert answer[0][:3] in {"302", "404"}

    def post(self, guide: Guide, asker: Asker, **data: str) -> tuple[Answer, set[str]]:
        self.sent += 1
        # Each from another network: what comes too often is held for staff.
        network = f"10.{self.sent // 65_536}.{self.sent // 256 % 256}.{self.sent % 256}"
        environ = {
            "REQUEST_METHOD": "POST",
            "REMOTE_ADDR": network,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_ORIGIN": "http://testserver",
            "HTTP_SEC_FETCH_SITE": "same-origin",
            **asker.header,
        }
        answer = self.server.send(self.world.address(guide), urlencode(data).encode(), environ)
        self.keep_cookies(asker, answer)
        return answer, words(answer)


def words(answer: Answer) -> set[str]:
    return {found.decode() for found in WORD.findall(answer[2])}


@pytest.mark.parametrize("seed", [int(os.environ.get("SEED", "1"))])
def test_no_answer_is_older_than_promised_and_none_is_anothers(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    walk = Walk(World(), Clock(monkeypatch), Random(seed))  # noqa: S311
    for _ in range(STEPS):
        walk.step()
