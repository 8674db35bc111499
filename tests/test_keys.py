"""Keys: what opens them, what refuses them, and that no passphrase is ever shown."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from scaudit.cli import app
from scaudit.document.key_source import KeySource
from scaudit.document.keys import DEMONSTRATION_NAME, Passphrase, demonstration_key, open_key, ready
from scaudit.errors import ProjectError
from scaudit.project import find_project, read_settings

SECRET = "wide open sesame 7319"
VARIABLE = "SCAUDIT_KEY_PASSPHRASE"
USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)
TODAY = date(2024, 3, 1)
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)


def packed(private, name: str = "Publisher", uses: tuple[str, ...] = ("digital_signature",)) -> bytes:
    """A key of any kind with a certificate for 2024, as a PKCS#12 file."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder(subject, subject, private.public_key(), 7)
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2025, 1, 1, tzinfo=UTC))
        .add_extension(x509.KeyUsage(**{use: use in uses for use in USES}), critical=True)
        .sign(private, None if isinstance(private, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"x", private, certificate, None, serialization.BestAvailableEncryption(SECRET.encode())
    )


def kept(folder: Path, content: bytes, mode: int = 0o600, name: str = "Publisher") -> KeySource:
    path = folder / "key.p12"
    path.write_bytes(content)
    path.chmod(mode)
    return KeySource(name, str(path))


@pytest.fixture(scope="module")
def demo() -> bytes:
    return demonstration_key(SECRET, TODAY)


# --- what opens -------------------------------------------------------------------------------------------------


def test_a_demonstration_key_says_what_it_is_and_lasts_a_year(tmp_path: Path, demo: bytes) -> None:
    """P-256, signed by itself, from the day on which it was made."""
    key = ready(kept(tmp_path, demo, name=DEMONSTRATION_NAME), NOON)
    assert key.name == "DEMONSTRATION scaudit key, proves nothing"
    assert key.demonstration
    assert key.certificate.issuer == key.certificate.subject
    assert (key.certificate.not_valid_before_utc, key.certificate.not_valid_after_utc) == (
        datetime(2024, 3, 1, tzinfo=UTC),
        datetime(2025, 3, 1, tzinfo=UTC),
    )
    public = key.certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert public.curve.name == "secp256r1"
    assert x509.load_pem_x509_certificate(key.pem.encode()) == key.certificate
    assert demonstration_key(SECRET, TODAY) != demo


@pytest.mark.parametrize(
    "private", [rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())], ids=["RSA", "P-384"]
)
def test_a_publishers_own_key_opens(tmp_path: Path, private) -> None:
    """And is no demonstration."""
    key = ready(kept(tmp_path, packed(private)), NOON)
    assert (key.name, key.demonstration) == ("Publisher", False)


def test_a_key_is_opened_once_and_another_file_under_its_name_anew(tmp_path: Path, demo: bytes) -> None:
    """Decoding costs more than signing; but what lies there now is what signs."""
    source = kept(tmp_path, demo)
    first = open_key(source)
    assert open_key(source) is first
    kept(tmp_path, packed(ec.generate_private_key(ec.SECP256R1())))
    assert open_key(source).fingerprint != first.fingerprint


# --- what is refused, in a sentence that shows no secret ---------------------------------------------------------


def refusal(source: KeySource, moment: datetime = NOON) -> str:
    with pytest.raises(ProjectError) as told:
        ready(source, moment)
    sentence = str(told.value)
    assert SECRET not in sentence
    assert "\n" not in sentence
    assert told.value.__cause__ is None or SECRET not in repr(told.value.__cause__)
    return sentence


def test_without_a_passphrase(tmp_path: Path, demo: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named; an empty one is none."""
    monkeypatch.setenv(VARIABLE, "")
    assert f"set the environment variable {VARIABLE}" in refusal(kept(tmp_path, demo))
    monkeypatch.delenv(VARIABLE)
    assert "OTHER_ONE" in refusal(KeySource("Publisher", str(tmp_path / "key.p12"), passphrase_env="OTHER_ONE"))


def test_with_another_passphrase_even_after_the_right_one(
    tmp_path: Path, demo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That a key has been open says nothing about who asks now."""
    source = kept(tmp_path, demo, name=DEMONSTRATION_NAME)
    ready(source, NOON)
    monkeypatch.setenv(VARIABLE, "not " + SECRET)
    assert "does not open" in refusal(source)


def test_what_is_no_key_file(tmp_path: Path) -> None:
    """Damaged, empty or missing."""
    assert "no PKCS#12 file" in refusal(kept(tmp_path, b"no key"))
    assert "no PKCS#12 file" in refusal(kept(tmp_path, b""))
    assert "cannot be read: No such file" in refusal(KeySource("Publisher", str(tmp_path / "none.p12")))


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644, 0o666])
def test_a_key_that_everybody_may_read_or_write(tmp_path: Path, demo: bytes, mode: int) -> None:
    """It might be anybody's by now."""
    assert "take that right away" in refusal(kept(tmp_path, demo, mode))


