"""The page about how panels marked, before they meet: agreement, levels and habits; each chart has its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.moderation import Agreement, Habits, Severity
from evaluator.reporting.papers.agreement import NAMES, SAYS, TOO_FEW, WORDS, figure, level_words
from evaluator.reporting.papers.habits import LIMITS, words_for
from evaluator.reporting.papers.progress import panel_title
from evaluator.reporting.shared.pages import render_beside

WIDE, LEFT, RIGHT, ROW, TOP, FOOT = 640, 90, 30, 26, 12, 30
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
class Part:
    """What the page says of one panel."""

    title: str
    measures: tuple[tuple[str, str, str], ...]
    agreement: Agreement
    levels: tuple[Level, ...]
    words: tuple[tuple[Severity, str], ...]
    height: int
    nought: float
    reach: str
    habits: tuple[tuple[Habits, tuple[tuple[int, int, int], ...], str], ...]


def diagnostics_page(criteria: Criteria, measured: Sequence[Agreement], habits: Sequence[Habits]) -> str:
    """Write the page."""
    parts = [_part(criteria, one, [each for each in habits if each.panel == one.panel]) for one in measured]
    facts = {
        "parts": parts,
        "marks": [decimal_text(mark) for mark in criteria.scale.marks],
        "says": SAYS,
        "limits": LIMITS,
        "too_few": TOO_FEW,
        "figure": figure,
        "wide": WIDE,
        "tall": TALL,
    }
    return render_beside("diagnostics.html", criteria, **facts)


def _part(criteria: Criteria, one: Agreement, habits: Sequence[Habits]) -> Part:
    levels, reach = _levels(one.severities)
    return Part(
        title=panel_title(criteria, one.panel),
        measures=tuple((NAMES[key], figure(getattr(one, key)), words) for key, words in WORDS.items()),
        agreement=one,
        levels=levels,
        words=tuple((each, level_words(each)) for each in one.severities),
        height=TOP + ROW * len(levels) + FOOT,
        nought=_across(0.0, reach),
        reach=f"{reach:.1f}",
        habits=tuple((each, _bars(each.counts), "; ".join(words_for(each, criteria.scale))) for each in habits),
    )


def _levels(severities: Sequence[Severity]) -> tuple[tuple[Level, ...], float]:
    """Place the levels on a scale that reaches as far as the widest of them, and at least half a mark."""
    reach = max([0.5, *(abs(one.effect) + 2 * (one.error or 0.0) for one in severities)])
    return tuple(_level(place, one, reach) for place, one in enumerate(severities)), reach


def _level(place: int, one: Severity, reach: float) -> Level:
    wide = 2 * (one.error or 0.0)
    ends = (_across(value, reach) for value in (one.effect, one.effect - wide, one.effect + wide))
    return Level(one.evaluator, TOP + ROW * place + ROW // 2, *ends)


def _across(value: float, reach: float) -> float:
    return round(LEFT + (WIDE - LEFT - RIGHT) * (value + reach) / (2 * reach), 1)


def _bars(counts: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """Place one bar for each mark of the scale: where it starts, how far from the top, how high."""
    most = max([1, *counts])
    return tuple(
        (place * (BAR + 2), TALL - round(TALL * count / most), round(TALL * count / most))
        for place, count in enumerate(counts)
    )
