"""Sheets as tired officers make them: everything right with at most one look by a person, and nothing guessed."""

from typing import Any

import pytest

from evaluator.files.read.imports.read import read_import
from evaluator.records.findings.finding import Severity
from evaluator.records.submissions.imports import Answers, Imported
from tests.unit.files.read.imports.layouts_at_random import Rows, Sheet, text_file, workbook
from tests.unit.files.read.imports.truth import ASKED, BIDS, LABELS, MARKS, PEOPLE, PRICES, REASONS, TITLES, known

LOTS = {"advice": "Lot 1 – Advice", "digital": "Lot 2 – Digital inclusion"}
LIMITED = {bid: name.replace("Ltd", "Limited") for bid, (_, name) in BIDS.items()}
Made = tuple[bytes, int]  # the file, and how many things are asked


def read(content: bytes, file: str = "Copy of scores FINAL v2.xlsx", *, register: bool = True) -> Imported:
    return read_import(content, file, known(register=register), Answers(), None)


def mark(bid: str, question: str, who: str) -> int | None:
    return int(MARKS[bid, question, who]) if (bid, question, who) in MARKS else None


def of_theme(theme: str) -> list[str]:
    return [bid for bid in BIDS if BIDS[bid][0] == theme]


def asked(imported: Imported) -> list[tuple[str, str]]:
    return [(one.text, one.becomes) for one in imported.decided if one.is_asked]


def against(imported: Imported) -> list[tuple[str, str]]:
    blocking = (one for one in imported.findings if one.severity is not Severity.NOTE)
    return [(one.code, one.source.cell) for one in blocking if one.code != "E-IMPORT-002"]


def lots_beside_each_other() -> bytes:
    sheets = []
    for who, name in PEOPLE.items():
        rows: Rows = [[LOTS["advice"], None, None, None, None, None, LOTS["digital"]]]
        rows.append(["Bidder", *ASKED["advice"], None, "Bidder", *ASKED["digital"]])
        for at in range(3):
            row: list[Any] = []
            for theme in LOTS:
                bid = [*of_theme(theme), ""][min(at, len(of_theme(theme)))]
                row += [LIMITED.get(bid), *(mark(bid, one, who) for one in ASKED[theme]), None]
            rows.append(row)
        sheets.append(Sheet(name, rows))
    return workbook(sheets)


def evaluators_beside_each_other() -> bytes:
    rows: Rows = [["Individual marks"], []]
    rows.append([f"Evaluator: {PEOPLE['E1']}", *[None] * 6, f"Evaluator: {PEOPLE['E2']}"])
    rows.append(["Bid", *TITLES, None, "Bid", *TITLES])
    for bid in BIDS:
        first, second = ([mark(bid, one, who) for one in TITLES] for who in PEOPLE)
        rows.append([bid, *first, None, bid, *second])
    return workbook([Sheet("Scores", rows)])


def a_sheet_for_each_bidder() -> bytes:
    sheets = []
    for bid, (theme, _) in BIDS.items():
        rows: Rows = [["Bidder:", LIMITED[bid]], ["Lot:", LOTS[theme]], []]
        rows.append(["No.", "Question", "Weight", "AK mark", "AK comment", "BO mark", "BO comment", "Average"])
        for at, one in enumerate(ASKED[theme], 1):
            told = (part for who in PEOPLE for part in (mark(bid, one, who), REASONS[bid, one, who]))
            rows.append([at, TITLES[one], "20%", *told, f"=AVERAGE(D{at},F{at})"])
        sheets.append(Sheet(f"{bid[1:]} {LIMITED[bid]}", [*rows, [None, "Total", "100%", "=SUM(D5:D8)"]]))
    return workbook(sheets)


def marks_in_every_form() -> bytes:
    forms = (
        lambda one: f"{one}/5",
        lambda one: f"{one}.0",
        lambda one: f"{one} ({LABELS[one]})",
        lambda one: f"{LABELS[one]} ({one})",
        lambda one: f"{one} out of 5",
        lambda one: f" {one}: {LABELS[one]} ",
    )
    rows: Rows = [["Bidder", "Quality question", "Evaluator name", "Score (0-5)", "Justification for score"]]
    for at, (key, said) in enumerate(MARKS.items()):
        bid, question, who = key
        named = f"{LIMITED[bid]} ({LOTS[BIDS[bid][0]]})"
        rows.append([named, TITLES[question], PEOPLE[who], forms[at % len(forms)](int(said)), REASONS[key]])
    return workbook([Sheet("Marks", rows)])


