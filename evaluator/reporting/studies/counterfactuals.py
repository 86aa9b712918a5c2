"""What would have changed each decision, for machines and for the screen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from evaluator.records.numbers import fixed, ratio_decimal
from evaluator.records.results.counterfactuals import BidCase, Need
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.shared.charts import Bar, Chart, bar_chart
from evaluator.reporting.shared.pages import HeadedPage, about, render, theme_titles


def case_document(case: BidCase) -> dict[str, object]:
    """Give a case as JSON values; points and pounds are exact decimal texts."""
    return {
        "bid": case.bid,
        "theme": case.theme,
        "funded": case.funded,
        "eligible": case.eligible,
        "score": ratio_decimal(case.score, case.score_unit),
        "why": case.why,
        "equal_sets": case.equal_sets,
        "in_equal_sets": case.in_equal_sets,
        "needs": [{**asdict(need), "amount": _amount(case, need)} for need in case.needs],
        "gained": list(case.gained),
        "lost": list(case.lost),
        "changes_known": case.changes_known,
        "sentences": list(case.sentences),
    }


def _amount(case: BidCase, need: Need) -> str | None:
    if need.amount is None:
        return None
    return ratio_decimal(need.amount, case.score_unit) if need.change == "score" else fixed(100 * need.amount, 2)


def case_text(case: BidCase) -> str:
    """Say in a few sentences why a bid is or is not funded and what would change that."""
    return "\n".join(case_sentences(case))


def case_sentences(case: BidCase) -> Iterator[str]:
    """Give the sentences of a case."""
    yield f"{case.bid} ({case.theme}) is {'funded' if case.funded else 'not funded'}."
    if case.why:
        yield case.why
    yield from case.sentences


def one_case_document(case: BidCase) -> dict[str, object]:
    """Give one bid's case as a document of its own."""
    return {"schema": "bid-case/1", **case_document(case)}


def cases_document(cases: Sequence[BidCase]) -> dict[str, object]:
    """Give all cases as JSON values."""
    return {"schema": "margins/1", "bids": [case_document(case) for case in cases]}


def cases_text(cases: Sequence[BidCase]) -> str:
    """List the bids with the closest decision first, a line each; bids that were never eligible come last."""
    return "\n".join(f"{case.bid} ({case.theme}) {_line(case)}" for case in closest_first(cases))


@dataclass(frozen=True, kw_only=True)
class CasesPage(HeadedPage):
    """All cases in the order given, with the titles of the themes by id."""

    template = "study_margins.html"
    chart: Chart
    cases: Sequence[BidCase]
    titles: Mapping[str, str]


def cases_html(cases: Sequence[BidCase], outcome: Outcome) -> str:
    """Write all cases as a page with a chart of the points that decide, and every case in a table."""
    ordered = closest_first(cases)
    titles = theme_titles(outcome.criteria)
    return render(CasesPage(about=about(outcome), chart=margin_chart(ordered), cases=ordered, titles=titles))


def margin_chart(ordered: Sequence[BidCase]) -> Chart:
    """Draw the points that would turn each decision, in the order given; those that no points turn have no bar."""
    bars = [
        Bar(f"{case.bid} ({case.theme})", (Fraction(points, case.score_unit),), _end(case, points), filled=case.funded)
        for case in ordered
        if (points := _points(case)) is not None
    ]
    words = f"One bar for each of {len(bars)} bids that points alone can turn; the table gives every number."
    title = "Points that would turn each decision: more for a refused bid, fewer for a funded one"
    return bar_chart("margins", title, words, ["points"], bars)


def _end(case: BidCase, points: int) -> str:
    return f"{'−' if case.funded else '+'}{ratio_decimal(points, case.score_unit)}"


def closest_first(cases: Sequence[BidCase]) -> list[BidCase]:
    """Put the bids whose decision hangs on the fewest points first; those that no points decide come last."""
    return sorted(cases, key=lambda case: (_points(case) is None, _points(case) or 0, case.bid))


def _points(case: BidCase) -> int | None:
    return next((need.amount for need in case.needs if need.change == "score"), None)


def _line(case: BidCase) -> str:
    words = " ".join(case.needed) if case.eligible else case.why
    return f"{'funded' if case.funded else 'not funded'}: {words}"
