"""Everyone's mark for every answer that is to be marked, or why there is none, while the marking goes on and after."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np

from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.everyones_marks import AnswerMarks, MarkState, Said
from evaluator.records.submissions.received import Received
from evaluator.validation.coded_columns import NONE, present, texts
from evaluator.validation.context import View, view_of
from evaluator.validation.late_recusals import recused_late, without_late_recusals
from evaluator.validation.moderation.assignment import organisation_of, panel_of, published_questions

ABSTAINS = ("abstain", "abstained", "abstains", "abstention")
Given = dict[tuple[int, int], tuple[MarkState, Decimal | None, str]]  # by evaluator and answer


def everyones_marks(criteria: Criteria, received: Received) -> tuple[AnswerMarks, ...]:
    """Give every answer that is to be marked with what each member of its panel said of it; none without a register.

    Whoever wrote the word abstain in place of a mark has abstained; a reason alone is no mark yet.
    """
    table = present(received.register)
    if table is None:
        return ()
    late = recused_late(received)
    counted, _ = without_late_recusals(received)
    view = view_of(criteria, replace(counted, register=table, consensus=None), table)
    return tuple(_answers(view, late))


def _answers(view: View, late: frozenset[tuple[str, str]]) -> Iterator[AnswerMarks]:
    given, width = _given(view), len(view.book.ids)
    asked_of = [view.people.given_to(place, width) for place in range(len(view.people.ids))]
    for subject in np.flatnonzero(view.needed.any(axis=1)).tolist():
        name, group = view.subject(subject), int(view.people.groups[subject])
        organisation, panel = organisation_of(view, subject), panel_of(view, subject)
        for question in published_questions(view.criteria):
            code = view.book.index.get(question.id)
            if code is None or not view.needed[subject, code]:
                continue
            answer = subject * width + code
            said = [
                _said(view, place, subject, given.get((place, answer)), asked=bool(asked_of[place][subject, code]),
                      late=(who, name) in late)
                for place, who in enumerate(view.people.ids)
                if view.people.must[place, group] or (place, answer) in given
            ]  # fmt: skip
            yield AnswerMarks(name, organisation, question, panel, tuple(said))


def _said(
    view: View,
    place: int,
    subject: int,
    given: tuple[MarkState, Decimal | None, str] | None,
    *,
    asked: bool,
    late: bool,
) -> Said:
    who = view.people.ids[place]
    recused = view.people.recused.get(place)
    if late or (recused is not None and recused[subject]):
        return Said(who, "recused")
    if given is not None:
        return Said(who, *given)
    return Said(who, "no mark yet" if asked else "not asked")


def _given(view: View) -> Given:
    """Gather the first row of each evaluator on each answer that says something."""
    sheet, found = view.marks, Given()
    if sheet is None:
        return found
    marks, reasons = texts(sheet.table, "mark"), texts(sheet.table, "reason")
    for row in np.flatnonzero(sheet.keys != NONE).tolist():
        key = int(sheet.evaluators[row]), int(sheet.answers[row])
        reason, code = reasons[row].strip(), int(sheet.marks[row])
        if key in found:
            continue
        if code >= 0:
            found[key] = "marked", view.book.scales[sheet.questions[row]].marks[code], reason
        elif marks[row].strip().casefold() in ABSTAINS:
            found[key] = "abstained", None, reason
        elif reason:
            found[key] = "no mark yet", None, reason
    return found
