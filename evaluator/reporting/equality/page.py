"""The equality impact as a page for those who decide, in the sections of a council's equality analysis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.numbers import percent
from evaluator.records.programme.axes import AxisImpact
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.coverage import Baseline, Candidate, Coverage
from evaluator.records.results.equality import EqualityImpact, PublicGroup
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.mitigation import OPTIONS, Option
from evaluator.reporting.equality.side_by_side import (
    RoundRow,
    ServedRow,
    both_pay,
    open_gaps,
    round_rows,
    served_rows,
    set_title,
)
from evaluator.reporting.equality.tables import (
    CoverageTable,
    QuestionRow,
    QuestionTable,
    coverage_tables,
    question_rows,
    question_tables,
    title_of,
)
from evaluator.reporting.equality.wording import (
    STAGE_TITLES,
    concentration_words,
    decimal_of,
    in_short,
    made_up,
    not_known,
    screened,
)
from evaluator.reporting.shared.pages import HeadedPage, about, render, theme_titles

CHART = 470  # width of the longest bar, in units of the picture
SCALE = 360  # width of the scale from none to all, in units of the picture


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its label, its length in units of the picture, the words at its end, and its colour class."""

    label: str
    length: int
    end: str
    second: bool = False


@dataclass(frozen=True, slots=True)
class RateBand:
    """The band in which a group's funded share lies: its two ends in units of the picture, and the counts in words."""

    group: str
    least: int
    most: int
    words: str


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
    """The impact with the rows of its tables and the bars of its charts.

    ``bands`` has, by question, the band in which each group's funded share lies; ``area_bars`` parts of the money;
    ``candidates`` are sets of awards by the names of their methods.
    """

    template = "equality_impact.html"
    impact: EqualityImpact
    allocation: Allocation | None
    short: Sequence[str]
    open_gaps: Sequence[tuple[str, str]]
    theme_titles: Sequence[str]
    baselines: Sequence[tuple[Baseline, str]]
    questions: Sequence[QuestionRow]
    groups: Sequence[QuestionTable]
    bands: Sequence[tuple[str, Sequence[RateBand]]]
    usual: int
    level: str
    stage_titles: Mapping[str, str]
    axes: Sequence[tuple[AxisImpact, str]]
    tables: Sequence[CoverageTable]
    tiles: Sequence[Tile]
    residents_made_up: str
    area_bars: Mapping[str, Sequence[Bar]]
    concentration: Sequence[str]
    both_pay_wards: str
    both_pay_groups: str
    rounds: Sequence[RoundRow]
    candidates: Sequence[tuple[str, Candidate]]
    served: Sequence[ServedRow]
    options: Sequence[Option]
    under: Sequence[str]
    screened: int
    not_screened: int
    plan_source: str


def equality_html(outcome: Outcome) -> str:
    """Write the summary as an accessible page, to be read and completed by those who decide.

    Parameters
    ----------
    outcome : with its equality impact; a run that stopped earlier gives a page that says so.

    Returns
    -------
    A whole HTML document.
    """
    if outcome.equality is None:
        return render(NoEqualityPage(about=about(outcome)))
    return render(_page(outcome, outcome.equality))


def _page(outcome: Outcome, impact: EqualityImpact) -> EqualityPage:
    titles, plan = theme_titles(outcome.criteria), outcome.criteria.equality
    under, known, unknown = screened(impact)
    return EqualityPage(
        about=about(outcome),
        impact=impact,
        allocation=outcome.allocation,
        short=in_short(impact),
        open_gaps=open_gaps(impact),
        theme_titles=tuple(titles.values()),
        baselines=[(one, title_of(impact, one)) for one in impact.baselines],
        questions=question_rows(impact),
        groups=question_tables(impact),
        bands=rate_bands(impact),
        usual=SCALE * impact.funded // (impact.organisations or 1),
        level=f"1 in {round(1 / impact.level):,}" if impact.level else "nought",
        stage_titles=STAGE_TITLES,
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
        rounds=round_rows(impact.last_round, impact) if impact.last_round else (),
        candidates=[(set_title(one), one) for one in impact.candidates],
        served=served_rows(impact),
        options=OPTIONS,
        under=under,
        screened=known,
        not_screened=unknown,
        plan_source=plan.source if plan else "",
    )


def rate_bands(impact: EqualityImpact) -> tuple[tuple[str, tuple[RateBand, ...]], ...]:
    """Give for each question the band in which the funded share of each group lies, by what is printed."""
    found = (
        (one.title, tuple(map(_rate_band, filter(_has_a_rate, one.groups))))
        for one in impact.characteristics
        if not one.changed
    )
    return tuple((title, bands) for title, bands in found if bands)


def _has_a_rate(group: PublicGroup) -> bool:
    return group.funded is not None and group.organisations.least > 0


def _rate_band(group: PublicGroup) -> RateBand:
    assert group.funded is not None  # the caller looks
    least = Fraction(group.funded.least, group.organisations.most)
    most = min(Fraction(1), Fraction(group.funded.most, group.organisations.least))
    words = f"{group.funded.words} of {group.organisations.words}"
    return RateBand(group.group, int(SCALE * least), int(SCALE * most), words)


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
