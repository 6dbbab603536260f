"""Whatever is sent, by whatever program: an answer in words, never a server error.

Cases of one kind are sent one after the other within one test, since the demo takes
longer to load than all of them to answer. What `test_visitors_way.py` sends to a
guide's form is not repeated here.
"""

import uuid
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from eoc_cms.core.typed_text import clean_text
from forms_app.models import FormField, Submission

GUIDE = "/resources/empowering-equity-officers/"
CONTACT = "/contact/"
GUIDE_ANSWER = {"work_email": "ana@example.org", "role": "Other leader"}
CONTACT_ANSWER = {
    "work_email": "ana@example.org",
    "topic": "A question about a guide",
    "message": "Which guide comes first?",
}
ADDRESSES = [
    *("/", "/resources/", "/search/", "/not-you/", "/access/never-made/", "/nowhere/"),
    *("/code/", "/code/never-made/", "/code/opened/"),
    *("/documents/1/guide.pdf", "/media/none.jpg", "/admin/login/", f"/download/{uuid.uuid4()}/"),
]
URLENCODED = "application/x-www-form-urlencoded"
Body = tuple[bytes, str]

# What keyboards and clipboards make: joined emoji, text from right to left, a letter with
# a separate accent, markup, a formula, line ends.
ANY_SCRIPT = "Zoë 🌻👩🏽‍🏫 مرحبا بكم, שלום, 你好, e\u0301, <b>&amp;</b> 'and' \"or\",\r\n=1+1\tend"


def urlencoded(data: dict[str, str]) -> Body:
    return urlencode(data).encode(), URLENCODED


def form_data(data: dict[str, str]) -> Body:
    return encode_multipart(BOUNDARY, data), MULTIPART_CONTENT


def part(name: bytes, value: bytes, headers: bytes = b"") -> bytes:
    opening = b'--%s\r\nContent-Disposition: form-data; name="%s"' % (BOUNDARY.encode(), name)
    return b"%s%s\r\n\r\n%s\r\n" % (opening, headers, value)


def multipart(*parts: bytes, end: bytes = b"--%s--\r\n" % BOUNDARY.encode()) -> Body:
    return b"".join(parts) + end, MULTIPART_CONTENT


def file_part(name: bytes, value: bytes, file_name: bytes = b"list.txt") -> bytes:
    return part(name, value, b'; filename="%s"\r\nContent-Type: text/plain' % file_name)


# A form comes back with its errors: the program that sent this may not even know it.
READABLE: dict[str, Body] = {
    "nothing": (b"", URLENCODED),
    "no content type": (b"work_email=a", ""),
    "JSON": (b'{"work_email": "a@example.org"}', "application/json"),
    "broken JSON": (b"{", "application/json; charset=nonsense"),
    "unknown character set": (b"name=Ana", f"{URLENCODED}; charset=klingon"),
    "invalid UTF-8": (b"work_email=\xff\xfe&name=%c3%28&role=%ed%a0%80&topic=%ff", URLENCODED),
    "NUL bytes": (b"work_email=%00a@b.org&name=\x00&role=%00&message=a%00b", URLENCODED),
    "odd names": (b"na%00me=1&=2&%ff=3&&&;", URLENCODED),
    "emoji": urlencoded({"work_email": "🌻@example.org", "role": "🌻", "topic": "🌻"}),
    "one megabyte": urlencoded({"work_email": "a" * 1_000_000, "message": "🌻" * 80_000}),
    "multipart that is none": (b"garbage", MULTIPART_CONTENT),
    "multipart cut short": multipart(part(b"name", b"Ana"), end=b""),
    "multipart in invalid UTF-8": multipart(part(b"na\xffme", b"\xff"), part(b"name", b"\xc3(")),
    "multipart with NUL bytes": multipart(part(b"name", b"\x00"), part(b"work_email", b"a\x00b")),
    "broken base64": multipart(part(b"name", b"!!a", b"\r\nContent-Transfer-Encoding: base64")),
    "files for texts": multipart(
        file_part(b"work_email", b"\x00" * 100), file_part(b"other", b"x", b"../../\xff\x00.exe")
    ),
}
UNREADABLE: dict[str, Body] = {
    "UTF-16": ("name=Ana".encode("utf-16"), f"{URLENCODED}; charset=utf-16"),
    "multipart without a boundary": (b"x", "multipart/form-data"),
    "multipart with a bad boundary": (b"x", f"multipart/form-data; boundary={'y' * 300}"),
    "a long text": urlencoded({"name": "x" * 3_000_000}),
    "a long text in multipart": multipart(part(b"name", b"x" * 3_000_000)),
    "many fields": urlencoded({f"field{number}": "" for number in range(10_001)}),
    "many parts": multipart(*[part(b"f%d" % number, b"") for number in range(10_001)]),
    "many files": multipart(*[file_part(b"f%d" % number, b"x") for number in range(101)]),
}
QUERIES = [
    *("%00", "%ff", "q=%00", "q=%ff%fe", "q=%ed%a0%80", "q=%F0%9F%8C%BB", "q=%E2%80%8B", "q=a&q=b"),
    *("q=guide&page=%00", "q=guide&page=-1", f"q=guide&page={'9' * 40}", "page=x", "page=1e9"),
    *(f"q={quote(signs)}" for signs in ('"', "'", '"a', "\"'(&|!:*", "(" * 90, "NOT", "a OR", "-")),
    *(f"q={'x+' * 900}", "a" * 60_000, "&".join(f"a{number}=1" for number in range(9_000))),
    *("receipt=%00", "receipt=%ff", "pass=%ff", "pass=::", f"pass={'a' * 5_000}", "pass=WyJ:1:2"),
    "topic=%00&audience=%ff&format=%F0%9F%8C%BB&sort=%27&page=1e9",
]
PATHS = [
    *(
        "/%00/",
        "/%ff/",
        "/%ed%a0%80/",
        "/%F0%9F%8C%BB/",
        "/%",
        "/%zz/",
        "//",
        "/%2f%2fother.example/",
    ),
    *(f"/{'a' * 3000}/", "/a" * 1000, "/contact/%00", "/contact%0d%0aX:y/", "/resources/%ff/"),
    *("/access/%ff/", "/access/%00/", f"/access/{'a' * 5000}/", "/download/%00/", "/download/x/"),
    *(f"/documents/{'9' * 40}/x", "/documents/1/%00", "/documents/%D9%A1/%ff"),
    *("/media/%00", "/media/%ff", "/media/%2e%2e/db.sqlite3", f"/media/{'a' * 3000}"),
    *("/admin/%00/", "/admin/%ff/", "/_util/%00/", "/static/%00", "/static/%2e%2e/db.sqlite3"),
]


