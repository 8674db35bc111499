"""Text can be read: at least 4.5 to 1 against its ground, in the style sheet and in every picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from numbers_factory import measured_results
from scaudit.scorecard.build import item_card
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.html import Pages
from scaudit.scorecard.overview import overview_card
from scorecard_factory import TEMPLATES, SomeSettings

WHITE = "#ffffff"
LEAST = 4.5  # WCAG 2.1, 1.4.3
SVG = "{http://www.w3.org/2000/svg}"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{};]+)\{([^{}]*)")
COLOUR = re.compile(r"(?:^|;)\s*(color|background(?:-color)?)\s*:\s*([^;]+)")
STEP = re.compile(r"([MLHVhvlmz])([^MLHVhvlmz]*)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` (WCAG 2.1)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, ground: str) -> float:
    one, other = sorted((luminance(colour), luminance(ground)))
    return (other + 0.05) / (one + 0.05)


def colours(sheet: str) -> list[tuple[str, str]]:
    """Every selector of a style sheet with the colour of its text; a ground of its own has no place in it."""
    found = []
    for selector, declarations in RULE.findall(COMMENT.sub("", sheet)):
        for name, value in COLOUR.findall(declarations):
            assert name == "color", f"{selector} has a ground of its own: test its text against that"
            found.append((selector.strip(), value.strip()))
    return found


def faint_rules(sheet: str) -> list[str]:
    return [selector for selector, colour in colours(sheet) if contrast(colour, WHITE) < LEAST]


def corners(path: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each closed shape of a path of straight lines."""
    x = y = 0.0
    shape: list[tuple[float, float]] = []
    for step, rest in STEP.findall(path):
        numbers = [float(number) for number in NUMBER.findall(rest)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
        if step in "Mm" and shape:
            yield shape
            shape = []
        if step in "hvHV":
            for number in numbers:
                x = {"h": x + number, "H": number}.get(step, x)
                y = {"v": y + number, "V": number}.get(step, y)
                shape.append((x, y))
        for dx, dy in pairs if step in "MmLl" else ():
            x, y = (dx, dy) if step in "ML" else (x + dx, y + dy)
            shape.append((x, y))
    if shape:
        yield shape


def covers(shape: ET.Element, x: float, y: float) -> bool:
    """Whether a filled shape covers a point."""
    if shape.tag == f"{SVG}circle":
        return (x - float(shape.get("cx"))) ** 2 + (y - float(shape.get("cy"))) ** 2 <= float(shape.get("r")) ** 2
    if shape.tag == f"{SVG}rect":
        left, top, wide, high = (float(shape.get(name)) for name in ("x", "y", "width", "height"))
        return left <= x <= left + wide and top <= y <= top + high
    return any(inside(each, x, y) for each in corners(shape.get("d")))


def inside(shape: list[tuple[float, float]], x: float, y: float) -> bool:
    crossed = False
    for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed


def words(picture: ET.Element) -> Iterator[tuple[str, str, str]]:
    """Every word of a picture with its colour and its ground: what was drawn there last before it."""
    drawn: list[ET.Element] = []
    for element in picture.iter():
        if element.tag == f"{SVG}text" and (element.text or "").strip():
            x, y, size = (float(element.get(name)) for name in ("x", "y", "font-size"))
            under = [each.get("fill") for each in drawn if covers(each, x + size * 0.2, y - size * 0.3)]
            yield element.text, element.get("fill"), (under or [WHITE])[-1]
        elif element.tag in (f"{SVG}rect", f"{SVG}circle", f"{SVG}path") and element.get("fill") not in (None, "none"):
            drawn.append(element)


def faint_words(picture: ET.Element) -> list[tuple[str, str, str]]:
    return [(text, colour, ground) for text, colour, ground in words(picture) if contrast(colour, ground) < LEAST]


@pytest.fixture(scope="module")
def pictures() -> list[ET.Element]:
    """All pictures of invented cards with numbers and of their overview, with every sort of mark."""
    results, pages = measured_results(), Pages(TEMPLATES)
    flags = replace(results, rungs=tuple({**row, "stale": row["rung"] > 4} for row in results.rungs))
    texts = [
        pages.item(item_card(made, one), imprint(SomeSettings()))
        for made in (results, flags)
        for one in ("SYN-1/R1", "PLEA/II")
    ]
    texts.append(pages.overview(overview_card(results), imprint(SomeSettings())))
    return [picture for text in texts for picture in ET.fromstring(text).iter(f"{SVG}svg")]


def test_known_contrasts():
    """The two ends, and one that WCAG's own examples name."""
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)


def test_text_of_the_style_sheet_has_its_contrast():
    """Every colour of text on the white of the paper, the running heads included."""
    sheet = (TEMPLATES / "card.css").read_text("utf-8")
    assert len(colours(sheet)) >= 10
    assert {selector for selector, _ in colours(sheet)} >= {"html", "a", "@page"}
    assert faint_rules(sheet) == []


def test_text_of_pictures_has_its_contrast(pictures):
    """Also where it stands on a bar or in a mark."""
    grounds = {ground for picture in pictures for _, _, ground in words(picture)}
    assert len(pictures) > 40
    assert len(grounds) >= 3  # white, ink, and the colour of what speaks against
    assert [found for picture in pictures for found in faint_words(picture)] == []


def test_text_is_never_see_through(pictures):
    """A colour that lets its ground through has another contrast than it says."""
    texts = [path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.html")) if not path.name.startswith("mail.")]
    texts.append((TEMPLATES / "card.css").read_text("utf-8"))
    assert [text for text in texts if re.search(r"opacity|rgba?\(|hsla?\(|transparent", text)] == []
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for picture in pictures for _, colour, _ in words(picture))


def test_faint_text_is_found_out():
    """In a style, on paper, on a bar, and in a mark that was drawn over another."""
    assert faint_rules("/* a { color: #999999 } */ p { margin: 0; color: #999999 } b { color: #1c2430 }") == ["p"]
    head = '<svg xmlns="http://www.w3.org/2000/svg"><rect x="0" y="0" width="20" height="20" fill="#16324f"/>'
    dark = '<text x="4" y="12" font-size="8" fill="#1c2430">dark</text>'
    assert [text for text, _, _ in faint_words(ET.fromstring(f"{head}{dark}</svg>"))] == ["dark"]
    for over in (
        '<path d="M2 2h16v16h-16z" fill="#ffffff"/>',
        '<circle cx="8" cy="10" r="7" fill="#ffffff"/>',
        '<path d="M0 10l10 10l10 -10l-10 -10z" fill="#ffffff"/>',
    ):
        assert faint_words(ET.fromstring(f"{head}{over}{dark}</svg>")) == []
    grey = '<svg xmlns="http://www.w3.org/2000/svg"><text x="4" y="12" font-size="8" fill="#9aa6b4">grey</text></svg>'
    assert faint_words(ET.fromstring(grey)) == [("grey", "#9aa6b4", WHITE)]
