"""A small folder of bids without a fault, and ways to spoil one cell of it.

Two themes, ``north`` and ``south``; the questions C1 (every bid), C2 (once by each organisation), N1 and S1. The bids
A1 (of O1) and A2 (of O2 with O9) are for the north, B1 (of O1) is for the south. E1 and E2 mark everything 4.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.received import Block, Received, Table

Row = dict[str, str]
Change = Callable[["Folder"], None]
PLACES = {
    "register": ("register.xlsx", "Bids", 2),
    "marks": ("returns", "Marks", 5),
    "consensus": ("moderation.xlsx", "Consensus", 2),
    "panel": ("declarations.xlsx", "Panel", 2),
    "interests": ("declarations.xlsx", "Interests", 2),
    "decisions": ("decisions.xlsx", "Decisions", 2),
}
DECISIONS = ("bid", "matter", "subject", "decision", "reason", "ground", "person", "date", "heard")


def _question(question: str, scope: str = "bid") -> dict[str, Any]:
    return {"id": question, "title": question, "text": "?", "good_answer": "…", "scope": scope, "source": "1"}


def _theme(theme: str, own: str) -> dict[str, Any]:
    weights = {"C1": "30", "C2": "10", own: "20", "price": "40"}
    return {"id": theme, "title": theme, "source": "1", "weights": weights, "question": [_question(own)]}


CRITERIA: dict[str, Any] = {
    "schema": 1,
    "reference": "SMALL",
    "title": "Small",
    "authority": "Small council",
    "regime": "pa2023",
    "version": "1",
    "years": ["2027", "2028"],
    "source": "1",
    "scale": {"source": "1", "mark": [{"mark": str(m), "label": "…", "descriptor": "…"} for m in range(6)]},
    "gate": [
        {"id": "cover", "title": "Insurance", "question": "?", "predicate": "…", "on_failure": "…", "source": "1"},
    ],
    "price": {"method": "lowest_price_ratio", "below_mean": "40%", "below_next": "30%", "source": "1"},
    "rounding": {"places": 2, "mode": "half_up", "point": "parts", "source": "1"},
    "moderation": {"method": "consensus", "least_evaluators": 2, "spread_trigger": "2", "source": "1"},
    "tie_break": {"order": ["quality"], "source": "1"},
    "common": [_question("C1"), _question("C2", "organisation")],
    "themes": [_theme("north", "N1"), _theme("south", "S1")],
}
BIDS = (("A1", "north", "O1", ""), ("A2", "north", "O2", "O9"), ("B1", "south", "O1", ""))
ANSWERS = (
    ("A1", "C1"), ("A1", "N1"), ("A2", "C1"), ("A2", "N1"), ("B1", "C1"), ("B1", "S1"), ("O1", "C2"), ("O2", "C2"),
)  # fmt: skip


def _bid(bid: str, theme: str, organisation: str, members: str) -> Row:
    return {
        "bid": bid,
        "theme": theme,
        "organisation": organisation,
        "members": members,
        "price:2027": "50,000",
        "price:2028": "60000.50",
        "gate:cover": "pass",
        "people": "120",
        "hours": "37.5",
        "wards": "Bow East; Mile End",
        "small": "yes",
    }


@dataclass
class Folder:
    """What is published and what came in, row by row; a table that is None was not there."""

    criteria: dict[str, Any] = field(default_factory=lambda: deepcopy(CRITERIA))
    tables: dict[str, list[Row] | None] = field(default_factory=dict)
    csv: bool = False
    faults: set[tuple[str, int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Fill in the bids, marks, agreed marks, panel and declarations."""
        marks = [
            {"bid": bid, "question": question, "evaluator": evaluator, "mark": "4", "reason": f"{evaluator}: clear."}
            for evaluator in ("E1", "E2")
            for bid, question in ANSWERS
        ]
        groups = ("north", "south", "organisation")
        self.tables = {
            "register": [_bid(*bid) for bid in BIDS],
            "marks": marks,
            "consensus": [
                {"bid": bid, "question": question, "mark": "4", "reason": "Every part of it is there."}
                for bid, question in ANSWERS
            ],
            "panel": [{"evaluator": e, "name": e, "theme": group} for e in ("E1", "E2") for group in groups],
            "interests": [
                {"evaluator": e, "organisation": "*", "interest": "None.", "action": "none", "date": "2026-10-05"}
                for e in ("E1", "E2")
            ],
            "decisions": [],
        }

    def rows(self, table: str) -> list[Row]:
        """Give the rows of a table that is there."""
        rows = self.tables[table]
        assert rows is not None
        return rows

    def one(self, table: str, **at: str) -> Row:
        """Give the only row of a table in which some columns hold these texts."""
        (row,) = (row for row in self.rows(table) if at.items() <= row.items())
        return row

    def published(self) -> Criteria:
        """Give the criteria."""
        return Criteria.model_validate(self.criteria)

    def received(self) -> Received:
        """Give what was received, every cell with its place."""
        tables = {name: self._table(name) for name in self.tables}
        return Received(**tables)

    def _table(self, name: str) -> Table | None:
        rows = self.tables[name]
        if rows is None:
            return None
        keys = tuple(rows[0]) if rows else DECISIONS
        columns = {key: [row[key] for row in rows] for key in keys}
        faults = frozenset((row, key) for table, row, key in self.faults if table == name)
        return Table(columns, tuple(self._blocks(name, rows, keys)), faults)

    def _blocks(self, name: str, rows: list[Row], keys: tuple[str, ...]) -> list[Block]:
        file, sheet, start = PLACES[name]
        if name == "marks" and not self.csv:
            keys = tuple(key for key in keys if key != "evaluator")
            sizes: dict[str, int] = {}
            for row in rows:
                sizes[row["evaluator"]] = sizes.get(row["evaluator"], 0) + 1
            return [
                Block(f"{file}/{evaluator}.xlsx", sheet, range(start, start + size), _letters(keys))
                for evaluator, size in sizes.items()
            ]
        if self.csv:
            file, sheet, start = f"{name}.csv", "", 2
        return [Block(file, sheet, range(start, start + len(rows)), _letters(keys))]


