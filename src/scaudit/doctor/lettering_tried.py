"""Lettering tried: prints one page in every face of the project's fonts, and looks which fonts the page then has.

python -m scaudit.doctor.lettering_tried TEMPLATES PAPER
"""

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from scaudit.doctor.finding import Finding, broken, fine, told
from scaudit.errors import ProjectError, cause

PANGO_FROM = (1, 44)
MEND = "install libpangoft2-1.0-0 and libharfbuzz-subset0 with the package manager, or publish with --no-pdf"
_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
_DECLARED = re.compile(r'([\w-]+)\s*:\s*((?:[^;"]|"[^"]*")+)')
_FILE = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_SUBSET = re.compile(r"^/[A-Z]{6}\+")
SIGNS = 3  # of each face on the page
PLAIN = "<h1>A</h1><p>A <b>b</b></p><table><tr><th>A</th></tr></table>"
"""What names no font itself, and takes that of the style sheet."""


@dataclass(frozen=True)
class Face:
    """One face of a family, and the file that has it."""

    family: str
    weight: str
    style: str
    file: str


def main(templates: Path, paper: str) -> list[Finding]:
    """What there is to say of the libraries, and of the fonts where these work."""
    found = list(_libraries())
    if any(one.state == "broken" for one in found):
        return found
    try:
        return [*found, *_fonts(templates, paper)]
    except ProjectError as error:
        return [*found, replace(told(error), check="Fonts")]


def _libraries() -> Iterator[Finding]:
    try:
        from weasyprint.text import ffi  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
    except OSError as error:
        yield broken(f"Pango cannot be loaded ({cause(error)})", MEND)
        return
    from scaudit.making import printed_with  # noqa: PLC0415

    with_what = printed_with()
    words = ", ".join(f"{name} {with_what[name]}" for name in ("weasyprint", "pango", "harfbuzz", "pikepdf"))
    if ffi.harfbuzz_subset is None:
        yield broken(f"harfbuzz-subset is missing beside {words}: two runs would not give the same bytes", MEND)
    elif tuple(map(int, re.findall(r"\d+", with_what["pango"])[:2])) < PANGO_FROM:
        yield broken(f"Pango {with_what['pango']} is older than {PANGO_FROM[0]}.{PANGO_FROM[1]}", MEND)
    else:
        yield fine(f"{words}, with harfbuzz-subset")


def _fonts(templates: Path, paper: str) -> Iterator[Finding]:
    """Whether every face has its file, and whether these faces and no others are what a page is printed in."""
    faces = list(_faces((templates / "fonts.css").read_text(encoding="utf-8")))
    samples = {face: _sample(templates / face.file) for face in faces}
    mend = "restore the shipped fonts in reports/templates/fonts"
    bad = [face.file for face, sample in samples.items() if not sample]
    yield from (broken(f"{file} is missing, or is no font", mend, "Fonts") for file in bad)
    if not faces:
        yield broken("fonts.css names no font, so that pages look otherwise on each machine", mend, "Fonts")
    if bad or not faces:
        return
    used = _used(templates, paper, samples)
    wrong = _differences(faces, used)
    yield from (broken(f"the text library {what}", mend, "Fonts") for what in wrong)
    if not wrong:
        yield fine(f"{len(faces)} faces are the project's own, and a page is printed in them alone", "Fonts")


def _faces(css: str) -> Iterator[Face]:
    for rule in _FACE.findall(css):
        declared = {name: value.strip().strip("'\"") for name, value in _DECLARED.findall(rule)}
        file = _FILE.search(declared.get("src", ""))
        weight, style = declared.get("font-weight", "400"), declared.get("font-style", "normal")
        yield Face(declared.get("font-family", ""), weight, style, file[1] if file else "fonts")


def _sample(path: Path) -> str:
    """Some letters that a font has; none where the file is no font, or not there."""
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415

    try:
        with TTFont(path) as font:
            return "".join([chr(code) for code in sorted(font.getBestCmap()) if chr(code).isalpha()][:SIGNS])
    except (OSError, TTLibError):
        return ""


def _used(templates: Path, paper: str, samples: dict[Face, str]) -> set[str]:
    """The names of the fonts in a page that is printed in every face."""
    from pikepdf import Dictionary, Name, Pdf  # noqa: PLC0415

    from scaudit.scorecard.pdf import Printer  # noqa: PLC0415

    words = "".join(f"<p style={quoteattr(_style(face))}>{escape(text)}</p>" for face, text in samples.items())
    page = f"<html lang='en'><head><title>Fonts</title></head><body>{PLAIN}{words}</body></html>"
    with Pdf.open(io.BytesIO(Printer(templates, paper).print(page))) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Type") == Name.Font]
        return {_SUBSET.sub("", str(one.get("/BaseFont"))) for one in fonts}


def _style(face: Face) -> str:
    return f'font-family:"{face.family}";font-weight:{face.weight};font-style:{face.style}'


def _differences(faces: Sequence[Face], used: set[str]) -> list[str]:
    """Where the fonts of the page are others than the faces: strange ones, and faces that are not there."""
    families = sorted({face.family.replace(" ", "-") for face in faces}, key=len, reverse=True)
    owners = {name: next((one for one in families if f"{name}-".startswith(f"{one}-")), "") for name in used}
    found = [f"takes the font {name.strip('/')} of this machine" for name, owner in sorted(owners.items()) if not owner]
    there, wanted = Counter(owners.values()), Counter(face.family.replace(" ", "-") for face in faces)
    lacking = {one: number for one, number in wanted.items() if there[one] < number}
    return [*found, *(f"used {there[one]} of {number} faces of the font {one}" for one, number in lacking.items())]


if __name__ == "__main__":
    print(json.dumps([asdict(one) for one in main(Path(sys.argv[1]), sys.argv[2])]))
