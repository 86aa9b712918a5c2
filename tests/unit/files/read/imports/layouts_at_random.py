"""Files of every layout that officers and portals make, from one truth: which layout is chosen by a seed."""

import csv
import io
from dataclasses import dataclass, field
from random import Random
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from tests.unit.files.read.imports import truth

Rows = list[list[Any]]


@dataclass
class Sheet:
    title: str
    rows: Rows = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


@dataclass
class Made:
    """A file, what it was made as, and the keys of the marks that stand in it."""

    file: str
    content: bytes
    how: str
    reasons: bool


def workbook(sheets: list[Sheet]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.title[:31])
        for row in sheet.rows:
            page.append(row)
        for area in sheet.merges:
            page.merge_cells(area)
        for column in sheet.hidden:
            page.column_dimensions[get_column_letter(column)].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_file(rows: Rows, separator: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue().encode(encoding)


class Layout:
    """The choices of one file."""

    def __init__(self, seed: int) -> None:
        self.pick = Random(seed)
        choose = self.pick.choice
        self.shape = choose(["long", "bids down", "questions down", "side by side", "stacked"])
        self.bid_style = choose(["id", "id and name", "numbered", "bid and name", "id: name"])
        self.question_style = choose(["id", "id – title", "title", "cut", "weight"])
        self.mark_style = choose(["number", "text", "label"])
        self.reasons = choose([True, False]) or self.shape == "long"
        self.who = choose(["name", "id", "initials"])
        self.title, self.notes, self.total, self.spacer = (choose([True, False]) for _ in range(4))
        self.bids = list(truth.BIDS)
        self.asked = list(truth.TITLES)
        self.people = list(truth.PEOPLE)
        for order in (self.bids, self.asked, self.people):
            self.pick.shuffle(order)

    @property
    def how(self) -> str:
        kept = (
            "shape",
            "bid_style",
            "question_style",
            "mark_style",
            "reasons",
            "who",
            "title",
            "notes",
            "total",
            "spacer",
        )
        return ", ".join(f"{name} {getattr(self, name)}" for name in kept)

    def bid(self, key: str) -> str:
        number, name = key[1:], truth.BIDS[key][1]
        style = {
            "id": key,
            "id and name": key,
            "numbered": f"{number}. {name}",
            "bid and name": f"Bid {number} – {name}",
        }
        return style.get(self.bid_style, f"{key}: {name}")

    def bid_cells(self, key: str) -> list[str]:
        return [key, truth.BIDS[key][1]] if self.bid_style == "id and name" else [self.bid(key)]

    def bid_headings(self) -> list[str]:
        return (
            ["Bid", "Bidder"]
            if self.bid_style == "id and name"
            else [self.pick.choice(["Bid", "Supplier", "Tenderer"])]
        )

    def question(self, key: str) -> str:
        title = truth.TITLES[key]
        styles = {"id": key, "id – title": f"{key} – {title}", "title": title, "cut": f"{title[:18]}…"}
        return styles.get(self.question_style, f"{key} {title} (20%)")

    def person(self, key: str) -> str:
        name = truth.PEOPLE[key]
        return {"name": name, "id": key}.get(self.who, "".join(word[0] for word in name.split()))

    def mark(self, bid: str, question: str, who: str) -> Any:
        mark = truth.MARKS.get((bid, question, who))
        if mark is None:
            return None
        label = f"{mark} - {truth.LABELS[int(mark)]}"
        return {"number": int(mark), "text": mark}.get(self.mark_style, label)

    def reason(self, *key: str) -> str | None:
        return truth.REASONS.get(key)  # type: ignore[arg-type]

    def framed(self, rows: Rows, merges: list[str] | None = None) -> tuple[Rows, int]:
        """Put a title above and notes below."""
        above: Rows = [["Evaluation of the small grants programme"], []] if self.title else []
        below: Rows = [[], ["Notes: marks are not final until moderated."]] if self.notes else []
        return [*above, *rows, *below], len(above)


def long_rows(one: Layout) -> Rows:
    rows: Rows = [
        [*one.bid_headings(), "Question", "Evaluator", "Score", "Comments", *(["Weighted score"] if one.total else [])]
    ]
    keys = list(truth.MARKS)
    one.pick.shuffle(keys)
    for bid, question, who in keys:
        marked = [one.mark(bid, question, who), one.reason(bid, question, who), *([12.5] if one.total else [])]
        rows.append([*one.bid_cells(bid), one.question(question), one.person(who), *marked])
    return rows


def bids_down(one: Layout, who: str) -> Rows:
    heading: list[Any] = one.bid_headings()
    for question in one.asked:
        label = one.question(question)
        heading += [f"{label} Score", f"{label} Comments"] if one.reasons else [label]
        heading += [None] * one.spacer
    heading += ["Total"] * one.total
    rows: Rows = [heading]
    for bid in one.bids:
        row: list[Any] = one.bid_cells(bid)
        for question in one.asked:
            row += [one.mark(bid, question, who)] + ([one.reason(bid, question, who)] if one.reasons else [])
            row += [None] * one.spacer
        rows.append(row + ["=SUM(C2:D2)"] * one.total)
    return rows + ([["Average", *([None] * (len(heading) - 2)), 3.2]] if one.total else [])


def questions_down(one: Layout, who: str) -> Rows:
    heading: list[Any] = ["Question", "Weight"]
    for bid in one.bids:
        heading += [one.bid(bid), *(["Comments"] if one.reasons else [])]
    rows: Rows = [heading]
    if one.reasons:  # two rows of headings: whose answer, and what stands under it
        rows = [["Question", "Weight"], [None, None]]
        for bid in one.bids:
            rows[0] += [one.bid(bid), None]
            rows[1] += ["Score", "Comments"]
    for question in one.asked:
        row: list[Any] = [one.question(question), "20%"]
        for bid in one.bids:
            row += [one.mark(bid, question, who)] + ([one.reason(bid, question, who)] if one.reasons else [])
        rows.append(row)
    return rows + ([["Total", None, *[9] * len(one.bids)]] if one.total else [])


def side_by_side(one: Layout) -> tuple[Rows, list[str]]:
    first = [*one.bid_headings(), "Question"]
    width = 2 if one.reasons else 1
    top: list[Any] = list(first)
    below: list[Any] = [None] * len(first)
    for who in one.people:
        top += [one.person(who)] + [None] * (width - 1)
        below += ["Mark", "Reason"][:width]
    rows: Rows = [top + ["Average"] * one.total, below]
    keys = sorted({(bid, question) for bid, question, _ in truth.MARKS})
    one.pick.shuffle(keys)
    for bid, question in keys:
        row: list[Any] = [*one.bid_cells(bid), one.question(question)]
        for who in one.people:
            row += [one.mark(bid, question, who)] + ([one.reason(bid, question, who)] if one.reasons else [])
        rows.append(row + ["=AVERAGE(C3,D3)"] * one.total)
    merged = width == 2 and one.pick.choice([True, False])
    areas = [(len(first) + 1 + at * width) for at in range(len(one.people))] if merged else []
    return rows, [f"{get_column_letter(at)}1:{get_column_letter(at + 1)}1" for at in areas]


def stacked(one: Layout, who: str) -> Rows:
    rows: Rows = []
    for bid in one.bids:
        name = f"Bid {bid[1:]} – {truth.BIDS[bid][1]}" if one.bid_style != "id" else f"Bid: {bid}"
        rows += [[name], ["Question", "Score", *(["Comments"] if one.reasons else [])]]
        for question in truth.ASKED[truth.BIDS[bid][0]]:
            rows.append(
                [
                    one.question(question),
                    one.mark(bid, question, who),
                    *([one.reason(bid, question, who)] if one.reasons else []),
                ]
            )
        rows += [["Total", "=SUM(B1:B2)"], []] if one.total else [[]]
    return rows


def file_of(seed: int) -> Made:
    """Make the file of a seed."""
    one = Layout(seed)
    by_person = {"bids down": bids_down, "questions down": questions_down, "stacked": stacked}
    if one.shape in by_person:
        sheets = []
        for who in one.people:
            rows, shift = one.framed(by_person[one.shape](one, who))
            merges = []
            if one.shape == "questions down" and one.reasons and one.pick.choice([True, False]):
                merges = [
                    f"{get_column_letter(at)}{shift + 1}:{get_column_letter(at + 1)}{shift + 1}"
                    for at in range(3, 3 + 2 * len(one.bids), 2)
                ]
            sheets.append(Sheet(one.person(who), rows, merges))
        return Made("marks.xlsx", workbook(sheets), one.how, one.reasons)
    rows, merges = (long_rows(one), []) if one.shape == "long" else side_by_side(one)
    kind = one.pick.choice(["xlsx", "xlsx", "cp1252", "utf-16", "utf-8-sig"])
    if kind != "xlsx" and not merges:
        rows, _ = one.framed(rows)
        separator = {"cp1252": ";", "utf-16": "\t"}.get(kind, ",")
        return Made("marks.csv", text_file(rows, separator, kind), f"{one.how}, {kind}", one.reasons)
    rows, shift = one.framed(rows)
    moved = [area.replace("1", str(shift + 1)) for area in merges]
    return Made("marks.xlsx", workbook([Sheet("Export", rows, moved)]), one.how, one.reasons)