def send(address: str, body: Body, method: str = "POST") -> Any:
    content, content_type = body
    return Client().generic(method, address, content, content_type)


def server_errors(cases: Iterable[tuple[str, Any]]) -> list[str]:
    return [name for name, response in cases if response.status_code >= 500]


def test_form_comes_back_from_whatever_can_be_read(demo: str) -> None:
    for address in (GUIDE, CONTACT):
        for name, body in READABLE.items():
            response = send(address, body)
            assert response.status_code == 200, (address, name)
            assert b"There is a problem" in response.content, (address, name)
    assert not Submission.objects.exists()


def test_what_cannot_be_read_is_answered_in_words(demo: str) -> None:
    for address in (GUIDE, CONTACT):
        for name, body in UNREADABLE.items():
            response = send(address, body)
            assert response.status_code == 400, (address, name)
            assert b"too large or damaged" in response.content, (address, name)
            assert response["Cache-Control"] == "private, no-store"
    assert not Submission.objects.exists()


def test_no_body_breaks_an_address_without_a_form(demo: str) -> None:
    assert not server_errors(
        (f"{address}: {name}", send(address, body))
        for address in ADDRESSES
        for name, body in {**READABLE, **UNREADABLE}.items()
    )


def test_no_query_breaks_any_address(demo: str) -> None:
    assert not server_errors(
        (f"{address}?{query[:60]}", Client().get(f"{address}?{query}"))
        for address in (GUIDE, CONTACT, "/", "/resources/", "/search/", "/access/never-made/")
        for query in QUERIES
    )


def test_no_method_breaks_any_address(demo: str) -> None:
    assert not server_errors(
        (f"{method} {address}", send(address, (b"", URLENCODED), method))
        for method in ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")
        for address in [GUIDE, CONTACT, *ADDRESSES]
    )


def test_no_path_breaks_the_site(demo: str) -> None:
    assert not server_errors(
        (f"{method} {path[:60]}", send(path, (b"", URLENCODED), method))
        for method in ("GET", "POST")
        for path in PATHS
    )


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {**CONTACT_ANSWER, "topic": ""},
        {**CONTACT_ANSWER, "topic": "Nobody offered this"},
        {**CONTACT_ANSWER, "message": "x" * 1_000_000},
        {**CONTACT_ANSWER, "work_email": "🌻@example.org"},
    ],
    ids=["nothing", "missing", "unknown choice", "one megabyte", "no address"],
)
def test_contact_form_explains_and_keeps_what_was_typed(demo: str, answer: dict[str, str]) -> None:
    response = Client().post(CONTACT, answer)
    content = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in content
    assert answer.get("message", "") in content
    assert not Submission.objects.exists()


def test_byte_that_no_database_keeps_is_no_part_of_an_answer(demo: str) -> None:
    assert Client().post(CONTACT, {**CONTACT_ANSWER, "name": "a\x00b"}).status_code == 303
    assert Submission.objects.get().form_data["name"] == "ab"


@pytest.mark.parametrize("encode", [urlencoded, form_data])
def test_long_answer_in_any_script_is_stored_whole(
    demo: str, encode: Callable[[dict[str, str]], Body]
) -> None:
    FormField.objects.filter(page__slug="contact", clean_name="message").update(max_length=100_000)
    text = (ANY_SCRIPT * 2_000)[:100_000].strip()
    sent = send(CONTACT, encode({**CONTACT_ANSWER, "message": text, "nobody": "asked"}))
    assert sent.status_code == 303
    assert Submission.objects.get().form_data["message"] == clean_text(text)


def test_address_in_another_script_gets_its_mail(demo: str) -> None:
    sent = Client().post(GUIDE, {**GUIDE_ANSWER, "work_email": "ana@schüle.example"})
    assert sent.status_code == 303
    call_command("run_worker", once=True)
    assert ["ana@schüle.example"] in [message.to for message in mail.outbox]
