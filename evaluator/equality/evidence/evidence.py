"""The decision makers' evidence as a whole: the primary family first, then every gap, where it arises, what is open."""

from fractions import Fraction
from operator import attrgetter

from evaluator.equality.context.coverage import coverage
from evaluator.equality.data.replies import rows_of
from evaluator.equality.data.stage_reached import RECOMMENDED, stages_reached
from evaluator.equality.evidence.counts import characteristic_evidence
from evaluator.equality.evidence.gaps import Found, award_gap, bid_gaps
from evaluator.equality.evidence.marks import marks_of
from evaluator.equality.evidence.not_known import not_known
from evaluator.equality.evidence.organisations import groups_of, outcomes_of, was_asked
from evaluator.equality.evidence.primary import tests_of
from evaluator.equality.impact import NO_PLAN, version_of
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.equality import STAGES, ExternalData, StageFigures
from evaluator.records.results.equality_evidence import EqualityEvidence, Gap
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.stages import NOT_SHORTLISTED


def evidence_of(
    criteria: Criteria,
    evaluation: Evaluation,
    scores: ScoreTable,
    allocation: Allocation,
    monitoring: Table | None,
    external: ExternalData | None = None,
) -> EqualityEvidence:
    """Set every group beside all others, from who bid to who would be funded: for named people; it concludes nothing.

    Parameters
    ----------
    criteria : with the questions, the primary family and its level, and the published minimum where there is one.
    evaluation, scores, allocation : every bid and what it came to.
    monitoring, external : the replies; benchmarks and the last round; None where there are none.
    """
    plan, external = criteria.equality or NO_PLAN, external or ExternalData()
    reached, minimum = stages_reached(evaluation, scores, allocation), plan.panel_threshold or 1
    outcomes = outcomes_of(reached, scores)
    groups = {one.id: groups_of(one, reached, monitoring) for one in plan.characteristic} if monitoring else {}
    asked = [some for some in groups.values() if was_asked(some)]
    told = [group for some in asked for group in some if group.known and len(group.organisations) >= max(1, minimum)]
    tested = tests_of(plan, outcomes, told, frozenset(rows_of(monitoring)) if monitoring else frozenset())
    found = Found(outcomes, tested, marks_of(criteria, evaluation, outcomes, told), _gates(criteria, evaluation))
    gaps = [award_gap(found, group) for group in told]
    gaps += [gap for some in asked for gap in bid_gaps(reached, some, external.baselines, minimum)]
    return EqualityEvidence(
        gaps=tuple(sorted(gaps, key=_size)),
        characteristics=tuple(
            characteristic_evidence(one, groups.get(one.id, ()), reached, minimum, tested.family)
            for one in plan.characteristic
        ),
        family=tested.family,
        totals=tuple(map(StageFigures, STAGES, reached.counts, reached.sums)),
        organisations=len(reached.organisations),
        funded=len({bid.organisation for bid in reached.reaching(RECOMMENDED, reached.bids)}),
        minimum=minimum,
        not_known=not_known(criteria, reached, groups, external, gaps),
        version=version_of(allocation),
        last_round=external.last_round,
        baselines=external.baselines,
        wards=coverage(reached.bids, reached.awarded, attrgetter("wards")),
        served=coverage(reached.bids, reached.awarded, attrgetter("groups")),
    )


def _size(gap: Gap) -> tuple[Fraction, str, str, str]:
    return -gap.shortfall, gap.characteristic, gap.group, gap.stage


def _gates(criteria: Criteria, evaluation: Evaluation) -> dict[str, tuple[str, str]]:
    """Give the gate, or the other matter, for which each bid was disregarded: its id and its title."""
    titles = {gate.id: gate.title for gate in criteria.gate}
    return {
        bid: (one.subject or one.matter, titles.get(one.subject, one.subject or one.matter.replace("_", " ")))
        for theme in evaluation.themes
        for bid, one in theme.disregarded.items()
        if one.standing != NOT_SHORTLISTED
    }
