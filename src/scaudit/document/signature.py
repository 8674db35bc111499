"""Signature: what the signature of a document says, found without any network and by nobody's trust but the asker's."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from asn1crypto import core, x509
from asn1crypto.parser import peek
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from scaudit.document.key_source import is_demonstration
from scaudit.errors import UsageError

for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # what they find stands in the result, told once

_TRACE = re.compile(rb"/ByteRange\s*\[|/SubFilter\s*/ETSI")  # two, for one of them may be what was damaged
_END = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")
_ANY = KeyUsageConstraints(key_usage=set())
_SIGNS = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})

LONGEST_NAME = 200


@dataclass(frozen=True)
class Signature:
    """A signature as it was found.

    `signer` is the common name of the certificate that came with it, and proves nothing unless `trusted`: then that
    certificate comes from one that the asker trusts. `intact`: what was signed is unchanged. `whole_file`: nothing was
    appended since. `signed_at` is the signer's word, unless `timestamped` by a trusted server. `problem` is what is
    wrong, in words, empty where nothing is. `unsigned` are the bytes that were there before the signature.
    """

    signer: str
    demonstration: bool
    intact: bool
    whole_file: bool
    trusted: bool
    signed_at: datetime | None
    timestamped: bool
    problem: str
    unsigned: bytes


def inspect(pdf: bytes, trust: Sequence[Path] = ()) -> Signature | None:
    """The signature of a document, by the certificates to `trust`; None where it has none.

    Raises UsageError where a certificate to trust cannot be read. Strangers' bytes never raise: what cannot be read
    is no intact signature.
    """
    roots = _certificates(trust)
    try:
        found = PdfFileReader(BytesIO(pdf), strict=False).embedded_regular_signatures
        if found:
            return _inspected(pdf, min(found, key=lambda one: one.signed_revision), roots)
    except Exception as error:  # noqa: BLE001 (a damaged file fails a parser in any way there is)
        return _unreadable(f"the file is damaged ({type(error).__name__})") if _TRACE.search(pdf) else None
    return _unreadable("the file was signed, and its signature was taken away") if _TRACE.search(pdf) else None


def _unreadable(problem: str) -> Signature:
    return Signature("", False, False, False, False, None, False, problem, b"")


def _certificates(paths: Sequence[Path]) -> list[x509.Certificate]:
    """The certificates to trust, of PEM or DER files."""
    found = []
    for path in paths:
        try:
            found += list(load_certs_from_pemder([str(path)]))  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as error:
            raise UsageError(f"{path} is no certificate that can be read; name a PEM or DER file.") from error
    return found


def _inspected(pdf: bytes, found: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> Signature:
    status = _status(found, roots)
    stamp = status.timestamp_validity
    first, last, end = _hole(found)
    own = _as_written(pdf[first:last], found)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and end == len(pdf)
    signer = _printable(str(found.signer_cert.subject.native.get("common_name", "")))
    intact = bool(status.intact and status.valid and own and (stamp is None or (stamp.intact and stamp.valid)))
    timestamped = bool(stamp and stamp.intact and stamp.valid and stamp.trusted)
    return Signature(
        signer=signer,
        demonstration=is_demonstration(signer),
        intact=intact,
        whole_file=whole,
        trusted=intact and bool(status.trusted),
        signed_at=stamp.timestamp if stamp else status.signer_reported_dt,
        timestamped=timestamped,
        problem=_problem(intact, whole),
        unsigned=_before(pdf, first),
    )


def _printable(name: str) -> str:
    """A stranger's name, fit for one line of a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:LONGEST_NAME])


def _status(found: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> PdfSignatureStatus:
    """The word of pyHanko, which a certificate to trust that only has the name of the right one may make it refuse."""
    try:
        return _by(found, roots)
    except Exception:  # what is wrong with trust says nothing of what was signed
        if not roots:
            raise
        return _by(found, [])


def _by(found: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> PdfSignatureStatus:
    """What is so now or, where a trusted server says when it was signed, what was so at that time."""
    now = ValidationContext(trust_roots=roots, allow_fetching=False)
    status = _asked(found, now, now)
    stamp = status.timestamp_validity
    if status.trusted or not (stamp and stamp.valid and stamp.intact and stamp.trusted):
        return status
    then = ValidationContext(trust_roots=roots, allow_fetching=False, moment=stamp.timestamp)
    return _asked(found, then, now)


def _asked(
    found: EmbeddedPdfSignature, of_signer: ValidationContext, of_server: ValidationContext
) -> PdfSignatureStatus:
    usage = _SIGNS if found.signer_cert.key_usage_value else _ANY  # a certificate that names no use is for all
    return validate_pdf_signature(found, of_signer, of_server, key_usage_settings=usage)


def _hole(found: EmbeddedPdfSignature) -> tuple[int, int, int]:
    """Where the signature itself stands, which alone is not signed, and where what is signed ends."""
    _, first, last, length = (int(one) for one in found.byte_range)
    return first, last, last + length


def _as_written(hole: bytes, found: EmbeddedPdfSignature) -> bool:
    """Whether the signature stands where nothing is signed, to the letter as it is written.

    Else padding and the case of digits could be altered unseen.
    """
    content = found.pkcs7_content
    digits = content[: peek(content)].hex().upper().encode()
    return hole == b"<" + digits.ljust(len(hole) - 2, b"0") + b">" and _agrees(found)


def _agrees(found: EmbeddedPdfSignature) -> bool:
    """Whether what a signature says twice, or for no use, is what it must be: none of that is signed."""
    message, signer, own = found.signed_data, found.signer_info, found.signer_cert
    digest, named = signer["digest_algorithm"].dump(), signer["sid"].chosen
    return (
        message["version"].native == signer["version"].native == "v1"
        and [named["issuer"].dump(), named["serial_number"].native] == [own.issuer.dump(), own.serial_number]
        and digest in _forms(signer["digest_algorithm"])
        and [one.dump() for one in message["digest_algorithms"]] == [digest]
        and signer["signature_algorithm"].dump() in _forms(signer["signature_algorithm"])
    )


def _forms(algorithm: core.Sequence) -> tuple[bytes, bytes]:
    """The two ways to write an algorithm that has no parameters."""
    name = algorithm["algorithm"].dump()
    return bytes([0x30, len(name)]) + name, bytes([0x30, len(name) + 2]) + name + b"\x05\x00"


def _before(pdf: bytes, signature: int) -> bytes:
    """The document as it was before the revision that holds the signature."""
    ends = [one.end() for one in _END.finditer(pdf, 0, signature)]
    return pdf[: ends[-1]] if ends else b""


def _problem(intact: bool, whole: bool) -> str:
    if not intact:
        return "what was signed was changed, or the signature itself"
    return "" if whole else "something was added after it was signed"
