"""Pictures and a sample clip for the demo content, all made by the project.

`make_media.py` draws them; everything here is a plain file that `load_demo` and the
site's own templates can take. What each shows is told once, in `MEDIA`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
CREDIT = "Drawn for the Equity Officer Collective site"


@dataclass(frozen=True)
class MediaItem:
    filename: str
    title: str
    alt: str
    """Empty where the picture says nothing that the words beside it do not."""
    credit: str = CREDIT


@dataclass(frozen=True)
class Clip:
    """A clip and the media that belong to it, by their names in `MEDIA`."""

    mp4: str
    webm: str
    captions: str
    poster: str
    seconds: int
    transcript: str


MEDIA: dict[str, MediaItem] = {
    "hero": MediaItem(
        "hero-woven-rings.png",
        "Woven rings",
        "Six rings in cream, lilac and teal, held together by a seventh, golden ring "
        "woven through them, in a wide field of quieter rings.",
    ),
    "collective_story": MediaItem(
        "collective-story.png",
        "Rings coming together",
        "Separate plum and teal rings on the left lead to a circle of six on the right, "
        "woven together by a golden ring.",
    ),
    "social_card": MediaItem(
        "social-card.png",
        "Equity Officer Collective",
        "Equity Officer Collective, The Leadership Academy, beside woven rings in cream, "
        "lilac, teal and gold.",
    ),
    "cover_empowering": MediaItem(
        "cover-empowering-equity-officers.png",
        "Cover: Empowering Equity Officers",
        "Cover in plum: six lilac and cream rings gathered round a golden one that is "
        "woven through them all.",
    ),
    "cover_roadmap": MediaItem(
        "cover-roadmap.png",
        "Cover: Roadmap for the First Few Years",
        "Cover in teal: a path of linked rings climbs from the lower edge to a golden "
        "ring at the upper right.",
    ),
    "logo": MediaItem(
        "logo-mark.svg",
        "Logo mark in the color of the text around it",
        "Equity Officer Collective",
    ),
    "logo_colour": MediaItem(
        "logo-mark-colour.svg",
        "Logo mark in color, for light grounds",
        "Equity Officer Collective",
    ),
    "logo_colour_dark": MediaItem(
        "logo-mark-colour-dark.svg",
        "Logo mark in color, for dark grounds",
        "Equity Officer Collective",
    ),
    "favicon": MediaItem("favicon.svg", "Browser icon", ""),
    "favicon_ico": MediaItem("favicon.ico", "Browser icon, 32 pixels", ""),
    "apple_touch_icon": MediaItem("apple-touch-icon.png", "Home screen icon, 180 pixels", ""),
    "convening_mp4": MediaItem(
        "convening-sample.mp4",
        "Sample clip: the members’ convening",
        "Titles beside six rings that drift together and are woven into one by a seventh.",
    ),
    "convening_webm": MediaItem(
        "convening-sample.webm",
        "Sample clip: the members’ convening (WebM)",
        "Titles beside six rings that drift together and are woven into one by a seventh.",
    ),
    "convening_captions": MediaItem(
        "convening-sample.vtt", "English captions of the sample clip", ""
    ),
    "convening_poster": MediaItem(
        "convening-poster.png",
        "Poster of the sample clip",
        "Sample clip. The members’ convening in Atlanta, hosted by Atlanta Public Schools; "
        "beside the title, seven woven rings.",
    ),
}

CONVENING_CLIP = Clip(
    mp4="convening_mp4",
    webm="convening_webm",
    captions="convening_captions",
    poster="convening_poster",
    seconds=12,
    transcript=(
        "This is a sample clip without sound.\n\n"
        "Six rings drift in and overlap in a circle. Title: “Equity Officer Collective. "
        "The Leadership Academy, launched February 2022.”\n\n"
        "A seventh, golden ring is woven through the six and holds them together. Title: "
        "“The members’ convening. In Atlanta, hosted by Atlanta Public Schools.”\n\n"
        "The seven rings come to rest, woven together. Title: “Sample clip. The film of the "
        "members’ convening in Atlanta will take its place here.”"
    ),
)


def media_path(name: str) -> Path:
    """Return where the file of this name in `MEDIA` lies; an unknown name is a `KeyError`."""
    return FOLDER / MEDIA[name].filename
