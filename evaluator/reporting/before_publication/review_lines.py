"""The lines of a review: what is to be judged and what was found, each with its clause, its status and last answer."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
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
    again : which one it is of those in its clause that say just the same, counted from 1.
    """

    clause: str
    what: str
    words: str
    why: str
    place: str
    status: str = OPEN
    answer: str = ""
    reviewer: str = ""
    again: int = 1

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
        which = (str(self.again),) if self.again > 1 else ()
        return sha256("\n".join((self.clause, self.what, self.words, *which)).encode()).hexdigest()[:8]

    @property
    def begins(self) -> str:
        """What stands there as far as an answer keeps it: the first line of it."""
        return self.words.split("\n")[0].strip()


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

    An answer is known by its clause and the fingerprint of what stood there; else it goes with the same words, in its
    clause or, where they stand once, in another; and where words changed with those of its clause that are most alike,
    which is told.
    """
    in_turn = sorted(earlier, key=lambda one: not one.carried)  # what was given anew counts against what was carried on
    left = list({(one.clause, one.mark or one.words): one for one in in_turn}.values())
    made = _counted(lines)
    often = Counter(line.begins for line in made)
    found: dict[int, Answer] = {}
    for known in (_of_mark, _of_words, partial(_of_words_elsewhere, often), _most_alike):
        for at, line in enumerate(made):
            answer = known(line, left) if at not in found else None
            if answer is not None:
                left.remove(answer)
                found[at] = answer
    return [_answered(line, found[at]) if at in found else line for at, line in enumerate(made)], left


def _counted(lines: Iterable[Line]) -> list[Line]:
    """Count the lines of a clause that say just the same, so that each has an answer of its own."""
    times: Counter[str] = Counter()
    made = []
    for line in lines:
        times[line.mark] += 1
        made.append(replace(line, again=times[line.mark]))
    return made


def _of_mark(line: Line, answers: Iterable[Answer]) -> Answer | None:
    return next((one for one in answers if (one.clause, one.mark) == (line.clause, line.mark)), None)


def _of_words(line: Line, answers: Iterable[Answer]) -> Answer | None:
    return next((one for one in answers if (one.clause, one.words) == (line.clause, line.begins)), None)


def _of_words_elsewhere(often: Mapping[str, int], line: Line, answers: Iterable[Answer]) -> Answer | None:
    found = [one for one in answers if one.words == line.begins]
    return found[0] if len(found) == often[line.begins] == 1 else None


def _most_alike(line: Line, answers: Sequence[Answer]) -> Answer | None:
    ratios: Mapping[int, float] = {
        at: SequenceMatcher(None, one.words, line.words, autojunk=False).ratio()
        for at, one in enumerate(answers)
        if one.clause == line.clause
    }
    best = max(ratios, key=lambda at: ratios[at], default=None)
    return None if best is None or ratios[best] < ALIKE else answers[best]


def _answered(line: Line, answer: Answer) -> Line:
    same = answer.words == line.begins or (answer.mark == line.mark and not answer.earlier)
    moved = f" as clause {answer.clause}" if answer.clause not in ("", line.clause) else ""
    status = f"{ANSWERED}{moved}" if same else f"{EARLIER}: “{answer.words}”"
    status = status if line.status == OPEN else f"{line.status} ({status})"
    return replace(line, status=status, answer=answer.answer, reviewer=answer.reviewer)
