"""One bid's case, and the margins of all bids, as sentences for people and as documents for machines."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from evaluator.records.cases import BidCase, Margin, Need
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.reporting.pages import counted

ALONE = "Each of these holds if only that had changed. A lower cost is taken to leave every score as it is."


def case_document(case: BidCase) -> dict[str, object]:
    """Give a case as JSON values; points are exact decimal texts, pounds whole numbers."""
    return {
        "schema": "bid-case/1",
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
        "sentences": list(case_sentences(case)),
    }


def _amount(case: BidCase, need: Need) -> str | None:
    if need.amount is None:
        return None
    return ratio_decimal(need.amount, case.score_unit) if need.change == "score" else str(need.amount)


def case_text(case: BidCase) -> str:
    """Say in a few sentences why a bid is or is not funded and what would change that."""
    return "\n".join(case_sentences(case))


def case_sentences(case: BidCase) -> Iterator[str]:
    """Give the sentences of a case."""
    yield f"{case.bid} ({case.theme}) is {'funded' if case.funded else 'not funded'}."
    if case.why:
        yield case.why
    if case.eligible and not case.needs:
        yield "No best set of awards is proven, so nothing can be said of what would change this."
    if len(case.needs) > 1:
        yield ALONE
    for need in case.needs:
        yield WORDS[need.change, need.verdict](case, need)
    yield from _changes(case)


def _points(case: BidCase, need: Need) -> str:
    text = ratio_decimal(need.amount or 0, case.score_unit)
    return f"{text} point{'' if text == '1' else 's'}"


def _yearly(case: BidCase, need: Need) -> str:
    return f"{pounds(100 * (need.amount or 0))}{' in each year' if case.years else ''}"


def _score_found(case: BidCase, need: Need) -> str:
    one_less = f"with {ratio_decimal(1, case.score_unit)} less"
    if case.funded and not need.amount:
        return "Its award is not sure as it is: another set of awards is equal."
    if case.funded:
        return f"With a loss of {_points(case, need)} it would not be sure of its award; {one_less}, it would."
    beyond = " That is more than is open to any bid of its theme: no score could have won." if need.beyond else ""
    return f"It would have been funded with {_points(case, need)} more; {one_less} it would not have been sure.{beyond}"


def _cost_found(case: BidCase, need: Need) -> str:
    words = f"It would have been funded with a cost lower by {_yearly(case, need)}"
    return f"{words}; with £1 less of a cut it would not have been sure."


def _budget_found(case: BidCase, need: Need) -> str:
    rules = f"{counted(len(need.rules), 'the limit', 'the limits').split(' ', 1)[1]} of {' and '.join(need.rules)}"
    words = f"It would have been funded with {rules} higher by {_yearly(case, need)}"
    return f"{words}; with £1 less than that it would not have been sure."


def _impossible(_: BidCase, need: Need) -> str:
    what = {"score": "score", "cost": "lower cost", "budget": "larger budget"}[need.change]
    rules = f" (rule{'' if len(need.rules) == 1 else 's'} {' and '.join(need.rules)})" if need.rules else ""
    return f"No {what} would change it: {need.why}{rules}."


def _unknown(_: BidCase, need: Need) -> str:
    return f"What {need.change} would change it was not established in the time limit."


WORDS = {
    ("score", "found"): _score_found,
    ("cost", "found"): _cost_found,
    ("budget", "found"): _budget_found,
} | {
    (change, verdict): words
    for change in ("score", "cost", "budget")
    for verdict, words in (("impossible", _impossible), ("not_established", _unknown))
}


def _changes(case: BidCase) -> Iterator[str]:
    if not case.changes_known or not (case.gained or case.lost or case.funded):
        return
    if case.funded:
        gained = ", ".join(case.gained) or "no other bid"
        lost = f", and {', '.join(case.lost)} would not be" if case.lost else ""
        yield f"If it withdrew, {gained} would be funded{lost}."
    else:
        lost, gained = ", ".join(case.lost) or "no award", ", ".join(case.gained)
        yield f"If it had to be funded, it would take the place of {lost}" + (
            f", and let in {gained}." if gained else "."
        )


def margins_document(margins: Sequence[Margin], score_unit: int) -> dict[str, object]:
    """Give the margins as JSON values; points are exact decimal texts."""
    return {
        "schema": "margins/1",
        "bids": [
            {
                "bid": one.bid,
                "theme": one.theme,
                "funded": one.funded,
                "score": ratio_decimal(one.score, score_unit),
                "points": None if one.points is None else ratio_decimal(one.points, score_unit),
                "decided_by": one.decided_by,
            }
            for one in margins
        ],
    }


def margins_text(margins: Sequence[Margin], score_unit: int) -> str:
    """List the bids with the closest decision first, a line each."""
    ordered = sorted(margins, key=lambda one: (one.points is None, one.points or 0, one.bid))
    return "\n".join(_line(one, score_unit) for one in ordered)


def _line(one: Margin, score_unit: int) -> str:
    state = "funded" if one.funded else "not funded"
    if one.points is None:
        why = {"rules": "the rules decide, whatever its score", "objectives": "an objective before the score decides"}
        return f"{one.bid} ({one.theme}) {state}: {why.get(one.decided_by, 'not established in the time limit')}"
    points = ratio_decimal(one.points, score_unit)
    words = (
        f"{points} points ahead of the best awards without it" if one.funded else f"{points} points from coming level"
    )
    return f"{one.bid} ({one.theme}) {state}: {words}"
