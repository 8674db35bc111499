"""Finishing on small pages: what it mends, what it leaves alone, and that it repeats."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

import pikepdf
import pytest

from scaudit.document.alignment import pieces
from scaudit.document.finishing import finish
from scaudit.document.flow import Block
from scaudit.document.marks import Marks
from scaudit.errors import ProjectError
from scaudit.scorecard.attached import Attachment
from scaudit.scorecard.pdf import printer
from scorecard_factory import TEMPLATES
from tag_reading import Node, marked, name_tree, number_tree, properties, read

MARKS = Marks("A&B <1>", "e", date(2020, 1, 2), date(2020, 1, 3), "r", "1" * 64, "2" * 64, "0", synthetic=True)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30pt" height="20pt"><title>Two of three</title><path d="M0 0h9v9z"/></svg>'


def page(body: str, head: str = "<title>A page</title>", lang: str = "en") -> str:
    style = '<style>@page { size: 200pt 300pt; margin: 30pt; @bottom-left { content: "Foot" } }</style>'
    return f'<html lang="{lang}"><head>{head}{style}</head><body><main>{body}</main></body></html>'


def print_(html: str, *attachments: Attachment) -> bytes:
    return printer(TEMPLATES, "letter").print(html, attachments)


def finished(body: str, *attachments: Attachment) -> pikepdf.Pdf:
    html = page(body)
    return pikepdf.open(io.BytesIO(finish(print_(html, *attachments), MARKS, html)))


def tree(body: str) -> Node:
    return read(finished(body)).kids[0].kids[0]


def shape(node: Node) -> str:
    """The roles of an element and of what is below it, without the pieces of lines."""
    kids = [shape(kid) for kid in node.kids if kid.role != "Span"]
    return f"{node.role}({' '.join(kids)})" if kids else node.role


def rows(count: int, cells: str = "<td>cell {0}</td><td>other {0}</td>") -> str:
    head = '<thead><tr><th scope="col">Row</th><th scope="col">One</th><th scope="col">Other</th></tr></thead>'
    body = "".join(f'<tr><th scope="row">row {n}</th>{cells.format(n)}</tr>' for n in range(count))
    return f"<table>{head}<tbody>{body}</tbody></table>"


def test_the_same_page_gives_the_same_bytes_and_another_page_another_id():
    """No clock, no chance; and two documents are told apart."""
    one, other = page("<p>one</p>"), page("<p>other</p>")
    made = [finish(print_(html), MARKS, html) for html in (one, one, other)]
    assert made[0] == made[1]
    ids = [bytes(pikepdf.open(io.BytesIO(pdf)).trailer.ID[0]) for pdf in made]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(("head", "lang"), [("", "en"), ("<title>A page</title>", ""), ("<title> </title>", "en")])
def test_a_page_without_title_or_language_is_refused(head, lang):
    """Neither can be guessed."""
    html = page("<p>x</p>", head, lang)
    with pytest.raises(ProjectError, match="title or language"):
        finish(print_(html), MARKS, html)


def test_marks_and_the_place_of_the_seal_are_in_the_metadata():
    """As given, whatever signs they have; the seal's place is zeros, once, and not packed."""
    html = page(
        "<p>x</p>",
        '<title>A &amp; &lt;b&gt;</title><meta name="author" content="One"/><meta name="keywords" content="k"/>',
    )
    made = finish(print_(html), MARKS, html)
    assert made.count(b"<sca:sha256>" + b"0" * 64 + b"</sca:sha256>") == 1
    told = properties(pikepdf.open(io.BytesIO(made)))
    assert (told["dc:title"], told["dc:creator"], told["pdf:Keywords"]) == ("A & <b>", "One", "k")
    assert (told["sca:subject"], told["sca:synthetic"], told["sca:knownOn"]) == (MARKS.subject, "True", "2020-01-03")
    assert told["pdf:Producer"].startswith("WeasyPrint")
    assert "dc:description" not in told


def test_attachments_are_in_the_order_of_their_names_and_stay_what_they_were():
    """Whatever order they were printed in."""
    names = ("b.csv", "a.json", "B.json")
    pdf = finished("<p>x</p>", *(Attachment(name, name, "Data", name.encode() * 500) for name in names))
    found = name_tree(pdf.Root.Names.EmbeddedFiles)
    assert list(found) == [b"B.json", b"a.json", b"b.csv"]
    assert [pdf.attachments[name].get_file().read_bytes() for name in names] == [name.encode() * 500 for name in names]
    assert len(pdf.Root.AF) == 3


def test_running_feet_are_artifacts_and_text_is_not():
    """On every page."""
    pdf = finished("<p>x</p>" * 40)
    assert len(pdf.pages) > 1
    back = number_tree(pdf.Root.StructTreeRoot.ParentTree)
    for number, each in enumerate(pdf.pages):
        numbers, artifacts = marked(each)
        assert artifacts.count("Pagination") >= 1
        assert sum(owner is not None for owner in back[number]) == len(numbers) > 0


def test_elements_without_a_role_get_one_by_what_they_hold():
    """Blocks are parted from what is around them, words are not; nothing empty stays."""
    body = (
        f"<header><h1>H</h1></header><figure>{SVG}<p>c</p></figure><p>a <strong>b</strong><br/><em>c</em> <b></b></p>"
    )
    assert shape(tree(body)) == "Part(Div(H1) Div(Figure P) P)"


def test_a_figure_stands_where_it_is_drawn():
    """In points, from the lower left corner of its page."""
    pdf = finished(f"<p>{'x ' * 30}</p>{SVG}")
    figure = read(pdf).below("Figure")[0].element
    box = [float(edge) for edge in figure.A.BBox]
    assert str(figure.Alt) == "Two of three"
    assert box[0] == pytest.approx(30)
    assert (box[2] - box[0], box[3] - box[1]) == (pytest.approx(30), pytest.approx(20))
    assert 30 < box[1] < box[3] < 250


