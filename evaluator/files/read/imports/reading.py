"""One reading of a file: the decisions that it rests on, each made once, and the findings on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evaluator.files.read.imports.grid import Cell, Grid
from evaluator.files.read.imports.names import BRACKETS, PARTS, Dimension, Match, Names, folded
from evaluator.files.read.tables.guard import Guard
from evaluator.files.read.tables.layouts import Column
from evaluator.files.read.xlsx.cell import Held
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.imports import LEFT_OUT, About, Answers, Decided

LONGEST_LABEL = 200
CONFIRMED = "a person confirmed it"


@dataclass(frozen=True)
class Known:
    """What the programme tells before the file is read.

    ``bids`` are rows of the register by bid; empty where there is none yet.
    """

    criteria: Criteria
    bids: Mapping[str, Mapping[str, str]]
    names: Mapping[Dimension, Names]

    def themes_of(self, bid: str) -> tuple[str, ...]:
        """Give the theme of a bid; every theme where no register tells it."""
        theme = self.bids.get(bid, {}).get("theme", "")
        every = tuple(one.id for one in self.criteria.themes)
        return (theme,) if theme in every else every


@dataclass
class Reading:
    """Decisions and findings of one file; ``answers`` are what a person confirmed before."""

    known: Known
    answers: Answers
    file: str
    findings: list[Finding] = field(default_factory=list)
    decided: dict[tuple[str, str], Decided] = field(default_factory=dict)
    headings: set[str] = field(default_factory=set)

    def note(self, code: str, place: Source, **facts: Any) -> None:
        """Keep a finding."""
        self.findings.append(finding(code, place, **facts))

    def decide(
        self,
        about: About,
        text: str,
        becomes: str,
        where: Source,
        why: str,
        *,
        sure: bool = True,
        choices: Sequence[str] = (),
    ) -> str:
        """Decide once what a label becomes; what a person said goes before what was found.

        What is proposed is followed while a person has to say, so that all questions are asked at once: nothing is
        written before they are answered.
        """
        key = (about, folded(text))
        if key not in self.decided:
            said = self.answers.answers.get(key, "")
            made = Decided(about, text, becomes, sure, where, why, tuple(choices))
            allowed = {folded(one): one for one in choices}
            if said and choices and folded(said) not in allowed:
                self.not_possible(key, said)
            elif said:
                made = replace(made, becomes=allowed.get(folded(said), said), sure=True, why=CONFIRMED)
            self.decided[key] = made
        return self.decided[key].becomes

    def name(self, dimension: Dimension, text: str, where: Source, *, asked: bool = True) -> tuple[str, ...] | None:
        """Say what a label names; None where nothing is found, and an empty tuple where it is left out or unknown.

        Parameters
        ----------
        asked : whether the label stands where a name must stand, so that a person is asked what it means.
        """
        names = self.known.names[dimension]
        said = self.answers.answers.get((dimension, folded(text)), "")
        if said:
            return self._confirmed(names, dimension, text, said, where)
        match = self._of_its_theme(dimension, text, names.find(text))
        if match and match.sure:
            self.decide(dimension, text, " or ".join(match.ids), where, match.why)
            return match.ids
        if not asked or not text.strip():
            return None
        if not match and names.opened:
            self.decide(dimension, text, text, where, f"nothing tells every {dimension}: it is taken as it stands")
            return (text,)
        near = match or names.near(text)
        proposed = near.ids[0] if len(near.ids) == 1 else ""
        why = near.why or f"no {dimension} is called so"
        self.decide(dimension, text, proposed, where, why, sure=False, choices=(*names.entries, LEFT_OUT))
        return (proposed,) if proposed else ()

    def _of_its_theme(self, dimension: Dimension, text: str, match: Match) -> Match:
        """Tell the bids of one organisation apart by a theme behind its name: ``Bow Advice (Lot 2: Digital)``."""
        if dimension != "bid" or len(match.ids) < 2:
            return match
        found = (
            self.known.names["theme"].find(part.strip(" ()"))
            for part in (text, *PARTS.split(text), *BRACKETS.findall(text))
        )
        themes = {theme for one in found if one.sure for theme in one.ids}
        ids = tuple(bid for bid in match.ids if themes.intersection(self.known.themes_of(bid)))
        return replace(match, ids=ids) if len(ids) == 1 else match

    def _confirmed(self, names: Names, dimension: Dimension, text: str, said: str, where: Source) -> tuple[str, ...]:
        """Take what a person said that a label means: an id, or a name that is surely one’s."""
        if folded(said) == folded(LEFT_OUT):
            self.decide(dimension, text, LEFT_OUT, where, "")
            return ()
        match = names.find(said)
        if not match.sure and not names.opened:
            self.not_possible((dimension, folded(text)), said)
            self.ask_anew(dimension, text, where, "the answer was none of these", (*names.entries, LEFT_OUT))
            return ()
        ids = match.ids if match.sure else (said,)
        said = " or ".join(ids)
        self.decided[dimension, folded(text)] = Decided(dimension, text, said, sure=True, where=where, why=CONFIRMED)
        return ids

    def ask_anew(self, about: About, text: str, where: Source, why: str, choices: Sequence[str]) -> None:
        """Ask about a label that seemed certain."""
        self.decided[about, folded(text)] = Decided(
            about, text, "", sure=False, where=where, why=why, choices=tuple(choices)
        )

    def not_possible(self, key: tuple[str, str], said: str) -> None:
        """Say that a person's answer is none of those that there are."""
        place = self.answers.places.get(key, Source(self.file))
        self.note("E-IMPORT-016", place, why=f"“becomes” says {said}, which is nothing that this label can mean")


class Taker:
    """Takes the cells of one sheet through the guard, so that no value counts which a person does not see."""

    def __init__(self, grid: Grid, reading: Reading, *, from_1904: bool) -> None:
        self.grid, self.reading = grid, reading
        bare = replace(grid.sheet, merged=[])  # officers merge headings: only merged values are refused
        self.guard = Guard(bare, grid.file, reading.findings, from_1904=from_1904)
        self.marks: dict[Cell, str] = {}  # by cell in the file: taken, label, asked, refused, left out

    def label(self, row: int, column: int) -> str:
        """Take a label."""
        at = self.grid.anchor(row, column)
        if at in self.marks:
            return self.grid.text(row, column)
        text, fault = self.guard.text(*at)
        self.marks[at] = "refused" if fault else "label"
        return " ".join(text.split())

    def is_refused(self, row: int, column: int) -> bool:
        """Whether a cell was refused."""
        return self.marks.get(self.grid.anchor(row, column)) == "refused"

    def value(self, row: int, column: int, kind: Column, instead: Held | None = None) -> str | None:
        """Take a value; None where it is refused, with a finding at its cell."""
        at = self.grid.anchor(row, column)
        text, fault = self.guard.text(*at, kind, instead=instead)
        self.marks[at] = "refused" if fault else "taken"
        return None if fault else text

    def refuse(self, code: str, row: int, column: int, **facts: Any) -> None:
        """Refuse a value that was taken."""
        self.marks[self.grid.anchor(row, column)] = "refused"
        self.reading.note(code, self.grid.place(row, column), **facts)
