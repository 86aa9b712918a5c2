"""The results workbook, recalculated by LibreOffice from poisoned values, equals the engine in every cell."""

import math
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from evaluator.files.write.workbooks import workbook_bytes
from evaluator.records.documents import Cell, Workbook
from evaluator.records.results.outcome import Outcome
from evaluator.reporting import results_workbook
from evaluator.reporting.results.grid import sheet_names
from evaluator.scoring import score
from tests.office import POISON, poisoned, recalculate
from tests.unit.files.audit.random_measured import with_figures, with_lines, with_measured, with_prices
from tests.unit.files.audit.random_programmes import SCALED, outcome
from tests.unit.reporting import small_outcome
from tests.worked_examples.programmes import METHODS, MORE_METHODS, programme, scored

ORDER = ("quality", "question:Q4", "lower_price")


POINTS, MODES = ("parts", "total", "display"), ("half_up", "half_even", "up", "down")
EVERY = tuple(product(POINTS, MODES))
USUAL = (("parts", "half_up"), ("parts", "half_even"), ("total", "up"), ("display", "down"))


def measured(seed: int) -> Outcome:
    """Give a generated programme in which figures are measured too, with other criteria for each seed."""
    made, dice = scored(programme("parts", "half_up", ORDER), seed, count=6), random.Random(seed)
    assert made.evaluation is not None
    criteria = with_measured(dice, made.criteria)
    evaluation = with_figures(dice, criteria, made.evaluation)
    return replace(made, criteria=criteria, evaluation=evaluation, scores=score(criteria, evaluation))


def in_lines(seed: int) -> Outcome:
    """Give a generated programme whose prices are offered in lines, in other ways for each seed."""
    methods = {name: METHODS[name] for name in ("Lowest price ratio", "Range", "Fixed limits", "Mean deviation")}
    made = scored(programme("parts", "half_up", ORDER, years=(), methods=methods), seed, count=5)
    dice = random.Random(seed)
    assert made.evaluation is not None
    criteria = with_lines(dice, made.criteria)
    assert criteria.price_line
    evaluation = with_prices(dice, criteria, made.evaluation)
    return replace(made, criteria=criteria, evaluation=evaluation, scores=score(criteria, evaluation))


def generated(cases: Iterable[tuple[str, str]]) -> dict[str, Callable[[], Outcome]]:
    # Quarters of the weights, such as 9.375 and 5.625, are halves of the last place: every mode gives another number.
    return {
        f"{point}-{mode}": partial(scored, programme(point, mode, ORDER, highest=4), seed)
        for seed, (point, mode) in enumerate(cases)
    }


PROGRAMMES = generated(USUAL) | {
    "thirds": partial(scored, programme("parts", "half_up", ORDER[1:], highest=3), 91),
    "whole-points": partial(scored, programme("total", "half_even", ("lower_price",), places=0), 92),
    "no-tie-break": partial(scored, programme("display", "half_up", ()), 93),
    "one-bid-a-theme": partial(scored, programme("parts", "half_up", ORDER), 94, count=2),
    "nobody-ranked": partial(scored, programme("parts", "half_up", ORDER), 95, count=1),
    "no-years": partial(scored, programme("parts", "half_up", ORDER, years=()), 96),
    "more-methods": partial(scored, programme("parts", "half_up", ORDER, methods=MORE_METHODS), 96),
    "more-methods-exact": partial(scored, programme("display", "half_up", ORDER, methods=MORE_METHODS), 97, count=5),
    "more-methods-one-bid": partial(scored, programme("total", "half_up", ORDER, methods=MORE_METHODS), 98, count=2),
    **{f"measured-{seed}": partial(measured, seed) for seed in (401, 402, 403, 404)},
    **{f"lines-{seed}": partial(in_lines, seed) for seed in (501, 502, 503)},
    "made-up": small_outcome.outcome,
    **{f"scales-{seed}": partial(outcome, SCALED + seed) for seed in (1, 3, 4, 6, 8, 11, 13, 17)},
}


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Workbook, Path]]:
    return recalculated_in(tmp_path_factory.mktemp("workbooks"), PROGRAMMES)


