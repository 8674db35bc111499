"""Key source: where the key of a signature is, and how its passphrase may be had; never the passphrase itself."""

from dataclasses import dataclass

DEMONSTRATION = "DEMONSTRATION"
PASSPHRASE_ENV = "SCAUDIT_KEY_PASSPHRASE"  # noqa: S105 (the name of a variable)


@dataclass(frozen=True)
class Token:
    """A key on a PKCS#11 token: the module that reaches it, the token's label, and those of key and certificate."""

    module: str
    label: str
    key: str
    certificate: str


@dataclass(frozen=True)
class KeySource:
    """Where the key is, and which environment variable holds its passphrase (on a token, the PIN).

    `name` is the common name of its certificate, which pages print. One of `pkcs12`, a file, and `token` is set.
    """

    name: str
    pkcs12: str = ""
    token: Token | None = None
    passphrase_env: str = PASSPHRASE_ENV
    timestamp_url: str = ""

    @property
    def demonstration(self) -> bool:
        """Whether this is a throw-away key, which proves nothing."""
        return is_demonstration(self.name)

    @property
    def place(self) -> str:
        """Where the key is, in words."""
        return f"the token {self.token.label}" if self.token else self.pkcs12


def is_demonstration(name: str) -> bool:
    """Whether a certificate of this name is one that says of itself that it proves nothing."""
    return name.startswith(DEMONSTRATION)