def totals_between_lots() -> bytes:
    sheets = []
    for who, name in PEOPLE.items():
        rows: Rows = [["Bidder", "Q1", "Q2", "Q3", "A1 / D1", "Sub-total"]]
        for theme, title in LOTS.items():
            rows.append([title])
            rows += [[LIMITED[bid], *(mark(bid, one, who) for one in ASKED[theme]), 12] for bid in of_theme(theme)]
            rows += [[f"Total {title}", 5, 5, 5, 5, 20], [f"{title} average", 3, 3, 3, 3, 3]]
        sheets.append(Sheet(name, [*rows, ["Grand total", 5, 5, 5, 5, 20]]))
    return workbook(sheets)


def signatures_under_the_table() -> bytes:
    rows: Rows = [["Bid no", "Bidder", "Qu.", "AK", "BO", "Evaluator 3", "Moderated score", "Moderation notes"]]
    for bid, question in sorted({(bid, one) for bid, one, _ in MARKS}):
        both = (mark(bid, question, who) for who in PEOPLE)
        rows.append([bid, LIMITED[bid], question, *both, None, 3, "agreed"])
    rows += [[], ["Key: 0 = Unacceptable … 5 = Excellent"], ["BO has an interest in B9"]]
    return workbook([Sheet("Panel", [*rows, ["Signed:", "A Khan", "Date:", "01/03/2027"]])])


def pivot_of_three_levels() -> bytes:
    rows: Rows = [["Row Labels", "Sum of Mark"]]
    for who, person in PEOPLE.items():
        rows.append([person, 4])
        for bid, (theme, name) in BIDS.items():
            rows.append([f"{bid} {name}", 3])
            rows += [[TITLES[one], mark(bid, one, who)] for one in ASKED[theme]]
    return workbook([Sheet("Sheet4", [*rows, ["Grand Total", 5]])])


def pivot_with_people_across() -> bytes:
    rows: Rows = [["Average of Score", "Column Labels"], ["Row Labels", *PEOPLE.values(), "Grand Total"]]
    for bid, (theme, name) in BIDS.items():
        rows.append([f"{bid} {name}", 2, 3, 2.5])
        rows += [[TITLES[one], *(mark(bid, one, who) for who in PEOPLE), 2] for one in ASKED[theme]]
    return workbook([Sheet("Pivot", [*rows, ["Grand Total", 2, 3, 4]])])


def pivot_with_blanks() -> bytes:
    rows: Rows = [["Evaluator", "Bidder", "Question", "Score"]]
    for who, person in PEOPLE.items():
        for bid, (theme, _) in BIDS.items():
            for at, one in enumerate(ASKED[theme]):
                first = person if not at and bid == "B1" else None
                rows.append([first, None if at else bid, one, mark(bid, one, who)])
            rows.append([None, f"{bid} Total", None, 4])  # a mark of the scale, and nobody's
        rows.append([f"{person} Total", None, None, 4])
    return workbook([Sheet("Sheet2", [*rows, ["Grand Total", None, None, 5]])])


def headings_cut_short() -> bytes:
    short = {"Q1": "Underst. local need", "Q2": "Delivery & staffing", "Q3": "Safeguarding"}
    short |= {"A1": "Accredited advice", "D1": "Devices"}
    sheets = []
    for who, name in PEOPLE.items():
        rows: Rows = [["Bidder", *short.values(), "Tot."]]
        rows += [[f"{bid} {LIMITED[bid]}", *(mark(bid, one, who) for one in short), 5] for bid in BIDS]
        sheets.append(Sheet(name, rows))
    return workbook(sheets)


def portal_text() -> bytes:
    rows: Rows = [["Tender ref", "Lot", "Supplier", "Criterion", "Evaluator", "Score", "Evaluator’s rationale"]]
    people = {"E1": "KHAN, Anna", "E2": "OKAFOR, Ben"}
    for (bid, question, who), said in MARKS.items():
        lot, label = LOTS[BIDS[bid][0]], f"{question}: {TITLES[question]}"
        rows.append(["PROC-14", lot, LIMITED[bid], label, people[who], said, "“Good” – £5"])
    return text_file(rows, ";", "cp1252")


