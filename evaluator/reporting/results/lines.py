"""The columns of a theme's sheet about the lines of a price: typed in, added up, and scored each by itself."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from evaluator.records.documents import Cell
from evaluator.records.numbers import pounds_number
from evaluator.records.programme.price.lines import PriceLine, awarded_sum, compared_sum
from evaluator.records.programme.price.methods import METHODS, own_name
from evaluator.reporting.results import formulas
from evaluator.reporting.results.layout import Column as SheetColumn
from evaluator.reporting.results.layout import ThemePlan, live
from evaluator.reporting.results.price_formulas import PRICE_FORMULAS, PriceTerms
from evaluator.reporting.shared.bid_rows import Row


def line_columns(plan: ThemePlan) -> Iterator[SheetColumn]:
    """Give each line's prices, their sum with the options, and, where lines have weights, those that are compared."""
    for at, line in enumerate(plan.criteria.price_line):
        yield SheetColumn(f"line:{line.id}", f"#Price {line.id}", _typed(at), 14)
        if f"compared line:{line.id}" in plan.grid:
            yield SheetColumn(f"compared line:{line.id}", f"#{line.id} compared", _compared(plan, line, at), 14)
    if "all lines" in plan.grid:
        yield SheetColumn("all lines", "#All lines", lambda at, row: line_sum(plan, at, row, options=True), 15)


def _typed(number: int) -> Callable[[int, Row], Cell]:
    def cell(_at: int, row: Row) -> Cell:
        return Cell(pounds_number(row.bid.lines[number]) if row.bid.lines else None, style="input_money")

    return cell


def _compared(plan: ThemePlan, line: PriceLine, number: int) -> Callable[[int, Row], Cell]:
    def cell(at: int, row: Row) -> Cell:
        state, own = plan.grid.cell("state", at), plan.grid.cell(f"line:{line.id}", at)
        value = Fraction(row.bid.lines[number], 100) if row.status == "ranked" and row.bid.lines else None
        return live(value, f'IF({state}="ranked",{own},"")', "money")

    return cell


def line_sum(plan: ThemePlan, at: int, row: Row, *, options: bool) -> Cell:
    """Add up quantities × prices to the penny: of every line, or of those that an award costs."""
    lines = [line for line in plan.criteria.price_line if options or not line.option]
    cells = [plan.grid.cell(f"line:{line.id}", at) for line in lines]
    parts = [cell + _times(plan, line) for line, cell in zip(lines, cells, strict=True)]
    together = compared_sum if options else awarded_sum
    value = Fraction(together(plan.criteria.price_line, row.bid.lines), 100) if row.bid.lines else None
    formula = f'IF(COUNT({",".join(cells)})<{len(cells)},"",ROUND({formulas.fine("+".join(parts))},2))'
    return live(value, formula, "money")


def _times(plan: ThemePlan, line: PriceLine) -> str:
    held = plan.parameters.settings.get((plan.view.theme.id, f"{line.id}: quantity"))
    return f"*{held}" if held else ""


def line_points(plan: ThemePlan, at: int, available: str) -> str:
    """Add up the points of all lines: each by its own method, for its share of the points for price."""
    lines, held, theme = plan.criteria.price_line, plan.parameters.settings, plan.view.theme.id
    weights = [held[theme, f"{line.id}: weight"] for line in lines]
    whole = "+".join(weights)
    shares = [f"({available}*{weight}/({whole}))" for weight in weights]
    return "+".join(f"({_points(plan, line, at, share)})" for line, share in zip(lines, shares, strict=True))


def _points(plan: ThemePlan, line: PriceLine, at: int, share: str) -> str:
    span, held, theme = plan.grid.span(f"compared line:{line.id}"), plan.parameters.settings, plan.view.theme.id
    method = line.method or (plan.view.policy.method if plan.view.policy else "")
    settings = {
        name: held.get((theme, f"{line.id}: {name}")) or held[theme, name] for name in METHODS[method].parameters
    }
    own = plan.grid.cell(f"compared line:{line.id}", at)
    figures = (f"MIN({span})", f"MAX({span})", f"AVERAGE({span})", span, "", "")
    return PRICE_FORMULAS[own_name(method)](PriceTerms(own, "", share, *figures, settings))
