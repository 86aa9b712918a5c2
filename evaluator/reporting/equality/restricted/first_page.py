"""The first page: the largest gaps with size, stage and certainty, and what would change each at what cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluator.law import provision, regime
from evaluator.records.english import count_of, listing
from evaluator.records.results.equality_evidence import EqualityEvidence, Gap
from evaluator.reporting.equality.restricted.lawful import FLOORS
from evaluator.reporting.equality.restricted.priced import PricedRow, cheapest
from evaluator.reporting.equality.restricted.words import certainty, counts, fewer, gap_name, ratio_words, size, where

ROWS = 5  # gaps on the first page; every further one that is unlikely to be chance is named beneath
RAISED = 2  # gaps that the first sentence names
REACH_OUT = "Invite, and help, organisations of this group to bid next time"


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
    now: str
    rows: tuple[FirstRow, ...]
    also: str
    not_known: tuple[str, ...]


def first_page(evidence: EqualityEvidence, priced: Sequence[PricedRow], regime_of: str) -> FirstPage:
    """Tell the largest gaps, and what can be done about them, on one page."""
    gaps, known = evidence.largest(ROWS), _not_known(evidence)
    further = [gap for gap in evidence.gaps if gap.certainty == "unlikely_chance" and gap not in gaps]
    also = (
        f"Also unlikely to be chance: {listing(f'{gap_name(gap)}, {where(gap)}' for gap in further)}."
        if further
        else ""
    )
    return FirstPage(
        lead=_lead(gaps),
        now=now(regime_of),
        rows=tuple(_row(gap, priced) for gap in gaps),
        also=also,
        not_known=tuple(dict.fromkeys((*known[:1], *known[-1:]))),
    )


def _lead(gaps: Sequence[Gap]) -> str:
    if not gaps:
        return "No group has fewer awards than chance gives like organisations, as far as the replies tell."
    raised = listing((_raised(gap) for gap in gaps[:RAISED]), joint="; and ")
    if gaps[0].certainty == "unlikely_chance":
        return f"Raise first: {raised}."
    return f"No group has so few awards that chance is unlikely to explain it. The largest gaps to ask about: {raised}."


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


def after_first(evidence: EqualityEvidence) -> Iterator[str]:
    """Give what is not known beside what the first page says: the first and the last of it."""
    yield from _not_known(evidence)[1:-1]


def _not_known(evidence: EqualityEvidence) -> tuple[str, ...]:
    """Give what is not known, without the questions one by one, which have a table of their own."""
    starts = tuple(f"{one.title}: " for one in evidence.characteristics)
    return tuple(sentence for sentence in evidence.not_known if not sentence.startswith(starts))