MARKED: dict[str, tuple[Any, str, int]] = {
    made.__name__: (made, file, count)
    for made, file, count in (
        (lots_beside_each_other, "marks.xlsx", 0),
        (evaluators_beside_each_other, "marks.xlsx", 0),
        (a_sheet_for_each_bidder, "marks.xlsx", 0),
        (marks_in_every_form, "marks.xlsx", 0),
        (totals_between_lots, "marks.xlsx", 0),
        (signatures_under_the_table, "marks.xlsx", 0),
        (pivot_of_three_levels, "marks.xlsx", 0),
        (pivot_with_people_across, "marks.xlsx", 0),
        (pivot_with_blanks, "marks.xlsx", 2),  # whether a blank cell means the one above it: bid, and person
        (headings_cut_short, "marks.xlsx", 4),  # each proposed
        (portal_text, "export_20270301.csv", 0),
    )
}


@pytest.mark.parametrize("how", MARKED)
def test_every_mark_is_right_and_what_is_asked_needs_only_a_yes(how: str) -> None:
    made, file, count = MARKED[how]
    imported = read(made(), file)
    assert {(row["bid"], row["question"], row["evaluator"]): row["mark"] for row in imported.rows} == MARKS
    assert against(imported) == []
    assert len(asked(imported)) == count
    assert all(becomes for _, becomes in asked(imported))


def test_marks_in_percent_are_of_the_highest_mark_once_a_person_says_so() -> None:
    rows: Rows = [["Bid", "Evaluator", "Q1", "Q2"], ["B1", "E1", "60%", "100%"], ["B2", "E1", "20%", "65%"]]
    imported = read(workbook([Sheet("Marks", rows)]))
    assert asked(imported) == [("marks written as percentages", "percentages of the highest mark")]
    # 60% of 5 is 3, 20% is 1; 65% is 3.25, which is on no scale of whole marks.
    assert [(row["bid"], row["question"], row["mark"]) for row in imported.rows] == [
        ("B1", "Q1", "3"),
        ("B1", "Q2", "5"),
        ("B2", "Q1", "1"),
    ]
    refused = {("setting", "markswrittenaspercentages"): "left out"}
    assert not read_import(workbook([Sheet("Marks", rows)]), "m.xlsx", known(), Answers(answers=refused), None).rows


def test_a_mark_beside_a_name_that_nobody_knows_is_asked_about_and_no_note() -> None:
    rows: Rows = [["Bid", "Question", "Evaluator", "Mark"], ["B1", "Q1", "E1", 3], ["B77", "Q99", "E9", 6]]
    assert [text for text, _ in asked(read(workbook([Sheet("Marks", rows)])))] == ["Q99", "B77", "E9"]


def test_a_bid_that_is_called_as_a_total_of_a_lot_would_be_is_a_bid() -> None:
    one = known()
    one.names["bid"].forms["totaladvice"] = {"B2"}
    rows: Rows = [["Bidder", "Evaluator", "Q1"], ["Total Advice", "E1", 3], ["Poplar Law Project CIO", "E1", 2]]
    imported = read_import(workbook([Sheet("Marks", rows)]), "marks.xlsx", one, Answers(), None)
    assert [(row["bid"], row["mark"]) for row in imported.rows] == [("B2", "3"), ("B3", "2")]


def _bids(theme: str, *keys: str) -> Rows:
    prices = {bid: dict(zip(("2027", "2028"), PRICES[bid], strict=True)) for bid in BIDS}
    parts = {bid: {"bid": bid, "name": BIDS[bid][1], "lot": LOTS[BIDS[bid][0]], **prices[bid]} for bid in BIDS}
    return [[parts[bid].get(key) for key in keys] for bid in of_theme(theme)]


def a_sheet_for_each_lot() -> bytes:
    sheets = []
    for theme, title in LOTS.items():
        rows = [[title], ["Bidder", "Bid ref", "27/28", "28/29"], *_bids(theme, "name", "bid", "2027", "2028")]
        sheets.append(Sheet(title, [*rows, ["Total", None, 1, 2]]))
    return workbook(sheets)


def a_table_for_each_lot() -> bytes:
    rows: Rows = []
    for theme, title in LOTS.items():
        rows += [[title], ["Bidder", "Ref", "2027 price", "2028 price"]]
        rows += [*_bids(theme, "name", "bid", "2027", "2028"), ["Total", None, 1, 2], []]
    return workbook([Sheet("Bids", rows)])


def a_row_for_each_year() -> bytes:
    rows: Rows = [["Bid ref", "Bidder", "Lot", "Year", "Price (£)"]]
    for theme in LOTS:
        for year in ("2027", "2028"):
            rows += [[*row[:3], year, row[3]] for row in _bids(theme, "bid", "name", "lot", year)]
    return workbook([Sheet("Prices", rows)])


