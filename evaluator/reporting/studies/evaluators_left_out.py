"""Each evaluator left out in turn, for the robustness study: what averages come to without one, in lines and tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from evaluator.records.english import count_of
from evaluator.records.numbers import ratio_text
from evaluator.records.results.studies.robustness import Averaged, Robustness

AVERAGES = "Each evaluator left out in turn, on plain averages of the individual marks"
STANDS = (
    "What the panel agreed stands, and nothing published averages marks. This only shows how far each person’s marks "
    "carry: the averages of all evaluators’ marks beside those without one, each with everything else as published."
)
UNDECIDED = "no best set was proven"


@dataclass(frozen=True)
class WithoutLine:
    """One evaluator left out: how many answers that touches, whose rank moves, and whose award."""

    evaluator: str
    marked: str
    ranks: str
    furthest: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    note: str


def without_lines(study: Robustness) -> list[WithoutLine]:
    """Give a line for each evaluator left out, beside everybody's averages."""
    return [_line(study.averages[0], one) for one in study.averages[1:]]


def _line(everybody: Averaged, one: Averaged) -> WithoutLine:
    before = {bid: rank for _, bid, _, rank in everybody.places}
    after = {bid: rank for _, bid, _, rank in one.places}
    moved = {bid: abs(rank - before[bid]) for bid, rank in after.items() if rank and before[bid]}
    far = max(moved.values(), default=0)
    furthest = ", ".join(
        f"{bid} ({before[bid]} to {after[bid]})" for bid, by in sorted(moved.items()) if by == far and far
    )
    out = sorted(bid for bid, rank in after.items() if before[bid] and not rank)
    back = sorted(bid for bid, rank in after.items() if rank and not before[bid])
    notes = [f"{', '.join(out)} would be below a minimum"] if out else []
    notes += [f"{', '.join(back)} would no longer be below a minimum"] if back else []
    notes += [f"{count_of(one.alone, 'answer')} marked by nobody else kept as marked"] if one.alone else []
    decided = everybody.decided and one.decided
    notes += [] if decided else [UNDECIDED]
    gained = sorted(set(one.funded) - set(everybody.funded)) if decided else []
    lost = sorted(set(everybody.funded) - set(one.funded)) if decided else []
    count = f"{sum(by > 0 for by in moved.values()):,}"
    return WithoutLine(one.without, f"{one.marked:,}", count, furthest, tuple(gained), tuple(lost), "; ".join(notes))


def turned(study: Robustness) -> list[tuple[str, tuple[str, ...]]]:
    """Name each bid whose award turns when somebody is left out, with those evaluators."""
    lines = without_lines(study)
    bids = sorted({bid for line in lines for bid in (*line.gained, *line.lost)})
    return [(bid, tuple(line.evaluator for line in lines if bid in (*line.gained, *line.lost))) for bid in bids]


def averages_texts(study: Robustness) -> Iterator[str]:
    """Say it a line an evaluator, for the screen."""
    if not study.averages:
        return
    yield f"{AVERAGES}."
    yield STANDS
    for line in without_lines(study):
        words = [f"{line.marked} answers marked, {line.ranks} ranks move"]
        words += [f"furthest {line.furthest}"] if line.furthest else []
        words += [f"would be funded: {', '.join(line.gained)}"] if line.gained else []
        words += [f"would not be funded: {', '.join(line.lost)}"] if line.lost else []
        words += ["the same awards"] if not (line.gained or line.lost or UNDECIDED in line.note) else []
        words += [line.note] if line.note else []
        yield f"  without {line.evaluator}: {'; '.join(words)}"


def averages_document(study: Robustness) -> list[dict[str, object]]:
    """Give the averages as JSON values, everybody's first (``without`` empty); quality is exact, as ``p/q``."""
    return [
        {
            "without": one.without,
            "marked": one.marked,
            "marked_alone": one.alone,
            "decided": one.decided,
            "funded": list(one.funded),
            "bids": [
                {"theme": theme, "bid": bid, "quality": ratio_text(quality), "rank": rank or None}
                for theme, bid, quality, rank in one.places
            ],
        }
        for one in study.averages
    ]