def recalculated_in(folder: Path, programmes: Mapping[str, Callable[[], Outcome]]) -> dict[str, tuple[Workbook, Path]]:
    workbooks = {name: results_workbook(make()) for name, make in programmes.items()}
    for name, workbook in workbooks.items():
        (folder / f"{name}.xlsx").write_bytes(workbook_bytes(poisoned(workbook)))
    paths = recalculate(*(folder / f"{name}.xlsx" for name in workbooks))
    return {name: (workbook, path) for (name, workbook), path in zip(workbooks.items(), paths, strict=True)}


def differences(workbook: Workbook, path: Path) -> list[str]:
    live = openpyxl.load_workbook(path, data_only=True)
    return [
        f"{sheet.name}!{place.coordinate}: {place.value!r} instead of {cell.value!r} by {cell.formula}"
        for sheet in workbook.sheets
        for number, row in enumerate(sheet.rows, 1)
        for column, cell in enumerate(row, 1)
        if cell.formula and not same(cell, (place := live[sheet.name].cell(number, column)).value)
    ]


def same(cell: Cell, live: object) -> bool:
    if cell.value is None or cell.value == "":
        return live is None or live == ""
    if isinstance(cell.value, str):
        return live == cell.value
    return isinstance(live, int | float) and math.isclose(live, cell.value, rel_tol=1e-12, abs_tol=1e-12)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_live_cell_equals_the_engine(name: str, recalculated: dict[str, tuple[Workbook, Path]]) -> None:
    assert differences(*recalculated[name]) == []


@pytest.mark.slow
def test_every_live_cell_equals_the_engine_at_each_point_and_mode_of_rounding(tmp_path: Path) -> None:
    for workbook, path in recalculated_in(tmp_path, generated(EVERY)).values():
        assert differences(workbook, path) == []


def test_the_first_sheet_counts_no_difference_and_names_the_values_compared(
    recalculated: dict[str, tuple[Workbook, Path]],
) -> None:
    summary = openpyxl.load_workbook(recalculated["made-up"][1], data_only=True)["Summary"]
    found = {row[0].value: row[1].value for row in summary.iter_rows() if row[0].value}
    # Eight bids with six values each, and three sums (two themes and all) for two years and both.
    assert (found["Values compared"], found["Differences"]) == (8 * 6 + 9, 0)


