"""The data package: it describes every input file, agrees with the models, and other tools find it valid."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system

from scaudit.contract import TABLES
from scaudit.models import load_models
from scaudit.project import find_project

REPOSITORY = Path(__file__).resolve().parents[1]
INPUTS = REPOSITORY / "inputs"


@pytest.fixture(scope="module")
def resources() -> dict[str, dict[str, Any]]:
    package = json.loads((INPUTS / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def report(folder: Path) -> Any:
    with system.use_context(trusted=True):
        return Package(str(folder / "datapackage.json")).validate()


def test_every_input_file_is_described(resources: dict[str, dict[str, Any]]) -> None:
    """Each CSV file has a resource with the columns of its header, in that order."""
    assert sorted(resource["path"] for resource in resources.values()) == sorted(p.name for p in INPUTS.glob("*.csv"))
    for resource in resources.values():
        with (INPUTS / resource["path"]).open(newline="", encoding="utf-8") as file:
            assert [field["name"] for field in resource["schema"]["fields"]] == next(csv.reader(file))


def test_the_package_agrees_with_the_models(resources: dict[str, dict[str, Any]]) -> None:
    """Descriptions, mandatory values and lists of words are those of schemas/, so that there is one truth."""
    models = load_models(find_project(REPOSITORY))
    for name, resource in resources.items():
        for field in resource["schema"]["fields"]:
            column, constraints = models[name].columns[field["name"]], field.get("constraints", {})
            assert field["description"] == column.description
            assert constraints.get("required", False) is not column.nullable
            errors = [str(check.error) for check in column.checks]
            words = [error.partition(": ")[2] for error in errors if error.startswith("E104 must be one of")]
            assert ([", ".join(constraints["enum"])] if "enum" in constraints else []) == words
            lists = [error.partition(": ")[2].split(", ") for error in errors if error.startswith("E104 must be words")]
            assert all(set(words) == set(re.findall("[a-z_]+", constraints["pattern"])) for words in lists)


def test_keys_are_those_of_the_contract(resources: dict[str, dict[str, Any]]) -> None:
    """The primary key of each resource is the key by which the engine finds repeats."""
    for name, resource in resources.items():
        key = resource["schema"]["primaryKey"]
        assert ((key,) if isinstance(key, str) else tuple(key)) == TABLES[name].key


def test_the_guide_explains_every_column(resources: dict[str, dict[str, Any]]) -> None:
    """inputs/README.md has a section for every table and a line for every column."""
    sections = (INPUTS / "README.md").read_text(encoding="utf-8").split("\n## ")
    for table in TABLES.values():
        section = next(text for text in sections if text.startswith(f"{table.name}.csv"))
        assert all(f"\n| `{column}`" in section for column in table.columns)


def test_frictionless_finds_the_inputs_valid() -> None:
    """A stranger's tool takes the package and all its files."""
    result = report(INPUTS)
    assert result.valid, result.flatten(["type", "fieldName", "rowNumber", "note"])[:5]


@pytest.mark.parametrize(
    ("table", "line", "error"),
    [
        ("responsibilities", "NOWHERE/R1,DHS", "foreign-key"),
        ("viewpoints", "x,X,press wish,", "constraint-error"),
        ("viewpoints", "x,X,,OIG-12-66;OIG-12-64", "constraint-error"),
        ("statistics", "x,nothing,2012,2012,Here,1,exact,,,people,,OIG-12-66,,", "foreign-key"),
        ("statistics", "x,ice_removals_total,2012,2012,Here,many,exact,,,removals,,OIG-12-66,,", "type-error"),
        ("statistics", "x,ice_removals_total,2012,2012,Here,1,roughly,,,removals,,OIG-12-66,,", "constraint-error"),
        ("series", "x,X,One.,souls,count,,,,,,,", "constraint-error"),
        ("series", "x,X,One.,people,count,,,planted,,,,", "foreign-key"),
        ("replies", "x,LETTER/X,ICE,2027,Planted.,OIG-12-66,", "foreign-key"),
        ("stakeholders", "x,X,email,x@example.org,all,both,weekly,true,,,", "constraint-error"),
        ("stakeholders", "x,X,email,X <x@example.org>,all,both,only_changes,true,,,", "constraint-error"),
        ("stakeholders", "x,X,email,x@example.org,all,both,only_changes,true,NOBODY,,", "foreign-key"),
        ("definitions", "x,y,ICE,2012,,offence,weed|,Planted.,OIG-12-66,", "constraint-error"),
    ],
)
def test_frictionless_finds_a_bad_line(tmp_path: Path, table: str, line: str, error: str) -> None:
    """The rules of the package are live: an unknown criterion, kind or separator is an error there too."""
    for path in [*INPUTS.glob("*.csv"), INPUTS / "datapackage.json"]:
        shutil.copy(path, tmp_path)
    path = tmp_path / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert [row[0] for row in report(tmp_path).flatten(["type"])] == [error]
