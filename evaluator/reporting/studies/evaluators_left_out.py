"""Each evaluator left out in turn, for the robustness study: what averages come to without one, in lines and tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evaluator.records.english import count_of
from evaluator.records.numbers import ratio_text
from evaluator.records.results.studies.robustness import Averaged, Robustness

AVERAGES = "Each evaluator left out in turn, on plain averages of the individual marks"
STANDS = (
    "What the panel agreed stands, and nothing published averages marks. This only shows how far each person’s marks "
    "carry: the averages of all evaluators’ marks beside those without one, each with everything else as published."
)
MADE = "Each evaluator left out in turn, by the published {} of the others’ marks"
MADE_STANDS = (
    "What was worked out as published stands. This only shows how far each person’s marks carry: what the marks of all "
    "come to beside what they come to without one, each with everything else as published."
)
NORMALISED = "What normalised marks would have come to: a question, never a score"
NORMALISED_STANDS = (
    "Nothing published normalises marks, and nobody could have known before bids came in what a mark would earn. "
    "Beside the published {0} stands the {0} of marks that are standardised within each evaluator’s own, or ranked "
    "among them."
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


def about_averages(study: Robustness) -> tuple[str, str]:
    """Give the title of what is shown without each evaluator, and what it means."""
    return (MADE.format(study.made_by), MADE_STANDS) if study.made_by else (AVERAGES, STANDS)


def normalised_lines(study: Robustness) -> list[WithoutLine]:
    """Give a line for each way of normalising, beside what was published."""
    return [_line(study.averages[0], one) for _, one in study.normalised]


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
    title, stands = about_averages(study)
    yield f"{title}."
    yield stands
    yield from (f"  without {words}" for words in _texts(without_lines(study)))
    if study.normalised:
        yield f"{NORMALISED}."
        yield NORMALISED_STANDS.format(study.made_by)
        yield from (f"  {words}" for words in _texts(normalised_lines(study)))


def _texts(lines: list[WithoutLine]) -> Iterator[str]:
    for line in lines:
        words = [f"{line.marked} answers marked"] if line.marked != "0" else []
        words += [f"{line.ranks} ranks move"]
        words += [f"furthest {line.furthest}"] if line.furthest else []
        words += [f"would be funded: {', '.join(line.gained)}"] if line.gained else []
        words += [f"would not be funded: {', '.join(line.lost)}"] if line.lost else []
        words += ["the same awards"] if not (line.gained or line.lost or UNDECIDED in line.note) else []
        words += [line.note] if line.note else []
        yield f"{line.evaluator}: {'; '.join(words)}"


def normalised_document(study: Robustness) -> dict[str, object]:
    """Give what normalised marks would have come to, by the way in which they are normalised."""
    return {name: _values([one])[0] for name, one in study.normalised}


def averages_document(study: Robustness) -> list[dict[str, object]]:
    """Give the averages as JSON values, everybody's first (``without`` empty); quality is exact, as ``p/q``."""
    return _values(study.averages)


def _values(averages: Iterable[Averaged]) -> list[dict[str, object]]:
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
        for one in averages
    ]
