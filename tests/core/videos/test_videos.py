"""Video addresses, lengths and rules; no test here needs the network or a player."""

import json
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders import get_finders
from wagtail.rich_text import expand_db_html

from eoc_cms.core.videos import (
    PLAYER_ORIGINS,
    KnownVideoFinder,
    UnknownVideoAddressError,
    build_video,
    length_label,
    parse_length,
    parse_video_address,
    parse_video_url,
    video_problems,
    video_structured_data,
)
from eoc_cms.core.videos.rules import is_playable

pytestmark = pytest.mark.indexed

ID = "M7lc1UVf-VE"
WATCH = f"https://www.youtube.com/watch?v={ID}"
PLAYER = f"https://www.youtube-nocookie.com/embed/{ID}?rel=0"
LOOM = "0281766fa2d04bb788eaf19e65135184"
SPOKEN: dict[str, Any] = {"captions": "captions", "transcript": "<p>Welcome.</p>"}

KNOWN = [
    (WATCH, "youtube", WATCH, PLAYER),
    (f"http://youtube.com/watch?v={ID}", "youtube", WATCH, PLAYER),
    (f"youtube.com/watch?v={ID}", "youtube", WATCH, PLAYER),
    (f"  https://m.youtube.com/watch?feature=share&v={ID}  ", "youtube", WATCH, PLAYER),
    (f"https://www.youtube.com/watch?v={ID}&list=PL1&index=2", "youtube", WATCH, PLAYER),
    (f"https://youtu.be/{ID}?si=abc", "youtube", WATCH, PLAYER),
    (f"https://youtu.be/{ID}?t=90", "youtube", f"{WATCH}&t=90s", f"{PLAYER}&start=90"),
    (f"{WATCH}&t=1h2m3s", "youtube", f"{WATCH}&t=3723s", f"{PLAYER}&start=3723"),
    (f"{WATCH}&t=soon", "youtube", WATCH, PLAYER),
    (f"https://www.youtube.com/shorts/{ID}", "youtube", WATCH, PLAYER),
    (f"https://www.youtube.com/live/{ID}?feature=share", "youtube", WATCH, PLAYER),
    (
        f"https://www.youtube.com/embed/{ID}?start=5",
        "youtube",
        f"{WATCH}&t=5s",
        f"{PLAYER}&start=5",
    ),
    (f"https://www.youtube-nocookie.com/embed/{ID}", "youtube", WATCH, PLAYER),
    (
        "https://vimeo.com/76979871",
        "vimeo",
        "https://vimeo.com/76979871",
        "https://player.vimeo.com/video/76979871?dnt=1",
    ),
    (
        "https://vimeo.com/76979871/8272103f6e#t=90s",
        "vimeo",
        "https://vimeo.com/76979871/8272103f6e#t=90s",
        "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1#t=90s",
    ),
    (
        "https://player.vimeo.com/video/76979871?h=8272103f6e",
        "vimeo",
        "https://vimeo.com/76979871/8272103f6e",
        "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1",
    ),
    (
        "https://vimeo.com/channels/staffpicks/76979871",
        "vimeo",
        "https://vimeo.com/76979871",
        "https://player.vimeo.com/video/76979871?dnt=1",
    ),
    (
        "https://academy.wistia.com/medias/e4a27b971d",
        "wistia",
        "https://academy.wistia.com/medias/e4a27b971d",
        "https://fast.wistia.net/embed/iframe/e4a27b971d?doNotTrack=true",
    ),
    (
        "https://fast.wistia.com/embed/iframe/e4a27b971d?seo=false",
        "wistia",
        "https://fast.wistia.net/embed/iframe/e4a27b971d",
        "https://fast.wistia.net/embed/iframe/e4a27b971d?doNotTrack=true",
    ),
    (
        f"https://www.loom.com/share/{LOOM}?sid=1&t=30",
        "loom",
        f"https://www.loom.com/share/{LOOM}?t=30",
        f"https://www.loom.com/embed/{LOOM}?t=30",
    ),
    (
        f"https://www.loom.com/share/A-Title-{LOOM}",
        "loom",
        f"https://www.loom.com/share/{LOOM}",
        f"https://www.loom.com/embed/{LOOM}",
    ),
    (
        "https://www.ted.com/talks/ken_robinson_do_schools_kill_creativity",
        "ted",
        "https://www.ted.com/talks/ken_robinson_do_schools_kill_creativity",
        "https://embed.ted.com/talks/ken_robinson_do_schools_kill_creativity",
    ),
    (
        "https://embed.ted.com/talks/lang/es/ken_robinson_do_schools_kill_creativity",
        "ted",
        "https://www.ted.com/talks/ken_robinson_do_schools_kill_creativity?language=es",
        "https://embed.ted.com/talks/lang/es/ken_robinson_do_schools_kill_creativity",
    ),
]

