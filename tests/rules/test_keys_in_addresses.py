"""Whatever stands in an address where a key belongs: never an error of the server's.

Every address of ours and of Wagtail's is tried, with each of its parts in turn, by
somebody who may open all of them.
"""

import re
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import models, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern
from django.utils.regex_helper import normalize
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from eoc_cms.core.views.key_guard import may_be_key
from forms_app.models import FormPage
from tests.factories.fixtures import SUPERUSER, SignIn
from tests.rules.test_every_view import VIEWS
from tests.rules.test_every_view import address as address

NO_KEYS = [
    *("word", "9" * 25, "9" * 5000, "0", "-1", "1.5", "_31", "%D9%A2", "x" * 3000),
    *("a%00b", "%2500", "%%0000", "%25%30%30", "%ed%a0%80"),
]
ASKED_OF_ALL = ["parent_page_id=word", "collection_id=1.5", f"page_id={'9' * 25}", "next=word"]
READ_BY_SOME = [
    f"content_type={'9' * 25}",
    f"site={'9' * 5000}&content_type=word",
    "p=word&page=word&ordering=word",
    f"p={'9' * 25}&page={'9' * 25}&owner={'9' * 25}",
    f"p={'9' * 5000}&page={'9' * 5000}&user=word",
]
# What fills the other parts of an address, where it is no key.
WORDS = {
    "app_label": "resources",
    "model_name": "topic",
    "app_name": "resources",
    "content_type_app_name": "home",
    "content_type_model_name": "standardpage",
    "action": "delete",
    "media_type": "video",
    "filter_spec": "original",
    "revision_id_a": "live",
    "revision_id_b": "latest",
    "key": "00000000-0000-0000-0000-000000000000",
}
# Wagtail's own, to see what an error looks like.
FAILS = "/admin/failwhale/"
ASKED_EVERYWHERE = ("p", "page", "ordering", "export", "id", "filters", "list", "email")


