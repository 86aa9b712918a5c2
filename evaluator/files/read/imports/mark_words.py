"""Marks as officers write them: 4, 4.0, 4 - Good, Good, 4/5; whatever is not certain is no mark."""

import re
from decimal import Decimal

from evaluator.files.read.imports.names import folded
from evaluator.records.numbers import decimal_text, plain_decimal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import PASS_FAIL, Scale
from evaluator.records.submissions.blank_words import says_nothing

NUMBER_FIRST = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*[-–—:,.(=]*\s*([^\W\d_][^()]*)\)?\.?")
WORD_FIRST = re.compile(r"([^\W\d_][^()0-9]*?)\s*[-–—:,(=]*\s*([0-9]+(?:\.[0-9]+)?)\)?")
LONGEST = 60  # characters of a mark with its words
OF_MOST = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:/|out of)\s*([0-9]+(?:\.[0-9]+)?)")


class MarkWords:
    """The published scales, to read marks by."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        self._of = {scale: _OneScale(scale) for scale in (PASS_FAIL, *criteria.scales)}
        asked = {question.id for theme in criteria.themes for question in criteria.questions(theme.id)}
        self._tried = (*criteria.scales, *((PASS_FAIL,) if any(map(criteria.passed_or_failed, asked)) else ()))

    def read(self, text: str, question: str = "") -> str:
        """Give the mark that a text says, plainly, or an empty text where it says none of the question's scale.

        Where no question is named, it may be a mark of any scale that questions are marked on.
        """
        if question:
            return self.on(question).read(text)
        return next((read for scale in self._tried if (read := self._of[scale].read(text))), "")

    def on(self, question: str) -> "_OneScale":
        """Give the scale of a question."""
        scale = self.criteria.scale_for(question)
        if scale not in self._of:
            self._of[scale] = _OneScale(scale)
        return self._of[scale]


class _OneScale:
    """One scale, with what was read by it."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.words: dict[str, set[Decimal]] = {}
        for point in scale.mark:
            if folded(point.label).isalnum():
                self.words.setdefault(folded(point.label), set()).add(point.mark)
        self._read: dict[str, str] = {}

    def read(self, text: str) -> str:
        """Give the mark that a text says, plainly, or an empty text where it says none of the scale."""
        if text not in self._read:
            bare = " ".join(text.split())
            number = plain_decimal(bare)
            if number is None and len(bare) <= LONGEST:
                number = self._with_word(bare)
            self._read[text] = decimal_text(number) if number is not None and number in self.scale.marks else ""
        return self._read[text]

    def _with_word(self, text: str) -> Decimal | None:
        """Read a mark that stands with its word of the scale, or that word alone, or the mark out of the highest."""
        if found := OF_MOST.fullmatch(text):
            return plain_decimal(found[1]) if plain_decimal(found[2]) == self.scale.highest else None
        number, word = "", text
        if found := NUMBER_FIRST.fullmatch(text):
            number, word = found[1], found[2]
        elif found := WORD_FIRST.fullmatch(text):
            word, number = found[1], found[2]
        meant = self.words.get(folded(word), set())
        if number:
            said = plain_decimal(number)
            return said if said in meant else None
        return next(iter(meant)) if len(meant) == 1 else None


def says_no_mark(text: str) -> bool:
    """Whether a cell for a mark says that there is none.

    >>> [says_no_mark(text) for text in ("", "n/a", "–", "recused", "conflict of interest", "0")]
    [True, True, True, True, True, False]
    """
    bare = folded(text)
    return not text.strip() or (not bare.isdigit() and says_nothing(text)) or bare in NOT_MARKED


NOT_MARKED = frozenset(
    [
        *(
            "recused",
            "conflict",
            "conflictofinterest",
            "coi",
            "notmarked",
            "notscored",
            "didnotmark",
            "notevaluated",
            "dns",
        )
    ]
)