NOT_KNOWN = [
    "",
    "   ",
    "a video",
    "https://",
    "javascript:alert(1)",
    f"javascript://www.youtube.com/watch?v={ID}%0aalert(1)",
    f"javascript:alert(1)//youtube.com/watch?v={ID}",
    f"data:text/html,youtube.com/watch?v={ID}",
    f"ftp://www.youtube.com/watch?v={ID}",
    f"//www.youtube.com/watch?v={ID}",
    f"https://youtube.com.evil.example/watch?v={ID}",
    f"https://evil-youtube.com/watch?v={ID}",
    f"https://evil.example/youtube.com/watch?v={ID}",
    f"https://evil.example/?u=https://youtu.be/{ID}",
    f"https://youtube.com@evil.example/watch?v={ID}",
    f"https://user:secret@www.youtube.com/watch?v={ID}",
    f"https://www.youtube.com:8443/watch?v={ID}",
    f"https://www.youtube.com:port/watch?v={ID}",
    f"https://www.youtube.com\\@evil.example/watch?v={ID}",
    f"https://www.youtube.com/watch?v={ID}\x00",
    f"https://www.youtube.com/\n/watch?v={ID}",
    f"https://www.youtube.com/watch?v={ID}&x=" + "a" * 5000,
    "https://www.youtube.com/watch?v=" + "a" * 12,
    'https://www.youtube.com/embed/"><script>',
    "https://www.youtube.com/@channel",
    "https://vimeo.com/about",
    "https://vimeo.com/76979871/../../evil",
    "https://wistia.com.evil.example/medias/e4a27b971d",
    "https://www.loom.com/share/short",
    "https://www.ted.com/talks/<script>",
    "https://[::1/watch",
]


# Wagtail's patterns for its oEmbed finder take all of these.
NO_VIDEO = [
    "https://www.youtube.com/watch?v=short",
    "https://youtube.com/watch?v=a b",
    "https://gaming.youtube.com/watch?v=short",
    "https://www.youtube.com/playlist?list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf",
    "https://youtu.be/short",
    "https://vimeo.com/channels/staffpicks",
    "https://vimeo.com/groups/shortfilms",
    "https://www.ted.com/talks",
    "https://HOME.wistia.com/medias/",
]


@pytest.mark.parametrize(("url", "provider", "watch_url", "embed_url"), KNOWN)
def test_known_address_is_understood(
    url: str, provider: str, watch_url: str, embed_url: str
) -> None:
    found = parse_video_url(url)
    assert (found.provider, found.watch_url, found.embed_url) == (provider, watch_url, embed_url)
    assert embed_url.startswith(PLAYER_ORIGINS)
    assert parse_video_url(found.watch_url).video_id == found.video_id


@pytest.mark.parametrize("url", NOT_KNOWN)
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(UnknownVideoAddressError):
        parse_video_url(url)
    assert not is_playable(url)


@pytest.mark.parametrize("url", [*NOT_KNOWN, *NO_VIDEO])
def test_no_finder_of_wagtails_lets_it_in_again(url: str) -> None:
    first = next((finder for finder in get_finders() if finder.accept(url)), None)
    if first:
        assert isinstance(first, KnownVideoFinder)
        with pytest.raises(EmbedNotFoundException):
            first.find_embed(url)


@pytest.mark.parametrize("url", NO_VIDEO)
def test_address_of_a_provider_that_is_no_video_is_not_published(url: str) -> None:
    assert list(video_problems(url=url, media=None, **SPOKEN)) == ["url"]


@pytest.mark.parametrize(
    ("url", "play_url"),
    [
        (WATCH, f"{PLAYER}&autoplay=1"),
        (f"https://www.loom.com/share/{LOOM}", f"https://www.loom.com/embed/{LOOM}?autoplay=1"),
        (
            "https://vimeo.com/76979871#t=5",
            "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1#t=5s",
        ),
        ("https://www.dailymotion.com/video/x26m1j4", ""),
    ],
)
def test_player_starts_for_somebody_who_has_pressed_play(url: str, play_url: str) -> None:
    assert parse_video_address(url).play_url == play_url


