"""Draw the demo content's pictures and sample clip again.

Needed only by whoever changes them; the site serves the files beside this script
and imports nothing from it. From the root of the repository:

    npm install --prefix var/media @fontsource-variable/fraunces \
        @fontsource-variable/atkinson-hyperlegible-next
    .venv/bin/pip install imageio-ffmpeg pillow
    .venv/bin/python -m home.demo.media.make_media \
        --fonts var/media/node_modules/@fontsource-variable

A Chromium must be on the path (`--chromium` names another). `--only stills`,
`marks` or `clip` makes a part. The rings are geometry (`making/weave.py`), so the
same script gives the same pictures.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image

from .making import clip, marks, stills
from .making.chromium import Chromium

HERE = Path(__file__).parent
LARGEST = 250_000
SHEET = 10
"""Frames drawn in one go; more would pass Chromium's tallest picture."""
STILLS: dict[str, Callable[[], stills.Still]] = {
    "hero-woven-rings.png": stills.hero,
    "collective-story.png": stills.story,
    "social-card.png": stills.social,
    "cover-empowering-equity-officers.png": stills.empowering_cover,
    "cover-roadmap.png": stills.roadmap_cover,
}
COLOUR = [
    "-vf",
    "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
    "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709",
]
ENCODINGS = {
    "convening-sample.mp4": "-c:v libx264 -preset veryslow -crf 27 -movflags +faststart",
    "convening-sample.webm": "-c:v libvpx-vp9 -b:v 0 -crf 43 -cpu-used 2 -row-mt 1",
}


def save_png(picture: Image.Image, name: str) -> None:
    """Save with as many colors as keep the file under the largest size."""
    for colours in (256, 192, 128, 96, 64, 48):
        packed = BytesIO()
        flat = picture.convert("RGB").quantize(colours, kmeans=2, dither=Image.Dither.NONE)
        flat.save(packed, "PNG", optimize=True)
        if packed.tell() < LARGEST:
            (HERE / name).write_bytes(packed.getvalue())
            return
    raise RuntimeError(f"{name} is larger than {LARGEST} bytes with 48 colors.")


def make_stills(chromium: Chromium) -> None:
    for name, draw in STILLS.items():
        still = draw()
        save_png(chromium.picture(still.svg, still.size), name)


def make_marks(chromium: Chromium) -> None:
    drawings = {
        "logo-mark.svg": marks.mark(("currentColor",) * 3),
        "logo-mark-colour.svg": marks.mark(marks.ON_LIGHT),
        "logo-mark-colour-dark.svg": marks.mark(marks.ON_DARK),
        "favicon.svg": marks.icon(corner=7),
    }
    for name, svg in drawings.items():
        (HERE / name).write_text(svg, encoding="utf-8")
    # Drawn at their own size, not shrunk, so that the rings' edges stay crisp.
    small, tile = (
        chromium.picture(marks.sized(svg, side), (side, side))
        for svg, side in (
            (marks.icon(corner=7), 32),
            (marks.icon(corner=0), 180),
        )
    )
    small.save(HERE / "favicon.ico", sizes=[(32, 32)])
    tile.convert("RGB").save(HERE / "apple-touch-icon.png", optimize=True)


def make_clip(chromium: Chromium) -> None:
    with tempfile.TemporaryDirectory() as folder:
        draw_frames(chromium, Path(folder))
        for name, options in ENCODINGS.items():
            encode(Path(folder), HERE / name, options.split())
    poster = chromium.picture(clip.frame(clip.POSTER_SECOND), clip.SIZE)
    save_png(poster, "convening-poster.png")
    (HERE / "convening-sample.vtt").write_text(clip.captions(), encoding="utf-8")


def draw_frames(chromium: Chromium, folder: Path) -> None:
    drawings = clip.frames()
    for first in range(0, len(drawings), SHEET):
        pictures = chromium.pictures(drawings[first : first + SHEET], clip.SIZE)
        for number, picture in enumerate(pictures, first):
            picture.convert("RGB").save(folder / f"{number:04}.png", compress_level=1)


def encode(folder: Path, target: Path, options: list[str]) -> None:
    ffmpeg = importlib.import_module("imageio_ffmpeg").get_ffmpeg_exe()
    source = ["-framerate", str(clip.RATE), "-i", str(folder / "%04d.png")]
    command = [ffmpeg, "-y", "-loglevel", "error", *source, *COLOUR, *options, "-an", str(target)]
    subprocess.run(command, check=True)  # noqa: S603 - a list written here; no shell reads it


def main() -> None:
    parts = {"stills": make_stills, "marks": make_marks, "clip": make_clip}
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("--only", choices=parts)
    options = parser.parse_args()
    chromium = Chromium(options.fonts, options.chromium)
    for name, make in parts.items():
        if options.only in (None, name):
            make(chromium)


if __name__ == "__main__":
    main()
