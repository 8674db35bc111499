"""Tokens: a key that never leaves its hardware, reached through a PKCS#11 module. Needs the extra `token`."""

from functools import lru_cache

from cryptography import x509
from pkcs11 import Mechanism, Session
from pkcs11.exceptions import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from scaudit.document.key_source import KeySource, Token
from scaudit.document.keys import Key, Passphrase
from scaudit.errors import ProjectError


class TokenSigner(PKCS11Signer):
    """Signs on the token; what goes wrong there is told by its kind alone, since its text is not ours."""

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature of some bytes."""
        try:
            return bytes(await super().async_sign_raw(data, digest_algorithm, dry_run))
        except PKCS11Error as error:
            raise SigningError(type(error).__name__) from None


@lru_cache(maxsize=2)
def open_token(source: KeySource, token: Token, pin: Passphrase) -> Key:
    """The key on a token, with one session a process. Raises ProjectError where it cannot be reached."""
    try:
        session = open_pkcs11_session(token.module, token_criteria=TokenCriteria(label=token.label), user_pin=str(pin))
        signer = _signer(session, token)
        certificate = signer.signing_cert  # asked now, so that a wrong label is told before any work
    except (PKCS11Error, OSError, RuntimeError) as error:
        raise ProjectError(
            f"The key {token.key!r} on the token {token.label!r} cannot be used ({type(error).__name__}); check "
            f"signing.pkcs11 and the PIN in {source.passphrase_env}."
        ) from None
    return Key(x509.load_der_x509_certificate(certificate.dump()), signer)


def _signer(session: Session, token: Token) -> TokenSigner:
    """A signer; tokens that do not digest by themselves get the digest of what they sign, for ECDSA."""
    digests = Mechanism.ECDSA_SHA256 in session.token.slot.get_mechanisms()
    plain = TokenSigner(session, cert_label=token.certificate, key_label=token.key)
    if digests or plain.signing_cert.public_key.algorithm != "ec":
        return plain
    return TokenSigner(session, cert_label=token.certificate, key_label=token.key, use_raw_mechanism=True)
