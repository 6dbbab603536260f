"""Open exports in LibreOffice and compare every cell with what was stored.

Run by `make spreadsheets`. It is no part of `make test`, since LibreOffice takes 400 MB.
"""

import csv
import io
import shutil
import subprocess
import sys
import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import django

from eoc_cms.core.spreadsheets.cells import Cell
from eoc_cms.core.spreadsheets.csv_writing import csv_lines, neutralise
from eoc_cms.core.spreadsheets.xlsx_cells import cell_of_excel
from eoc_cms.core.spreadsheets.xlsx_writing import Sheet, xlsx_chunks

TEXTS = [
    *("=1+1", "+1 404 555 0100", "-5", "@SUM(A1)", "|cmd", "%0A", "\t=1", " =1+1", "\uff1d1+1"),
    *("'quoted", "''=1", "2026-03-01", "TRUE", '=HYPERLINK("http://a.b")'),
    *(
        "Zoë Núñez-Ångström",
        "مرحبا بالعالم",
        "שלום",
        "🌻👩🏽\u200d🏫",
        "a\u202eb",
        "\U0010fffd",
        "\ue000",
    ),
    *("two\nlines", 'a "quoted" word, and a comma; too', "_x0041_", "<b>&amp;</b>", "  spaces  "),
    *("a\x01b\x0bc\x1fd", "x" * 32_767, "x" * 40_000, "🌻" * 20_000, ""),
]
# In a CSV, every spreadsheet takes these for a number or a date (docs/editor-guide.md says so);
# in a workbook they are text.
GUESSED = ["007", "1/2", "1e5"]
# What is no text in a workbook, as it is shown there.
TYPED: list[tuple[Cell, str]] = [
    (date(2026, 3, 31), "2026-03-31"),
    (date(1900, 3, 1), "1900-03-01"),
    (datetime(2026, 3, 31, 14, 30, 59), "2026-03-31 14:30:59"),
    (datetime(9999, 12, 31, 23, 59, 59), "9999-12-31 23:59:59"),
    (Decimal("3.50"), "3.5"),
    (Decimal("-0.001"), "-0.001"),
    (999_999_999_999_999, "999999999999999"),
    (9_999_999_999_999_999, "9999999999999999"),
    (True, "TRUE"),
    (False, "FALSE"),
]
# Comma, quotation mark, UTF-8, from line 1; every cell as it is, on sheet 1.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
# What LibreOffice reads a CSV with: the same, each column found by itself.
FROM_CSV = "CSV:44,34,76,1"
SECONDS = 180


def main() -> int:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        print(
            "LibreOffice was not found. On Debian: apt-get install libreoffice-calc-nogui",
            file=sys.stderr,
        )
        return 1
    django.setup()
    csv.field_size_limit(2**30)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wrong = [*differences_in_xlsx(program, folder), *differences_in_csv(program, folder)]
    for line in wrong:
        print(line, file=sys.stderr)
    count = len(TEXTS) * 2 + len(GUESSED) + len(TYPED)
    print(f"{count - len(wrong)} of {count} cells are right in LibreOffice.")
    return 1 if wrong else 0


def differences_in_xlsx(program: str, folder: Path) -> list[str]:
    texts = [*TEXTS, *GUESSED]
    cells: list[Cell] = [*texts, *(value for value, _shown in TYPED)]
    rows: list[list[Cell]] = [[number, value] for number, value in enumerate(cells)]
    wanted = [*map(cell_of_excel, texts), *(shown for _value, shown in TYPED)]
    path = folder / "export.xlsx"
    path.write_bytes(b"".join(xlsx_chunks([Sheet("Rows", ["Number", "=1+1"], rows)])))
    return compare("Excel", wanted, convert(program, path))


def differences_in_csv(program: str, folder: Path) -> list[str]:
    path = folder / "export.csv"
    rows = [[f"row {number}", text] for number, text in enumerate(TEXTS)]
    zone = ZoneInfo("UTC")
    path.write_bytes(b"".join(csv_lines(["Number", "=1+1"], rows, time_zone=zone)))
    return compare("CSV", [neutralise(text) for text in TEXTS], convert(program, path))


def convert(program: str, path: Path) -> list[str]:
    """Have LibreOffice open a file and write down what it sees in the second column."""
    out = path.parent / f"seen-{path.suffix[1:]}"
    command = [
        *(program, f"-env:UserInstallation=file://{path.parent}/profile", "--headless"),
        *([f"--infilter={FROM_CSV}"] if path.suffix == ".csv" else []),
        *("--convert-to", AS_CSV, "--outdir", str(out), str(path)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    (seen,) = out.iterdir()
    text = seen.read_bytes().decode("utf-8-sig")
    return [row[1] for row in csv.reader(io.StringIO(text, newline=""))][1:]


def compare(kind: str, wanted: list[str], seen: list[str]) -> list[str]:
    if len(wanted) != len(seen):
        return [f"{kind}: {len(seen)} rows instead of {len(wanted)}"]
    return [
        f"{kind}, row {number}: {there[:60]!r} instead of {text[:60]!r}"
        for number, (text, there) in enumerate(zip(wanted, seen, strict=True))
        if text != there
    ]


if __name__ == "__main__":
    sys.exit(main())
