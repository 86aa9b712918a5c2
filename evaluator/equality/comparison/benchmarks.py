"""The same awards against each benchmark side by side: which benchmark is taken decides what they seem to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from evaluator.equality.suppression.money_rounding import to_unit
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import Against, GroupLine

BASES = {"providers": "known local providers", "population": "residents", "need": "people in need"}
ELIGIBLE = 1


def against(
    line: GroupLine, characteristic: str, reached: StagesReached, baselines: tuple[Baseline, ...], unit: int
) -> tuple[Against, ...]:
    """Set a group's awards against bids received, eligible bids, providers, residents and need, as far as given.

    Parameters
    ----------
    line : with the numbers that are shown; nothing else of the group is used.
    characteristic : its id.
    reached : the totals, public.
    baselines : benchmarks from outside the programme.
    unit : pence to which the group's money is rounded.
    """
    if line.figures[0].bids is None or line.figures[RECOMMENDED].bids is None:
        return ()
    return tuple(_against(line, reached, unit, one) for one in _benchmarks(line, characteristic, reached, baselines))


@dataclass(frozen=True)
class _Benchmark:
    """A group's share of something, where it comes from, and whether it counts bids as the awards do."""

    basis: str
    title: str
    share: Fraction
    same_unit: bool = False
    source: str = ""
    date: str = ""


def _benchmarks(
    line: GroupLine, characteristic: str, reached: StagesReached, baselines: tuple[Baseline, ...]
) -> Iterator[_Benchmark]:
    for stage, title in ((0, "bids received"), (ELIGIBLE, "eligible bids")):
        bids = line.figures[stage].bids
        if bids is not None and reached.counts[stage]:
            yield _Benchmark(title, title, Fraction(bids, reached.counts[stage]), same_unit=True)
    for one in baselines:
        share = dict(one.shares).get(line.group)
        if one.of == characteristic and share is not None:
            title = f"{one.title}{' (synthetic)' if one.synthetic else ''}"
            yield _Benchmark(BASES[one.kind], title, share, source=one.source, date=one.date)


def _against(line: GroupLine, reached: StagesReached, unit: int, benchmark: _Benchmark) -> Against:
    awards, money, share = line.figures[RECOMMENDED].bids or 0, line.figures[RECOMMENDED].money, benchmark.share
    all_awards, all_money = reached.counts[RECOMMENDED], reached.sums[RECOMMENDED]
    known = money is not None and all_money and share
    return Against(
        **vars(benchmark),
        ratio=Fraction(awards, all_awards) / share if all_awards and share else None,
        shortfall=share * all_awards - awards,
        money_ratio=Fraction(money or 0, all_money) / share if known else None,
        money_shortfall=to_unit(round(share * all_money) - (money or 0), unit) if known else None,
    )
