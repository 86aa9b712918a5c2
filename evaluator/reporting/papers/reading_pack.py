"""The reading pack of an evaluator: the answers of their bids, question by question, with nothing of any price."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from evaluator.records.english import listing
from evaluator.records.programme.criteria import Question
from evaluator.records.programme.scales import ScaleMark
from evaluator.records.submissions.answers import NO_ANSWER
from evaluator.records.submissions.assignment import Assignment, Task
from evaluator.reporting.papers.evaluator_workbook import Issue
from evaluator.reporting.papers.notes import identity_words, panel_titles, recused_words
from evaluator.reporting.shared.pages import HeadedPage, about_programme, render


@dataclass(frozen=True, slots=True)
class Written:
    """One answer under its question, paragraph by paragraph."""

    question: Question
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True)
class BidToRead:
    """What one bid, or organisation, answered of what the evaluator marks."""

    subject: str
    name: str
    panel: str
    answers: Sequence[Written]


@dataclass(frozen=True, kw_only=True)
class ReadingPackPage(HeadedPage):
    """The pack: whose it is, the scale, and the bids in the order of the evaluator's workbook."""

    template = "reading_pack.html"
    to: str
    recused: str
    scales: Sequence[tuple[str, Sequence[ScaleMark]]]
    bids: Sequence[BidToRead]
    identity: str


def reading_pack(issue: Issue, assignment: Assignment, part: str = "") -> str:
    """Write an evaluator's pack as a page, from which its Word and PDF forms are made.

    ``partXX
    """
    titles = panel_titles(issue.criteria)
    bids = [
        BidToRead(subject, own[0].name, titles[own[0].panel], [_written(issue, task) for task in own])
        for subject, own in ((one, tuple(tasks)) for one, tasks in groupby(assignment.tasks, lambda task: task.subject))
    ]
    page = ReadingPackPage(
        about=about_programme(issue.criteria),
        to=", ".join(filter(None, (f"{assignment.evaluator} {assignment.name}".strip(), part))),
        recused=recused_words(assignment, "this pack"),
        scales=tuple(_scales(issue, assignment)),
        bids=bids,
        identity=identity_words(issue),
    )
    return render(page)


def _scales(issue: Issue, assignment: Assignment) -> Iterator[tuple[str, Sequence[ScaleMark]]]:
    """Give each scale that answers of the pack are marked on, with the questions that are where there are several."""
    asked = {task.question.id: task.question for task in assignment.tasks}
    scales = {one: issue.criteria.scale_for(one) for one in asked}
    different = dict.fromkeys(scales.values()) or {issue.criteria.scale: None}
    for scale in different:
        own = [one for one, its in scales.items() if its == scale]
        yield (f" for {listing(own)}" if len(different) > 1 else ""), scale.mark


def _written(issue: Issue, task: Task) -> Written:
    lines = (" ".join(line.split()) for line in issue.answer(task).splitlines())
    return Written(task.question, tuple(filter(None, lines)) or (NO_ANSWER,))