def test_address_of_another_site_is_linked_to_and_made_harmless() -> None:
    found = parse_video_address('http://www.example.org/a"b<c>?q="><script>&t=1')
    assert found.provider_label == "example.org"
    assert found.embed_url == ""
    assert found.watch_url.startswith("https://www.example.org/a%22b%3Cc%3E?q=")
    assert not set('"<>') & set(found.watch_url)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://localhost/", "words", ""])
def test_what_is_no_web_address_is_not_linked_to(url: str) -> None:
    with pytest.raises(UnknownVideoAddressError):
        parse_video_address(url)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("4:30", 270),
        ("1:02:03", 3723),
        ("4 min", 240),
        ("4 min 30 sec", 270),
        ("1 hour 5 minutes", 3900),
        ("40 s", 40),
        ("0:00", None),
        ("about an hour", None),
        ("4:75", None),
        ("", None),
    ],
)
def test_length_is_read_as_editors_write_it(text: str, seconds: int | None) -> None:
    assert parse_length(text) == seconds


@pytest.mark.parametrize(
    ("seconds", "label"),
    [(None, ""), (0, ""), (-3, ""), (0.2, "1 sec"), (59, "59 sec"), (61, "1 min"), (270, "4 min")],
)
def test_length_is_shown_in_words(seconds: float | None, label: str) -> None:
    assert length_label(seconds) == label


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"url": WATCH, **SPOKEN}, set()),
        ({"url": "https://vimeo.com/1", "captions": "no_speech", "transcript": ""}, set()),
        ({"url": "https://www.dailymotion.com/video/x26m1j4", **SPOKEN}, set()),
        ({"url": "", **SPOKEN}, {"url"}),
        ({"url": WATCH, "media": object(), **SPOKEN, "captions": "burned_in"}, {"url"}),
        ({"url": "https://example.org/clip", **SPOKEN}, {"url"}),
        ({"url": "javascript:alert(1)", **SPOKEN}, {"url"}),
        ({"url": WATCH, "captions": "missing", "transcript": "<p>Hi.</p>"}, {"captions"}),
        ({"url": WATCH, "captions": "", "transcript": "<p>Hi.</p>"}, {"captions"}),
        ({"url": WATCH, "captions": "captions", "transcript": "<p>&nbsp;</p>"}, {"transcript"}),
        ({"url": "", "media": object(), **SPOKEN}, {"captions"}),
    ],
)
def test_publishing_needs_one_source_captions_and_transcript(
    given: dict[str, object], wrong: set[str]
) -> None:
    assert set(video_problems(**{"media": None, **given})) == wrong  # type: ignore[arg-type]


def test_video_whose_source_has_gone_is_not_shown() -> None:
    assert build_video(title="Gone") is None
    assert render_to_string("blocks/includes/video_figure.html", {"video": None}).strip() == ""


def test_embedded_video_asks_nothing_of_another_site_before_the_click() -> None:
    video = build_video(title="Members convene", url=WATCH, length_seconds=240, **SPOKEN)
    html = render_to_string("blocks/includes/video_figure.html", {"video": video})
    assert "<iframe" not in html
    assert 'src="http' not in html
    words = " ".join(html.split())
    assert "Play video: Members convene" in words
    assert "(opens YouTube, 4 min)" in words
    assert f'href="{WATCH}"' in html
    assert "Watch on YouTube" in html
    assert "Transcript" in html


def test_title_cannot_break_out_of_the_markup() -> None:
    video = build_video(title='"><script>alert(1)</script>', url=WATCH)
    html = render_to_string("blocks/includes/video_figure.html", {"video": video})
    assert "<script>alert" not in html


def test_structured_data_says_what_is_known_and_nothing_more() -> None:
    video = build_video(
        title="Members convene", url=WATCH, length_seconds=270, date=date(2022, 10, 3), **SPOKEN
    )
    assert video
    data = video_structured_data(video, base_url="https://eoc.example/")
    assert json.loads(json.dumps(data)) == {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": "Members convene",
        "description": "Members convene",
        "uploadDate": "2022-10-03",
        "duration": "PT4M30S",
        "embedUrl": PLAYER,
        "url": WATCH,
        "transcript": "Welcome.",
    }


@pytest.mark.django_db
def test_video_in_rich_text_is_saved_and_shown_without_the_network() -> None:
    embed = get_embed(WATCH)
    assert embed.provider_name == "YouTube"
    html = expand_db_html(f'<embed embedtype="media" url="{WATCH}"/>')
    assert f'href="{WATCH}"' in html
    assert "<iframe" not in html
    assert "Play video (opens YouTube)" in html
