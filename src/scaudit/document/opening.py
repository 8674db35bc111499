"""Opening: what a PDF says of itself and what it carries, read with care, for the file may be anybody's."""

import hashlib
import json
import logging
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pypdf

from scaudit.document.attachment import Attachment
from scaudit.document.xmp import NAMESPACE

FILES = 1_000  # attachments that a document may have
PAGES = 5_000
METADATA = 1_000_000  # bytes
UNPACKED = 1_000_000_000  # bytes of an attached file: a few may unpack to fill the memory
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")

for _library in ("pikepdf", "pypdf"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # what they find amiss stands in the checks


@dataclass(frozen=True)
class Carried:
    """An attached file as it was found.

    `number` is that of its object; `associated` says whether the document lists it, `sound` whether it is what its own
    checksum says.
    """

    number: int
    attachment: Attachment
    associated: bool
    sound: bool


@dataclass(frozen=True)
class Opened:
    """What a document says of itself, by the names of its marks, and what it carries."""

    marks: Mapping[str, str]
    carried: tuple[Carried, ...]

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The attached files."""
        return tuple(one.attachment for one in self.carried)


def opened(pdf: bytes) -> Opened:
    """Marks and attachments of a document. Raises ValueError for what is no PDF, or none that can be read."""
    if b"%PDF-" not in pdf[:1024]:
        raise ValueError("it is no PDF")
    try:
        document = pikepdf.open(BytesIO(pdf))
    except pikepdf.PasswordError as error:
        raise ValueError("it is encrypted, as no document of scaudit is") from error
    except (pikepdf.PdfError, RuntimeError) as error:
        raise ValueError("it is damaged or cut off, and cannot be opened as a PDF") from error
    with closing(document):
        if document.is_encrypted:
            raise ValueError("it is encrypted, as no document of scaudit is")
        return Opened(_marks(document), tuple(_carried(document)))


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page, as programs read it. Raises ValueError where there are too many, or one is damaged."""
    try:
        pages = list(islice(pypdf.PdfReader(BytesIO(pdf)).pages, PAGES + 1))
    except Exception as error:
        raise ValueError(f"its pages cannot be found ({type(error).__name__})") from error
    if len(pages) > PAGES:
        raise ValueError(f"it has more than {PAGES:,} pages")
    return [_text(number, page) for number, page in enumerate(pages, 1)]


def _text(number: int, page: pypdf.PageObject) -> str:
    try:
        return page.extract_text()
    except Exception as error:
        raise ValueError(f"the text of page {number} is damaged ({type(error).__name__})") from error


def _marks(document: pikepdf.Pdf) -> dict[str, str]:
    """The marks in the document's metadata; empty where it has none of ours."""
    metadata = document.Root.get("/Metadata")
    packet = _unpacked(metadata, METADATA) if isinstance(metadata, pikepdf.Stream) else b""
    # no entity is ever declared by us; whoever declares one means harm
    if b"<!" in packet:
        raise ValueError("its metadata are not as scaudit writes them")
    try:
        root = ET.fromstring(packet) if packet else ET.Element("none")  # noqa: S314 (no declarations, of bounded size)
    except ET.ParseError as error:
        raise ValueError(f"its metadata are damaged ({error})") from error
    found: dict[str, str] = {}
    for element in root.iter():
        space, _, name = element.tag.rpartition("}")
        if space == f"{{{NAMESPACE}":
            if name in found:
                raise ValueError(f"its metadata give {name} more than once")
            found[name] = element.text or ""
    return found


def _carried(document: pikepdf.Pdf) -> Iterator[Carried]:
    associated = {one.objgen for one in _listed(document.Root.get("/AF"))}
    seen = set[str]()
    names = document.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    for specification in _specifications(tree):
        one = _file(specification, specification.objgen in associated)
        if one.attachment.name in seen:
            raise ValueError(f"two attached files have the name {one.attachment.name}")
        seen.add(one.attachment.name)
        yield one


def _specifications(tree: Any) -> Iterator[Any]:
    """The file specifications of a tree of names; a tree that goes round in a circle ends too."""
    waiting, left = [tree], FILES
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        left -= 1
        if left < 0:
            raise ValueError(f"more than {FILES:,} files are attached to it")
        if "/EF" in node:
            yield node
            continue
        waiting += [*_listed(node.get("/Kids")), *_listed(node.get("/Names"))]


def _listed(found: Any) -> Iterator[Any]:
    return iter(found if isinstance(found, pikepdf.Array) else ())


def _file(specification: Any, associated: bool) -> Carried:
    name = str(specification.get("/UF", specification.get("/F", "")))
    if not _NAME.fullmatch(name):
        raise ValueError(f"an attached file has the unsafe name {name[:80]!r}")
    place = specification.get("/EF")
    stream = place.get("/F") if isinstance(place, pikepdf.Dictionary) else None
    if not isinstance(stream, pikepdf.Stream):
        raise ValueError(f"the attached file {name} has no content")  # noqa: TRY004 (a file's fault, not a caller's)
    try:
        content = _unpacked(stream, UNPACKED)
    except (pikepdf.PdfError, RuntimeError, zlib.error):  # it does not unpack
        return Carried(stream.objgen[0], Attachment(name, "", "Data", b""), associated, sound=False)
    about = stream.get("/Params")
    told = about.get("/CheckSum") if isinstance(about, pikepdf.Dictionary) else None
    sound = told is None or bytes(told) == _checksum(content)
    attachment = Attachment(name, str(specification.get("/Desc", "")), "Data", content)
    return Carried(stream.objgen[0], attachment, associated, sound)


def _unpacked(stream: pikepdf.Stream, most: int) -> bytes:
    """What a stream holds, in memory that is bounded. Raises ValueError for more bytes than `most`."""
    packed = stream.read_raw_bytes()
    if stream.get("/Filter") in (None, pikepdf.Array([])):
        content = packed[: most + 1]
    elif stream.get("/Filter") in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode])):
        content = zlib.decompressobj().decompress(packed, most + 1)
    else:
        raise ValueError("something in it is packed in a way that scaudit does not use")
    if len(content) > most:
        raise ValueError(f"something in it unpacks to more than {most:,} bytes")
    return content


def _checksum(content: bytes) -> bytes:
    """The checksum that PDF keeps beside an attached file: it shows damage, and never was more."""
    return hashlib.md5(content, usedforsecurity=False).digest()


def attached_json(name: str, content: bytes) -> Any:
    """The JSON of an attached file. Nothing may be told twice, since programs differ on which of the two counts."""
    try:
        return json.loads(content.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"The attached {name} cannot be read: {error or 'it is nested too deep'}.") from error


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    told = list(pairs)
    found = dict(told)
    if len(found) != len(told):
        raise ValueError("it says something twice")
    return found
