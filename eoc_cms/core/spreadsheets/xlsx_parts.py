"""The parts of an Excel workbook around the rows of its sheets (ECMA-376)."""

from collections.abc import Sequence
from enum import IntEnum
from xml.sax.saxutils import escape, quoteattr

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATION_TYPES}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)


class Style(IntEnum):
    """Places among the formats of cells in STYLES."""

    TEXT = 1
    HEADING = 2
    GENERAL = 3
    DAY = 4
    MOMENT = 5


# Number format 49 is Excel's "Text"; those from 164 are a workbook's own.
_FORMATS = [(0, 0), (49, 0), (49, 1), (0, 0), (164, 0), (165, 0)]
_CELL_FORMATS = "".join(
    f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0" '
    f'applyNumberFormat="1" applyFont="1"/>'
    for number, font in _FORMATS
)
STYLES = (
    f'{DECLARATION}<styleSheet {MAIN}><numFmts count="2"><numFmt numFmtId="164" '
    'formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    f'</cellStyleXfs><cellXfs count="{len(_FORMATS)}">{_CELL_FORMATS}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def head(columns: Sequence[tuple[int, Style]]) -> str:
    """Return how a sheet begins, its heading row in sight; columns are (width, style)."""
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" style="{style}" customWidth="1"/>'
        for place, (width, style) in enumerate(columns, start=1)
    )
    return (
        f'{DECLARATION}<worksheet {MAIN}><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft"/></sheetView></sheetViews><cols>{widths}</cols><sheetData>'
    )


def tail(filtered: str) -> str:
    """Return how a sheet ends, with filters for a range of cells, or with none."""
    filters = f'<autoFilter ref="{filtered}"/>' if filtered else ""
    return f"</sheetData>{filters}</worksheet>"


def workbook(sheets: Sequence[tuple[str, str]]) -> str:
    """Return the list of sheets; each is its title and the range that has filters, if any."""
    listed = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, (title, _filtered) in enumerate(sheets, start=1)
    )
    # Excel looks for the filters of each sheet under this name too.
    names = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f"{escape(_absolute(title, filtered))}</definedName>"
        for place, (title, filtered) in enumerate(sheets)
        if filtered
    )
    names = names and f"<definedNames>{names}</definedNames>"
    return (
        f'{DECLARATION}<workbook {MAIN} xmlns:r="{RELATION_TYPES}">'
        f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets>{names}</workbook>"
    )


def _absolute(title: str, cells: str) -> str:
    """Return a range such as A1:C9 as 'Rows'!$A$1:$C$9; titles hold no apostrophe."""
    corners = [
        f"${corner.rstrip('0123456789')}${corner.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
        for corner in cells.split(":")
    ]
    return f"'{title}'!{':'.join(corners)}"


def relations(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATION_TYPES}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, count + 1)
    )
    styles = (
        f'<Relationship Id="rId{count + 1}" Type="{RELATION_TYPES}/styles" Target="styles.xml"/>'
    )
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{sheets}{styles}</Relationships>"
    )


def content_types(count: int) -> str:
    parts = [("workbook", "sheet.main"), ("styles", "styles")]
    parts += [(f"worksheets/sheet{number}", "worksheet") for number in range(1, count + 1)]
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="application/'
        f'vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in parts
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
