"""The results workbook as records: what stands where, and which functions its formulas use."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl

from evaluator.files.write.workbooks import workbook_bytes
from evaluator.records.documents import Sheet
from evaluator.records.programme.price.methods import METHODS as PUBLISHED
from evaluator.records.programme.price.methods import own_name
from evaluator.reporting import results_workbook
from evaluator.reporting.results.price_formulas import PRICE_FORMULAS
from tests.unit.reporting import small_outcome
from tests.worked_examples.programmes import METHODS, MORE_METHODS, programme, scored

SHARED = {  # by Excel 2016 and LibreOffice 7.4
    *("SUM", "SUMPRODUCT", "INDEX", "MATCH", "MIN", "MAX", "COUNT", "COUNTIFS", "ROUND", "ROUNDUP", "ROUNDDOWN"),
    *("IF", "AND", "OR", "NOT", "ABS", "AVERAGE", "ISNUMBER"),
}
WORKBOOK = results_workbook(small_outcome.outcome())


def sheet(name: str) -> Sheet:
    return next(sheet for sheet in WORKBOOK.sheets if sheet.name == name)


def row(name: str, first: str) -> list[object]:
    return next([cell.value for cell in cells] for cells in sheet(name).rows if cells and cells[0].value == first)


def formulas(point: str, mode: str) -> list[str]:
    book = results_workbook(scored(programme(point, mode, ("quality", "question:Q4", "lower_price")), 5))
    return [cell.formula for sheet in book.sheets for cells in sheet.rows for cell in cells if cell.formula]


def test_the_sheets_are_a_summary_the_parameters_a_sheet_for_each_theme_and_the_rest() -> None:
    names = [sheet.name for sheet in WORKBOOK.sheets]
    themes = ["Advice & information", "Young people"]
    assert names == [
        "Summary",
        "Parameters",
        *themes,
        "Allocation",
        "Not funded",
        "Marks",
        "Decisions",
        "Score changes",
        "Checks",
    ]


def test_every_price_method_that_can_be_published_has_its_formula() -> None:
    assert set(PRICE_FORMULAS) == set(map(own_name, PUBLISHED))
    recalculated = {policy["method"] for policy in (METHODS | MORE_METHODS).values() if policy}
    assert set(map(own_name, recalculated)) == set(PRICE_FORMULAS)


def test_only_functions_that_excel_and_libreoffice_share_are_used() -> None:
    used = {
        name
        for point, mode in (("parts", "half_up"), ("total", "half_even"), ("display", "up"), ("parts", "down"))
        for formula in formulas(point, mode)
        for name in re.findall(r"\b([A-Z]{2,})\(", re.sub(r"'[^']*'", "", formula))
    }
    assert used <= SHARED


def test_no_published_figure_is_typed_into_a_formula() -> None:
    allowed = {"0", "1", "2", "10", "100", "0.5"}  # what any formula may have; FINE places are 10
    for formula in formulas("total", "half_even"):
        bare = re.sub(r"'[^']*'|\"[^\"]*\"|\$?[A-Z]+\$?\d+", "", formula)
        assert set(re.findall(r"\d+(?:\.\d+)?", bare)) <= allowed, formula


def test_a_theme_s_row_holds_marks_prices_and_the_engine_s_values() -> None:
    values = row("Advice & information", "A02")
    assert values[:8] == ["A02", "beta Ltd", "ranked", Decimal(2), "tied", Decimal(82), Decimal(62), Decimal(20)]
    assert values[8:12] == ["admitted", Decimal(5), Decimal(4), Decimal(4)]
    assert values[12:15] == [Decimal("60000.00"), Decimal("60000.00"), Decimal("120000.00")]


def test_a_bid_that_is_not_ranked_has_no_price_points_total_or_rank() -> None:
    below, gone = row("Advice & information", "A04"), row("Advice & information", "A05")
    assert below[2:8] == ["below minimum", None, "", None, Decimal(30), None]
    assert gone[2:9] == ["disregarded", None, "", None, None, None, "disregarded"]


def test_the_awards_have_sums_by_theme_and_year_and_what_the_limits_leave() -> None:
    rows = [[cell.value for cell in cells] for cells in sheet("Allocation").rows]
    assert ["Advice & information", None, None, 2, Decimal(110000), Decimal(110000), Decimal(220000)] in rows
    assert ["All themes", None, None, 3, Decimal(155000), Decimal(155000), Decimal(310000)] in rows
    limits = [Decimal(150000), Decimal("155000.00"), Decimal("-5000.00"), "broken"]
    assert ["First year", "R2", "all", "2026-27", None, *limits] in rows


def test_every_mark_of_every_evaluator_has_a_row_with_both_reasons() -> None:
    marks = sheet("Marks")
    first, last = marks.table or (0, 0)
    assert last - first == 2 * len(small_outcome.ANSWERS)
    values = [cell.value for cell in marks.rows[first + 1]]
    assert values[:3] == ["A01", "alpha Ltd", "C1"]
    assert values[3:] == [Decimal(4), "E02", Decimal(3), Decimal(-1), "=1+1, fair.", small_outcome.REASONS]


def test_decisions_and_recusals_have_a_sheet() -> None:
    assert row("Decisions", "A05")[1:5] == ["failed gate", "insurance", "disregard", "No cover after two requests."]
    assert row("Decisions", "E02") == ["E02", "Y02"]


def test_a_bidder_s_text_stays_text_whatever_it_starts_with() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(WORKBOOK)))
    cells = [c for s in book for r in s.iter_rows() for c in r if str(c.value).startswith(("=SUM(1,2)", "=1+1"))]
    assert len(cells) == 2 + 19  # an organisation's name in two sheets, and a reason for each answer
    assert {cell.data_type for cell in cells} == {"s"}


def test_every_sheet_is_protected_so_that_nobody_types_over_a_count_by_accident() -> None:
    assert [sheet.name for sheet in WORKBOOK.sheets if not sheet.protected] == []


def test_the_same_outcome_gives_the_same_bytes() -> None:
    assert workbook_bytes(results_workbook(small_outcome.outcome())) == workbook_bytes(WORKBOOK)


def test_a_bid_s_id_with_wildcards_is_looked_up_as_it_is() -> None:
    odd = small_outcome.bid("A*?~", "youth", "alpha", 45_000_00, 45_000_00, people=300)
    theme = small_outcome.replaced_bid(small_outcome.YOUTH, 0, odd)
    checks = results_workbook(
        small_outcome.outcome(evaluation=small_outcome.evaluation(small_outcome.ADVICE, theme))
    ).sheets[-1]
    lookups = [cells[3].formula for cells in checks.rows if len(cells) > 3 and cells[1].value == "A*?~"]
    assert lookups
    assert all('MATCH("A~*~?~~",' in formula for formula in lookups)


def test_every_named_range_covers_the_column_that_its_name_says() -> None:
    outcome = small_outcome.outcome()
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(results_workbook(outcome))))
    names = {name: next(iter(place.destinations)) for name, place in book.defined_names.items()}
    sheet, cells = names["Theme1_Totals"]
    heading = book[sheet][f"{cells.split(':')[0].replace('$', '')[0]}6"].value
    assert heading == "Total"
    sheet, cells = names["Theme1_Marks"]
    block = book[sheet][cells.replace("$", "")]
    bids = next(theme for theme in outcome.evaluation.themes if theme.theme == outcome.criteria.themes[0].id)
    assert (len(block), len(block[0])) == (len(bids.bids), len(bids.questions))
    assert {"HighestMark", "RoundingPlaces", "Tolerance"} < set(names)


def test_every_mark_that_moderation_changed_is_listed_with_who_and_why() -> None:
    outcome = small_outcome.outcome()
    sheet = next(sheet for sheet in results_workbook(outcome).sheets if sheet.name == "Score changes")
    rows = [[cell.value for cell in row] for row in sheet.rows]
    moved = [(a.bid, mark, a.mark, a.reason) for a in outcome.answers for _, mark, _ in a.marks if mark != a.mark]
    listed = [(row[0], row[2], row[3], row[6]) for row in rows if len(row) == 7 and str(row[1]).startswith("mark for")]
    assert listed == moved
    assert {one.bid for one in outcome.evaluation.decisions} <= {row[0] for row in rows if row}


def test_when_an_agreed_mark_came_to_be_is_told_where_a_ledger_says_it() -> None:
    outcome = small_outcome.outcome()
    moved = next(one for one in outcome.answers if any(mark != one.mark for _, mark, _ in one.marks))
    told = replace(outcome, agreed_when={f"{moved.bid} {moved.question}": "2026-10-09T14:30"})
    sheet = next(sheet for sheet in results_workbook(told).sheets if sheet.name == "Score changes")
    rows = [[cell.value for cell in row] for row in sheet.rows if len(row) == 7]
    when = {(row[0], row[1]): row[5] for row in rows if str(row[1]).startswith("mark for")}
    assert when.pop((moved.bid, f"mark for {moved.question}")) == "2026-10-09 14:30"
    assert set(when.values()) <= {None}
