"""The models of the tables: complete, described, and strict about what a cell may hold."""

from __future__ import annotations

import sys
from pathlib import Path

import pandera.polars as pa
import polars as pl
import pytest

from scaudit.constraints import (
    barred_lists,
    identifiers,
    is_partial_date,
    no_less_than_nothing,
    numbers,
    visible,
    web_addresses,
    whole_numbers,
)
from scaudit.contract import TABLES
from scaudit.errors import ProjectError
from scaudit.models import load_models
from scaudit.project import find_project

REPOSITORY = Path(__file__).resolve().parents[1]


def judged(check: object, value: str) -> bool:
    """Whether a model with one column and one check takes a value."""
    model = type("Model", (pa.DataFrameModel,), {"__annotations__": {"cell": str}, "cell": pa.Field(), "rule": check})
    try:
        model.to_schema().validate(pl.DataFrame({"cell": [value]}), lazy=True)
    except pa.errors.SchemaErrors:
        return False
    return True


def test_every_column_of_the_contract_is_described() -> None:
    """Each model has the contract's columns, in its order, and says what each means."""
    models = load_models(find_project(REPOSITORY))
    for table in TABLES.values():
        assert tuple(models[table.name].columns) == table.columns
        assert all(column.description for column in models[table.name].columns.values())
        assert models[table.name].description or models[table.name].name


def test_every_check_has_a_code() -> None:
    """The text of each check begins with a stable code and a plain reason."""
    for schema in load_models(find_project(REPOSITORY)).values():
        for column in schema.columns.values():
            assert all(str(check.error)[:2] == "E1" and check.error[4] == " " for check in column.checks)


def test_loading_leaves_nothing_behind(small_project: Path) -> None:
    """Loading models changes neither the import path nor the project's folder."""
    before = list(sys.path), set(sys.modules)
    load_models(find_project(small_project))
    assert (list(sys.path), {name for name in set(sys.modules) - before[1] if "schema_" in name}) == (
        before[0],
        set(),
    )
    assert not (small_project / "schemas/__pycache__").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name", "title", "lacks the column name"),
        ("class Bodies", "class Bodies(", "cannot be loaded"),
        ("class Bodies", "raise SystemExit(5)\n\n\nclass Bodies", "cannot be loaded .SystemExit: 5"),
        ("class Bodies(pa.DataFrameModel)", "class Bodies", "must hold one model class, and holds 0"),
        ("    ids =", "    class Config:\n        coerce = True\n\n    ids =", "sets coerce"),
    ],
)
def test_a_model_that_does_not_fit_is_one_sentence(small_project: Path, old: str, new: str, message: str) -> None:
    """A model that is broken, short of a column, or changes values stops the run."""
    path = small_project / "schemas/bodies.py"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(ProjectError, match=message):
        load_models(find_project(small_project))


def test_a_missing_model_is_one_sentence(small_project: Path) -> None:
    """A table without a model cannot be checked."""
    (small_project / "schemas/bodies.py").unlink()
    with pytest.raises(ProjectError, match=r"There is no schemas/bodies.py"):
        load_models(find_project(small_project))


@pytest.mark.parametrize("value", ["2011", "2011-07", "2011-07-22", "2012-02-29", "1900", "2100-12-31"])
def test_dates_and_spans_are_taken(value: str) -> None:
    """A day, a month and a year are dates."""
    assert is_partial_date(value)


@pytest.mark.parametrize("value", ["1899", "2101", "2011-13", "2011-02-29", "2011-W01", "20110722", "2011-7-2", ""])
def test_what_is_no_date_is_refused(value: str) -> None:
    """Only real days of 1900 to 2100 in the three forms are dates."""
    assert not is_partial_date(value)


@pytest.mark.parametrize("value", ["A", "OIG-12-66/R1.a", "a_b/c.d-e", "x" * 100])
def test_safe_ids_are_taken(value: str) -> None:
    """Ids with letters, digits and . / _ - can name files."""
    assert judged(identifiers("cell"), value)


@pytest.mark.parametrize(
    "value", ["", " ", "a b", "../a", "a/../b", "/a", "a/", ".a", "a.", "a//b", "a\n", "é", "x" * 101, "a\\b"]
)
def test_unsafe_ids_are_refused(value: str) -> None:
    """Nothing that could leave a folder, hide a file or break a name is an id."""
    assert not judged(identifiers("cell"), value)


@pytest.mark.parametrize(
    "value",
    ["\x00", "\x1b[31m", "\u200b", "\u202e", "\ufeff", "\u2066", "\x85", "\u00ad", "\u3164", "\u2800", "\U000e0041"],
)
def test_hidden_signs_are_refused(value: str) -> None:
    """Control, zero-width and bidirectional characters are faults; letters of any script are not."""
    assert not judged(visible("cell"), f"text {value}")
    assert judged(visible("cell"), "Señor, “well”\n\té 中 العربية")


def test_numbers_and_addresses() -> None:
    """Whole numbers have bounds, and only web addresses are addresses."""
    assert [judged(whole_numbers(1, 12, "cell"), v) for v in ("1", "12", "13", "-1", "1.5", "٣")] == [True] * 2 + [
        False
    ] * 4
    assert [judged(whole_numbers(1, 12, "cell"), v) for v in ("12.0", "12.5", "13.0", ".0")] == [True] + [False] * 3
    taken = [judged(web_addresses("cell"), v) for v in ("https://a.org/b", "javascript:x", "https://", "http://a b")]
    assert taken == [True, False, False, False]


@pytest.mark.parametrize("value", ["0", "12", "-30", "47.7", "12.0", "0.15", "200000000", "-0.5"])
def test_numbers_are_taken(value: str) -> None:
    """Decimals with a point, and a minus or none."""
    assert judged(numbers("cell"), value)
    assert judged(no_less_than_nothing("cell"), value) is not value.startswith("-")


@pytest.mark.parametrize(
    "value", ["", "-", "1,5", "1 000", "1_000", "1e6", "+1", ".5", "5.", "1.2.3", "٣", "9" * 16, "1\n"]
)
def test_what_is_no_number_is_refused(value: str) -> None:
    """Nothing that a reader or a program could take for another number."""
    assert not judged(numbers("cell"), value)


def test_lists_with_bars() -> None:
    """Something stands before and after each bar."""
    taken = [
        judged(barred_lists("cell"), value) for value in ("a", "a|b", "a b | c", "", "|", "a|", "|a", "a||b", "a| ")
    ]
    assert taken == [True] * 3 + [False] * 6
