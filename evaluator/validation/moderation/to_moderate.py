"""What there is to moderate, once every mark that is needed is in and sound."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, block_award, in_order
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.moderation import Discussed, Given
from evaluator.records.submissions.received import Received
from evaluator.records.submissions.table_layouts import MODERATION
from evaluator.validation.checks import Check, interests, marks
from evaluator.validation.checks import completeness as returns
from evaluator.validation.checks import worked_out as made_marks
from evaluator.validation.checks.decided import decisions
from evaluator.validation.checks.register import no_register
from evaluator.validation.coded_columns import NONE, present, texts
from evaluator.validation.context import View, view_of
from evaluator.validation.late_recusals import without_late_recusals
from evaluator.validation.moderation.assignment import (
    CHECKS_BEFORE_MARKING,
    organisation_of,
    panel_of,
    published_questions,
)
from evaluator.validation.moderation.renewal import agreed_in, seen_in, seen_when_agreed
from evaluator.validation.worked_out import worked_out

CHECKS_BEFORE_MODERATION: tuple[Check, ...] = (
    *CHECKS_BEFORE_MARKING,
    marks.rows_of_marks_are_sound,
    returns.marks_are_there,
    returns.panels_have_marked,
    returns.answers_have_enough_marks,
    interests.markers_sit_on_the_panel,
    returns.answers_marked_were_given,
    interests.recused_evaluators_do_not_mark,
    interests.markers_have_declared,
    made_marks.answers_have_as_many_marks,
    made_marks.nobody_marks_without_need,
    made_marks.a_third_evaluator_marks_too,
    decisions.decisions_are_complete,
)


def to_moderate(criteria: Criteria, received: Received) -> tuple[tuple[Discussed, ...], tuple[Finding, ...]]:
    """Give every answer with its individual marks, unless something stands against moderating them.

    Agreed marks that are in the folder already are not looked at, so that a panel never starts from them.

    Returns
    -------
    Answers by theme in the published order, then bid, then question; and this stage's findings. Where a finding of
    reading or of this stage is more than a note there are no answers.
    """
    table = present(received.register)
    if table is None:
        return (), tuple(no_register(received))
    received, late = without_late_recusals(received)
    view = view_of(criteria, replace(received, consensus=None, issued=()), table)
    found = in_order((*late, *(one for check in CHECKS_BEFORE_MODERATION for one in check(view))), criteria.regime)
    if block_award((*received.findings, *found)):
        return (), found
    return tuple(_answers(view)), found


def panels_saw_these_marks(view: View) -> Iterator[Finding]:
    """Note answers whose marks or reasons changed after the panel last looked at them."""
    made = next((one for one in view.received.issued if one.identity.get("template") == MODERATION), None)
    if view.consensus is None:
        return
    identity = made.identity if made else seen_in(view.consensus.table)
    changed: dict[str, list[str]] = {}
    agreed = agreed_in(view.consensus.table) if identity else ()
    seen_of = {about: seen_when_agreed(identity, about, one, again) for about, one, again in agreed}
    for answer in _answers(view) if seen_of else ():
        seen = seen_of.get((answer.subject, answer.question.id), "")
        if seen and seen != answer.seen:
            changed.setdefault(answer.subject, []).append(answer.question.id)
    if changed:
        named = [f"{subject} on {short_listing(questions)}" for subject, questions in changed.items()]
        yield finding("E-CONS-018", view.consensus.table.place, answers=short_listing(named))


def _answers(view: View) -> Iterator[Discussed]:
    given, made = _given(view), dict(worked_out(view)) if view.criteria.moderation.combines else {}
    panels = [theme.id for theme in view.criteria.themes]
    rows = np.flatnonzero(view.needed.any(axis=1)).tolist()
    rows.sort(key=lambda row: (_place(panels, panel_of(view, row)), view.subject(row)))
    trigger = view.criteria.moderation.spread_trigger
    for subject in rows:
        name, panel = organisation_of(view, subject), panel_of(view, subject)
        for question in published_questions(view.criteria):
            code = view.book.index.get(question.id)
            said = given.get((subject, code)) if code is not None else None
            if said:
                spread = max(one.mark for one in said) - min(one.mark for one in said)
                yield Discussed(
                    subject=view.subject(subject),
                    name=name,
                    question=question,
                    panel=panel,
                    given=tuple(sorted(said, key=lambda one: one.evaluator)),
                    spread=spread,
                    wide=trigger is not None and spread >= trigger,
                    made=made.get((subject, view.book.index[question.id])),
                )


def _place(panels: list[str], panel: str) -> int:
    return panels.index(panel) if panel in panels else len(panels)


def _given(view: View) -> dict[tuple[int, int], list[Given]]:
    """Gather the sound marks of answers that are needed, by subject and question."""
    sheet, found = view.marks, dict[tuple[int, int], list[Given]]()
    if sheet is None:
        return found
    needed = np.append(view.needed, False)[sheet.answers]
    rows = np.flatnonzero(needed & (sheet.marks >= 0) & (sheet.evaluators != NONE))
    reasons, width = texts(sheet.table, "reason"), len(view.book.ids)
    for row in rows.tolist():
        key = divmod(int(sheet.answers[row]), width)
        place = sheet.table.source(row, "reason")
        evaluator = view.people.ids[int(sheet.evaluators[row])]
        mark = view.book.scales[key[1]].marks[int(sheet.marks[row])]
        found.setdefault(key, []).append(Given(evaluator, mark, reasons[row].strip(), place))
    return found
