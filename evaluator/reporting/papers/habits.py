"""How each evaluator used the scale, in plain words; from which value on a habit is worth discussing."""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from evaluator.records.documents import Cell, Sheet
from evaluator.records.english import listing
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.moderation import Habits
from evaluator.reporting.papers.agreement import PURPOSE, TOO_FEW, figure

SHEET = "Evaluators"
ENOUGH = 20  # marks below which nothing is said of unused marks or of runs
LONG_RUN = 8  # equal marks in a row that are worth a word
HALO, FURTHER = 0.8, 0.2  # a correlation this high, and this much above the others', is worth a word
LIMITS = (
    "What these figures cannot tell: bids may really be alike, or good at everything; an evaluator whose marks differ "
    "from the others' may be the one who is right. They say where to look first. Nothing here changes a mark."
)


def limits_of(criteria: Criteria) -> str:
    """Say what the figures cannot tell, and which questions they leave out: those whose marks are of another range."""
    usual = criteria.scale.marks
    every = dict.fromkeys(
        one.id for theme in criteria.themes for one in criteria.asked(theme.id) if one.answered != "information"
    )
    others = [question for question in every if criteria.scale_for(question).marks != usual]
    left_out = f" Left out, because they are marked on another scale: {listing(others)}." if others else ""
    return f"{LIMITS}{left_out}"


def words_for(one: Habits, scale: Scale) -> tuple[str, ...]:
    """Say what is worth discussing of one evaluator's marks, in plain words."""
    return tuple(_to_discuss(one, scale)) or ("nothing that stands out",)


def _to_discuss(one: Habits, scale: Scale) -> Iterator[str]:
    if one.marks < ENOUGH:
        yield f"{TOO_FEW} ({one.marks} marks)"
        return
    unused = [decimal_text(mark) for mark, count in zip(scale.marks, one.counts, strict=True) if not count]
    if unused:
        yield f"never gave {' or '.join(unused)}"
    if one.run >= LONG_RUN:
        yield f"gave {decimal_text(one.run_mark)} to {one.run} answers in a row"
    if one.halo is not None and one.halo >= HALO and one.halo - (one.others or 0) >= FURTHER:
        values = f"({figure(one.halo)}; the others' {figure(one.others)})"
        yield f"a bid's marks go together across questions, more than the others' do {values}"
    if one.order is not None and abs(one.order) > limit_of_chance(one.places):
        side = "higher" if one.order > 0 else "lower"
        yield f"marked the bids that came later {side}, against the others ({one.order:+.2f} over {one.places} bids)"


def limit_of_chance(places: int) -> float:
    """Give how large a correlation comes about by chance in about 19 of 20 cases.

    >>> round(limit_of_chance(26), 2)
    0.4
    """
    return 2 / sqrt(max(places - 1, 1))


def habits_sheet(found: Sequence[Habits], criteria: Criteria, titles: Mapping[str, str]) -> Sheet:
    """Make the sheet: one row for each evaluator on each panel."""
    scale = criteria.scale
    marks = tuple(f"Gave {decimal_text(mark)}" for mark in scale.marks)
    headings = ("Panel", "Evaluator", "Marks", *marks, "Longest run", "Halo", "Others' halo", "Order", "To discuss")
    rows = tuple(tuple(_cells(one, scale, titles)) for one in found)
    return Sheet(
        name=SHEET,
        rows=(
            (Cell("How each evaluator used the scale", style="title"),),
            (Cell(PURPOSE, style="note_line"),),
            (Cell(limits_of(criteria), style="note_line"),),
            tuple(Cell(text, style="heading") for text in headings),
            *rows,
        ),
        widths=(34, 12, 9, *(9 for _ in marks), 12, 14, 14, 14, 90),
        freeze=(4, 2),
        table=(4, 4 + len(rows)),
        protected=True,
    )


def _cells(one: Habits, scale: Scale, titles: Mapping[str, str]) -> Iterator[Cell]:
    yield Cell(titles.get(one.panel, one.panel), style="text")
    yield Cell(one.evaluator, style="text")
    yield Cell(one.marks)
    yield from (Cell(count) for count in one.counts)
    yield Cell(one.run)
    yield from (Cell(figure(value), style="text") for value in (one.halo, one.others, one.order))
    yield Cell("; ".join(words_for(one, scale)), style="text")
