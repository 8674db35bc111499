"""Decomposition: how much of a change is a change of what happened, and how much a change of what is counted."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Split:
    """A change in two parts that add up to it."""

    records: float
    definition: float


@dataclass(frozen=True)
class Decomposition:
    """A change between two periods under two definitions, in both orders and their mean.

    `records_first` lets the records change under the old definition and then changes the definition on the new records;
    `definition_first` changes the definition on the old records first. Where the two differ (by `interaction`) neither
    is the true one; `mean` gives each part its mean over both orders.
    """

    total: float
    records_first: Split
    definition_first: Split
    mean: Split
    interaction: float


def decompose(old_records: tuple[float, float], new_records: tuple[float, float]) -> Decomposition:
    """Split the change from old records under the old definition to new records under the new one.

    Each pair is the same records' figure (a count, a share) under the old and under the new definition. The mean is the
    Shapley value of the two causes: Shorrocks, Journal of Economic Inequality 11 (2013) 99-126; for two factors it is
    Kitagawa's decomposition, JASA 50 (1955) 1168-1194.
    """
    (old_old, old_new), (new_old, new_new) = old_records, new_records
    records_first = Split(new_old - old_old, new_new - new_old)
    definition_first = Split(new_new - old_new, old_new - old_old)
    mean = Split(
        (records_first.records + definition_first.records) / 2,
        (records_first.definition + definition_first.definition) / 2,
    )
    interaction = new_new - new_old - old_new + old_old
    return Decomposition(new_new - old_old, records_first, definition_first, mean, interaction)
