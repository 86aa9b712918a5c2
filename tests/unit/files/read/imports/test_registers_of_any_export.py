"""A register comes out of any export as it is, or a person is asked, or a cell is refused: never another price."""

from random import Random
from typing import Any

import pytest

from evaluator.files.read.imports.read import read_import
from evaluator.records.findings.finding import Severity
from evaluator.records.submissions.imports import Answers, Imported
from tests.unit.files.read.imports import truth
from tests.unit.files.read.imports.layouts_at_random import Sheet, text_file, workbook

THEMES = {"advice": "Advice", "digital": "Digital inclusion"}
YEARS = (
    ["Price 2027", "Price 2028"],
    ["Year 1", "Year 2"],
    ["2027/28 (£)", "2028/29 (£)"],
    ["Yr 1 cost (excl. VAT)", "Yr 2 cost (excl. VAT)"],
)


def read(content: bytes, file: str = "register.xlsx", answers: dict[tuple[str, str], str] | None = None) -> Imported:
    return read_import(content, file, truth.known(register=False), Answers("", (), answers or {}), None)


def blocking(imported: Imported) -> list[tuple[str, str]]:
    return [(one.code, one.source.cell) for one in imported.findings if one.severity is not Severity.NOTE]


def prices(imported: Imported) -> dict[str, tuple[float, float]]:
    return {row["bid"]: (float(row["price:2027"]), float(row["price:2028"])) for row in imported.rows}


def export(seed: int) -> tuple[str, bytes, str]:
    """Make a register as some portal exports it."""
    pick = Random(seed)
    years, style = pick.choice(YEARS), pick.choice(["number", "£", "£ pence"])
    lot = pick.choice(["{title}", "Lot {number}: {title}", "{id}", "Lot {number} - {title}"])
    passed, numbers = pick.choice(["Pass", "Yes", "Y", "✓"]), {"advice": 1, "digital": 2}
    names = ["Supplier", "Organisation name", "Tenderer", "Applicant", "Company name"]

    def lot_of(bid: str) -> str:
        theme = truth.BIDS[bid][0]
        return lot.format(id=theme, title=THEMES[theme], number=numbers[theme])

    columns: list[tuple[str, Any]] = [
        (pick.choice(["Bid", "Bid ref", "Response ID", "Application ID", "Reference"]), lambda bid: bid),
        (pick.choice(names), lambda bid: truth.BIDS[bid][1]),
        (pick.choice(["Lot", "Lot name", "Theme"]), lot_of),
        (years[0], lambda bid: money(truth.PRICES[bid][0])),
        (years[1], lambda bid: money(truth.PRICES[bid][1])),
        ("Insurance", lambda bid: passed),
        ("Grounds for exclusion", lambda bid: "Pass"),
        ("Contact e-mail", lambda bid: f"{bid.lower()}@example.org"),
        ("Submitted on", lambda bid: "26/02/2027 11:58"),
    ]  # fmt: skip

    def money(amount: int) -> Any:
        return {"number": amount, "£": f"£{amount:,}"}.get(style, f"£{amount:,}.00 ")

    extra = [("Total", lambda bid: sum(truth.PRICES[bid])), ("Status", lambda bid: "Submitted"), ("", lambda bid: None)]
    columns += pick.sample(extra, pick.randint(0, 3))
    pick.shuffle(columns)
    bids = list(truth.BIDS)
    pick.shuffle(bids)
    rows: list[list[Any]] = [[name for name, _ in columns], *([value(bid) for _, value in columns] for bid in bids)]
    if pick.random() < 0.4:
        rows = [["Export of responses"], [], *rows]
    if pick.random() < 0.4:
        total = ["Total" if at == 0 else None for at in range(len(columns))]
        rows += [[], total]
    kind = pick.choice(["xlsx", "cp1252", "utf-16", "utf-8-sig", "turned"])
    how = f"{rows[0]}, {kind}, {style}, {lot}, {passed}"
    if kind == "turned":
        plain = [[name for name, _ in columns], *([value(bid) for _, value in columns] for bid in bids)]
        return "register.xlsx", workbook([Sheet("Prices", [list(line) for line in zip(*plain, strict=True)])]), how
    if kind == "xlsx" or passed == "✓":
        return "register.xlsx", workbook([Sheet("Export", rows)]), how
    separator = {"cp1252": ";", "utf-16": "\t"}.get(kind, ",")
    return "register.csv", text_file(rows, separator, kind), how


