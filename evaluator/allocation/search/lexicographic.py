"""The objectives one after another, each proven before the next begins, by a solver."""

from dataclasses import replace
from typing import Literal

from evaluator.allocation.model.decided import Decided
from evaluator.allocation.model.model import Model, Row, Terms, no_good_cut, objective_terms, value_of
from evaluator.allocation.proof.awards import checked
from evaluator.allocation.search.bounds import total_score_bound
from evaluator.allocation.search.exact_sums import compare, is_fine, solve_fine_stage
from evaluator.allocation.search.frontiers import settled
from evaluator.allocation.search.presolve import presolve, relax
from evaluator.allocation.search.second_opinion import Decider, second_opinion, unit_of
from evaluator.allocation.search.state import CbcSearch, Search, signed
from evaluator.allocation.search.stopped import noting, standing
from evaluator.allocation.search.ties import tied_sets
from evaluator.allocation.solvers import cbc
from evaluator.allocation.solvers.solve import Answer, solver_name
from evaluator.allocation.solvers.work import Work
from evaluator.records.programme.allocation_policy import Objective
from evaluator.records.results.allocation import Status

Value = int | Literal["infeasible", "unknown"]
LITTLE = 10**8  # one part in so many is less than a solver's tolerance
MOST_LEVEL = 5  # sets as good in the first stage as another; where there are more, a solver searches the later stages
NOTHING_FOUND = "CBC, another solver, was not asked: there was nothing to confirm."
NOT_ASKED = (
    "CBC, another solver, was not asked: the work that is allowed was done before the first objective was proven."
)


def decide(model: Model, by_cbc: bool = False) -> Decided:
    """Search for the best sets, and ask the solver that did not decide for anything better."""
    search = _begun(model, by_cbc)
    with noting(lambda: standing(model, search.incumbent, _bound(search))):
        value_at(search, len(model.objectives) - 1)
        return _decided(search, by_cbc)


def _decided(search: Search, by_cbc: bool) -> Decided:
    """Say what a search came to, with the second opinion and every set that is as good."""
    model, bound = search.model, _bound(search)
    solver = f"{solver_name()}; the second is the CBC of PuLP {cbc.version()}"
    if search.infeasible:
        return Decided("infeasible", solver=solver)
    if search.incumbent is None:
        return Decided("not_proven", upper_bound=bound, second_opinion=NOTHING_FOUND, solver=solver)
    if by_cbc:
        solver = f"CBC as PuLP {cbc.version()} brings it; the second opinion is {solver_name()}'s"
    status: Status = "proven" if search.proven else "not_proven"
    stages, fixed, runs = tuple(search.stages), {} if search.proven else search.fixed, tuple(search.runs)
    decided = Decided(
        status,
        (search.incumbent,),
        stages=stages,
        upper_bound=bound,
        fixed=fixed,
        second_opinion=NOT_ASKED,
        runs=runs,
        solver=solver,
    )
    if stages[0].proven:
        decider: Decider = "cbc" if by_cbc else "highs"
        decided = second_opinion(model, decided, decider, search.first_relaxation, search.compared, search.settled)
    if decided.status != "proven":
        return decided
    sets, complete = tied_sets(search)
    return replace(decided, sets=sets, complete=complete, runs=(*decided.runs, *search.runs[len(runs) :]))


def searched(model: Model) -> Search:
    """Go through the objectives in the published order, until one cannot be proven."""
    search = _begun(model)
    value_at(search, len(model.objectives) - 1)
    return search


def _begun(model: Model, by_cbc: bool = False) -> Search:
    known = settled(model)
    return (CbcSearch if by_cbc else Search)(model, Work.of(model.problem), settled=known, fixed=known)


def _bound(search: Search) -> int:
    return total_score_bound(search.model, search.stages, search.stage_bound)


def value_at(search: Search, number: int) -> Value:
    """Give what the stage of this number reaches, more being better, solving as far as that needs."""
    objectives = search.model.objectives
    while len(search.stages) <= number and not search.infeasible:
        before = len(search.stages)
        if before and not search.stages[-1].proven:
            return "unknown"
        if before == 1 and _goes_together(search):
            _count_level(search)
        if len(search.stages) == before:
            solve_stage(search, objectives[before])
        if len(search.stages) == before and not search.infeasible:
            return "unknown"
    if search.infeasible:
        return "infeasible"
    stage = search.stages[number]
    return signed(objectives[number], stage.value) if stage.proven else "unknown"


