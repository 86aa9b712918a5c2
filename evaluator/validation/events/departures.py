"""Evaluators who left: what they marked stays theirs; what they had not marked passes to a successor, or to nobody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.events import Departure
from evaluator.records.submissions.received import Block, Received, Table
from evaluator.validation.coded_columns import present, texts, words
from evaluator.validation.context.offers import lists, split
from evaluator.validation.context.people import ALL_OTHERS, RECUSED
from evaluator.validation.total_rows import without_rows

SEAT = ("evaluator", "name", "theme", "questions", "bids")


@dataclass(frozen=True)
class _Seat:
    """A seat on the panel: whose, for which theme, questions and bids; empty for all."""

    evaluator: str
    name: str
    theme: str
    questions: tuple[str, ...] = ()
    bids: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        return self.evaluator, self.name, self.theme, "; ".join(self.questions), "; ".join(self.bids)


def with_successors(criteria: Criteria, received: Received) -> Received:
    """Give each successor the seats of who left, but for the answers that are marked; drop rows left without a mark."""
    for one in received.happened.departures:
        received = _left(criteria, received, one)
    return received


def _left(criteria: Criteria, received: Received, one: Departure) -> Received:
    panel, marks = present(received.panel), present(received.marks)
    if marks is not None:
        rows = zip(words(marks, "evaluator"), words(marks, "mark"), strict=True)
        marked_by = [row for row, (who, mark) in enumerate(rows) if who == one.evaluator and not mark]
        refused = {row for row, key in marks.faults if key == "mark"}
        received = replace(received, marks=without_rows(marks, frozenset(marked_by) - refused))
    if panel is None or one.evaluator not in words(panel, "evaluator"):
        return received
    work = _Passing(criteria, received, one, panel)
    return replace(received, panel=work.table())


class _Passing:
    """The panel while the seats of one evaluator pass on."""

    def __init__(self, criteria: Criteria, received: Received, one: Departure, panel: Table) -> None:
        self.one, self.panel = one, panel
        names = dict(zip(words(panel, "evaluator"), words(panel, "name"), strict=True))
        self.name = names.get(one.successor) or one.successor_name
        self.subjects = _subjects(received)
        self.asked = _asked(criteria)
        self.marked: dict[str, set[str]] = {}
        marks = present(received.marks)
        if marks is not None:
            columns = (words(marks, key) for key in ("evaluator", "bid", "question"))
            for who, bid, question in zip(*columns, strict=True):
                if who == one.evaluator:
                    self.marked.setdefault(bid, set()).add(question)
        for subject in _recused_from(received, one.evaluator):  # marks on these cannot stay
            self.marked.pop(subject, None)

    def table(self) -> Table:
        """Give the panel: other seats as they stand, then what was marked, then what passes on."""
        whose = words(self.panel, "evaluator")
        kept = without_rows(self.panel, {row for row, who in enumerate(whose) if who == self.one.evaluator})
        mine = [self._seat(row) for row, who in enumerate(whose) if who == self.one.evaluator]
        new = [seat for one in mine for seat in (*self._marked(one), *self._passed(one))]
        columns = {key: list(texts(kept, key)) for key in dict.fromkeys((*kept.columns, *SEAT))}
        for seat in new:
            told = dict(zip(SEAT, seat.texts(), strict=True))
            for key, column in columns.items():
                column.append(told.get(key, ""))
        place = self.one.place
        block = Block(place.file, place.sheet, [place.row or 0] * len(new), {})
        blocks = tuple(block for block in kept.blocks if block.rows or not new)
        return Table(columns, (*blocks, block) if new else blocks, kept.faults)

    def _seat(self, row: int) -> _Seat:
        given = self.panel.row(row)
        told = {key: given.get(key, "").strip() for key in SEAT[:3]}
        return _Seat(**told, questions=split(given.get("questions", "")), bids=split(given.get("bids", "")))

    def _here(self, seat: _Seat) -> list[str]:
        """Give the bids, or the organisations for their own answers, that a seat is for."""
        return [one for one in self.subjects.get(seat.theme, ()) if not seat.bids or one in seat.bids]

    def _done(self, seat: _Seat, subject: str) -> tuple[str, ...]:
        asked = seat.questions or self.asked.get(seat.theme, ())
        return tuple(one for one in asked if one in self.marked.get(subject, ()))

    def _marked(self, seat: _Seat) -> Iterator[_Seat]:
        for subject in self._here(seat):
            if done := self._done(seat, subject):
                yield replace(seat, questions=done, bids=(subject,))

    def _passed(self, seat: _Seat) -> Iterator[_Seat]:
        if not self.one.successor:
            return
        own = replace(seat, evaluator=self.one.successor, name=self.name)
        here = self._here(seat)
        untouched = [subject for subject in here if not self._done(seat, subject)]
        if len(untouched) == len(here):
            yield own
            return
        if untouched:
            yield replace(own, bids=tuple(untouched))
        for subject in here:
            done = self._done(seat, subject)
            asked = seat.questions or self.asked.get(seat.theme, ())
            left = tuple(one for one in asked if one not in done)
            if done and left:
                yield replace(own, questions=left, bids=(subject,))


def _recused_from(received: Received, evaluator: str) -> Iterator[str]:
    """Give the organisations from which an evaluator is recused, and the bids that these lead or are members of."""
    interests, register = present(received.interests), present(received.register)
    if interests is None or register is None:
        return
    rows = zip(*(words(interests, key) for key in ("evaluator", "organisation", "action")), strict=True)
    told = {organisation: action.casefold() for who, organisation, action in rows if who == evaluator}
    columns = zip(words(register, "bid"), words(register, "organisation"), lists(register, "members"), strict=True)
    for bid, lead, members in columns:
        if RECUSED in (told.get(one, told.get(ALL_OTHERS)) for one in (lead, *members)):
            yield bid
        if told.get(lead, told.get(ALL_OTHERS)) == RECUSED:
            yield lead


def _subjects(received: Received) -> Mapping[str, Sequence[str]]:
    """Give the bids of each theme, and the organisations that lead one, in the order of the register."""
    found: dict[str, dict[str, None]] = {}
    register = present(received.register)
    if register is not None:
        for bid, theme, lead in zip(*(words(register, key) for key in ("bid", "theme", "organisation")), strict=True):
            found.setdefault(theme, {})[bid] = None
            found.setdefault(ORGANISATION_PANEL, {})[lead] = None
    return {theme: tuple(one for one in its if one) for theme, its in found.items()}


def _asked(criteria: Criteria) -> dict[str, tuple[str, ...]]:
    """Give the questions that each panel marks."""
    found: dict[str, dict[str, None]] = {}
    for theme in criteria.themes:
        for question in criteria.questions(theme.id):
            panel = ORGANISATION_PANEL if question.scope == "organisation" else theme.id
            found.setdefault(panel, {})[question.id] = None
    return {panel: tuple(its) for panel, its in found.items()}
