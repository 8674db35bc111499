"""Keys: opened with a passphrase out of the environment, looked at before they sign, made for demonstrations."""

import os
import stat
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from scaudit.document.key_source import DEMONSTRATION, KeySource, is_demonstration
from scaudit.errors import ProjectError

DEMONSTRATION_NAME = f"{DEMONSTRATION} scaudit key, proves nothing"
DEMONSTRATION_DAYS = 365
CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
RSA_BITS = 2048


class Passphrase(str):
    """A passphrase or PIN: no message and no list of variables shows it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Passphrase(hidden)"


@dataclass(frozen=True)
class Key:
    """A key that is open, with the certificate that says whose it is."""

    certificate: x509.Certificate
    signer: Signer = field(repr=False)

    @property
    def name(self) -> str:
        """The common name of the certificate; empty where it has none."""
        return common_name(self.certificate)

    @property
    def demonstration(self) -> bool:
        """Whether this is a throw-away key, which proves nothing."""
        return is_demonstration(self.name)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, in hexadecimal digits."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def pem(self) -> str:
        """The certificate as text, for those who verify."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


def common_name(certificate: x509.Certificate) -> str:
    """The common name of a certificate's subject; empty where it has none."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def ready(source: KeySource, moment: datetime) -> Key:
    """The key, open and fit to sign at this moment (UTC) in the name that the settings give.

    Raises ProjectError with what to do where it is not.
    """
    key = open_key(source)
    if key.name != source.name:
        raise ProjectError(
            f"The key in {source.place} is that of {key.name!r}, and scaudit.toml names {source.name!r} in "
            "signing.name; name the one that signs."
        )
    first, last = key.certificate.not_valid_before_utc, key.certificate.not_valid_after_utc
    if not first <= moment <= last:
        when = f"valid from {first.date()} on" if moment < first else f"valid until {last.date()}"
        raise ProjectError(f"The certificate of the key in {source.place} is {when} only; sign with one that is valid.")
    return key


def open_key(source: KeySource) -> Key:
    """The key, opened once in a process. Raises ProjectError with what to do where it cannot be."""
    secret = passphrase(source.passphrase_env, f"The key in {source.place}")
    if source.token:
        try:
            from scaudit.document.tokens import open_token  # noqa: PLC0415 (an extra)
        except ImportError as error:
            raise ProjectError("A key on a token needs the extra 'token'; install scaudit[token].") from error
        return _usable(open_token(source, source.token, secret), source)
    return _usable(_open_file(source, secret, _private(Path(source.pkcs12))), source)


def passphrase(variable: str, what: str) -> Passphrase:
    """The passphrase in an environment variable, the only place it may be. Raises ProjectError where that is unset."""
    found = Passphrase(os.environ.get(variable, ""))
    if not found:
        raise ProjectError(f"{what} needs its passphrase; set the environment variable {variable}.")
    return found


def _private(path: Path) -> tuple[int, int]:
    """What tells this content of the key's file from another. Raises ProjectError where everybody may read it."""
    try:
        found = path.stat()
    except OSError as error:
        raise ProjectError(
            f"The key {path} cannot be read: {error.strerror}; put it there or name another in signing.pkcs12."
        ) from error
    if found.st_mode & stat.S_IRWXO:
        raise ProjectError(f"Everybody may read the key {path}; take that right away with 'chmod o= {path}'.")
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=2)
def _open_file(source: KeySource, secret: Passphrase, content: tuple[int, int]) -> Key:  # noqa: ARG001
    """The key in a PKCS#12 file; `content` is part of what is remembered, so that another file is opened anew."""
    path = Path(source.pkcs12)
    try:
        found = pkcs12.load_pkcs12(path.read_bytes(), secret.encode())
    except OSError as error:
        raise ProjectError(f"The key {path} cannot be read: {error.strerror}.") from error
    except ValueError:  # its text says no more, and what it rests on is the passphrase
        raise ProjectError(
            f"The key {path} does not open: {source.passphrase_env} has another passphrase, or it is no PKCS#12 file."
        ) from None
    private = found.key
    if private is None or found.cert is None or not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ProjectError(f"{path} holds no RSA or ECDSA key with its certificate; export both into one file.")
    if private.public_key() != found.cert.certificate.public_key():
        raise ProjectError(f"Key and certificate in {path} do not belong together; export both anew.")
    chain = [one.certificate for one in found.additional_certs]
    return Key(found.cert.certificate, FileSigner(private, found.cert.certificate, chain))


def _usable(key: Key, source: KeySource) -> Key:
    """Refuse a key that is too weak, or of a kind that PDF readers do not know."""
    public = key.certificate.public_key()
    strong = isinstance(public, rsa.RSAPublicKey) and public.key_size >= RSA_BITS
    if not strong and not (isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, CURVES)):
        raise ProjectError(
            f"The key in {source.place} is of no kind that signs here; take ECDSA on P-256, P-384 or P-521, "
            f"or RSA of {RSA_BITS} bits at least."
        )
    if not _signs(key.certificate):
        raise ProjectError(f"The certificate of the key in {source.place} is not for signatures; take one that is.")
    return key


def _signs(certificate: x509.Certificate) -> bool:
    """Whether a certificate allows signatures; one that names no use allows all."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


class FileSigner(Signer):
    """Signs with a key that stays decoded: pyHanko's own signer decodes and checks it anew for every signature."""

    def __init__(
        self,
        private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
        certificate: x509.Certificate,
        chain: list[x509.Certificate],
    ) -> None:
        self._private = private
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([_asn1(one) for one in chain])
        super().__init__(signing_cert=_asn1(certificate), cert_registry=store)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002
        """The signature of some bytes; the digest is SHA-256 whatever is asked, since nothing else is."""
        assert digest_algorithm == "sha256"
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._private.sign(data, ec.ECDSA(hashes.SHA256()))


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def demonstration_key(secret: str, today: date) -> bytes:
    """A new throw-away key with a certificate that it signed itself and that says so, as a PKCS#12 file."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEMONSTRATION_NAME)])
    first = datetime.combine(today, time(), UTC)
    usage = dict.fromkeys(_USAGES, False) | {"digital_signature": True, "content_commitment": True}
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(first + timedelta(days=DEMONSTRATION_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(private, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(secret.encode())
    return pkcs12.serialize_key_and_certificates(DEMONSTRATION_NAME.encode(), private, certificate, None, locked)


_USAGES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)
