"""Every group's test of its awards, and the primary family held together: which group differs is said of it alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.equality.disclosure.statement import alpha_of, level_of, primary_family
from evaluator.equality.evidence.organisations import Group, Outcomes
from evaluator.equality.statistics.conditional import GroupTest
from evaluator.equality.statistics.family import SEED, draws_for, smallest_p
from evaluator.records.programme.criteria import EqualityPlan
from evaluator.records.results.equality_evidence import Certainty, Family

Key = tuple[str, str]  # a question's id and a group
CORRECTED = Fraction(4, 5)  # of the family's level; the rest is for the test on which the public edition's words rest


@dataclass(frozen=True)
class AwardTests:
    """Every group's test of its awards, and the corrected p of those of the primary family that could reach its level.

    ``sure`` are the groups of which chance is unlikely to explain the awards: within the family by the corrected p,
    where the public edition could say nothing else of them, or already by the test on which that edition's words rest.
    """

    tests: Mapping[Key, GroupTest]
    adjusted: Mapping[Key, Fraction]
    sure: frozenset[Key]
    family: Family

    def certainty(self, key: Key) -> Certainty:
        """Say how sure a gap in awards is: what is exploratory is never called unlikely to be chance."""
        if key in self.sure:
            return "unlikely_chance"
        family = self.family
        level = family.critical if key[0] in family.characteristics else family.alpha
        return "too_little" if self.tests[key].smallest > level else "possible_chance"


def tests_of(plan: EqualityPlan, outcomes: Outcomes, groups: Sequence[Group], rows: frozenset[str]) -> AwardTests:
    """Test every group's awards, and correct those of the primary family for being many.

    Parameters
    ----------
    groups : all that may be told of.
    rows : organisations with a row in the monitoring; the public edition leaves out the others, as everyone knows.
    """
    alpha, strata = alpha_of(plan), outcomes.strata("award")
    tests = {_key(group): strata.test(group.organisations) for group in groups}
    primary = {one.id for one in primary_family(plan)} & {group.characteristic.id for group in groups}
    family = [group for group in groups if group.characteristic.id in primary]
    # By margins alone, so that what is left out says nothing of who won (Tarone 1990).
    able = [group for group in family if tests[_key(group)].smallest <= alpha]
    corrected = smallest_p(
        strata, [one.organisations for one in able], [tests[_key(one)] for one in able], CORRECTED * alpha
    )
    adjusted = {_key(one): min(Fraction(1), p / CORRECTED) for one, p in zip(able, corrected.adjusted, strict=True)}
    public = outcomes.with_any_award(rows)
    sure = frozenset(
        key
        for key, group in ((_key(one), one) for one in able)
        if _is_sure(tests[key], adjusted[key], public.test(group.organisations), plan)
    )
    told = Family(
        characteristics=tuple(one.id for one in plan.characteristic if one.id in primary),
        alpha=alpha,
        draws=draws_for(len(strata.names)),
        seed=SEED,
        critical=corrected.critical,
        tests=len(able),
        left_out=len(family) - len(able),
        alarms=len(sure),
        strata=len(strata.sizes),
        uninformative=strata.uninformative,
    )
    return AwardTests(tests, adjusted, sure, told)


def _is_sure(test: GroupTest, adjusted: Fraction, public: GroupTest, plan: EqualityPlan) -> bool:
    """Whether chance is unlikely: never where the public edition may say “no sign”, always where it says “unlikely”.

    ``public`` is the test on which the public edition's words rest: organisations with any award, both tails doubled.
    """
    alpha, tail = alpha_of(plan), public.smaller_tail
    return test.p <= alpha and tail <= alpha and (adjusted <= alpha or 2 * tail <= level_of(plan))


def _key(group: Group) -> Key:
    return group.characteristic.id, group.name
