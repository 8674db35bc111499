"""Arrivals: a person's word that a mail has arrived of which nobody knew whether it did."""

from collections.abc import Sequence
from itertools import chain

from scaudit.deliveries import Delivery, past, record, standing
from scaudit.distributing import alone, resolve
from scaudit.errors import UsageError
from scaudit.posting import Clock
from scaudit.project import Project

SAID = "arrived, by the word of a person"


def arrived(project: Project, names: Sequence[str], reason: str, now: Clock) -> tuple[Delivery, ...]:
    """Write into the ledger that these deliveries have arrived, and how that is known; gives them as they stand then.

    Each is named by its id or its Message-ID. Raises UsageError, and writes nothing, where one is not in doubt.
    """
    with alone(project):
        resolve(project, now)
        every = standing(past(project.state))
        found = {one.last.delivery_id: one for one in (_doubtful(every, name) for name in names)}
        moment = now()
        told = (one.told("delivered", moment, f"{SAID}: {reason}") for one in found.values())
        record(project.state, list(chain.from_iterable(told)))
        return tuple(one for one in standing(past(project.state)) if one.last.delivery_id in found)


def _doubtful(every: Sequence[Delivery], name: str) -> Delivery:
    """The delivery of that name, which must be one of which nobody knows."""
    wanted = name.strip().strip("<>")
    found = next((one for one in every if wanted in (one.last.delivery_id, one.last.message_id.strip("<>"))), None)
    if found is None:
        raise UsageError(f"There is no delivery {name!r}; 'scaudit deliveries' lists them with their Message-IDs.")
    if found.state != "possibly delivered":
        raise UsageError(f"Delivery {name!r} is {found.state}; only of one possibly delivered can that be told.")
    return found
