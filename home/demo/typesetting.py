"""Typeset a guide as a tagged, accessible PDF (PDF/UA-1).

The compiler is a Python package, and the fonts and the template stand beside
this file: no system library, no installed font and no network are needed. The
same text gives the same bytes, since no date is written.
"""

import dataclasses
import json
from pathlib import Path

import typst

from home.demo.content import Guide

TEMPLATE_FOLDER = Path(__file__).parent / "typst"


class TypesettingError(RuntimeError):
    """A guide that could not be made into a PDF/UA-1 file."""


def typeset_guide(guide: Guide) -> bytes:
    """Return the guide as a PDF/UA-1 file.

    Raises TypesettingError if the text cannot be set or would not be accessible,
    for example when a character is in none of the fonts.
    """
    try:
        pdf = typst.compile(
            TEMPLATE_FOLDER / "guide.typ",
            root=TEMPLATE_FOLDER,
            font_paths=[TEMPLATE_FOLDER / "fonts"],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"guide": json.dumps(dataclasses.asdict(guide))},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{guide.slug}: {error.message}") from error
    if not isinstance(pdf, bytes):
        raise TypesettingError(f"{guide.slug}: the compiler gave no file")
    return pdf
