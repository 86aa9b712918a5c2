"""The equality impact as a page for those who decide, in the sections of a council's equality analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import percent
from evaluator.records.results.coverage import Coverage
from evaluator.records.results.equality import CharacteristicImpact, EqualityImpact, GroupLine, StageFigures, Wording
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.mitigation import OPTIONS
from evaluator.reporting.equality import side_by_side
from evaluator.reporting.equality import visible_tables as shown
from evaluator.reporting.equality import wording as words
from evaluator.reporting.equality.wording import STAGE_TITLES
from evaluator.reporting.shared.pages import render_untyped, theme_titles

CHART = 470  # width of the longest bar, in units of the picture


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its label, its length in units of the picture, the words at its end, and its colour class."""

    label: str
    length: int
    words: str
    second: bool = False


def equality_html(outcome: Outcome, impact: EqualityImpact | None = None) -> str:
    """Write the summary as an accessible page, to be read and completed by those who decide.

    Parameters
    ----------
    outcome : with its equality impact; a run that stopped earlier gives a page that says so.
    impact : another edition of it, such as the panel's.

    Returns
    -------
    A whole HTML document.
    """
    impact = impact or outcome.equality
    if impact is None:
        return render_untyped("equality_none.html", outcome)
    return render_untyped(
        "equality_impact.html",
        outcome,
        impact=impact,
        short=words.in_short(impact),
        stands_out=words.stands_out(impact),
        words=words,
        shown=shown,
        beside=side_by_side,
        options=OPTIONS,
        tiles=tiles(impact),
        stage_bars=stage_bars(impact.totals),
        share_bars={one.id: share_bars(one, impact.totals) for one in impact.characteristics},
        ward_bars=spread_bars(impact.wards, words.made_up(impact, "ward", "population")),
        group_bars=spread_bars(impact.groups, words.made_up(impact, "group", "population")),
        screened=words.screened(impact),
        wordings=tuple(Wording),
        themes=theme_titles(outcome.criteria),
        plan_source=outcome.criteria.equality.source if outcome.criteria.equality else "",
    )


@dataclass(frozen=True, slots=True)
class Tile:
    """A ward on a plan of tiles: its place, its name, the words under it, and how dark it is, from 0 to 4."""

    column: int
    row: int
    name: str
    words: str
    shade: int


def tiles(impact: EqualityImpact) -> tuple[Tile, ...]:
    """Give a tile for each ward: its part of the money over its part of the residents, or its part of the money.

    Where no plan says how the wards lie, the tiles stand in the order of the alphabet.
    """
    whole = sum((one.divided for one in impact.wards), Fraction(0))
    if not whole:
        return ()
    plan = {name: (column, row) for base in impact.baselines for name, column, row in base.tiles if base.of == "ward"}
    names = [one.name for one in impact.wards]
    placed = plan if set(names) <= set(plan) else {name: (at % 5, at // 5) for at, name in enumerate(names)}
    return tuple(_tile(one, whole, len(names), *placed[one.name]) for one in impact.wards)


def _tile(one: Coverage, whole: Fraction, number: int, column: int, row: int) -> Tile:
    share = one.divided / whole
    fair = one.population if one.population else Fraction(1, number)
    of = "its part of residents" if one.population else "an equal part"
    ratio = share / fair
    shade = sum(ratio > Fraction(limit, 100) for limit in (0, 67, 100, 150))
    return Tile(column, row, one.name, f"{words.decimal_of(ratio, 1)} × {of}" if share else "nothing", shade)


def stage_bars(totals: tuple[StageFigures, ...]) -> tuple[Bar, ...]:
    """Give a bar for all bids at each stage."""
    most = max((figures.bids or 0 for figures in totals), default=0) or 1
    return tuple(
        Bar(STAGE_TITLES[f.stage], CHART * (f.bids or 0) // most, count_of(f.bids or 0, "bid")) for f in totals
    )


def share_bars(impact: CharacteristicImpact, totals: tuple[StageFigures, ...]) -> tuple[Bar, ...]:
    """Give two bars for each group that can be compared: its share of the bids received, and of the awards."""
    all_bids, all_awards = (totals[at].bids or 0 for at in (0, -1))
    if not all_awards:
        return ()
    return tuple(bar for line in impact.lines if line.ratio is not None for bar in _pair(line, all_bids, all_awards))


def _pair(line: GroupLine, all_bids: int, all_awards: int) -> tuple[Bar, Bar]:
    bids = Fraction(line.figures[0].bids or 0, all_bids)
    awards = Fraction(line.figures[-1].bids or 0, all_awards)
    return (
        Bar(line.group, int(CHART * bids), f"{percent(bids)} of bids received"),
        Bar("", int(CHART * awards), f"{percent(awards)} of awards", second=True),
    )


def spread_bars(covered: Sequence[Coverage], made_up: str = "") -> tuple[Bar, ...]:
    """Give a bar for each ward or group with its part of the money, each award divided among what it serves.

    Where a benchmark gives residents or need, a second bar shows that share.
    """
    whole = sum((one.divided for one in covered), Fraction(0))
    if not whole:
        return ()
    second = [one.need if one.need is not None else one.population for one in covered]
    longest = max([one.divided / whole for one in covered] + [share for share in second if share is not None])
    bars = []
    for one, share in zip(covered, second, strict=True):
        part = one.divided / whole
        bars.append(Bar(one.name, int(CHART * part / longest), f"{percent(part)} of the money"))
        if share is not None:
            kind = "people in need" if one.need is not None else "residents"
            bars.append(Bar("", int(CHART * share / longest), f"{percent(share)} of {kind}{made_up}", second=True))
    return tuple(bars)