def solve_stage(search: Search, objective: Objective) -> None:
    """Solve one stage, as far as that can be proven."""
    terms = objective_terms(search.model, objective)
    if is_fine(terms):
        solve_fine_stage(search, objective)  # it decides all later stages too
        return
    search.relaxation = None
    everything = sum(max(0, weight) for _, weight in terms)
    if search.incumbent is not None and search.stage_rows and search.value(objective) == everything:
        search.stage_bound = everything  # none can have more
    else:
        presolve(search, objective, terms, terms)
        search.stage_bound = _relaxation_bound(search, terms)
        if search.incumbent is None or search.stage_bound != search.value(objective):
            _branch_and_bound(search, objective, terms)
    if search.incumbent is not None:
        _conclude(search, objective, terms)


def _goes_together(search: Search) -> bool:
    """Whether sets differ as wholes: where parts stand apart, each has ties of its own, which multiply."""
    return search.by_merit or sum(len(its) > 1 for its in search.parts) < 2


def _count_level(search: Search) -> None:
    """Decide all later stages by counting, where few sets are level in the first: they are listed, and compared.

    Pence are so fine that a solver takes long over them; whether the next best set is worse it finds sooner. As a rule
    it is, and then nothing more is asked.
    """
    assert search.incumbent is not None
    objective, *later = search.model.objectives
    terms, value = objective_terms(search.model, objective), search.value(objective)
    alone = search.alone
    if not alone:
        search.narrow(terms, value)
    level, stage_rows, search.stage_rows = [search.incumbent], search.stage_rows, []
    warm_start, search.warm_start = search.warm_start, ()
    while not alone and len(level) <= MOST_LEVEL:
        cuts = [no_good_cut(search.model, one) for one in level]
        answer = search.solve(terms, cuts) if len(level) == 1 else search.solve((), [*stage_rows, *cuts])
        alone = answer.outcome == "infeasible" or (
            len(level) == 1 and answer.bound is not None and answer.bound < value
        )
        if not alone and (not answer.chosen or value_of(search.model, objective, answer.chosen) < value):
            break
        if not alone:
            level.append(checked(search.model, answer.chosen))
    search.stage_rows, search.warm_start = stage_rows, warm_start
    if alone:
        stages, search.optimal_sets = compare(search.model, tuple(level), later)
        search.stages += stages
        search.incumbent = search.optimal_sets[0]


def _branch_and_bound(search: Search, objective: Objective, terms: Terms) -> None:
    """Have the solver decide what is left open in a stage."""
    improving = search.incumbent is not None and search.relaxation
    answer = _improved(search, objective, terms) if improving else search.solve(terms)
    if answer.outcome == "infeasible" and search.incumbent is None and not search.stage_rows:
        search.infeasible = True
        return
    if answer.outcome in ("optimal", "feasible"):
        search.improve(search.equal(checked(search.model, answer.chosen)), objective)
    if answer.outcome != "optimal" and search.relaxation is None:  # too small to have been presolved
        relax(search, objective, terms, terms)
    bounds = [bound for bound in (answer.bound, _relaxation_bound(search, terms)) if bound is not None]
    search.stage_bound = min(bounds, default=None)


def _improved(search: Search, objective: Objective, terms: Terms) -> Answer:
    """Ask for the best among the sets that could be better than the one in hand: the fewest choices are open there.

    In the first stage those that are level with it are among them, so that it is known whether it is alone.
    """
    value, fixed, first = search.value(objective), search.fixed, not search.stage_rows
    warm_start, search.warm_start = search.warm_start, ()  # the set in hand is not among them
    if first and _goes_together(search):
        search.narrow(terms, value)
        # A solver that is told what to reach need not find the next best. It may take a little less for as much.
        as_good = Row("", "as_good", "", terms, least=value - abs(value) // LITTLE)
        answer = search.solve(terms, (as_good, no_good_cut(search.model, search.incumbent or ())), guesses=False)
        reached = value_of(search.model, objective, answer.chosen)
        search.alone = answer.outcome == "infeasible" or (answer.outcome == "optimal" and reached < value)
        answer = replace(answer, outcome="infeasible") if search.alone else answer
    else:
        search.fix_by_bound(value + unit_of(terms))
        answer = search.solve(terms)
        search.fixed = fixed
    search.warm_start = warm_start
    return replace(answer, bound=value) if answer.outcome == "infeasible" else answer


def _relaxation_bound(search: Search, terms: Terms) -> int | None:
    """Give the most that the stage under way can reach by its relaxation: a sum of what its choices are worth."""
    return None if search.relaxation is None else search.relaxation.most // unit_of(terms) * unit_of(terms)


def _conclude(search: Search, objective: Objective, terms: Terms) -> None:
    """Record what a stage came to, and hold the next ones to it where it is proven: where it reaches its bound."""
    value = search.value(objective)
    bound = None if search.stage_bound is None else max(search.stage_bound, value)
    search.record(objective, bound, proven=bound == value)
    search.fix_by_bound(value)
    if bound == value:
        search.stage_rows.append(Row("", "stage", objective, terms, least=value))
        search.fix_isolated(terms)