@pytest.mark.parametrize("seed", range(60))
def test_any_export_gives_every_bid_with_its_lot_and_prices_without_a_question(seed: int) -> None:
    file, content, how = export(seed)
    got = read(content, file)
    assert got.what == "register", how
    assert not blocking(got), (how, got.findings)
    assert prices(got) == truth.PRICES, how
    for row in got.rows:
        theme, name = truth.BIDS[row["bid"]]
        assert (row["theme"], row["name"], row["organisation"]) == (theme, name, name), how
        assert (row["gate:insurance"], row["gate:exclusion"]) == ("pass", "pass"), how
        assert (row["received"], row["email"]) == ("2027-02-26T11:58", f"{row['bid'].lower()}@example.org"), how


HEAD = ["Bid", "Bidder", "Lot", "Price 2027", "Price 2028", "Insurance", "Grounds for exclusion"]


def _rows(**changes: Any) -> list[list[Any]]:
    row = dict(zip(HEAD, ["B1", "Bow Advice Ltd", "Advice", 100, 200, "pass", "pass"], strict=True)) | changes
    return [list(row), list(row.values())]


@pytest.mark.parametrize(
    ("heading", "value", "code", "cell"),
    [
        ("Price 2027", "12k", "E-IMPORT-012", "D2"),
        ("Price 2027", "£1,2000", "E-IMPORT-012", "D2"),
        ("Price 2028", "1.234,50", "E-IMPORT-012", "E2"),
        ("Price 2028", "=D2*2", "E-CELL-001", "E2"),
        ("Price 2027", "£12,000 plus VAT", "E-IMPORT-012", "D2"),
        ("Insurance", "pass subject to sight", "E-IMPORT-012", "F2"),
        ("Lot", "Lots 1 and 2", "E-IMPORT-002", "C2"),
    ],
)
def test_a_value_that_is_not_certain_is_refused_or_asked_at_its_cell(
    heading: str, value: str, code: str, cell: str
) -> None:
    assert blocking(read(workbook([Sheet("Bids", _rows(**{heading: value}))]))) == [(code, cell)]


def test_prices_with_and_without_vat_are_asked_once_and_the_answer_is_followed() -> None:
    rows = [
        ["Bid", "Bidder", "Lot", *(f"Price {year} ({vat} VAT)" for year in (2027, 2028) for vat in ("excl.", "incl."))]
    ]
    rows.append(["B1", "Bow Advice Ltd", "Advice", 100, 120, 200, 240])
    content = workbook([Sheet("Bids", rows)])
    assert [(one.text, one.choices) for one in read(content).asked] == [
        ("which prices count", ("prices with VAT", "prices without VAT"))
    ]
    for answer, paid in (("prices without VAT", (100, 200)), ("prices with VAT", (120, 240))):
        assert prices(read(content, answers={("setting", "whichpricescount"): answer})) == {"B1": paid}


def test_headings_over_two_rows_are_read_together() -> None:
    rows = [
        ["Bid", "Bidder", "Lot", "Price", None],
        [None, None, None, "Year 1", "Year 2"],
        ["B1", "Bow Advice Ltd", "Advice", 100, 200],
    ]
    got = read(workbook([Sheet("Bids", rows, ["D1:E1", "A1:A2", "B1:B2", "C1:C2"])]))
    assert prices(got) == {"B1": (100, 200)}
    assert got.origins[0]["price:2028"].cell == "E3"


def test_a_number_and_a_name_in_one_cell_become_the_bid_and_who_made_it() -> None:
    rows = [["Bidder", "Lot", "Total price"], ["1. Bow Advice Ltd", "Advice", 300], ["Bid 2 – Mile End", "Advice", 400]]
    got = read(workbook([Sheet("Bids", rows)]))
    assert [(row["bid"], row["name"], row["price"]) for row in got.rows] == [
        ("1", "Bow Advice Ltd", "300"),
        ("2", "Mile End", "400"),
    ]


def test_bids_without_ids_are_numbered_in_the_order_of_the_file_and_that_is_told() -> None:
    rows = [["Bidder", "Lot", "Total price"], ["Bow Advice Ltd", "Advice", 300], ["Mile End", "Advice", 400]]
    got = read(workbook([Sheet("Bids", rows)]))
    assert [row["bid"] for row in got.rows] == ["B01", "B02"]
    assert "E-IMPORT-020" in [one.code for one in got.findings]


def test_the_next_export_in_another_order_keeps_the_ids_of_the_register() -> None:
    rows = [
        ["Bidder", "Lot", "Total price"],
        ["Wapping Digital CIC", "Digital inclusion", 300],
        ["Bow Advice Ltd", "Advice", 400],
    ]
    got = read_import(workbook([Sheet("Bids", rows)]), "x.xlsx", truth.known(), Answers(), "register")
    assert [row["bid"] for row in got.rows] == ["B5", "B1"]


