"""What would have funded a bid, or what it could lose: each change of one thing alone, verified by solving."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from evaluator.allocation.conflict import conflict
from evaluator.allocation.judge import Judge, bids_of, forced_model, places_of, turning_point, value_at
from evaluator.allocation.model import Model, objectives_of
from evaluator.allocation.optimise import allocate
from evaluator.allocation.search import Search
from evaluator.allocation.usage import Usage
from evaluator.records.allocation import Allocation, Candidate, Problem
from evaluator.records.cases import BidCase, Change, Need
from evaluator.records.rules import EVERY_THEME, Budget, Rule, ThemeBudget, YearBudget

UNTOLD: Mapping[str, int] = {}


def explain_bid(problem: Problem, allocation: Allocation, bid: str, greatest: Mapping[str, int] = UNTOLD) -> BidCase:
    """Say why a bid is or is not funded, and what would change that if nothing else changed.

    Parameters
    ----------
    problem : the problem as it was given to ``allocate``; every change is made to it and solved again.
    allocation : what ``allocate`` made of it.
    greatest : for each theme, the greatest total that a bid can have there, in units of ``1/score_unit`` points;
        a theme that is not named has none that is known.

    Raises
    ------
    KeyError : for a bid that the problem does not know.
    """
    refusals = {one.bid: one for one in allocation.not_awarded}
    candidates = {one.bid: one for one in problem.candidates}
    if bid not in candidates:
        refusal = {one.bid: one for one in problem.refused}[bid]
        return BidCase(
            bid, refusal.theme, 0, problem.score_unit, problem.years, False, False, refusal.explanation, 0, 0
        )
    one = candidates[bid]
    funded = any(award.bid == bid for award in allocation.awards)
    case = BidCase(
        bid,
        one.theme,
        one.score,
        problem.score_unit,
        problem.years,
        funded,
        True,
        "" if funded else refusals[bid].explanation,
        len(allocation.tied),
        sum(any(name == bid or name.startswith(f"{bid} at ") for name in names) for names in allocation.tied),
    )
    if allocation.status != "proven":
        return replace(case, changes_known=False)
    judge = Judge(problem, bid)
    return _in(judge, allocation, case) if funded else _out(judge, allocation, case, greatest.get(one.theme))


def _in(judge: Judge, allocation: Allocation, case: BidCase) -> BidCase:
    """Say what a funded bid could lose, and which awards change if it withdraws."""
    others = tuple(one for one in judge.problem.candidates if one.bid != judge.bid)
    left = allocate(replace(judge.problem, candidates=others))
    was, now = {award.bid for award in allocation.awards}, {award.bid for award in left.awards}
    return replace(
        case,
        needs=(_score_to_lose(judge),),
        gained=tuple(sorted(now - was)),
        lost=tuple(sorted(was - now - {judge.bid})),
        changes_known=left.status == "proven",
    )


def _out(judge: Judge, allocation: Allocation, case: BidCase, greatest: int | None) -> BidCase:
    """Say what a bid would have needed, and what else would change if it had to be funded."""
    model = judge.model(_above_minimum(judge), judge.problem.rules)
    was = {award.bid for award in allocation.awards}
    with_it = judge.kept_in(model)
    known = judge.problem.policy.method == "optimise" and _solved(with_it, len(objectives_of(model.problem)) - 1)
    now = bids_of(model, with_it.chosen or ()) if known else was | {judge.bid}
    return replace(
        case,
        needs=(_score_to_win(judge, greatest), _cost_to_cut(judge), _budget_to_add(judge)),
        gained=tuple(sorted(now - was - {judge.bid})),
        lost=tuple(sorted(was - now)),
        changes_known=known,
    )


def _solved(found: Search, number: int) -> bool:
    return value_at(found, number) not in ("infeasible", "unknown")


def scored(one: Candidate, more: int) -> Candidate:
    """Give a bid with so many more units of score, at each of its levels alike."""
    levels = tuple(replace(level, score=level.score + more) for level in one.levels)
    full = None if one.full_score is None else one.full_score + more
    return replace(one, levels=levels, full_score=full)


def cheaper(one: Candidate, pounds: int) -> Candidate:
    """Give a bid whose cost in each year is so many whole pounds lower, never below nought, at each level alike."""
    levels = tuple(
        replace(level, costs=tuple(max(0, cost - 100 * pounds) for cost in level.costs)) for level in one.levels
    )
    return replace(one, levels=levels)


def _minimum(judge: Judge) -> int:
    """Give the fewest units of score that are not below the published minimum."""
    least = Fraction(judge.problem.policy.minimum_score or 0) * judge.problem.score_unit
    return -(-least.numerator // least.denominator)


def _above_minimum(judge: Judge) -> Candidate:
    return scored(judge.candidate, max(0, _minimum(judge) - judge.candidate.score))


def _score_to_win(judge: Judge, greatest: int | None) -> Need:
    def turned(more: int) -> bool | None:
        return judge.funded(scored(judge.candidate, more))

    if judge.problem.policy.method == "optimise":
        lift = _above_minimum(judge).score - judge.candidate.score
        gap = _gap(judge, judge.model(_above_minimum(judge), judge.problem.rules))
        if isinstance(gap, Need):
            return gap
        found = _confirmed(turned, (lift + max(gap, 0), lift + max(gap, 0) + 1))
    else:
        most = max(one.score for one in judge.problem.candidates) - min(0, judge.candidate.score) + _minimum(judge) + 1
        highest = turned(most)
        if not highest:
            return _impossible_by_list(judge) if highest is False else Need("score", "not_established")
        found = turning_point(turned, 0, most)
    need = _found("score", found)
    return replace(need, beyond=greatest is not None and (found or 0) > greatest - judge.candidate.score)


def _confirmed(turned: Callable[[int], bool | None], amounts: tuple[int, ...]) -> int | None:
    """Give the first of these amounts that turns the case where one less does not."""
    for amount in sorted(set(amounts)):
        if amount > 0 and turned(amount) and turned(amount - 1) is False:
            return amount
    return None


def _gap(judge: Judge, model: Model) -> int | Need:
    """Give how many units of score the best set without the bid is ahead of the best with it, or why none would do."""
    objectives = objectives_of(model.problem)
    if "total_score" not in objectives:
        return Need("score", "impossible", why="the total score is not among the published objectives")
    place = objectives.index("total_score")
    inside, outside = judge.kept_in(model), judge.left_out(model)
    for number in range(place + 1):
        mine, theirs = value_at(inside, number), value_at(outside, number)
        if mine == "infeasible":
            rules, _ = conflict(forced_model(model, judge.bid, funded=True), inside.seconds)
            return Need("score", "impossible", rules=rules, why="the rules do not allow it under any score")
        if theirs == "infeasible":
            rules, _ = conflict(forced_model(model, judge.bid, funded=False), outside.seconds)
            return Need("score", "impossible", rules=rules, why="the rules need it, whatever its score")
        if mine == "unknown" or theirs == "unknown":
            return Need("score", "not_established")
        if mine != theirs and number < place:
            decides = objectives[number].replace("_", " ")
            return Need("score", "impossible", why=f"the objective {decides} comes before the score and decides")
        gap = theirs - mine
    return gap


def _impossible_by_list(judge: Judge) -> Need:
    model = judge.model(_above_minimum(judge), judge.problem.rules)
    over = [Usage(model).over_limit(at) for at in places_of(model, judge.bid)]
    rules = tuple(dict.fromkeys(row.rule for row, _ in over[-1])) if all(over) else ()
    return Need("score", "impossible", rules=rules, why="even at the head of the list it would not be funded")


def _score_to_lose(judge: Judge) -> Need:
    """Find how many units of score a funded bid would have to lose to be no longer sure of its award."""

    def turned(less: int) -> bool | None:
        answer = judge.funded(scored(judge.candidate, -less))
        return None if answer is None else not answer

    to_minimum = judge.candidate.score - _minimum(judge) + 1  # units that take it below the published minimum
    if turned(0):
        return Need("score", "found", 0)
    if judge.problem.policy.method != "optimise":
        return _found("score", turning_point(turned, 0, max(1, to_minimum))) if turned(max(1, to_minimum)) else _kept()
    gap = _gap(judge, judge.model(judge.candidate, judge.problem.rules))
    minimum = judge.problem.policy.minimum_score
    if isinstance(gap, Need):
        return _found("score", _confirmed(turned, (to_minimum,))) if minimum and gap.verdict == "impossible" else gap
    amounts = [-gap, 1 - gap] + ([to_minimum] if minimum else [])
    if not minimum and -gap > judge.candidate.score:
        return replace(_kept(), why="it would be funded even with no points at all")
    return _found("score", _confirmed(turned, tuple(amounts)))


def _kept() -> Need:
    return Need("score", "impossible", why="no loss of points would take its award away")


def _found(change: Change, amount: int | None) -> Need:
    return Need(change, "not_established") if amount is None else Need(change, "found", amount)


def _cost_to_cut(judge: Judge) -> Need:
    """Find by how many pounds, in each year, a bid would have to be cheaper, its score and all else as they are."""
    least = max(cost for level in judge.candidate.levels for cost in level.costs)
    whole = -(-least // 100)
    answer = judge.funded(cheaper(judge.candidate, whole))
    if answer is None:
        return Need("cost", "not_established")
    if not answer:
        return Need("cost", "impossible", why="it would not be funded even if it cost nothing")
    return _found("cost", turning_point(lambda cut: judge.funded(cheaper(judge.candidate, cut)), 0, whole))


def _budget_to_add(judge: Judge) -> Need:
    """Find by how many pounds, in each year, the budgets that bear on a bid would have to be larger."""
    raised = tuple(rule.id for rule in _budgets(judge))
    if not raised:
        return Need("budget", "impossible", why="no published budget bears on it")

    def turned(pounds: int) -> bool | None:
        return judge.funded(rules=_raised(judge.problem, raised, pounds))

    everything = sum(max(level.cost for level in one.levels) for one in judge.problem.candidates) // 100 + 1
    amount = max(1, -(-max(cost for level in judge.candidate.levels for cost in level.costs) // 100))
    while not (answer := turned(amount)):
        if answer is None:
            return Need("budget", "not_established")
        if amount >= everything:
            return Need("budget", "impossible", why="it would not be funded whatever the budgets were")
        amount = min(2 * amount, everything)
    found = turning_point(turned, 0, amount)
    if found is None:
        return Need("budget", "not_established")
    return replace(_found("budget", found), rules=_needed(judge, raised, found))


def _budgets(judge: Judge) -> Iterator[Rule]:
    """List the published limits of money that a bid's cost counts towards."""
    themes = (judge.candidate.theme, EVERY_THEME)
    for rule in judge.problem.rules:
        of_theme = isinstance(rule, ThemeBudget) and rule.theme in themes and rule.limit is not None
        if of_theme or isinstance(rule, Budget | YearBudget):
            yield rule


def _raised(problem: Problem, raised: tuple[str, ...], pounds: int) -> tuple[Rule, ...]:
    """Raise these limits by so many pounds for each year that they cover."""
    return tuple(_one_raised(problem, rule, pounds) if rule.id in raised else rule for rule in problem.rules)


def _one_raised(problem: Problem, rule: Rule, pounds: int) -> Rule:
    years = 1 if getattr(rule, "year", None) else max(1, len(problem.years))
    assert isinstance(rule, Budget | YearBudget | ThemeBudget)
    assert rule.limit is not None
    return rule.model_copy(update={"limit": rule.limit + years * pounds})


def _needed(judge: Judge, raised: tuple[str, ...], pounds: int) -> tuple[str, ...]:
    """Leave out the rules that need not be raised, as long as the amount stays the turning point."""
    needed = raised
    for rule in raised:
        fewer = tuple(one for one in needed if one != rule)
        if fewer and judge.funded(rules=_raised(judge.problem, fewer, pounds)):
            needed = fewer
    less = judge.funded(rules=_raised(judge.problem, needed, pounds - 1))
    return needed if less is False else raised
