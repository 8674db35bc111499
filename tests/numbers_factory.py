"""Invented figures (SYNTHETIC) for what the numbers say: series, groups, versions, sources, events, funnels."""

from datetime import date, timedelta
from typing import Any

from scorecard_factory import some_results

DAY = date(2016, 6, 15)


def month(number: int, first: int = 2013) -> tuple[date, date]:
    """The days of a month, counted from January of `first`."""
    begins = date(first + number // 12, number % 12 + 1, 1)
    return begins, (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def year(number: int) -> tuple[date, date]:
    """A fiscal year that ends with September."""
    return date(number - 1, 10, 1), date(number, 9, 30)


def measured(indicator_id: str, **changes: Any) -> dict[str, Any]:
    """An indicator that is a share of loads, by month."""
    row = {
        "indicator_id": indicator_id, "title": "Share of loads that arrived warm (invented)",
        "counts": "one load that was followed from depot to school; loads that were sent back are left out",
        "unit": "percent", "kind": "share", "numerator": "loads above the limit", "denominator": "all loads followed",
        "population": "loads of the six depots", "by": "", "period": "month", "term": "", "better": "lower", "note": "",
        "bears_on": ["SYN-1/R1.c", "PLEA/II.f"], "source_ids": ["FOLLOWUP"], "synthetic": False, "missing": "",
    }  # fmt: skip
    return {**row, **changes}


def figure(indicator_id: str, period: tuple[date, date], value: float | None, **changes: Any) -> dict[str, Any]:
    """One figure of an indicator; a share has its interval and N where `n` is given."""
    row = {
        "indicator_id": indicator_id, "version": None, "period_from": period[0], "period_to": period[1], "grp": "",
        "numerator": None, "denominator": None, "value": value, "low": None, "high": None, "n": None, "in_force": True,
        "suppressed": False, "bound": "exact", "source_ids": [],
    }  # fmt: skip
    return {**row, **changes}


def share(indicator_id: str, period: tuple[date, date], value: float, n: int, **changes: Any) -> dict[str, Any]:
    """A share that was counted, with an interval that is plausible for its N."""
    wide = 1.96 * (value * (1 - value) / n) ** 0.5
    parts = {"numerator": round(value * n), "denominator": n, "n": n, "low": value - wide, "high": value + wide}
    return figure(indicator_id, period, value, **{**parts, **changes})


def hidden(indicator_id: str, period: tuple[date, date], **changes: Any) -> dict[str, Any]:
    """A figure that is held back."""
    return {**figure(indicator_id, period, None, suppressed=True), **changes}


def event(indicator_id: str, **changes: Any) -> dict[str, Any]:
    """A share that falls clearly at the day, and nowhere else."""
    row = {
        "indicator_id": indicator_id, "grp": "", "day": DAY, "label": "Depots get thermometers", "before": 0.31,
        "after": 0.19, "n_before": 16_400, "n_after": 16_800, "difference": -0.12, "low": -0.15, "high": -0.09,
        "p_value": 0.0001, "changed_on": date(2016, 6, 1), "change_p": 0.005, "placebo_rank": 1, "placebo_days": 60,
        "detectable": 0.04,
    }  # fmt: skip
    return {**row, **changes}


def monthly() -> list[dict[str, Any]]:
    """Six years of shares that fall in June 2016, with a month missing and one held back."""
    values = [(0.30 if n < 41 else 0.18) + 0.02 * ((n * 7) % 5 - 2) / 2 for n in range(72)]
    return [
        hidden("warm", month(n)) if n == 50 else share("warm", month(n), value, 380 + n * 5)
        for n, value in enumerate(values)
        if n != 30
    ]


def grouped() -> list[dict[str, Any]]:
    """Eighteen depots over one period, one of them held back, and three far from the others."""
    sizes = [60, 75, 90, 120, 160, 210, 280, 350, 420, 560, 700, 900, 1200, 1500, 1900, 2400, 3100]
    shares = [0.22, 0.30, 0.2, 0.27, 0.24, 0.42, 0.25, 0.23, 0.27, 0.25, 0.33, 0.245, 0.26, 0.19, 0.25, 0.255, 0.248]
    period = (date(2013, 1, 1), date(2018, 12, 31))
    rows = [
        share("depots", period, value, n, grp=f"Depot {place:02} (invented)")
        for place, (n, value) in enumerate(zip(sizes, shares, strict=True), 1)
    ]
    return [*rows, hidden("depots", period, grp="Depot 18 (invented)"), share("depots", period, 0.2534, sum(sizes))]


def outliers() -> list[dict[str, Any]]:
    """Those of `grouped` that stand out."""
    names = ("grp", "numerator", "n", "value", "low", "high", "q_value")
    rows = [
        ("Depot 06 (invented)", 88, 210, 0.42, 0.165, 0.352, 0.00002),
        ("Depot 11 (invented)", 231, 700, 0.33, 0.203, 0.306, 0.0001),
        ("Depot 14 (invented)", 285, 1500, 0.19, 0.219, 0.289, 0.00004),
    ]
    return [{"indicator_id": "depots", "overall": 0.2534, **dict(zip(names, row, strict=True))} for row in rows]


def versions() -> list[dict[str, Any]]:
    """Loads turned back, counted by two versions of what is warm: one in force until 2015, the other since."""
    rows = []
    for number, (old, new) in enumerate(((820, 640), (870, 650), (910, 700), (960, 720), (1010, 760), (1100, 800))):
        period, since = year(2013 + number), number >= 3
        rows.append(figure("turned", period, old, n=old, version="over-8", in_force=not since))
        rows.append(figure("turned", period, new, n=new, version="over-5", in_force=since))
    return rows


def published() -> list[dict[str, Any]]:
    """What two releases of the Bureau say of the same years, as bounds where they are bounds."""
    first = [
        figure("loads", year(2013 + n), value, source_ids=["YEARBOOK"]) for n, value in enumerate((9800, 10400, 11000))
    ]
    later = [
        figure("loads", year(2014 + n), value, source_ids=["DIRECTIVE"])
        for n, value in enumerate((10100, 10900, 12100))
    ]
    later[-1]["bound"] = "more_than"
    later[0]["bound"] = "about"
    return first + later


def tables(**changes: Any) -> dict[str, Any]:
    """All tables of numbers."""
    made: dict[str, Any] = {
        "measured": [
            measured("warm"),
            measured("depots", title="Warm loads by depot (invented)", by="depot", period="whole", bears_on=["PLEA/II.d"]),
            measured("turned", title="Loads turned back (invented)", kind="count", unit="loads", numerator="", denominator="",
                     period="fiscal year", term="warm_load", better="none", bears_on=["SYN-1/R1.d", "PLEA/II.x1"],
                     source_ids=["RETEST"]),
            measured("loads", title="Loads sent, as published (invented)", kind="count", unit="loads", numerator="", denominator="",
                     period="fiscal year", better="none", bears_on=["SYN-1/R1.a", "PLEA/II.f"], source_ids=[]),
            measured("ill", title="Pupils who fell ill (invented)", kind="count", unit="pupils", numerator="", denominator="",
                     bears_on=["PLEA/II.f"], missing="records.school_nurses"),
        ],
        "figures": monthly() + grouped() + versions() + published(),
        "events": [event("warm")],
        "splits": [{"indicator_id": "turned", "grp": "", "version_from": "over-8", "version_to": "over-5",
                    "period_from": date(2012, 10, 1), "period_to": date(2017, 10, 1), "total": -20.0, "by_records": 220.0,
                    "by_definition": -240.0}],
        "versions": [
            {"term": "warm_load", "version": "over-8", "valid_from": None, "valid_to": date(2015, 9, 30),
             "rule": "A load is warm at more than 8 °C", "source_id": "REPORT"},
            {"term": "warm_load", "version": "over-5", "valid_from": date(2015, 10, 1), "valid_to": None,
             "rule": "A load is warm at more than 5 °C", "source_id": "DIRECTIVE"},
            {"term": "other", "version": "none", "valid_from": None, "valid_to": None, "rule": "Not used.", "source_id": "REPORT"},
        ],
        "outliers": outliers(),
        "disagreements": [
            {"family": "loads_sent", "geography": "Harbour county", "period_from": year(2014)[0], "period_to": year(2014)[1],
             "values": [10400.0, 10100.0], "bounds": ["exact", "about"], "series": ["loads_sent", "loads_dispatched"],
             "source_ids": ["YEARBOOK", "DIRECTIVE"]}],
    }  # fmt: skip
    return {key: tuple(value) for key, value in {**made, **changes}.items()}


def measured_results(**changes: Any):
    """The invented results with all numbers; `changes` replace whole tables."""
    return some_results(**{**tables(), **changes})
