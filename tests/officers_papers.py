"""The papers of an officer's whole way, each filled in as people do it, from criteria to decisions."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl

from tests.office import recalculate

THEMES = ("digital", "employment", "health")
PANEL = ("Ayesha Khan", "Ben Okafor", "Carol Price", "Dai Evans")
BIDS = 14
PRICES = tuple(61_234 + 1_117 * number for number in range(BIDS))
TELLING = {  # answers that give their bid's price away, by bidder
    3: "For all this we ask £64,585.00 and no more.",
    4: "It comes to 65.702k over the whole time.",
    5: "It comes to sixty-six thousand eight hundred and nineteen pounds.",
    6: "Wir bitten um 67 936,- fuer alles.",
    7: "In all 69053 pounds, of which 12 are for tea.",
    8: "In all £\uff17\uff10\uff11\uff17\uff10 is what we need.",
    9: "Our budget is GBP 71\u00a0287.00 (see the sheet Prices).",
}


def fill_in(paper: Path, to: Path, change: Callable[[Any], None]) -> Path:
    """Open a paper, fill it in, and save it under another name."""
    book = openpyxl.load_workbook(paper)
    change(book)
    book.save(to)
    return to


def saved_with(program: str, papers: list[Path]) -> list[Path]:
    """Save papers as the spreadsheet program does that people have."""
    return recalculate(*papers) if program == "LibreOffice" else papers


def rows(sheet: Any, heading: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Go down the table below a heading: each row's number, with its cells by their headings."""
    top = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == heading)
    heads = {cell.value: cell.column for cell in sheet[top] if cell.value}
    for row in range(top + 1, sheet.max_row + 1):
        yield row, {name: sheet.cell(row, column) for name, column in heads.items()}


def criteria(book: Any) -> None:
    """Say what a council says of its own: names, years of price, money, and how it is divided."""
    programme, award = book["Programme"], book["Award rules"]
    for key, text in (("reference", "VCS-2027"), ("title", "Grants 2027"), ("authority", "Anytown Council")):
        next(cells["Your entry"] for _, cells in rows(programme, "Key") if cells["Key"].value == key).value = text
    for key, text in (("method", "optimise"), ("objective", "total_score"), ("source", "Cabinet, 1 September 2026.")):
        cell = next(cells["Your entry"] for _, cells in rows(award, "Key") if cells["Key"].value == key)
        cell.value = text
    rules: tuple[dict[str, object], ...] = (
        {"Id": "R1", "Kind": "budget", "Title": "The budget", "Limit": 500_000},
        {"Id": "R2", "Kind": "merit_order", "Title": "By rank in each theme", "Theme": "*"},
    )
    for rule, (_, cells) in zip(rules, rows(award, "Kind"), strict=False):
        for heading, value in (rule | {"Source": "Cabinet, 1 September 2026."}).items():
            cells[heading].value = value


def bid(number: int) -> Callable[[Any], None]:
    """Fill in a bid form as bidder ``number`` does."""

    def change(book: Any) -> None:
        told = {"organisation": f"CH{1000 + number}", "name": f"Helping Hands {number}", "title": f"Project {number}"}
        told |= {
            "address": f"{number} High Street",
            "email": f"office@hands{number}.example",
            "sme": "yes",
            "ngo": "yes",
        }
        for _, cells in rows(book["Bid"], "Key"):
            if cells["Key"].value in told:
                cells["Your answer"].value = told[cells["Key"].value]
        for _, cells in rows(book["Conditions"], "Key"):
            failed = (number, cells["Key"].value) == (5, "insurance")
            cells["Pass or fail"].value = "fail" if failed else "pass"
        for _, cells in rows(book["Prices"], "Key"):
            cells["Price (£)"].value = PRICES[number]
        for _, cells in rows(book["Answers"], "Key"):
            telling = TELLING.get(number, "") if cells["Key"].value == "C1" else ""
            cells["Your answer"].value = (
                telling or f"Of {cells['Key'].value}: we know the people, {number} groups meet each week."
            )

    return change


def panel(book: Any) -> None:
    """Seat each evaluator in every theme, and for what organisations answer once."""
    seats = [(person, theme) for person in PANEL for theme in (*THEMES, "organisation")]
    for (person, theme), (_, cells) in zip(seats, rows(book["Panel"], "Evaluator"), strict=False):
        cells["Evaluator"].value, cells["Name"].value, cells["Theme"].value = (
            f"E{PANEL.index(person) + 1}",
            person,
            theme,
        )


def declarations(book: Any) -> None:
    """Declare about each organisation that the paper names."""
    for _, cells in rows(book["Interests"], "Organisation"):
        if cells["Organisation"].value:
            cells["Interest declared"].value, cells["Action"].value, cells["Date"].value = "None.", "none", "2026-12-02"


def mark_of(about: str) -> int:
    """Give the mark for an answer that everybody comes to."""
    return 3 + sum(map(ord, about)) % 2


def marks(book: Any) -> None:
    """Mark every answer, each with a reason of its own."""
    who = book["Evaluator"]["B3"].value
    for _, cells in rows(book["Marks"], "Mark"):
        about = f"{cells['Bid or organisation'].value} {cells['Question'].value}"
        cells["Mark"].value = mark_of(about)
        cells["Reason"].value = f"{who} on {about}: names the people and the groups; says little of how it is known."


def agreement(book: Any) -> None:
    """Agree on every mark, with the reasons, and say who met and when."""
    for sheet in (one for one in book.worksheets if one.title.startswith("Consensus")):
        sheet["B6"], sheet["B7"] = ", ".join(PANEL), "2026-12-10"
        for _, cells in rows(sheet, "Mark"):
            about = f"{cells['Bid or organisation'].value} {cells['Question'].value}"
            cells["Mark"].value = mark_of(about)
            cells["Reason"].value = f"On {about} all saw the people named, and asked for how it is known."
            cells["Reason for the bidder"].value = f"Your answer {about} names people and groups, not how you know."


def decisions(book: Any) -> None:
    """Decide each matter that waits."""
    for _, cells in rows(book["Decisions"], "Matter"):
        if cells["Matter"].value and not cells["Decision"].value:
            cells["Decision"].value = "met"
            cells["Reason"].value = "Asked on 3 December, the bidder sent its certificate, which covers the whole year."
            cells["Ground"].value, cells["Decided by"].value = "ITT 4.2", "Rosa Hill, Head of Service"
            cells["Evidence"].value = "Certificate of insurance no. 4711"
            cells["Date"].value, cells["Bidder heard"].value = "2026-12-05", "Asked and heard on 3 December."


def settings(book: Any) -> None:
    """Say who decided, and when."""
    told = {"Decided by": "Rosa Hill", "In the role of": "Head of Service", "Decided on": "2026-12-18"}
    for _, cells in rows(book["Settings"], "Setting"):
        if cells["Setting"].value in told:
            cells["Your entry"].value = told[cells["Setting"].value]


def register(book: Any) -> None:
    """Enter every bid into a blank register."""
    for number, (_, cells) in zip(range(BIDS), rows(book["Bids"], "Bid"), strict=False):
        told: dict[str, object] = {
            "Bid": f"B{number + 1:03}",
            "Theme": THEMES[number % 3],
            "Organisation": f"CH{1000 + number}",
        }
        told |= {"Organisation's name": f"Helping Hands {number}", "Price (£)": PRICES[number]}
        for heading, value in told.items():
            cells[heading].value = value
        for heading, cell in cells.items():
            if cell.column_letter in "HIJKLMNO":
                cell.value = "fail" if (number, heading) == (5, "Insurance") else "pass"
