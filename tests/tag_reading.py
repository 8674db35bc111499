"""The tags of a PDF read back for tests, with nothing of the engine, and veraPDF's verdict on files."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf

from browser import needed

ROOT = Path(__file__).resolve().parents[1]
CONFORMANCE = ROOT / ".tools" / "conformance"
STANDARDS = ("ua1", "3a")
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@dataclass
class Node:
    """An element: its role, what is below it, and the marked content that it holds, as (page, number)."""

    role: str
    element: Any
    parent: Node | None
    kids: list[Node] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)
    pdf: pikepdf.Pdf | None = None  # of the root: elements live as long as their file is open

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def places(self) -> list[tuple[int, int]]:
        """All marked content in it."""
        return [place for node in self.walk() for place in node.content]

    def below(self, *roles: str) -> list[Node]:
        return [node for node in self.walk() if node.role in roles]


def read(pdf: pikepdf.Pdf) -> Node:
    """The tree of a document, from its root."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    node = Node("", pdf.Root.StructTreeRoot, None, pdf=pdf)
    _fill(node, pages)
    return node


def _fill(node: Node, pages: dict[Any, int]) -> None:
    kids = node.element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
        if isinstance(kid, int):
            node.content.append((pages[node.element.Pg.objgen], kid))
        elif kid.get("/Type") == "/OBJR":
            node.annotations.append(kid.Obj)
        else:
            node.kids.append(Node(str(kid.S)[1:], kid, node))
            _fill(node.kids[-1], pages)


def number_tree(tree: Any) -> dict[int, Any]:
    """A number tree of one level."""
    listed = list(tree.Nums)
    return {int(key): value for key, value in zip(listed[::2], listed[1::2], strict=True)}


def name_tree(tree: Any) -> dict[bytes, Any]:
    """A name tree of one level; its names must be sorted."""
    listed = list(tree.Names)
    names = [bytes(name) for name in listed[::2]]
    assert names == sorted(set(names))
    return dict(zip(names, listed[1::2], strict=True))


def marked(page: pikepdf.Page) -> tuple[list[int], list[str]]:
    """The numbers of marked content on a page, and the types of its artifacts ("" for those that say none)."""
    content = page.Contents.read_bytes().decode("latin-1")
    artifacts = re.findall(r"/Artifact\s*(?:<</Type\s*/(\w+)>>\s*BDC|BMC)", content)
    return [int(number) for number in re.findall(r"/MCID (\d+)", content)], artifacts


def properties(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The XMP properties of a document by prefix:name, the items of a list joined by a bar."""
    packet = pdf.Root.Metadata
    assert "/Filter" not in packet
    xml = packet.read_bytes()
    prefixes = {f"{{{uri}}}": prefix for prefix, uri in re.findall(r'xmlns:(\w+)="([^"]+)"', xml.decode())}
    found = {}
    for one in ET.fromstring(xml).find(f"{RDF}RDF/{RDF}Description") or ():
        uri, name = re.match(r"(\{.*\})(.*)", one.tag).groups()
        items = [item.text or "" for item in one.iter(f"{RDF}li")]
        found[f"{prefixes[uri]}:{name}"] = "|".join(items) if items else one.text or ""
    return found


def verdicts(files: Sequence[Path]) -> dict[tuple[Path, str], dict[str, Any]]:
    """What veraPDF says of each file by each standard; skips the test where it is not here."""
    needed(CONFORMANCE.is_file(), "veraPDF")
    done = subprocess.run([CONFORMANCE, *files], capture_output=True, text=True, check=True, timeout=1200)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {(Path(line["file"]), line["profile"]): line for line in lines}