def test_a_group_may_share_a_key(tmp_path: Path, demo: bytes) -> None:
    """A service and its keeper."""
    assert open_key(kept(tmp_path, demo, 0o640))


@pytest.mark.parametrize(
    "private",
    [rsa.generate_private_key(65537, 1024), ec.generate_private_key(ec.SECP256K1())],
    ids=["RSA of 1024 bits", "secp256k1"],
)
def test_a_weak_or_strange_key(tmp_path: Path, private) -> None:
    """Readers would not take it."""
    assert "P-256" in refusal(kept(tmp_path, packed(private)))


def test_a_certificate_that_is_for_something_else(tmp_path: Path) -> None:
    """Such as for other certificates."""
    private = ec.generate_private_key(ec.SECP256R1())
    assert "is not for signatures" in refusal(kept(tmp_path, packed(private, uses=("key_cert_sign",))))
    assert ready(kept(tmp_path, packed(private, uses=("content_commitment",))), NOON)


@pytest.mark.parametrize("kind", ["ed25519", "dsa"])
def test_a_key_of_another_kind(tmp_path: Path, kind: str) -> None:
    """SHA-256 with RSA or ECDSA is what every reader knows."""
    private = ed25519.Ed25519PrivateKey.generate() if kind == "ed25519" else dsa.generate_private_key(1024)
    assert "no RSA or ECDSA key" in refusal(kept(tmp_path, packed(private)))


def test_a_certificate_of_another_key(tmp_path: Path, demo: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every signature would be broken. Our library writes no such file; others might."""
    found = pkcs12.load_pkcs12(demo, SECRET.encode())
    mixed = pkcs12.PKCS12KeyAndCertificates(ec.generate_private_key(ec.SECP256R1()), found.cert, [])
    monkeypatch.setattr(pkcs12, "load_pkcs12", lambda *_: mixed)
    assert "do not belong together" in refusal(kept(tmp_path, demo))


def test_a_certificate_out_of_its_time(tmp_path: Path, demo: bytes) -> None:
    """Before its first second and after its last, and not at either."""
    source = kept(tmp_path, demo, name=DEMONSTRATION_NAME)
    first, last = datetime(2024, 3, 1, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC)
    assert "valid from 2024-03-01 on only" in refusal(source, first - timedelta(seconds=1))
    assert "valid until 2025-03-01 only" in refusal(source, last + timedelta(seconds=1))
    assert ready(source, first)
    assert ready(source, last)


def test_a_key_of_another_name_than_the_settings_say(tmp_path: Path, demo: bytes) -> None:
    """The page prints the name of the settings; so it must be true."""
    sentence = refusal(kept(tmp_path, demo, name="The Inspector"))
    assert DEMONSTRATION_NAME in sentence
    assert "'The Inspector'" in sentence


def test_a_passphrase_is_not_shown(tmp_path: Path, demo: bytes) -> None:
    """Not where Python lists a value, nor in a key that is open."""
    assert SECRET not in repr(Passphrase(SECRET))
    assert SECRET not in repr([Passphrase(SECRET)])
    source = kept(tmp_path, demo)
    assert SECRET not in repr(open_key(source))
    assert SECRET not in repr(source)


# --- settings ---------------------------------------------------------------------------------------------------


def settings(project: Path, lines: str) -> None:
    path = project / "scaudit.toml"
    path.write_text(path.read_text() + "\n[signing]\n" + lines)


def test_settings_name_the_key(small_project: Path) -> None:
    """A file relative to the project, or a token; the key has no part in them."""
    settings(small_project, 'name = "A"\npkcs12 = "keys/a.p12"\ntimestamp_url = "http://tsa.example.org/"\n')
    key = find_project(small_project).key
    assert key == KeySource("A", str(small_project / "keys/a.p12"), timestamp_url="http://tsa.example.org/")


def test_settings_name_a_token(small_project: Path) -> None:
    """The certificate has the key's label where no other is named."""
    lines = '[signing.pkcs11]\nmodule = "/lib/p.so"\ntoken = "t"\nkey = "k"\n'
    settings(small_project, f'name = "A"\npassphrase_env = "PIN"\n{lines}')
    key = find_project(small_project).key
    assert key.token.certificate == "k"
    assert (key.passphrase_env, key.place) == ("PIN", "the token t")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('name = "A"', "either pkcs12"),
        ('name = "A"\npkcs12 = "a"\n[signing.pkcs11]\nmodule = "m"\ntoken = "t"\nkey = "k"', "either pkcs12"),
        ('pkcs12 = "a"', "signing.name: this setting is required"),
        ('name = "A"\npkcs12 = "a"\ntimestamp_url = "ftp://a"', "timestamp_url"),
        ('name = "A"\npkcs12 = "a"\ntimestamp_url = "https://me:word@a"', "timestamp_url"),
        ('name = "A"\npkcs12 = "a"\npassphrase_env = "A B"', "passphrase_env"),
    ],
)
def test_wrong_settings(small_project: Path, lines: str, told: str) -> None:
    """Each is named by its key."""
    settings(small_project, lines)
    with pytest.raises(ProjectError, match=told):
        read_settings(small_project / "scaudit.toml")


