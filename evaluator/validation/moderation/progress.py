"""Who has returned what, and what is missing, while the marking goes on."""

from collections import Counter
from dataclasses import replace

import numpy as np

from evaluator.records.findings.finding import Finding, Severity, in_order
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.progress import PanelProgress, Progress, Returned
from evaluator.records.submissions.received import Received
from evaluator.validation.checks.completeness import MARKS_FILE, by_subject, tasks
from evaluator.validation.checks.register import no_register
from evaluator.validation.coded_columns import NONE, Flags, present, texts, without_words
from evaluator.validation.context import View, view_of
from evaluator.validation.late_recusals import without_late_recusals
from evaluator.validation.moderation.assignment import names_of
from evaluator.validation.moderation.to_moderate import CHECKS_BEFORE_MODERATION
from evaluator.validation.row_findings import flagged

UNLISTED = 10**9  # every subject with something missing is told of


def progress_of(criteria: Criteria, received: Received) -> tuple[Progress | None, tuple[Finding, ...]]:
    """Say how far the marking has come.

    Parameters
    ----------
    received : the folder as it is now; agreed marks in it are not looked at.

    Returns
    -------
    The progress, None where there is no register; and what stands in the way of moderating as things are.
    """
    table = present(received.register)
    if table is None:
        return None, tuple(no_register(received))
    received, _ = without_late_recusals(received)
    now = replace(received, register=table, consensus=None)
    view = view_of(criteria, now, table)
    found = in_order((one for check in CHECKS_BEFORE_MODERATION for one in check(view)), criteria.regime)
    sound = _sound(view)
    problems = Counter(
        one.source.file
        for one in (*received.findings, *found)
        if one.severity is not Severity.NOTE and one.source.sheet
    )
    return Progress(_returned(view, sound, problems), _panels(view, sound)), found


def _sound(view: View) -> Flags:
    """Flag the rows of marks that are sound, with a reason, and stand for an answer that is asked."""
    sheet = view.marks
    if sheet is None:
        return np.zeros(0, dtype=np.bool_)
    reasoned = ~without_words(texts(sheet.table, "reason"))
    once = sheet.first == np.arange(len(sheet.first))
    flags: Flags = (sheet.keys != NONE) & (sheet.marks >= 0) & reasoned & once & ~view.recused_rows
    return flags


def _returned(view: View, sound: Flags, problems: Counter[str]) -> tuple[Returned, ...]:
    names, files = names_of(view), _files(view)
    found = []
    for evaluator, answers in tasks(view):
        done = np.zeros(view.needed.size, dtype=np.bool_)
        if view.marks is not None:
            done[view.marks.answers[sound & (view.marks.evaluators == evaluator)]] = True
        subjects, _ = by_subject(view, answers[~done[answers]], UNLISTED)
        who = view.people.ids[evaluator]
        file = files.get(who, "")
        missing = tuple((subject, tuple(questions)) for subject, questions in subjects)
        marked = int(done[answers].sum())
        found.append(Returned(who, names.get(who, ""), file, len(answers), marked, missing, problems[file]))
    return tuple(found)


def _files(view: View) -> dict[str, str]:
    """Give the file in which each evaluator's marks stand; the workbook that was issued counts even if it is empty."""
    files = {one.evaluator or one.identity.get("evaluator", ""): one.file for one in view.received.issued}
    table = present(view.received.marks)
    if table is not None and view.marks is not None:
        for evaluator, who in enumerate(view.people.ids):
            rows = flagged(view.marks.evaluators == evaluator)
            if len(rows):
                files[who] = table.source(int(rows[0])).file or MARKS_FILE
    return files


def _panels(view: View, sound: Flags) -> tuple[PanelProgress, ...]:
    marks = view.marks.answers[sound] if view.marks is not None else np.zeros(0, dtype=np.int64)
    counts = np.bincount(marks, minlength=view.needed.size).reshape(view.needed.shape)
    groups = [(theme.id, view.book.theme_index[theme.id]) for theme in view.criteria.themes]
    found = []
    for panel, group in (*groups, (ORGANISATION_PANEL, len(view.book.themes))):
        asked = view.needed & (view.people.groups == group)[:, None]
        if asked.any():
            found.append(PanelProgress(panel, int(asked.sum()), int((counts[asked] >= view.least).sum())))
    return tuple(found)
