"""The pages of the cards of an audited project, for those who print them otherwise: `card_pages.py PROJECT FOLDER`.

Each as the XHTML that is printed, and as JSON of the same words, tables and pictures for those who know no XHTML.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
CHUNK = 50
Node = Any


def pages(project_folder: Path) -> Iterator[tuple[str, str]]:
    """The id of each item and the XHTML of its card."""
    from scaudit.outcome import collect, grounds
    from scaudit.project import find_project
    from scaudit.rules import load_ruleset
    from scaudit.scorecard.attached import attached
    from scaudit.scorecard.build import item_card
    from scaudit.scorecard.edition import imprint
    from scaudit.scorecard.html import Pages
    from scaudit.slicing import sliced
    from scaudit.warehouse import published

    project = find_project(project_folder)
    ruleset, written = load_ruleset(project.settings.ruleset), Pages(project.templates)
    ids = _items(published(project.state))
    for first in range(0, len(ids), CHUNK):
        chunk = ids[first : first + CHUNK]
        with sliced(published(project.state), chunk) as con:
            results = collect(con, ruleset)
            results = replace(results, grounds=grounds(con, ruleset))
        for item in chunk:
            about = imprint(project.settings, item, attached(results, item), None)
            yield item, written.item(item_card(results, item), about)


def _items(results: Path) -> list[str]:
    import duckdb

    with duckdb.connect(str(results), read_only=True) as con:
        return [row[0] for row in con.execute("select item_id from clean.recommendations order by 1").fetchall()]


def blocks(page: str) -> dict[str, Any]:
    """A page as plain data: what stands in its head, and its content as nodes."""
    root = ET.fromstring(page)
    main = root.find(".//main")
    assert main is not None
    title = root.find(".//title")
    return {
        "title": title.text if title is not None else "",
        "running": main.get("data-running", ""),
        "foot": main.get("data-foot", ""),
        "body": _children(main),
    }


def _children(element: ET.Element) -> list[Node]:
    found: list[Node] = []
    _add_text(found, element.text)
    for child in element:
        found.append(_node(child))
        _add_text(found, child.tail)
    return found


def _add_text(nodes: list[Node], text: str | None) -> None:
    if text and text.strip():
        left, right = " " * (text[0].isspace()), " " * (text[-1].isspace())
        nodes.append(left + " ".join(text.split()) + right)


def _node(element: ET.Element) -> Node:
    if element.tag == f"{SVG}svg":
        title = element.find(f"{SVG}title")
        ET.register_namespace("", SVG[1:-1])
        wide = element.get("width", "0").removesuffix("pt")
        alt = "".join(title.itertext()) if title is not None else ""
        return {"t": "svg", "svg": _bare(element), "alt": alt, "wide": float(wide)}
    if element.tag == "table":
        return {"t": "table", **_table(element)}
    node: dict[str, Any] = {"t": element.tag, "c": _children(element)}
    if element.tag == "a" and element.get("href", "").startswith("http"):
        node["href"] = element.get("href")
    return node


def _bare(element: ET.Element) -> str:
    copied = ET.fromstring(ET.tostring(element))
    return ET.tostring(copied, encoding="unicode")


def _table(element: ET.Element) -> dict[str, Any]:
    widths = [col.get("style", "").removeprefix("width:").removesuffix("%") for col in element.iter("col")]
    head = [[_children(cell) for cell in row] for row in element.iterfind("thead/tr")]
    rows = [[_cell(cell) for cell in row] for row in element.iterfind("tbody/tr")]
    columns = max((sum(cell["span"] for cell in row) for row in rows), default=len(head[0]) if head else 1)
    shares = [float(width) for width in widths if width.replace(".", "").isdigit()]
    return {"columns": shares if len(shares) == columns else [1.0] * columns, "head": head, "rows": rows}


def _cell(cell: ET.Element) -> dict[str, Any]:
    return {"head": cell.tag == "th", "span": int(cell.get("colspan", "1")), "c": _children(cell)}


def write_fonts(templates: Path, folder: Path) -> None:
    """The fonts of the cards under the names by which pages ask for them."""
    from fontTools.ttLib import TTFont

    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((templates / "fonts").glob("*.ttf")):
        font = TTFont(path)
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = "Scorecard Ext" if "-ext-" in path.name else "Scorecard"
        font.save(folder / f"{path.stem}.ttf")


def main() -> None:
    project, folder = Path(sys.argv[1]), Path(sys.argv[2])
    (folder / "cards").mkdir(parents=True)
    size = count = 0
    for count, (_, page) in enumerate(pages(project), start=1):
        (folder / "cards" / f"{count:06}.xhtml").write_text(page, encoding="utf-8")
        (folder / "cards" / f"{count:06}.json").write_text(json.dumps(blocks(page)), encoding="utf-8")
        size += len(page)
    (folder / "templates").symlink_to((project / "reports" / "templates").resolve())
    write_fonts(project / "reports" / "templates", folder / "fonts")
    print(json.dumps({"cards": count, "mean_kb": size / count / 1000}))


if __name__ == "__main__":
    main()
