"""The equality impact as a page for those who decide, in the sections of a council's equality analysis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import percent
from evaluator.records.programme.axes import AxisImpact
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.coverage import Baseline, Candidate, Coverage
from evaluator.records.results.equality import CharacteristicImpact, EqualityImpact, GroupLine, StageFigures, Wording
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.mitigation import OPTIONS, Option
from evaluator.reporting.equality.side_by_side import (
    ServedRow,
    both_pay,
    open_gaps,
    rounds_short,
    served_rows,
    set_title,
)
from evaluator.reporting.equality.tables import (
    CoverageTable,
    EvaluatorRow,
    RoundsTable,
    Section,
    coverage_tables,
    evaluator_rows,
    reply_rows,
    rounds_table,
    section,
    title_of,
    withheld_from_several,
)
from evaluator.reporting.equality.wording import (
    STAGE_TITLES,
    concentration_words,
    decimal_of,
    in_short,
    made_up,
    not_known,
    screened,
    stands_out,
    unknown_kinds,
)
from evaluator.reporting.shared.pages import HeadedPage, about, render, theme_titles

CHART = 470  # width of the longest bar, in units of the picture
MOST_EVALUATORS = 40  # differences of evaluators on the page; the document has all


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its label, its length in units of the picture, the words at its end, and its colour class."""

    label: str
    length: int
    end: str
    second: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A ward on a plan of tiles: its place, its name, the text under it, and how dark it is, from 0 to 4."""

    column: int
    row: int
    name: str
    text: str
    shade: int


@dataclass(frozen=True, kw_only=True)
class NoEqualityPage(HeadedPage):
    """What stands in the place of the summary where a run stopped before there were awards."""

    template = "equality_none.html"


@dataclass(frozen=True, kw_only=True)
class EqualityPage(HeadedPage):
    """An edition of the impact with the rows of its tables and the bars of its charts.

    ``ward_bars``, ``group_bars`` and ``share_bars`` (by characteristic) are parts of the money, or of bids and awards;
    ``candidates`` are sets of awards by the names of their methods; ``evaluators`` has the largest differences only.
    """

    template = "equality_impact.html"
    impact: EqualityImpact
    allocation: Allocation | None
    short: Sequence[str]
    stands_out: Sequence[tuple[str, Sequence[str]]]
    open_gaps: Sequence[tuple[str, str]]
    last_round: str
    theme_titles: Sequence[str]
    baselines: Sequence[tuple[Baseline, str]]
    reply_kinds: Sequence[str]
    reply_rows: Sequence[tuple[str, Sequence[str]]]
    stage_titles: Mapping[str, str]
    stage_bars: Sequence[Bar]
    axes: Sequence[tuple[AxisImpact, str]]
    tables: Sequence[CoverageTable]
    tiles: Sequence[Tile]
    residents_made_up: str
    area_bars: Mapping[str, Sequence[Bar]]
    concentration: Sequence[str]
    both_pay_wards: str
    both_pay_groups: str
    rounds: RoundsTable | None
    candidates: Sequence[tuple[str, Candidate]]
    served: Sequence[ServedRow]
    options: Sequence[Option]
    several: Sequence[str]
    sections: Sequence[Section]
    share_bars: Mapping[str, Sequence[Bar]]
    screened: Sequence[str]
    wordings: Sequence[Wording]
    plan_source: str
    evaluators: Sequence[EvaluatorRow]


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
        return render(NoEqualityPage(about=about(outcome)))
    return render(_page(outcome, impact))


def _page(outcome: Outcome, impact: EqualityImpact) -> EqualityPage:
    titles, plan = theme_titles(outcome.criteria), outcome.criteria.equality
    return EqualityPage(
        about=about(outcome),
        impact=impact,
        allocation=outcome.allocation,
        short=in_short(impact),
        stands_out=stands_out(impact),
        open_gaps=open_gaps(impact),
        last_round=rounds_short(impact.rounds) if impact.rounds else "",
        theme_titles=tuple(titles.values()),
        baselines=[(one, title_of(impact, one.of)) for one in impact.baselines],
        reply_kinds=unknown_kinds(impact),
        reply_rows=reply_rows(impact),
        stage_titles=STAGE_TITLES,
        stage_bars=stage_bars(impact.totals),
        axes=[(one, not_known(one)) for one in impact.axes],
        tables=coverage_tables(impact),
        tiles=tiles(impact),
        residents_made_up=made_up(impact, "ward", "population"),
        area_bars={
            "wards": spread_bars(impact.wards, made_up(impact, "ward", "population")),
            "served-groups": spread_bars(impact.groups, made_up(impact, "group", "population")),
            "outcomes": (),
        },
        concentration=[concentration_words(one, impact) for one in impact.concentration],
        both_pay_wards=both_pay(impact.wards, "ward"),
        both_pay_groups=both_pay(impact.groups, "group"),
        rounds=rounds_table(impact.rounds, impact) if impact.rounds else None,
        candidates=[(set_title(one), one) for one in impact.candidates],
        served=served_rows(impact),
        options=OPTIONS,
        several=withheld_from_several(impact),
        sections=[section(impact, one, titles) for one in impact.characteristics],
        share_bars={one.id: share_bars(one, impact.totals) for one in impact.characteristics},
        screened=screened(impact),
        wordings=tuple(Wording),
        plan_source=plan.source if plan else "",
        evaluators=evaluator_rows(impact.evaluators[:MOST_EVALUATORS]),
    )


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
    return Tile(column, row, one.name, f"{decimal_of(ratio, 1)} × {of}" if share else "nothing", shade)


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


def spread_bars(covered: Sequence[Coverage], synthetic: str = "") -> tuple[Bar, ...]:
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
            bars.append(Bar("", int(CHART * share / longest), f"{percent(share)} of {kind}{synthetic}", second=True))
    return tuple(bars)
