"""Verifying: genuine documents pass with no project around; every change, lie and trick is a failed check in words."""

from __future__ import annotations

import io
import json
import random
import re
import time
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from typer.testing import CliRunner

from scaudit import examining
from scaudit.cli import app
from scaudit.differing import differences
from scaudit.document import locating, opening
from scaudit.document.blocks import changes, fill
from scaudit.document.key_source import KeySource
from scaudit.document.keys import DEMONSTRATION_NAME, demonstration_key
from scaudit.document.locating import damage, parts
from scaudit.document.opening import opened
from scaudit.document.signing import sign
from scaudit.errors import ProjectError, UsageError
from scaudit.examining import Examination
from scaudit.grounds import Grounds
from scaudit.recomputing import grounds_of, recompute
from scaudit.scorecard.card_json import canonical
from scaudit.verifying import CHECKS, Verification, _checked, verify
from verifiable import ITEM, Edition, contents, forged, mended, publish

SECRET = "for these tests alone"
QUICK = ("document", "seal")


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Edition:
    return publish(tmp_path_factory.mktemp("verifying") / "project")


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> tuple[KeySource, Path]:
    """A demonstration key, and its certificate."""
    folder = tmp_path_factory.mktemp("keys")
    packed = demonstration_key(SECRET, datetime.now(UTC).date())
    (folder / "demo.p12").write_bytes(packed)
    (folder / "demo.p12").chmod(0o600)
    certificate = pkcs12.load_pkcs12(packed, SECRET.encode()).cert.certificate
    (folder / "demo.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    return KeySource(DEMONSTRATION_NAME, str(folder / "demo.p12")), folder / "demo.pem"


@pytest.fixture
def signed(edition: Edition, demo, monkeypatch) -> bytes:
    monkeypatch.setenv("SCAUDIT_KEY_PASSPHRASE", SECRET)
    return sign(edition.card, demo[0])


def checked(pdf: bytes, folder: Path, *trust: Path) -> dict[str, tuple[str, str]]:
    """Verdict and words by check."""
    (folder / "some.pdf").write_bytes(pdf)
    return by_name(verify(folder / "some.pdf", trust))


def by_name(found: Verification) -> dict[str, tuple[str, str]]:
    return {one.name: (one.verdict, one.words) for one in found.checks}


def failed(found: dict[str, tuple[str, str]]) -> list[str]:
    return [name for name, (verdict, _) in found.items() if verdict == "failed"]


def call(*words: str):
    return CliRunner().invoke(app, ["verify", *words])


# --- genuine documents ------------------------------------------------------------------------------------------


def test_a_card_and_an_overview_pass_with_no_project_around(edition: Edition, tmp_path: Path, monkeypatch) -> None:
    """One line a check; what cannot be checked is no difference."""
    monkeypatch.chdir(tmp_path)
    for pdf in (edition.card, edition.overview):
        Path("one.pdf").write_bytes(pdf)
        found = call("one.pdf")
        lines = found.stdout.splitlines()
        assert (found.exit_code, [line[14:25].strip() for line in lines]) == (0, list(CHECKS))
        assert [line.split("  ")[0] for line in lines] == ["ok", "not possible", *["ok"] * 6]
        assert "not signed: nothing in it proves who made it" in lines[1]
        assert "no proof of origin" in lines[2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.pdf"]


def test_the_result_as_json(edition: Edition, tmp_path: Path) -> None:
    """Its shape is fixed: other programs read it."""
    (tmp_path / "one.pdf").write_bytes(edition.card)
    found = json.loads(call(str(tmp_path / "one.pdf"), "--json").stdout)
    assert list(found) == ["schema", "file", "passed", "checks"]
    assert (found["schema"], found["passed"]) == ("scaudit/verify/1", True)
    assert [list(one) for one in found["checks"]] == [["check", "verdict", "words"]] * len(CHECKS)


# --- one flipped bit --------------------------------------------------------------------------------------------


def places(words: str) -> list[tuple[int, int]]:
    """The places that a line names, from a byte to a byte."""
    return [
        (int(a.replace(",", "")), int(b.replace(",", ""))) for a, b in re.findall(r"bytes ([\d,]+) to ([\d,]+)", words)
    ]


def quickly(pdf: bytes, *names: str) -> dict[str, tuple[str, str]]:
    """Some checks alone, the first two if none is named."""
    examination = Examination(pdf)
    return by_name(Verification("", tuple(_checked(name, getattr(examination, name)) for name in names or QUICK)))


def flipped(pdf: bytes, place: int, bit: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1 << bit]) + pdf[place + 1 :]


def test_every_flipped_bit_is_found_and_placed(edition: Edition) -> None:
    """In text, attachments, fonts, tables of objects, metadata and between them: a check fails and names the place."""
    pdf, draw = edition.card, random.Random(508)
    spread = [draw.randrange(len(pdf)) for _ in range(60)]
    packed = parts(pdf)
    between = [place for place in range(len(pdf)) if not any(one.start <= place < one.end for one in packed)]
    for place in (*spread, *draw.sample(between, 40), 0, len(pdf) - 1):
        bad = flipped(pdf, place, draw.randrange(8))
        found = quickly(bad)
        told = " ".join(words for verdict, words in found.values() if verdict == "failed")
        assert told, f"byte {place} was flipped, and no check failed"
        near = [(a, b) for a, b in places(told) if a <= place <= b]
        assert near, f"byte {place} was flipped, and no line places it: {told}"
        assert min(b - a for a, b in near) < len(pdf) / 8, (
            f"byte {place} was flipped, and is not placed closely: {told}"
        )


def test_a_flipped_bit_is_named_with_its_object(edition: Edition) -> None:
    """By name where it lies in an attached file, or in the text of a page."""
    pdf = edition.card
    numbers = {one.number: one.attachment.name for one in opened(pdf).carried}
    seen = set()
    for part in parts(pdf):
        if part.number in numbers or part.kind == "the text of a page, or a picture":
            words = quickly(flipped(pdf, (part.start + part.end) // 2, 3))["seal"][1]
            kind = f"the attached {numbers[part.number]}" if part.number in numbers else part.kind
            assert f"object {part.number}: {kind}" in words
            seen.add(kind)
    assert seen == {*(f"the attached {name}" for name in numbers.values()), "the text of a page, or a picture"}


def test_a_flipped_bit_ends_the_command_with_1(edition: Edition, tmp_path: Path) -> None:
    """And the line of the seal says where."""
    number, name = next((one.number, one.attachment.name) for one in opened(edition.card).carried)
    part = next(one for one in parts(edition.card) if one.number == number)
    (tmp_path / "bad.pdf").write_bytes(flipped(edition.card, part.start + 100, 3))
    found = call(str(tmp_path / "bad.pdf"))
    assert found.exit_code == 1
    assert "It is not what was sealed: the change lies in bytes " in found.stdout
    assert f"object {number}: the attached {name}" in found.stdout


def test_what_is_cut_off_or_added_is_found(edition: Edition, tmp_path: Path) -> None:
    """A download that broke off, and one that did not stop."""
    pdf = edition.card
    for length in (20, 2_000, len(pdf) // 2, len(pdf) - 1):
        assert failed(checked(pdf[:length], tmp_path)), length
    found = quickly(pdf + b"\n% more")
    assert f"the file had {len(pdf):,} bytes" in found["seal"][1]


def test_pieces_place_several_changes_and_say_when_they_are_changed_themselves(edition: Edition) -> None:
    """The digests of the pieces, and the seal, are in the file too."""
    pdf = edition.card
    assert changes(pdf) == [] or [one.what for one in changes(pdf)] == [
        "the seal itself"
    ]  # of a sound file nobody asks
    far = bytearray(pdf)
    far[50], far[len(pdf) - 60] = far[50] ^ 1, far[len(pdf) - 60] ^ 1
    assert [
        one.start <= place < one.end for one, place in zip(changes(bytes(far)), (50, len(pdf) - 60), strict=True)
    ] == [True, True]
    digests, seal = pdf.index(b"<sca:blocks>") + 30, pdf.index(b"<sca:sha256>") + 20
    assert "the digests of the file's pieces" in damage(flipped(pdf, digests, 0))
    assert "the seal itself" in damage(flipped(pdf, seal, 0))
    assert fill(b"%PDF-1.7 without room") == b"%PDF-1.7 without room"


# --- a forger who has our programs but no key -------------------------------------------------------------------


def told(files: dict[str, bytes], name: str, change) -> None:
    """Change the JSON of an attached file."""
    data = json.loads(files[name])
    change(data)
    files[name] = canonical(data).encode()


def test_what_a_forger_makes_without_change_passes(edition: Edition, tmp_path: Path) -> None:
    """Else the tests below would prove nothing: digests, marks and seal made anew agree."""
    assert failed(checked(forged(edition, tmp_path), tmp_path)) == []
    assert failed(checked(mended(edition.card, lambda _: None, tmp_path / "m.pdf"), tmp_path)) == []


@pytest.fixture(scope="module")
def genuine(edition: Edition) -> dict[str, bytes]:
    """The attached files of a card."""
    return contents(edition.card)


@lru_cache
def scored(grounds: bytes):
    return recompute(grounds_of(json.loads(grounds))).results


def compared(edition: Edition, files: dict[str, bytes]) -> list[str]:
    """The differences that verifying these attached files finds."""
    tables = {"evidence.csv": files["evidence.csv"]}
    return differences(json.loads(files["scorecard.json"]), tables, scored(files["grounds.json"]), ITEM)


def promote(said) -> None:
    said["item"]["status"]["verified"] = "verified"


def raise_rung(said) -> None:
    said["criteria"][0]["rung"]["verified"] = said["item"]["criteria"][0]["rung"]["verified"] = 6


def unflag(said) -> None:
    said["criteria"][0]["flags"] = []


def progress(said) -> None:
    said["item"]["progress"]["met_low"] = 99


def reword(said) -> None:
    said["criteria"][0]["words"]["verified"] = "Verified beyond doubt"


def forget(said) -> None:
    del said["criteria"][0]["records"][0]


def drop(said) -> None:
    del said["left_out"]


@pytest.mark.parametrize(
    ("lie", "place"),
    [
        (promote, 'item.status.verified is "verified"'),
        (raise_rung, "rung.verified is 6, by the grounds"),
        (unflag, "flags"),
        (progress, "item.progress.met_low is 99"),
        (reword, 'words.verified is "Verified beyond doubt"'),
        (forget, "criteria[AUDIT-1/R1.a].records"),
        (drop, "left_out is null"),
    ],
)
def test_what_is_said_otherwise_than_the_grounds_give_is_found(edition, genuine, lie, place) -> None:
    """Whatever is forged in scorecard.json; also what is left out, and words."""
    files = dict(genuine)
    told(files, "scorecard.json", lie)
    assert any(place in line for line in compared(edition, files))


def test_a_forged_status_is_found_where_all_digests_and_the_seal_are_made_anew(
    edition: Edition, tmp_path: Path
) -> None:
    """What needs no key a forger can make; not the grounds that would give that status."""
    found = checked(forged(edition, tmp_path, lambda files: told(files, "scorecard.json", promote)), tmp_path)
    assert [found[name][0] for name in ("document", "seal", "attachments", "pages")] == ["ok"] * 4
    assert failed(found) == ["statuses"]
    assert 'item.status.verified is "verified", by the grounds "in_place"' in found["statuses"][1]


def turn(grounds) -> None:
    grounds["tables"]["evidence"][0]["stance"] = "contradicts"


def leave_out(grounds) -> None:
    grounds["tables"]["evidence"].pop(0)


def other_rules(grounds) -> None:
    ladder = grounds["files"]["ladder-1/ladder.csv"]
    grounds["files"]["ladder-1/ladder.csv"] = re.sub(r"(?m)^(\w+),(\d),\d$", r"\1,\2,2", ladder)


def other_day(grounds) -> None:
    grounds["as_of"] = "2030-01-01"


def other_words(grounds) -> None:
    words = grounds["files"]["ladder-1/words.toml"]
    grounds["files"]["ladder-1/words.toml"] = words.replace("In place, not verified", "Done")


@pytest.mark.parametrize("change", [turn, leave_out, other_rules, other_day, other_words])
def test_grounds_that_were_altered_no_longer_give_what_is_said(edition, genuine, change) -> None:
    """A record turned, one left out, a cell of the ruleset, the as-of day, a word."""
    files = dict(genuine)
    told(files, "grounds.json", change)
    assert compared(edition, files)


def test_forged_grounds_are_found_in_the_document(edition: Edition, tmp_path: Path) -> None:
    """By what it says, which they no longer give."""
    pdf = forged(edition, tmp_path, lambda files: told(files, "grounds.json", turn))
    found = quickly(pdf, "document", "seal", "attachments", "pages", "statuses")
    assert failed(found) == ["statuses"]
    assert "Scored again, the grounds give something else" in found["statuses"][1]


def test_a_table_for_people_that_says_something_else_is_found(edition: Edition, genuine) -> None:
    """evidence.csv is read more than the JSON, so it is checked as well."""
    assert compared(edition, genuine) == []
    files = {**genuine, "evidence.csv": genuine["evidence.csv"].replace(b"counted", b"context", 1)}
    assert compared(edition, files) == ["evidence.csv has other lines"]


def test_pages_that_say_something_else_are_found(edition: Edition, tmp_path: Path) -> None:
    """True data, and a page that shows another rung and another status."""
    results = edition.results
    rungs = tuple({**row, "rung": 6} if row["criterion_id"] == f"{ITEM}.b" else row for row in results.rungs)
    status = tuple({**row, "status": "verified"} for row in results.item_status)
    pdf = forged(edition, tmp_path, shown=replace(results, rungs=rungs, item_status=status))
    found = quickly(pdf, "document", "attachments", "pages", "words")
    assert failed(found) == ["words"]
    assert (
        found["words"][1] == "The pages say something else than scorecard.json of the statuses; R1.b; R1.b under Why."
    )


# --- attachments ------------------------------------------------------------------------------------------------


def tree(pdf: pikepdf.Pdf):
    return pdf.Root.Names.EmbeddedFiles.Names


def specification(pdf: pikepdf.Pdf, name: str):
    return next(one for one in tree(pdf) if isinstance(one, pikepdf.Dictionary) and str(one.UF) == name)


def lose(pdf) -> None:
    names = tree(pdf)
    del names[1], names[0]


def exchange(pdf) -> None:
    stream = specification(pdf, "evidence.csv").EF.F
    stream.write(b"item_id\n")
    del stream.Params.CheckSum


def corrupt(pdf) -> None:
    specification(pdf, "evidence.csv").EF.F.write(b"item_id\n")


def rename(pdf) -> None:
    specification(pdf, "evidence.csv").UF = "../../evidence.csv"


def twice(pdf) -> None:
    tree(pdf).extend([pikepdf.String("z"), pdf.make_indirect(pikepdf.Dictionary(specification(pdf, "grounds.json")))])


def unlist(pdf) -> None:
    del pdf.Root.AF


def empty(pdf) -> None:
    del specification(pdf, "evidence.csv").EF.F


def circle(pdf) -> None:
    node = pdf.make_indirect(pikepdf.Dictionary())
    node.Kids = pikepdf.Array([node, node, node])
    pdf.Root.Names.EmbeddedFiles = node


@pytest.mark.parametrize(
    ("trick", "check", "words"),
    [
        (lose, "attachments", "It lacks the attached evidence.csv."),
        (exchange, "attachments", "one was exchanged"),
        (corrupt, "attachments", "The attached evidence.csv is not what was attached."),
        (rename, "document", "unsafe name"),
        (twice, "document", "two attached files have the name grounds.json"),
        (unlist, "attachments", "is not listed as a file of the document"),
        (empty, "document", "has no content"),
        (circle, "document", "more than 1,000 files are attached"),
    ],
)
def test_tricks_with_attached_files_are_found(edition, tmp_path, trick, check, words) -> None:
    """With the seal made anew, so that it is no help."""
    found = quickly(mended(edition.card, trick, tmp_path / "m.pdf"), "document", "seal", "attachments")
    assert found["seal"][0] == "ok"
    assert check in failed(found)
    assert words in found[check][1]


def test_marks_of_another_document_are_found(edition: Edition, tmp_path: Path) -> None:
    """The metadata of one card in another: they do not agree with its data."""

    def other(pdf) -> None:
        packet = (
            pdf.Root.Metadata.read_bytes()
            .replace(b">AUDIT-1/R1<", b">AUDIT-1/R2<")
            .replace(b">2024-01-31<", b">2024-01-30<")
        )
        pdf.Root.Metadata.write(packet)

    pdf = mended(edition.card, other, tmp_path / "m.pdf")
    found = quickly(pdf, "document", "attachments", "statuses")
    assert found["attachments"][0] == "failed"
    assert "edition, asOf, knownOn, subject" in found["attachments"][1]
    assert found["statuses"][0] == "failed"


# --- a stranger's grounds ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def grounds(edition: Edition) -> dict:
    return json.loads(contents(edition.card)["grounds.json"])


def test_nothing_in_an_attached_ruleset_is_run(grounds: dict, tmp_path: Path) -> None:
    """Neither its steps, which are named and passed over, nor names of columns that would like to be SQL."""
    trap = tmp_path / "trap.csv"
    told = json.loads(json.dumps(grounds))
    told["files"]["ladder-1/80_rungs.sql"] = f"copy (select 1) to '{trap}';"
    told["files"]["ladder-1/99_zz.sql"] = f"copy (select 1) to '{trap}';"
    stops = told["files"]["ladder-1/stops.csv"].split("\n", 1)
    bad = stops[0].replace("meaning", f"meaning\"\" varchar); copy (select 1) to '{trap}'; --")
    told["files"]["ladder-1/stops.csv"] = f"{bad}\n{stops[1]}"
    found = recompute(grounds_of(told))
    assert found.unlike == ("80_rungs", "99_zz")
    plain = recompute(grounds_of(grounds)).results
    assert (found.results.rungs, found.results.item_status) == (plain.rungs, plain.item_status)
    assert not trap.exists()


def test_steps_that_are_not_the_engine_s_are_named(edition: Edition, tmp_path: Path) -> None:
    """The statuses are right, and the reader is told by whose steps."""

    def own_step(grounds) -> None:
        grounds["files"]["ladder-1/80_rungs.sql"] += "-- ours\n"

    pdf = forged(edition, tmp_path, lambda files: told(files, "grounds.json", own_step))
    found = quickly(pdf, "document", "attachments", "statuses")
    assert found["statuses"][0] == "ok"
    assert "steps of its own (80_rungs); this engine's were run" in found["statuses"][1]


def spoil(place: str, value):
    """A change of one value of the grounds, by its path."""

    def change(told) -> None:
        *path, last = place.split("/")
        for key in path:
            told = told[int(key) if isinstance(told, list) else key.replace("|", "/")]
        told[int(last) if isinstance(told, list) else last.replace("|", "/")] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (spoil("schema", "scaudit/grounds/9"), "not of the schema"),
        (spoil("tables", []), "their tables are not"),
        (spoil("tables/bodies", {}), "the table bodies is no list"),
        (spoil("tables/bodies/0", None), "row 1 of bodies has other columns"),
        (spoil("tables/bodies/0/name", 7), "row 1 of bodies: 7 is no text"),
        (spoil("tables/bodies/0/independent_by_statute", "true"), "neither true nor false"),
        (spoil("tables/criteria/0/shelf_life_months", 10**30), "out of bounds"),
        (spoil("tables/criteria/0/window_to", "2024-13-40"), "row 1 of criteria"),
        (spoil("tables/evidence/0/event_from", "0000-00-00"), "row 1 of evidence"),
        (spoil("as_of", "tomorrow"), "tomorrow"),
        (spoil("incomplete", "all"), "no list"),
        (spoil("ruleset", []), "do not name their ruleset"),
        (spoil("ruleset", ["ladder-1", "ladder-1"]), "do not name their ruleset"),
        (spoil("ruleset", ["mine-1", "ladder-1"]), "lack the files of the ruleset"),
        (spoil("files/..|..|etc|passwd.csv", "a"), "unsafe name"),
        (spoil("files/ladder-1|..|x.csv", "a"), "unsafe name"),
        (spoil("files/ladder-1|x.py", "a"), "unsafe name"),
        (spoil("files/ladder-1|stops.csv", None), "no text"),
    ],
)
def test_grounds_that_are_not_as_they_must_be_are_refused(grounds: dict, change, words: str) -> None:
    """Types, days, names and bounds, before anything is scored."""
    told = json.loads(json.dumps(grounds))
    change(told)
    with pytest.raises(ValueError, match=re.escape(words)):
        grounds_of(told)


def refused(grounds: dict, words: str) -> None:
    began = time.monotonic()
    with pytest.raises(Exception, match=words):
        recompute(grounds_of(grounds))
    assert time.monotonic() - began < 20


def test_grounds_that_would_never_end_or_fill_the_memory_are_refused(grounds: dict) -> None:
    """Bodies whose parents go round, sentences of a thousand million signs, rules that are no rules."""
    told = json.loads(json.dumps(grounds))
    bodies = told["tables"]["bodies"]
    bodies[0]["parent_id"], bodies[1]["parent_id"] = bodies[1]["body_id"], bodies[0]["body_id"]
    refused(told, "go round in a circle")
    for wide in ("{evidence:>1000000000}", "{evidence.__class__}", "{0!r}", "{evidence[0]}", "{"):
        told = json.loads(json.dumps(grounds))
        reasons = told["files"]["ladder-1/reasons.toml"]
        told["files"]["ladder-1/reasons.toml"] = re.sub(r"(?m)^best = .*$", f'best = "{wide}"', reasons)
        refused(told, "cannot be filled|expected '}'|Single")
    told = json.loads(json.dumps(grounds))
    told["files"]["ladder-1/words.toml"] = "rungs = "
    refused(told, "words.toml is not valid TOML")
    del told["files"]["ladder-1/words.toml"]
    refused(told, "words.toml")
    told = json.loads(json.dumps(grounds))
    told["files"]["ladder-1/grades.csv"] = "position,grade\none,two\n"
    refused(told, "(?s).*")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"schema": 1, "schema": 2}', "it says something twice"),
        (b"[" * 200_000, "cannot be read"),
        (b'{"a": ' * 100_000, "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"1" * 10_000, "cannot be read"),
    ],
)
def test_data_that_programs_read_differently_are_refused(content: bytes, words: str) -> None:
    """A key told twice, of which one program takes the first and another the last; and nests without end."""
    with pytest.raises(ValueError, match=f"The attached some.json .*{words}"):
        opening.attached_json("some.json", content)


