"""Pictures of every kind that staff upload, from the good to the unusable."""

import io

from PIL import Image

SIZE = (240, 180)


def saved(picture: Image.Image, format_name: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, format_name, **options)
    return file.getvalue()


def plain(format_name: str = "PNG", mode: str = "RGB", size: tuple[int, int] = SIZE) -> bytes:
    return saved(_speckled(mode, size), format_name)


def cut_short(format_name: str, size: tuple[int, int] = SIZE) -> bytes:
    whole = plain(format_name, size=size)
    return whole[: len(whole) // 2]


def broken_header() -> bytes:
    """Return a PNG whose first bytes are right and whose size is unreadable."""
    whole = bytearray(plain())
    whole[8:33] = b"\xff" * 25
    return bytes(whole)


def one_bit_transparent() -> bytes:
    """Return a sound PNG that the renditions of its own format cannot be made from."""
    return saved(Image.new("1", SIZE, 1), "PNG", transparency=0, bits=1)


def animated_png() -> bytes:
    frames = [Image.new("RGB", SIZE, shade) for shade in ("white", "black")]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:], duration=200)


def animated_gif() -> bytes:
    frames = [Image.new("P", SIZE, shade) for shade in (0, 1)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=200)


def _speckled(mode: str, size: tuple[int, int]) -> Image.Image:
    """Return a picture too uneven to be packed small, so that half of its file is half of it."""
    return Image.effect_noise(size, 90).convert("RGB").convert(mode)
