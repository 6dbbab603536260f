"""Captions are read cue by cue; what players would leave out is refused by its line."""

import pytest

from eoc_cms.core.files.captions import MOST_BYTES, CaptionsError, as_webvtt

GOOD = b"WEBVTT\n\n00:00.000 --> 00:02.000\nMembers met in Atlanta.\n"


def told(raw: bytes) -> str:
    """Return what an editor is told of captions, or nothing where they are taken."""
    try:
        as_webvtt(raw)
    except CaptionsError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "raw",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"\n", b"\r"),
        b"WEBVTT - Atlanta\nKind: captions\n\nNOTE ours\n\nSTYLE\n::cue { color: red }\n\n"
        b"REGION\nid:one\n\nfirst\n00:00.000 --> 01:00:02.000 align:start\n<v Ana>Hello</v>\n",
        "WEBVTT\n\n00:00.000 --> 00:02.000\nJosé, 公平\u2028领导者\n".encode(),
    ],
    ids=["plain", "mark", "windows", "old mac", "with everything", "any language"],
)
def test_webvtt_is_kept_to_the_byte(raw: bytes) -> None:
    assert as_webvtt(raw) == raw


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "times and no words"),
        (b"", "Line 1 must be the word WEBVTT"),
        (b"Members met.", "Line 1 must be the word WEBVTT"),
        (GOOD.replace(b"WEBVTT", b"WEBVTTx"), "Line 1 must be the word WEBVTT"),
        (b"WEBVTT\n", "There is no caption"),
        (b"WEBVTT\n\nNOTE nothing yet\n", "There is no caption"),
        (GOOD.replace(b".000", b",000"), "Line 3: these are not the times"),
        (GOOD.replace(b"00:02", b"0:2"), "Line 3: these are not the times"),
        (GOOD.replace(b"-->", b"->"), "Line 3 belongs to no caption"),
        (GOOD + b"\nand went home\n", "Line 6 belongs to no caption"),
        (GOOD + b"00:03.000 --> 00:04.000\nAgain\n", "Line 5: an empty line must stand"),
        (GOOD.replace(b"\n\n", b"\n"), "Line 2: an empty line must stand"),
        (GOOD.replace(b"00:02", b"00:00"), "Line 3: the caption must end after it begins"),
        (GOOD + "\n00:03.000 --> 00:04.000\nJosé\n".encode("cp1252"), "Line 7: its letters"),
        (GOOD.decode().encode("utf-16"), "Line 1: its letters"),
        (GOOD + b"\0", "This is not a file of text"),
        (b"WEBVTT\n" + b" " * MOST_BYTES, "too large to be captions"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_line(raw: bytes, words: str) -> None:
    assert words in told(raw)


def test_subrip_becomes_webvtt() -> None:
    subrip = "\ufeff1\r\n00:00:00,000 --> 00:00:02,500\r\n<i>José</i> & Ana\r\nmet\r\n\r\n"
    assert (
        as_webvtt((subrip + "2\r\n00:00:03,000 --> 00:00:04,000\r\nBye").encode())
        == (
            "WEBVTT\n\n00:00:00.000 --> 00:00:02.500\n<i>José</i> & Ana\nmet\n\n"
            "00:00:03.000 --> 00:00:04.000\nBye\n"
        ).encode()
    )


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"1\n00:00:00,000 --> 00:00\nA\n", "Line 2: these are not the times"),
        (b"1\n00:00:02,000 --> 00:00:01,000\nA\n", "Line 2: the caption must end"),
        (b"00:00:00,000 --> 00:00:01,000\nA\n", "could not be turned into WebVTT"),
        (b"<html>-->", "Line 1: these are not the times"),
    ],
)
def test_subrip_that_cannot_be_turned_is_refused(raw: bytes, words: str) -> None:
    assert words in told(raw)
