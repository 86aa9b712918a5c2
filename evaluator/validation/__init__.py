"""Validation: as received to an evaluation that is complete and consistent, or the findings that stand in its way."""

from evaluator.records.findings.finding import Finding, block_award, in_order
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.records.submissions.received import Received
from evaluator.validation.alike import together
from evaluator.validation.answers import answers
from evaluator.validation.assembly import evaluation_of
from evaluator.validation.changes_since import agreed_events, event_told, events_of, file_events
from evaluator.validation.checks import AT_THE_END, CHECKS, Check
from evaluator.validation.checks.issued import check_issued
from evaluator.validation.checks.places import check_places
from evaluator.validation.checks.register import no_register
from evaluator.validation.checks.stages import about_stage
from evaluator.validation.coded_columns import present
from evaluator.validation.context import view_of
from evaluator.validation.decisions_waiting import open_matters
from evaluator.validation.events import events_that_hold
from evaluator.validation.late_recusals import without_late_recusals
from evaluator.validation.moderation.agreement import agreement_of, on_one_scale
from evaluator.validation.moderation.assignment import assign
from evaluator.validation.moderation.entering import faults_of, in_order_of_discussion
from evaluator.validation.moderation.everyones_marks import everyones_marks
from evaluator.validation.moderation.marking_patterns import habits_of
from evaluator.validation.moderation.progress import progress_of
from evaluator.validation.moderation.renewal import renewed
from evaluator.validation.moderation.to_moderate import panels_saw_these_marks, to_moderate
from evaluator.validation.moderation.written_answers import written_answers
from evaluator.validation.reasons import Surroundings, notes_on, surroundings, with_notes
from evaluator.validation.root_causes import refused_ids, with_what_to_mend_first
from evaluator.validation.total_rows import without_totals

__all__ = [
    "CHECKS",
    "Check",
    "Surroundings",
    "about_stage",
    "agreed_events",
    "agreement_of",
    "answers",
    "assign",
    "check_issued",
    "check_places",
    "event_told",
    "events_of",
    "events_that_hold",
    "everyones_marks",
    "faults_of",
    "file_events",
    "habits_of",
    "in_order_of_discussion",
    "notes_on",
    "on_one_scale",
    "open_matters",
    "progress_of",
    "renewed",
    "surroundings",
    "to_moderate",
    "together",
    "validate",
    "with_notes",
    "written_answers",
]


def validate(criteria: Criteria, received: Received) -> tuple[Evaluation | None, tuple[Finding, ...]]:
    """Check everything that was received, and make the evaluation if nothing stands against it.

    Where the criteria have stages, those in ``received.stages`` are over, and what the next one needs is checked.

    Returns
    -------
    The evaluation, None exactly when a finding of reading or of this stage is more than a note; and this stage's own
    findings, all of them, in order of place. A cell that reading has reported is not reported again.
    """
    received, totals = without_totals(received)
    received, left_out = without_late_recusals(received)
    totals += left_out
    register = present(received.register)
    if register is None:
        return None, in_order((*totals, *no_register(received)))
    view = view_of(criteria, received, register)
    checks = [one for one in (*CHECKS, panels_saw_these_marks) if view.at_the_end or one not in AT_THE_END]
    found = in_order((*totals, *(finding for check in checks for finding in check(view))))
    findings = with_what_to_mend_first(found, received, refused_ids(received))
    if block_award((*received.findings, *findings)):
        return None, findings
    return evaluation_of(view), findings
