"""One characteristic through the stages: what may be shown of each reply, and what follows from what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, product

from evaluator.equality.comparison.withheld_wording import withheld_words
from evaluator.equality.data.replies import NOT_ASKED, answers, reply, rows_of
from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from evaluator.equality.statistics.disparity import below_four_fifths, rate, ratio, shortfall
from evaluator.equality.suppression.money_rounding import sums_tell, tells_part, to_unit, uneven
from evaluator.equality.suppression.suppression import BY_THEME, Line, shown_stages
from evaluator.equality.suppression.suppression_audit import Proposed, withheld_until_open
from evaluator.records.programme.criteria import Characteristic
from evaluator.records.results.equality import (
    FUNDED,
    NOT_KNOWN,
    STAGES,
    CharacteristicImpact,
    GroupLine,
    InTheme,
    StageFigures,
    Step,
    Wording,
)
from evaluator.records.submissions.evaluation import Bid
from evaluator.records.submissions.received import Table

ByReply = Mapping[str, tuple[Bid, ...]]
FEW = 6  # times the threshold: with fewer organisations few sets of them come to a sum, whatever it is rounded to


@dataclass(frozen=True)
class Policy:
    """How much may be shown: the threshold, and the pence to which money is rounded."""

    threshold: int
    unit: int


def characteristic_impact(
    characteristic: Characteristic, reached: StagesReached, monitoring: Table, policy: Policy
) -> CharacteristicImpact:
    """Count one characteristic's replies through the stages, withholding what could tell the reply of an organisation.

    The wordings of the groups are still open (``None``): they depend on all that is shown.
    """
    by_reply = bids_by_reply(characteristic, reached, monitoring)
    if len(reached.bids) in (len(by_reply[NOT_ASKED]), len(by_reply[NOT_KNOWN])):
        policy = replace(policy, threshold=1)  # that nobody's reply is known tells nothing of anybody
    shown = _shown(by_reply, reached, policy.threshold)
    if policy.threshold > 1:
        shown = withheld_until_open(Proposed(by_reply, shown, reached, policy.threshold))
    money = not _money_tells(by_reply, shown, reached, policy)
    groups = answers(characteristic).groups
    counted = (_counted(name, bids, reached, shown[name], policy, money=money) for name, bids in by_reply.items())
    lines = tuple(_with_measures(line, reached, policy) if line.group in groups else line for line in counted)
    return CharacteristicImpact(
        id=characteristic.id,
        title=characteristic.title,
        about=characteristic.about,
        lines=lines,
        withheld=withheld_words(lines, reached.counts, policy.threshold, money=money),
        together=tuple(_together(stage, lines, reached, policy.unit) for stage in range(len(STAGES))),
    )


def bids_by_reply(characteristic: Characteristic, reached: StagesReached, monitoring: Table) -> ByReply:
    """Put each bid under the reply of its organisation: the groups as published, then the kinds of unknown."""
    offered = answers(characteristic)
    rows = rows_of(monitoring)
    found: dict[str, list[Bid]] = {name: [] for name in (*offered.groups, *offered.unknowns)}
    replies = {
        name: reply(characteristic.id, offered, monitoring, rows.get(name, ())) for name in reached.organisations
    }
    for bid in reached.bids:
        found[replies[bid.organisation]].append(bid)
    return {name: tuple(bids) for name, bids in found.items()}


def _shown(by_reply: ByReply, reached: StagesReached, threshold: int) -> Mapping[str, frozenset[int]]:
    """Give the stages that may be shown for each line, to those too who know whose reply is not known.

    The notes on the monitoring data name the organisations without a row, so that line cannot hide another.
    """
    lines = tuple(_line(name, bids, reached) for name, bids in by_reply.items())
    themes = max(1, len(reached.themes))
    shown = shown_stages(lines, threshold, themes)
    knowing = shown_stages(tuple(line for line in lines if line.name != NOT_KNOWN), threshold, themes)
    return {name: stages & knowing.get(name, stages) for name, stages in shown.items()}


def _line(name: str, bids: tuple[Bid, ...], reached: StagesReached) -> Line:
    places = {(outcome, theme): at for at, (outcome, theme) in enumerate(product(range(len(STAGES)), reached.themes))}
    cells: list[list[str]] = [[] for _ in places]
    for bid in bids:
        cells[places[reached.outcomes[bid.id], bid.theme]].append(bid.organisation)
    return Line(name, tuple(map(len, cells)), tuple(map(frozenset, cells)))


def _money_tells(
    by_reply: ByReply, shown: Mapping[str, frozenset[int]], reached: StagesReached, policy: Policy
) -> bool:
    """Whether the money at some stage would prove under which line a bid is, or how few of a part of the bids are."""
    if policy.threshold <= 1:
        return False
    money: dict[str, int] = {}
    for bid in reached.bids:
        money[bid.organisation] = money.get(bid.organisation, 0) + (bid.price or 0)
    if len(money) < FEW * policy.threshold or uneven(list(money.values())):
        return True

    def tells(stage: int) -> bool:
        amounts = [reached.money(bid, stage) for bid in reached.reaching(stage, reached.bids)]
        lines = [reached.reaching(stage, bids) for name, bids in by_reply.items() if stage in shown[name]]
        sums = [(len(bids), to_unit(reached.sum_of(stage, bids), policy.unit)) for bids in lines]
        if sums_tell(amounts, sums, policy.unit):
            return True
        if stage == RECOMMENDED and not reached.in_full and _cuts_tell(lines, reached, policy.unit):
            return True
        return any(_parts_told(bids, stage, reached, policy) for bids in lines)

    return any(map(tells, range(len(STAGES))))


def _cuts_tell(lines: Sequence[tuple[Bid, ...]], reached: StagesReached, unit: int) -> bool:
    """Whether what the lines ask for, or what is cut from it, would prove under which of them a bid is.

    What is cut is the difference of two rounded sums, so it is known half as finely.
    """
    asked = [(len(bids), to_unit(sum(reached.asked(bids)), unit)) for bids in lines]
    awarded = [to_unit(reached.sum_of(RECOMMENDED, bids), unit) for bids in lines]
    cut = [(number, shown - less) for (number, shown), less in zip(asked, awarded, strict=True)]
    return sums_tell(reached.asked(reached.bids), asked, unit) or sums_tell(reached.cut(reached.bids), cut, 2 * unit)


def _parts_told(bids: tuple[Bid, ...], stage: int, reached: StagesReached, policy: Policy) -> bool:
    """Whether a line's money would tell how many of its bids are of a theme, or came further, where they are few."""
    shown = to_unit(reached.sum_of(stage, bids), policy.unit)
    between, number = (shown - policy.unit // 2, shown + policy.unit // 2), len(bids)
    for part in reached.parts[stage]:
        own = sum(bid.id in part.ids for bid in bids)
        room = min(policy.threshold, min(number, len(part.ids)) - max(0, number - len(part.rest)))
        if own < policy.threshold and len(tells_part(part.amounts, part.rest, number, own, between)) - 1 < room:
            return True
    return False


def _counted(
    name: str, bids: tuple[Bid, ...], reached: StagesReached, shown: frozenset[int], policy: Policy, *, money: bool
) -> GroupLine:
    unit = policy.unit if money else None

    def figures(stage: int) -> StageFigures:
        if stage not in shown:
            return StageFigures(STAGES[stage], None, None)
        count = len(reached.reaching(stage, bids))
        pence = to_unit(reached.sum_of(stage, bids), unit) if unit is not None else None
        return StageFigures(STAGES[stage], count, pence if count else 0)

    # Bids and organisations both, exactly, would leave no choice who of those with several bids is among them.
    countable = 0 in shown and (policy.threshold <= 1 or len(reached.organisations) == len(reached.bids) or not bids)
    organisations = len({bid.organisation for bid in bids}) if countable else None
    stages = tuple(figures(stage) for stage in range(len(STAGES)))
    asked = to_unit(sum(reached.asked(bids)), unit) if unit is not None and RECOMMENDED in shown else None
    themes = _in_themes(bids, reached, shown=BY_THEME in shown)
    return GroupLine(name, "unknown", organisations, stages, themes=themes, asked=asked)


def _in_themes(bids: tuple[Bid, ...], reached: StagesReached, *, shown: bool) -> tuple[InTheme, ...]:
    """Count a line's bids and awards theme by theme, beside all bids and awards there, which are public."""

    def counted(theme: str, some: tuple[Bid, ...]) -> tuple[int, int]:
        here = [bid for bid in some if bid.theme == theme]
        return len(here), len(reached.reaching(RECOMMENDED, here))

    found = []
    for theme in reached.themes:
        own: tuple[int | None, int | None] = counted(theme, bids) if shown else (None, None)
        all_bids, all_awards = counted(theme, reached.bids)
        found.append(InTheme(theme, own[0], own[1], all_bids, all_awards))
    return tuple(found)


def _together(stage: int, lines: tuple[GroupLine, ...], reached: StagesReached, unit: int) -> StageFigures:
    """Subtract what the lines show from the totals, as any reader can."""
    here = [line.figures[stage] for line in lines if line.figures[stage].bids is not None]
    bids = reached.counts[stage] - sum(figures.bids or 0 for figures in here)
    sums = [figures.money for figures in here]
    known = [money for money in sums if money is not None]
    money = to_unit(reached.sums[stage] - sum(known), unit) if len(known) == len(sums) else None
    return StageFigures(STAGES[stage], bids, money if bids else 0)


def _with_measures(line: GroupLine, reached: StagesReached, policy: Policy) -> GroupLine:
    """Add to a group's line what follows from its numbers that are shown and from public totals; from nothing else."""
    first, last = line.figures[0], line.figures[RECOMMENDED]
    if first.bids is None or last.bids is None:
        return replace(line, kind="group", wording=Wording.NOT_SHOWN)
    bids, awards, all_bids, all_awards = first.bids, last.bids, reached.counts[0], reached.counts[RECOMMENDED]
    to_ask, over_bids = _share_of_ask(line, reached), ratio(awards, all_awards, bids, all_bids)
    return replace(
        line,
        kind="group",
        share_of_ask=to_ask,
        whole=None if over_bids is None or to_ask is None or to_ask.ratio is None else over_bids * to_ask.ratio,
        rate=rate(awards, bids),
        ratio=over_bids,
        shortfall=shortfall(awards, all_awards, bids, all_bids),
        money_shortfall=_money_shortfall(first.money, last.money, reached, policy.unit),
        below_four_fifths=below_four_fifths(awards, bids, all_awards, all_bids) if bids else None,
        steps=_steps(line.figures, reached.counts),
    )


def _steps(figures: tuple[StageFigures, ...], counts: tuple[int, ...]) -> tuple[Step, ...]:
    """Give the steps between the stages that are shown; their ratios multiply exactly to that of the whole."""
    here = [(stage, one.bids) for stage, one in enumerate(figures) if one.bids is not None]
    steps = [
        Step(
            STAGES[start],
            STAGES[end],
            rate(after, before),
            Fraction(after * counts[start], before * counts[end]) if before and counts[end] else None,
        )
        for (start, before), (end, after) in pairwise(here)
    ]
    least = min((step.ratio for step in steps if step.ratio is not None), default=None)
    return tuple(replace(step, widest=least is not None and least < 1 and step.ratio == least) for step in steps)


def _share_of_ask(line: GroupLine, reached: StagesReached) -> Step | None:
    """Give what part of its ask the group would be awarded, over that of all, from the sums that are shown.

    Where every award is for all that was asked, that is known of each group without any sum.
    """
    start, end = STAGES[RECOMMENDED], FUNDED
    last, asked = line.figures[RECOMMENDED], sum(reached.asked(reached.bids))
    if not last.bids or not asked:
        return None
    if reached.in_full:
        return Step(start, end, Fraction(1), Fraction(1))
    if last.money is None or not line.asked:
        return None
    share = min(Fraction(1), Fraction(last.money, line.asked))  # two rounded sums can seem to give more than was asked
    return Step(start, end, share, share * asked / reached.sums[RECOMMENDED])


def _money_shortfall(asked: int | None, awarded: int | None, reached: StagesReached, unit: int) -> int | None:
    """Give the pence that a share of the money asked would bring, less the pence awarded, from rounded sums alone."""
    if asked is None or awarded is None or not reached.sums[0]:
        return None
    expected = Fraction(asked * reached.sums[RECOMMENDED], reached.sums[0])
    return to_unit(round(expected) - awarded, unit)
