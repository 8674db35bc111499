"""The people of the drill: stakeholders of every kind, by email and by folder."""

HEADER = "stakeholder_id,name,channel,address,items,what,occasion,active\n"
PEOPLE = (
    ("A", "email", "a@example.org", "both", "every_edition"),
    ("B", "folder", "b", "both", "every_edition"),
    ("C", "email", "c@example.org", "cards", "only_changes"),
    ("D", "folder", "d", "cards", "only_changes"),
    ("E", "email", "e@example.org", "both", "only_changes"),
    ("F", "email", "f@example.org", "overview", "every_edition"),
)


def address(key: str) -> str:
    """Where somebody gets what is theirs."""
    return next(place for name, _, place, *_ in PEOPLE if name == key)