def _letters(keys: tuple[str, ...]) -> dict[str, str]:
    return {key: chr(ord("A") + place) for place, key in enumerate(keys)}


def edit(table: str, at: Row, **texts: str) -> Change:
    """Write other texts into the row that is found by some of its columns."""

    def change(folder: Folder) -> None:
        folder.one(table, **at).update(texts)

    return change


def price(at: str, **by_year: str) -> Change:
    """Write other prices for a bid, by year: ``y2027="0"``."""
    return edit("register", {"bid": at}, **{f"price:{year[1:]}": text for year, text in by_year.items()})


def drop(table: str, **at: str) -> Change:
    """Take every row out that is found by some of its columns."""

    def change(folder: Folder) -> None:
        folder.tables[table] = [row for row in folder.rows(table) if not at.items() <= row.items()]

    return change


def add(table: str, like: Row, **texts: str) -> Change:
    """Add a row like one that is there, but for some columns, under those of the same evaluator."""

    def change(folder: Folder) -> None:
        rows, model = folder.rows(table), folder.one(table, **like)
        made = model | texts
        same = [place for place, row in enumerate(rows) if row.get("evaluator") == made.get("evaluator")]
        rows.insert(same[-1] + 1 if same else len(rows), made)

    return change


def decide(**texts: str) -> Change:
    """Add a person's decision on bid A1, complete but for what is said here."""
    usual = {
        "bid": "A1",
        "matter": "late",
        "subject": "",
        "decision": "admit",
        "reason": "The portal was down.",
        "ground": "ITT 4.2",
        "person": "Head of service",
        "date": "2026-11-01",
        "heard": "",
    }
    return lambda folder: folder.rows("decisions").append(usual | texts)


def failed(kind: str, decision: str, *, on: str = "", **texts: str) -> Change:
    """Give the gate a kind (an exclusion ``on`` a ground), let A1 fail it, and decide on that with every column."""
    told = {"heard": "On 3 May.", "evidence": "A letter.", "associate": "", "recurs": "", "notified": "", **texts}
    return all_of(
        publish("gate.0.kind", kind),
        *([publish("gate.0.ground", on)] if on else []),
        edit("register", {"bid": "A1"}, **{"gate:cover": "fail"}),
        decide(**{"matter": "failed_gate", "subject": "cover", "decision": decision, **told}),
    )


def without_column(table: str, key: str) -> Change:
    """Take a column out of a table."""

    def change(folder: Folder) -> None:
        for row in folder.rows(table):
            del row[key]

    return change


def with_column(table: str, key: str, text: str) -> Change:
    """Give a table one more column, with one text in all its cells."""

    def change(folder: Folder) -> None:
        for row in folder.rows(table):
            row[key] = text

    return change


def without_table(table: str) -> Change:
    """Take a table away."""
    return lambda folder: folder.tables.update({table: None})


def publish(path: str, value: Any) -> Change:
    """Set a value in the criteria by its dotted path; None takes it out, and a list grows at its end."""
    *way, last = path.split(".")

    def change(folder: Folder) -> None:
        here: Any = folder.criteria
        for step in way:
            here = here[int(step)] if isinstance(here, list) else here.setdefault(step, {})
        if isinstance(here, list):
            here.append(value)
        elif value is None:
            here.pop(last)
        else:
            here[last] = value

    return change


def rule(kind: str, **keys: Any) -> Change:
    """Publish one rule of award."""
    return publish("allocation", {"method": "optimise", "rule": [{"id": "R1", "kind": kind, **keys}]})


def all_of(*changes: Change) -> Change:
    """Make several changes, one after the other."""

    def change(folder: Folder) -> None:
        for one in changes:
            one(folder)

    return change


def spoilt(*changes: Change) -> Folder:
    """Give the faultless folder with some changes."""
    folder = Folder()
    all_of(*changes)(folder)
    return folder
