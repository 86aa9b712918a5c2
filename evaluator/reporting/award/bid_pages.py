"""A page for each bid of a run: what became of it and why, its marks beside its theme's, and their cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.documents import Document
from evaluator.records.english import count_of
from evaluator.records.numbers import decimal_text, exact_text, pounds, up_to_places
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Mark
from evaluator.records.results.counterfactuals import BidCase
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Decision
from evaluator.reporting.award.annex import FOLDER, page_of
from evaluator.reporting.results.worked_out import marks_of_sums
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, counted_part, score_text, theme_rows
from evaluator.reporting.shared.pages import HeadedPage, about, render, style
from evaluator.reporting.shared.provenance import AnswerTrace, Traces

STYLE = "style.css"
Average = tuple[str, int]


@dataclass(frozen=True)
class MarkLine:
    """An answer: its mark and its theme's average, each in percent of the highest, and where and why it was given."""

    answer: AnswerTrace
    mark: str
    average: str
    own: int
    theme: int


@dataclass(frozen=True, kw_only=True)
class BidPage(HeadedPage):
    """One bid: its place and figures, its case in sentences, its marks, and people's decisions on it."""

    template = "award/bid.html"
    row: Row
    theme: str
    facts: Sequence[tuple[str, str]]
    case: Sequence[str]
    marks: Sequence[MarkLine]
    highest: str
    decisions: Sequence[Decision]
    before: Row | None
    after: Row | None


def bid_pages(outcome: Outcome) -> Iterator[Document]:
    """Make the page of every scored bid, and the style that they share; each leads to the next of its theme."""
    yield Document(f"{FOLDER}{STYLE}", style())
    cases = {case.bid: case for case in (outcome.allocation.cases if outcome.allocation else ())}
    traces = Traces(outcome)
    for view in theme_rows(outcome):
        times = marks_of_sums(outcome).get(view.theme.id, {})
        averages = _averages(outcome.criteria, view, times)
        rows = (*view.ranked, *(row for row in view.rows if not row.rank))
        for at, row in enumerate(rows):
            beside = (rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)
            page = _page(outcome, view, row, cases.get(row.bid.id), traces.of(row.bid), averages, beside, times)
            yield Document(page_of(row.bid.id), render(page))


def _page(
    outcome: Outcome,
    view: ThemeRows,
    row: Row,
    case: BidCase | None,
    answers: Sequence[AnswerTrace],
    averages: Mapping[str, Average],
    beside: tuple[Row | None, Row | None],
    times: Mapping[str, int],
) -> BidPage:
    decisions = outcome.evaluation.decisions if outcome.evaluation else ()
    criteria, own = outcome.criteria, dict(zip(view.questions, row.marks, strict=True))
    marks = [(one, own.get(one.question.id), times.get(one.question.id, 1)) for one in answers]
    return BidPage(
        about=about(outcome),
        row=row,
        theme=view.theme.title,
        facts=tuple(_facts(outcome, view, row)),
        case=_case(row, case),
        marks=tuple(_mark(criteria, one, mark, averages[one.question.id], of) for one, mark, of in marks),
        highest=_highest(criteria, view, times),
        decisions=tuple(one for one in decisions if one.bid == row.bid.id),
        before=beside[0],
        after=beside[1],
    )


def _averages(criteria: Criteria, view: ThemeRows, times: Mapping[str, int]) -> Mapping[str, Average]:
    """Give the average mark of each question over the ranked bids of a theme, as text and in percent of the highest."""
    found = {}
    for at, question in enumerate(view.questions):
        marks = [Fraction(mark) for row in view.ranked if (mark := row.marks[at]) is not None]
        average = sum(marks, Fraction(0)) / len(marks) if marks else Fraction(0)
        scale = criteria.scale_for(question)
        counted = sum(map(scale.count_of, marks), Fraction(0)) / len(marks) if marks else Fraction(0)
        found[question] = up_to_places(average, 1), round(100 * counted / scale.greatest / times.get(question, 1))
    return found


def _highest(criteria: Criteria, view: ThemeRows, times: Mapping[str, int]) -> str:
    """Write the highest mark that the bars reach to; in words where it is not the same for all questions."""
    found = {criteria.scale_for(question).highest * times.get(question, 1) for question in view.questions}
    return decimal_text(found.pop()) if len(found) == 1 else "the highest of its question’s scale"


def _mark(criteria: Criteria, answer: AnswerTrace, mark: Mark | None, average: Average, times: int) -> MarkLine:
    scale = criteria.scale_for(answer.question.id)
    own = 0 if mark is None else round(100 * scale.count_of(mark) / scale.greatest / times)
    return MarkLine(answer, "–" if mark is None else exact_text(mark), average[0], own, average[1])


def _facts(outcome: Outcome, view: ThemeRows, row: Row) -> Iterator[tuple[str, str]]:
    """Give a bid's figures, those that it has."""
    rounding = outcome.criteria.rounding
    if row.rank:
        yield "Rank", f"{row.rank} of {count_of(len(view.ranked), 'ranked bid')}"
    yield "Total", score_text(row.total, rounding)
    yield "Quality", score_text(counted_part(row.quality, rounding), rounding)
    for one in outcome.criteria.measured_in(view.theme.id):
        figure = row.bid.figure(one.id)
        words = "–" if figure is None else one.said(Fraction(figure))
        yield (
            f"{one.id} {one.title}",
            f"{words}; {score_text(row.measured.get(one.id), rounding)} points of the quality",
        )
    if view.policy:
        given = row.index if view.indexed else row.price_points
        yield ("Price index" if view.indexed else "Price points"), score_text(counted_part(given, rounding), rounding)
    if row.bid.price is not None:
        years = zip(outcome.criteria.years, row.bid.by_year, strict=False)
        by_year = "; ".join(f"{year} {pounds(pence)}" for year, pence in years)
        yield "Asks", pounds(row.bid.price) + (f" ({by_year})" if by_year else "")
    if row.award:
        years = zip(outcome.allocation.years if outcome.allocation else (), row.award.by_year, strict=False)
        by_year = "; ".join(f"{year} {pounds(pence)}" for year, pence in years)
        yield "Recommended", pounds(row.award.amount) + (f" ({by_year})" if by_year else "")
    for what, names in (("Places", row.bid.wards), ("Groups served", row.bid.groups)):
        if names:
            yield what, ", ".join(names)


def _case(row: Row, case: BidCase | None) -> Sequence[str]:
    """Say why a bid is not funded, and what would have turned its case; a refusal holds the needs already."""
    told = (row.refusal.explanation,) if row.refusal else (row.reason,) if row.reason else ()
    needs = () if row.refusal or case is None else case.needed
    return (*told, *needs, *(case.changes if case else ()))