def test_data_of_another_shape_fail_in_words(edition: Edition, tmp_path: Path) -> None:
    """A list where an object must be."""
    found = checked(forged(edition, tmp_path, lambda files: files.update({"scorecard.json": b"[]"})), tmp_path)
    assert "The marks and scorecard.json differ" in found["attachments"][1]
    assert {"attachments", "statuses", "words"} <= set(failed(found))


# --- a stranger's file ------------------------------------------------------------------------------------------


def blank() -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


def encrypted(pdf: bytes, owner: str, user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner=owner, user=user))
    return out.getvalue()


def test_what_is_no_document_of_ours_fails_in_a_sentence(edition: Edition, tmp_path: Path) -> None:
    """Nothing at all, text, somebody's PDF, an encrypted one, noise: exit 1, and never a traceback."""
    noise = random.Random(1).randbytes(5_000)
    files = {
        b"": "it is no PDF",
        b"Dear Sir or Madam": "it is no PDF",
        b"%PDF-1.7\n" + noise: "It cannot be opened",
        blank(): "It is no document of scaudit",
        encrypted(edition.card, "a", ""): "it is encrypted",
        encrypted(edition.card, "a", "b"): "it is encrypted",
    }
    for number, (content, words) in enumerate(files.items()):
        (tmp_path / f"{number}.pdf").write_bytes(content)
        found = call(str(tmp_path / f"{number}.pdf"))
        assert (found.exit_code, found.stdout.splitlines()[0][:13].strip()) == (1, "failed")
        assert words in found.stdout.splitlines()[0]
        assert len(found.stdout.splitlines()) == len(CHECKS)


