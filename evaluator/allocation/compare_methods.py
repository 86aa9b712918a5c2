"""The published method beside every other one, on the same bids and rules: what each would have funded."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evaluator.allocation.allocate import allocate
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.lp_file import lp_text
from evaluator.allocation.model.model import Model, objective_terms
from evaluator.allocation.priority.priority import walk_the_list
from evaluator.allocation.priority.rest import with_rest
from evaluator.allocation.proof.awards import awards_of
from evaluator.allocation.proof.verify import broken, verify
from evaluator.allocation.search.exact_sums import is_fine
from evaluator.records.english import count_of
from evaluator.records.numbers import pounds
from evaluator.records.programme.allocation_policy import METHODS, Method
from evaluator.records.programme.rules import MeritOrder
from evaluator.records.results.allocation import (
    WITHOUT_MERIT_ORDER,
    Allocation,
    Award,
    MethodResult,
    PassedOver,
    Problem,
)

SHOWN_RULES = 3
COMPARED = tuple(method for method in METHODS if method != "equal_shares")  # which needs ballots
MOST_OPTIMISED = 300  # candidates for which the best set is looked for when another method was published


def with_comparison(problem: Problem, allocation: Allocation) -> Allocation:
    """Add what each other method comes to, the bids passed over, and the model solved, for whoever checks it again.

    The others take the published rules, objectives, tie-break and ``on_unaffordable``; none but the published method
    hands out leftovers. Their sets are shown even where floors are not met, and ``note`` says which.

    Parameters
    ----------
    problem : the problem as it was given to ``allocate``.
    allocation : what ``allocate`` made of it.
    """
    model = build(refuse_below_minimum(problem))
    used, chosen = problem.policy.method, allocation.awards
    here = replace(_result(problem, used, chosen, chosen, _note(allocation)), published=True)
    others = [_other(model, problem, method, chosen) for method in COMPARED if method != used]
    others += _without_merit_order(problem, chosen)
    solved = used == "optimise" and problem.candidates
    return replace(
        allocation,
        methods=(here, *others),
        passed_over=passed_over(problem, allocation),
        proof=replace(allocation.proof, model=lp_text(model) if solved else ""),
    )


def passed_over(problem: Problem, allocation: Allocation) -> tuple[PassedOver, ...]:
    """Find every bid that is not funded although it scored more than a funded bid of its theme, the highest first.

    Where nothing is proven no award is recommended, so that none is passed over.
    """
    if allocation.status == "not_proven":
        return ()
    candidates = {one.bid: one for one in problem.candidates}
    funded: dict[str, list[tuple[int, str, int]]] = {}
    for award in allocation.awards:
        one = candidates[award.bid]
        funded.setdefault(one.theme, []).append((one.score, one.bid, max(level.cost for level in one.levels)))
    for awards in funded.values():
        awards.sort()
    found = []
    for refusal in allocation.not_awarded:
        if refusal.bid not in candidates:
            continue
        one = candidates[refusal.bid]
        awards = funded.get(one.theme, [])
        lower = awards[: bisect_left(awards, (one.score,))]
        if lower:
            own = max(level.cost for level in one.levels)
            why = f"{refusal.explanation} It asks {pounds(own)}; they ask {_range([cost for _, _, cost in lower])}."
            bids = tuple(sorted(bid for _, bid, _ in lower))
            found.append((-one.score, PassedOver(one.bid, one.theme, one.score, own, bids, why)))
    return tuple(one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].bid)))


def _range(costs: Sequence[int]) -> str:
    low, high = min(costs), max(costs)
    return pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"


def _other(model: Model, problem: Problem, method: Method, chosen: Sequence[Award]) -> MethodResult:
    policy = problem.policy.model_copy(update={"method": method, "leftovers": False})
    changed = with_rest(replace(problem, policy=policy))
    if method == "optimise":
        return _optimised(changed, chosen)
    if method == "priority" and problem.policy.method == "optimise":  # these two have the same rows
        return _listed(replace(model, problem=replace(model.problem, policy=policy)), changed, method, chosen)
    return _listed(build(refuse_below_minimum(changed)), changed, method, chosen)


def _without_merit_order(problem: Problem, chosen: Sequence[Award]) -> Iterator[MethodResult]:
    """Show what an order of merit costs: the best set without it, where one is published."""
    rules = tuple(rule for rule in problem.rules if not isinstance(rule, MeritOrder))
    if len(rules) < len(problem.rules) and problem.policy.method == "optimise":
        yield replace(_optimised(replace(problem, rules=rules), chosen), method=WITHOUT_MERIT_ORDER)


def _optimised(problem: Problem, chosen: Sequence[Award]) -> MethodResult:
    if len(problem.candidates) > MOST_OPTIMISED:
        note = f"Not worked out: there are more than {MOST_OPTIMISED} bids. Publish optimise to have it."
    elif is_fine(objective_terms(build(refuse_below_minimum(problem)), "total_score")):
        note = "Not worked out: the scores are fractions too fine to be added up by a solver."
    else:
        best = allocate(problem)
        note = _note(best)
        if best.status == "proven":  # a set that depends on how fast a machine is stands in no record
            return _result(problem, "optimise", best.awards, chosen, note)
    return MethodResult("optimise", published=False, decided=False, note=note)


def _listed(model: Model, problem: Problem, method: Method, chosen: Sequence[Award]) -> MethodResult:
    outcomes = walk_the_list(model)
    sets = sorted((awards_of(model, one) for one in outcomes.sets), key=lambda awards: [one.bid for one in awards])
    kept = [awards for awards in sets if not broken(verify(model.problem, awards))]
    awards = (kept or sets)[0]
    notes = [f"It does not meet {_named(broken(verify(model.problem, awards)))}."] if not kept else []
    if len(sets) > 1:
        notes.append(f"Equal bids leave {len(sets)}{'' if outcomes.complete else ' or more'} sets; this is the first.")
    return _result(problem, method, awards, chosen, " ".join(notes))


def _named(rules: Sequence[str]) -> str:
    more = len(rules) - SHOWN_RULES
    return " and ".join([*rules[:SHOWN_RULES], *([count_of(more, "more rule")] if more > 0 else [])])


def _note(allocation: Allocation) -> str:
    if allocation.status == "infeasible":
        rules = _named(allocation.conflict)
        return f"It does not meet {rules}." if allocation.by_list else f"No set of awards keeps {rules}."
    if allocation.status == "not_proven":
        return "It was not proven within the work that is allowed."
    count = len(allocation.tied)
    more = "" if allocation.tied_complete else " or more"
    return f"{count}{more} sets are equal; this is the first." if count > 1 else ""


def _result(
    problem: Problem, method: Method, awards: Sequence[Award], chosen: Sequence[Award], note: str
) -> MethodResult:
    candidates = {one.bid: one for one in problem.candidates}
    scores = {(one.bid, level.name): level.score for one in problem.candidates for level in one.levels}
    bids, theirs = {award.bid for award in awards}, {award.bid for award in chosen}
    return MethodResult(
        method=method,
        published=False,
        decided=True,
        score=sum(scores[award.bid, award.level] for award in awards),
        cost=sum(award.amount for award in awards),
        awards=len(awards),
        wards=len({ward for bid in bids for ward in candidates[bid].wards}),
        gained=tuple(sorted(bids - theirs)),
        lost=tuple(sorted(theirs - bids)),
        note=note,
    )
