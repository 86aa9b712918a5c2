"""An evaluator's workbook: only their bids and questions, hard to fill in wrongly, and able to say what it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from evaluator.records.documents import Cell, Choice, Highlight, Length, Sheet, Workbook
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria, Question
from evaluator.records.programme.scales import Scale, ScaleOf
from evaluator.records.submissions.answers import Answers
from evaluator.records.submissions.assignment import Assignment, Task
from evaluator.records.submissions.table_layouts import (
    ANSWERS,
    EVALUATOR_SHEET,
    ISSUED,
    LEAST_REASON,
    LOCKED,
    MARK,
    META_SHEET,
    MOST_REASON,
    REASON,
    ROW,
    SCALE,
    TEMPLATE,
)
from evaluator.records.texts import fingerprint_of
from evaluator.reporting.papers.columns import answer_cells, answer_columns, answer_parts, letter

LONGEST_SHEET = 31  # characters of a sheet's name
HEADING_ROW = 5  # of the sheet of marks; the answers stand under it
LOCKED_COLUMNS = tuple(
    (column.heading, width) for column, width in zip(ISSUED.columns[: len(LOCKED)], (12, 26, 10, 22, 44), strict=True)
)
TO_FILL_IN = ((MARK.heading, 8), ("The mark in words", 40), (REASON.heading, 70), ("State", 16))
TO_DO, NO_MARK, NO_REASON, LONG, DONE = "to do", "mark missing", "reason too short", "reason too long", "done"
SAVED_AS = (
    "Give a mark and a reason for every answer. The reason says what in the answer earns the mark, so that someone who "
    "reads it in a year can see it too: no comparison with other bids, no price, nothing from outside the bid."
)
ANSWERS_BESIDE = (
    "The column Answer holds what the bidder wrote, as it was written; a long answer goes on in the columns beside it. "
    "Your reading pack has the same answers on pages."
)


@dataclass(frozen=True)
class Issue:
    """What every workbook of one issue has in common: criteria, seal, seed of the order of bids, answers, stage."""

    criteria: Criteria
    seal: str
    seed: int
    answers: Answers = field(default_factory=dict)
    stage: str = ""  # the stage of which these are the answers, where there are stages

    def answer(self, task: Task) -> str:
        """Give the answer that a task is about, in the bidder's words; empty where none are held."""
        return self.answers.get((task.subject, task.question.id), "")


def issue_workbook(issue: Issue, assignment: Assignment) -> Workbook:
    """Make one evaluator's workbook.

    Parameters
    ----------
    issue : what all workbooks of the issue share.
    assignment : the evaluator's own answers, in their order; nothing of prices is in it.

    Returns
    -------
    A workbook whose sheet of marks has the columns of a return, with what people need to see locked between them. Its
    very hidden sheet and its document properties hold what it is, whose, and the SHA-256 of each locked row.
    """
    known = _identity(issue, assignment)
    sheets = (
        _who(issue, assignment),
        _marks(issue, assignment),
        *(scale_sheet(scale, name) for scale, name in _scales(issue, assignment).items()),
        _questions(assignment),
        _meta(known, issue, assignment),
    )
    title = f"Marks of {assignment.evaluator}: {issue.criteria.title}"
    return Workbook(title, sheets, properties=tuple((f"evaluator_{name}", text) for name, text in known))


def _identity(issue: Issue, assignment: Assignment) -> tuple[tuple[str, str], ...]:
    locked = fingerprint_of([digest for _, digest in _fingerprints(issue, assignment)])
    return (
        ("template", TEMPLATE),
        ("programme", issue.criteria.reference),
        ("version", issue.criteria.version),
        ("seal", issue.seal),
        ("evaluator", assignment.evaluator),
        ("seed", str(issue.seed)),
        *((("stage", issue.stage),) if issue.stage else ()),
        ("locked", locked),
    )


def stage_words(issue: Issue) -> str:
    """Name the stage that a paper is for; the one that nothing names is the last."""
    return next((stage.name for stage in issue.criteria.stage if stage.id == issue.stage), "the last stage")


