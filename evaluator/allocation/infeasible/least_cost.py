"""Which rules would give way at the least published cost, and by how much, where no set of awards keeps them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluator.allocation.infeasible.conflict import conflict, meeting
from evaluator.allocation.infeasible.repairs import in_words
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, Row
from evaluator.allocation.oracle.feasibility import Feasibility, only
from evaluator.allocation.proof.awards import holds
from evaluator.allocation.solvers.solve import least_relaxed
from evaluator.allocation.solvers.work import Work
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.rules import FIGURES, Rule
from evaluator.records.results.allocation import LeastCost, Problem, Repair


@dataclass(frozen=True)
class Slack:
    """One figure of one rule that may give way: its variable, how far it may move, and what a unit costs."""

    rule: Rule
    key: str  # empty where the rule is left out
    variable: int
    most: int
    cost: Decimal


def least_cost(problem: Problem) -> LeastCost | None:
    """Find the cheapest change of the rules that lets some set of awards keep them.

    With published costs (``gives_way``), every figure may move by whole units of its rule. Without any, the fewest
    rules are found that would have to be left out.

    Parameters
    ----------
    problem : after the minimum score; no set of awards keeps its rules.

    Returns
    -------
    None where it was not found, where the rules that may give way are not enough, or where what one rule allows
    is read from another.
    """
    if any(getattr(rule, "of", "") == "budget" or getattr(rule, "carry_over", False) for rule in problem.rules):
        return None
    if any(rule.gives_way for rule in problem.rules):
        return _by_cost(problem)
    return _fewest(build(problem))


def _by_cost(problem: Problem) -> LeastCost | None:
    model = build(problem)
    slacks = list(_slacks(model))
    if not slacks:
        return None
    places = Decimal(10) ** max(-int(slack.cost.as_tuple().exponent) for slack in slacks)
    bounds = {slack.variable: (slack.most, int(slack.cost * places)) for slack in slacks}
    answer = least_relaxed(
        model.variables,
        [_loosened(side, slacks) for row in model.rows for side in _sides(row)],
        bounds,
        Work.of(problem),
    )
    if answer is None:
        return None
    moved = [(slack, answer[slack.variable]) for slack in slacks if answer[slack.variable]]
    changed = _changed(problem, moved)
    chosen = tuple(at for at in range(len(model.choices)) if answer[at])
    if not holds(build(changed), chosen):
        return None
    changes = tuple(_repair(slack, units) for slack, units in moved)
    cost = sum((slack.cost * units for slack, units in moved), Decimal(0))
    return LeastCost(decimal_text(cost), changes, published=True)


def _slacks(model: Model) -> Iterator[Slack]:
    """Give a variable to each figure that may give way, after those of the model."""
    variable = model.variables
    for rule in model.problem.rules:
        rows = [row for row in model.rows if row.rule == rule.id]
        if not rule.gives_way or not rows:
            continue
        if rule.traits.gives_way == "whole":
            units = Decimal(getattr(rule, "least", None) or getattr(rule, "most", None) or 1)
            yield Slack(rule, "", variable, 1, rule.gives_way * units)
            variable += 1
            continue
        for key in FIGURES:
            if getattr(rule, key, None) is not None:
                yield Slack(rule, key, variable, max(_furthest(row, key) for row in rows), rule.gives_way)
                variable += 1


def _unit(row: Row) -> int:
    """Give what one unit of a rule, a pound, an hour or an award, is in its rows."""
    return 100 if row.unit == "money" else row.scale


def _furthest(row: Row, key: str) -> int:
    """Give how many units a figure has to move before the row always holds."""
    lowest, highest = row.span
    short = (row.least or 0) - lowest if key == "least" else highest - (row.most if row.most is not None else highest)
    return max(0, -(-short // _unit(row)))


def _sides(row: Row) -> tuple[Row, ...]:
    """Give what a row asks for at least and at most as rows of their own, so that each gives way by itself."""
    if row.least is None or row.most is None:
        return (row,)
    return replace(row, most=None), replace(row, least=None)


def _loosened(row: Row, slacks: Sequence[Slack]) -> Row:
    """Let the figures of a row give way."""
    lowest, highest = row.span
    terms = list(row.terms)
    for slack in slacks:
        if slack.rule.id != row.rule:
            continue
        if row.least is not None and slack.key in ("", "least"):
            terms.append((slack.variable, _unit(row) if slack.key else max(0, row.least - lowest)))
        elif row.most is not None and slack.key != "least":
            terms.append((slack.variable, -_unit(row) if slack.key else -max(0, highest - row.most)))
    return replace(row, terms=tuple(terms))


def _changed(problem: Problem, moved: Sequence[tuple[Slack, int]]) -> Problem:
    rules = {rule.id: rule for rule in problem.rules}
    for slack, units in moved:
        if not slack.key:
            del rules[slack.rule.id]
            continue
        value = getattr(rules[slack.rule.id], slack.key)
        to = max(0, value - units) if slack.key == "least" else value + units
        rules[slack.rule.id] = rules[slack.rule.id].model_copy(update={slack.key: to})
    return replace(problem, rules=tuple(rules[rule.id] for rule in problem.rules if rule.id in rules))


def _repair(slack: Slack, units: int) -> Repair:
    rule = slack.rule
    if not slack.key:
        return Repair(rule.id, "", rule.kind.replace("_", " "), "left out")
    value = Decimal(getattr(rule, slack.key))
    to = max(Decimal(0), value - units) if slack.key == "least" else value + units
    return Repair(rule.id, slack.key, in_words(rule, value), in_words(rule, to))


def _fewest(model: Model) -> LeastCost | None:
    """Find the fewest rules that would have to be left out: such a set meets every conflict."""
    kinds = {rule.id: rule.kind for rule in model.problem.rules}
    ids = tuple(kinds)
    oracle, conflicts = Feasibility(Work.of(model.problem)), list[frozenset[str]]()
    left: tuple[str, ...] | None = ()
    while left is not None and oracle.work.left:
        kept = [rule for rule in dict.fromkeys(row.rule for row in model.rows) if rule not in left]
        answer = oracle.any_set(only(model, kept))
        if answer.outcome in ("optimal", "feasible"):
            changes = tuple(Repair(rule, "", kinds[rule].replace("_", " "), "left out") for rule in left)
            rest = tuple(rule for rule in model.problem.rules if rule.id not in left)
            if not holds(build(replace(model.problem, rules=rest)), answer.chosen):
                return None  # an order of merit reads its grounds, and who could be funded, from the other rules
            return LeastCost(str(len(left)), changes, published=False)
        if answer.outcome == "unknown":
            return None
        rules, _ = conflict(only(model, kept))
        conflicts.append(frozenset(rules))
        left = meeting(ids, conflicts)
    return None
