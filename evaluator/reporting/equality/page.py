"""The equality impact as a page for those who decide, in the sections of a council's equality analysis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import percent
from evaluator.records.programme.axes import AxisImpact
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.coverage import Baseline, Candidate
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
    concentration_words,
    in_short,
    made_up,
    not_known,
    screened,
    stage_titles,
)
from evaluator.reporting.shared.pages import HeadedPage, about, render, theme_titles
from evaluator.reporting.shared.places import Places, of_coverage, places
from evaluator.reporting.shared.share_pictures import ShareRow, ShareRows, axis_to, share_rows

IN_SHORT = (("stage-1", "stage-5", "all-bidders", "all-winners"), ("replies",), ("replies",), ("all-gaps",), ())
MOST_ROWS = 24  # of a picture: more would be too small in print


@dataclass(frozen=True, kw_only=True)
class NoEqualityPage(HeadedPage):
    """What stands in the place of the summary where a run stopped before there were awards."""

    template = "equality_none.html"


@dataclass(frozen=True, kw_only=True)
class EqualityPage(HeadedPage):
    """The impact with the rows of its tables and its pictures.

    ``bands`` has, by question, the band in which each group's funded share lies; ``money_of_groups`` the parts of
    the money;
    ``candidates`` are sets of awards by the names of their methods.
    """

    template = "equality_impact.html"
    impact: EqualityImpact
    allocation: Allocation | None
    short: Sequence[str]
    references: Sequence[Sequence[str]]  # of these sentences, in their order
    open_gaps: Sequence[tuple[str, str]]
    theme_titles: Sequence[str]
    baselines: Sequence[tuple[Baseline, str]]
    questions: Sequence[QuestionRow]
    groups: Sequence[QuestionTable]
    bands: Sequence[ShareRows]
    level: str
    stage_titles: Mapping[str, str]
    axes: Sequence[tuple[AxisImpact, str]]
    tables: Sequence[CoverageTable]
    places: Places | None
    money_of_groups: ShareRows | None
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
        short=in_short(impact, staged=bool(outcome.criteria.deciding_stages)),
        references=IN_SHORT,
        open_gaps=open_gaps(impact),
        theme_titles=tuple(titles.values()),
        baselines=[(one, title_of(impact, one)) for one in impact.baselines],
        questions=question_rows(impact),
        groups=question_tables(impact),
        bands=rate_bands(impact),
        level=f"1 in {round(1 / impact.level):,}" if impact.level else "nought",
        stage_titles=stage_titles(outcome.criteria),
        axes=[(one, not_known(one)) for one in impact.axes],
        tables=coverage_tables(impact),
        places=places("ward-places", of_coverage(impact.wards), outcome.boundaries, impact.baselines),
        money_of_groups=money_of_groups(impact),
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


def rate_bands(impact: EqualityImpact) -> tuple[ShareRows, ...]:
    """Draw for each question the band in which the funded share of each group lies, by what is printed."""
    usual = Fraction(impact.funded, impact.organisations or 1)
    asked = [one for one in impact.characteristics if not one.changed]
    found = ((one, [_rate_band(group) for group in one.groups if _has_a_rate(group)]) for one in asked)
    return tuple(
        share_rows(f"band-{one.id}", f"{one.title}: {_where_bands_lie(bands, usual)}", bands, usual)
        for one, bands in found
        if bands
    )


def _has_a_rate(group: PublicGroup) -> bool:
    return group.funded is not None and group.organisations.least > 0


def _rate_band(group: PublicGroup) -> ShareRow:
    assert group.funded is not None  # the caller looks
    least = Fraction(group.funded.least, group.organisations.most)
    most = min(Fraction(1), Fraction(group.funded.most, group.organisations.least))
    words = f"{group.funded.words} of {group.organisations.words}"
    return ShareRow(group.group, words, now=least) if least == most else ShareRow(group.group, words, least, most)


def _where_bands_lie(bands: Sequence[ShareRow], usual: Fraction) -> str:
    """Say what every reading of the bands has in common, and nothing that one reading has."""
    below = sum(one < usual for one in (row.now if row.high is None else row.high for row in bands) if one is not None)
    above = sum(one > usual for one in (row.now if row.low is None else row.low for row in bands) if one is not None)
    groups, share = count_of(len(bands), "group"), f"the share of all, {percent(usual)}"
    if not below and not above:
        return f"every band of {groups} reaches {share}"
    return f"{below} of {groups} below {share}, and {above} above it, on every reading"


def money_of_groups(impact: EqualityImpact) -> ShareRows | None:
    """Draw the part of the money of each group served, each award divided among what it serves.

    Where a benchmark gives residents or need, an empty point shows that share.
    """
    covered = impact.groups
    whole = sum((one.divided for one in covered), Fraction(0))
    if not whole:
        return None
    parts = {one.name: one.divided / whole for one in covered}
    beside = {one.name: share for one in covered if (share := one.population if one.need is None else one.need)}
    axis = axis_to(100 * max([*parts.values(), *beside.values()]), "%")
    rows = [
        ShareRow(name, percent(part), Fraction(0), 100 * part, then=100 * beside[name] if name in beside else None)
        for name, part in sorted(parts.items(), key=lambda one: (-one[1], one[0]))[:MOST_ROWS]
    ]
    most = max(parts, key=lambda name: parts[name])
    synthetic = made_up(impact, "group", "population")
    told = f"; empty points are residents or people in need{synthetic}" if beside else ""
    title = f"Most of the money for {most}, {percent(parts[most])}{told}"
    return share_rows("money-of-groups", title, rows, axis=axis)
