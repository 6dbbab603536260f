"""PDFs of every kind that staff upload, from the good to the unusable."""

import io
import re
import zlib
from collections.abc import Callable

import pikepdf

from home.demo.content import load_guides
from home.demo.typesetting import typeset_guide

WORDS = b"BT /F1 12 Tf 72 700 Td (Equity officers listen before they speak.) Tj ET"
PICTURE = b"q 500 0 0 700 50 50 cm /Im0 Do Q"


def tagged() -> bytes:
    """Return a guide as the demo typesets it: PDF/UA-1, 13 pages."""
    return typeset_guide(load_guides()[0])


def changed(change: Callable[[pikepdf.Pdf], None], original: bytes | None = None) -> bytes:
    """Return the typeset guide, or another file, with one thing changed."""
    with pikepdf.open(io.BytesIO(original or tagged())) as pdf:
        change(pdf)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    file = io.BytesIO()
    pdf.save(file, encryption=encryption or False)
    return file.getvalue()


def plain(*contents: bytes) -> bytes:
    """Return a PDF with these contents of its pages and nothing else."""
    with pikepdf.new() as pdf:
        for content in contents or (WORDS,):
            add_page(pdf, pdf.make_stream(content))
        return saved(pdf)


def add_page(pdf: pikepdf.Pdf, content: pikepdf.Object) -> pikepdf.Page:
    page = pdf.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.obj.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=font), XObject=pikepdf.Dictionary(Im0=_picture(pdf))
    )
    page.obj.Contents = content
    return page


def _picture(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    return pikepdf.Stream(
        pdf,
        b"\x80",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=1,
        Height=1,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )


def scanned(pages: int = 3) -> bytes:
    """Return a PDF whose pages hold a picture and a page number each."""
    return plain(*(PICTURE + b" BT /F1 9 Tf (%d) Tj ET" % number for number in range(pages)))


def with_password() -> bytes:
    with pikepdf.open(io.BytesIO(tagged())) as pdf:
        return saved(pdf, pikepdf.Encryption(owner="owner", user="secret"))


def closed_to_screen_readers() -> bytes:
    """Return a PDF that opens without a password but forbids taking out its text.

    The oldest kind of protection; the newer ones let screen readers in.
    """
    forbids = pikepdf.Permissions(accessibility=False, extract=False)
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        return saved(
            pdf,
            pikepdf.Encryption(
                owner="owner", user="", allow=forbids, R=3, aes=False, metadata=False
            ),
        )


def with_lock(lock: dict[str, object]) -> bytes:
    """Return a PDF that says it is locked by this dictionary; nothing in it is encrypted.

    What pikepdf cannot write: locks of attachments alone, and locks by certificates.
    """
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        pdf.trailer.ID = pikepdf.Array([b"0" * 16, b"0" * 16])
        pdf.Root.Lock = pdf.make_indirect(pikepdf.Dictionary(lock))
        pdf_bytes = saved(pdf)
    number = re.search(rb"/Lock (\d+) 0 R", pdf_bytes)
    assert number
    return pdf_bytes.replace(b"trailer <<", b"trailer << /Encrypt %s 0 R" % number[1])


def _lock(**methods: pikepdf.Name) -> dict[str, object]:
    method = pikepdf.Dictionary(AuthEvent=pikepdf.Name.EFOpen, CFM=pikepdf.Name.AESV2, Length=16)
    return {
        "/Filter": pikepdf.Name.Standard,
        **{"/V": 4, "/R": 4, "/Length": 128, "/P": -4},
        **{"/O": b"\x01" * 32, "/U": b"\x02" * 32},
        "/CF": pikepdf.Dictionary(StdCF=method),
        **{f"/{key}": name for key, name in methods.items()},
    }


def with_locked_attachments() -> bytes:
    """Return a PDF that opens, of which only attached files ask for a password."""
    none = pikepdf.Name.Identity
    return with_lock(_lock(EFF=pikepdf.Name.StdCF, StmF=none, StrF=none))


def with_everything_locked() -> bytes:
    method = pikepdf.Name.StdCF
    return with_lock(_lock(EFF=method, StmF=method, StrF=method))


def with_certificate() -> bytes:
    """Return a PDF that opens for those alone who hold a certificate."""
    return with_lock({"/Filter": pikepdf.Name("/Adobe.PubSec"), "/V": 4})


def dynamic_form() -> bytes:
    """Return a form of the kind XFA, whose one page in the file tells people to wait."""
    with pikepdf.new() as pdf:
        wait = b"BT /F1 12 Tf 72 700 Td (Please wait... If this message is not replaced) Tj ET"
        add_page(pdf, pdf.make_stream(wait))
        template = pdf.make_stream(b"<template/>")
        pdf.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array(), XFA=pikepdf.Array(["template", template])
        )
        return saved(pdf)


def of_fields(*contents: bytes) -> bytes:
    """Return a PDF whose pages hold a field to fill in each, besides their contents."""
    with pikepdf.new() as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())
        for content in contents or (b"",):
            page = add_page(pdf, pdf.make_stream(content))
            field = pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Widget,
                    FT=pikepdf.Name.Tx,
                    T="name",
                    Rect=pikepdf.Array([72, 700, 300, 720]),
                )
            )
            page.obj.Annots = pikepdf.Array([field])
            pdf.Root.AcroForm.Fields.append(field)
        return saved(pdf)


def broken() -> bytes:
    return b"%PDF-1.7\n" + b"\x00\xff nothing of a PDF follows " * 20


def cut_short() -> bytes:
    return tagged()[:400]


def bomb(megabytes: int = 200) -> bytes:
    """Return a small PDF with a page that inflates to hundreds of megabytes."""
    squeezing = zlib.compressobj(9)
    squeezed = b"".join(squeezing.compress(b" " * 2**20) for _ in range(megabytes))
    with pikepdf.new() as pdf:
        content = pikepdf.Stream(pdf, b"")
        content.write(squeezed + squeezing.flush(), filter=pikepdf.Name.FlateDecode)
        add_page(pdf, content)
        return saved(pdf)