def an_opening_record() -> bytes:
    rows: Rows = [["OPENING RECORD – grants"], ["Opened by: J Smith and P Jones on 1 March 2027 at 12:05"], []]
    rows.append(["Tender No", "Tenderer", "Lot tendered for", "Date & time received", "Year 1 (2027)", "Year 2 (2028)"])
    for theme in LOTS:
        rows += [[*row[:3], "21/02/2027 09:30", *row[3:]] for row in _bids(theme, "bid", "name", "lot", "2027", "2028")]
    return workbook([Sheet("Opening", [*rows, [], ["* Subject to checks"], ["Signed", "J Smith", None, "P Jones"]])])


def a_report_with_long_headings() -> bytes:
    rows: Rows = [["id", "Account: Account Name", "Opportunity: Lot", "Commercial envelope: Year 1 (2027) price"]]
    rows[0].append("Commercial envelope: Year 2 (2028) price")
    for theme in LOTS:
        rows += _bids(theme, "bid", "name", "lot", "2027", "2028")
    return workbook([Sheet("Report", rows)])


REGISTERS = (a_sheet_for_each_lot, a_table_for_each_lot, a_row_for_each_year, an_opening_record)


@pytest.mark.parametrize("made", [*REGISTERS, a_report_with_long_headings])
def test_every_bid_of_a_register_has_its_lot_and_prices_without_a_question(made: Any) -> None:
    imported = read(made(), register=False)
    got = {row["bid"]: (row["theme"], row["name"], row["price:2027"], row["price:2028"]) for row in imported.rows}
    assert got == {bid: (*BIDS[bid], *map(str, PRICES[bid])) for bid in BIDS}
    assert asked(imported) == []
    assert against(imported) == []


def test_a_sheet_that_only_repeats_bids_is_left_out_and_one_that_repeats_some_is_refused_at_its_cell() -> None:
    head = ["Bid", "Bidder", "Theme", "2027", "2028"]
    every: Rows = [head, *(row for theme in LOTS for row in _bids(theme, "bid", "name", "lot", "2027", "2028"))]
    copy = read(workbook([Sheet("All", every), Sheet("Advice only", every[:3])]), register=False)
    assert len(copy.rows) == len(BIDS)
    assert [(one.code, one.source.sheet) for one in copy.findings] == [("E-IMPORT-006", "Advice only")]
    more: Rows = [*every[:2], ["B9", "Another", LOTS["advice"], 5, 6]]
    partly = read(workbook([Sheet("All", every), Sheet("Late", more)]), register=False)
    assert [row["bid"] for row in partly.rows] == [*BIDS, "B9"]
    assert against(partly) == [("E-IMPORT-022", "A2")]


def test_two_prices_of_one_bid_for_one_year_are_refused_at_the_second() -> None:
    rows: Rows = [["Bid ref", "Bidder", "Lot", "Year", "Price"], ["B1", "Bow", LOTS["advice"], 2027, 5]]
    rows += [["B1", "Bow", LOTS["advice"], 2028, 6], ["B1", "Bow", LOTS["advice"], 2028, 7]]
    imported = read(workbook([Sheet("Prices", rows)]), register=False)
    assert [(row["price:2027"], row["price:2028"]) for row in imported.rows] == [("5", "6")]
    assert against(imported) == [("E-IMPORT-022", "A4")]


def test_a_register_in_which_nothing_says_who_made_the_bids_is_asked_about() -> None:
    rows: Rows = [["Ref", "Lead", "Lot", "2027", "2028"]]
    rows += [row for theme in LOTS for row in _bids(theme, "bid", "name", "lot", "2027", "2028")]
    assert asked(read(workbook([Sheet("Bids", rows)]), register=False)) == [("Lead", "name")]


def test_lots_by_number_alone_are_asked_about_and_proposed_in_the_order_of_the_criteria() -> None:
    rows: Rows = [["Bid", "Bidder", "Lot", "2027", "2028"], ["B1", "Bow", 1, 5, 6], ["B2", "Mile", "Lot 2", 5, 6]]
    imported = read(workbook([Sheet("Bids", rows)]), register=False)
    assert asked(imported) == [("1", "advice"), ("Lot 2", "digital")]


def test_a_file_of_marks_in_which_nothing_is_marked_says_what_is_missing() -> None:
    rows: Rows = [["Anna Khan"], ["B1 Bow Advice Ltd"], ["Understanding of local need"]]
    imported = read_import(workbook([Sheet("Sheet1", rows)]), "x.xlsx", known(), Answers(), "marks")
    assert [code for code, _ in against(imported)] == ["E-IMPORT-003"]
