"""The note that goes with an evaluator's workbook, as a page and as plain text for an e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.records.english import count_of
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.assignment import Assignment
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.several_marks import said_of
from evaluator.records.submissions.table_layouts import LEAST_REASON, MOST_REASON
from evaluator.records.texts import visible
from evaluator.reporting.papers.evaluator_workbook import Issue, stage_words
from evaluator.reporting.shared.pages import HeadedPage, about_programme, render


@dataclass(frozen=True)
class Part:
    """What an evaluator marks of one panel."""

    title: str
    subjects: tuple[str, ...]
    answers: int


@dataclass(frozen=True, kw_only=True)
class NotePage(HeadedPage):
    """The covering note: to whom, which file, what is to be marked, and how; ``recused`` is empty for most."""

    template = "note.html"
    to: str
    file: str
    answers: int
    parts: Sequence[Part]
    recused: str
    steps: Sequence[str]
    identity: str


def note_html(issue: Issue, assignment: Assignment, file: str) -> str:
    """Write the covering note as a page of its own."""
    return render(_note(issue, assignment, file))


def note_text(issue: Issue, assignment: Assignment, file: str) -> str:
    """Write the covering note as plain text."""
    note = _note(issue, assignment, file)
    parts = [
        f"  - {part.title}: {count_of(part.answers, 'answer')} ({', '.join(part.subjects)})" for part in note.parts
    ]
    lines = [
        f"{note.about.title} ({note.about.reference})",
        "",
        f"To {note.to}",
        "",
        f"Your workbook is {file}. It holds the {count_of(note.answers, 'answer')} that you are to mark:",
        *parts,
        "",
        *([note.recused, ""] if note.recused else []),
        *(f"{number}. {text}" for number, text in enumerate(note.steps, 1)),
        "",
        note.identity,
    ]
    return visible("\n".join(lines)) + "\n"


def _note(issue: Issue, assignment: Assignment, file: str) -> NotePage:
    criteria = issue.criteria
    return NotePage(
        about=about_programme(criteria),
        to=visible(f"{assignment.name or assignment.evaluator} ({assignment.evaluator})"),
        file=file,
        answers=len(assignment.tasks),
        parts=_parts(criteria, assignment),
        recused=recused_words(assignment, "your workbook"),
        steps=_steps(criteria),
        identity=identity_words(issue),
    )


def identity_words(issue: Issue) -> str:
    """Say by which criteria a paper is made, and how the order of bids came about."""
    criteria = issue.criteria
    return (
        f"Criteria {criteria.reference}, version {criteria.version}, seal {issue.seal}. "
        f"{f'The answers are those of the stage: {stage_words(issue)}. ' if issue.stage else ''}"
        f"The order of bids was mixed by the seed {issue.seed}."
    )


def _parts(criteria: Criteria, assignment: Assignment) -> list[Part]:
    titles = panel_titles(criteria)
    return [
        Part(
            titles[panel],
            tuple(dict.fromkeys(visible(task.subject) for task in assignment.tasks if task.panel == panel)),
            sum(task.panel == panel for task in assignment.tasks),
        )
        for panel in assignment.panels
    ]


def panel_titles(criteria: Criteria) -> dict[str, str]:
    """Name what each panel marks."""
    titles = {theme.id: theme.title for theme in criteria.themes}
    return titles | {ORGANISATION_PANEL: "Questions that each organisation answers once"}


def recused_words(assignment: Assignment, paper: str) -> str:
    """Say what an evaluator is not given; empty where they are recused from nothing."""
    if not assignment.recused:
        return ""
    return f"You are recused from {visible(', '.join(assignment.recused))}: these are not in {paper}."


def _steps(criteria: Criteria) -> tuple[str, ...]:
    asked = {question.id for theme in criteria.themes for question in criteria.questions(theme.id)}
    scales = dict.fromkeys(criteria.scale_for(question).marks for question in sorted(asked))
    several = len(scales) > 1
    marks = "of its question's scale" if several else f"({' '.join(map(str, next(iter(scales), ())))})"
    agreed = criteria.moderation.method == "consensus"
    made = f"The mark that counts is the {said_of(criteria.moderation)} of all evaluators' marks."
    together = "The panel agrees the marks afterwards, from these reasons." if agreed else ""
    together = made if criteria.moderation.combines else together
    return (
        "Read each bid whole before you mark it. Mark alone: do not discuss marks before the panel meets.",
        f"On the sheet Marks choose a mark {marks} for every answer. The sheet Scale says when each is given; the "
        "sheet Questions says what a good answer holds. Both are what was published, and nothing else counts.",
        f"Write a reason of {LEAST_REASON} to {MOST_REASON:,} characters for every mark: what in the answer earns it, "
        "and what is missing. Do not compare bids, do not mention price, and use nothing that is not in the bid. "
        f"{together}".rstrip(),
        "If you learn of an interest in an organisation that you have not declared, stop, and tell the procurement "
        "officer before you mark it.",
        "Save the workbook under its own name as an Excel workbook (.xlsx), and send it back. If you must send it "
        "again, add .v2 before .xlsx; both are kept, and the later one counts.",
    )
