"""A small edition that is audited once, its documents as bytes, and documents of a forger who has our programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pikepdf

from scaudit.audit import audit
from scaudit.document.attachment import Attachment, data_digest
from scaudit.document.blocks import fill
from scaudit.document.sealing import seal
from scaudit.document.xmp import EMPTY, UNSEALED
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.results import Results
from scaudit.scorecard.attached import attached
from scaudit.scorecard.build import item_card
from scaudit.scorecard.edition import imprint, marks
from scaudit.scorecard.html import Pages
from scaudit.scorecard.printing import Press, Sheet, print_sheet
from scaudit.starting import scaffold

DAY = date(2024, 1, 31)
ITEM = "AUDIT-1/R1"
GENERATE = pikepdf.ObjectStreamMode.generate
Alter = Callable[[dict[str, bytes]], None]


@dataclass(frozen=True)
class Edition:
    """The starter project, audited: where its edition lies, and its results."""

    root: Path
    results: Results

    @property
    def folder(self) -> Path:
        return self.root / "reports" / DAY.isoformat()

    @property
    def card(self) -> bytes:
        return (self.folder / "items" / "AUDIT-1_R1.pdf").read_bytes()

    @property
    def overview(self) -> bytes:
        return (self.folder / "overview.pdf").read_bytes()


def publish(root: Path) -> Edition:
    scaffold(root)
    order = Order(root, DAY, DAY, "one", items=(ITEM,))
    return Edition(root, audit(order, lambda: datetime(2024, 2, 1)).results)  # noqa: DTZ001


def contents(pdf: bytes) -> dict[str, bytes]:
    """The attached files by name, as another program reads them."""
    from io import BytesIO

    import pypdf

    return {name: found[0] for name, found in pypdf.PdfReader(BytesIO(pdf)).attachments.items()}


def forged(edition: Edition, folder: Path, alter: Alter = dict, shown: Results | None = None) -> bytes:
    """The card of ITEM as somebody without our key but with our programs makes it.

    `alter` changes the attached files; digests, marks and seal are then made anew, so that they agree. The pages show
    the results `shown`.
    """
    results, project = shown or edition.results, find_project(edition.root)
    files = {one.name: one.content for one in attached(edition.results, ITEM)}
    alter(files)
    data = tuple(Attachment(name, name, "Data", content) for name, content in sorted(files.items()))
    page = Pages(project.templates).item(item_card(results, ITEM), imprint(project.settings, ITEM, data))
    path = folder / "forged.pdf"
    told = marks(edition.results, data, ITEM)
    press = Press(project.templates, project.settings.paper)
    print_sheet(press, Sheet(path, page, _substantial(told, files), data))
    return path.read_bytes()


def _substantial(told: Any, files: Mapping[str, bytes]) -> Any:
    """The marks with the substance of the data that are attached."""
    import json

    from scaudit.scorecard.substance import substance_of

    try:
        return replace(told, substance=substance_of(json.loads(files["scorecard.json"])))
    except (KeyError, ValueError, AttributeError, TypeError, RecursionError):
        return told


def mended(pdf: bytes, change: Callable[[pikepdf.Pdf], None], path: Path) -> bytes:
    """A document changed by a program for PDF, and then sealed anew."""
    import re

    with pikepdf.open(_stream(pdf)) as document:
        change(document)
        packet = document.Root.Metadata.read_bytes()
        for field, empty in ((b"blocks", EMPTY), (b"sha256", UNSEALED)):
            packet = re.sub(rb"(<sca:%b>)[^<]*" % field, rb"\g<1>" + empty.encode(), packet)
        document.Root.Metadata.write(packet)
        document.save(path, deterministic_id=True, fix_metadata_version=False, object_stream_mode=GENERATE)
    return seal(fill(path.read_bytes()))


def _stream(pdf: bytes) -> Any:
    from io import BytesIO

    return BytesIO(pdf)


def digest(files: Mapping[str, bytes]) -> str:
    return data_digest(Attachment(name, "", "Data", content) for name, content in files.items())
