"""The statement of a question, worked out from what is printed and from nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from evaluator.equality.disclosure.chance_bounds import Stratum, all_unlikely, none_unlikely
from evaluator.equality.disclosure.release import table_of
from evaluator.equality.disclosure.table import Printed, Public
from evaluator.records.programme.axes import ASKED_ABOUT, PROTECTED, asks_about
from evaluator.records.programme.criteria import ALPHA, Characteristic, EqualityPlan
from evaluator.records.results.equality import Band, CharacteristicImpact, Differing


def primary_family(plan: EqualityPlan) -> tuple[Characteristic, ...]:
    """Give the questions whose awards are the primary family: as published, or all about protected characteristics."""
    if plan.primary:
        return tuple(one for one in plan.characteristic if one.id in plan.primary)
    people = (one for one in plan.characteristic if one.about != "organisation")
    return tuple(one for one in people if any(asks_about(ASKED_ABOUT[name], one.title) for name in PROTECTED))


def alpha_of(plan: EqualityPlan) -> Fraction:
    """Give the level of the primary family."""
    return Fraction(ALPHA if plan.alpha is None else plan.alpha)


def level_of(plan: EqualityPlan) -> Fraction:
    """Give the level that one group has to reach: that of the family, divided by all its groups as published."""
    return alpha_of(plan) / max(1, sum(len(one.values) for one in primary_family(plan)))


def with_statement(
    one: CharacteristicImpact, plan: EqualityPlan, public: Public, strata: Sequence[Stratum]
) -> CharacteristicImpact:
    """Say what every table that fits the printed one says of chance.

    Parameters
    ----------
    one : as printed.
    plan : with the level and the family.
    public : how many organisations bid and have an award.
    strata : organisations alike in their themes and the number of their bids, and those of them with an award.
    """
    if one.first_published:
        return one  # its figures are of other awards
    if not one.groups or not public.funded or not public.others:
        return replace(one, public_statement="too_little_to_tell")
    table = table_of(one, public)
    ways = ((group.group, _way(table, at, plan, strata)) for at, group in enumerate(one.groups) if group.funded)
    differing = tuple(Differing(name, "fewer" if way == "fewer" else "more") for name, way in ways if way)
    if differing:
        return replace(one, public_statement="unlikely_chance", differing=differing)
    none = all(_is_quiet(table, at, len(group.values), plan, strata) for at, group in enumerate(one.groups))
    return replace(one, public_statement="no_sign" if none else "too_little_to_tell")


def _way(table: Printed, at: int, plan: EqualityPlan, strata: Sequence[Stratum]) -> str:
    return all_unlikely(strata, table.size(at), table.funded(at), level_of(plan))


def _is_quiet(table: Printed, at: int, values: int, plan: EqualityPlan, strata: Sequence[Stratum]) -> bool:
    """Whether no reply of a group can be above chance's level, however its organisations lie in it and the strata."""
    size, funded = table.size(at), table.funded(at)
    if values > 1:
        size, funded = Band(0, size.most), Band(0, funded.most)
    return none_unlikely(strata, size, funded, alpha_of(plan))
