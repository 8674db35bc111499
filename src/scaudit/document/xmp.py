"""XMP: what a document says of itself to programs: title and language, the standards it keeps, and its marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from scaudit.document.blocks import EMPTY
from scaudit.document.marks import Marks

NAMESPACE = "https://scaudit.example/ns/1/"
UNSEALED = "0" * 64

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_PDF = "http://ns.adobe.com/pdf/1.3/"
_UA = "http://www.aiim.org/pdfua/ns/id/"

_OPEN = f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="{_RDF}">
<rdf:Description rdf:about="" xmlns:dc="{_DC}" xmlns:xmp="{_XMP}" xmlns:pdf="{_PDF}" xmlns:pdfuaid="{_UA}" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" \
xmlns:sca="{NAMESPACE}">"""
_CLOSE = '</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
_STANDARDS = (
    "<pdfaid:part>3</pdfaid:part>",
    "<pdfaid:conformance>A</pdfaid:conformance>",
    "<pdfuaid:part>1</pdfuaid:part>",
    "<dc:format>application/pdf</dc:format>",
)
_OURS = {
    "subject": ("Text", "The item that the document is about, or overview"),
    "edition": ("Text", "The edition that the document belongs to"),
    "asOf": ("Date", "The day of which its statuses speak"),
    "knownOn": ("Date", "The day up to whose knowledge they go"),
    "ruleset": ("Text", "The ruleset by which they were found"),
    "dataDigest": ("Text", "The SHA-256 of the list of attached files"),
    "substance": ("Text", "The SHA-256 of what the document says, whatever its edition and days"),
    "engine": ("Text", "The version of scaudit that made it"),
    "synthetic": ("Boolean", "Whether invented records stand behind it"),
    "blocks": ("Text", "The length of the file, and shortened SHA-256 of its 256 pieces, so that a change is found"),
    "sha256": ("Text", "The SHA-256 of the file with these digits read as zeros"),
}


@dataclass(frozen=True)
class Description:
    """What is told of any document. Dates are as XMP has them; what is not known is empty."""

    title: str
    language: str
    authors: tuple[str, ...] = ()
    summary: str = ""
    keywords: str = ""
    producer: str = ""
    creator: str = ""
    created: str = ""
    modified: str = ""


def description(packet: bytes, language: str) -> Description:
    """What an XMP packet says of its document."""
    rdf = ET.fromstring(packet)  # noqa: S314 (what was written a moment ago, by ourselves)
    return Description(
        title=_first(rdf, _DC, "title"),
        language=language,
        authors=tuple(_all(rdf, _DC, "creator")),
        summary=_first(rdf, _DC, "description"),
        keywords=_first(rdf, _PDF, "Keywords"),
        producer=_first(rdf, _PDF, "Producer"),
        creator=_first(rdf, _XMP, "CreatorTool"),
        created=_first(rdf, _XMP, "CreateDate"),
        modified=_first(rdf, _XMP, "ModifyDate"),
    )


def packet(told: Description, marks: Marks) -> bytes:
    """The XMP packet of a document that is PDF/A-3a and PDF/UA-1, with its marks and with room for a seal."""
    lines = [_OPEN, *_STANDARDS, *_common(told), *_marked(marks), _extensions(), _CLOSE]
    return "\n".join(lines).encode()


def _common(told: Description) -> Iterator[str]:
    yield _alternatives("dc:title", told.title)
    yield f"<dc:language><rdf:Bag>{_item(told.language)}</rdf:Bag></dc:language>"
    if told.authors:
        yield f"<dc:creator><rdf:Seq>{''.join(map(_item, told.authors))}</rdf:Seq></dc:creator>"
    if told.summary:
        yield _alternatives("dc:description", told.summary)
    plain = {
        "pdf:Keywords": told.keywords,
        "pdf:Producer": told.producer,
        "xmp:CreatorTool": told.creator,
        "xmp:CreateDate": told.created,
        "xmp:ModifyDate": told.modified,
    }
    yield from (_element(name, value) for name, value in plain.items() if value)


def _marked(marks: Marks) -> Iterator[str]:
    values = {
        "subject": marks.subject,
        "edition": marks.edition,
        "asOf": marks.as_of.isoformat(),
        "knownOn": marks.known_on.isoformat(),
        "ruleset": marks.ruleset,
        "dataDigest": marks.data_digest,
        "substance": marks.substance,
        "engine": marks.engine,
        "synthetic": str(marks.synthetic),
        "blocks": EMPTY,
        "sha256": UNSEALED,
    }
    return (_element(f"sca:{name}", values[name]) for name in _OURS)


def _extensions() -> str:
    """PDF/A wants every property that it does not know itself described in the file."""
    ua = {"part": ("Integer", "Which part of ISO 14289 the document keeps")}
    schemas = _schema("PDF/UA identification", _UA, "pdfuaid", ua) + _schema("scaudit", NAMESPACE, "sca", _OURS)
    return f"<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>"


def _schema(name: str, namespace: str, prefix: str, properties: dict[str, tuple[str, str]]) -> str:
    described = "".join(
        '<rdf:li rdf:parseType="Resource">'
        + _element("pdfaProperty:name", key)
        + _element("pdfaProperty:valueType", kind)
        + _element("pdfaProperty:category", "internal" if key in ("part", "blocks", "sha256") else "external")
        + _element("pdfaProperty:description", words)
        + "</rdf:li>"
        for key, (kind, words) in properties.items()
    )
    named = (
        _element("pdfaSchema:schema", name)
        + _element("pdfaSchema:namespaceURI", namespace)
        + _element("pdfaSchema:prefix", prefix)
    )
    listed = f"<pdfaSchema:property><rdf:Seq>{described}</rdf:Seq></pdfaSchema:property>"
    return f'<rdf:li rdf:parseType="Resource">{named}{listed}</rdf:li>'


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>"


def _item(value: str) -> str:
    return _element("rdf:li", value)


def _alternatives(name: str, value: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{name}>'


def _all(rdf: ET.Element, namespace: str, name: str) -> list[str]:
    """The values of a property, wherever XMP lets them stand: in a list, as text, or as an attribute."""
    tag = f"{{{namespace}}}{name}"
    found = [value for one in rdf.iter(f"{{{_RDF}}}Description") if (value := one.get(tag))]
    for element in rdf.iter(tag):
        found += [item.text or "" for item in element.iter(f"{{{_RDF}}}li")] or [element.text or ""]
    return found


def _first(rdf: ET.Element, namespace: str, name: str) -> str:
    return next(iter(_all(rdf, namespace, name)), "")
