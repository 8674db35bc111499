"""The mail: what it says, in which language, to whom alone, and that no stranger's text gets into its headers."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from types import SimpleNamespace

import pytest

from delivery_project import ANA, BEN, START, copied, people, planned
from scaudit.deliveries import Line
from scaudit.errors import ProjectError
from scaudit.letters import Letter, letter
from scaudit.mailing import linked, message
from scaudit.packaging import Package, Parcel
from scaudit.project import Settings, find_project
from scaudit.rules import load_ruleset

EVIL = "Eve\r\nBcc: all@example.org\r\n\r\nhello \u202eolleh\u202c\u200b<script>alert(1)</script>{{ 7*7 }}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied(tmp_path / "audit", ANA)


def package_of(project: Path, edition: str = "second") -> Package:
    (found,) = planned(project, edition).packages
    return found


def contents(package: Package) -> dict[str, bytes]:
    return {one.document.id: package.edition.content(one.document) for one in package.parcels}


def written(project: Path, package: Package, *, is_linked: bool = False, settings: Settings | None = None) -> Letter:
    found = find_project(project)
    return letter(package, contents(package), settings or found.settings, found.templates, linked=is_linked)


def mail(project: Path, package: Package, settings: Settings | None = None) -> EmailMessage:
    settings = settings or find_project(project).settings
    return message(package, written(project, package, settings=settings), contents(package), settings, START)


def read(one: EmailMessage) -> EmailMessage:
    found = BytesParser(EmailMessage, policy=SMTP).parsebytes(one.as_bytes())
    assert isinstance(found, EmailMessage)
    return found


def settings_with(project: Path, **changes: object) -> Settings:
    found = find_project(project).settings
    return found.model_copy(update={"delivery": found.delivery.model_copy(update=changes)})


def before(package: Package, **changes: object) -> Line:
    """What somebody got of the first document of a package with an earlier edition."""
    return Line(
        *("earlier", "ANA", "first", package.parcels[0].document.id, "d", "s", "email", "ana@example.org"),
        *("new", "", 1, "delivered", START),
        **changes,  # type: ignore[arg-type]
    )


def test_a_mail_has_the_headers_that_it_must_have(project: Path) -> None:
    """One recipient; a date that was passed in; how to leave; that no person wrote it."""
    found = read(mail(project, package_of(project)))
    assert found["From"] == "Name of the body that answers for these scorecards <audit@example.org>"
    assert found["To"] == "Ana the clerk <ana@example.org>"
    assert found["Subject"] == "A first audit (invented), edition second"
    assert found["Date"] == "Fri, 01 Mar 2024 09:00:00 +0000"
    assert found["Message-ID"] == f"<{package_of(project).id}@example.org>"
    assert found["List-Unsubscribe"] == "<mailto:audit@example.org?subject=unsubscribe%20ANA>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert (found["Cc"], found["Bcc"], found["Reply-To"]) == (None, None, None)
    settings = settings_with(project, reply_to="answers@example.org", unsubscribe="leave@example.org")
    other = read(mail(project, package_of(project), settings))
    assert other["Reply-To"] == "answers@example.org"
    assert other["List-Unsubscribe"].startswith("<mailto:leave@example.org?")


def test_long_names_break_no_header(project: Path) -> None:
    """The address to leave by stays an address; a long name stays a name."""
    package = package_of(project)
    who = replace(package.stakeholder, id="ID-" * 60, name="Somebody of the office " * 8)
    assert read(mail(project, replace(package, stakeholder=who)))["To"].addresses[0].display_name == who.name.strip()
    who = replace(who, name="Ünal of the office " * 10)
    found = read(mail(project, replace(package, stakeholder=who)))
    assert found["List-Unsubscribe"] == f"<mailto:audit@example.org?subject=unsubscribe%20{'ID-' * 60}>"
    assert b"\r\nList-Unsubscribe: <mailto:" in mail(project, replace(package, stakeholder=who)).as_bytes()
    # the newer parser of the library puts spaces between the pieces of a long name; the older reads it as others do
    plain = message_from_bytes(mail(project, replace(package, stakeholder=who)).as_bytes())
    assert str(make_header(decode_header(plain["To"]))) == f"{who.name.strip()} <ana@example.org>"


def test_the_documents_are_attached_as_they_were_published(project: Path) -> None:
    """Each under the name of its file, byte for byte."""
    package = package_of(project)
    found = {
        part.get_filename(): part.get_payload(decode=True) for part in read(mail(project, package)).iter_attachments()
    }
    assert found == {Path(one.document.path).name: contents(package)[one.document.id] for one in package.parcels}
    assert {part.get_content_type() for part in read(mail(project, package)).iter_attachments()} == {"text/html"}


def test_the_same_package_gives_the_same_bytes(project: Path) -> None:
    """Nothing in it is drawn by chance, the borders between its parts included; all of it is ASCII."""
    package = package_of(project)
    first = mail(project, package).as_bytes()
    assert first == mail(project, package).as_bytes()
    assert max(first) < 128
    assert max(len(line) for line in first.split(b"\r\n")) <= 998


def test_the_story_is_told_in_text_and_as_a_page(project: Path) -> None:
    """What it is, how each item stands in both readings, how to check, to answer, to leave."""
    found = read(mail(project, package_of(project)))
    for kind in ("plain", "html"):
        body = found.get_body((kind,))
        assert body is not None
        said = " ".join(re.sub(r"<[^>]+>", " ", body.get_content()).split())
        assert "as of" not in said
        assert "Edition second speaks of 2024-01-31, by what could be known on 2024-01-31." in said
        assert "AUDIT-1/R1: Kitchen inspections By the evidence: In place, not verified" in said
        assert "Taken at its word: Said to be done" in said
        assert package_of(project).parcels[1].document.digest in said
        assert "Not signed: nothing in it proves who made it." in said
        assert "scaudit verify FILE.pdf" in said
        assert "Say here how a reader can dispute a status" in said
        assert "audit@example.org with the word unsubscribe" in said
        assert "Everything in this project is invented" in said
        assert "SYNTHETIC" not in said


def test_what_moved_since_the_last_that_they_got_is_told(project: Path) -> None:
    """From which words to which; that statuses stand where only the record changed; that nothing changed."""
    package = package_of(project)
    card = package.parcels[1]
    moved = before(package, words={"verified": "Under way", "claimed": "Said to be done"})
    same = replace(moved, words=card.document.words)
    for earlier, expected in (
        (moved, 'Moved since edition first, by the evidence: from "Under way" to "In place, not verified".'),
        (
            same,
            "Changed since edition first, the last that you got: the record behind it; its statuses stand as they stood.",
        ),
        (replace(same, substance=card.document.substance), "Says the same as in edition first, the last that you got."),
        (None, "Not sent to you before."),
    ):
        one = replace(package, parcels=(replace(card, before=earlier),))
        text = " ".join(written(project, one).text.split())
        assert expected in text
        assert ("since edition" in text) == (earlier in (moved, same))


def test_a_correction_says_what_was_wrong_what_is_right_and_why(project: Path) -> None:
    """A notice goes the way of every package; its subject says what it is."""
    package = package_of(project)
    notice = SimpleNamespace(wrong=["It said <b>A</b>."], right=["It says B."], why=["Record E1 was withdrawn."])
    parcel = Parcel(package.parcels[1].document, "correction", "a record was withdrawn", before(package), notice)
    found = written(project, replace(package, parcels=(parcel,)))
    assert found.subject == "Correction: A first audit (invented), edition second"
    for line in ("edition first was wrong", "It said <b>A</b>.", "It says B.", "Record E1 was withdrawn."):
        assert line in found.text
    assert "It said &lt;b&gt;A&lt;/b&gt;." in found.html


def test_a_repetition_says_why(project: Path) -> None:
    """In the words of the order."""
    package = package_of(project)
    parcel = replace(package.parcels[1], reason="again", why="you asked for it", before=before(package))
    assert "Sent to you again: you asked for it" in written(project, replace(package, parcels=(parcel,))).text


def test_made_up_data_and_keys_that_prove_nothing_are_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the subject and at the top; beside each file."""
    package = package_of(project)
    signed = [replace(one, document=replace(one.document, signed=True)) for one in package.parcels]
    package = replace(package, edition=replace(package.edition, synthetic=True), parcels=tuple(signed))
    for answer, words in (
        (("Some Body", False), "Signed by Some Body."),
        (("DEMONSTRATION key", True), "Signed with a DEMONSTRATION key, which proves nothing about who made it."),
    ):
        monkeypatch.setattr("scaudit.letters._signed", lambda _content, said=answer: said)
        found = written(project, package)
        assert found.subject.startswith("SYNTHETIC: ")
        assert "SYNTHETIC: records that were made up" in found.text
        assert words in found.text
        assert words in found.html


