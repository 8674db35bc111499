"""From XHTML to tagged PDF: one font configuration a process, nothing fetched, never used in threads."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import cssselect2  # type: ignore[import-untyped, unused-ignore]
import weasyprint  # type: ignore[import-untyped, unused-ignore]
from weasyprint.text import ffi  # type: ignore[import-untyped, unused-ignore]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped, unused-ignore]
from weasyprint.urls import (  # type: ignore[import-untyped, unused-ignore]
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from scaudit.collector import no_collector
from scaudit.document.attachment import Attachment
from scaudit.errors import ProjectError

PAPERS = ("letter", "a4")
VARIANT = "pdf/a-3a"  # the finishing pass adds what PDF/UA asks for besides
_NO_DAY = date(2000, 1, 1)
_SERVED = {".css": "text/css", ".ttf": "font/ttf", ".woff2": "font/woff2"}


class Printer:
    """Prints pages with the styles and fonts of one templates folder, on one paper.

    Raises ProjectError where a system library is missing or the paper is unknown.
    """

    def __init__(self, templates: Path, paper: str) -> None:
        if paper not in PAPERS:
            raise ProjectError(f"paper {paper!r} in scaudit.toml is not one of {', '.join(PAPERS)}; choose one")
        if ffi.harfbuzz_subset is None:
            raise ProjectError("PDFs need the library harfbuzz-subset; install libharfbuzz-subset0 or use --no-pdf")
        self._folder = templates.resolve()
        self._fetcher = _Fetcher(self._folder)
        self._fonts = FontConfiguration()
        self._styles = [self._sheet(name) for name in ("fonts.css", "card.css", f"{paper}.css")]

    def print(self, html: str, attachments: Sequence[Attachment] = (), day: date = _NO_DAY) -> bytes:
        """The page as PDF bytes, not yet packed: tagged, with title and bookmarks; the same page, the same bytes.

        Attachments carry `day` as theirs: the clock would make every file another one.
        Raises ProjectError where page or style ask for anything that is not a font or style of the project.
        """
        with _refusals(self._fetcher), no_collector():
            page = _Page(html, self._base, self._fetcher)
            written = page.write_pdf(
                stylesheets=self._styles,
                font_config=self._fonts,
                pdf_variant=VARIANT,
                uncompressed_pdf=True,  # finishing writes the file anew, and packs it then
                attachments=[_attached(one, day) for one in sorted(attachments, key=lambda one: one.name)],
            )
        return bytes(written)

    @property
    def _base(self) -> str:
        return self._folder.as_uri() + "/"

    def _sheet(self, name: str) -> Any:
        path = self._folder / name
        if not path.is_file():
            raise ProjectError(f"the style sheet {path} is missing; restore the shipped one")
        with _refusals(self._fetcher):
            return weasyprint.CSS(
                string=path.read_text("utf-8"),
                base_url=self._base,
                url_fetcher=self._fetcher,
                font_config=self._fonts,
            )


@lru_cache(maxsize=4)
def printer(templates: Path, paper: str) -> Printer:
    """The one printer of a process for a folder and a paper; a new one for every card leaks memory."""
    return Printer(templates, paper)


def allowed(folder: Path, url: str) -> Path | None:
    """The file behind an address, if it is a font or style inside the folder; None for everything else."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = Path(unquote(parts.path)).resolve()
    return path if path.suffix in _SERVED and path.is_relative_to(folder) and path.is_file() else None


class _Fetcher(URLFetcher):  # type: ignore[misc, unused-ignore]
    """Serves the fonts and styles of one folder, refuses everything else and remembers what it refused."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=("file",))
        self.folder = folder
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 (the signature is WeasyPrint's)
        """The file behind an address of ours; FatalURLFetchingError for any other."""
        path = allowed(self.folder, url)
        if path is None:
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _SERVED[path.suffix]})


class _Page(weasyprint.HTML):  # type: ignore[misc, unused-ignore]
    """A page as WeasyPrint has it after parsing; as XML, which is faster and proves that it is well formed."""

    def __init__(self, html: str, base: str, fetcher: _Fetcher) -> None:
        try:
            root = ET.fromstring(html)  # noqa: S314 (our own template, every value escaped)
        except ET.ParseError as error:
            message = f"a template does not give well-formed XHTML ({error}); close every element in it"
            raise ProjectError(message) from error
        self.base_url, self.url_fetcher, self.media_type = base, fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def _attached(one: Attachment, day: date) -> Any:
    moment = datetime.combine(day, time(), UTC)
    return weasyprint.Attachment(
        string=one.content,
        name=one.name,
        description=one.description,
        relationship=one.relationship,
        created=moment,
        modified=moment,
    )


@contextmanager
def _refusals(fetcher: _Fetcher) -> Iterator[None]:
    """Turns a refused address into one sentence for whoever wrote the template.

    The list is asked too, since WeasyPrint swallows what happens inside a picture.
    """
    fetcher.refused.clear()
    try:
        yield
    except (Exception, FatalURLFetchingError):  # the second is no Exception, so that nothing catches it by chance
        if not fetcher.refused:
            raise
    if fetcher.refused:
        address = fetcher.refused[0][:200]
        raise ProjectError(
            f"a template or style asks for {address!r}; only fonts and styles of the project may be used"
        )
