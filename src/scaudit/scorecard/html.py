"""From the view model to well-formed XHTML, through the project's own templates and nothing else."""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped, unused-ignore]
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.bccache import Bucket
from markupsafe import Markup

from scaudit.errors import ProjectError
from scaudit.scorecard.cards import ItemCard, OverviewCard
from scaudit.scorecard.model import Imprint, Siblings
from scaudit.scorecard.summaries import SummaryCard

Card = ItemCard | OverviewCard | SummaryCard
_TEMPLATES = {ItemCard: "item.html", OverviewCard: "overview.html", SummaryCard: "summary.html"}
_PRINTED, _WEB = "base.html", "web.html"  # the frames in which a page can stand
_MARKS = 4  # on one letter, which no writing needs
_FACES = "*-400-normal.*"
_PLAIN = {"\u2265": ">=", "\u2264": "<=", "\u2192": "->", "\u202f": "\u00a0", "\u2011": "-", "\u00ad": ""}


class _Compiled(BytecodeCache):
    """Templates as compiled, by the digest of their text: to do that anew takes half a second."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Pages:
    """The templates of one folder. Every value is escaped, a missing one is an error."""

    def __init__(self, templates: Path) -> None:
        self._folder = templates
        self._covered = covered(templates)
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=self._printable,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )

    def compile(self) -> None:
        """Compile all templates, before the first page is wanted."""
        for name in self._environment.list_templates(extensions=["html"]):
            with suppress(TemplateError):  # whose page it is tells of it
                self._environment.get_template(name)

    def item(self, card: ItemCard, imprint: Imprint) -> str:
        """The page of an item, as XHTML."""
        return self._render("item.html", card=card, imprint=imprint, base=_PRINTED)

    def overview(self, card: OverviewCard, imprint: Imprint) -> str:
        """The page of all items, as XHTML."""
        return self._render("overview.html", card=card, imprint=imprint, base=_PRINTED)

    def printed(self, card: Card, imprint: Imprint) -> str:
        """The page of any document, as XHTML, in the frame for paper."""
        return self._render(_TEMPLATES[type(card)], card=card, imprint=imprint, base=_PRINTED)

    def web(self, card: Card, imprint: Imprint, siblings: Siblings) -> str:
        """The same page, as XHTML, in the frame for browsers; `twin.py` makes HTML of it."""
        return self._render(_TEMPLATES[type(card)], card=card, imprint=imprint, siblings=siblings, base=_WEB)

    def _render(self, name: str, **values: object) -> str:
        try:
            return self._environment.get_template(name).render(values)
        except TemplateError as error:
            message = f"the template {self._folder / name} cannot be used ({error}); restore the shipped one"
            raise ProjectError(message) from error

    def _printable(self, value: Any) -> Any:
        """Text in signs that the bundled fonts have; others are named by number, so that no box stays empty."""
        if isinstance(value, Markup) or not isinstance(value, str) or (value.isascii() and value.isprintable()):
            return value
        return "".join(self._signs(unicodedata.normalize("NFC", value)))

    def _signs(self, text: str) -> Iterator[str]:
        """Sign by sign; of marks on one letter a few stand there, since many would cover what is printed above."""
        marks = 0
        for sign in text:
            marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
            yield self._sign(sign) if marks <= _MARKS else f"[U+{ord(sign):04X}]"

    def _sign(self, sign: str) -> str:
        if sign in "\n\t":
            return " "
        if sign in _PLAIN:
            return _PLAIN[sign]
        hidden = unicodedata.category(sign) in ("Cc", "Cf", "Cs")
        return f"[U+{ord(sign):04X}]" if hidden or ord(sign) not in self._covered else sign


@lru_cache(maxsize=4)
def pages(templates: Path) -> Pages:
    """The pages of a process for a folder: templates are compiled once."""
    return Pages(templates)


@lru_cache(maxsize=4)
def covered(templates: Path) -> frozenset[int]:
    """The code points that the fonts of a templates folder can print."""
    files = sorted((templates / "fonts").glob(_FACES))
    if not files:
        raise ProjectError(f"there are no fonts ({_FACES}) in {templates / 'fonts'}; restore the shipped ones")
    signs: set[int] = set()
    for file in files:
        with TTFont(file, lazy=True) as font:
            signs.update(font.getBestCmap())
    return frozenset(signs)
