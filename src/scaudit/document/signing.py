"""Signing: the publisher's signature on a document (PAdES), from a key that never leaves its file or token."""

from datetime import UTC, datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from scaudit.document.key_source import DEMONSTRATION, KeySource
from scaudit.document.keys import Key, ready
from scaudit.document.signature import Signature, inspect
from scaudit.document.timestamps import Server
from scaudit.errors import ProjectError

__all__ = ["DEMONSTRATION", "KeySource", "Signature", "inspect", "ready", "sign"]

FIELD = "Signature"
REASON = "Published by its signer"
DIGEST = "sha256"
ROOM = 4096  # bytes for a signature beside its certificates
ROOM_FOR_TIME = 12288  # bytes for a timestamp, which brings certificates of its own


def sign(pdf: bytes, key: KeySource) -> bytes:
    """The document with a signature appended: PAdES baseline B-B, or B-T where a timestamp server is set.

    It allows no change, shows nothing on a page, and begins where the document ends. Raises ProjectError where key or
    timestamp server cannot be used.
    """
    opened, server = ready(key, datetime.now(UTC)), Server(key.timestamp_url) if key.timestamp_url else None
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=REASON,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = PdfSigner(meta, opened.signer, timestamper=server, new_field_spec=SigFieldSpec(FIELD))
    try:
        # the room is given, for else everything is signed twice, to see how much it takes
        done = signer.sign_pdf(_Appendix(BytesIO(pdf)), bytes_reserved=_room(opened, server))
    except SigningError as error:
        raise ProjectError(f"The key in {key.place} cannot sign ({error}); try again, or take another.") from error
    return bytes(done.getvalue())


class _Appendix(IncrementalPdfFileWriter):
    """Writes what is new behind the document, and leaves its metadata as they are, with their seal and their days."""

    def _update_meta(self) -> None:
        """Nothing; pyHanko would write metadata of its own."""


def _room(key: Key, server: Server | None) -> int:
    """How many hexadecimal digits are kept free for the signature."""
    chain = [key.signer.signing_cert, *key.signer.cert_registry]
    certificates = sum(len(one.dump()) for one in chain if one is not None)
    return 2 * (ROOM + certificates + (ROOM_FOR_TIME if server else 0))
