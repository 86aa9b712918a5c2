"""The figures behind the first page: stages, questions, evaluators and groups as rows, and shares as pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.english import count_of, listing
from evaluator.records.numbers import percent, to_places
from evaluator.records.results.equality import STAGES as COUNTED
from evaluator.records.results.equality_evidence import (
    CharacteristicEvidence,
    EqualityEvidence,
    Evaluators,
    Gap,
    GroupEvidence,
)
from evaluator.records.results.last_round import LastRound
from evaluator.reporting.equality.restricted.words import CERTAINTY, STAGES, gap_name, p_words, tenth
from evaluator.reporting.shared.share_pictures import ShareRow, ShareRows, Slope, share_rows, slope

SHORT_STAGES = dict(zip(COUNTED, ("bids", "gates", "minimums", "in reach", "awards"), strict=True))
FEWEST_SHOWN, NO_REPLY = "under the minimum", "No reply that is a group"


@dataclass(frozen=True, slots=True)
class StageRow:
    """One gap parted into stages: awards lacking through each, in their order, and the gate if it has one."""

    name: str
    whole: str
    parts: tuple[str, ...]
    gate: str
    power: str


def stage_rows(gaps: Sequence[Gap]) -> tuple[StageRow, ...]:
    """Part each gap; one about who bid at all has no parts."""
    return tuple(StageRow(gap_name(gap), *_tenths(gap), _gate(gap), _power(gap)) for gap in gaps if gap.parts)


def _tenths(gap: Gap) -> tuple[str, tuple[str, ...]]:
    return tenth(gap.shortfall), tuple(tenth(part.awards) for part in gap.parts)


def _gate(gap: Gap) -> str:
    """Name the gate at which most of a group's bids failed, with how many of all that failed it."""
    part = next((part for part in gap.parts if part.gate and part.failed), None)
    return f"{part.gate_title or part.gate}: {part.failed} of {part.all_failed}" if part else "–"


def _power(gap: Gap) -> str:
    """Say how surely so large a gap would have been seen, had the group's chance been less."""
    if gap.power is None:
        return "–"
    return "; ".join(percent(one) for one in (gap.power.half, gap.power.quarter, gap.power.none))


def question_lines(gaps: Sequence[Gap]) -> tuple[str, ...]:
    """Give one line for each question on which a group's bids stand apart from the same bids' other answers."""
    return tuple(
        f"{gap_name(gap)}: {one.title}, {_marks(one.marks)} than on its other questions "
        f"({CERTAINTY[one.certainty]}, p {p_words(one.p)})."
        for gap in gaps
        for one in gap.questions
    )


def evaluator_lines(gaps: Sequence[Gap], people: Mapping[str, str]) -> tuple[str, ...]:
    """Give one line for each panel on a group's bids; where nothing can say which evaluator differs, it says so."""
    return tuple(f"{gap_name(gap)}: {_panel(panel, people)}" for gap in gaps for panel in gap.evaluators)


def _panel(panel: Evaluators, people: Mapping[str, str]) -> str:
    names = listing(people.get(one, one) for one in panel.panel)
    if not panel.connected:
        return f"{names} cannot be compared, as too few of these bids were marked by both sides."
    told = "; ".join(
        f"{people.get(one.evaluator, one.evaluator)} {_marks(one.marks)} than colleagues on "
        f"{count_of(one.answers, 'answer')} ({CERTAINTY[one.certainty]}, p {p_words(one.p)})"
        for one in panel.gaps
    )
    if panel.says_which:
        return f"{told or f'{names} do not differ'}."
    return f"{told or f'{names} do not differ'}; nothing here says which of them differs."


