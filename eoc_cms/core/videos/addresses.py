"""Understand the address of a video without asking its provider.

Saving a page must not depend on another site answering, and what is shown must
never repeat what was pasted: every address is built anew from the parts that
were recognized.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit

# Where the players of the known providers come from, for the frame-src of the
# content security policy.
PLAYER_ORIGINS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://fast.wistia.net",
    "https://www.loom.com",
    "https://embed.ted.com",
)
LONGEST_ADDRESS = 500
# All that belongs to those providers: what is no video there is none anywhere.
KNOWN_DOMAINS = re.compile(
    r"(?:.+\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|wistia\.(?:com|net)|loom\.com|ted\.com)"
)


class UnknownVideoAddressError(ValueError):
    """The address is not that of a video we can play."""


@dataclass(frozen=True)
class VideoAddress:
    """A video at a provider: where people watch it, and its privacy-friendly player.

    `embed_url` is empty where the provider's player is not known; such a video
    is linked to and not played on our page.
    """

    provider: str
    provider_label: str
    video_id: str
    watch_url: str
    embed_url: str
    autoplay: str = "autoplay=1"

    @property
    def play_url(self) -> str:
        """The player's address for a visitor who has already pressed our play button."""
        if not self.embed_url:
            return ""
        base, hash_mark, moment = self.embed_url.partition("#")
        return f"{base}{'&' if '?' in base else '?'}{self.autoplay}{hash_mark}{moment}"


def parse_video_url(url: str) -> VideoAddress:
    """Return the video that a YouTube, Vimeo, Wistia, Loom or TED address leads to.

    Raises UnknownVideoAddressError for everything else.
    """
    parts = _split(url)
    for hosts, read in _PROVIDERS:
        if hosts.fullmatch(parts.hostname or ""):
            found = read(parts)
            if found:
                return found
    raise UnknownVideoAddressError(url)


def is_of_known_provider(url: str) -> bool:
    """Say whether an address is at YouTube, Vimeo, Wistia, Loom or TED, a video or not."""
    try:
        host = urlsplit(url.strip() if "://" in url else f"https://{url.strip()}").hostname
    except ValueError:
        return False
    return KNOWN_DOMAINS.fullmatch(host or "") is not None


def parse_video_address(url: str) -> VideoAddress:
    """Return the video at any web address; one without a known player is only linked to.

    Raises UnknownVideoAddressError for what is no plain web address.
    """
    try:
        return parse_video_url(url)
    except UnknownVideoAddressError:
        parts = _split(url)
        host = parts.hostname or ""
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host):
            raise
        path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(parts.query, safe='=&%+/:;,@!$()*~-._')}" if parts.query else ""
        label = host.removeprefix("www.")
        return VideoAddress("other", label, "", f"https://{host}{path}{query}", "")


def _split(url: str) -> SplitResult:
    text = url.strip()
    if not text or len(text) > LONGEST_ADDRESS or re.search(r"[\x00-\x20\x7f\\]", text):
        raise UnknownVideoAddressError(url)
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        is_plain = parts.scheme in {"http", "https"} and not parts.username and not parts.port
    except ValueError as error:
        raise UnknownVideoAddressError(url) from error
    if not is_plain:
        raise UnknownVideoAddressError(url)
    return parts


def _first(parts: SplitResult, name: str) -> str:
    return parse_qs(parts.query).get(name, [""])[0]


