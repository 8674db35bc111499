"""Sealing: a file that holds its own digest, in one place only, and what a changed byte does to it."""

import hashlib
import io
import random

import pikepdf
import pytest

from scaudit.document.sealing import Sealing, check, seal

ZEROS = b"0" * 64
FIELD = b"<sca:sha256>" + ZEROS + b"</sca:sha256>"
INTACT, BROKEN, NONE = Sealing(found=True, intact=True), Sealing(found=True, intact=False), Sealing(False, False)


def document(fields: bytes = FIELD, attached: bytes = b"", packed: bool = False) -> bytes:
    """A page with metadata; `attached` is put in as it is, unpacked."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><title>' + fields + b"</title></x:xmpmeta>"
    pdf.Root.Metadata = pikepdf.Stream(pdf, packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    if attached:
        pdf.attachments["data.xml"] = attached
    out = io.BytesIO()
    pdf.save(out, compress_streams=packed, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def test_a_seal_is_the_digest_of_the_file_with_its_digits_read_as_zeros() -> None:
    """So anybody can check it with a text editor and sha256sum."""
    before = document()
    sealed = seal(before)
    assert len(sealed) == len(before)
    digits = hashlib.sha256(before).hexdigest().encode()
    assert sealed == before.replace(ZEROS, digits)
    assert check(sealed) == INTACT
    assert seal(sealed) == sealed


def test_an_unsealed_field_is_found_and_is_not_intact() -> None:
    """Zeros are no digest."""
    assert check(document()) == BROKEN


@pytest.mark.parametrize(
    "fields", [b"", FIELD + FIELD, b"<sca:sha256>" + b"0" * 63 + b"</sca:sha256>", b"&lt;sca:sha256>"]
)
def test_without_a_single_field_nothing_is_sealed(fields: bytes) -> None:
    """A file that cannot be sealed is a mistake of ours, never a file without a seal."""
    with pytest.raises(ValueError, match="no single field"):
        seal(document(fields))
    assert check(document(fields)) == NONE


def test_metadata_that_are_packed_have_no_place_for_a_seal() -> None:
    """They could not be changed at the same length."""
    pdf = pikepdf.open(io.BytesIO(document()))
    pdf.Root.Metadata = pikepdf.Stream(pdf, pdf.Root.Metadata.read_bytes())
    out = io.BytesIO()
    pdf.save(out, compress_streams=True, fix_metadata_version=False)
    with pytest.raises(ValueError, match="no single field"):
        seal(out.getvalue())


def test_a_field_in_an_attachment_is_none_of_the_documents() -> None:
    """Whatever else holds those signs, the seal goes into the metadata that the catalogue names."""
    sealed = seal(document(attached=b"before " + FIELD + b" after"))
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        assert pdf.attachments["data.xml"].get_file().read_bytes() == b"before " + FIELD + b" after"
        assert FIELD not in pdf.Root.Metadata.read_bytes()
    assert check(sealed) == INTACT
    alone = document(fields=b"", attached=FIELD)
    assert check(alone) == NONE


def test_a_copy_of_the_metadata_elsewhere_is_refused() -> None:
    """Then nothing tells which of the two is meant."""
    with pikepdf.open(io.BytesIO(document())) as pdf:
        pdf.attachments["copy.xml"] = pdf.Root.Metadata.read_bytes()
        out = io.BytesIO()
        pdf.save(out, compress_streams=False, fix_metadata_version=False)
    assert check(out.getvalue()) == NONE


def test_every_flipped_byte_is_noticed() -> None:
    """In the pages, the metadata, the digits themselves, the table of objects and the last byte."""
    sealed = seal(document(attached=b"x" * 40))
    assert check(sealed) == INTACT
    chance = random.Random(7)
    for place in range(len(sealed)):
        damaged = bytearray(sealed)
        damaged[place] ^= 1 << chance.randrange(8)
        assert not check(bytes(damaged)).intact, place


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no PDF at all", b"\x00" * 5000, b"%PDF-1.7\n" + FIELD])
def test_strangers_bytes_have_no_seal(content: bytes) -> None:
    """And stop nothing."""
    assert check(content) == NONE


def test_what_is_added_or_cut_off_breaks_the_seal() -> None:
    """Every byte counts, also those behind the end."""
    sealed = seal(document())
    assert not check(sealed + b"\n").intact
    assert not check(sealed[:-1]).intact
