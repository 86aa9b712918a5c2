"""The columns of every table that comes in, declared once for those who write blank ones and those who read them.

A workbook's heading row shows ``heading``; a CSV file's header row shows ``key``. Either is understood in both.
A table may stand in a workbook's sheet or in a CSV file of its own with the same columns.
"""

from dataclasses import dataclass
from typing import Literal

from evaluator.records.criteria import Criteria

Kind = Literal["id", "text", "long_text", "mark", "money", "whole", "decimal", "pass_fail", "yes_no", "list", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, the heading that people see, what its cells hold, and whether the column must be there."""

    key: str
    heading: str
    kind: Kind = "text"
    required: bool = True
    width: int = 16


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: what it is called in messages, its sheet in a workbook, its CSV file, and its columns."""

    title: str
    sheet: str
    csv: str
    columns: tuple[Column, ...]


BID = Column("bid", "Bid", "id", width=10)
BID_OR_ORGANISATION = Column("bid", "Bid or organisation", "id", width=20)
QUESTION = Column("question", "Question", "id", width=10)
EVALUATOR = Column("evaluator", "Evaluator", "id", width=10)
MARK = Column("mark", "Mark", "mark", width=8)
REASON = Column("reason", "Reason", "long_text", width=70)

MARKS = Layout("the evaluators' marks", "Marks", "marks.csv", (BID_OR_ORGANISATION, QUESTION, EVALUATOR, MARK, REASON))
RETURN = Layout("an evaluator's return", "Marks", "", (BID_OR_ORGANISATION, QUESTION, MARK, REASON))
CONSENSUS = Layout("the agreed marks", "Consensus", "consensus.csv", (BID_OR_ORGANISATION, QUESTION, MARK, REASON))
PANEL = Layout(
    "the panel",
    "Panel",
    "panel.csv",
    (EVALUATOR, Column("name", "Name", width=28), Column("theme", "Theme", "id", width=20)),
)
INTERESTS = Layout(
    "the declarations of interest",
    "Interests",
    "declarations.csv",
    (
        EVALUATOR,
        Column("organisation", "Organisation", "id"),  # "*" declares for all organisations not named
        Column("interest", "Interest declared", "long_text", width=60),
        Column("action", "Action", "id"),  # none | recused
        Column("date", "Date", "date", width=12),
    ),
)
DECISIONS = Layout(
    "people's decisions",
    "Decisions",
    "decisions.csv",
    (
        BID,
        Column("matter", "Matter", "id"),  # failed_gate | low_price | late | other
        Column("subject", "Subject", "id", required=False),  # the gate, for a failed gate
        Column("decision", "Decision", "id", width=12),  # admit | disregard
        Column("reason", "Reason", "long_text", width=70),
        Column("ground", "Ground", width=40),
        Column("person", "Decided by", width=28),
        Column("date", "Date", "date", width=12),
        Column("heard", "Bidder heard", "long_text", required=False, width=30),
    ),
)


def register(criteria: Criteria, received: bool = False) -> Layout:
    """Give the register's columns for these criteria: prices by year where there are years, a column for each gate.

    A blank register asks for prices by year; one that is ``received`` may hold one ``price`` for the whole life instead
    or as well, and validation says whether that is enough.
    """
    by_year = tuple(
        Column(f"price:{year}", f"Price {year} (£)", "money", required=not received, width=14)
        for year in criteria.years
    )
    whole = (Column("price", "Price (£)", "money", required=False, width=14),)
    gates = tuple(Column(f"gate:{gate.id}", gate.title, "pass_fail", width=14) for gate in criteria.gate)
    return Layout(
        "the register",
        "Bids",
        "register.csv",
        (
            BID,
            Column("theme", "Theme", "id"),
            Column("organisation", "Organisation", "id"),
            Column("name", "Organisation's name", required=False, width=36),
            Column("title", "Project", required=False, width=40),
            Column("members", "Consortium members", "list", required=False, width=20),
            *by_year,
            *(whole if received or not by_year else ()),
            *gates,
            Column("people", "People served", "whole", required=False),
            Column("hours", "Contract management hours", "decimal", required=False),
            Column("wards", "Wards", "list", required=False, width=30),
            Column("groups", "Groups served", "list", required=False, width=30),
            Column("small", "Small organisation", "yes_no", required=False),
            Column("income", "Yearly income (£)", "money", required=False),
        ),
    )


def monitoring(criteria: Criteria) -> Layout:
    """Give the columns of the equality monitoring: the organisation, then one column for each characteristic."""
    asked = criteria.equality.characteristic if criteria.equality else ()
    return Layout(
        "the equality monitoring",
        "Monitoring",
        "monitoring.csv",
        (
            Column("organisation", "Organisation", "id"),
            *(Column(axis.id, axis.title, required=False, width=28) for axis in asked),
        ),
    )


EVALUATOR_CELL = "B3"  # of the sheet "Evaluator" of a return: who it is from
EVALUATOR_SHEET = "Evaluator"
