"""Dispatch: whether what goes out can go out: the mail server, the folders of those who get files, what is in doubt."""

from collections.abc import Iterator

from scaudit.contract import TABLES
from scaudit.deliveries import FAILED, Line, past, standing
from scaudit.doctor.finding import Finding, broken, fine, look, not_set_up
from scaudit.doctor.room import unwritable
from scaudit.project import Project

WITHIN = 3.0  # seconds for each answer of the server
WAYS = {"none": "without encryption", "tls": "by TLS", "starttls": "by STARTTLS"}


def server(project: Project) -> Iterator[Finding]:
    """The mail server: it answers, keeps the way safe and takes the login. Nothing is sent."""
    from scaudit.sending import password, reach, trust  # noqa: PLC0415

    delivery = project.settings.delivery
    if delivery.smtp is None:
        yield not_set_up("nothing is mailed", "[delivery.smtp] in scaudit.toml names a server (docs/delivery.md)")
        return
    smtp = delivery.smtp.model_copy(update={"timeout": min(WITHIN, delivery.smtp.timeout)})
    where = f"{smtp.host}, port {smtp.door}"
    if not delivery.sender:
        yield broken(f"{where} is set, and no sender is", "set delivery.sender in scaudit.toml")
        return
    refusal = reach(smtp, password(smtp), trust(smtp, project.root), delivery.sender)
    if refusal:
        yield broken(f"{where}: {refusal}", "mend [delivery.smtp], the password or the server")
    else:
        login = f"takes the login of {smtp.user}" if smtp.user else "asks for no login"
        yield fine(f"{where} answers {WAYS[smtp.security]} and {login}; nothing was sent")


def stakeholders(project: Project) -> Iterator[Finding]:
    """Those who get something: whether their rows are good and their folders take files."""
    # heavy
    from scaudit.reading import table_files  # noqa: PLC0415
    from scaudit.recipients import recipients  # noqa: PLC0415

    if not table_files(project, TABLES["stakeholders"]):
        yield not_set_up("there is no table of stakeholders, so nothing goes out")
        return
    found, place = recipients(project), project.settings.delivery.place(project.root)
    for name, why in sorted(found.held.items()):
        yield look(f"{name} gets nothing: {why}", "mend the row in the table of stakeholders")
    active = [one for one in found.known.values() if one.active]
    boxes = [one for one in active if one.channel == "folder"]
    shut = {one.id: why for one in boxes if (why := unwritable(place / one.address))}
    for name, why in shut.items():
        yield broken(f"the folder of {name}: {why}", "give the user who runs scaudit the right to write there")
    if any(one.channel == "email" for one in active) and project.settings.delivery.smtp is None:
        yield look("some are to get mail, and no mail server is set", "set [delivery.smtp] in scaudit.toml")
    elif not shut and not found.held:
        yield fine(f"{len(active)} get something, {len(boxes)} of them in folders that take files")


def doubtful(project: Project) -> Iterator[Finding]:
    """Mails of which nobody knows whether they arrived, and deliveries that were given up."""
    every = standing(past(project.state))
    there = {_what(line) for one in every if one.state == "delivered" for line in one.lines}
    doubts = [one for one in every if one.state in ("possibly delivered", "sending")]
    lost = sum(any(_what(line) not in there for line in one.lines) for one in doubts)
    given_up = sum(one.state in FAILED for one in every)
    if lost:
        mend = "look in the mail server's log, then 'scaudit deliveries --arrived ID' or 'scaudit distribute --again'"
        yield look(f"of {lost} sent out nobody knows whether they arrived", mend)
    if given_up:
        yield look(f"{given_up} failed for good or were given up", "'scaudit deliveries' says why")
    if not every:
        yield not_set_up("nothing was ever sent")
    elif not lost and not given_up:
        yield fine(f"{len(every)}, none in doubt")


def _what(line: Line) -> tuple[str, str]:
    """Which file a line is about, and for whom."""
    return line.stakeholder_id, line.digest
