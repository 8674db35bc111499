"""Counting: what is out after deliveries were killed, against what the ledger says of it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from drilling.people import PEOPLE
from drilling.people import address as place
from scaudit.deliveries import Delivery, past, standing


def copies(project: Path, taken: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How often each file is out at each address: taken by the server, or lying in a folder that is whole."""
    found = Counter(taken)
    for key, channel, address, *_ in PEOPLE:
        for folder in (project / "deliveries" / address).glob("[!.]*") if channel == "folder" else ():
            sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
            if any(hashlib.sha256((folder / line[66:]).read_bytes()).hexdigest() != line[:64] for line in sums):
                raise RuntimeError(f"the folder {folder.name} of {key} is not whole")
            found.update((address, line[:64]) for line in sums if "READ_ME" not in line)
    return found


def faults(project: Path, name: str, taken: Counter[tuple[str, str]]) -> list[str]:
    """Where what is out and what the ledger says differ, and who lacks what without a word of it."""
    every = standing(past(project / ".scaudit"))
    out, told = copies(project, taken), said(every)
    found = []
    for (key, digest), states in told.items():
        number = out[place(key), digest]
        wrong = number != 1 if "delivered" in states else number > ("possibly delivered" in states)
        if wrong:
            found.append(f"{key} has {number} copies of {digest[:12]} (edition {name}), and the ledger says {states}")
    known = {(place(key), digest) for key, digest in told}
    found += [
        f"{address} has {digest[:12]}, of which the ledger knows nothing"
        for address, digest in out
        if (address, digest) not in known
    ]
    return [*found, *_lacking(project, name, every)]


def _lacking(project: Path, name: str, every: Sequence[Delivery]) -> Iterator[str]:
    """Who lacks a document of an edition, with no word of it in the ledger, and nothing that says the same."""
    manifest = json.loads((project / "reports" / name / "manifest.json").read_text(encoding="utf-8"))
    files, told = {one["path"]: one["sha256"] for one in manifest["files"]}, said(every)
    for key, _, _, what, when in PEOPLE:
        for document in manifest["documents"]:
            wanted = what in ("both", "overview" if document["id"] == "overview" else "cards")
            if (
                wanted
                and (key, files[document["files"]["html"]]) not in told
                and not _has_the_same(every, key, document, when)
            ):
                yield f"{key} lacks {document['id']} of edition {name}, and the ledger says nothing"


def _has_the_same(every: Sequence[Delivery], key: str, document: Mapping[str, Any], when: str) -> bool:
    """Whether somebody who wants only changes got last, or may have got, what says the same."""
    mine = [
        line
        for one in every
        if one.state in ("delivered", "possibly delivered") and one.last.stakeholder_id == key
        for line in one.lines
        if line.document_id == document["id"]
    ]
    return when == "only_changes" and bool(mine) and mine[-1].substance == document["substance"]


def said(every: Sequence[Delivery]) -> dict[tuple[str, str], set[str]]:
    """What the ledger says of each file for each stakeholder, in the end."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in every:
        for line in one.lines:
            found.setdefault((line.stakeholder_id, line.digest), set()).add(one.state)
    return found
