"""A registry read and checked with Great Expectations on pandas: `python with_great_expectations.py PROJECT FAULTS`."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from frames import ALL, Faults, check_across, lines, read, typed
from rules import TABLES, Rule

WHOLE = {"result_format": "COMPLETE", "return_unexpected_index_query": False, "include_unexpected_rows": False}


def _expectation(rule: Rule) -> gxe.Expectation:
    meta = {"code": rule.code}
    if rule.kind == "given":
        return gxe.ExpectColumnValuesToNotBeNull(column=rule.column, meta=meta)
    if rule.kind == "word":
        return gxe.ExpectColumnValuesToBeInSet(column=rule.column, value_set=rule.limit, meta=meta)
    if rule.kind == "longest":
        return gxe.ExpectColumnValueLengthsToBeBetween(column=rule.column, max_value=rule.limit, meta=meta)
    if rule.kind == "match":
        return gxe.ExpectColumnValuesToMatchRegex(column=rule.column, regex=rule.limit, meta=meta)
    return gxe.ExpectColumnValuesToNotMatchRegex(column=rule.column, regex=rule.limit, meta=meta)


def check_rows(context: gx.data_context.EphemeralDataContext, name: str, frame: pd.DataFrame) -> Faults:
    rules = [rule for rule in TABLES[name] if rule.column in frame.columns]
    suite = gx.ExpectationSuite(name=name, expectations=[_expectation(rule) for rule in rules])
    asset = context.data_sources.add_pandas(name).add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe(name).get_batch(batch_parameters={"dataframe": frame})
    faults = Faults()
    for result in batch.validate(suite, result_format=WHOLE).results:
        about = result.expectation_config
        if result.exception_info.get("raised_exception"):
            raise RuntimeError(f"{name}: {about.type} {about.kwargs}: {result.exception_info}")
        rows = result.result.get("unexpected_index_list") or []
        faults.add(pd.Index(rows), about.meta["code"], about.kwargs["column"])
    return faults


def main() -> None:
    project, told = Path(sys.argv[1]), []
    began = time.perf_counter()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    good: dict[str, pd.DataFrame] = {}
    loaded = held = 0
    for name in ALL:
        frame = read(project, name)
        faults = check_rows(context, name, frame)
        check_across(name, frame, good, faults)
        good[name], good[f"raw {name}"] = typed(name, frame, faults), frame
        loaded, held = loaded + len(good[name]), held + len(faults.rows)
        told += lines(name, frame, faults)
    seconds = time.perf_counter() - began
    Path(sys.argv[2]).write_text("\n".join(sorted(told)) + "\n", encoding="utf-8")
    print(json.dumps({"seconds": seconds, "loaded": loaded, "quarantined": held}))


if __name__ == "__main__":
    main()
