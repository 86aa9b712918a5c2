"""What would have changed each decision, for machines and for the screen."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from evaluator.records.english import count_of
from evaluator.records.numbers import fixed, ratio_decimal
from evaluator.records.results.counterfactuals import BidCase, Change, Need
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.shared.pages import HeadedPage, about, render, theme_titles
from evaluator.reporting.shared.share_pictures import ShareRow, ShareRows, axis_to, share_rows

AMOUNT = re.compile(r"\d{1,15}(\.\d{1,30}|/\d{1,30})?")  # of points or pounds, as a case has it
DRAWN = 8  # decisions of a theme; the table has all


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


def amounts_told(cases: Sequence[Any]) -> dict[Change, dict[str, Fraction]]:
    """Read, from cases as JSON values, the points and pounds that would have turned each decision; the rest is left.

    Raises
    ------
    KeyError, TypeError, AttributeError : where cases are written otherwise than ``case_document`` does.
    """
    found: dict[Change, dict[str, Fraction]] = {"score": {}, "cost": {}, "budget": {}}
    for case in cases:
        for need in case["needs"]:
            if need["verdict"] == "found" and AMOUNT.fullmatch(need["amount"]):
                found[need["change"]][case["bid"]] = Fraction(need["amount"])
    return found


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
    """All cases in the order given, the closest of each theme drawn, with the titles of the themes by id."""

    template = "study_margins.html"
    finding: str
    charts: Sequence[ShareRows]
    cases: Sequence[BidCase]
    titles: Mapping[str, str]


def cases_html(cases: Sequence[BidCase], outcome: Outcome) -> str:
    """Write all cases as a page with pictures of the closest decisions, and every case in a table."""
    ordered = closest_first(cases)
    titles = theme_titles(outcome.criteria)
    charts = margin_charts(ordered, titles)
    page = CasesPage(about=about(outcome), finding=finding(ordered), charts=charts, cases=ordered, titles=titles)
    return render(page)


def finding(cases: Sequence[BidCase]) -> str:
    """Say how many decisions hang on a point or less."""
    close = sum(margin is not None and margin <= 1 for margin in map(_margin, cases))
    return f"{count_of(close, 'decision turns', 'decisions turn') if close else 'No decision turns'} on a point or less"


def margin_charts(ordered: Sequence[BidCase], titles: Mapping[str, str]) -> list[ShareRows]:
    """Draw, theme by theme and on one scale, the decisions that the fewest points would turn."""
    themes = {theme: [one for one in ordered if one.theme == theme and _margin(one) is not None] for theme in titles}
    drawn = {theme: cases[:DRAWN] for theme, cases in themes.items() if cases}
    axis = axis_to(
        max((_margin(case) or Fraction(0) for cases in drawn.values() for case in cases), default=Fraction(0))
    )
    return [
        share_rows(
            f"margins-{theme}",
            f"{titles[theme]}: {finding(themes[theme])[0].lower()}{finding(themes[theme])[1:]}",
            [ShareRow(case.bid, _end(case), Fraction(0), _margin(case)) for case in cases],
            axis=axis,
        )
        for theme, cases in drawn.items()
    ]


def _end(case: BidCase) -> str:
    points = ratio_decimal(_points(case) or 0, case.score_unit)
    return f"funded, {points} fewer" if case.funded else f"not funded, {points} more"


def _margin(case: BidCase) -> Fraction | None:
    points = _points(case)
    return None if points is None else Fraction(points, case.score_unit)


def closest_first(cases: Sequence[BidCase]) -> list[BidCase]:
    """Put the bids whose decision hangs on the fewest points first; those that no points decide come last."""
    return sorted(cases, key=lambda case: (_points(case) is None, _points(case) or 0, case.bid))


def _points(case: BidCase) -> int | None:
    return next((need.amount for need in case.needs if need.change == "score"), None)


def _line(case: BidCase) -> str:
    words = " ".join(case.needed) if case.eligible else case.why
    return f"{'funded' if case.funded else 'not funded'}: {words}"