def test_lots_may_stand_as_rows_between_the_bids() -> None:
    rows = [
        ["Bid", "Bidder", "Total price"],
        ["Advice"],
        ["B1", "Bow Advice Ltd", 300],
        ["Lot 2: Digital inclusion"],
        ["B4", "Bow Advice Ltd", 400],
    ]
    assert [row["theme"] for row in read(workbook([Sheet("Bids", rows)])).rows] == ["advice", "digital"]


def test_no_under_a_heading_that_asks_for_what_is_wrong_is_asked_and_not_read_as_a_fail() -> None:
    rows = _rows(**{"Grounds for exclusion": "No"})
    (asked,) = read(workbook([Sheet("Bids", rows)])).asked
    assert (asked.text, asked.becomes) == ("yes under Grounds for exclusion", "fail")
    answers = {("setting", "yesundergroundsforexclusion"): "fail"}
    assert read(workbook([Sheet("Bids", rows)]), answers=answers).rows[0]["gate:exclusion"] == "pass"


def test_a_total_that_is_not_the_sum_of_the_years_is_told() -> None:
    got = read(workbook([Sheet("Bids", _rows(Total=350))]))
    assert [one.source.cell for one in got.findings if one.code == "E-IMPORT-021"] == ["H2"]
    assert prices(got) == {"B1": (100, 200)}


def test_a_bid_that_stands_twice_is_refused_the_second_time() -> None:
    rows = _rows()
    got = read(workbook([Sheet("Bids", [*rows, rows[1]])]))
    assert blocking(got) == [("E-IMPORT-022", "A3")]
    assert len(got.rows) == 1


def test_a_price_merged_over_two_bids_is_refused() -> None:
    rows = [*_rows(), ["B2", "Mile End", "Advice", None, 300, "pass", "pass"]]
    codes = blocking(read(workbook([Sheet("Bids", rows, ["D2:D3"])])))
    assert codes
    assert {code for code, _ in codes} == {"E-IMPORT-014"}


def test_prices_in_thousands_are_asked_about() -> None:
    rows = [["Bid", "Bidder", "Lot", "Price (£k)"], ["B1", "Bow Advice Ltd", "Advice", 12]]
    assert [one.text for one in read(workbook([Sheet("Bids", rows)])).asked] == ["Price (£k)"]


def test_dates_are_read_day_first_and_a_month_above_twelve_is_refused() -> None:
    assert read(workbook([Sheet("Bids", _rows(**{"Date received": "03/04/2027"}))])).rows[0]["received"] == "2027-04-03"
    assert blocking(read(workbook([Sheet("Bids", _rows(**{"Date received": "04/13/2027"}))]))) == [
        ("E-IMPORT-012", "H2")
    ]


def test_a_price_of_a_year_that_was_not_published_is_no_price_for_the_whole_life() -> None:
    rows = [
        ["Bid", "Bidder", "Lot", "Year 1 price", "Year 2 price", "Year 3 price"],
        ["B1", "Bow", "Advice", 100, 200, 50],
    ]
    got = read(workbook([Sheet("Bids", rows)]))
    assert prices(got) == {"B1": (100, 200)}
    assert "price" not in got.rows[0]
    assert [one.source.cell for one in got.findings if one.code == "E-IMPORT-004"] == ["F2"]


@pytest.mark.parametrize("figure", ["Months of warranty", "months of warranty (months)", "measured:M1", "M1"])
@pytest.mark.parametrize("line", ["Day rate", "price:day"])
def test_figures_and_lines_of_a_price_are_known_by_their_titles(figure: str, line: str) -> None:
    warranty = {"id": "M1", "title": "Months of warranty", "unit": "months", "method": "direct"}
    changed = {"measured": [warranty], "price_line": [{"id": "day", "title": "Day rate"}], "years": []}
    criteria = type(truth.CRITERIA).model_validate(truth.CRITERIA.model_dump(by_alias=True, mode="json") | changed)
    rows = [["Bid", "Bidder", "Lot", line, figure], ["B1", "Bow Advice Ltd", "Advice", 300, 24]]
    known = truth.known(register=False, criteria=criteria)
    got = read_import(workbook([Sheet("Bids", rows)]), "register.xlsx", known, Answers("", (), {}), None)
    assert blocking(got) == []
    assert (got.rows[0]["price:day"], got.rows[0]["measured:M1"]) == ("300", "24")