def test_a_passphrase_in_the_settings_is_refused_and_not_repeated(small_project: Path) -> None:
    """Settings are kept with every run, and passed on."""
    settings(small_project, f'name = "A"\npkcs12 = "a"\npassphrase = "{SECRET}"')
    with pytest.raises(ProjectError, match=r"signing\.passphrase: there is no such setting") as told:
        read_settings(small_project / "scaudit.toml")
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("place", ["reports/a.p12", "inputs/deep/a.p12", "reports/../inputs/a.p12", "linked/a.p12"])
def test_a_key_among_what_is_passed_on(small_project: Path, place: str) -> None:
    """Also by a detour, or a link."""
    (small_project / "linked").symlink_to(small_project / "inputs", target_is_directory=True)
    settings(small_project, f'name = "A"\npkcs12 = "{place}"')
    with pytest.raises(ProjectError, match=r"keep it in \.scaudit/keys/"):
        _ = find_project(small_project).key


# --- the verbs --------------------------------------------------------------------------------------------------


def call(project: Path, *words: str):
    return CliRunner().invoke(app, ["keys", *words, "--project", str(project)], catch_exceptions=False)


def test_demo_makes_a_key_and_says_how_to_sign_with_it(small_project: Path) -> None:
    """The printed lines are the settings; the key is nobody else's to read."""
    done = call(small_project, "demo")
    path = small_project / ".scaudit" / "keys" / "demo.p12"
    assert done.exit_code == 0
    assert SECRET not in done.output
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    printed = done.output[done.output.index("[signing]") :]
    assert tomllib.loads(printed) == {"signing": {"name": DEMONSTRATION_NAME, "pkcs12": ".scaudit/keys/demo.p12"}}
    with (small_project / "scaudit.toml").open("a") as file:
        file.write("\n" + printed)
    shown = json.loads(call(small_project, "show", "--json").output)
    assert (shown["demonstration"], shown["problem"], shown["name"]) == (True, "", DEMONSTRATION_NAME)


def test_demo_never_takes_the_place_of_a_key(small_project: Path) -> None:
    """Not even of one that it made itself."""
    call(small_project, "demo")
    path = small_project / ".scaudit" / "keys" / "demo.p12"
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="never overwritten"):
        call(small_project, "demo")
    assert path.read_bytes() == before


def test_demo_needs_a_passphrase(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And makes no folder without one."""
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(ProjectError, match=f"A new key needs its passphrase; set the environment variable {VARIABLE}"):
        call(small_project, "demo")
    assert not (small_project / ".scaudit").exists()


def signing(project: Path, content: bytes, name: str) -> None:
    folder = project / ".scaudit" / "keys"
    folder.mkdir(parents=True)
    kept(folder, content)
    settings(project, f'name = "{name}"\npkcs12 = ".scaudit/keys/key.p12"\n')


def test_show_tells_whose_key_it_is_and_that_it_could_not_sign(small_project: Path) -> None:
    """The certificate of 2024 is over: exit 1, with the reason."""
    signing(small_project, packed(ec.generate_private_key(ec.SECP256R1())), "Publisher")
    done = call(small_project, "show")
    assert done.exit_code == 1
    lines = {line[:15].strip(): line[15:] for line in done.output.splitlines()}
    assert lines["Signs as"] == "Publisher"
    assert lines["Demonstration"] == "no"
    assert lines["Valid"] == "2024-01-01 to 2025-01-01"
    assert lines["Signs now"].startswith("no. ")
    assert "valid until 2025-01-01 only" in lines["Signs now"]


def test_show_prints_the_certificate_for_those_who_verify(small_project: Path) -> None:
    """With what openssl says of it agreeing with what we say."""
    signing(small_project, demonstration_key(SECRET, datetime.now(UTC).date()), DEMONSTRATION_NAME)
    pem = call(small_project, "show", "--pem").output
    told = json.loads(call(small_project, "show", "--json").output)
    assert x509.load_pem_x509_certificate(pem.encode()).fingerprint(hashes.SHA256()).hex() == told["fingerprint"]
    assert "PRIVATE" not in pem
    if shutil.which("openssl"):
        asked = ["openssl", "x509", "-noout", "-fingerprint", "-sha256"]
        done = subprocess.run(asked, input=pem, capture_output=True, text=True, check=True)
        assert done.stdout.strip().split("=")[1].replace(":", "").lower() == told["fingerprint"]


def test_show_without_a_key_in_the_settings(small_project: Path) -> None:
    """Nothing is signed, and the way to a key is named."""
    with pytest.raises(ProjectError, match="scaudit keys demo"):
        call(small_project, "show")


def test_a_key_is_never_in_git(small_project: Path) -> None:
    """The folder for keys is one that the shipped .gitignore leaves out."""
    ignored = (Path(__file__).resolve().parents[1] / ".gitignore").read_text().splitlines()
    assert f"/{find_project(small_project).keys.relative_to(small_project).parts[0]}/" in ignored
    assert os.environ[VARIABLE] == SECRET
