"""The decision makers' evidence as a whole: the primary family first, then every gap, where it arises, what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.equality.context.coverage import coverage
from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached, stages_reached
from evaluator.equality.evidence.counts import characteristic_evidence
from evaluator.equality.evidence.gaps import Found, award_gap, bid_gaps
from evaluator.equality.evidence.marks import marks_of
from evaluator.equality.evidence.not_known import not_known
from evaluator.equality.evidence.organisations import Group, Outcomes, axis_of, groups_of, outcomes_of, was_asked
from evaluator.equality.impact import NO_PLAN, version_of
from evaluator.equality.statistics.conditional import Test
from evaluator.equality.statistics.family import SEED, draws_for, smallest_p
from evaluator.records.programme.criteria import Criteria, EqualityPlan
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.equality import STAGES, ExternalData, StageFigures
from evaluator.records.results.equality_evidence import EqualityEvidence, Family, Gap
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.records.submissions.received import Table

ALPHA = Fraction(1, 20)


@dataclass(frozen=True)
class _Tested:
    """Every group's test of its awards, and the primary family held together; keys are question and group."""

    tests: Mapping[tuple[str, str], Test]
    adjusted: Mapping[tuple[str, str], Fraction]
    family: Family


def evidence_of(
    criteria: Criteria,
    evaluation: Evaluation,
    scores: ScoreTable,
    allocation: Allocation,
    monitoring: Table | None,
    external: ExternalData | None = None,
) -> EqualityEvidence:
    """Set every group beside all others, from who bid to who would be funded, with nothing withheld by default.

    Parameters
    ----------
    criteria : with the questions, the primary family and its level, and the published minimum where there is one.
    evaluation, scores, allocation : every bid and what it came to.
    monitoring : the replies; None where there are none.
    external : benchmarks and the last round, where there are any.

    Returns
    -------
    evidence for named people alone; it concludes nothing.
    """
    plan, external = criteria.equality or NO_PLAN, external or ExternalData()
    reached = stages_reached(evaluation, scores, allocation)
    outcomes, minimum = outcomes_of(reached, scores), plan.panel_threshold or 1
    groups = {one.id: groups_of(one, reached, monitoring) for one in plan.characteristic} if monitoring else {}
    asked = {name: some for name, some in groups.items() if was_asked(some)}
    known = [group for some in asked.values() for group in some if group.known]
    told = [group for group in known if len(group.organisations) >= minimum]
    tested = _tested(plan, outcomes, [group for group in told if group.bids])
    marks = marks_of(criteria, evaluation, outcomes, [group for group in told if group.bids])
    found = Found(outcomes, tested.tests, tested.adjusted, tested.family, marks, _gates(criteria, evaluation))
    gaps = [award_gap(found, group) for group in told if group.bids]
    gaps += [gap for some in asked.values() for gap in bid_gaps(reached, some, external.baselines, minimum)]
    awarded = {bid.organisation for bid in reached.reaching(RECOMMENDED, reached.bids)}
    return EqualityEvidence(
        gaps=tuple(sorted(gaps, key=_size)),
        characteristics=tuple(
            characteristic_evidence(one, groups.get(one.id, ()), reached, minimum, primary=one.id in _primary(plan, asked))
            for one in plan.characteristic
        ),
        family=tested.family,
        totals=tuple(map(StageFigures, STAGES, reached.counts, reached.sums)),
        organisations=len(reached.organisations),
        funded=len(awarded),
        minimum=minimum,
        not_known=not_known(criteria, reached, groups, external, gaps),
        version=version_of(allocation),
        last_round=external.last_round,
        baselines=external.baselines,
        **_served(reached),
    )


def _size(gap: Gap) -> tuple[Fraction, str, str, str]:
    return -gap.shortfall, gap.characteristic, gap.group, gap.stage


def _served(reached: StagesReached) -> dict[str, object]:
    return {
        "wards": coverage(reached.bids, reached.awarded, lambda bid: bid.wards),
        "served": coverage(reached.bids, reached.awarded, lambda bid: bid.groups),
    }


def _primary(plan: EqualityPlan, asked: Mapping[str, Sequence[Group]]) -> tuple[str, ...]:
    """Give the questions of the primary family: as published, else all on a protected characteristic that were asked."""
    published = tuple(getattr(plan, "primary", ()) or ())
    ids = [one.id for one in plan.characteristic if one.id in asked]
    if published:
        return tuple(name for name in ids if name in published)
    return tuple(one.id for one in plan.characteristic if one.id in asked and axis_of(one)[1])


def _tested(plan: EqualityPlan, outcomes: Outcomes, groups: Sequence[Group]) -> _Tested:
    """Test every group's awards, and correct those of the primary family for being many."""
    alpha = Fraction(getattr(plan, "alpha", None) or ALPHA)
    strata = outcomes.strata("award")
    tests = {(group.characteristic.id, group.name): strata.test(group.organisations) for group in groups}
    asked = {group.characteristic.id: groups for group in groups}
    primary = _primary(plan, asked)
    family = [group for group in groups if group.characteristic.id in primary]
    # By margins alone, so that what is left out says nothing of who won (Tarone 1990).
    able = [group for group in family if tests[group.characteristic.id, group.name].smallest <= alpha]
    own = [tests[group.characteristic.id, group.name] for group in able]
    corrected = smallest_p(strata, [group.organisations for group in able], own, alpha)
    adjusted = {
        (group.characteristic.id, group.name): p for group, p in zip(able, corrected.adjusted, strict=True)
    }
    alarms = sum(p <= alpha for p in corrected.adjusted)
    return _Tested(
        tests,
        adjusted,
        Family(
            characteristics=primary,
            alpha=alpha,
            draws=draws_for(len(strata.names)),
            seed=SEED,
            critical=corrected.critical,
            tests=len(able),
            left_out=len(family) - len(able),
            alarms=alarms,
            strata=len(strata.sizes),
            uninformative=strata.uninformative,
        ),
    )


def _gates(criteria: Criteria, evaluation: Evaluation) -> dict[str, tuple[str, str]]:
    """Give the gate, or the other matter, for which each bid was disregarded: its id and its title."""
    titles = {gate.id: gate.title for gate in criteria.gate}
    return {
        bid: (one.subject or one.matter, titles.get(one.subject, one.subject or one.matter.replace("_", " ")))
        for theme in evaluation.themes
        for bid, one in theme.disregarded.items()
    }
