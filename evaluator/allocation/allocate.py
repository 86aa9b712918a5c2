"""Every method, from a problem to an allocation with its proof."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from evaluator.allocation.infeasible.conflict import confirm, conflict
from evaluator.allocation.infeasible.least_cost import least_cost
from evaluator.allocation.infeasible.repairs import Repairs
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, measure, objectives_of, taken_choices
from evaluator.allocation.priority.priority import walk_the_list
from evaluator.allocation.priority.reserve_list import reserve_list
from evaluator.allocation.problem import refuse_below_minimum
from evaluator.allocation.proof.awards import Disagreement, awards_of, holds, named
from evaluator.allocation.proof.enumeration import counted_one_by_one
from evaluator.allocation.proof.verify import broken, verify
from evaluator.allocation.search.lexicographic import SECOND_OPINION_SECONDS, ask_again, search
from evaluator.allocation.search.one_limit import bounded, counted
from evaluator.allocation.search.state import Search
from evaluator.allocation.search.ties import draw, tied_sets
from evaluator.allocation.solvers import cbc
from evaluator.allocation.solvers.solve import SETTINGS, solver_name
from evaluator.allocation.why_not_funded import explain, nothing_recommended
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.results.allocation import Allocation, Problem, Proof, Refusal, Stage, Status

Sets = tuple[tuple[int, ...], ...]
COUNTED = (
    "none: one limit at most stands on each part, so the best sets were counted in whole numbers by dynamic programming"
)
NONE_LATER: Mapping[tuple[int, ...], Collection[int]] = {}


def allocate(problem: Problem, by_cbc: bool = False) -> Allocation:
    """Divide the money by the published method, and prove the result.

    Parameters
    ----------
    problem : candidates, rules and policy that ``check_problem`` has nothing against.
    by_cbc : let CBC decide and HiGHS give the second opinion, to see that the awards do not depend on the solver.

    Returns
    -------
    Allocation. ``proven``: no other set is better by any published objective (``optimise``), or the published order
    leads here (``priority`` and ``fixed_lots``, whose upper bound is their own score: they claim no optimum).
    ``not_proven``: the best set found in time and the most that any could reach; empty where none was found.
    ``infeasible``: no award, and in ``conflict`` the rules that cannot hold together, or that the published order does
    not meet.

    Raises
    ------
    Disagreement : when the solver's answer fails the check in whole numbers; a mistake of ours.
    """
    model = build(refuse_below_minimum(problem))
    return _by_objectives(model, by_cbc) if problem.policy.method == "optimise" else _by_list(model)


def _by_objectives(model: Model, by_cbc: bool) -> Allocation:
    found = (None if by_cbc else counted(model)) or search(model, by_cbc)
    if found.infeasible:
        return _impossible(model, found.left)
    most = _most(model, found)
    if found.chosen is None:
        why = f"no set that keeps every rule was found within {model.problem.policy.time_limit} seconds"
        proof = _proof(model, "CBC, another solver, was not asked: there was nothing to confirm.")
        return _nothing(model, "not_proven", (), nothing_recommended(model, why), most, proof)
    opinion = "CBC, another solver, was not asked: the time was up before the first objective was proven."
    if found.stages[0].proven:
        if found.counted:
            bounded(found)
        opinion = ask_again(found)
        most = _most(model, found)
    sets, complete = tied_sets(found) if found.proven else ((found.chosen,), False)
    every = counted_one_by_one(model, sets, complete) if found.proven else ""
    proof = replace(_proof(model, opinion, tuple(found.stages)), enumeration=every, runs=tuple(found.runs))
    if found.counted:
        proof = replace(proof, solver=f"{COUNTED}; the second opinion is that of {solver_name()}")
    elif by_cbc:
        proof = replace(proof, solver=f"CBC as PuLP {cbc.version()} brings it; the second opinion is {solver_name()}'s")
    made = _recommended(model, "proven" if found.proven else "not_proven", sets, complete, most, proof)
    return made if found.proven else _with_certain(model, found, made)


def _with_certain(model: Model, found: Search, made: Allocation) -> Allocation:
    """Name the bids whose fate is settled although nothing is proven: by bounds, in whole numbers."""
    places: dict[str, list[int | None]] = {}
    for at, choice in enumerate(model.choices):
        places.setdefault(choice.candidate.bid, []).append(found.pins.get(at))
    inside = tuple(bid for bid, its in places.items() if 1 in its)
    return replace(made, certain_in=inside, certain_out=tuple(bid for bid, its in places.items() if set(its) == {0}))


def _by_list(model: Model) -> Allocation:
    outcomes = walk_the_list(model)
    sets = tuple(sorted(outcomes.sets, key=lambda chosen: named(model, chosen)))
    kept = tuple(chosen for chosen in sets if holds(model, chosen, outcomes.later[chosen]))
    policy = model.problem.policy
    method = f"{policy.method}: {_order(policy)} No claim is made that no other set scores more."
    settings = f"on_unaffordable={policy.on_unaffordable}" + (", leftovers=true" if policy.leftovers else "")
    proof = Proof(method, "no solver", settings)
    if kept:
        return _recommended(model, "proven", kept, outcomes.complete, None, proof, outcomes.later)
    checks = verify(model.problem, awards_of(model, sets[0], outcomes.later[sets[0]]))
    rules = broken(checks)
    proof = replace(proof, method=f"{method} The set that it leads to does not meet {' and '.join(rules)}.")
    refusals = nothing_recommended(model, f"the published order does not meet {_rules(rules)}")
    return replace(_nothing(model, "infeasible", rules, refusals, 0, proof), checks=checks)


def _order(policy: AllocationPolicy) -> str:
    """Say how the list is gone through."""
    passed = "is passed over" if policy.on_unaffordable == "skip" else "ends the list of its theme"
    words = f"each bid funded at the highest level that fits; a bid that does not fit {passed}."
    if policy.method == "fixed_lots":
        return f"best score first, one award for each theme, {words}"
    if not policy.leftovers:
        return f"best score first, {words}"
    return (
        f"best score first, {words} Then, best score first again, what is left of the programme's budget goes to bids "
        "that are not funded yet, whatever their theme's budget."
    )


def _impossible(model: Model, seconds: float) -> Allocation:
    """Report rules that cannot hold together."""
    possible = cbc.second_opinion(model, (), (), max(1.0, min(SECOND_OPINION_SECONDS, seconds)))
    if possible.outcome in ("optimal", "feasible") and holds(model, possible.chosen):
        raise Disagreement(f"one solver finds that {len(model.rows)} rows cannot hold together, and another holds them")
    rules, complete = conflict(model, seconds)
    opinion = confirm(model, rules, max(1.0, min(SECOND_OPINION_SECONDS, seconds)))
    if not complete:
        opinion += " The time was up before each of them was shown to be needed for the conflict."
    search_for = Repairs(model.problem, seconds)
    repairs = search_for.of(rules)
    if not search_for.complete:
        opinion += " The time was up before every repair was looked for."
    why = f"{_rules(rules)} cannot {'hold together' if len(rules) > 1 else 'be met'}"
    proof = replace(_proof(model, opinion), enumeration=counted_one_by_one(model, (), complete=True))
    nothing = _nothing(model, "infeasible", rules, nothing_recommended(model, why), 0, proof)
    return replace(nothing, repairs=repairs, least_cost=least_cost(model.problem, max(1.0, search_for.seconds)))


def _recommended(
    model: Model,
    status: Status,
    sets: Sets,
    complete: bool,
    most: int | None,
    proof: Proof,
    later: Mapping[tuple[int, ...], Collection[int]] = NONE_LATER,
) -> Allocation:
    """Report the first of the equal sets, in order of their names or as drawn, with every check and refusal."""
    problem, policy = model.problem, model.problem.policy
    drawn = draw(policy.draw_seed, [named(model, one) for one in sets]) if policy.draw_seed and complete else None
    if drawn is not None and len(sets) > 1:
        sets = tuple(sorted(sets, key=lambda one: (named(model, one) != drawn.tickets[0][1], named(model, one))))
    chosen = sets[0]
    awards = awards_of(model, chosen, later.get(chosen, ()))
    total = measure("total_score", taken_choices(model, chosen))
    return Allocation(
        status=status,
        score_unit=problem.score_unit,
        years=problem.years,
        total_score=total,
        upper_bound=total if most is None else most,
        cost=sum(award.amount for award in awards),
        awards=awards,
        not_awarded=explain(model, chosen, sets, status == "proven"),
        tied=tuple(named(model, one) for one in sets),
        tied_complete=complete,
        conflict=(),
        checks=verify(problem, awards),
        proof=proof,
        reserve=reserve_list(model, chosen),
        draw=drawn if len(sets) > 1 else None,
    )


def _nothing(
    model: Model, status: Status, rules: tuple[str, ...], refusals: tuple[Refusal, ...], most: int, proof: Proof
) -> Allocation:
    """Report that there is nothing to recommend."""
    problem = model.problem
    return Allocation(
        status=status,
        score_unit=problem.score_unit,
        years=problem.years,
        total_score=0,
        upper_bound=most,
        cost=0,
        awards=(),
        not_awarded=refusals,
        tied=(),
        tied_complete=status == "infeasible",
        conflict=rules,
        checks=verify(problem, ()),
        proof=proof,
    )


def _proof(model: Model, opinion: str, stages: tuple[Stage, ...] = ()) -> Proof:
    order = ", then ".join(one.replace("_", " ") for one in objectives_of(model.problem))
    settings = f"{SETTINGS}, time limit {model.problem.policy.time_limit} s"
    solvers = f"{solver_name()}; the second is the CBC of PuLP {cbc.version()}"
    return Proof(f"optimise: {order}; each proven before the next", solvers, settings, stages, opinion)


def _rules(rules: Sequence[str]) -> str:
    return f"rule{'' if len(rules) == 1 else 's'} {' and '.join(rules)}"


def _most(model: Model, found: Search) -> int:
    """Give a total score that no allocation exceeds which is as good in the objectives before it.

    Where the total score is no objective, or its turn did not come, that is every candidate's best score together.
    """
    for stage in found.stages:
        if stage.objective == "total_score" and stage.bound is not None:
            return stage.bound
    if not found.stages and found.most is not None and objectives_of(model.problem)[0] == "total_score":
        return found.most
    best: dict[str, int] = {}
    for choice in model.choices:
        best[choice.candidate.bid] = max(choice.level.score, best.get(choice.candidate.bid, 0))
    return sum(best.values())