def _marks(marks: Fraction) -> str:
    return f"{to_places(abs(marks), 2)} marks {'lower' if marks < 0 else 'higher'}"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of a question: its counts from organisations to awards, and the share funded with its interval."""

    question: str  # of the first row of a question; else empty
    rows: int  # of the question; of the first row alone
    group: str
    counts: tuple[str, ...]
    share: str


def group_rows(characteristics: Sequence[CharacteristicEvidence]) -> tuple[GroupRow, ...]:
    """Give every group of the questions, as it is, and all without such a reply in one row."""
    return tuple(row for one in characteristics if one.asked and one.groups for row in _of_question(one))


def _of_question(one: CharacteristicEvidence) -> Iterator[GroupRow]:
    known = [group for group in one.groups if group.known]
    told = [(group.group, _counts(group), _share(group)) for group in known]
    silent = [_counts(group) for group in one.groups if not group.known]
    if silent:
        told.append((NO_REPLY, tuple(map(_sum, zip(*silent, strict=True))), "–"))
    for at, (name, counts, share) in enumerate(told):
        shown = tuple(FEWEST_SHOWN if number is None else f"{number:,}" for number in counts)
        yield GroupRow("" if at else one.title, 0 if at else len(told), name, shown, share)


def _counts(group: GroupEvidence) -> tuple[int | None, ...]:
    return (group.organisations, *(figures.bids for figures in group.stages))


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _share(group: GroupEvidence) -> str:
    if group.rate is None:
        return "–"
    within = f" ({percent(group.interval[0])} to {percent(group.interval[1])})" if group.interval else ""
    return f"{percent(group.rate)}{within}"


def share_picture(
    one: CharacteristicEvidence, whole: Fraction | None, last_round: LastRound | None
) -> ShareRows | None:
    """Draw the share of each group's bids that is funded, with its interval, and what the last round published of it.

    None where no group has a bid.
    """
    groups = last_round.groups if last_round else ()
    then = {last.group: Fraction(last.awards, last.bids) for last in groups if last.question == one.id and last.bids}
    rows = [
        ShareRow(
            label=group.group,
            end=f"{group.stages[-1].bids} of {group.stages[0].bids}",
            low=group.interval[0] if group.interval else None,
            high=group.interval[1] if group.interval else None,
            now=group.rate,
            then=then.get(group.group),
            strong=bool(whole and group.interval and group.interval[1] < whole),
        )
        for group in one.groups
        if group.known and group.rate is not None
    ]
    return share_rows(f"share-{one.id}", _finding(one, rows), rows, whole) if rows else None


def _finding(one: CharacteristicEvidence, rows: Sequence[ShareRow]) -> str:
    """Say what a picture shows: which group has the least share funded, and which the most."""
    shares = sorted((row.now or Fraction(0), row.label) for row in rows)
    (least, low), (most, high) = shares[0], shares[-1]
    if least == most:
        return f"{one.title}: every group {percent(least)}" if len(rows) > 1 else f"{one.title}: {low} {percent(least)}"
    return f"{one.title}: {low} {percent(least)}, {high} {percent(most)}"


def slopes(evidence: EqualityEvidence, gaps: Sequence[Gap]) -> tuple[Slope, ...]:
    """Draw each gap's group from bids to awards as its share of all bids at each stage, all on one scale."""
    found: dict[str, list[tuple[str, Fraction]]] = {}
    groups = {(one.id, group.group): group for one in evidence.characteristics for group in one.groups}
    for gap in gaps:
        group = groups.get((gap.characteristic, gap.group))
        shares = list(_shares(group, evidence)) if group else []
        if shares:
            found.setdefault(gap_name(gap), shares)
    most = max((share for shares in found.values() for _, share in shares), default=Fraction(0))
    return tuple(
        slope(
            f"slope-{at}", f"{name}: {percent(shares[0][1])} of bids, {percent(shares[-1][1])} of awards", shares, most
        )
        for at, (name, shares) in enumerate(found.items(), 1)
    )


def _shares(group: GroupEvidence, evidence: EqualityEvidence) -> Iterator[tuple[str, Fraction]]:
    for own, every in zip(group.stages, evidence.totals, strict=True):
        if own.bids is not None and every.bids:
            yield SHORT_STAGES[own.stage], Fraction(own.bids, every.bids)


def replied(one: CharacteristicEvidence) -> str:
    """Say in a few words how many bids' organisations gave a reply that is a group."""
    if not one.asked:
        return "not asked"
    known = sum(group.stages[0].bids or 0 for group in one.groups if group.known)
    every = sum(group.stages[0].bids or 0 for group in one.groups)
    return f"{known} of {count_of(every, 'bid')}"


def stage_titles() -> tuple[str, ...]:
    """Name the stages into which a gap is parted."""
    return tuple(words for stage, words in STAGES.items() if stage != "bid")