def _fingerprints(issue: Issue, assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Give the SHA-256 of each locked row under the name of its sheet and what it is about."""
    for task in assignment.tasks:
        yield f"{ISSUED.sheet} {task.subject} {task.question.id}", fingerprint_of(_locked(task))
        if issue.answers:
            yield (
                f"{ANSWERS[0].heading} {task.subject} {task.question.id}",
                fingerprint_of(answer_parts(issue.answer(task))),
            )
    for scale, name in _scales(issue, assignment).items():
        for mark, label, descriptor in _points(scale):
            yield f"{name} {mark}", fingerprint_of((mark, label, descriptor))


def _scales(issue: Issue, assignment: Assignment) -> dict[Scale, str]:
    return scale_sheets(issue.criteria, [task.question for task in assignment.tasks])


def scale_sheets(criteria: Criteria, questions: Iterable[Question]) -> dict[Scale, str]:
    """Name a sheet for the programme's scale, and for each other that some of the questions are marked on."""
    found = {criteria.scale: SCALE.sheet}
    for question in questions:
        scale = criteria.scale_for(question.id)
        own = question.id if question.descriptors or not isinstance(scale, ScaleOf) else scale.id
        found.setdefault(scale, f"{SCALE.sheet} {own}"[:LONGEST_SHEET])
    return found


def _locked(task: Task) -> tuple[str, ...]:
    """Give the locked texts of an answer's row, in the order of LOCKED."""
    asked = task.question
    texts = {
        "bid": task.subject,
        "name": task.name,
        "question": asked.id,
        "title": asked.title,
        "asked": asked.text,
    }
    return tuple(texts[key] for key in LOCKED)


def _points(scale: Scale) -> tuple[tuple[str, str, str], ...]:
    return tuple((decimal_text(point.mark), point.label, point.descriptor) for point in scale.mark)


def _who(issue: Issue, assignment: Assignment) -> Sheet:
    """Say whose the workbook is, in the cells where the reader of returns looks for it."""
    criteria = issue.criteria
    identity = (
        ("Evaluator", assignment.evaluator),
        ("Programme", criteria.reference),
        ("Criteria version", criteria.version),
        ("Seal", issue.seal[:12]),
        ("Name", assignment.name),
        ("Title", criteria.title),
        *((("Stage", stage_words(issue)),) if issue.stage else ()),
        ("Answers to mark", str(len(assignment.tasks))),
        ("Not given to you", ", ".join(assignment.recused) or "nothing"),
        ("Order of bids", f"mixed for you alone, by the published seed {issue.seed}"),
    )
    guidance = (
        "Mark on the sheet Marks. Only the yellow cells can be filled in.",
        SAVED_AS,
        "The sheet Scale says when each mark is given. The sheet Questions says what a good answer holds. "
        "Both are exactly what was published: nothing else counts.",
        *(ANSWERS_BESIDE,) * bool(issue.answers),
        "Mark alone. Save the workbook as it is (.xlsx), and send it back to the procurement officer.",
    )
    return Sheet(
        name=EVALUATOR_SHEET,
        rows=(
            (Cell("Evaluator's return", style="title"),),
            (Cell(criteria.authority, style="note_line"),),
            *((Cell(name), Cell(text, style="text")) for name, text in identity),
            (),
            *((Cell(str(number)), Cell(text, style="text")) for number, text in enumerate(guidance, 1)),
        ),
        widths=(18, 110),
        protected=True,
    )


def _marks(issue: Issue, assignment: Assignment) -> Sheet:
    """Make the sheet that is filled in: one row for each answer."""
    tasks = assignment.tasks
    last = HEADING_ROW + len(tasks)
    answers = answer_columns(map(issue.answer, tasks)) if issue.answers else ()
    columns = (*LOCKED_COLUMNS, *answers, *TO_FILL_IN)
    at = {heading: letter(place) for place, (heading, _) in enumerate(columns, 1)}
    states = f"{at['State']}{HEADING_ROW + 1}:{at['State']}{last}"
    sheets = _scales(issue, assignment)
    scales = [issue.criteria.scale_for(task.question.id) for task in tasks]
    return Sheet(
        name=ISSUED.sheet,
        rows=(
            (Cell(f"Marks of {assignment.evaluator} {assignment.name}".rstrip(), style="title"),),
            (Cell(SAVED_AS, style="note_line"),),
            (Cell("Answered"), _progress(len(tasks), states)),
            (),
            tuple(Cell(heading, style="heading") for heading, _ in columns),
            *(
                _row(task, answer_cells(issue.answer(task), len(answers)), row, at, sheets[scale], scale)
                for row, (task, scale) in enumerate(zip(tasks, scales, strict=True), HEADING_ROW + 1)
            ),
        ),
        widths=tuple(width for _, width in columns),
        freeze=(HEADING_ROW, 3),
        table=(HEADING_ROW, last),
        choices=tuple(mark_choices(at[MARK.heading], HEADING_ROW + 1, scales)),
        lengths=(
            Length(
                f"{at[REASON.heading]}{HEADING_ROW + 1}:{at[REASON.heading]}{last}",
                LEAST_REASON,
                MOST_REASON,
                f"What in the answer earns the mark: {LEAST_REASON} to {MOST_REASON:,} characters.",
            ),
        ),
        highlights=(
            Highlight(states, DONE, "good"),
            Highlight(states, NO_MARK, "bad"),
            Highlight(states, NO_REASON, "bad"),
            Highlight(states, LONG, "bad"),
        ),
        protected=True,
    )


def _progress(number: int, states: str) -> Cell:
    formula = f'=COUNTIF({states},"{DONE}")&" of {number}"'
    return Cell(f"0 of {number}", formula=formula, style="helper")


def mark_choices(column: str, first: int, scales: Sequence[Scale]) -> Iterator[Choice]:
    """Offer each row's marks, from a row on; rows below one another with the same scale together."""
    row = first
    for scale, rows in groupby(scales):
        count = len(list(rows))
        marks = tuple(mark for mark, _, _ in _points(scale))
        yield Choice(f"{column}{row}:{column}{row + count - 1}", marks, scale_prompt(scale))
        row += count


def label_formula(mark: str, sheet: str, scale: Scale) -> str:
    """Give the formula that says what a mark stands for, looked up on its scale's sheet."""
    name = sheet if sheet == SCALE.sheet else f"'{sheet}'"
    last = 3 + len(scale.mark)
    found = f"INDEX({name}!$C$4:$C${last},MATCH({mark},{name}!$A$4:$A${last},0))"
    return f'=IF({mark}="","",IFERROR({found},"not on the scale"))'


def _row(
    task: Task, answer: tuple[Cell, ...], row: int, at: dict[str, str], sheet: str, scale: Scale
) -> tuple[Cell, ...]:
    mark, reason = f"{at[MARK.heading]}{row}", f"{at[REASON.heading]}{row}"
    length = f"LEN(TRIM({reason}))"
    state = (
        f'=IF(AND({mark}="",{length}=0),"{TO_DO}",IF({mark}="","{NO_MARK}",'
        f'IF({length}<{LEAST_REASON},"{NO_REASON}",IF({length}>{MOST_REASON},"{LONG}","{DONE}"))))'
    )
    return (
        *(Cell(text, style="text") for text in _locked(task)),
        *answer,
        Cell(style="input"),
        Cell("", formula=label_formula(mark, sheet, scale), style="note"),
        Cell(style="input"),
        Cell(TO_DO, formula=state, style="helper"),
    )


def scale_prompt(scale: Scale) -> str:
    """List the marks with their labels, a line each, to be shown beside a cell."""
    return "\n".join(f"{mark}  {label}" for mark, label, _ in _points(scale))


def scale_sheet(scale: Scale, name: str = SCALE.sheet) -> Sheet:
    """Make the sheet that says when each mark is given; the marks stand from its fourth row on."""
    body = tuple(
        (Cell(point.mark), Cell(point.label, style="text"), Cell(point.descriptor, style="text"))
        for point in scale.mark
    )
    return Sheet(
        name=name,
        rows=(
            (Cell("When each mark is given", style="title"),),
            (Cell("As it was published. There are no marks between these.", style="note_line"),),
            tuple(Cell(column.heading, style="heading") for column in SCALE.columns),
            *body,
        ),
        widths=tuple(column.width for column in SCALE.columns),
        freeze=(3, 1),
        protected=True,
    )


def _questions(assignment: Assignment) -> Sheet:
    asked: dict[str, Question] = {task.question.id: task.question for task in assignment.tasks}
    body = tuple(
        tuple(Cell(text, style="text") for text in (one.id, one.title, one.text, one.good_answer))
        for one in asked.values()
    )
    headings = ("Question", "Title", "What was asked", "What a good answer holds")
    return Sheet(
        name="Questions",
        rows=(
            (Cell("What was asked, and what a good answer holds", style="title"),),
            (Cell("As it was published. Nothing else may earn or lose a mark.", style="note_line"),),
            tuple(Cell(text, style="heading") for text in headings),
            *body,
        ),
        widths=(10, 30, 60, 90),
        freeze=(3, 1),
        protected=True,
    )


def _meta(known: tuple[tuple[str, str], ...], issue: Issue, assignment: Assignment) -> Sheet:
    return meta_sheet((*known, *((f"{ROW}{name}", digest) for name, digest in _fingerprints(issue, assignment))))


def meta_sheet(lines: tuple[tuple[str, str], ...]) -> Sheet:
    """Make the very hidden sheet that says what a workbook is."""
    return Sheet(
        name=META_SHEET,
        rows=tuple((Cell(name), Cell(text)) for name, text in lines),
        widths=(40, 70),
        protected=True,
        very_hidden=True,
    )
