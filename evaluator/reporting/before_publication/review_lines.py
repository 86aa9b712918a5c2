"""The lines of a review: what is to be judged and what was found, each with its clause, its status and last answer."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from hashlib import sha256

from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.accepted import Accepted
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.texts import Text, texts_of
from evaluator.records.programme.written.files import PROGRAMME, THEMES
from evaluator.records.reviewed import ANSWERED, EARLIER, OPEN, Answer, Point
from evaluator.reporting.appendix.clauses import FIXED, PARTS, SINGLE, clause_of, number

WHAT = {"fact": "Declared as a fact", "force": "A sentence with force"}
ALIKE = 0.5  # how much of two wordings is the same where one is taken for an earlier wording of the other
LAST = 99  # the place of what has no number within its entry, such as where it was decided
Placed = Callable[[Source], Source]  # the place by which people know a file's key
Keyed = Callable[[str], Source]  # the file's key of a place as people name it


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a review.

    Parameters
    ----------
    clause : the number of the clause of the appendix that it is about; empty where it is about none.
    what, words, why : what it is, what stands there or was found, and what is said of it.
    place : where it stands, as findings name it.
    status : open, answered, answered for an earlier wording (with that), or accepted, by whom and why.
    answer, reviewer : the last answer, and who gave it.
    """

    clause: str
    what: str
    words: str
    why: str
    place: str
    status: str = OPEN
    answer: str = ""
    reviewer: str = ""

    @property
    def last(self) -> str:
        """The last answer, with who gave it where that is known."""
        return f"{self.answer} ({self.reviewer})" if self.reviewer else self.answer

    @property
    def waits(self) -> bool:
        """Whether nobody answered it as it stands, or accepted it."""
        return self.status == OPEN or self.status.startswith(EARLIER)

    @property
    def mark(self) -> str:
        """The fingerprint of what stands there: an answer holds for it, and for no other wording."""
        return sha256("\n".join((self.clause, self.what, self.words)).encode()).hexdigest()[:8]


class Clauses:
    """Finds the clause of the appendix that a place of the criteria belongs to."""

    def __init__(self, criteria: Criteria) -> None:
        self._texts = texts_of(criteria)

    def at(self, place: Source) -> str:
        """Give the number of the clause of a file's key: the text's own, or that of the entry or part that it is in."""
        own = self._of(place.file, place.key, lambda text: text.place.key)
        return own or self._entry(place) or _part(place)

    def _of(self, file: str, key: str, by: Callable[[Text], str], *, whole: bool = False) -> str:
        found = (text for text in self._texts if text.place.file == file and by(text) == key)
        return next((clause_of(replace(text, key="") if whole else text) for text in found), "")

    def _entry(self, place: Source) -> str:
        """Give the number of the entry, such as a question, that a key stands in, or is."""
        for table in (place.key, place.key.rpartition(".")[0]):
            if table.endswith("]") and (at := self._of(place.file, table, lambda text: text.table, whole=True)):
                return at
        return ""


def _part(place: Source) -> str:
    """Give the number of the part that a key of a file is about; nothing where a file is about none."""
    head = re.split(r"[.\[]", place.key)[0]
    if place.file.startswith(f"{THEMES}/"):
        theme = place.file.removeprefix(f"{THEMES}/").removesuffix(".toml")
        return number("theme", theme, *([head] if head in FIXED["theme"] else []))
    head = SINGLE.get(head, head)
    if place.file == PROGRAMME and place.key:
        return number(head) if head in PARTS else number("programme", "facts")
    return ""


def judged_lines(
    clauses: Clauses, points: Iterable[Point], accepted: Iterable[Accepted], cell: Placed, key: Keyed
) -> tuple[Line, ...]:
    """Give what only a person can judge, in the order of the appendix."""
    lines = [
        Line(clause_of(one.text), WHAT[one.kind], _whole(one), one.why, str(cell(one.text.place))) for one in points
    ]
    lines += [
        Line(
            clauses.at(key(one.place)),
            f"Accepted finding {one.code}",
            one.message,
            "",
            one.place,
            f"accepted by {one.person} on {one.date}: {one.reason}",
        )
        for one in accepted
    ]
    return tuple(in_order_of_appendix(lines))


def _whole(point: Point) -> str:
    return f"“{point.words}”, in: {point.within}" if point.within else point.words


def in_order_of_appendix(lines: Sequence[Line]) -> list[Line]:
    """Sort lines part by part, and clause by clause within an entry; entries stay in the order in which they come.

    >>> made = [Line(at, "", "", "", "") for at in ("12.b.1", "3.x.2", "3.x.1", "12.a.2")]
    >>> [one.clause for one in in_order_of_appendix(made)]
    ['3.x.1', '3.x.2', '12.b.1', '12.a.2']
    """
    entries: dict[str, int] = {}

    def place(line: Line) -> tuple[int, int, int]:
        part, _, rest = line.clause.partition(".")
        entry, _, within = rest.rpartition(".") if re.search(r"\.[0-9]+$", rest) else (rest, "", "")
        at = entries.setdefault(f"{part}.{entry}", len(entries))
        return int(part or len(PARTS) + 1), at, int(within or LAST)

    return sorted(lines, key=place)


def found_line(clauses: Clauses, found: Finding, key: Keyed) -> Line:
    """Give the line of a finding."""
    return Line(clauses.at(key(str(found.source))), found.code, found.message, found.remedy, str(found.source))


def renewed(lines: Sequence[Line], earlier: Sequence[Answer]) -> tuple[list[Line], list[Answer]]:
    """Give each line the last answer to it, and whatever answers are left, since what they were given to is gone.

    An answer is known by its clause and the fingerprint of what stood there; where that changed, it stays with the
    wording of its clause that is most alike, and is told as one for an earlier wording.
    """
    in_turn = sorted(earlier, key=lambda one: not one.carried)  # what was given anew counts against what was carried on
    by_mark = {(one.clause, one.mark or one.words): one for one in in_turn}
    known = [by_mark.get((line.clause, line.mark)) for line in lines]
    left = [one for one in by_mark.values() if one not in known]
    made = []
    for line, answer in zip(lines, known, strict=True):
        alike = None if answer else _most_alike(line, left)
        if alike:
            left.remove(alike)
        made.append(_answered(line, answer or alike))
    return made, left


def _most_alike(line: Line, answers: Sequence[Answer]) -> Answer | None:
    ratios: Mapping[int, float] = {
        at: SequenceMatcher(None, one.words, line.words, autojunk=False).ratio()
        for at, one in enumerate(answers)
        if one.clause == line.clause
    }
    best = max(ratios, key=lambda at: ratios[at], default=None)
    return None if best is None or ratios[best] < ALIKE else answers[best]


def _answered(line: Line, answer: Answer | None) -> Line:
    if answer is None:
        return line
    same = answer.mark == line.mark and not answer.earlier
    status = ANSWERED if same else f"{EARLIER}: “{answer.words}”"
    status = status if line.status == OPEN else f"{line.status} ({status})"
    return replace(line, status=status, answer=answer.answer, reviewer=answer.reviewer)
