"""The steps behind a bid's numbers, worked out when someone asks: each names the rule, the working and the result."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import exact_text, pounds
from evaluator.records.programme.criteria import QUALITY, Criteria, PricePolicy
from evaluator.records.programme.minimums import enough
from evaluator.records.programme.price.lines import have_weights
from evaluator.records.programme.price.methods import Given
from evaluator.records.results.scores import ScoreTable, Step
from evaluator.records.submissions.evaluation import NO_MARK, Bid, Evaluation, row_marks, row_weights
from evaluator.records.submissions.several_marks import made_words
from evaluator.scoring.exact_columns import Column
from evaluator.scoring.measured import figure, measured_words, outside
from evaluator.scoring.price.lines import line_method, points_by_line
from evaluator.scoring.price.method import PriceMethod, Statistic
from evaluator.scoring.quality import disregarded_words, held_to_minimums
from evaluator.scoring.steps.bid_in_theme import Case, find_case
from evaluator.scoring.steps.standing import how_rounded, rank_steps, total_steps


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
        found += [*_measured_steps(case), *_price_steps(case), *total_steps(case), *rank_steps(case)]
    return tuple(found)


def _quality_steps(case: Case) -> Iterator[Step]:
    weights = row_weights(case.criteria.as_counted, case.bids, case.row)
    places = case.bids.row(case.row)
    for question, values, weight, at in zip(case.bids.questions, case.values, weights, places, strict=True):
        if at < 0:
            working = "not marked" if at == NO_MARK else _does_not_apply(case, weight)
            yield Step(f"weights: {question}", working, Fraction(0) if at == NO_MARK else weight)
            continue
        if question in case.made:
            made = case.made[question]
            yield Step(f"moderation: {question}", made_words(case.criteria.moderation, made), made.value)
        mark, count = values.marks[at], values.counts[at]
        counted = exact_text(mark) if mark == count else f"{exact_text(mark)}, which counts {exact_text(count)},"
        working = f"{counted} of {exact_text(values.greatest)}, times {exact_text(weight)} points"
        yield Step(f"weights: {question}", working, values.points(weight)[at])
    questions = count_of(len(case.bids.questions), "question")
    yield Step("quality score", f"the points of {questions} added up", case.answered)


def _does_not_apply(case: Case, weight: Fraction) -> str:
    rule = case.criteria.not_applicable
    if rule and rule.weight == "full_marks":
        return f"does not apply, and earns its {exact_text(weight)} points in full"
    return "does not apply; other questions carry its weight"


def _minimum_steps(case: Case) -> Iterator[Step]:
    decision = case.bids.disregarded.get(case.scores.bids[case.row])
    if decision:
        yield Step(decision.standing, disregarded_words(decision), Fraction(0))
        return
    marks = dict(zip(case.bids.questions, row_marks(case.values, case.bids, case.row), strict=True))
    for question, least in case.theme.minimum_marks.items():
        mark = marks[question]
        if mark is None:
            yield Step(f"minimum_marks: {question}", "does not apply", Fraction(0))
            continue
        wanted = f"{_wanted(beyond=question in case.theme.more_than)} {exact_text(least)}"
        reached = _reached(yes=enough(case.theme, question, mark))
        yield Step(f"minimum_marks: {question}", f"{wanted}: {reached}", Fraction(mark))
    for held in held_to_minimums(case.criteria, case.values, case.bids, case.row):
        minimum, available = held.minimum, exact_text(held.available)
        least_points = exact_text(minimum.least(held.available))
        share = f"{exact_text(minimum.percent)} % of {available} points, " if minimum.percent is not None else ""
        working = f"{_wanted(beyond=minimum.beyond)} {share}{least_points}: {_reached(yes=held.met)}"
        name = "minimum_quality" if minimum.name == QUALITY else f"section minimum: {minimum.name}"
        yield Step(name, working, held.points)
    for words in outside(case.criteria, case.bids.theme, case.bids.bids[case.row]):
        yield Step("measured: limits", words.rstrip("."), Fraction(0))


def _wanted(*, beyond: bool) -> str:
    return "more than" if beyond else "at least"


def _reached(*, yes: bool) -> str:
    return "reached" if yes else "not reached"


def _measured_steps(case: Case) -> Iterator[Step]:
    """Give the points of each figure that is measured, and the quality score with them."""
    bids = [case.bids.bids[row] for row in case.ranked]
    for one in case.criteria.measured_in(case.bids.theme):
        figures = [figure(one, bid) for bid in bids]
        words = measured_words(one, case.bids.bids[case.row], figures, Fraction(case.theme.weights[one.id]))
        yield Step(f"measured: {one.id}", words, case.scores.measured[one.id][case.row])
    if case.scores.measured:
        yield Step("quality score with what is measured", "the points of all of these added up", case.quality)


def _price_steps(case: Case) -> Iterator[Step]:
    method, policy, prices = case.method, case.criteria.price_policy(case.bids.theme), case.prices
    given = case.scores.index or case.scores.price_points
    if method is None or policy is None or prices is None or given is None:
        return
    yield from _rounded_quality(case)
    place = case.ranked.index(case.row)
    bid = case.bids.bids[case.row]
    words = _line_sum(case, bid) if bid.lines else _basis_words(bid, policy)
    yield Step(f"price basis: {policy.basis}", words, prices.at(place) / 100)
    if have_weights(case.criteria.price_line) and case.offers:
        yield from _line_steps(case, policy, place, given[case.row])
        return
    figures = {name: case.offers.statistic(name, place) for name in method.statistics} if case.offers else {}
    for name, found in figures.items():
        about = "quality" if name.endswith("quality") else "scored prices"
        result = found if name in NOT_MONEY else found / 100
        bids = count_of(len(prices), "ranked bid", separator="")
        yield Step(f"price statistic: {name}", f"of the {about} of {bids}", result)
    words = _no_result(case) or _result_words(case, method, prices.at(place), figures, method.given(policy.parameters))
    yield Step(f"price method: {method.name}", words, given[case.row])


def _rounded_quality(case: Case) -> Iterator[Step]:
    """Say that the quality score is rounded before an index is worked out from it, where the parts are rounded."""
    rounding = case.criteria.rounding
    if case.scores.index is not None and rounding.point == "parts":
        yield Step(
            "rounding: quality score", f"{exact_text(case.quality)}, {how_rounded(rounding)}", case.compared_quality
        )


NOT_MONEY = ("best_quality", "lowest_quality", "place")


def _line_sum(case: Case, bid: Bid) -> str:
    """Say how the lines of a price come to one."""
    parts = [
        pounds(paid) if line.quantity is None else f"{exact_text(line.times)} × {pounds(paid)}"
        for line, paid in zip(case.criteria.price_line, bid.lines, strict=True)
    ]
    policy = case.criteria.price_policy(case.bids.theme)
    added = " + ".join(parts)
    return f"({added}) ÷ {bid.people} people" if policy and policy.basis == "unit_cost" else added


def _line_steps(case: Case, policy: PricePolicy, place: int, together: Fraction) -> Iterator[Step]:
    """Give the points of each line of the price, and their sum."""
    bids = [case.bids.bids[row] for row in case.ranked]
    quality = Column.same(0, len(bids))
    for line, points in points_by_line(case.criteria, policy, bids, quality, case.theme.price_weight):
        method, _ = line_method(line, policy)
        paid = bids[place].lines[case.criteria.price_line.index(line)]
        words = f"{pounds(paid)} by {method.name} among the prices of {count_of(len(bids), 'ranked bid')} for this line"
        yield Step(f"price line: {line.id}", words, points.at(place))
    yield Step("price points", f"the points of {count_of(len(case.criteria.price_line), 'line')} added up", together)


def _basis_words(bid: Bid, policy: PricePolicy) -> str:
    years = [pounds(year) for year in bid.by_year or (bid.price or 0,)]
    if policy.basis == "unit_cost":
        return f"{pounds(bid.price or 0)} ÷ {bid.people} people"
    if policy.basis == "yearly":
        return f"({' + '.join(years)}) ÷ {count_of(len(years), 'year')}"
    if policy.basis == "discounted":
        growth = exact_text(1 + Fraction(policy.discount_rate or 0) / 100)
        return " + ".join(f"{amount} ÷ {growth}^{year}" if year else amount for year, amount in enumerate(years))
    return " + ".join(years)


def _no_result(case: Case) -> str:
    if case.has_result[case.row]:
        return ""
    return "no index, since the quality is not above 0; ranks after every bid that has one"


def _result_words(
    case: Case, method: PriceMethod, price: Fraction, figures: Mapping[Statistic, Fraction], given: Given
) -> str:
    available = case.theme.price_weight
    if {"lowest", "highest"} <= figures.keys() and figures["highest"] == figures["lowest"]:
        return f"all scored prices are equal, so each has all {exact_text(available)} points"
    shown: dict[str, str] = {
        name: exact_text(figure) if name in NOT_MONEY else pounds(figure) for name, figure in figures.items()
    }
    terms = method.terms.parameters
    told: dict[str, str] = {
        name: pounds(value * 100) if terms[name].pounds else exact_text(value) for name, value in given.items()
    }
    facts = {"available": exact_text(available), "price": pounds(price), "quality": exact_text(case.compared_quality)}
    words = method.words.format(**{**told, **shown, **facts})
    return words + (f", kept within 0 and {exact_text(available)} points" if given.get("clip") else "")
