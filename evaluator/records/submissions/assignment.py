"""Who is to mark what: the answers that each evaluator is given, in the order in which they are given them."""

from dataclasses import dataclass

from evaluator.records.programme.criteria import Question


@dataclass(frozen=True, slots=True)
class Task:
    """One answer to be marked: whose, on which question, for which panel. There is no price in it."""

    subject: str  # the bid, or the organisation for a question that it answers once
    name: str  # of the organisation
    question: Question
    panel: str  # the theme, or the word for the organisations' own answers


@dataclass(frozen=True)
class Assignment:
    """Everything that one evaluator is to mark."""

    evaluator: str
    name: str
    tasks: tuple[Task, ...]
    recused: tuple[str, ...]  # bids and organisations of their panels that they are not given

    @property
    def panels(self) -> tuple[str, ...]:
        """The panels that the tasks are for, in order."""
        return tuple(dict.fromkeys(task.panel for task in self.tasks))
