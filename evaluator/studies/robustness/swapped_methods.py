"""Price methods swapped: what each other method would have come to on the same bids, marks and published parameters."""

from evaluator.allocation import allocation_problem, best_set
from evaluator.records.programme.criteria import Criteria, PricePolicy
from evaluator.records.programme.price.methods import METHODS, SAME_AS
from evaluator.records.results.studies.robustness import Swap
from evaluator.scoring import parameter_problems, score
from evaluator.studies.robustness.draws import Ground

NO_PRICE = "No price method was swapped: no theme of these criteria gives points for price."
AS_PUBLISHED = "as published"


def other_methods(ground: Ground) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the price methods that could stand in for the published ones, and say in a sentence which could not.

    A method can stand in where it gives points too, for prices of the same kind (costs or incomes), and where its
    parameters are published or have a default. All themes that give points for price are swapped together. A method
    that has several names is tried once.
    """
    policies = _policies(ground.criteria)
    if not policies:
        return (), (NO_PRICE,)
    published = {SAME_AS.get(policy.method, policy.method) for policy in policies}
    income = {METHODS[name].income for name in published}
    own = [name for name in sorted(METHODS) if name not in SAME_AS and METHODS[name].gives == "points"]
    alike = [name for name in own if {METHODS[name].income} == income]
    others = [name for name in alike if {name} != published]
    able = tuple(name for name in others if not any(_lacks(policy, name) for policy in policies))
    unable = [name.replace("_", " ") for name in others if name not in able]
    if not unable:
        return able, ()
    sentence = "Price methods whose parameters are not published for all themes were not tried: "
    return able, (f"{sentence}{', '.join(unable)}.",)


def swapped(ground: Ground, method: str) -> Swap:
    """Score, rank and allocate with another price method in every theme that gives points for price.

    Parameters
    ----------
    method : one of ``other_methods``, or empty for the published ones.
    """
    criteria = _with(ground.criteria, method) if method else ground.criteria
    name = method or AS_PUBLISHED
    try:
        table = score(criteria, ground.evaluation)
    except ValueError as error:
        return Swap(name, decided=False, note=f"It cannot score these bids: {error}")
    ranks = tuple(
        (theme.theme, bid, int(rank))
        for theme in table.themes
        for bid, rank in zip(theme.bids, theme.ranks, strict=True)
    )
    funded = best_set(allocation_problem(criteria, ground.evaluation, table))
    if funded is None:
        return Swap(name, decided=False, ranks=ranks, note="No set of awards was proven to be the best in the time.")
    return Swap(name, decided=True, ranks=ranks, funded=tuple(sorted(funded)))


def _policies(criteria: Criteria) -> list[PricePolicy]:
    found = [(theme, criteria.price_policy(theme.id)) for theme in criteria.themes]
    return [policy for theme, policy in found if policy and theme.price_weight and _points(policy)]


def _points(policy: PricePolicy) -> bool:
    return METHODS[policy.method].gives == "points"


def _lacks(policy: PricePolicy, method: str) -> bool:
    """Whether what a policy publishes is not enough for another method, or not what it may have."""
    return bool(parameter_problems(method, _swapped(policy, method).parameters))


def _swapped(policy: PricePolicy, method: str) -> PricePolicy:
    """Put another method into a policy, with those of its parameters that the method takes too."""
    known = METHODS[method].parameters
    kept = {name: value for name, value in policy.parameters.items() if name in known}
    return policy.model_copy(update={"method": method, "parameters": kept})


def _with(criteria: Criteria, method: str) -> Criteria:
    """Swap the method wherever price gives points; an index stays as published."""

    def other(policy: PricePolicy | None) -> PricePolicy | None:
        return _swapped(policy, method) if policy and _points(policy) else policy

    themes = tuple(theme.model_copy(update={"price": other(theme.price)}) for theme in criteria.themes)
    return criteria.model_copy(update={"price": other(criteria.price), "themes": themes})