def test_what_cannot_be_read_at_all_is_3(tmp_path: Path, monkeypatch) -> None:
    """No file, a folder, a file that no document is as large as."""
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(ProjectError, match=r"cannot be read: .*; name a PDF file") as told:
            verify(path)
        assert told.value.exit_code == 3
    monkeypatch.setattr("scaudit.verifying.LARGEST", 10)
    (tmp_path / "large.pdf").write_bytes(b"%PDF-1.7 and more")
    with pytest.raises(ProjectError, match="more than 10 bytes"):
        verify(tmp_path / "large.pdf")


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unopened(edition, tmp_path, monkeypatch) -> None:
    """Before any reader gets to see it."""
    monkeypatch.setattr(locating, "UNPACKED", 20_000_000)

    def bomb(pdf) -> None:
        specification(pdf, "evidence.csv").EF.F.write(b"\0" * 30_000_000)

    pdf = mended(edition.card, bomb, tmp_path / "bomb.pdf")
    assert len(pdf) < 300_000
    seen = []
    monkeypatch.setattr(examining, "opened", seen.append)
    found = checked(pdf, tmp_path)
    assert "unpacks to more than 20,000,000 bytes" in found["document"][1]
    assert {verdict for name, (verdict, _) in found.items() if name != "document"} == {"not possible"}
    assert seen == []


