"""Words of a stranger carry no link in a mail to an address that a stranger typed."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.html import urlize
from hypothesis import given
from hypothesis import strategies as st

from eoc_cms.core.models import OutgoingMail
from forms_app.intake.harmless import LEFT_OUT, harmless
from tests.factories.fixtures import MakeForm

NAME = {"label": "First name", "field_type": "multiline"}
LINKS = [
    *("evil.com", "evil.com?u=1", "EVIL.COM:8080", "Evil.Com", "evil.company", "evil.xn--p1ai"),
    *("http:evil", "https://evil", "//evil", "\\\\evil\\x", "javascript:evil", "mailto:evil"),
    *(
        "mail@evil.com",
        "evil@localhost",
        "www.evil",
        "evil.com.pdf",
        "evil..com",
        "evil\u3002com x.pdf",
        "i❤.evil",
        "x.evil.ru",
    ),
    *(
        "evil\u3002com",
        "\uff45\uff56il\uff0e\uff43om",
        "evil\uff61COM",
        "ev\u200bil.c\u00adom",
        "evil\u2024com",
    ),
    *("münchenevil.de", "evil.рф", "例え.evil", "10.20.30.40", "<a href=evil>", "[url=evil]"),
    *("see evil.com now", "evil.com.", "(evil.com)", "“evil.com”", "one\nevil.com\ntwo"),
]
NAMES = [
    *("Dr. Smith", "J.R.R. Tolkien", "U.S.", "e.g. this", "3.5", "$1,200.50", "Ph.D.", "10:30"),
    *("Vers. 1.2.3", "evil[.]com", "evil .com", "Grade:A", "etc...", "plan.pdf", "O'Neil-Ruíz"),
    *("こんにちは。元気", "Section 3.b", "+1 404.555.0100", "5/6", "A.B. & C.", "no.", "tel: 404"),
]
PARTED = {
    "etc...and": "etc... and",
    "St.Louis": "St. Louis",
    "M.Ed": "M. Ed",
    "Dr.Smith": "Dr. Smith",
    "EVIL.ZIP": "EVIL. ZIP",
    "tel:+19005550100": "tel: +19005550100",
    "Steam:run": "Steam: run",
}


@pytest.mark.parametrize("answer", LINKS)
def test_link_is_left_out_of_subject_text_and_page(make_form: MakeForm, answer: str) -> None:
    form = make_form(
        NAME,
        visitor_mail_subject="To {First name}",
        visitor_mail_body="Dear {First name}!",
    )
    Client().post(form.url, {"email": "ana@example.org", "first_name": answer})
    mail = OutgoingMail.objects.get()
    assert mail.subject == f"To {LEFT_OUT}"
    assert f"Dear {LEFT_OUT}!" in mail.text
    sheet = BeautifulSoup(mail.html, "html.parser").select_one(".sheet")
    assert sheet is not None
    assert not sheet.select("a")


@pytest.mark.parametrize("answer", NAMES)
def test_name_or_number_stays_as_it_is(answer: str) -> None:
    assert harmless(answer) == answer


@pytest.mark.parametrize("answer", PARTED)
def test_words_tied_by_a_dot_or_a_colon_are_parted(answer: str) -> None:
    assert harmless(answer) == PARTED[answer]


def test_visitors_own_address_stays(make_form: MakeForm) -> None:
    form = make_form(
        {"label": "Other", "field_type": "email"}, visitor_mail_body="{E-mail}|{Other}"
    )
    Client().post(form.url, {"email": "ana@example.org", "other": "eve@evil.com"})
    assert OutgoingMail.objects.get().text.startswith(f"ana@example.org|{LEFT_OUT}")


WORDS = st.lists(
    st.sampled_from(
        ["evil", "EVIL", "Evil", ".", ".", "\u3002", ":", "/", "@", " ", "com", "COM", "Zip", "1"]
    ),
    max_size=9,
).map("".join)


@given(st.one_of(WORDS, st.text()))
def test_nothing_is_left_that_a_program_makes_a_link_of(answer: str) -> None:
    shown = harmless(answer)
    assert "<a" not in urlize(shown, autoescape=True)
    is_file = shown.rpartition(".")[2].casefold() in {"pdf", "csv", "txt"}
    assert is_file or not re.search(r"\S\.[^\W\d_]{2}", shown)


def test_long_answer_takes_no_time() -> None:
    for text in ("a" * 100_000, "a." * 50_000, "(" * 100_000, "1." * 50_000):
        assert len(harmless(text)) <= 200
