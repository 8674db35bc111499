"""The rounds: everything that the doctor looks at, in order, and what came of it."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from scaudit.doctor import belongings, dispatch, installation, lettering, past, room, schedule, scheduler, signing
from scaudit.doctor.finding import Finding, fine, not_set_up, told
from scaudit.doctor.looking import Check, looked
from scaudit.errors import ProjectError
from scaudit.project import SETTINGS_FILE, Project, find_project

PAPER = "letter"
HEAVY = 4.0
"""How many times the usual limit is for what loads large libraries: that takes long on a machine that is busy."""


@dataclass(frozen=True)
class Round:
    """What was found, in order, in which project, if there is one."""

    project: Path | None
    at: datetime
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> int:
        """How many things are broken."""
        return sum(one.state == "broken" for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        """For programs; schema scaudit/doctor/1."""
        return {
            "schema": "scaudit/doctor/1",
            "project": str(self.project) if self.project else None,
            "at": self.at.isoformat(timespec="seconds"),
            "broken": self.broken,
            "checks": [
                {"check": one.check, "state": one.state.replace(" ", "_"), "what": one.what, "mend": one.mend}
                for one in self.findings
            ],
        }


def examine(start: Path, now: datetime, limit: float, progress: Callable[[str], None]) -> Round:
    """Look at the installation, and at the project that `start` lies in.

    Raises ProjectError where there is no such path. What is wrong beyond that is a finding.
    """
    project, about = _project(start)
    checks = [*_installation(project, limit), Check("Project", lambda: [about])]
    if project:
        checks += [*_project_checks(project, now, limit)]
    found = looked(checks, limit, secrets(project, os.environ), progress)
    return Round(project.root if project else None, now, tuple(found))


def _project(start: Path) -> tuple[Project | None, Finding]:
    """The project, and what there is to say of its settings."""
    here = start.resolve()
    try:
        found = find_project(here)
    except ProjectError as error:
        if not here.exists():
            raise
        if any((folder / SETTINGS_FILE).is_file() for folder in (here, *here.parents)):
            return None, told(error)
        return None, not_set_up(f"there is none in {here} or above it", "go to one, or make one: 'scaudit init DIR'")
    return found, fine(f"{found.settings.title!r} in {found.root}")


def _installation(project: Project | None, limit: float) -> Iterator[Check]:
    """What is looked at everywhere; the shipped templates stand for those of a project."""
    templates = project.templates if project else belongings.shipped_templates()
    paper = project.settings.paper if project else PAPER
    yield Check("Python", lambda: installation.python(installation.asked()[0]))
    yield Check("Packages", lambda: installation.packages(installation.asked()[1]))
    yield Check("Text libraries", partial(lettering.lettering, templates, paper, 0.9 * HEAVY * limit), HEAVY)
    yield Check("Memory", room.memory)


def _project_checks(project: Project, now: datetime, limit: float) -> Iterator[Check]:
    yield Check("Models", partial(belongings.models, project), HEAVY)
    yield Check("Ruleset", partial(belongings.ruleset, project))
    yield Check("Templates", partial(belongings.templates, project.templates, project.settings.paper))
    yield Check("Inputs", partial(belongings.inputs, project))
    yield Check("Disk", partial(room.disk, project))
    yield Check("Folders", partial(room.folders, project))
    yield Check("Clock", partial(past.clock, project, now))
    yield Check("Ledger", partial(past.ledger, project))
    yield Check("Results", partial(past.results, project))
    yield Check("Left over", partial(past.left_over, project))
    yield Check("Last edition", partial(past.edition, project, 0.5 * limit))
    yield Check("Kept files", partial(past.kept, project))
    yield Check("Signing key", partial(signing.key, project, now), HEAVY)
    yield Check("Timestamps", partial(signing.timestamps, project))
    yield Check("Mail server", partial(dispatch.server, project))
    yield Check("Stakeholders", partial(dispatch.stakeholders, project), HEAVY)
    yield Check("Deliveries", partial(dispatch.doubtful, project))
    yield Check("Prefect server", partial(schedule.schedule, project, now))


def secrets(project: Project | None, environment: Mapping[str, str]) -> Sequence[str]:
    """All that is known and must not be shown: passphrases and passwords."""
    settings = project.settings if project else None
    names = [
        *([settings.signing.passphrase_env] if settings and settings.signing else []),
        *([settings.delivery.smtp.password_env] if settings and settings.delivery.smtp else []),
    ]
    return [*(environment.get(name, "") for name in names), *scheduler.secrets(environment)]
