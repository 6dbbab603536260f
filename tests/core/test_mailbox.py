"""All writings of one address are one mailbox, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eoc_cms.core.mailbox import normalise_email, spellings

SAME = [
    ("user@münchen.de", "user@xn--mnchen-3ya.de"),
    ("user@münchen.de", "USER@MÜNCHEN.DE"),
    ("user@münchen.de", "user@mu\u0308nchen.de"),
    ("user@münchen.de", "user@XN--MNCHEN-3YA.de"),
    ("josé@example.org", "JOSÉ@example.org"),
    ("josé@example.org", "JOSE\u0301@EXAMPLE.org"),
    ("ana@example.org", " ana@example.org\n"),
    ("ana@example.org", "\u202aana@example.org\u202c"),
    ("ana@example.org", "a\u200bna@exam\u00adple.org"),
    ("ana@example.org", "\ufeffana@example.org"),
    ("ana@example.org", "\uff41na@example.org"),
    ("ana@例え.jp", "ana@例え。jp"),
    ("ana@i❤.ws", "ana@xn--i-7iq.ws"),
    ("ana@i❤.ws", "ana@i❤\ufe0f.ws"),
    ("ana@my_host.münchen.de", "ana@my_host.xn--mnchen-3ya.de"),
    ("ana@example.org", "ana\ufe0f@exam\u3164ple.org"),
    ("γιώργος.πάπας@example.org", "ΓΙΏΡΓΟΣ.ΠΆΠΑΣ@EXAMPLE.ORG"),
]
OTHERS = [
    ("ana@example.org", "anna@example.org"),
    ("ana@example.org", "ana@example.com"),
    ("straße@example.org", "strasse@example.org"),
    ("ana@straße.de", "ana@strasse.de"),
    ("jose@example.org", "josé@example.org"),
    ("ana.diaz@example.org", "anadiaz@example.org"),
    ("ana+news@example.org", "ana@example.org"),
]
NO_ADDRESS = [
    "",
    "@",
    "ana",
    "ana@",
    "@example.org",
    "ana@xn--\x00.org",
    "ana@xn--a.org",
    "ana@-x-.org",
    "a@b@c",
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_writings_of_one_mailbox_are_one(one: str, other: str) -> None:
    assert normalise_email(one) == normalise_email(other) == one


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_mailboxes_stay_two(one: str, other: str) -> None:
    assert normalise_email(one) != normalise_email(other)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_is_no_address_breaks_nothing(text: str) -> None:
    assert normalise_email(text) == normalise_email(normalise_email(text))
    assert spellings(text)


@given(st.text(max_size=60).map(lambda text: f"a{text}@{text}.org"))
def test_a_normal_form_has_no_other(text: str) -> None:
    once = normalise_email(text)
    assert normalise_email(once) == once


def test_both_spellings_of_a_domain_are_looked_for() -> None:
    assert spellings("user@münchen.de") == ["user@münchen.de", "user@xn--mnchen-3ya.de"]
    assert spellings("ana@i❤.ws") == ["ana@i❤.ws", "ana@xn--i-7iq.ws"]
    assert spellings("ana@example.org") == ["ana@example.org"]