def templates(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Yield every address, with {name} where a part of it goes."""
    for entry in resolver.url_patterns:
        for written in written_out(entry.pattern):
            if isinstance(entry, URLResolver):
                yield from templates(entry, before + written)
            else:
                yield before + written


def written_out(pattern: Any) -> list[str]:
    if isinstance(pattern, LocalePrefixPattern):
        return [""]
    if isinstance(pattern, RoutePattern):
        return [re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern))]
    return [re.sub(r"%\((\w+)\)s", r"{\1}", each) for each, _names in normalize(str(pattern))]


def parts_of(template: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", template)


def filled(template: str, good: str, **bad: str) -> str:
    return template.format(**{part: WORDS.get(part, good) for part in parts_of(template)} | bad)


@pytest.fixture
def ask(sign_in: SignIn) -> Callable[..., Any]:
    """Ask as somebody who may do everything, and undo whatever it does."""
    client = sign_in(SUPERUSER)
    client.raise_request_exception = False

    def asked(address: str, method: str = "GET", body: str = "") -> Any:
        with transaction.atomic():
            kind = "application/x-www-form-urlencoded"
            answer: Any = client.generic(method, address, body, content_type=kind)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return answer

    return asked


def test_no_part_of_any_address_is_an_error(ask: Callable[..., Any], form: FormPage) -> None:
    """Each part is tried with some of the values, in turn, as all would take minutes."""
    values = cycle(NO_KEYS)
    found = [
        f"{method} {address[:90]}"
        for template in templates(get_resolver())
        for part in parts_of(template)
        for method in ("GET", "POST", "GET")
        for address in [filled(template, str(form.pk), **{part: next(values)})]
        if ask(address, method).status_code >= 500
    ]
    assert found == []


def test_key_of_nothing_finds_nothing(ask: Callable[..., Any], address: Callable[..., str]) -> None:
    of_one = [
        name for name in VIEWS if "_modeladmin_" in name and re.search(r"\d/$", address(name))
    ]
    assert len(of_one) > 20
    for name in of_one:
        for value in NO_KEYS[::3]:
            answer = ask(re.sub(r"\d+/$", f"{value}/", address(name)))
            assert answer.status_code in {400, 404}, (name, value)


def test_no_key_asked_for_in_the_admin_is_an_error(ask: Callable[..., Any], form: FormPage) -> None:
    addresses = [filled(template, str(form.pk)) for template in templates(get_resolver())]
    of_admin = [each for each in addresses if each.startswith("/admin/") and each != FAILS]
    refused, read = cycle(ASKED_OF_ALL), cycle(READ_BY_SOME)
    failed = []
    for each in of_admin:
        asked = f"{each}?{next(refused)}"
        assert ask(asked).status_code in {302, 400, 403, 404, 405}, asked
        asked = f"{each}?{next(read)}"
        failed += [asked[:90]] if ask(asked).status_code >= 500 else []
    assert failed == []


@pytest.mark.parametrize("key", ["word", "9" * 25, "9" * 5000, "1.5", "all", "%2500"])
def test_no_key_among_many_is_an_error(ask: Callable[..., Any], form: FormPage, key: str) -> None:
    of_many = [each for each in templates(get_resolver()) if re.search("multiple/$|/bulk/", each)]
    assert len(of_many) > 5
    for template in of_many:
        for query in (f"id={key}", f"id={form.pk}&id={key}"):
            assert ask(f"{filled(template, str(form.pk))}?{query}").status_code < 500, template


def fields_of(answer: Any, method: str) -> set[str]:
    if answer.status_code != 200 or answer.streaming:
        return set()
    page = BeautifulSoup(answer.content, "html.parser")
    forms = [form for form in page.select("form") if str(form.get("method", "get")) == method]
    return {str(field["name"]) for form in forms for field in form.select("[name]")}


def test_no_filter_of_any_list_of_ours_is_an_error(
    ask: Callable[..., Any], address: Callable[..., str]
) -> None:
    values = cycle(["word", "-1", "1.5", "2026-02-30"])
    for name in sorted(name for name in VIEWS if not name.endswith("_results")):
        opened = ask(address(name))
        if opened.status_code != 200:
            continue
        for asked in {*ASKED_EVERYWHERE, *fields_of(opened, "get")}:
            query = f"{asked}={next(values)}"
            assert ask(f"{address(name)}?{query}").status_code < 500, (name, query)


@pytest.mark.parametrize("value", ["word", "9" * 25, "%00"])
def test_no_field_of_any_form_of_ours_is_an_error(
    ask: Callable[..., Any], address: Callable[..., str], value: str
) -> None:
    for name in sorted(VIEWS):
        fields = fields_of(ask(address(name)), "post") - {"csrfmiddlewaretoken"}
        for field in {"answers", "also", "next", "do", *fields}:
            answer = ask(address(name), "POST", f"{field}={value}")
            assert answer.status_code < 500, (name, field)


def test_every_model_with_an_address_has_a_number_for_a_key() -> None:
    for model in {Page, *get_page_models(), *get_snippet_models()}:
        key: Any = model._meta.pk
        while isinstance(key, models.OneToOneField):
            key = key.target_field
        assert isinstance(key, models.AutoField | models.BigAutoField), model


@pytest.mark.parametrize("value", [1, "2", 2**63 - 1, "live", "latest"])
def test_key_may_be_a_number_or_what_wagtail_says_for_one(value: object) -> None:
    assert may_be_key("revision_id", value)


def test_what_names_no_key_may_be_anything() -> None:
    assert may_be_key("token", "9" * 400)
    assert may_be_key("code", "word")


def test_stranger_is_led_to_the_sign_in_page_by_any_key(db: None) -> None:
    answer = Client().get("/admin/forms_app/submission/inspect/word/")
    assert answer["Location"].startswith("/admin/login/")


def test_admin_says_in_its_own_words_that_nothing_is_there(ask: Callable[..., Any]) -> None:
    answer = ask("/admin/forms_app/submission/inspect/word/")
    assert "The requested page could not be found" in answer.content.decode()
