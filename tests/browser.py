"""Chromium without a driver: pages measured by axe-core in one start, and printed."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / ".tools" / "axe.min.js"
SEEN_DARK = "@media screen and (prefers-color-scheme: dark)"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-extensions"),
]
# Every page is looked at in a frame of its own, one after the other; the answer is left in the driver, as JSON.
DRIVER = r"""<!DOCTYPE html><html lang="en"><body>
<script id="looks" type="application/json">%s</script><script id="axe" type="text/plain">%s</script>
<script>
const text = id => document.getElementById(id).textContent;
const show = look => new Promise(shown => {
  const frame = document.createElement('iframe');
  Object.assign(frame.style, {width: '1200px', height: '900px', border: '0'});
  frame.onload = () => shown(frame);
  frame.srcdoc = look.page;
  document.body.append(frame);
});
const beyond = (frame, root, width) => {
  frame.style.width = width + 'px';
  return root.scrollWidth - root.clientWidth;
};
const examine = async look => {
  const frame = await show(look), page = frame.contentDocument;
  const found = {name: look.name, beyond: look.widths.map(width => beyond(frame, page.documentElement, width))};
  frame.style.width = look.width + 'px';
  frame.contentWindow.eval(text('axe'));
  const result = await frame.contentWindow.axe.run(page, look.options);
  found.passed = result.passes.map(rule => rule.id);
  found.broken = result.violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html.slice(0, 200)));
  frame.remove();
  return found;
};
(async () => {
  const found = [];
  for (const look of JSON.parse(text('looks'))) found.push(await examine(look));
  return JSON.stringify(found);
})().catch(error => 'failed: ' + error.stack).then(words => {
  document.body.innerHTML = '<pre></pre>';
  document.body.firstChild.textContent = words;
});
</script></body></html>"""
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
ALL = {"runOnly": RULES, "rules": {"color-contrast": {"enabled": False}}, "resultTypes": ["violations"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
LANDMARKS = ("header", "nav", "main", "footer")


@dataclass(frozen=True)
class Look:
    """A page to look at, and what axe-core is asked: by default all but contrast. `widths` are tried before that."""

    name: str
    page: str
    width: int = 1200
    dark: bool = False
    widths: tuple[int, ...] = ()
    options: Mapping[str, Any] = field(default_factory=lambda: ALL)


def contrasts(name: str, page: str) -> list[Look]:
    """The contrast of a page in the light scheme, and in the dark one on a narrow screen."""
    return [
        Look(f"{name} in the light", page, options=CONTRAST),
        Look(f"{name} in the dark", page, width=360, dark=True, options=CONTRAST),
    ]


def one_of_each(pages: Iterable[str]) -> str:
    """A page that has every sort of text of some pages once: axe-core needs seconds for the contrast of a long page.

    A sort is an element with its classes and all that is in it, in the same place; its contrast is always the same.
    """
    first, *others = (tree(page) for page in pages)
    known: set[Any] = set()
    for root in (first, *others):
        for tag in LANDMARKS:
            part = root.find(f"body/{tag}")
            _leave_out_known(part, (tag,), known)
            if root is not first:
                first.find(f"body/{tag}").extend(part)
    return "<!DOCTYPE html>\n" + ET.tostring(first, encoding="unicode", method="html")


def tree(page: str) -> ET.Element:
    """The tree of a page, of which every element that can have no content is closed first."""
    return ET.fromstring(re.sub(r"<((?:meta|br|col)\b[^>]*)>", r"<\1/>", page.split("\n", 1)[1]))


def _leave_out_known(parent: ET.Element, path: tuple[Any, ...], known: set[Any]) -> None:
    for child in list(parent):
        sort = (path, _shape(child))
        if child.tag == "svg" or sort in known:
            parent.remove(child)
        else:
            known.add(sort)
            _leave_out_known(child, (*path, child.tag, child.get("class")), known)


def _shape(element: ET.Element) -> tuple[Any, ...]:
    inside = [(_shape(child), bool((child.tail or "").strip())) for child in element]
    return element.tag, element.get("class"), bool((element.text or "").strip()), *inside


def examine(looks: Sequence[Look]) -> dict[str, dict[str, Any]]:
    """What was found, by name: `broken` rules with their elements, rules that `passed`, and how many pixels of the
    page lie `beyond` the screen at each of its widths."""
    needed(AXE.is_file(), "axe-core")
    told = [{**vars(look), "page": _tryable(look)} for look in looks]
    with tempfile.TemporaryDirectory() as folder:
        driver = Path(folder) / "driver.html"
        driver.write_text(DRIVER % (_inside(json.dumps(told)), _inside(AXE.read_text("utf-8"))), "utf-8")
        shown = chromium("--virtual-time-budget=600000", "--dump-dom", driver.as_uri())
    answer = re.search("<pre>(.*)</pre>", shown, re.DOTALL)
    assert answer, shown[:2000]
    assert answer[1].startswith("["), answer[1][:2000]
    return {one["name"]: one for one in json.loads(unescape(answer[1]))}


def _tryable(look: Look) -> str:
    """The page as it is, but that axe-core may run in it; and with its dark colours, if they are wanted, on any screen."""
    assert SEEN_DARK in look.page
    page = look.page.replace(SEEN_DARK, "@media screen") if look.dark else look.page
    return POLICY.sub("", page)


def _inside(words: str) -> str:
    return words.replace("</", "<\\/")


def chromium(*words: str) -> str:
    """Start it once, with a profile that is thrown away; what it printed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    needed(program is not None, "Chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        done = subprocess.run(
            [str(program), *FLAGS, f"--user-data-dir={profile}", *words],
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def needed(here: bool, name: str) -> None:
    """Skip the test by the name of what is missing; fail where all checks are required."""
    if not here and (os.environ.get("CI") or os.environ.get("SCAUDIT_CHECKS") == "required"):
        pytest.fail(f"{name} is not here, and all checks are required")
    if not here:
        pytest.skip(f"{name} is not here")
