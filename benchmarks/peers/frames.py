"""What both peers share: pandas reads the files, and checks across rows and tables; both libraries look at rows alone.

Written as somebody would who knows pandas well: text as Arrow strings, whole columns at a time, and the costly rules
only on the rows that can break them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from rules import KEYS, MOST, OWN_REFERENCES, REFERENCES, TABLES


@dataclass
class Faults:
    """The faults of one table: pairs of row and code, and the columns that have one."""

    pairs: list[pd.DataFrame] = field(default_factory=list)
    by_column: dict[str, list[pd.Index]] = field(default_factory=dict)

    def add(self, rows: pd.Index, code: str, column: str) -> None:
        if len(rows):
            self.pairs.append(pd.DataFrame({"row": rows, "code": code}))
            self.by_column.setdefault(column, []).append(rows)

    @property
    def rows(self) -> pd.Index:
        """The rows that have a fault."""
        return pd.Index(pd.unique(pd.concat([one["row"] for one in self.pairs]))) if self.pairs else pd.Index([])

    def of(self, column: str) -> pd.Index:
        """The rows that have a fault in one column."""
        found = self.by_column.get(column, [])
        return found[0].append(found[1:]) if found else pd.Index([])


def files(project: Path, table: str) -> list[Path]:
    folder = project / "inputs" / table
    return sorted(folder.glob("*.csv")) if folder.is_dir() else [project / "inputs" / f"{table}.csv"]


def read(project: Path, table: str) -> pd.DataFrame:
    """All rows of a table as text, with file and line."""
    parts = []
    for path in files(project, table):
        part = pd.read_csv(path, dtype=str, engine="pyarrow", keep_default_na=False, na_values=[""])
        part["_file"] = path.relative_to(project).as_posix()
        part["_row"] = range(2, len(part) + 2)
        parts.append(part)
    frame = pd.concat(parts, ignore_index=True)
    frame["_file"] = frame["_file"].astype("category")
    return frame


def days(text: pd.Series, last: bool) -> pd.Series:
    """The first or the last day of what is known of a date; nothing where the text is no date."""
    size = text.str.len()
    found = pd.to_datetime(text.where(size == 10), format="%Y-%m-%d", errors="coerce")
    for width, form, end in ((7, "%Y-%m", pd.offsets.MonthEnd(0)), (4, "%Y", pd.offsets.YearEnd(0))):
        part = text[size == width]
        if len(part):
            begun = pd.to_datetime(part, format=form, errors="coerce")
            found.loc[part.index] = begun + end if last else begun
    return found


def check_across(name: str, frame: pd.DataFrame, good: dict[str, pd.DataFrame], faults: Faults) -> None:
    """Keys, references, order of days, and rows that are more than can be weighed; adds to what is found already."""
    _keys(name, frame, faults)
    for column, parent, key in REFERENCES[name]:
        known, clean = good[f"raw {parent}"][key], good[parent][key]
        lost = frame[column].notna() & ~frame[column].isin(clean)
        lost &= ~frame.index.isin(faults.of(column))
        held = lost & frame[column].isin(known)
        faults.add(frame.index[held], "E203", column)
        faults.add(frame.index[lost & ~held], "E202", column)
    _order(name, frame, good, faults)
    if name in MOST:
        column, most = MOST[name]
        sound = frame.loc[~frame.index.isin(faults.rows), column].dropna()
        faults.add(sound.index[sound.map(sound.value_counts()) > most], "E316", column)
    if name in OWN_REFERENCES:
        _own_references(frame, *OWN_REFERENCES[name], faults)


def _keys(name: str, frame: pd.DataFrame, faults: Faults) -> None:
    key = KEYS[name]
    shared = frame[frame.duplicated(key, keep=False) & frame[key[0]].notna()]
    columns = [column for column in frame.columns if not column.startswith("_")]
    for _, rows in shared.groupby(key, dropna=False):
        if len(rows[columns].drop_duplicates()) > 1:
            faults.add(rows.index, "E201", key[0])
        else:
            faults.add(rows.index[1:], "repeat", key[0])


def _order(name: str, frame: pd.DataFrame, good: dict[str, pd.DataFrame], faults: Faults) -> None:
    if name == "recommendations":
        wrong = days(frame["response_on"], last=True) < days(frame["issued_on"], last=False)
        faults.add(frame.index[wrong], "E301", "response_on")
        sound = frame.loc[~frame.index.isin(faults.rows), "item_id"]
        faults.add(sound.index[sound.str.lower().duplicated()], "E206", "item_id")
        faults.add(frame.index[frame["item_id"].isin(["all", "overview"])], "E207", "item_id")
    elif name == "criteria":
        wrong = days(frame["window_to"], last=True) < days(frame["window_from"], last=False)
        faults.add(frame.index[wrong], "E302", "window_to")
    elif name == "evidence":
        _order_of_evidence(frame, good, faults)


def _order_of_evidence(frame: pd.DataFrame, good: dict[str, pd.DataFrame], faults: Faults) -> None:
    begins = days(frame["event_from"], last=False)
    faults.add(frame.index[days(frame["event_to"], last=True) < begins], "E303", "event_to")
    published = good["sources"].set_index("source_id")["published_on"]
    recorded = days(frame["recorded_on"], last=True)
    recorded = recorded.fillna(frame.loc[recorded.isna(), "source_id"].map(days(published, last=True)))
    faults.add(frame.index[(recorded < begins) & (frame["tense"] != "promise")], "E304", "recorded_on")
    replacing = frame.loc[frame["replaces"].notna() & frame["criterion_id"].notna(), ["replaces", "criterion_id"]]
    replaced = frame.loc[frame["evidence_id"].isin(replacing["replaces"]) & frame["criterion_id"].notna()]
    same = pd.MultiIndex.from_frame(replaced[["evidence_id", "criterion_id"]])
    strange = replacing["replaces"].isin(replaced["evidence_id"]) & ~pd.MultiIndex.from_frame(replacing).isin(same)
    faults.add(replacing.index[strange], "E205", "replaces")


def _own_references(frame: pd.DataFrame, column: str, key: str, faults: Faults) -> None:
    """Circles; then what names a row that is missing or held, until no further row falls."""
    naming = frame.loc[frame[column].notna(), [key, column]]
    ending = naming
    while len(still := ending[ending[column].isin(ending[key])]) < len(ending):
        ending = still
    faults.add(ending.index, "E204", column)
    named = frame.loc[frame[key].isin(naming[column]), key]
    while True:
        bad = faults.rows
        sound = named[~named.index.isin(bad)]
        lost = naming[~naming[column].isin(sound) & ~naming.index.isin(faults.of(column))]
        if not len(lost):
            return
        held = lost[column].isin(named)
        faults.add(lost.index[held], "E203", column)
        faults.add(lost.index[~held], "E202", column)


def typed(name: str, frame: pd.DataFrame, faults: Faults) -> pd.DataFrame:
    """The rows without fault, with days as days where order was looked at: what somebody would go on with."""
    sound = frame[~frame.index.isin(faults.rows)]
    if name == "evidence":
        spans = {column: days(sound[column], last=column != "event_from") for column in ("event_from", "event_to")}
        sound = sound.assign(**spans, recorded_on=days(sound["recorded_on"], last=True))
    return sound


def lines(name: str, frame: pd.DataFrame, faults: Faults) -> list[str]:
    """The faults as lines of table, file, line of the file and code: what all that are measured must agree in."""
    if not faults.pairs:
        return []
    pairs = pd.concat(faults.pairs).drop_duplicates()
    places = frame.loc[pairs["row"], ["_file", "_row"]]
    rows = zip(places["_file"], places["_row"], pairs["code"], strict=True)
    return [f"{name},{file},{row},{code}" for file, row, code in rows]


ALL = list(TABLES)
