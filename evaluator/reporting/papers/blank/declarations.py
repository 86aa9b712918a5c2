"""The blank declarations: who sits on the panel, and each evaluator's interests, with a row for each organisation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluator.records.documents import Cell, Choice, Hint, Sheet, Workbook
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.table_layouts import INTERESTS, PANEL, Column
from evaluator.reporting.papers.blank.sheets import (
    FIRST,
    as_made,
    listed_at,
    sheet_to_fill_in,
    to_fill_in,
    what_goes_where,
)
from evaluator.reporting.papers.columns import letter

BLANK_SEATS, BLANK_INTERESTS = 60, 120  # rows
NAMED = (Column("organisation_name", "Organisation's name", width=32), Column("bids", "Its bids", width=24))
PANEL_SAYS = (
    "One row, a seat, for each evaluator and theme. Nobody marks anything for which they have no seat.",
    "Leave “Only questions” and “Only bids” empty for all of them.",
)
INTERESTS_SAYS = (
    "One row for each evaluator and organisation: what interest there is, and whether the evaluator is recused.",
    "An organisation written as * stands for all that the evaluator does not name.",
)
STEPS = (
    "Fill in the sheet Panel first, and make the papers again: the sheet Interests then has a row for each evaluator "
    "and organisation, once the bids are in.",
    "Each evaluator declares about each organisation: in words what the interest is, or that there is none; then "
    "“none” (may mark) or “recused”; and the day.",
    "Save the workbook as it is (.xlsx). It becomes declarations.xlsx in the folder of bids.",
)
HELD = {
    "evaluator": "The evaluator's id, such as E01: the same in both sheets.",
    "name": "The evaluator's name.",
    "theme": "The id of a theme from the list. The word organisation is for what organisations answer once.",
    "questions": "Ids of questions, separated by semicolons, if the seat is for some alone.",
    "bids": "Ids of bids, separated by semicolons, if the seat is for some alone.",
    "organisation": "The organisation's id, from the list; or * for all that the evaluator does not name.",
    "interest": "In words: what the interest is, or that there is none.",
    "action": "none, if the evaluator may mark its bids; recused, if not.",
    "date": "The day of the declaration, such as 2026-12-01.",
}
ACTIONS = ("none", "recused")


@dataclass(frozen=True)
class Declared:
    """What is known already: seats and declarations as they stand, row by row, and who made which bids.

    ``organisations`` gives the name and bids of each organisation by its id, in order.
    """

    seats: Sequence[Mapping[str, str]] = ()
    interests: Sequence[Mapping[str, str]] = ()
    organisations: Mapping[str, tuple[str, Sequence[str]]] | None = None

    @property
    def lacking(self) -> tuple[tuple[str, str], ...]:
        """Every evaluator with every organisation about which they have declared nothing."""
        said = {(row.get("evaluator", ""), row.get("organisation", "")) for row in self.interests}
        evaluators = dict.fromkeys(row["evaluator"] for row in self.seats if row.get("evaluator"))
        return tuple(
            (evaluator, organisation)
            for evaluator in evaluators
            for organisation in self.organisations or {}
            if (evaluator, organisation) not in said and (evaluator, "*") not in said
        )


def blank_declarations(criteria: Criteria, known: Declared) -> Workbook:
    """Make the workbook, with what is known filled in: nothing that was declared is left out, and nothing added."""
    lists = [
        ("The themes, by id", _themes(criteria)),
        ("Organisations, by id", [("*", "All that the evaluator does not name"), *_named(known)]),
    ][: 2 if known.organisations else 1]
    columns = {column.heading: HELD[column.key] for column in (*PANEL.columns, *INTERESTS.columns)}
    sheets = (
        _panel(criteria, known, listed_at(lists, 0)),
        _interests(criteria, known, listed_at(lists, 1) if known.organisations else ""),
        what_goes_where(STEPS, columns.items(), lists),
    )
    return as_made(Workbook(f"Panel and declarations: {criteria.title}", sheets))


def _themes(criteria: Criteria) -> list[tuple[str, str]]:
    asked = (one for theme in criteria.themes for one in criteria.questions(theme.id))
    once = any(one.scope == "organisation" for one in asked)
    organisations = [(ORGANISATION_PANEL, "What organisations answer once, for all their bids")] * once
    return [*((theme.id, theme.title) for theme in criteria.themes), *organisations]


def _named(known: Declared) -> Iterator[tuple[str, str]]:
    return ((one, f"{name} ({', '.join(bids)})" if bids else name) for one, (name, bids) in _made(known).items())


def _made(known: Declared) -> Mapping[str, tuple[str, Sequence[str]]]:
    return known.organisations or {}


def _panel(criteria: Criteria, known: Declared, themes: str) -> Sheet:
    columns = PANEL.columns
    rows = [
        *(tuple(Cell(seat.get(column.key) or "", style="input") for column in columns) for seat in known.seats),
        *(tuple(map(to_fill_in, columns)) for _ in range(BLANK_SEATS)),
    ]
    sheet = sheet_to_fill_in(PANEL.sheet, f"Panel: {criteria.title}", PANEL_SAYS, columns, rows)
    return replace(
        sheet,
        choices=(Choice(_cells(columns, "theme", len(rows)), (), HELD["theme"], source=themes),),
        hints=tuple(_hints(columns, len(rows), ("evaluator", "questions", "bids"))),
    )


def _interests(criteria: Criteria, known: Declared, organisations: str) -> Sheet:
    columns = (*INTERESTS.columns[:2], *(NAMED if known.organisations else ()), *INTERESTS.columns[2:])
    blank = tuple(map(to_fill_in, columns))
    rows = [
        *(tuple(_declared(columns, row, known)) for row in known.interests),
        *(
            tuple(_declared(columns, {"evaluator": evaluator, "organisation": organisation}, known))
            for evaluator, organisation in known.lacking
        ),
        *(blank for _ in range(BLANK_INTERESTS)),
    ]
    sheet = sheet_to_fill_in(INTERESTS.sheet, f"Interests: {criteria.title}", INTERESTS_SAYS, columns, rows)
    seats = f"={PANEL.sheet}!$A${FIRST}:$A${FIRST + len(known.seats) + BLANK_SEATS - 1}"
    offered = [("evaluator", (), seats), ("action", ACTIONS, "")]
    offered += [("organisation", (), organisations)] if organisations else []
    hinted = ("date", "interest", *(("organisation",) if not organisations else ()))
    return replace(
        sheet,
        choices=tuple(Choice(_cells(columns, key, len(rows)), words, HELD[key], at) for key, words, at in offered),
        hints=tuple(_hints(columns, len(rows), hinted)),
    )


def _declared(columns: Sequence[Column], row: Mapping[str, str], known: Declared) -> Iterator[Cell]:
    """Give a row of interests: what is there as it stands, and beside the organisation its name and bids."""
    name, bids = _made(known).get(row.get("organisation", ""), ("", ()))
    told = {"organisation_name": name, "bids": "; ".join(bids)}
    for column in columns:
        if column in NAMED:
            yield Cell(told[column.key] or None, style="text")
        elif text := row.get(column.key, ""):
            yield Cell(text, style="input")
        else:
            yield to_fill_in(column)


def _hints(columns: Sequence[Column], rows: int, keys: Sequence[str]) -> Iterator[Hint]:
    return (Hint(_cells(columns, key, rows), HELD[key]) for key in keys)


def _cells(columns: Sequence[Column], key: str, rows: int) -> str:
    at = letter(next(place for place, column in enumerate(columns, 1) if column.key == key))
    return f"{at}{FIRST}:{at}{FIRST + rows - 1}"
