"""The blank register: the columns that these criteria need and no other, for a programme whose bids are no forms."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evaluator.records.documents import Choice, Hint, Workbook
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.measured import MEASURED
from evaluator.records.submissions.bid_form import bid_fields
from evaluator.records.submissions.table_layouts import Column
from evaluator.reporting.papers.blank.sheets import (
    FIRST,
    as_made,
    listed_at,
    sheet_to_fill_in,
    to_fill_in,
    what_goes_where,
)
from evaluator.reporting.papers.columns import letter

SHEET = "Bids"
BLANK = 200  # rows
CHOSEN = {"pass_fail": ("pass", "fail"), "yes_no": ("yes", "no")}
FOR_RULES = {"outcomes", "variant", "verified", "least_level"}  # a register has these where the criteria ask for them
SAYS = (
    "One row for each bid, as it stands in the bid. Rows may stand in any order; delete none of the columns.",
    "The sheet What goes where says what each column holds. Yellow cells are to be filled in.",
)
STEPS = (
    "Give each bid an id of its own, such as B001. Whoever makes several bids has one organisation id in all of them.",
    "Choose theme, pass or fail, and yes or no from the lists. Type prices in pounds, with digits alone.",
    "Save the workbook as it is (.xlsx). It becomes register.xlsx in the folder of bids.",
    "Bids that came as the forms that were published need no register: put the forms into the folder of bids.",
)
HELD = {
    "bid": "The bid's id, used once.",
    "theme": "The id of the theme that the bid is for, from the list.",
    "organisation": "The id of who made the bid; of a consortium, its lead. The same in each of its bids.",
    "name": "The organisation's name.",
    "title": "What the project or service is called.",
    "members": "Ids of the other organisations of a consortium, separated by semicolons.",
    "price": "What the bid asks for the whole work, in pounds, at most two decimal places.",
    "people": "How many people the bid will serve, a whole number.",
    "hours": "Hours of contract management that the council reckons with; 0 or more.",
    "wards": "The wards that it will serve, separated by semicolons.",
    "groups": "The groups that it will serve, separated by semicolons.",
    "small": "yes or no: whether the organisation is small, as was published.",
    "income": "Yearly income in the latest accounts, in pounds. No score rests on it.",
    "outcomes": "The published outcomes that it works towards, separated by semicolons.",
    "variant": "A name that bids of one organisation share of which it offers one or another.",
    "verified": "What was verified for the bid, such as: people; wards.",
    "least_level": "The least share of the price that is of use to it, as a percentage.",
    "received": "Day and time at which the bid came, such as 2027-02-26 11:58.",
    "address": "Where letters about the bid go.",
    "email": "One address that is read.",
    "identifier": "Of the central digital platform, or a charity or company number.",
    "sme": "yes or no: small or medium-sized, for the notice. No score rests on it.",
    "ngo": "yes or no: non-governmental, for the notice. No score rests on it.",
}


def blank_register(criteria: Criteria, columns: Sequence[Column]) -> Workbook:
    """Make the blank register.

    Parameters
    ----------
    columns : every column that a register of these criteria may have; those that they need are taken.
    """
    needed = tuple(_needed(criteria, columns))
    lists = [("The themes, by id", [(theme.id, theme.title) for theme in criteria.themes])]
    rows = (tuple(to_fill_in(column) for column in needed) for _ in range(BLANK))
    sheet = replace(
        sheet_to_fill_in(SHEET, f"Register of bids: {criteria.title}", SAYS, needed, rows),
        choices=tuple(_choices(needed, listed_at(lists, 0))),
        hints=tuple(Hint(_cells(at), _holds(one)) for at, one in enumerate(needed, 1) if one.kind not in CHOSEN),
    )
    where = what_goes_where(STEPS, ((column.heading, _holds(column)) for column in needed), lists)
    return as_made(Workbook(f"Register: {criteria.title}", (sheet, where)))


def _needed(criteria: Criteria, columns: Sequence[Column]) -> Iterator[Column]:
    """Give the columns that the forms of these criteria ask for, those of their rules, and the day of receipt."""
    asked = {field.key for theme in criteria.themes for field in bid_fields(criteria, theme)}
    known = asked | FOR_RULES | {"received"}
    return (one for one in columns if one.key in known or one.key.startswith(("price", "gate:")))


def _choices(columns: Sequence[Column], themes: str) -> Iterator[Choice]:
    for at, column in enumerate(columns, 1):
        if column.key == "theme":
            yield Choice(_cells(at), (), HELD["theme"], source=themes)
        elif column.kind in CHOSEN:
            yield Choice(_cells(at), CHOSEN[column.kind], _holds(column))


def _cells(column: int) -> str:
    return f"{letter(column)}{FIRST}:{letter(column)}{FIRST + BLANK - 1}"


def _holds(column: Column) -> str:
    """Say what a column holds."""
    if column.key.startswith("price:"):
        return "What the bid asks for in that year, in pounds, at most two decimal places; 0 where it asks for nothing."
    if column.key.startswith(MEASURED):
        said = "yes or no" if column.kind == "yes_no" else "A plain number in the unit that the heading names"
        return f"{said}: the figure that the bid offers. An empty cell is asked about, and is not nought."
    return HELD.get(column.key, "pass or fail: whether the bid meets this condition, as far as the bid shows.")
