"""Whether one evaluator marked a group's bids otherwise than the rest of the panel did. Only for the panel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np

from evaluator.equality.statistics.chance import LEVEL, false_discovery
from evaluator.equality.statistics.permutation import shuffled_groups
from evaluator.records.numbers import plain_decimal
from evaluator.records.results.equality import EvaluatorGap, Wording
from evaluator.records.submissions.evaluation import Bid, Evaluation
from evaluator.records.submissions.received import Table

FEWEST = 5  # answers' owners on either side for a comparison to be made at all
Residuals = Mapping[str, Mapping[str, Fraction]]  # by evaluator, then by bid or organisation


@dataclass(frozen=True)
class Side:
    """A group whose numbers are shown: its characteristic's title, its name and its bids."""

    characteristic: str
    name: str
    bids: tuple[Bid, ...]


def residuals(marks: Table) -> Residuals:
    """Give how far each evaluator's marks of a bid lie, on average, from the others' of the same answers.

    An answer that one evaluator marked alone says nothing here.
    """
    answers: dict[tuple[str, str], list[tuple[str, Fraction]]] = {}
    columns = (marks.columns.get(key, ()) for key in ("bid", "question", "evaluator", "mark"))
    for bid, question, who, text in zip(*columns, strict=True):
        mark = plain_decimal(text.strip())
        if mark is not None:
            answers.setdefault((bid.strip(), question.strip()), []).append((who.strip(), Fraction(mark)))
    found: dict[str, dict[str, list[Fraction]]] = {}
    for (bid, _), given in sorted(answers.items()):
        whole = sum((mark for _, mark in given), Fraction(0))
        for who, own in given if len(given) > 1 else ():
            found.setdefault(who, {}).setdefault(bid, []).append(own - (whole - own) / (len(given) - 1))
    return {
        who: {bid: sum(values, Fraction(0)) / len(values) for bid, values in bids.items()}
        for who, bids in sorted(found.items())
    }


def evaluator_gaps(evaluation: Evaluation, groups: Sequence[Side]) -> tuple[EvaluatorGap, ...]:
    """Compare each evaluator's distance from the panel on a group's bids with that on all others, by shuffled labels.

    Parameters
    ----------
    evaluation : with every evaluator's own marks as received.
    groups : those whose numbers may be shown.

    Returns
    -------
    a line for each evaluator and group with enough bids on both sides, the largest difference first.
    """
    themes = {bid.id: bid.theme for bid in evaluation.bids}
    found = [
        (who, *compared)
        for who, by_bid in residuals(evaluation.marks).items()
        for compared in _compared(by_bid, groups, themes)
    ]
    adjusted = false_discovery([p for *_, p in found])
    lines = [
        EvaluatorGap(who, side.characteristic, side.name, number, round(gap * 100) * Fraction(1, 100), _word(p))
        for (who, side, number, gap, _), p in zip(found, adjusted, strict=True)
    ]
    return tuple(sorted(lines, key=lambda one: (-abs(one.difference), one.evaluator, one.characteristic, one.group)))


def _compared(
    by_bid: Mapping[str, Fraction], groups: Sequence[Side], themes: Mapping[str, str]
) -> list[tuple[Side, int, Fraction, Fraction]]:
    """Compare one evaluator's distance from the panel on each group's bids with that on the others', within themes."""
    order = sorted(by_bid, key=lambda name: (themes.get(name, ""), name))
    sides = []
    for side in groups:
        owners = {name for bid in side.bids for name in (bid.id, bid.organisation)}
        ours = [name in owners for name in order]
        if min(sum(ours), len(ours) - sum(ours)) >= FEWEST:
            sides.append((side, ours))
    if not sides:
        return []
    sizes = [len(list(names)) for _, names in groupby(order, key=lambda name: themes.get(name, ""))]
    values = np.array([[float(by_bid[name])] for name in order])
    members = np.array([ours for _, ours in sides], dtype=np.int64).T
    (p_values,) = shuffled_groups(sizes, values, members)
    return [
        (side, sum(ours), _gap([by_bid[name] for name in order], ours), p)
        for (side, ours), p in zip(sides, p_values, strict=True)
    ]


def _gap(values: Sequence[Fraction], ours: Sequence[bool]) -> Fraction:
    sums = {True: Fraction(0), False: Fraction(0)}
    for value, own in zip(values, ours, strict=True):
        sums[own] += value
    return sums[True] / sum(ours) - sums[False] / (len(ours) - sum(ours))


def _word(p: Fraction) -> Wording:
    return Wording.UNLIKELY_CHANCE if p <= LEVEL else Wording.COULD_BE_CHANCE
