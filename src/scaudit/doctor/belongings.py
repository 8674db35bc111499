"""Belongings: what a project brings to a run: settings, models, ruleset, templates, inputs."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from scaudit.contract import TABLES
from scaudit.doctor.finding import Finding, broken, fine
from scaudit.errors import ProjectError
from scaudit.project import Project
from scaudit.starting import CHECKOUT, PACKAGED

PAGES = (".html", ".txt")
SHEETS = (".css", ".ttf", ".woff2")
MENTIONED = 3


def shipped() -> Path:
    """Where the parts lie that scaudit brings along for every project."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def shipped_templates() -> Path:
    """The templates among them."""
    return shipped() / "reports" / "templates"


def models(project: Project) -> Iterator[Finding]:
    """The models of the tables."""
    # heavy
    from scaudit.models import load_models  # noqa: PLC0415

    try:
        number = len(load_models(project))
    except ProjectError as error:
        yield broken(str(error).rstrip("."), f"mend it, or take that of {shipped() / 'schemas'}")
    else:
        yield fine(f"{number} tables have theirs in {project.schemas.name}/")


def ruleset(project: Project) -> Iterator[Finding]:
    """The ruleset that the settings name, with those that it is based on."""
    from scaudit.rules import load_ruleset  # noqa: PLC0415

    found = load_ruleset(project.settings.ruleset, project.rulesets)
    yield fine(f"{' on '.join(found.lineage)}: {len(found.tables)} tables, {len(found.steps)} steps")


def templates(folder: Path, paper: str) -> Iterator[Finding]:
    """Whether all are there that are shipped, and each can be read and names only such as are there."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in PAGES + SHEETS}
    source = shipped_templates()
    wanted = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.suffix in PAGES + SHEETS}
    missing = sorted({*wanted, f"{paper}.css"} - names)
    mend = f"restore the shipped ones from {source}"
    if missing:
        more = f" and {len(missing) - MENTIONED} more" if len(missing) > MENTIONED else ""
        yield broken(f"{folder} lacks {', '.join(missing[:MENTIONED])}{more}", mend)
    pages = sorted(name for name in names if name.endswith(PAGES) and not name.startswith("fonts/"))
    faults = [fault for name in pages if (fault := _fault(folder, name))]
    yield from (broken(fault, mend) for fault in faults)
    if not missing and not faults:
        yield fine(f"{len(pages)} pages and letters can be read")


def _fault(folder: Path, name: str) -> str:
    """What is wrong with a template; empty where nothing is."""
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True)
    try:
        named = find_referenced_templates(environment.parse((folder / name).read_text(encoding="utf-8")))
    except TemplateSyntaxError as error:
        return f"{folder / name}, line {error.lineno}: {error.message}"
    except UnicodeDecodeError as error:
        return f"{folder / name} is not UTF-8 at byte {error.start}"
    lacking = sorted({one for one in named if one and not (folder / one).is_file()})
    return f"{folder / name} names {lacking[0]}, which is not there" if lacking else ""


def inputs(project: Project) -> Iterator[Finding]:
    """Whether the files of all tables and the layouts of records are there; what they hold is `check`'s affair."""
    from scaudit.reading import table_files  # noqa: PLC0415
    from scaudit.records_layout import load_layout  # noqa: PLC0415

    found = {table.name: table_files(project, table) for table in TABLES.values()}
    for path in (path for paths in found.values() for path in paths):
        with path.open("rb") as file:
            file.read(1)
    layouts = [load_layout(project, table) for table in project.settings.records]
    files, tables = sum(map(len, found.values())), sum(map(bool, found.values()))
    records = f", {len(layouts)} layouts of records" if layouts else ""
    yield fine(f"{tables} tables in {files} files{records}; 'scaudit check' reads them")
