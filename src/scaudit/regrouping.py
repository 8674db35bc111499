"""Regrouping: the page of a group of items, held against its own grounds, or where it has none against its own data."""

from collections.abc import Mapping
from typing import Any

from scaudit.differing import between
from scaudit.results import Results
from scaudit.scorecard.group_files import group_substance
from scaudit.scorecard.group_json import SCHEMA, group_json
from scaudit.scorecard.groups import MANY, Group, groups
from scaudit.scorecard.statuses import statuses
from scaudit.scorecard.tallies import counts

SCORED = ("schema", "as_of", "known_on", "ruleset", "bodies", "since", "counts", "items")
"""What of a group's data follows from its grounds. To which programme an item belongs is not scored."""
NAMES = {"body": "The page of the body", "programme": "The page of the programme"}


def is_group(said: Any) -> bool:
    """Whether the data are those of a group."""
    return isinstance(said, dict) and said.get("schema") == SCHEMA


def carries_grounds(said: Mapping[str, Any]) -> bool:
    """Whether a page on so many items carries what was scored."""
    return len(said["items"]) <= MANY


def subject(said: Mapping[str, Any]) -> str:
    """The name of the document that these data are of."""
    return _group(said).subject


def substance(said: Mapping[str, Any]) -> str | None:
    """The digest of what a page says; None for one on all items, which tells of more than its data."""
    return group_substance(said) if said["group"]["by"] != "all" else None


def differences(said: Mapping[str, Any], table: bytes, results: Results) -> list[str]:
    """Where the data of a group and its table are not what these results, of its grounds scored again, give."""
    group = _group(said)
    again = group_json(results, group)
    found = [f"{', '.join(sorted(item['item_id'] for item in results.items))} are the items of its grounds"]
    if sorted(group.items) == sorted(item["item_id"] for item in results.items):
        found = (
            [] if group.by != "body" or group in groups(results, ["body"]) else ["not every item is one of the body"]
        )
    found += between("", _scored(said), _scored(again))
    return found + ([] if table == statuses(said).encode() else ["statuses.csv has other lines"])


def recount(said: Mapping[str, Any], table: bytes) -> list[str]:
    """Where what is counted of a large group, or its table, is not what its own items give."""
    found = list(between("counts", said["counts"], counts(said["items"], said)))
    return found + ([] if table == statuses(said).encode() else ["statuses.csv has other lines"])


def _group(said: Mapping[str, Any]) -> Group:
    about = said["group"]
    return Group(about["by"], about["id"], about["name"], tuple(item["id"] for item in said["items"]))


def _scored(told: Mapping[str, Any]) -> dict[str, Any]:
    part = {name: told[name] for name in SCORED}
    part["items"] = [_without_programme(item) for item in told["items"]]
    return part


def _without_programme(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "programme"}
