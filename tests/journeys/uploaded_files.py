"""Files that people upload, good ones and bad ones, and which of them are pictures or documents."""

from tests import media_files, pdf_files, picture_files

LONG = "a" * 180
FILES = {
    # Pictures.
    "photo.jpg": picture_files.plain("JPEG"),
    "print.jpeg": picture_files.plain("JPEG", "CMYK"),
    "drawing.png": picture_files.plain(),
    "moving.gif": picture_files.animated_gif(),
    "photo.webp": picture_files.plain("WEBP"),
    "photo.avif": picture_files.plain("AVIF"),
    "large.jpg": picture_files.plain("JPEG", size=(900, 700)),
    "moving.png": picture_files.animated_png(),
    "cut.jpg": picture_files.cut_short("JPEG"),
    "cut.png": picture_files.cut_short("PNG"),
    "cut-large.jpg": picture_files.cut_short("JPEG", size=(900, 700)),
    "header.png": picture_files.broken_header(),
    "one-bit.png": picture_files.one_bit_transparent(),
    "png-named.jpg": picture_files.plain(),
    "empty.png": b"",
    f"{LONG}.png": picture_files.plain(),
    # Documents.
    "guide.pdf": pdf_files.plain(),
    "locked.pdf": pdf_files.with_password(),
    "attachments.pdf": pdf_files.with_locked_attachments(),
    "form.pdf": pdf_files.dynamic_form(),
    "fields.pdf": pdf_files.of_fields(),
    "broken.pdf": pdf_files.broken(),
    "cut.pdf": pdf_files.cut_short(),
    "page.pdf": media_files.page(),
    "empty.pdf": b"",
    f"{LONG}.pdf": pdf_files.plain(),
    "notes.txt": "Ñandú".encode(),
    "list.csv": b"/old/,/new/\r\n/older/,/new/,too,many\r\n",
    "western.csv": "/straße/,/new/\n".encode("cp1252"),
    "half.docx": b"PK\x03\x04 half",
    # Video, sound and captions.
    "clip.mp4": media_files.mp4(),
    "clip.webm": media_files.webm(),
    "talk.wav": media_files.wav(),
    "page.mp4": media_files.page(),
    "page.mp3": media_files.page(),
    "empty.mp4": b"",
    f"{LONG}.mp4": media_files.mp4(),
    "captions.vtt": media_files.CAPTIONS,
    "captions.srt": media_files.SUBRIP,
    "commas.vtt": media_files.CAPTIONS.replace(b".000", b",000"),
    "nothing.vtt": b"WEBVTT\n",
    "western.vtt": media_files.CAPTIONS + "\n00:02.000 --> 00:03.000\nJosé\n".encode("cp1252"),
    # What nobody expects.
    "program.exe": b"MZ\x90\x00" + bytes(100),
    "picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "no-extension": b"words",
    "../../escape.png": picture_files.plain(),
}
PICTURES = {"photo.jpg", "print.jpeg", "drawing.png", "moving.gif", "photo.webp", "photo.avif"}
PICTURES |= {"large.jpg", "../../escape.png"}
DOCUMENTS = {
    *("guide.pdf", "locked.pdf", "attachments.pdf", "form.pdf", "fields.pdf", "broken.pdf"),
    *("cut.pdf", "notes.txt", "list.csv", "western.csv", f"{LONG}.pdf"),
}
