"""Tables: heads that say what they head, and one table where the paper made several."""

import pikepdf
from pikepdf import Array, Dictionary, Name

from scaudit.document.tags import Element, Tags, attributes, elements


def mend(tags: Tags) -> None:
    """Say of every head cell whether it heads a column or a row, and list them all by id, so that cells find them."""
    ids: dict[bytes, Element] = {}
    for head in tags.having("TH"):
        column = head.P.P.S == "/THead"
        attributes(head, "Table").Scope = Name.Column if column else Name.Row
        if "/ID" in head:
            ids[bytes(head.ID)] = head
    if ids:
        listed = [part for name in sorted(ids) for part in (pikepdf.String(name), ids[name])]
        tags.root.IDTree = Dictionary(Names=Array(listed))


def join(tags: Tags, table: Element, part: Element) -> None:
    """Move the rows of a further part of a table to its end; the heads of that part, a repetition, leave the tree.

    Where a first row leaves no room for the heads on its page, they come with a later part, and then stay.
    """
    repeated, rows = _heads(part), _rows(part)
    if not _heads(table):
        _lead(tags, table, elements(part, "THead"))
    heads = _heads(table)
    if repeated:
        _rename(rows, {str(old.ID): str(new.ID) for old, new in zip(repeated, heads, strict=False)})
    else:
        _refer(rows, heads)
    for body in elements(part, "TBody"):
        body.K = Array([])
    tags.drop(part)
    tags.adopt(elements(table, "TBody")[-1], rows)


def _heads(table: Element) -> list[Element]:
    """The cells of the head of a table that others can name."""
    rows = (row for section in elements(table, "THead") for row in elements(section, "TR"))
    return [cell for row in rows for cell in elements(row) if "/ID" in cell]


def _rows(table: Element) -> list[Element]:
    return [row for body in elements(table, "TBody") for row in elements(body, "TR")]


def _lead(tags: Tags, table: Element, heads: list[Element]) -> None:
    """Put a head that came with another part of a table before its rows."""
    for head in heads:
        head.P.K = Array([kid for kid in elements(head.P) if kid.objgen != head.objgen])
    rest = elements(table)
    table.K = Array([])
    tags.adopt(table, [*heads, *rest])
    _refer(_rows(table), _heads(table))


def _rename(rows: list[Element], names: dict[str, str]) -> None:
    """Let the cells of rows name their heads by other ids."""
    for cell in (cell for row in rows for cell in elements(row, "TD")):
        told = attributes(cell, "Table")
        told.Headers = Array([pikepdf.String(names.get(str(name), str(name))) for name in told.get("/Headers", ())])


def _refer(rows: list[Element], heads: list[Element]) -> None:
    """Let the cells of rows name the heads of their columns beside what they name already."""
    for row in rows:
        for cell, head in zip(elements(row), heads, strict=False):
            if cell.S == "/TD":
                told = attributes(cell, "Table")
                told.Headers = Array([*told.get("/Headers", ()), head.ID])
