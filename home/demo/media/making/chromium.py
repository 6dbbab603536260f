"""Turn SVG into pixels with a headless Chromium."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

FACES = {
    "Fraunces": "fraunces/files/fraunces-latin-full-normal.woff2",
    "Atkinson Hyperlegible Next": (
        "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2"
    ),
}
TRIES = 8
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--default-background-color=00000000",
    "--virtual-time-budget=2000",
    "--run-all-compositor-stages-before-draw",
)


@dataclass(frozen=True)
class Chromium:
    fonts: Path
    """The `node_modules/@fontsource-variable` folder."""
    program: str = "chromium"

    def picture(self, svg: str, size: tuple[int, int]) -> Image.Image:
        return self.pictures([svg], size)[0]

    def pictures(self, svgs: list[str], size: tuple[int, int]) -> list[Image.Image]:
        """Draw several drawings of one size in one go, stacked on a single tall page."""
        width, height = size
        sheet = self._settled("".join(svgs), (width, height * len(svgs)))
        tops = range(0, height * len(svgs), height)
        return [sheet.crop((0, top, width, top + height)) for top in tops]

    def _settled(self, body: str, size: tuple[int, int]) -> Image.Image:
        """Shoot until two shots agree: a headless shot can miss tiles not yet drawn."""
        seen: set[bytes] = set()
        for _ in range(TRIES):
            try:
                shot = self._shoot(body, size)
            except subprocess.TimeoutExpired:  # now and then Chromium never comes to an end
                continue
            if shot.tobytes() in seen:
                return shot
            seen.add(shot.tobytes())
        raise RuntimeError(f"{self.program} did not draw the same picture twice.")

    def _shoot(self, body: str, size: tuple[int, int]) -> Image.Image:
        with tempfile.TemporaryDirectory() as folder:
            page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
            page.write_text(self._page(body), encoding="utf-8")
            command = [
                shutil.which(self.program) or self.program,
                *FLAGS,
                f"--user-data-dir={folder}/profile",
                f"--window-size={size[0]},{size[1]}",
                f"--screenshot={shot}",
                page.as_uri(),
            ]
            # A list written here; no shell reads it.
            subprocess.run(command, check=True, capture_output=True, timeout=30)  # noqa: S603
            return Image.open(BytesIO(shot.read_bytes()))

    def _page(self, body: str) -> str:
        faces = "".join(
            f"@font-face{{font-family:'{name}';font-weight:100 900;src:url(data:font/woff2;"
            f"base64,{base64.b64encode((self.fonts / file).read_bytes()).decode()})}}"
            for name, file in FACES.items()
        )
        style = f"{faces}*{{margin:0}}svg{{display:block}}"
        return f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}"