def changed(workbook: Workbook, sheet: str, row: int, column: int, value: Decimal | str) -> Workbook:
    """Type another value into one cell."""

    def edited(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return (*cells[: column - 1], replace(cells[column - 1], value=value), *cells[column:])

    sheets = tuple(
        replace(s, rows=tuple(edited(r) if n == row else r for n, r in enumerate(s.rows, 1))) if s.name == sheet else s
        for s in workbook.sheets
    )
    return replace(workbook, sheets=sheets)


def place(workbook: Workbook, sheet: str, bid: str, heading: str) -> tuple[int, int]:
    rows = next(s for s in workbook.sheets if s.name == sheet).rows
    columns = next(row for row in rows if row and row[0].value == "Bid")
    column = [cell.value for cell in columns].index(heading) + 1
    return next(n for n, row in enumerate(rows, 1) if row and row[0].value == bid), column


def test_a_change_typed_in_moves_points_totals_ranks_and_the_count_of_differences(tmp_path: Path) -> None:
    book, sheet = results_workbook(small_outcome.outcome()), "Advice & information"
    # A01 is disregarded after all, and A03 gets 2 for C1: A02 and A06 lead; 12 + 12 + 16 = 40, and 40 + 30 = 70.
    book = changed(book, sheet, *place(book, sheet, "A01", "People's decision"), "disregarded")
    book = changed(book, sheet, *place(book, sheet, "A03", "C1 mark"), Decimal(2))
    path = tmp_path / "changed.xlsx"
    path.write_bytes(workbook_bytes(poisoned(book)))
    live = openpyxl.load_workbook(recalculate(path)[0], data_only=True)

    def value(bid: str, heading: str) -> object:
        return live[sheet].cell(*place(book, sheet, bid, heading)).value

    assert [value("A01", heading) for heading in ("Status", "Total", "Rank")] == ["disregarded", None, None]
    assert [value("A03", heading) for heading in ("Quality score", "Total", "Rank")] == [40, 70, 3]
    assert [value(bid, "Rank") for bid in ("A02", "A06")] == [1, 1]
    # Of A01: status, price points, total, rank; of A03: quality, total, rank; of A02 and A06: rank.
    assert next(row[1].value for row in live["Summary"].iter_rows() if row[0].value == "Differences") == 9


def with_another_mark(outcome: Outcome, seed: int) -> tuple[Outcome, dict[str, tuple[str, str, int]]]:
    """Change one agreed mark in every theme, and score again; give for each theme its bid, question and new mark."""
    dice, edits, themes = random.Random(seed), {}, []
    evaluation = outcome.evaluation
    assert evaluation is not None
    for theme in evaluation.themes:
        ranked = [at for at, bid in enumerate(theme.bids) if bid.id not in theme.disregarded]
        at, question = dice.choice(ranked), dice.randrange(len(theme.questions))
        place = at * len(theme.questions) + question
        positions = range(len(outcome.criteria.scale.mark))
        mark = dice.choice([each for each in positions if each != theme.marks[place]])
        themes.append(replace(theme, marks=theme.marks[:place] + bytes([mark]) + theme.marks[place + 1 :]))
        edits[theme.theme] = (theme.bids[at].id, theme.questions[question], int(outcome.criteria.scale.marks[mark]))
    evaluation = replace(evaluation, themes=tuple(themes))
    return replace(outcome, evaluation=evaluation, scores=score(outcome.criteria, evaluation)), edits


def test_one_mark_changed_in_each_theme_recalculates_to_what_the_engine_gives_for_that_change(tmp_path: Path) -> None:
    chosen = ("Lowest price ratio", "Unit cost: per person", "ranking points", "utility index", "Yearly")
    every = METHODS | MORE_METHODS
    hold_to_the_engine_after_a_change({name: every[name] for name in chosen}, 301, ORDER, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "order"), [(301, ORDER), (302, ("lower_price", "question:Q1")), (303, ()), (304, ("question:Q2",))]
)
def test_one_mark_changed_recalculates_to_the_engine_by_every_price_method_and_tie_break(
    seed: int, order: tuple[str, ...], tmp_path: Path
) -> None:
    hold_to_the_engine_after_a_change(METHODS | MORE_METHODS, seed, order, tmp_path)


def hold_to_the_engine_after_a_change(
    methods: Mapping[str, object], seed: int, order: tuple[str, ...], tmp_path: Path
) -> None:
    before = scored(programme("parts", "half_up", order, methods=methods), seed)
    after, edits = with_another_mark(before, seed)
    (tmp_path / "edited.xlsx").write_bytes(workbook_bytes(poisoned(results_workbook(before))))
    book = openpyxl.load_workbook(tmp_path / "edited.xlsx")
    expected = results_workbook(after)
    titles = {theme.id: theme.title for theme in before.criteria.themes}
    names = dict(zip(titles, sheet_names(list(titles.values()), ()), strict=True))
    for theme, (bid, question, mark) in edits.items():
        row, column = place(expected, names[theme], bid, f"{question} mark")
        assert book[names[theme]].cell(row, column).value != mark
        book[names[theme]].cell(row, column).value = mark
    book.save(tmp_path / "edited.xlsx")
    themes = replace(expected, sheets=tuple(sheet for sheet in expected.sheets if sheet.name in names.values()))
    assert len(themes.sheets) == len(methods)
    assert differences(themes, recalculate(tmp_path / "edited.xlsx")[0]) == []


def test_poison_is_noticed_where_nothing_recalculates(tmp_path: Path) -> None:
    book = results_workbook(small_outcome.outcome())
    path = tmp_path / "poisoned.xlsx"
    path.write_bytes(workbook_bytes(poisoned(book)))
    formulas = sum(bool(cell.formula) for sheet in book.sheets for row in sheet.rows for cell in row)
    assert len(differences(book, path)) == formulas
    assert openpyxl.load_workbook(path, data_only=True)["Summary"]["B13"].value == POISON
