"""The same awards against each benchmark side by side: which benchmark is taken decides what they seem to say."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.equality.data.stage_reached import RECOMMENDED, Journey
from evaluator.equality.suppression.money_rounding import to_unit
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import Against, GroupLine

BASES = {"providers": "known local providers", "population": "residents", "need": "people in need"}
ELIGIBLE = 1


def against(
    line: GroupLine, characteristic: str, way: Journey, baselines: tuple[Baseline, ...], unit: int
) -> tuple[Against, ...]:
    """Set a group's awards against bids received, eligible bids, providers, residents and need, as far as given.

    Parameters
    ----------
    line : with the numbers that are shown; nothing else of the group is used.
    characteristic : its id.
    way : the totals, public.
    baselines : benchmarks from outside the programme.
    unit : pence to which the group's money is rounded.
    """
    if line.figures[0].bids is None or line.figures[RECOMMENDED].bids is None:
        return ()
    return tuple(_against(line, way, unit, *facts) for facts in _shares(line, characteristic, way, baselines))


def _shares(
    line: GroupLine, characteristic: str, way: Journey, baselines: tuple[Baseline, ...]
) -> Iterator[tuple[str, str, Fraction, bool, str, str]]:
    titles = ("bids received", "eligible bids")
    for stage, title in ((0, titles[0]), (ELIGIBLE, titles[1])):
        bids = line.figures[stage].bids
        if bids is not None and way.counts[stage]:
            yield title, title, Fraction(bids, way.counts[stage]), True, "", ""
    for one in baselines:
        share = dict(one.shares).get(line.group)
        if one.of == characteristic and share is not None:
            title = f"{one.title}{' (synthetic)' if one.synthetic else ''}"
            yield BASES[one.kind], title, share, False, one.source, one.date


def _against(
    line: GroupLine,
    way: Journey,
    unit: int,
    basis: str,
    title: str,
    share: Fraction,
    same: bool,
    source: str,
    date: str,
) -> Against:
    awards, money = line.figures[RECOMMENDED].bids or 0, line.figures[RECOMMENDED].money
    all_awards, all_money = way.counts[RECOMMENDED], way.sums[RECOMMENDED]
    known = money is not None and all_money and share
    return Against(
        basis=basis,
        title=title,
        share=share,
        ratio=Fraction(awards, all_awards) / share if all_awards and share else None,
        shortfall=share * all_awards - awards,
        money_ratio=Fraction(money or 0, all_money) / share if known else None,
        money_shortfall=to_unit(round(share * all_money) - (money or 0), unit) if known else None,
        same_unit=same,
        source=source,
        date=date,
    )
