"""Finishing: from the PDF that WeasyPrint wrote to one that is PDF/A-3a and PDF/UA-1 at once."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Array

from scaudit.document import artifacts, figures, links, lists, roles, seams, tables
from scaudit.document.marks import Marks
from scaudit.document.tags import Tags
from scaudit.document.xmp import description, packet
from scaudit.errors import ProjectError


def finish(pdf: bytes, marks: Marks, page: str = "") -> bytes:
    """The same pages, with mended tags and metadata; the same bytes for the same input.

    `page` is the XHTML that was printed: it knows what its print does not tell of links, lists and page breaks.
    Raises ProjectError where the page says neither its title nor its language.
    """
    source = ET.fromstring(page) if page else None  # noqa: S314 (our own template, every value escaped)
    with pikepdf.open(BytesIO(pdf)) as document:
        _describe(document, marks)
        _attach(document)
        tags = Tags(document)
        roles.mend(tags)
        if source is not None:
            seams.mend(tags, source)
            lists.mend(tags, source)
            links.mend(document, source)
        tables.mend(tags)
        figures.mend(tags)
        artifacts.mend(document, tags)
        return _written(document)


def _describe(document: pikepdf.Pdf, marks: Marks) -> None:
    """Write the metadata, uncompressed: archives search for them in the bytes of a file, and a seal is put there."""
    told = description(document.Root.Metadata.read_bytes(), str(document.Root.get("/Lang", "")))
    if not (told.title.strip() and told.language.strip()):
        raise ProjectError("a template gives a page without title or language; put both into its head")
    document.Root.Metadata.write(packet(told, marks))


def _attach(document: pikepdf.Pdf) -> None:
    """List every attached file once, and in the order of their names, as name trees are searched."""
    listed = {one.objgen: one for one in document.Root.get("/AF", ())}
    if not listed:
        return
    ordered = sorted(listed.values(), key=lambda one: bytes(one.F))
    document.Root.AF = Array(ordered)
    document.Root.Names.EmbeddedFiles.Names = Array([part for one in ordered for part in (one.F, one)])


def _written(document: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    document.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()
