"""Videos, sounds and captions that staff upload, from the good to the unusable."""

import io
import wave

from home.demo.media import media_path

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nMembers met in Atlanta.\n"
SUBRIP = b"1\n00:00:00,000 --> 00:00:02,000\nMembers met in Atlanta.\n"


def mp4() -> bytes:
    return media_path("convening_mp4").read_bytes()


def webm() -> bytes:
    return media_path("convening_webm").read_bytes()


def wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return file.getvalue()


def page() -> bytes:
    return b"<!DOCTYPE html><html><script>alert(1)</script></html>"