@pytest.mark.parametrize(("language", "used"), [("es", "es"), ("es-MX", "es"), ("fr", "en"), ("es.words", "en")])
def test_the_language_is_the_reader_s_where_there_are_words_for_it(project: Path, language: str, used: str) -> None:
    """Else the one without the region, else English."""
    people(project, ANA.removesuffix("en") + language)
    found = written(project, package_of(project))
    assert found.language == used
    assert ("Según las pruebas: Establecido, sin verificar." in found.text) == (used == "es")
    assert read(mail(project, package_of(project)))["Content-Language"] == used


@pytest.mark.parametrize("ruleset", ["ladder-1", "strict-1"])
def test_every_printed_status_has_its_words_in_spanish(project: Path, ruleset: str) -> None:
    """A word that is not there would stand in English in the middle of a Spanish mail."""
    table = (find_project(project).templates / "mail.es.words.txt").read_text(encoding="utf-8")
    words = load_ruleset(ruleset, project / "rulesets").words
    tables = [name for name in words if name.startswith("status_")]
    assert len(tables) == 5
    missing = [word for name in tables for word in words[name].values() if f'"{word}":' not in table]
    assert missing == []


def test_heavy_documents_are_named_by_a_link_and_not_attached(project: Path) -> None:
    """Each with its address under the link; without one, that is a sentence before anything is sent."""
    package = package_of(project)
    small = settings_with(project, size_limit_mb=package.size / 1e6 - 0.001)
    with pytest.raises(ProjectError, match=r"The documents for ANA weigh .* set delivery.link"):
        linked(package, small)
    assert not linked(package, settings_with(project, size_limit_mb=package.size / 1e6 + 0.001))
    settings = settings_with(project, size_limit_mb=0.001, link="https://example.org/audits/")
    assert linked(package, settings)
    found = message(package, written(project, package, is_linked=True, settings=settings), {}, settings, START)
    assert list(read(found).iter_attachments()) == []
    assert "https://example.org/audits/second/items/AUDIT-1_R1.html" in str(read(found).get_body(("plain",)))


