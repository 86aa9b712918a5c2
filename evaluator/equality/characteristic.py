"""One characteristic through the stages: what may be shown of each reply, and what follows from what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from evaluator.equality.chance import LEVEL, Chance, false_discovery, mid_p, smallest_p
from evaluator.equality.disclosure import Line, shown_stages
from evaluator.equality.journey import RECOMMENDED, Journey
from evaluator.equality.measures import below_four_fifths, rate, ratio, shortfall
from evaluator.equality.money import sums_tell, to_unit
from evaluator.equality.replies import NOT_ASKED, answers, reply, rows_of
from evaluator.equality.words import withheld_words
from evaluator.records.criteria import Characteristic
from evaluator.records.equality import NOT_KNOWN, STAGES, CharacteristicImpact, GroupLine, StageFigures, Wording
from evaluator.records.evaluation import Bid
from evaluator.records.received import Table


@dataclass(frozen=True)
class Policy:
    """How much may be shown: the threshold, and the pence to which money is rounded."""

    threshold: int
    unit: int


def characteristic_impact(
    characteristic: Characteristic, journey: Journey, monitoring: Table, policy: Policy
) -> CharacteristicImpact:
    """Count one characteristic's replies through the stages, withholding what could tell the reply of an organisation.

    The wordings of the groups are still open (``None``): they depend on all that is shown; see ``worded``.
    """
    by_reply = bids_by_reply(characteristic, journey, monitoring)
    if len(journey.bids) in (len(by_reply[NOT_ASKED]), len(by_reply[NOT_KNOWN])):
        policy = replace(policy, threshold=1)  # that nobody's reply is known tells nothing of anybody
    shown = _shown(by_reply, journey, policy.threshold)
    money = not _money_tells(by_reply, shown, journey, policy)
    groups = answers(characteristic).groups
    lines = tuple(
        _with_measures(
            _counted(name, bids, journey, shown[name], policy.unit if money else None), name in groups, journey, policy
        )
        for name, bids in by_reply.items()
    )
    return CharacteristicImpact(
        id=characteristic.id,
        title=characteristic.title,
        about=characteristic.about,
        lines=lines,
        withheld=withheld_words(lines, journey.counts, policy.threshold, money),
        together=tuple(_together(stage, lines, journey, policy.unit) for stage in range(len(STAGES))),
    )


def bids_by_reply(characteristic: Characteristic, journey: Journey, monitoring: Table) -> Mapping[str, tuple[Bid, ...]]:
    """Put each bid under the reply of its organisation: the groups as published, then the kinds of unknown."""
    offered = answers(characteristic)
    rows = rows_of(monitoring)
    found: dict[str, list[Bid]] = {name: [] for name in (*offered.groups, *offered.unknowns)}
    replies = {
        name: reply(characteristic.id, offered, monitoring, rows.get(name, ())) for name in journey.organisations
    }
    for bid in journey.bids:
        found[replies[bid.organisation]].append(bid)
    return {name: tuple(bids) for name, bids in found.items()}


def _shown(by_reply: Mapping[str, tuple[Bid, ...]], journey: Journey, threshold: int) -> Mapping[str, frozenset[int]]:
    """Give the stages that may be shown for each line, to those too who know whose reply is not known.

    The notes on the monitoring data name the organisations without a row, so that line cannot hide another.
    """
    lines = tuple(_line(name, bids, journey) for name, bids in by_reply.items())
    shown = shown_stages(lines, threshold)
    knowing = shown_stages(tuple(line for line in lines if line.name != NOT_KNOWN), threshold)
    return {name: stages & knowing.get(name, stages) for name, stages in shown.items()}


def _line(name: str, bids: tuple[Bid, ...], journey: Journey) -> Line:
    ending = [tuple(bid for bid in bids if journey.outcomes[bid.id] == outcome) for outcome in range(len(STAGES))]
    return Line(name, tuple(map(len, ending)), tuple(frozenset(bid.organisation for bid in end) for end in ending))


def _money_tells(
    by_reply: Mapping[str, tuple[Bid, ...]], shown: Mapping[str, frozenset[int]], journey: Journey, policy: Policy
) -> bool:
    """Whether the money at some stage would prove under which line the largest or smallest bid is."""
    if policy.threshold <= 1:
        return False

    def tells(stage: int) -> bool:
        amounts = [journey.money(bid, stage) for bid in journey.reaching(stage, journey.bids)]
        lines = [journey.reaching(stage, bids) for name, bids in by_reply.items() if stage in shown[name]]
        sums = [(len(bids), to_unit(journey.sum_of(stage, bids), policy.unit)) for bids in lines]
        return sums_tell(amounts, sums, policy.unit)

    return any(map(tells, range(len(STAGES))))


def _counted(name: str, bids: tuple[Bid, ...], journey: Journey, shown: frozenset[int], unit: int | None) -> GroupLine:
    def figures(stage: int) -> StageFigures:
        if stage not in shown:
            return StageFigures(STAGES[stage], None, None)
        count = len(journey.reaching(stage, bids))
        money = to_unit(journey.sum_of(stage, bids), unit) if unit is not None else None
        return StageFigures(STAGES[stage], count, money if count else 0)

    organisations = len({bid.organisation for bid in bids}) if 0 in shown else None
    return GroupLine(name, "unknown", organisations, tuple(figures(stage) for stage in range(len(STAGES))))


def _together(stage: int, lines: tuple[GroupLine, ...], journey: Journey, unit: int) -> StageFigures:
    """Subtract what the lines show from the totals, as any reader can."""
    here = [line.figures[stage] for line in lines if line.figures[stage].bids is not None]
    bids = journey.counts[stage] - sum(figures.bids or 0 for figures in here)
    sums = [figures.money for figures in here]
    known = [money for money in sums if money is not None]
    money = to_unit(journey.sums[stage] - sum(known), unit) if len(known) == len(sums) else None
    return StageFigures(STAGES[stage], bids, money if bids else 0)


def _with_measures(line: GroupLine, is_group: bool, journey: Journey, policy: Policy) -> GroupLine:
    """Add what follows from the numbers that the line shows and from the public totals; nothing else is used."""
    if not is_group:
        return line
    first, last = line.figures[0], line.figures[RECOMMENDED]
    if first.bids is None or last.bids is None:
        return replace(line, kind="group", wording=Wording.NOT_SHOWN)
    bids, awards, all_bids, all_awards = first.bids, last.bids, journey.counts[0], journey.counts[RECOMMENDED]
    return replace(
        line,
        kind="group",
        rate=rate(awards, bids),
        ratio=ratio(awards, all_awards, bids, all_bids),
        shortfall=shortfall(awards, all_awards, bids, all_bids),
        money_shortfall=_money_shortfall(first.money, last.money, journey, policy.unit),
        below_four_fifths=below_four_fifths(awards, bids, all_awards, all_bids) if bids else None,
    )


def _money_shortfall(asked: int | None, awarded: int | None, journey: Journey, unit: int) -> int | None:
    """Give the pence that a share of the money asked would bring, less the pence awarded, from rounded sums alone."""
    if asked is None or awarded is None or not journey.sums[0]:
        return None
    expected = Fraction(asked * journey.sums[RECOMMENDED], journey.sums[0])
    return to_unit(round(expected) - awarded, unit)


def worded(impacts: tuple[CharacteristicImpact, ...], journey: Journey) -> tuple[CharacteristicImpact, ...]:
    """Give every group shown its wording; the more groups are shown, the rarer the result has to be."""
    open_lines = [line for impact in impacts for line in impact.lines if line.kind == "group" and line.wording is None]
    chances = [_chance(line, journey) for line in open_lines]
    p_values = false_discovery([mid_p(chance, won) for chance, won in chances])
    words = iter(
        [_wording(line, chance, p) for line, (chance, _), p in zip(open_lines, chances, p_values, strict=True)]
    )

    def finished(line: GroupLine) -> GroupLine:
        return replace(line, wording=next(words)) if line.kind == "group" and line.wording is None else line

    return tuple(replace(impact, lines=tuple(map(finished, impact.lines))) for impact in impacts)


def _chance(line: GroupLine, journey: Journey) -> tuple[Chance, int]:
    bids, awards = line.figures[0].bids or 0, line.figures[RECOMMENDED].bids or 0
    return Chance(bids, journey.counts[0], journey.counts[RECOMMENDED]), awards


def _wording(line: GroupLine, chance: Chance, p: Fraction) -> Wording:
    if smallest_p(chance) > LEVEL or line.shortfall is None or abs(line.shortfall) < 1:
        return Wording.TOO_FEW
    return Wording.UNLIKELY_CHANCE if p <= LEVEL else Wording.COULD_BE_CHANCE
