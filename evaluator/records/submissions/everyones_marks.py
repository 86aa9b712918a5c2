"""Everyone's mark for an answer, or why there is none: five states that must not be taken for one another."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from evaluator.records.programme.criteria import Question

MarkState = Literal["marked", "no mark yet", "abstained", "recused", "not asked"]


@dataclass(frozen=True, slots=True)
class Said:
    """What one member of a panel said of an answer; a mark of 0 is a mark."""

    evaluator: str
    state: MarkState
    mark: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class AnswerMarks:
    """An answer with what every member of its panel said of it, by evaluator."""

    subject: str  # the bid, or the organisation for a question that it answers once
    name: str  # of the organisation
    question: Question
    panel: str
    said: tuple[Said, ...]

    @property
    def about(self) -> tuple[str, str]:
        """The bid or organisation and the question, by which an answer is known."""
        return self.subject, self.question.id

    def by(self, evaluator: str) -> Said | None:
        """Give what one evaluator said; None where they do not sit on the panel."""
        return next((one for one in self.said if one.evaluator == evaluator), None)
