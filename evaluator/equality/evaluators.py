"""Whether one evaluator marked a group's bids otherwise than the rest of the panel did. Only for the panel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.equality.chance import LEVEL, false_discovery
from evaluator.equality.permutation import Shuffled, Stratum, label_permutation
from evaluator.equality.points import whole_numbers
from evaluator.records.equality import EvaluatorGap, Wording
from evaluator.records.evaluation import Bid, Evaluation
from evaluator.records.numbers import plain_decimal
from evaluator.records.received import Table

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
    found: list[tuple[str, Side, int, Fraction, Fraction]] = []
    for who, by_bid in residuals(evaluation.marks).items():
        for side in groups:
            owners = {name for bid in side.bids for name in (bid.id, bid.organisation)}
            ours = [bid for bid in by_bid if bid in owners]
            theirs = [bid for bid in by_bid if bid not in owners]
            if min(len(ours), len(theirs)) >= FEWEST:
                gap = _mean(by_bid, ours) - _mean(by_bid, theirs)
                found.append((who, side, len(ours), gap, _p(by_bid, ours, theirs, themes).p))
    adjusted = false_discovery([p for *_, p in found])
    lines = [
        EvaluatorGap(who, side.characteristic, side.name, number, round(gap * 100) * Fraction(1, 100), _word(p))
        for (who, side, number, gap, _), p in zip(found, adjusted, strict=True)
    ]
    return tuple(sorted(lines, key=lambda one: (-abs(one.difference), one.evaluator, one.characteristic, one.group)))


def _mean(values: Mapping[str, Fraction], names: Sequence[str]) -> Fraction:
    return sum((values[name] for name in names), Fraction(0)) / len(names)


def _p(
    by_bid: Mapping[str, Fraction], ours: Sequence[str], theirs: Sequence[str], themes: Mapping[str, str]
) -> Shuffled:
    whole, _ = whole_numbers(by_bid[name] for name in (*ours, *theirs))
    values = dict(zip((*ours, *theirs), whole, strict=True))
    strata: dict[str, tuple[list[int], list[int]]] = {}
    for at, names in enumerate((ours, theirs)):
        for name in names:
            strata.setdefault(themes.get(name, ""), ([], []))[at].append(values[name])
    return label_permutation([Stratum(tuple(a), tuple(b)) for _, (a, b) in sorted(strata.items())])


def _word(p: Fraction) -> Wording:
    return Wording.UNLIKELY_CHANCE if p <= LEVEL else Wording.COULD_BE_CHANCE
