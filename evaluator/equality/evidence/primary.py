"""Every group's test of its awards, and the primary family held together: which group differs is said of it alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.equality.evidence.organisations import Group, Outcomes, axis_of
from evaluator.equality.statistics.conditional import GroupTest
from evaluator.equality.statistics.family import SEED, draws_for, smallest_p
from evaluator.records.programme.criteria import EqualityPlan
from evaluator.records.results.equality_evidence import Certainty, Family

ALPHA = Fraction(1, 20)
Key = tuple[str, str]  # a question's id and a group


@dataclass(frozen=True)
class AwardTests:
    """Every group's test of its awards; the corrected p of those of the primary family that could reach its level.

    ``published`` are the p that the public edition's sentence rests on: organisations with any award, among those with
    bids for the very same themes. Where that says nothing, nothing here says that chance is unlikely.
    """

    tests: Mapping[Key, GroupTest]
    adjusted: Mapping[Key, Fraction]
    published: Mapping[Key, Fraction]
    family: Family

    def certainty(self, key: Key) -> Certainty:
        """Say how sure a gap in awards is: what is exploratory is never called unlikely to be chance."""
        primary, alpha = key[0] in self.family.characteristics, self.family.alpha
        if self.tests[key].smallest > (self.family.critical if primary else alpha):
            return "too_little"
        corrected = self.adjusted.get(key, Fraction(1))
        sure = primary and max(corrected, self.tests[key].p, self.published[key]) <= alpha
        return "unlikely_chance" if sure else "possible_chance"


def tests_of(plan: EqualityPlan, outcomes: Outcomes, groups: Sequence[Group]) -> AwardTests:
    """Test every group's awards, and correct those of the primary family for being many."""
    alpha = Fraction(getattr(plan, "alpha", ALPHA))
    strata, alike = outcomes.strata("award"), outcomes.with_any_award
    tests = {_key(group): strata.test(group.organisations) for group in groups}
    primary = _primary(plan, groups)
    family = [group for group in groups if group.characteristic.id in primary]
    # By margins alone, so that what is left out says nothing of who won (Tarone 1990).
    able = [group for group in family if tests[_key(group)].smallest <= alpha]
    corrected = smallest_p(strata, [one.organisations for one in able], [tests[_key(one)] for one in able], alpha)
    return AwardTests(
        tests,
        dict(zip(map(_key, able), corrected.adjusted, strict=True)),
        {_key(group): alike.test(group.organisations).smaller_tail for group in family},
        Family(
            characteristics=primary,
            alpha=alpha,
            draws=draws_for(len(strata.names)),
            seed=SEED,
            critical=corrected.critical,
            tests=len(able),
            left_out=len(family) - len(able),
            alarms=sum(p <= alpha for p in corrected.adjusted),
            strata=len(strata.sizes),
            uninformative=strata.uninformative,
        ),
    )


def _key(group: Group) -> Key:
    return group.characteristic.id, group.name


def _primary(plan: EqualityPlan, groups: Sequence[Group]) -> tuple[str, ...]:
    """Give the questions of the primary family that were asked: as published, else on protected characteristics."""
    published = tuple(getattr(plan, "primary", ()))
    asked = {group.characteristic.id for group in groups}
    ours = (one for one in plan.characteristic if one.id in asked)
    return tuple(one.id for one in ours if (one.id in published if published else axis_of(one)[1]))
