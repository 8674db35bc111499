"""Signing: valid to two programs that are not ours, broken by any byte, trusted by nobody's word but the reader's."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from scaudit.document import signing, timestamps
from scaudit.document.key_source import KeySource, Token
from scaudit.document.keys import DEMONSTRATION_NAME, demonstration_key, open_key
from scaudit.document.sealing import check, seal
from scaudit.document.signing import inspect, sign
from scaudit.errors import ProjectError, UsageError

SECRET = "wide open sesame 7319"
VARIABLE = "SCAUDIT_KEY_PASSPHRASE"
REQUIRED = "CI" in os.environ or os.environ.get("SCAUDIT_CHECKS") == "required"
SOFTHSM = next((path for path in map(Path, ("/usr/lib/softhsm/libsofthsm2.so",)) if path.is_file()), None)
PACKET = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:sca="https://scaudit.example/ns/1/"><sca:sha256>DIGITS</sca:sha256></rdf:Description>
</rdf:RDF></x:xmpmeta>"""
TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def needs(tool: str, present: bool) -> None:
    if not present and not REQUIRED:
        pytest.skip(f"{tool} is not here")
    assert present, f"{tool} is not here, and is required"


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)


def document(pages: int = 2) -> bytes:
    """A sealed file, as the printing pipeline hands it over."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    packet = PACKET.replace("DIGITS", "0" * 64).encode()
    pdf.Root.Metadata = pikepdf.Stream(pdf, packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    out = io.BytesIO()
    modern = pikepdf.ObjectStreamMode.generate
    pdf.save(out, deterministic_id=True, fix_metadata_version=False, object_stream_mode=modern)
    return seal(out.getvalue())


def certified(name: str, public, issuer: str, private, first: datetime = TODAY, extension=None, ca: bool = False):
    """A certificate for a year from `first`."""
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, issuer)]
    builder = (
        x509.CertificateBuilder(names[1], names[0], public, x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(first + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
    )
    return (builder.add_extension(extension, critical=True) if extension else builder).sign(private, hashes.SHA256())


def keep(folder: Path, name: str, private, certificate, chain=()) -> KeySource:
    path = folder / f"{name}.p12"
    locked = serialization.BestAvailableEncryption(SECRET.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"x", private, certificate, chain or None, locked))
    path.chmod(0o600)
    return KeySource(name, str(path))


def pem(folder: Path, certificate: x509.Certificate, name: str = "trusted.pem") -> Path:
    (folder / name).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return folder / name


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(scope="module")
def demo(place: Path) -> KeySource:
    path = place / "demo.p12"
    path.write_bytes(demonstration_key(SECRET, TODAY.date()))
    path.chmod(0o600)
    return KeySource(DEMONSTRATION_NAME, str(path))


@pytest.fixture(scope="module")
def signed(demo: KeySource) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, SECRET)
        return sign(document(), demo)


def pdfsig(folder: Path, pdf: bytes) -> str:
    needs("pdfsig", shutil.which("pdfsig") is not None)
    path = folder / "asked.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    return done.stdout


# --- valid ------------------------------------------------------------------------------------------------------


def test_a_signature_is_pades_of_the_whole_file_and_allows_no_change(signed: bytes) -> None:
    """By pyHanko's own validation: B-B, SHA-256, certified."""
    (found,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    none = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(found, none)
    assert (status.intact, status.valid, status.coverage) == (True, True, SignatureCoverageLevel.ENTIRE_FILE)
    assert (found.docmdp_level, found.md_algorithm) == (MDPPerm.NO_CHANGES, "sha256")
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert "signing_certificate_v2" in {one["type"].native for one in found.signer_info["signed_attrs"]}
    assert [float(one) for one in found.sig_field["/Rect"]] == [0, 0, 0, 0]


def test_poppler_calls_it_valid_and_a_changed_one_not(place: Path, signed: bytes) -> None:
    """A program that shares no line with ours."""
    told = pdfsig(place, signed)
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert f"Common Name: {DEMONSTRATION_NAME}" in told
    assert "ETSI.CAdES.detached" in told
    changed = signed.replace(b"/MediaBox", b"/MediaBax", 1) if b"/MediaBox" in signed else flipped(signed, 700)
    assert "Signature is Valid" not in pdfsig(place, changed)


def test_what_was_signed_is_the_beginning_of_the_file(signed: bytes) -> None:
    """To the byte, with its seal."""
    unsigned = document()
    found = inspect(signed)
    assert signed.startswith(unsigned)
    assert found.unsigned == unsigned
    assert check(found.unsigned).intact
    with pikepdf.open(io.BytesIO(unsigned)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert after.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()
        assert "/Info" not in after.trailer


def test_a_look_at_a_signature(signed: bytes, demo: KeySource) -> None:
    """Who, when, unchanged; trusted only by those who name the certificate."""
    found = inspect(signed)
    assert (found.signer, found.demonstration) == (DEMONSTRATION_NAME, True)
    assert (found.intact, found.whole_file, found.trusted, found.timestamped) == (True, True, False, False)
    assert abs(found.signed_at - datetime.now(UTC)) < timedelta(minutes=10)
    assert found.problem == ""


def test_without_a_signature_there_is_none() -> None:
    """A sealed file, and what is no file at all."""
    assert inspect(document()) is None
    assert [inspect(content) for content in (b"", b"%PDF-1.7", b"\x00" * 999, os.urandom(2000))] == [None] * 4


@pytest.mark.parametrize(
    "private", [rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP521R1())], ids=["RSA", "P-521"]
)
def test_other_keys_sign_too(place: Path, private) -> None:
    """With a chain that is trusted by its root, and by nothing else."""
    root = ec.generate_private_key(ec.SECP256R1())
    above = certified("Root", root.public_key(), "Root", root, ca=True)
    own = certified("The Inspector", private.public_key(), "Root", root)
    pdf = sign(document(), keep(place, "The Inspector", private, own, [above]))
    assert "Signature is Valid" in pdfsig(place, pdf)
    other = certified("Root", private.public_key(), "Root", private, ca=True)
    told = [inspect(pdf), inspect(pdf, [pem(place, above)]), inspect(pdf, [pem(place, other, "other.pem")])]
    assert [(one.intact, one.trusted, one.signer, one.demonstration) for one in told] == [
        (True, False, "The Inspector", False),
        (True, True, "The Inspector", False),
        (True, False, "The Inspector", False),
    ]


def test_a_key_is_decoded_once_for_many_documents(demo: KeySource, monkeypatch: pytest.MonkeyPatch) -> None:
    """pyHanko's own signer would decode it for each."""
    sign(document(), demo)
    monkeypatch.setattr(pkcs12, "load_pkcs12", lambda *_: 1 / 0)
    monkeypatch.setattr(serialization, "load_der_private_key", lambda *_, **__: 1 / 0)
    assert inspect(sign(document(3), demo)).intact


def test_trust_comes_from_certificates_only(signed: bytes, demo: KeySource, place: Path) -> None:
    """What is none is a mistake of the one who asks."""
    assert inspect(signed, [pem(place, open_key(demo).certificate)]).trusted
    (place / "none.pem").write_text("no certificate")
    for path in (place / "none.pem", place / "missing.pem", place):
        with pytest.raises(UsageError, match="no certificate that can be read"):
            inspect(signed, [path])


# --- broken -----------------------------------------------------------------------------------------------------


def flipped(pdf: bytes, offset: int, bit: int = 0) -> bytes:
    damaged = bytearray(pdf)
    damaged[offset] ^= 1 << bit
    return bytes(damaged)


def test_any_flipped_byte_breaks_it(signed: bytes) -> None:
    """Also in the padding, in the case of a digit, in what the signature says twice, and in what finds it."""
    hole = signed.index(b"<30")
    named = [*range(hole - 90, hole + 130), *range(hole + 900, hole + 1140)]
    chance = random.Random(31)
    places = [*named, *chance.sample(range(len(signed)), 150), len(signed) - 1, 0]
    missed = [(offset, bit) for offset in places if _unseen(signed, offset, bit := chance.randrange(8))]
    assert missed == []


def _unseen(pdf: bytes, offset: int, bit: int) -> bool:
    found = inspect(flipped(pdf, offset, bit))
    return found is None or found.intact


def test_what_is_added_later_is_seen(signed: bytes) -> None:
    """What was signed is still there, and is not the whole file any more."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed), strict=False)
    writer.root["/Lang"] = pdf_name("/en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    found = inspect(out.getvalue())
    assert (found.intact, found.whole_file, found.trusted) == (True, False, False)
    assert found.problem == "something was added after it was signed"
    assert found.unsigned == document()
    assert not inspect(signed + b"\n").whole_file


def test_a_signature_that_was_taken_away_is_seen(signed: bytes) -> None:
    """A later revision may hide the field; the bytes still tell of it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed), strict=False)
    del writer.root["/AcroForm"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    found = inspect(out.getvalue())
    assert (found.intact, found.whole_file) == (False, False)
    assert "taken away" in found.problem


def test_a_signature_of_another_document_is_broken(signed: bytes, demo: KeySource) -> None:
    """Put at the same place, with every other byte as it was."""
    other = sign(document(3), demo)
    hole, theirs = signed.index(b"<30"), other.index(b"<30")
    size = signed.index(b">", hole) - hole
    mixed = signed[:hole] + other[theirs : theirs + size] + signed[hole + size :]
    assert not inspect(mixed).intact


def test_a_hostile_name_is_fit_for_a_terminal(place: Path) -> None:
    """Whoever signs names himself."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = "\x1b[31mThe Court\nTrusted: yes"
    source = keep(place, "hostile", private, certified(name, private.public_key(), name, private))
    pdf = sign(document(), KeySource(name, source.pkcs12))
    assert inspect(pdf).signer == "?[31mThe Court?Trusted: yes"


# --- timestamps -------------------------------------------------------------------------------------------------


class Clock:
    """A timestamp server of our own, on loopback, with its certificate."""

    def __init__(self) -> None:
        private = rsa.generate_private_key(65537, 2048)
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        early = datetime(2023, 6, 1, tzinfo=UTC)
        self.certificate = certified("Clock", private.public_key(), "Clock", private, early, usage)
        der = private.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        own = asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))
        self.at = datetime(2024, 3, 1, 12, tzinfo=UTC)
        self._maker = lambda: DummyTimeStamper(own, asn1_keys.PrivateKeyInfo.load(der), fixed_dt=self.at)
        self.answers: list[bytes] = []
        self.instead: bytes | None = None
        self.status = 200

    def answer(self, request: bytes) -> bytes:
        found = self._maker().request_tsa_response(tsp.TimeStampReq.load(request)).dump()
        self.answers.append(found)
        return found if self.instead is None else self.instead


@contextmanager
def serving(clock: Clock) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = clock.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(clock.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing: tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timestamps, "WAITS", (0.0, 0.0))


def stamped(source: KeySource, url: str) -> KeySource:
    return KeySource(source.name, source.pkcs12, timestamp_url=url)


def test_a_timestamp_makes_it_b_t(place: Path, demo: KeySource) -> None:
    """The day is the server's word, once that is trusted."""
    clock = Clock()
    with serving(clock) as url:
        pdf = sign(document(), stamped(demo, url))
    assert len(clock.answers) == 1
    plain, trusted = inspect(pdf), inspect(pdf, [pem(place, clock.certificate, "clock.pem")])
    assert (plain.intact, plain.whole_file, plain.timestamped) == (True, True, False)
    assert (trusted.timestamped, trusted.trusted) == (True, False)
    assert (plain.signed_at, trusted.signed_at) == (clock.at, clock.at)
    assert "Signature is Valid" in pdfsig(place, pdf)


def test_a_signature_outlives_its_certificate_by_a_timestamp(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate is over; it was not when a server that is trusted saw the signature."""
    root, private = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    early = datetime(2023, 9, 1, tzinfo=UTC)
    above = certified("Root", root.public_key(), "Root", root, early, ca=True)
    own = certified("Past", private.public_key(), "Root", root, early)
    source = keep(place, "Past", private, own, [above])
    monkeypatch.setattr(signing, "ready", lambda key, _moment: open_key(key))
    clock = Clock()
    with serving(clock) as url:
        pdf = sign(document(), stamped(source, url))
    roots = [pem(place, above, "root.pem"), pem(place, clock.certificate, "clock.pem")]
    assert not inspect(pdf, roots[:1]).trusted
    found = inspect(pdf, roots)
    assert (found.intact, found.trusted, found.timestamped) == (True, True, True)


@pytest.mark.usefixtures("_at_once")
def test_a_server_that_does_not_answer(demo: KeySource) -> None:
    """Nothing listens there."""
    with serving(Clock()) as url:
        pass
    with pytest.raises(ProjectError, match=f"timestamp server {re.escape(url)} cannot be used: it does not answer;"):
        sign(document(), stamped(demo, url))


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize(
    ("instead", "status", "told"),
    [
        (b"<html>It works!</html>", 200, "it gives no timestamp"),
        (b"", 200, "it gives no timestamp"),
        (None, 503, "it does not answer;"),
        (bytes.fromhex("30053003020102"), 200, "it gives no timestamp"),
    ],
)
def test_a_server_that_answers_otherwise(demo: KeySource, instead: bytes | None, status: int, told: str) -> None:
    """A sentence, and no signature without the time that was asked for."""
    clock = Clock()
    clock.instead, clock.status = instead, status
    with serving(clock) as url, pytest.raises(ProjectError, match=told):
        sign(document(), stamped(demo, url))
    assert len(clock.answers) == (3 if status == 503 else 1)


def test_a_timestamp_of_something_else_is_refused(demo: KeySource) -> None:
    """An old answer, sent again."""
    clock = Clock()
    with serving(clock) as url:
        sign(document(), stamped(demo, url))
        clock.instead = clock.answers[0]
        with pytest.raises(ProjectError, match="its answer is none to what was asked"):
            sign(document(3), stamped(demo, url))


# --- tokens -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Token:
    """A token in software, with a P-256 key that was made there and its certificate."""
    needs("softhsm2", SOFTHSM is not None and shutil.which("softhsm2-util") is not None)
    pkcs11 = pytest.importorskip("pkcs11") if not REQUIRED else __import__("pkcs11")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")  # read once, when the module is loaded
    made = ["softhsm2-util", "--init-token", "--free", "--label", "audit", "--pin", SECRET, "--so-pin", "0000"]
    subprocess.run(made, check=True, capture_output=True)
    private = ec.generate_private_key(ec.SECP256R1())
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private.private_bytes(*plain))
    brought = ["softhsm2-util", "--import", str(folder / "key.pem"), "--token", "audit", "--label", "publisher"]
    subprocess.run([*brought, "--id", "01", "--pin", SECRET], check=True, capture_output=True)
    own = certified("Token Holder", private.public_key(), "Token Holder", private)
    with pkcs11.lib(str(SOFTHSM)).get_token(token_label="audit").open(user_pin=SECRET, rw=True) as session:
        kind = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE, pkcs11.Attribute.TOKEN: True}
        session.create_object(
            {
                **kind,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.LABEL: "publisher",
                pkcs11.Attribute.SUBJECT: own.subject.public_bytes(),
                pkcs11.Attribute.VALUE: own.public_bytes(serialization.Encoding.DER),
            }
        )
    return Token(str(SOFTHSM), "audit", "publisher", "publisher")


def test_a_token_refuses_in_a_sentence_and_then_signs(
    token: Token, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong PIN, label or module; then a signature like any other. In this order: a session stays open."""
    wrong = [
        (token, SECRET + "0", "PinIncorrect"),
        (Token(token.module, "other", "publisher", "publisher"), SECRET, "cannot be used"),
        (Token("/no/such/module.so", "audit", "publisher", "publisher"), SECRET, "cannot be used"),
    ]
    for one, pin, told in wrong:
        monkeypatch.setenv("A_PIN", pin)
        with pytest.raises(ProjectError, match=told) as refused:
            open_key(KeySource("Token Holder", token=one, passphrase_env="A_PIN"))
        assert SECRET not in str(refused.value)
        assert "A_PIN" in str(refused.value)
    monkeypatch.setenv("A_PIN", SECRET)
    source = KeySource("Token Holder", token=token, passphrase_env="A_PIN")
    for pages in (1, 2):
        pdf = sign(document(pages), source)
        found = inspect(pdf, [pem(place, open_key(source).certificate)])
        assert (found.intact, found.whole_file, found.trusted, found.signer) == (True, True, True, "Token Holder")
        assert "Signature is Valid" in pdfsig(place, pdf)


def test_a_token_without_that_key(token: Token, monkeypatch: pytest.MonkeyPatch) -> None:
    """The label is named."""
    monkeypatch.setenv("A_PIN", SECRET)
    source = KeySource("Token Holder", token=Token(token.module, "audit", "nobody", "nobody"), passphrase_env="A_PIN")
    with pytest.raises(ProjectError, match="'nobody' on the token 'audit' cannot be used"):
        open_key(source)
