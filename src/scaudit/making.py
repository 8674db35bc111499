"""Making: what an edition was made with, beside its inputs: the engine, its libraries, templates and fonts.

Inputs, settings, models and ruleset are kept, so they are the same at a replay. What is named here may differ then,
and is what a difference can come from.
"""

import ctypes
import hashlib
import platform
import sys
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from scaudit import __version__
from scaudit.project import Project

READERS = ("duckdb", "pandera", "polars", "pyarrow", "python-calamine")
RENDERERS = ("fonttools", "jinja2")
PRINTERS = ("weasyprint", "pydyf", "cssselect2", "tinycss2", "pyphen", "pikepdf")
FONTS = (".woff2", ".woff", ".otf", ".ttf")
SHOWERS_OF_VERSIONS = {
    "pango": ("pango_version_string", ("libpango-1.0.so.0", "libpango-1.0.dylib")),
    "harfbuzz": ("hb_version_string", ("libharfbuzz.so.0", "libharfbuzz.0.dylib")),
}
ENGINE = Path(__file__).parent
DIGESTS = frozenset({"code", "templates", "fonts"})
WORDS = {"code": "the engine's code"}


def made_of(project: Project, with_pdf: bool) -> dict[str, str]:
    """Versions and digests of all that shapes an edition's bytes; what only shapes PDFs where those are made."""
    always = {**scored_with(), **_rendered_with(project)}
    return {**always, **printed_with()} if with_pdf else always


def scored_with() -> dict[str, str]:
    """Versions and digests of all that shapes what is read, checked and scored."""
    return {
        "engine": __version__,
        "code": _code_digest(),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "machine": f"{platform.system()} {platform.machine()}",
        **{name: _version(name) for name in READERS},
    }


def differences(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What of two makings differs, in words: `weasyprint 70.0 -> 71.0`, or the bare name of what has a digest."""
    names = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    return [
        WORDS.get(name, name) if name in DIGESTS else f"{name} {then.get(name, 'none')} -> {now.get(name, 'none')}"
        for name in names
    ]


@cache
def _code_digest() -> str:
    """The digest of the engine; what runs does not change while it runs."""
    return _digest(ENGINE, _code())


def _code() -> list[Path]:
    """The files of the engine; rulesets are kept by runs, and a starter makes no edition."""
    files = (path for path in ENGINE.rglob("*") if path.suffix in (".py", ".sql"))
    return [path for path in files if path.relative_to(ENGINE).parts[0] not in ("ruleset", "starter")]


def _rendered_with(project: Project) -> dict[str, str]:
    files = [path for path in project.templates.rglob("*") if path.is_file()]
    return {
        "templates": _digest(project.templates, (path for path in files if path.suffix not in FONTS)),
        "fonts": _digest(project.templates, (path for path in files if path.suffix in FONTS)),
        **{name: _version(name) for name in RENDERERS},
    }


def printed_with() -> dict[str, str]:
    """Versions of the libraries that make PDFs, and of those of the system that set text in them."""
    return {
        **{name: _version(name) for name in PRINTERS},
        **{name: _library(*told) for name, told in SHOWERS_OF_VERSIONS.items()},
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _digest(folder: Path, paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents of files, whatever folder they lie in."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _library(function: str, names: Iterable[str]) -> str:
    """The version of a system library that draws text, asked of the library itself."""
    for name in names:
        with suppress(OSError, AttributeError):
            tell = getattr(ctypes.CDLL(name), function)
            tell.restype = ctypes.c_char_p
            return str(tell().decode())
    return "unknown"