def test_links_are_described_by_title_or_words():
    """Also inside the document, also where an address was written in another way."""
    body = """<p id="here"><a href="https://example.org/a?b=1&amp;c=%C3%BC">A <b>long</b>
    report</a> <a href="https://example.org/\u00e4" title="In words">x</a> <a href="#here">Up</a></p>"""
    pdf = finished(body)
    links = [each for one in pdf.pages for each in one.Annots]
    assert [str(each.Contents) for each in links] == [
        *["A long report"] * 2,
        "In words",
        "Up",
    ]  # one goes on in a new line


def test_lists_tell_how_their_entries_are_told_apart():
    """Numbers, points, terms, or nothing."""
    body = """<ol><li>a</li></ol><ul><li>b</li><li>c</li></ul><ul style="list-style: none"><li>d</li></ul>
    <dl><dt>t</dt><dd>e</dd><dd>f</dd><dt>u</dt></dl>"""
    root = tree(body)
    kinds = [str(node.element.A[0].ListNumbering) if "/A" in node.element else "" for node in root.kids]
    assert kinds == ["/Decimal", "/Disc", "", ""]
    assert shape(root.kids[3]) == "L(LI(Lbl LBody LBody) LI(Lbl))"


def test_what_a_page_break_parted_is_one_again():
    """Paragraph, list and its entry, section, table: each over two pages or more."""
    words = "word " * 250
    body = (
        f"<section><p>{words}</p></section><ul><li>a</li><li>{words}</li><li>b</li></ul><section>{rows(40)}</section>"
    )
    assert shape(tree(body)) == (
        f"Part(Sect(P) L(LI(Lbl LBody) LI(Lbl LBody) LI(Lbl LBody)) Sect(Table(THead(TR(TH TH TH)) TBody({' '.join(['TR(TH TD TD)'] * 40)}))))"
    )


def test_a_table_whose_first_row_leaves_no_room_for_its_heads_has_them_all_the_same():
    """The printer leaves out heads where they do not fit; cells find them nevertheless."""
    root = tree(f"<p>{'word ' * 60}</p>" + rows(3, "<td>" + "long " * 200 + "</td><td>{0}</td>") + rows(4))
    for table in root.below("Table"):
        assert [kid.role for kid in table.kids] == ["THead", "TBody"]
        heads = {bytes(head.element.ID): head for head in table.kids[0].below("TH")}
        for cell in table.below("TD"):
            named = [heads[name] for name in map(bytes, cell.element.A.Headers) if name in heads]
            assert [head.parent.kids.index(head) for head in named] == [cell.parent.kids.index(cell)]


def test_tables_beside_each_other_stay_two():
    """Same heads, nothing between them, and a page break where one ends."""
    root = tree(rows(8) + rows(3) + rows(30) + rows(1))
    assert [len(table.below("TR")) - 1 for table in root.below("Table")] == [8, 3, 30, 1]


def test_without_the_page_tags_are_mended_as_far_as_they_can_be():
    """A print alone does not tell which of its tables are one."""
    html = page(rows(40))
    alone = read(pikepdf.open(io.BytesIO(finish(print_(html), MARKS))))
    tables = alone.below("Table")
    assert len(tables) > 1
    assert {
        str(head.element.A.Scope if "/O" in head.element.A else head.element.A[0].Scope) for head in alone.below("TH")
    } == {"/Column", "/Row"}
    assert len(name_tree(alone.element.IDTree)) == len(alone.below("TH"))


# --- alignment --------------------------------------------------------------------------------------------------


def blocks(words: str) -> Iterator[Block]:
    """`P1 T1:5`: roles, each with its page and, after a colon, its entries."""
    for word in words.split():
        kind, _, entries = word.partition(":")
        role = {"T": "Table", "F": "Figure"}.get(kind[0], kind[0])
        yield Block(role, None, (), int(entries or 0), (int(kind[1:] or 0), 0))


@pytest.mark.parametrize(
    ("written", "printed", "found"),
    [
        ("P H P", "P1 H1 P1", [1, 1, 1]),
        ("P H P", "P1 P2 H2 P2", [2, 1, 1]),
        ("P P H", "P1 P1 P2 H2", [1, 2, 1]),
        ("T:9 T:3", "T1:4 T2:5 T2:1 T3:2", [2, 2]),
        ("T:9 T:3", "T1:4 T2:6 T2:1 T3:2", [2, 2]),  # a row went on, too
        ("F F", "F1 F2", [1, 1]),
        ("P P P", "P1 P2 P3 P4", [1, 0, 1]),  # which of the three went on is not told
        ("P", "P1 P1", [0]),  # nothing ends a page here: it is another page that was printed
        ("P H", "P1", [0, 0]),
        ("", "", []),
    ],
)
def test_pieces_are_joined_only_where_there_is_one_way(written, printed, found):
    """Better two pieces than two things made one."""
    assert [len(parts) for parts in pieces(list(blocks(written)), list(blocks(printed)))] == found


def test_hostile_words_in_marks_do_not_leave_their_place():
    """A name that looks like metadata is a name."""
    name = "</sca:subject><sca:sha256>" + "f" * 64 + "</sca:sha256> ]]> <?xpacket end='r'?>"
    html = page(f"<p>{escape(name)}</p>")
    made = finish(print_(html), Marks(**{**vars(MARKS), "subject": name}), html)
    assert properties(pikepdf.open(io.BytesIO(made)))["sca:subject"] == name
    assert made.count(b"<sca:sha256>") == 1
