"""The first and the last sheet: what the workbook is, and whether its live values equal the engine's."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from evaluator.records.documents import Cell, Highlight, Sheet
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.results.awards import Sum
from evaluator.reporting.results.formulas import lookup
from evaluator.reporting.results.grid import headings, titled
from evaluator.reporting.results.layout import STATES, ThemePlan, given, given_words
from evaluator.reporting.results.parameters import TOLERANCE
from evaluator.reporting.shared.bid_rows import Row, counted_part
from evaluator.reporting.shared.figures import as_decimal

CHECKS, SUMMARY = "Checks", "Summary"
CHECKS_NOTE = "Live values are computed by this spreadsheet program; the engine's were computed exactly and typed in."
NONE = "none"
Engine = Decimal | str


def checks_sheet(plans: Sequence[ThemePlan], sums: Sequence[Sum]) -> Sheet:
    """Compare, for each bid, the live status, scores and rank with the engine's; and every sum of money."""
    lines = titled("Live values against the engine's", CHECKS_NOTE)
    lines.append(headings("Theme", "Bid", "What", "Live value", "Engine's value", "Check"))
    first = len(lines)
    for plan in plans:
        for row in plan.view.rows:
            for name, key, engine in _measures(plan, row):
                number = len(lines) + 1
                who = (Cell(plan.view.theme.title, style="text"), Cell(row.bid.id), Cell(name))
                lines.append((*who, *_compared(_looked_up(plan, key, row.bid.id, number), engine, number)))
    for total in sums:
        cells = _compared(total.address, total.engine, len(lines) + 1)
        lines.append((Cell(total.of), Cell(), Cell(total.what, style="text"), *cells))
    table = (first, len(lines)) if len(lines) > first else None
    area = f"F{first + 1}:F{len(lines)}"
    lights = (Highlight(area, "OK", "good"), Highlight(area, "DIFFERS", "bad")) if table else ()
    widths = (32, 10, 44, 16, 16, 12)
    return Sheet(CHECKS, tuple(lines), widths, (first, 0), table, protected=True, highlights=lights)


def _measures(plan: ThemePlan, row: Row) -> Iterator[tuple[str, str, Engine]]:
    """List what is compared of a bid: its name, the column that it stands in, and the engine's value."""
    rounding = plan.criteria.rounding
    yield "Status", "state", STATES[row.status]
    yield "Quality score", "quality", _engine(counted_part(row.quality, rounding))
    for one in plan.measured:
        yield f"Points for {one.id}", f"points:{one.id}", _engine(row.measured.get(one.id))
    if plan.view.policy:
        part = row.price_points if row.index is None else row.index
        yield given_words(plan.view), given(plan.view), _engine(counted_part(part, rounding))
    yield "Total", "total", _engine(row.total)
    yield "Rank", "rank", _engine(None if row.rank is None else Fraction(row.rank))
    yield "Tied", "tied", "tied" if row.tied_with else NONE


def _engine(value: Fraction | None) -> Engine:
    return NONE if value is None else as_decimal(value)


def _looked_up(plan: ThemePlan, key: str, bid: str, row: int) -> str:
    """Find a bid's value by its id, so that a theme's sheet can be sorted without harm."""
    grid = plan.grid
    # MATCH takes ? and * for any letters, and ~ for what follows it.
    wild = bid if not set(bid) & set("~?*") else "".join(f"~{mark}" if mark in "~?*" else mark for mark in bid)
    wanted = f"$B{row}" if wild == bid else '"' + wild.replace('"', '""') + '"'
    return lookup(wanted, grid.away(grid.span("bid")), grid.away(grid.span(key)))


def _compared(live: str, engine: Engine, row: int) -> tuple[Cell, Cell, Cell]:
    same = f'IF(AND(ISNUMBER(D{row}),ISNUMBER(E{row})),IF(ABS(D{row}-E{row})<{TOLERANCE},"OK","DIFFERS")'
    return (
        Cell(engine, f'=IF({live}="","{NONE}",{live})'),
        Cell(engine),
        Cell("OK", f'={same},IF(AND(NOT(ISNUMBER(D{row})),NOT(ISNUMBER(E{row})),D{row}=E{row}),"OK","DIFFERS"))'),
    )


def summary_sheet(outcome: Outcome, checks: Sheet, sheets: Sequence[tuple[str, str]]) -> Sheet:
    """Say what the workbook is about, how many live values differ from the engine's, and what each sheet holds."""
    criteria, seal = outcome.criteria, outcome.seal
    span = f"{CHECKS}!$F$5:$F${max(len(checks.rows), 5)}"
    differs = f'COUNTIFS({span},"DIFFERS")'
    lines = (
        ("Reference", criteria.reference),
        ("Authority", criteria.authority),
        ("Published criteria", f"version {criteria.version}"),
        ("Seal", f"{seal.sha256}, {seal.date}" if seal else "These criteria are not sealed."),
        ("Criteria as used", outcome.fingerprint),
        ("Run", " ".join(filter(None, (outcome.run.name, outcome.run.date)))),
        ("Evaluator", outcome.run.engine),
    )
    return Sheet(
        SUMMARY,
        (
            (Cell(criteria.title, style="title"),),
            (Cell("Results with live formulas. Software computes, people decide.", style="note_line"),),
            (),
            *((Cell(name), Cell(words)) for name, words in lines),
            (),
            (Cell("Values compared"), Cell(_count(checks), f'=COUNTIFS({span},"OK")+{differs}', "whole")),
            (Cell("Differences"), Cell(0, f"={differs}", "whole"), Cell("Must be 0; Checks shows which.")),
            (),
            headings("Sheet", "What it holds"),
            *((Cell(name), Cell(words)) for name, words in sheets),
        ),
        widths=(32, 18, 90),
        protected=True,
    )


def _count(checks: Sheet) -> int:
    return max(len(checks.rows) - 4, 0)