def _seconds(text: str) -> int:
    """Read a moment such as `90`, `90s` or `1h2m3s`; anything else is the beginning."""
    match = re.fullmatch(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?", text)
    if not match:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _youtube(parts: SplitResult) -> VideoAddress | None:
    if parts.hostname == "youtu.be":
        match = re.fullmatch(r"/([\w-]{11})/?", parts.path, re.ASCII)
    elif parts.path.rstrip("/") == "/watch":
        match = re.fullmatch(r"([\w-]{11})", _first(parts, "v"), re.ASCII)
    else:
        match = re.fullmatch(r"/(?:shorts|live|embed|v)/([\w-]{11})/?", parts.path, re.ASCII)
    if not match:
        return None
    video = match[1]
    start = _seconds(_first(parts, "t") or _first(parts, "start"))
    return VideoAddress(
        "youtube",
        "YouTube",
        video,
        f"https://www.youtube.com/watch?v={video}{f'&t={start}s' if start else ''}",
        f"https://www.youtube-nocookie.com/embed/{video}?rel=0{f'&start={start}' if start else ''}",
    )


def _vimeo(parts: SplitResult) -> VideoAddress | None:
    match = re.fullmatch(
        r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/|(?:album|showcase)/\d+/video/)?"
        r"(\d{1,12})(?:/([0-9a-zA-Z]{6,40}))?/?",
        parts.path,
        re.ASCII,
    )
    if not match:
        return None
    video, key = match[1], match[2] or _first(parts, "h")
    key = key if re.fullmatch(r"[0-9a-zA-Z]{6,40}", key) else ""
    start = _seconds(parts.fragment.removeprefix("t="))
    moment = f"#t={start}s" if start else ""
    query = urlencode({**({"h": key} if key else {}), "dnt": "1"})
    return VideoAddress(
        "vimeo",
        "Vimeo",
        video,
        f"https://vimeo.com/{video}{f'/{key}' if key else ''}{moment}",
        f"https://player.vimeo.com/video/{video}?{query}{moment}",
    )


def _wistia(parts: SplitResult) -> VideoAddress | None:
    match = re.fullmatch(r"/(?:medias|embed/iframe|embed/medias)/([a-z0-9]{8,16})/?", parts.path)
    if not match:
        return None
    video = match[1]
    player = f"https://fast.wistia.net/embed/iframe/{video}"
    is_page = parts.path.startswith("/medias/")
    return VideoAddress(
        "wistia",
        "Wistia",
        video,
        f"https://{parts.hostname}/medias/{video}" if is_page else player,
        f"{player}?doNotTrack=true",
        autoplay="autoPlay=true",
    )


def _loom(parts: SplitResult) -> VideoAddress | None:
    match = re.fullmatch(r"/(?:share|embed)/(?:[\w-]{1,200}-)?([0-9a-f]{32})/?", parts.path)
    if not match:
        return None
    video = match[1]
    start = _seconds(_first(parts, "t"))
    moment = f"?t={start}" if start else ""
    return VideoAddress(
        "loom",
        "Loom",
        video,
        f"https://www.loom.com/share/{video}{moment}",
        f"https://www.loom.com/embed/{video}{moment}",
    )


def _ted(parts: SplitResult) -> VideoAddress | None:
    match = re.fullmatch(
        r"/talks/(?:lang/([a-z]{2,3}(?:-[a-z]{2,4})?)/)?([a-z0-9_]{3,200})/?", parts.path
    )
    if not match:
        return None
    language, talk = match[1] or _first(parts, "language"), match[2]
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z]{2,4})?", language):
        language = ""
    return VideoAddress(
        "ted",
        "TED",
        talk,
        f"https://www.ted.com/talks/{talk}{f'?language={language}' if language else ''}",
        f"https://embed.ted.com/talks/{f'lang/{language}/' if language else ''}{talk}",
    )


_PROVIDERS: tuple[tuple[re.Pattern[str], Callable[[SplitResult], VideoAddress | None]], ...] = (
    (re.compile(r"(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com|youtu\.be"), _youtube),
    (re.compile(r"(?:(?:www|player)\.)?vimeo\.com"), _vimeo),
    (re.compile(r"(?:[a-z0-9-]{1,63}\.)?wistia\.(?:com|net)"), _wistia),
    (re.compile(r"(?:www\.)?loom\.com"), _loom),
    (re.compile(r"(?:(?:www|embed)\.)?ted\.com"), _ted),
)
