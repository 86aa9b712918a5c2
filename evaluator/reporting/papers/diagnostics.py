"""The page about how panels marked, before they meet: agreement, levels and habits; each chart has its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.records.english import count_of
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.moderation import Agreement, Habits, Severity
from evaluator.reporting.papers.agreement import MEANINGS, NAMES, PURPOSE, TOO_FEW, figure, level_words
from evaluator.reporting.papers.habits import limits_of, words_for
from evaluator.reporting.papers.progress import panel_title
from evaluator.reporting.shared.pages import HeadedPage, about_programme, render

WIDE, EDGE, ROW, TOP, FOOT = 340, 8, 38, 4, 26  # of a drawing, which is shown no wider
BAR, TALL = 10, 24  # of a small chart of one evaluator's marks


@dataclass(frozen=True)
class Level:
    """One evaluator's level as it is drawn: the dot, and the line of twice the standard error to both sides of it."""

    evaluator: str
    y: int
    at: float
    low: float
    high: float


@dataclass(frozen=True)
class HabitsRow:
    """How one evaluator used the scale, as it is printed: ``bars`` has where each starts, its top, and its height."""

    evaluator: str
    bars: tuple[tuple[int, int, int], ...]
    counts: tuple[int, ...]
    longest_run: int
    halo: str
    others_halo: str
    order: str
    to_discuss: str


@dataclass(frozen=True)
class Part:
    """What the page says of one panel; ``severities`` has evaluator, level, standard error, and what that means."""

    title: str
    measures: tuple[tuple[str, str, str], ...]
    agreement: Agreement
    levels: tuple[Level, ...]
    severities: tuple[tuple[str, str, str, str], ...]
    finding: str
    height: int
    nought: float
    reach: str
    habits: tuple[HabitsRow, ...]


@dataclass(frozen=True, kw_only=True)
class DiagnosticsPage(HeadedPage):
    """How the panels marked, part by part; ``marks`` are those of the scale, sizes are units of a drawing."""

    template = "diagnostics.html"
    purpose: str
    limits: str
    parts: Sequence[Part]
    marks: Sequence[str]
    too_few: str
    wide: int
    tall: int


def diagnostics_page(criteria: Criteria, measured: Sequence[Agreement], habits: Sequence[Habits]) -> str:
    """Write the page."""
    parts = [_part(criteria, one, [each for each in habits if each.panel == one.panel]) for one in measured]
    page = DiagnosticsPage(
        about=about_programme(criteria),
        purpose=PURPOSE,
        limits=limits_of(criteria),
        parts=parts,
        marks=[decimal_text(mark) for mark in criteria.scale.marks],
        too_few=TOO_FEW,
        wide=WIDE,
        tall=TALL,
    )
    return render(page)


def _part(criteria: Criteria, one: Agreement, habits: Sequence[Habits]) -> Part:
    levels, reach = _levels(one.severities)
    return Part(
        title=panel_title(criteria, one.panel),
        measures=tuple((NAMES[key], figure(getattr(one, key)), meaning) for key, meaning in MEANINGS.items()),
        agreement=one,
        levels=levels,
        severities=tuple(
            (each.evaluator, f"{each.effect:+.2f}", figure(each.error), level_words(each)) for each in one.severities
        ),
        finding=_finding(one.severities),
        height=TOP + ROW * len(levels) + FOOT,
        nought=_across(0.0, reach),
        reach=f"{reach:.1f}",
        habits=tuple(_habits_row(each, criteria.scale) for each in habits),
    )


def _habits_row(one: Habits, scale: Scale) -> HabitsRow:
    return HabitsRow(
        evaluator=one.evaluator,
        bars=_bars(one.counts),
        counts=one.counts,
        longest_run=one.run,
        halo=figure(one.halo),
        others_halo=figure(one.others),
        order=figure(one.order),
        to_discuss="; ".join(words_for(one, scale)),
    )


def _finding(severities: Sequence[Severity]) -> str:
    """Say how many evaluators stand further from the panel than twice the standard error."""
    apart = sum(abs(one.effect) > 2 * (one.error or 0.0) for one in severities)
    many = count_of(len(severities), "evaluator")
    return f"{apart} of {many} further from the panel’s level than chance explains"


def _levels(severities: Sequence[Severity]) -> tuple[tuple[Level, ...], float]:
    """Place the levels on a scale that reaches as far as the widest of them, and at least half a mark."""
    reach = max([0.5, *(abs(one.effect) + 2 * (one.error or 0.0) for one in severities)])
    return tuple(_level(place, one, reach) for place, one in enumerate(severities)), reach


def _level(place: int, one: Severity, reach: float) -> Level:
    wide = 2 * (one.error or 0.0)
    ends = (_across(value, reach) for value in (one.effect, one.effect - wide, one.effect + wide))
    return Level(one.evaluator, TOP + ROW * place, *ends)


def _across(value: float, reach: float) -> float:
    return round(EDGE + (WIDE - 2 * EDGE) * (value + reach) / (2 * reach), 1)


def _bars(counts: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """Place one bar for each mark of the scale: where it starts, how far from the top, how high."""
    most = max([1, *counts])
    return tuple(
        (place * (BAR + 2), TALL - round(TALL * count / most), round(TALL * count / most))
        for place, count in enumerate(counts)
    )
