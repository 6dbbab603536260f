"""What one sends leads nobody else elsewhere, and changes no guide that is open to others."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import LazySettings, settings
from django.db import connections
from django.test import Client
from wagtail.models import Locale, Site

from home.models import HomePage, StandardPage
from resources.models import ResourcePage
from tests.committing import as_committed
from tests.core.caching.poison import POISON
from tests.factories.fixtures import Make, Publish
from tests.factories.pages import publish as publish_page
from tests.serving import Server

STORY = "/our-story/"
AT_ONCE = 4


@pytest.fixture
def server(settings: LazySettings) -> Server:
    settings.ALLOWED_HOSTS = ["testserver", "other.example", "localhost"]
    return Server()


# --- An opened guide ----------------------------------------------------------------------


@pytest.fixture
def guide(make: Make) -> ResourcePage:
    make("Another guide")
    return make("A guide")


@pytest.fixture
def cookie(guide: ResourcePage) -> str:
    visitor = Client()
    visitor.post(guide.url, {"email": "ana@example.org"})
    as_committed()
    return f"{settings.ACCESS_COOKIE}={visitor.cookies[settings.ACCESS_COOKIE].value}"


def test_holder_gets_what_they_asked_for_whatever_another_holder_sent(
    server: Server, guide: ResourcePage, cookie: str
) -> None:
    opened = server(guide.url, HTTP_COOKIE=cookie)[2]
    assert b"/download/" in opened
    for poison in POISON:
        as_committed()
        cookies = f"{cookie}; {poison.get('HTTP_COOKIE', 'a=1')}"
        server(**{"path": guide.url, **poison, "HTTP_COOKIE": cookies})
        assert server(guide.url, HTTP_COOKIE=cookie)[2] == opened, poison
        for other in ({}, {"HTTP_COOKIE": f"{settings.ACCESS_COOKIE}=x"}):
            assert b"/download/" not in server(guide.url, **other)[2], poison


# --- Several sites and languages ----------------------------------------------------------


@pytest.fixture
def sites(home: HomePage, publish: Publish) -> None:
    """Give one site at another host, and one at another port of the first."""
    publish(home, StandardPage, "Our story", introduction="<p>Of the first</p>")
    for number, (host, port) in enumerate([("other.example", 80), ("testserver", 8000)]):
        root = home.get_root().add_child(
            instance=HomePage(title=f"Root {number}", slug=f"root-{number}")
        )
        Site.objects.create(hostname=host, port=port, root_page=root)
        words = f"<p>Of {host} {port}</p>"
        publish(root, StandardPage, "Our story", introduction=words)
    as_committed()


ASKED = [
    ({}, b"Of the first"),
    ({"HTTP_HOST": "other.example"}, b"Of other.example 80"),
    ({"SERVER_PORT": "8000"}, b"Of testserver 8000"),
    ({"SERVER_PORT": "8000", "HTTP_HOST": "testserver:8000"}, b"Of testserver 8000"),
    ({"HTTP_HOST": "testserver:8000"}, b"Of the first"),
    ({"HTTP_HOST": "localhost"}, b"Of the first"),
    ({"HTTP_X_FORWARDED_HOST": "other.example"}, b"Of the first"),
    ({"HTTP_X_FORWARDED_PORT": "8000"}, b"Of the first"),
    ({"HTTP_HOST": "other.example", "SCRIPT_NAME": "/x"}, b""),
]


@pytest.mark.parametrize("cookies", [{}, {"HTTP_COOKIE": "eoc_access=x"}], ids=["none", "access"])
def test_each_site_answers_for_itself(sites: None, server: Server, cookies: dict[str, str]) -> None:
    for given, words in [*ASKED, *ASKED[::-1], *ASKED[::2], *ASKED[1::2]]:
        status, _headers, body = server(STORY, **given, **cookies)
        found = {each for _given, each in ASKED if each and each in body}
        assert (status, found) == (("200 OK", {words}) if words else ("404 Not Found", set()))


def test_each_site_answers_for_itself_to_all_at_once_while_it_changes(
    transactional_db: None, sites: None, server: Server
) -> None:
    def ask(number: int) -> list[tuple[bytes, bytes]]:
        cookies = {"HTTP_COOKIE": "eoc_access=x"} if number % 2 else {}
        asked = [given for given in ASKED[number:] + ASKED[:number] if given[1]] * 3
        try:
            return [(words, server(STORY, **given, **cookies)[2]) for given, words in asked]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        asking = [pool.submit(ask, number) for number in range(AT_ONCE)]
        for page in StandardPage.objects.all():
            publish_page(page)
        answers = [answer for each in asking for answer in each.result()]
    assert answers
    for words, body in answers:
        assert {each for _given, each in ASKED if each and each in body} == {words}


def test_each_language_has_its_own_page(home: HomePage, publish: Publish, server: Server) -> None:
    story = publish(home, StandardPage, "Our story", introduction="<p>In English</p>")
    spanish = Locale.objects.create(language_code="es")
    home.copy_for_translation(spanish)
    translated = story.copy_for_translation(spanish)
    translated.introduction = "<p>En castellano</p>"
    publish_page(translated.get_parent().specific)
    publish_page(translated)
    as_committed()
    for _ in range(2):
        for path, words in ((STORY, b"In English"), ("/es/our-story/", b"En castellano")):
            for header in (
                {},
                {"HTTP_ACCEPT_LANGUAGE": "es"},
                {"HTTP_COOKIE": "django_language=es"},
            ):
                answer = server(path, **header)
                assert (answer[0], words in answer[2]) == ("200 OK", True), (path, header)
