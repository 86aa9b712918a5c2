"""Every method, from a problem to an allocation with its proof: decide, verify, draw, refuse, reserve."""

from collections.abc import Sequence
from dataclasses import replace

from evaluator.allocation.draw import draw
from evaluator.allocation.equal_shares import decide as equal_shares
from evaluator.allocation.infeasible.why_infeasible import why_infeasible
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.decided import Decided
from evaluator.allocation.model.model import Chosen, Model, value_of
from evaluator.allocation.priority import priority
from evaluator.allocation.priority.reserve_list import reserve_list
from evaluator.allocation.priority.rest import with_rest
from evaluator.allocation.proof.awards import awards_of, named
from evaluator.allocation.proof.enumeration import checked_by_enumeration
from evaluator.allocation.proof.verify import broken, verify
from evaluator.allocation.search import lexicographic, one_limit
from evaluator.allocation.solvers.canary import KNOWN_FAULTS, faults_found
from evaluator.allocation.solvers.solve import SETTINGS
from evaluator.allocation.why_not_funded import explain, nothing_recommended
from evaluator.records.english import agreeing
from evaluator.records.programme.allocation_policy import AllocationPolicy, SearchLimits, search_limits
from evaluator.records.results.allocation import Allocation, Draw, Problem, Proof, Refusal, Status
from evaluator.records.results.ballots import EqualShares


def allocate(problem: Problem, by_cbc: bool = False) -> Allocation:
    """Divide the money by the published method, and prove the result.

    Parameters
    ----------
    problem : candidates, rules and policy that ``check_problem`` has nothing against.
    by_cbc : let CBC decide and HiGHS give the second opinion, to see that the awards do not depend on the solver.

    Returns
    -------
    Allocation. ``proven``: no other set is better by any published objective (``optimise``), or the published order
    leads here (all others, whose upper bound is their own score: they claim no optimum).
    ``not_proven``: the best set found within the published work and the most that any could reach; empty where none
    was found.
    ``infeasible``: no award, and in ``conflict`` the rules that cannot hold together, or that the published order does
    not meet.

    Raises
    ------
    Disagreement : when the solver's answer fails the check in whole numbers; a mistake of ours.
    """
    model = build(refuse_below_minimum(with_rest(problem)))
    decided = decide(model, by_cbc)
    if decided.status == "infeasible":
        return _broken_by_the_list(model, decided) if decided.sets else _infeasible(model, decided)
    if not decided.sets:
        shared = model.problem.policy.method == "equal_shares"
        why = (
            equal_shares.ENDLESS if shared else f"no set that keeps every rule was found within {_limits(model).words}"
        )
        refusals, proof = nothing_recommended(model, why), _proof(model, decided)
        return _without_awards(model, "not_proven", (), refusals, proof, decided.upper_bound or 0)
    return _with_awards(model, decided)


def decide(model: Model, by_cbc: bool = False) -> Decided:
    """Find the best sets by the published method: by its list, by counting where that is exact, or else by search."""
    if model.problem.policy.method == "equal_shares":
        return equal_shares.decide(model)
    if model.problem.policy.method != "optimise":
        return priority.decide(model)
    return (None if by_cbc else one_limit.decide(model)) or lexicographic.decide(model, by_cbc)


def _with_awards(model: Model, decided: Decided) -> Allocation:
    """Report the first of the equal sets, in order of their names or as drawn, with every check and refusal."""
    problem, proven = model.problem, decided.status == "proven"
    enumeration = ""
    if proven and problem.policy.method == "optimise":
        enumeration = checked_by_enumeration(model, decided.sets, decided.complete)
    sets, drawn = _drawn(model, decided)
    awards = awards_of(model, sets[0], decided.leftovers.get(sets[0], ()))
    total = value_of(model, "total_score", sets[0])
    shares = decided.shares.get(sets[0])
    return Allocation(
        status=decided.status,
        score_unit=problem.score_unit,
        years=problem.years,
        total_score=total,
        upper_bound=total if decided.upper_bound is None else decided.upper_bound,
        cost=sum(award.amount for award in awards),
        awards=awards,
        not_awarded=equal_shares.refusals(problem, shares) if shares else explain(model, sets[0], sets, proven),
        tied=tuple(named(model, chosen) for chosen in sets),
        tied_complete=decided.complete,
        conflict=(),
        checks=verify(problem, awards),
        proof=replace(_proof(model, decided, shares), enumeration=enumeration),
        reserve=reserve_list(model, sets[0]),
        draw=drawn,
        shares=shares,
        certain_in=_certain(model, decided, 1),
        certain_out=_certain(model, decided, 0),
    )


