"""The captions of a video, read cue by cue before they are kept.

Players leave out without a word what they cannot read, so a slip costs people who do not
hear their words. What a file holds is judged by webvtt-py, one block at a time, so that an
editor can be told the line. SubRip (.srt) is turned into WebVTT.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import webvtt
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

# The captions of a whole day; what is larger is something else.
MOST_BYTES = 2 * 1024 * 1024
ARROW = "-->"
# WebVTT §4.1: the word may be followed by blanks and other words on its line, by no letter.
HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
# What stands in a WebVTT file beside its cues.
BESIDE_CUES = ("NOTE", "STYLE", "REGION")
CUE_FOR_TRYING = "WEBVTT\n\n{}"
SUBRIP_FOR_TRYING = "1\n{}\nWords"
WEBVTT_TIMES = "00:00:01.000 --> 00:00:04.000"
SUBRIP_TIMES = "00:00:01,000 --> 00:00:04,000"


class CaptionsError(ValueError):
    """The captions cannot be used; the message tells an editor why and where."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """Lines without an empty one between them, and the number of the first in its file."""

    number: int
    lines: tuple[str, ...]

    @property
    def arrows(self) -> list[int]:
        """The numbers of the lines that seem to hold times."""
        return [number for number, line in enumerate(self.lines, self.number) if ARROW in line]


def as_webvtt(raw: bytes) -> bytes:
    """Return captions as WebVTT, as they came or turned into it. Raises CaptionsError."""
    if len(raw) > MOST_BYTES:
        raise CaptionsError(_("This file is too large to be captions."))
    lines = re.split(r"\r\n|\r|\n", _decoded(raw))
    if HEADER.fullmatch(lines[0]):
        _check_webvtt(lines)
        return raw
    if not lines[0].startswith("WEBVTT") and any(ARROW in line for line in lines):
        return _from_subrip(lines)
    raise CaptionsError(
        _("Line 1 must be the word WEBVTT alone. This file is neither WebVTT nor SubRip (.srt).")
    )


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = len(re.findall(rb"\r\n|\r|\n", raw[: error.start])) + 1
        raise CaptionsError(
            _("Line %(number)d: its letters are not in UTF-8. Save the file as “UTF-8”.")
            % {"number": number}
        ) from error
    if "\0" in text:
        raise CaptionsError(_("This is not a file of text."))
    return text


def _check_webvtt(lines: list[str]) -> None:
    header, *blocks = _blocks(lines)
    _check_gaps(header, most=0)
    cues = [block for block in blocks if not _is_beside_cues(block)]
    if not cues:
        raise CaptionsError(_("There is no caption in this file: nothing follows its first line."))
    # Programs write times alone before anybody has typed a word.
    if not any(caption.text.strip() for caption in [_cue(block) for block in cues]):
        raise CaptionsError(_("These captions have times and no words."))


def _blocks(lines: list[str]) -> Iterator[Block]:
    first, held = 1, list[str]()
    for number, line in enumerate([*lines, ""], 1):
        if line:
            first = first if held else number
            held.append(line)
        elif held:
            yield Block(number=first, lines=tuple(held))
            held = []


def _is_beside_cues(block: Block) -> bool:
    is_blank = not "".join(block.lines).strip()
    return is_blank or (block.lines[0].startswith(BESIDE_CUES) and not block.arrows)


def _check_gaps(block: Block, *, most: int) -> None:
    if len(block.arrows) > most:
        raise CaptionsError(
            _("Line %(number)d: an empty line must stand before each caption.")
            % {"number": block.arrows[most]}
        )


def _cue(block: Block) -> webvtt.Caption:
    """Return what a block says and when. Raises CaptionsError."""
    _check_gaps(block, most=1)
    if not block.arrows:
        raise CaptionsError(
            _(
                "Line %(number)d belongs to no caption. Each caption begins with a line of its "
                "times, such as %(example)s, and has no empty line within."
            )
            % {"number": block.number, "example": WEBVTT_TIMES}
        )
    text = CUE_FOR_TRYING.format("\n".join(block.lines))
    try:
        [found] = webvtt.from_string(text, strict=True).captions
    except (MalformedCaptionError, ValueError) as error:
        raise _wrong_times(block, WEBVTT_TIMES) from error
    _check_order(found, block)
    return found


def _check_order(caption: webvtt.Caption, block: Block) -> None:
    if caption.end_time <= caption.start_time:
        raise CaptionsError(
            _("Line %(number)d: the caption must end after it begins.")
            % {"number": block.arrows[0]}
        )


def _wrong_times(block: Block, example: str) -> CaptionsError:
    return CaptionsError(
        _(
            "Line %(number)d: these are not the times of a caption. They are written like "
            "%(example)s."
        )
        % {"number": block.arrows[0], "example": example}
    )


def _from_subrip(lines: list[str]) -> bytes:
    for number, line in enumerate(lines, 1):
        if ARROW in line:
            _check_subrip_times(Block(number=number, lines=(line,)))
    try:
        return _read_subrip("\n".join(lines).strip()).content.encode()
    except (MalformedFileError, ValueError) as error:
        raise CaptionsError(
            _("This file could not be turned into WebVTT. Export it anew as WebVTT (.vtt).")
        ) from error


def _check_subrip_times(block: Block) -> None:
    try:
        [found] = _read_subrip(SUBRIP_FOR_TRYING.format(block.lines[0])).captions
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        raise _wrong_times(block, SUBRIP_TIMES) from error
    _check_order(found, block)


def _read_subrip(text: str) -> webvtt.WebVTT:
    return webvtt.from_buffer([f"{line}\n" for line in text.split("\n")], format="srt")
