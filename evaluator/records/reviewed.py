"""What a reviewer judges before publication, and what they answered in a review that was made earlier."""

from dataclasses import dataclass
from typing import Literal

from evaluator.records.programme.texts import Text

TO_JUDGE = "Only a person can judge"  # the sheet, and the table, with which a review begins
ANSWER, REVIEWER, LAST = "Reviewer’s answer", "Reviewer", "Last answer"
CLAUSE, MARK, STATUS, WORDS = "Clause", "Mark", "Status", "What stands there"
FOUND = "What was found"
NOTE_HEAD = "Check of criteria:"  # with which a note at a cell begins that tells of a finding
OPEN, ANSWERED, EARLIER = "open", "answered", "answered for an earlier wording"


@dataclass(frozen=True, slots=True)
class Point:
    """What only a person can judge: what an author declared as a fact, or a sentence with force; with its text.

    ``within`` is the sentence that a fact stands in, and ``why`` what its author says of it.
    """

    kind: Literal["fact", "force"]
    text: Text
    words: str
    why: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of an earlier review.

    Parameters
    ----------
    clause, mark : the number of the clause, and the fingerprint of what stood there.
    words : what stood there when it was answered.
    answer, reviewer : what was answered, and by whom.
    earlier : whether the answer was, even there, one for an earlier wording.
    carried : whether it only stood there as the last answer, and was not given in that review.
    """

    clause: str
    mark: str
    words: str
    answer: str
    reviewer: str = ""
    earlier: bool = False
    carried: bool = False
