"""The first page: the largest gaps with size, stage and certainty, and what would change each at what cost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.law import provision, regime
from evaluator.records.english import count_of, listing
from evaluator.records.results.equality_evidence import EqualityEvidence, Gap
from evaluator.reporting.equality.restricted.lawful import FLOORS
from evaluator.reporting.equality.restricted.priced import PricedRow, cheapest
from evaluator.reporting.equality.restricted.words import certainty, counts, fewer, gap_name, ratio_words, size, where

ROWS = 5  # gaps on the first page; every further one that is unlikely to be chance is named beneath
RAISED = 2  # gaps that stand above the table
REACH_OUT = "Invite, and help, such organisations to bid next time"
ALIKE = "If all evaluators marked"  # how the evidence begins to say what it can never show


@dataclass(frozen=True, slots=True)
class FirstRow:
    """One gap as the first page tells it."""

    name: str
    counts: str
    size: str
    where: str
    certainty: str
    change: str
    strong: bool


@dataclass(frozen=True)
class FirstPage:
    """All that the first page says, apart from where people write."""

    lead: str
    raised: tuple[str, ...]
    now: str
    rows: tuple[FirstRow, ...]
    also: str
    not_known: tuple[str, ...]


def first_page(evidence: EqualityEvidence, priced: Sequence[PricedRow], regime_of: str) -> FirstPage:
    """Tell the largest gaps, and what can be done about them, on one page."""
    every = first_gaps(evidence)
    gaps, further = every[:ROWS], [gap for gap in every[ROWS:] if gap.certainty == "unlikely_chance"]
    also = (
        f"Also unlikely to be chance: {listing(f'{gap_name(gap)}, {where(gap)}' for gap in further)}."
        if further
        else ""
    )
    return FirstPage(
        lead=_lead(gaps),
        raised=tuple(map(_raised, gaps[:RAISED])),
        now=now(regime_of),
        rows=tuple(_row(gap, priced) for gap in gaps),
        also=also,
        not_known=_told_first(_not_known(evidence)),
    )


def first_gaps(evidence: EqualityEvidence) -> tuple[Gap, ...]:
    """Give the gaps in their order, without groups that have more because another group of the question has fewer."""
    every = evidence.largest(len(evidence.gaps))
    lacking = {gap.characteristic for gap in every if gap.shortfall > 0}
    return tuple(gap for gap in every if gap.shortfall > 0 or gap.characteristic not in lacking)


def _lead(gaps: Sequence[Gap]) -> str:
    if not gaps:
        return "No group has fewer awards than chance gives like organisations, as far as the replies tell."
    if gaps[0].certainty == "unlikely_chance":
        return "Raise first:"
    return "No group has so few awards that chance is unlikely to explain it. Ask about the largest gaps all the same:"


def _raised(gap: Gap) -> str:
    if gap.stage == "bid":
        return f"{gap_name(gap)}: {counts(gap)}, {fewer(gap)} awards than its part of “{gap.benchmark}” would bring"
    funded = f"{gap.awards} of {count_of(gap.bids, 'bid')} funded"
    return f"{gap_name(gap)}: {funded}, {fewer(gap)} than expected ({where(gap)})"


def now(regime_of: str) -> str:
    """Say what may be done now and what it costs, under the law that applies."""
    law = regime(regime_of).id
    return (
        f"No mark, rank or award may be changed for a gap ({provision('changes', law)}). At no cost in points you may "
        "have the marks, reasons and gate decisions behind it read again for errors, use what the contracts provide on "
        "whom to reach, and give feedback to all. Or make no award, with reasons: it costs every award of this round."
    )


def _row(gap: Gap, priced: Sequence[PricedRow]) -> FirstRow:
    option = cheapest(priced, gap) if gap.stage != "bid" and gap.shortfall > 0 else None
    return FirstRow(
        name=gap_name(gap),
        counts=counts(gap),
        size=f"{size(gap)}; {ratio_words(gap.ratio, gap.interval)}",
        where=where(gap),
        certainty=certainty(gap),
        change=_change(gap, option),
        strong=gap.certainty == "unlikely_chance",
    )


def _change(gap: Gap, option: PricedRow | None) -> str:
    if gap.stage == "bid":
        return f"{REACH_OUT}: no points"
    if gap.shortfall <= 0:
        return "–"
    if option is None:
        return "nothing that was tried"
    after = next(one.after for one in option.effects if one.group == (gap.characteristic, gap.group))
    words = option.change.words if option.change.kind in FLOORS else f"{option.words}, for {count_of(after, 'award')}"
    cost = f"{option.points_words}; {option.money} moved"
    return f"{words[:1].upper()}{words[1:]} ({option.lawful.when}): {cost}"


def after_first(evidence: EqualityEvidence) -> tuple[str, ...]:
    """Give what is not known beside what the first page says."""
    told = _told_first(_not_known(evidence))
    return tuple(sentence for sentence in _not_known(evidence) if sentence not in told)


def _told_first(known: Sequence[str]) -> tuple[str, ...]:
    """Choose what the first page says: what was not asked or answered, and what no such analysis can show."""
    return tuple(dict.fromkeys((*known[:1], *(one for one in known if one.startswith(ALIKE)))))


def _not_known(evidence: EqualityEvidence) -> tuple[str, ...]:
    """Give what is not known by sentences, without the questions one by one, which have a table of their own."""
    starts = tuple(f"{one.title}: " for one in evidence.characteristics)
    kept = (said for said in evidence.not_known if not said.startswith(starts))
    return tuple(sentence for said in kept for sentence in re.split(r"(?<=\.) (?=[A-Z])", said))
