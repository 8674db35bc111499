"""The verbs `keys demo` and `keys show`: a key to try signing with, and a look at the one that a project signs with."""

from typing import TYPE_CHECKING, Annotated

import typer

from scaudit.errors import ProjectError
from scaudit.terminal import HERE, AsJson, Where, now, show

if TYPE_CHECKING:
    from scaudit.keyring import Looked

keys = typer.Typer(
    no_args_is_help=True, help="Keys that sign documents: make one to try with, or look at the project's."
)


@keys.command("demo")
def demo(project: Where = HERE) -> None:
    """Make a throw-away key, labelled as such wherever it shows; its passphrase comes from the environment."""
    from scaudit.document.key_source import PASSPHRASE_ENV
    from scaudit.document.keys import DEMONSTRATION_NAME
    from scaudit.keyring import make_demonstration
    from scaudit.project import find_project

    found = find_project(project)
    variable = found.settings.signing.passphrase_env if found.settings.signing else PASSPHRASE_ENV
    path = make_demonstration(found.keys, variable, now().date())
    print(f"A throw-away key lies in {path}. It proves nothing, and every document signed with it says so.")
    print(f"To sign with it, put these lines into scaudit.toml and keep {variable} set when you run an audit:\n")
    print(f'[signing]\nname = "{DEMONSTRATION_NAME}"\npkcs12 = "{path.relative_to(found.root).as_posix()}"')
    if variable != PASSPHRASE_ENV:
        print(f'passphrase_env = "{variable}"')


@keys.command("show")
def look(
    pem: Annotated[bool, typer.Option("--pem", help="Print the certificate only, for those who verify.")] = False,
    project: Where = HERE,
    as_json: AsJson = False,
) -> None:
    """Show whose key signs, until when, and whether it could sign now (exit 1 if not)."""
    from datetime import UTC

    from scaudit.keyring import look as looked
    from scaudit.project import find_project

    source = find_project(project).key
    if source is None:
        raise ProjectError("scaudit.toml has no [signing], so nothing is signed; 'scaudit keys demo' makes a key.")
    found = looked(source, now().replace(tzinfo=UTC))
    if pem:
        print(found.pem, end="")
    else:
        show(as_json, False, found.as_json, lambda: _print(found))
    if found.problem:
        raise typer.Exit(1)


def _print(found: "Looked") -> None:
    rows = {
        "Signs as": found.name,
        "Demonstration": "yes: it proves nothing about who signs" if found.demonstration else "no",
        "Subject": found.subject,
        "Issued by": "itself" if found.issuer == found.subject else found.issuer,
        "Valid": f"{found.valid_from} to {found.valid_until}",
        "SHA-256": found.fingerprint,
        "Key": found.place,
        "Timestamps": found.timestamp_url or "none; the day of a signature is the signer's word",
        "Signs now": f"no. {found.problem}" if found.problem else "yes",
    }
    for name, value in rows.items():
        print(f"{name:<15}{value}")
