"""Writes XLSX workbooks row by row, the same bytes for the same rows, with no library."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Rows = Iterable[Sequence[object]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  a workbook knows no time zones
_DAY = 86_400
_LETTERS = 26
# number formats that every reader knows: 14 is a day, 22 a day with its time
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>'
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Write the sheets in their order; None leaves a cell out."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in _frame(list(sheets)).items():
            archive.writestr(_member(name), text)
        for number, rows in enumerate(sheets.values(), 1):
            with archive.open(_member(f"xl/worksheets/sheet{number}.xml"), "w") as sheet:
                for line in _sheet(rows):
                    sheet.write(line.encode())


def _member(name: str) -> zipfile.ZipInfo:
    """A part of the file, with a date that does not change."""
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _frame(names: Sequence[str]) -> dict[str, str]:
    """Everything but the sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(n)} sheetId="{i}" r:id="r{i}"/>' for i, n in zip(numbers, names, strict=True)
    )
    parts = [(f"r{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in numbers] + [("s", "styles", "styles.xml")]
    types = "".join(
        f'<Override PartName="/xl/{target}" ContentType="{_KIND}.{kind}+xml"/>'
        for target, kind in [("workbook.xml", "sheet.main"), *((target, kind) for _, kind, target in parts)]
    )
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": _links([("r", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(parts),
        "xl/styles.xml": _STYLES,
    }


def _links(parts: Iterable[tuple[str, str, str]]) -> str:
    links = "".join(f'<Relationship Id="{i}" Type="{_LINK}/{kind}" Target="{target}"/>' for i, kind, target in parts)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _sheet(rows: Rows) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
    for number, row in enumerate(rows, 1):
        cells = "".join(
            _cell(value, f"{_letters(place)}{number}") for place, value in enumerate(row) if value is not None
        )
        yield f'<row r="{number}">{cells}</row>'
    yield "</sheetData></worksheet>"


def _letters(place: int) -> str:
    """The name of a column: A to Z, AA and on."""
    before, last = divmod(place, _LETTERS)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _cell(value: object, place: str) -> str:
    if isinstance(value, datetime):
        return f'<c r="{place}" s="2"><v>{(value - _EPOCH).total_seconds() / _DAY!r}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - _EPOCH.date()).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