@pytest.mark.parametrize("place", ["name", "title", "publisher", "contact", "why", "document"])
def test_no_stranger_s_text_gets_into_a_header_or_runs(project: Path, place: str) -> None:
    """Lines and signs that hide are taken out of headers and named in text; markup and templates stay text."""
    package, settings = package_of(project), find_project(project).settings
    parcel = replace(
        package.parcels[1], reason="again", why=EVIL if place == "why" else "asked", before=before(package)
    )
    if place == "document":
        parcel = replace(parcel, document=replace(parcel.document, title=EVIL))
    package = replace(package, parcels=(parcel,))
    if place == "name":
        package = replace(package, stakeholder=replace(package.stakeholder, name=EVIL))
    if place in ("title", "publisher", "contact"):
        settings = settings.model_copy(update={place: EVIL})
    sent = mail(project, package, settings)
    found = read(sent)
    assert [one.addr_spec for one in found["To"].addresses] == ["ana@example.org"]
    assert found["Bcc"] is None
    assert list(found.keys()) == list(mail(project, package_of(project)).keys())
    assert not re.search(
        r"[\u200b\u202c\u202e\r\n]", "".join(str(value) for value in found.values() if value != found["Content-Type"])
    )
    page = found.get_body(("html",))
    assert page is not None
    assert "<script" not in page.get_content()
    assert "{{ 7*7 }}" in page.get_content()
    assert "\u202e" not in page.get_content()


def test_an_address_that_is_none_is_never_written_to(project: Path) -> None:
    """Whatever the tables let through, a mail goes to one plain address or not at all."""
    package = package_of(project)
    for address in (
        "a@example.org, b@example.org",
        "Ana <ana@example.org>",
        "ana@example.org\nBcc: b@example.org",
        "box",
    ):
        with pytest.raises(ProjectError, match="is no e-mail address"):
            mail(project, replace(package, stakeholder=replace(package.stakeholder, address=address)))
    with pytest.raises(ProjectError, match=r"No delivery\.sender"):
        mail(project, package, settings_with(project, sender=""))


def test_a_domain_of_other_letters_is_written_as_servers_know_it(project: Path) -> None:
    """IDNA."""
    package = package_of(project)
    who = replace(package.stakeholder, address="ana@bücher.example")
    assert read(mail(project, replace(package, stakeholder=who)))["To"] == "Ana the clerk <ana@xn--bcher-kva.example>"


def test_a_template_that_cannot_be_used_is_a_sentence(project: Path) -> None:
    """Which one, and what is wrong with it."""
    path = find_project(project).templates / "mail.en.html"
    path.write_text("{{ nobody }}")
    with pytest.raises(ProjectError, match=r"mail.en.* cannot be used \('nobody' is undefined\)"):
        written(project, package_of(project))


def test_two_people_at_one_address_get_a_mail_each(project: Path) -> None:
    """With an id each; neither sees the other's name."""
    people(project, ANA, BEN.replace("ben@", "ana@"))
    mails = [read(mail(project, one)) for one in planned(project).packages]
    assert len({one["Message-ID"] for one in mails}) == 2
    assert "Ana" not in str(mails[1])
