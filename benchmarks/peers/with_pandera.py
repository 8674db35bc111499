"""A registry read and checked with pandas and pandera.pandas: `python with_pandera.py PROJECT FAULTS`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from frames import ALL, Faults, check_across, lines, read, typed
from rules import TABLES, Rule


def _check(rule: Rule) -> pa.Check:
    if rule.kind == "word":
        return pa.Check.isin(rule.limit, error=rule.code)
    if rule.kind == "longest":
        return pa.Check.str_length(max_value=rule.limit, error=rule.code)
    if rule.kind == "match":
        return pa.Check(lambda text: text.str.contains(rule.limit), error=rule.code)
    return pa.Check(lambda text: ~text.str.contains(rule.limit), error=rule.code)


def schema(name: str) -> pa.DataFrameSchema:
    """The model of one table; columns that a file does not have are not asked for."""
    columns: dict[str, pa.Column] = {}
    for column in {rule.column for rule in TABLES[name]}:
        rules = [rule for rule in TABLES[name] if rule.column == column]
        given = any(rule.kind == "given" for rule in rules)
        checks = [_check(rule) for rule in rules if rule.kind != "given"]
        columns[column] = pa.Column(None, checks, nullable=not given, required=given)
    return pa.DataFrameSchema(columns)


def check_rows(name: str, frame: pd.DataFrame) -> Faults:
    faults = Faults()
    try:
        schema(name).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        cases["check"] = cases["check"].replace("not_nullable", "E101")
        for (column, code), found in cases.groupby(["column", "check"]):
            faults.add(pd.Index(found["index"].astype(int)), code, column)
    return faults


def main() -> None:
    project, told = Path(sys.argv[1]), []
    began = time.perf_counter()
    good: dict[str, pd.DataFrame] = {}
    loaded = held = 0
    for name in ALL:
        frame = read(project, name)
        faults = check_rows(name, frame)
        check_across(name, frame, good, faults)
        good[name], good[f"raw {name}"] = typed(name, frame, faults), frame
        loaded, held = loaded + len(good[name]), held + len(faults.rows)
        told += lines(name, frame, faults)
    seconds = time.perf_counter() - began
    Path(sys.argv[2]).write_text("\n".join(sorted(told)) + "\n", encoding="utf-8")
    print(json.dumps({"seconds": seconds, "loaded": loaded, "quarantined": held}))


if __name__ == "__main__":
    main()
