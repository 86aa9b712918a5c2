"""From ballots to awards by the method of equal shares, with what is to be told of each project."""

from collections.abc import Callable
from fractions import Fraction
from math import lcm

from evaluator.allocation.equal_shares.completions import End, ends_of
from evaluator.allocation.equal_shares.purchases import Electorate, Project
from evaluator.allocation.model.decided import Decided
from evaluator.allocation.model.model import Model
from evaluator.allocation.model.order import TELL_BIDS_APART
from evaluator.records.english import agreeing, count_of
from evaluator.records.numbers import about_pounds, pounds
from evaluator.records.programme.allocation_policy import AllocationPolicy, Completion, Satisfaction
from evaluator.records.programme.rules import Budget
from evaluator.records.results.allocation import Candidate, Problem, Refusal
from evaluator.records.results.ballots import SATISFACTIONS, Ballots, EqualShares, Unbought

ENDLESS = "every share was raised a pound at a time as often as the work allows, and the budget was not used up"
NOT_BOUGHT = "not_bought"
TIES: dict[str, Callable[[Candidate], int]] = {"total_score": lambda one: -one.score, **TELL_BIDS_APART}
MEASURES = {
    "cost": "each supporter is as satisfied as the project costs",
    "cardinality": "each project satisfies its supporters alike",
    "points": "each supporter is as satisfied as the points that were given",
    "borda": "each supporter is as satisfied as there are projects ranked below it",
}
HOW = (
    "Whoever supports a project pays the same price for a unit of satisfaction, or all that is left to them; the "
    "project of the lowest price is bought, until none can be paid for."
)
COMPLETIONS: dict[Completion, str] = {
    "none": "What the shares do not buy is not funded.",
    "utilitarian": "What fits the rest of the budget is then funded, most satisfaction for a pound first.",
    "add1": "Every share is raised, a pound at a time, until nothing further fits the budget or the next pound would "
    "spend more than it.",
}
COMPLETIONS["add1u"] = f"{COMPLETIONS['add1']} {COMPLETIONS['utilitarian']}"


def decide(model: Model) -> Decided:
    """Let people buy projects with equal shares of the budget: give every set that this leads to, and how."""
    problem = model.problem
    people = electorate(problem)
    ends, complete = ends_of(people, budget_of(problem), problem.policy.completion or "none")
    places = {bid: its[0] for bid, its in model.places.items()}
    sets = {tuple(sorted(places[bid] for bid in end.bids)): _told(problem, people, end) for end in ends}
    return Decided("proven" if sets else "not_proven", tuple(sets), complete, shares=sets)


def electorate(problem: Problem) -> Electorate:
    """Put candidates and ballots in whole numbers; what ballots give to others than the candidates buys nothing."""
    ballots, policy = problem.ballots, problem.policy
    assert ballots is not None  # check_problem has nothing against it
    measure = measure_of(policy, ballots)
    scale = lcm(*(gives.denominator for ballot in ballots.ballots for _, gives in ballot.gives))
    costs = {one.bid: one.levels[0].cost for one in problem.candidates}
    supporters: dict[str, list[tuple[int, int]]] = {bid: [] for bid in costs}
    for at, ballot in enumerate(ballots.ballots):
        for bid, gives in ballot.gives:
            units = _units(measure, costs.get(bid, 0), gives, scale)
            if bid in costs and units > 0:
                supporters[bid].append((at, units))
    ties = [TIES[name] for name in policy.tie_break if name in TIES]
    projects = {
        one.bid: Project(one.bid, costs[one.bid], tuple(key(one) for key in ties), tuple(supporters[one.bid]))
        for one in problem.candidates
    }
    whole = {"cost": 100, "cardinality": 1}.get(measure, scale)
    return Electorate(projects, tuple(one.voters for one in ballots.ballots), policy.most_tied, whole)


def _units(measure: Satisfaction, cost: int, gives: Fraction, scale: int) -> int:
    """Give the satisfaction of one who named a project, in whole units."""
    return {"cost": cost, "cardinality": 1}.get(measure, int(gives * scale))


def measure_of(policy: AllocationPolicy, ballots: Ballots) -> Satisfaction:
    """Give the published measure of satisfaction, or that which is usual for the kind of ballot."""
    return policy.satisfaction or SATISFACTIONS[ballots.kind][0]


def budget_of(problem: Problem) -> int:
    """Give the budget in pence, which is the only rule beside the method."""
    return next(int(rule.limit * 100) for rule in problem.rules if isinstance(rule, Budget))


def _told(problem: Problem, people: Electorate, end: End) -> EqualShares:
    ballots, bought = problem.ballots, {one.bid for one in end.purse.bought}
    assert ballots is not None
    unbought = []
    for bid, one in sorted(people.projects.items()):
        if bid not in bought:
            left = sum(people.voters[at] * end.purse.left[at] for at, _ in one.supporters)
            count = sum(people.voters[at] for at, _ in one.supporters)
            unbought.append(Unbought(bid, one.cost, count, Fraction(left, end.purse.unit)))
    return EqualShares(
        satisfaction=measure_of(problem.policy, ballots),
        completion=problem.policy.completion or "none",
        voters=people.count,
        first_share=Fraction(budget_of(problem), people.count or 1),
        share=end.share,
        purchases=tuple(end.purse.bought),
        unbought=tuple(unbought),
        completed=end.completed,
    )


def method_words(shares: EqualShares) -> str:
    """Say by which terms the shares were spent."""
    voters, share, measure = count_of(shares.voters, "voter"), about_pounds(shares.first_share), shares.satisfaction
    return (
        f"equal_shares: {voters}, each with {share} to spend; satisfaction by {measure}, where {MEASURES[measure]}. "
        f"{HOW} {COMPLETIONS[shares.completion]} No claim is made that no other set scores more."
    )


def refusals(problem: Problem, shares: EqualShares) -> tuple[Refusal, ...]:
    """Say of each project that is not funded what its supporters had left, with the bids refused before."""
    themes = {one.bid: one.theme for one in problem.candidates}
    spent = sum(one.cost for one in shares.purchases) + sum(
        one.cost for one in shares.unbought if not _out(one, shares)
    )
    rest = budget_of(problem) - spent
    found = [
        Refusal(one.bid, themes[one.bid], NOT_BOUGHT, _why(one, shares, rest))
        for one in shares.unbought
        if _out(one, shares)
    ]
    return tuple(sorted((*problem.refused, *found), key=lambda one: one.bid))


def _out(one: Unbought, shares: EqualShares) -> bool:
    return one.bid not in shares.completed


def _why(one: Unbought, shares: EqualShares, rest: int) -> str:
    """Say why the supporters of a project could not pay for it, and why the completion does not fund it."""
    share = f"with shares of {about_pounds(shares.share)}, "
    who = f"the {count_of(one.supporters, 'voter')} who supported it {agreeing(one.supporters, 'has', 'have')}"
    short = f"{share}{who} {about_pounds(one.left)} left between them" if one.supporters else "no voter supported it"
    sentence = f"{short[0].upper()}{short[1:]}; it costs {pounds(one.cost)}."
    if shares.completion == "none" or one.cost <= rest:
        return sentence
    return f"{sentence} Of the budget {pounds(rest)} is left, which is less."
