"""The steps behind a bid's numbers, worked out when someone asks: each names the rule, the working and the result."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.records.criteria import Criteria, PricePolicy
from evaluator.records.evaluation import Bid, Evaluation
from evaluator.records.scores import ScoreTable, Step
from evaluator.scoring.case import Case, find_case
from evaluator.scoring.methods import Given, PriceMethod
from evaluator.scoring.quality import available_quality, disregarded_words, least_quality, question_points, row_marks
from evaluator.scoring.standing import rank_steps, total_steps
from evaluator.scoring.words import counted, money, plain


def steps(criteria: Criteria, evaluation: Evaluation, scores: ScoreTable, theme: str, bid: str) -> tuple[Step, ...]:
    """Give every step from one bid's marks and price to its rank, or to the reason why it has none.

    Results are exact; money is in pounds. The steps are those of quality (question by question), the published
    minimums, the scored price, the figures of all ranked bids that the method uses, the price points or index, the
    rounding, the total, each tie-break that was needed, and the rank.

    Raises
    ------
    KeyError
        When the theme has no bid of that id.
    """
    case = find_case(criteria, evaluation, scores, theme, bid)
    found = [*_quality_steps(case), *_minimum_steps(case)]
    if case.scores.status[case.row] == "ranked":
        found += [*_price_steps(case), *total_steps(case), *rank_steps(case)]
    return tuple(found)


def _quality_steps(case: Case) -> Iterator[Step]:
    highest, marks = case.criteria.scale.highest, row_marks(case.criteria.scale, case.bids, case.row)
    for question, mark in zip(case.bids.questions, marks, strict=True):
        weight = case.theme.weights[question]
        if mark is None:
            yield Step(f"weights: {question}", "not marked", Fraction(0))
            continue
        working = f"{plain(mark)} of {plain(highest)}, times {plain(weight)} points"
        yield Step(f"weights: {question}", working, question_points(weight, mark, highest))
    yield Step("quality score", f"the points of {counted(len(marks), 'question')} added up", case.quality)


def _minimum_steps(case: Case) -> Iterator[Step]:
    decision = case.bids.disregarded.get(case.scores.bids[case.row])
    if decision:
        yield Step("disregarded", disregarded_words(decision), Fraction(0))
        return
    marks = dict(zip(case.bids.questions, row_marks(case.criteria.scale, case.bids, case.row), strict=True))
    for question, least in case.theme.minimum_marks.items():
        mark = Fraction(marks[question] or 0)
        yield Step(f"minimum_marks: {question}", f"at least {plain(least)}: {_reached(mark >= least)}", mark)
    if case.theme.minimum_quality is not None:
        least_points = least_quality(case.theme, case.bids)
        working = (
            f"at least {plain(case.theme.minimum_quality)} % of {plain(available_quality(case.theme, case.bids))} "
            f"points, {plain(least_points)}: {_reached(case.quality >= least_points)}"
        )
        yield Step("minimum_quality", working, case.quality)


def _reached(yes: bool) -> str:
    return "reached" if yes else "not reached"


def _price_steps(case: Case) -> Iterator[Step]:
    method, policy, prices = case.method, case.criteria.price_policy(case.bids.theme), case.prices
    given = case.scores.index or case.scores.price_points
    if method is None or policy is None or prices is None or given is None:
        return
    price = prices.at(case.ranked.index(case.row))
    yield Step(f"price basis: {policy.basis}", _basis_words(case.bids.bids[case.row], policy), price / 100)
    figures: dict[str, Fraction] = {name: getattr(prices, name)() for name in method.statistics}
    for name, figure in figures.items():
        yield Step(
            f"price statistic: {name}", f"of the scored prices of {counted(len(prices), 'ranked bid')}", figure / 100
        )
    result = given[case.row]
    if method.gives_points:
        words = _points_words(method, case.theme.price_weight, price, figures, method.given(policy.parameters))
    else:
        words = _index_words(method, price, case.quality)
    yield Step(f"price method: {method.name}", words, result)


def _basis_words(bid: Bid, policy: PricePolicy) -> str:
    if policy.basis == "unit_cost":
        return f"{money(Fraction(bid.price or 0))} ÷ {bid.people} people"
    return " + ".join(money(Fraction(year)) for year in bid.by_year or (bid.price or 0,))


def _index_words(method: PriceMethod, price: Fraction, quality: Fraction) -> str:
    if quality <= 0:
        return "no index, since the quality is not above 0; ranks after every bid that has one"
    return method.words.format(price=money(price), quality=plain(quality))


def _points_words(
    method: PriceMethod, available: Fraction, price: Fraction, figures: dict[str, Fraction], given: Given
) -> str:
    if "highest" in figures and figures["highest"] == figures["lowest"]:
        return f"all scored prices are equal, so each has all {plain(available)} points"
    shown = {name: money(figure) for name, figure in figures.items()}
    limits = {name: money(value * 100) for name, value in given.items() if name in ("lowest", "highest")}
    others = {name: plain(value) for name, value in given.items()}
    words = method.words.format(**{**others, **limits, **shown}, available=plain(available), price=money(price))
    return words + (f", kept within 0 and {plain(available)} points" if given.get("clip") else "")