def _drawn(model: Model, decided: Decided) -> tuple[Sequence[Chosen], Draw | None]:
    """Put the drawn set first, where a draw between all equal sets is published."""
    seed, sets = model.problem.policy.draw_seed, decided.sets
    if not seed or not decided.complete or len(sets) == 1:
        return sets, None
    drawn = draw(seed, [named(model, chosen) for chosen in sets])
    first = drawn.tickets[0][1]
    return sorted(sets, key=lambda chosen: (named(model, chosen) != first, named(model, chosen))), drawn


def _certain(model: Model, decided: Decided, taken: int) -> tuple[str, ...]:
    """Name the bids that are funded (1), or not (0), in every set as good, although nothing is proven: by bounds."""
    fates = {bid: {decided.fixed.get(at) for at in its} for bid, its in model.places.items()}
    return tuple(bid for bid, its in fates.items() if (1 in its if taken else its == {0}))


def _infeasible(model: Model, decided: Decided) -> Allocation:
    """Report rules that no set of awards keeps together."""
    found = why_infeasible(model)
    why = f"{_rules(found.conflict)} cannot {'hold together' if len(found.conflict) > 1 else 'be met'}"
    enumeration = checked_by_enumeration(model, (), complete=True)
    proof = replace(_proof(model, decided), second_opinion=found.second_opinion, enumeration=enumeration)
    nothing = _without_awards(model, "infeasible", found.conflict, nothing_recommended(model, why), proof)
    return replace(nothing, repairs=found.repairs, least_cost=found.least_cost)


def _broken_by_the_list(model: Model, decided: Decided) -> Allocation:
    """Report a published order that leads to a set which does not meet every rule."""
    first = decided.sets[0]
    checks = verify(model.problem, awards_of(model, first, decided.leftovers.get(first, ())))
    rules = broken(checks)
    proof = _proof(model, decided)
    proof = replace(proof, method=f"{proof.method} The set that it leads to does not meet {' and '.join(rules)}.")
    refusals = nothing_recommended(model, f"the published order does not meet {_rules(rules)}")
    return replace(_without_awards(model, "infeasible", rules, refusals, proof), checks=checks)


def _without_awards(
    model: Model,
    status: Status,
    rules: tuple[str, ...],
    refusals: tuple[Refusal, ...],
    proof: Proof,
    upper_bound: int = 0,
) -> Allocation:
    """Report that there is nothing to recommend."""
    problem = model.problem
    return Allocation(
        status=status,
        score_unit=problem.score_unit,
        years=problem.years,
        total_score=0,
        upper_bound=upper_bound,
        cost=0,
        awards=(),
        not_awarded=refusals,
        tied=(),
        tied_complete=status == "infeasible",
        conflict=rules,
        checks=verify(problem, ()),
        proof=proof,
    )


def _proof(model: Model, decided: Decided, shares: EqualShares | None = None) -> Proof:
    """Say what was done, by whom, within what limits, and what it came to."""
    policy = model.problem.policy
    if shares is not None:
        settings = f"completion={shares.completion}, satisfaction={shares.satisfaction}"
        return Proof(equal_shares.method_words(shares), decided.solver, settings)
    if policy.method == "equal_shares":
        return Proof(f"equal_shares: {equal_shares.ENDLESS}.", decided.solver, f"completion={policy.completion}")
    if policy.method != "optimise":
        method = f"{policy.method}: {_order(policy)} No claim is made that no other set scores more."
        settings = f"on_unaffordable={policy.on_unaffordable}" + (", leftovers=true" if policy.leftovers else "")
        return Proof(method, decided.solver, settings, decided.stages, decided.second_opinion, runs=decided.runs)
    order = ", then ".join(one.replace("_", " ") for one in model.objectives)
    limits = _limits(model)
    return Proof(
        method=f"optimise: {order}; each proven before the next",
        solver=decided.solver,
        settings=f"{SETTINGS}, at most {limits.words}",
        stages=decided.stages,
        second_opinion=decided.second_opinion,
        limits=limits,
        looked_for=tuple(one.issue for one in KNOWN_FAULTS),
        faults=faults_found(),
        runs=decided.runs,
    )


def _limits(model: Model) -> SearchLimits:
    return search_limits(len(model.problem.candidates))


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


def _rules(rules: Sequence[str]) -> str:
    return f"{agreeing(len(rules), 'rule')} {' and '.join(rules)}"