def test_a_part_that_is_packed_twice_is_refused(edition: Edition) -> None:
    """By which a thousandfold becomes a millionfold."""
    packed = zlib.compress(zlib.compress(b"\0" * 1000))
    head = b"9 0 obj\n<< /Filter [ /FlateDecode /FlateDecode ] /Length %d >>\nstream\n" % len(packed)
    pdf = edition.card + head + packed + b"\nendstream\nendobj\n"
    found = quickly(pdf)
    assert "object 9 is packed as none of scaudit is" in found["document"][1]
    assert found["seal"][0] == "not possible"
    assert (
        quickly(edition.card + head.replace(b"[ /Flate", b"/LZW").replace(b"/FlateDecode ]", b"") + packed)["document"][
            0
        ]
        == "failed"
    )


def test_metadata_with_declarations_are_refused(edition: Edition, tmp_path: Path) -> None:
    """By entities that stand for entities a page of text becomes the memory of a machine."""

    def laugh(pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        pdf.Root.Metadata.write(packet.replace(b"<x:xmpmeta", bomb + b"<x:xmpmeta"))

    found = checked(mended(edition.card, laugh, tmp_path / "m.pdf"), tmp_path)
    assert "its metadata are not as scaudit writes them" in found["document"][1]


def test_a_stranger_s_words_cannot_lead_the_terminal_astray(edition: Edition, tmp_path: Path) -> None:
    """Control signs and signs that turn the direction of reading are shown as what cannot be shown."""

    def trick(pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(packet.replace(b">AUDIT-1/R1<", "> \u202e[31mok \u200b\u2066<".encode()))

    found = checked(mended(edition.card, trick, tmp_path / "m.pdf"), tmp_path)
    told = " ".join(words for _, words in found.values())
    assert "\ufffd" in found["document"][1]
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]", told)


def test_a_scoring_that_takes_too_long_is_stopped(grounds: dict, monkeypatch) -> None:
    """Whoever attaches tables made for that."""
    monkeypatch.setattr("scaudit.recomputing.LIMIT", 0.05)
    with pytest.raises(Exception, match=r"INTERRUPT|[Ii]nterrupt"):
        recompute(grounds_of(grounds))


def test_the_database_of_a_recomputation_reaches_nothing(grounds: dict, tmp_path: Path, monkeypatch) -> None:
    """Even a step of the engine could not read or write a file there."""
    from scaudit import recomputing

    file = tmp_path / "some.csv"
    file.write_text("a\n1\n")

    def reach(con, *_) -> None:
        with pytest.raises(Exception, match=r"disabled|Permission"):
            con.execute(f"select * from read_csv('{file}')")
        with pytest.raises(Exception, match=r"[Cc]annot"):
            con.execute("set enable_external_access = true")
        raise ValueError("it was tried")

    monkeypatch.setattr(recomputing, "judge", reach)
    with pytest.raises(ValueError, match="it was tried"):
        recompute(grounds_of(grounds))


# --- signatures -------------------------------------------------------------------------------------------------


def test_a_signature_is_told_with_what_it_proves(signed: bytes, demo, tmp_path: Path) -> None:
    """By a demonstration key: nothing about who made it; unless its certificate is given, nobody vouches."""
    found = checked(signed, tmp_path)
    assert failed(found) == []
    assert found["signature"][0] == "ok"
    assert "DEMONSTRATION key, which proves nothing about who made it" in found["signature"][1]
    trusting = Examination(signed, [demo[1]])
    assert (trusting.document() != "", "nothing has changed since" in trusting.signature()) == (True, True)
    other = tmp_path / "other.pem"
    packed = pkcs12.load_pkcs12(demonstration_key(SECRET, datetime.now(UTC).date()), SECRET.encode())
    other.write_bytes(packed.cert.certificate.public_bytes(Encoding.PEM))
    doubting = Examination(signed, [other])
    doubting.document()
    with pytest.raises(ValueError, match="for whom no certificate given with --trust vouches"):
        doubting.signature()


def test_a_change_of_a_signed_file_is_placed(signed: bytes, edition: Edition) -> None:
    """Before the signature, in it, and after it."""
    cut = len(edition.card)
    before, inside = flipped(signed, cut // 2, 2), flipped(signed, signed.index(b"/Contents", cut) + 400, 2)
    for bad, place in ((before, cut // 2), (inside, signed.index(b"/Contents", cut) + 400)):
        verdict, words = quickly(bad, "document", "signature")["signature"]
        assert verdict == "failed"
        assert any(a <= place <= b for a, b in places(words)), words
    verdict, words = quickly(signed + b"\n% and this", "document", "signature")["signature"]
    assert (verdict, "added after it was signed" in words) == ("failed", True)


def test_a_signature_that_was_taken_away_is_missed(edition: Edition, demo, tmp_path: Path, monkeypatch) -> None:
    """The pages still say who signed: what is left of the file is sound, and yet not what was published."""
    from scaudit.scorecard import edition as editions

    imprint = editions.imprint
    monkeypatch.setattr("verifiable.imprint", lambda *given: imprint(*given, KeySource("The auditors", "none.p12")))
    found = quickly(forged(edition, tmp_path), "document", "signature", "seal")
    assert found["signature"] == (
        "failed", "Its pages say that it is signed, but it bears no signature: that was taken away, or never made.",
    )  # fmt: skip
    assert found["seal"][0] == "ok"


def test_a_certificate_that_is_none_is_the_asker_s_mistake(edition: Edition, tmp_path: Path) -> None:
    """Exit 2, whatever the file."""
    (tmp_path / "no.pem").write_text("none")
    with pytest.raises(UsageError, match="no certificate that can be read"):
        checked(edition.card, tmp_path, tmp_path / "no.pem")


def test_another_version_of_the_engine_is_named(edition: Edition, tmp_path: Path, monkeypatch) -> None:
    """A difference may be the engine's, so the reader is told which made it."""
    monkeypatch.setattr(examining, "__version__", "9.9.9")
    verdict, words = quickly(edition.card, "document", "engine")["engine"]
    assert (verdict, "Made by scaudit 0." in words, "checked by 9.9.9" in words) == ("ok", True, True)


def test_grounds_of_another_item_are_found(edition: Edition, tmp_path: Path) -> None:
    """A card with another's grounds, however sound they are."""
    other: Grounds = edition.results.grounds.of("AUDIT-1/R2")

    def change(files) -> None:
        files["grounds.json"] = canonical(other.as_json()).encode()

    found = quickly(forged(edition, tmp_path, change), "document", "attachments", "statuses")
    assert found["statuses"] == ("failed", "The attached grounds are those of AUDIT-1/R2.")
