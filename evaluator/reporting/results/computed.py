"""The columns of a theme's sheet that the published arithmetic gives: quality, price points, totals, ranks and ties."""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from evaluator.records.documents import Cell
from evaluator.records.numbers import rounded
from evaluator.records.programme.criteria import PRICE, QUESTION, tie_break_of
from evaluator.records.programme.price.lines import have_weights
from evaluator.records.programme.price.measured import MEASURED, Measured
from evaluator.records.programme.price.methods import METHODS, own_name
from evaluator.reporting.results import formulas
from evaluator.reporting.results.given import came, drawn
from evaluator.reporting.results.layout import FIGURES, MINIMUMS, WEIGHTS, Column, ThemePlan, given, given_words, live
from evaluator.reporting.results.lines import line_points
from evaluator.reporting.results.measured import answered
from evaluator.reporting.results.parameters import PLACES
from evaluator.reporting.results.price_formulas import PRICE_FORMULAS, PriceTerms
from evaluator.reporting.shared.bid_rows import Row, counted_part
from evaluator.reporting.shared.figures import as_decimal


def parts(plan: ThemePlan) -> Iterator[Column]:
    """Give the quality score and what the price method gives: exactly, and as they count."""
    weights = plan.marks(f"${WEIGHTS}")
    counted = plan.criteria.counted(plan.view.theme.id).weights
    available = sum((Fraction(counted[question]) for question in plan.view.questions), Fraction(0))
    aside = sum((Fraction(plan.view.theme.weights[one]) for one in plan.view.questions), Fraction(0)) - available
    more = [plan.grid.fixed(f"points:{one.id}", WEIGHTS) for one in plan.measured]
    available += sum((Fraction(plan.view.theme.weights[one.id]) for one in plan.measured), Fraction(0))
    summed = f"SUM({','.join([weights, *more])})" + (f"-{as_decimal(aside)}" if aside else "")
    above = {WEIGHTS: live(available, summed)}
    answers = "exact answers" if plan.measured else "exact quality"
    heading = "#Answers before rounding" if plan.measured else "#Quality before rounding"
    yield Column(answers, heading, lambda at, row: _quality(plan, at, row), 12)
    if plan.measured:
        yield Column("exact quality", "#Quality before rounding", lambda at, row: _with_figures(plan, at, row), 12)
    yield Column("quality", "#Quality score", lambda at, row: _counted(plan, "quality", at, row.quality), 10, above)
    if plan.view.policy is None:
        return
    if "compared quality" in plan.grid:
        yield Column(
            "compared quality",
            "#Quality compared",
            lambda at, row: _among_ranked(plan, "quality", at, row, counted_part(row.quality, plan.criteria.rounding)),
            12,
            _quality_figures(plan),
        )
    name = given(plan.view)
    heading = given_words(plan.view)
    yield Column(f"exact {name}", f"#{heading} before rounding", lambda at, row: _price_part(plan, at, row), 12)
    yield Column(name, f"#{heading}", lambda at, row: _counted(plan, name, at, _given(row)), 10, _price_weight(plan))


def _quality_figures(plan: ThemePlan) -> dict[int, Cell]:
    """Give the best and the lowest quality of the ranked bids, in the rows above their column."""
    values = [_finely(counted_part(row.quality, plan.criteria.rounding)) for row in plan.view.ranked]
    compared = [value for value in values if value is not None]
    span = plan.grid.span("compared quality")
    return {
        WEIGHTS: live(max(compared, default=None), f'IF(COUNT({span})=0,"",MAX({span}))', "helper"),
        MINIMUMS: live(min(compared, default=None), f'IF(COUNT({span})=0,"",MIN({span}))', "helper"),
    }


def _price_weight(plan: ThemePlan) -> dict[int, Cell]:
    theme = plan.view.theme
    address = plan.parameters.weights.get((theme.id, PRICE))
    return {WEIGHTS: Cell(theme.weights[PRICE], f"={address}")} if address else {}


def _quality(plan: ThemePlan, at: int, row: Row) -> Cell:
    """Add up mark × weight, over the highest mark; a bid that was not fully marked has no quality."""
    own, weights = plan.marks(str(plan.grid.row(at))), plan.marks(f"${WEIGHTS}")
    total = f"SUMPRODUCT({own},{weights})/HighestMark"
    if plan.summed or not plan.on_one_scale:
        own = plan.points(str(plan.grid.row(at)))
        total = f"SUM({own})"
    total += _aside(plan, at)
    return live(answered(row), f'IF(COUNT({own})<COUNT({weights}),"",{total})', "helper")


def _with_figures(plan: ThemePlan, at: int, row: Row) -> Cell:
    """Add the points of what is measured to those of the answers; a bid that is not ranked has none of them."""
    answers = plan.grid.cell("exact answers", at)
    points = ",".join(plan.grid.cell(f"points:{one.id}", at) for one in plan.measured)
    return live(row.quality, formulas.unless_empty(answers, f"{answers}+SUM({points})"), "helper")


def _aside(plan: ThemePlan, at: int) -> str:
    """Take off the points of questions that only admit."""
    counted, own = plan.criteria.counted(plan.view.theme.id).weights, plan.view.theme.weights
    aside = [question for question in plan.view.questions if own[question] and not counted[question]]
    return "".join(f"-{plan.grid.cell(f'points:{question}', at)}" for question in aside)


def _given(row: Row) -> Fraction | None:
    return row.price_points if row.index is None else row.index


def _counted(plan: ThemePlan, key: str, at: int, value: Fraction | None) -> Cell:
    """Give a part of the score as it counts: rounded if the criteria round the parts."""
    rounding, own = plan.criteria.rounding, plan.grid.cell(f"exact {key}", at)
    formula = formulas.rounding(own, rounding.mode) if rounding.point == "parts" else own
    return live(counted_part(value, rounding), formulas.unless_empty(own, formula), "points", rounding.places)


def _price_part(plan: ThemePlan, at: int, row: Row) -> Cell:
    price = plan.grid.cell("compared price", at)
    policy = plan.view.policy
    formula = PRICE_FORMULAS[own_name(policy.method)](_terms(plan, at)) if policy else ""
    if have_weights(plan.criteria.price_line) and not plan.view.indexed:
        formula = line_points(plan, at, plan.grid.fixed(given(plan.view), WEIGHTS))
    return live(_given(row), formulas.unless_empty(price, formula), "helper")


def _terms(plan: ThemePlan, at: int) -> PriceTerms:
    grid, theme = plan.grid, plan.view.theme
    method = plan.view.policy.method if plan.view.policy else ""
    return PriceTerms(
        price=grid.cell("compared price", at),
        quality=grid.cell("quality", at),  # as it counts: an index is worked out from the rounded score
        available=grid.fixed(given(plan.view), WEIGHTS),
        lowest=grid.fixed("compared price", WEIGHTS),
        highest=grid.fixed("compared price", MINIMUMS),
        mean=grid.fixed("compared price", FIGURES),
        prices=grid.span("compared price"),
        best_quality=grid.fixed("compared quality", WEIGHTS) if "compared quality" in grid else "",
        lowest_quality=grid.fixed("compared quality", MINIMUMS) if "compared quality" in grid else "",
        settings={name: plan.parameters.settings[theme.id, name] for name in METHODS[method].parameters},
    )


def results(plan: ThemePlan) -> Iterator[Column]:
    """Give the total, the rank by the whole published order, and whether the rank is shared."""
    yield Column("exact total", "#Total before rounding", lambda at, row: _sum(plan, at, row), 12)
    yield Column("total", "#Total", lambda at, row: _total(plan, at, row), 10)
    yield Column("rank", "#Rank", lambda at, row: live(row.rank, _rank(plan, at), "whole"), 7)
    yield Column("tied", "Tied", lambda at, row: Cell("tied" if row.tied_with else "", f"={_tied(plan, at)}"), 7)


def _sum(plan: ThemePlan, at: int, row: Row) -> Cell:
    """Add the parts as they count; where price gives an index, that is the total."""
    state, name = plan.grid.cell("state", at), given(plan.view)
    part = plan.grid.cell(name, at) if plan.view.policy else ""
    quality = plan.grid.cell("quality", at)
    total = part if plan.view.indexed else f"{quality}+{part}" if part else quality
    return live(_exact_total(plan, row), f'IF({state}="ranked",{total},"")', "helper")


def _exact_total(plan: ThemePlan, row: Row) -> Fraction | None:
    """Give the total before its own rounding, for the cached value of a step that the engine does not keep."""
    if row.total is None or plan.criteria.rounding.point != "total":
        return row.total
    return row.index if plan.view.indexed else (row.quality or Fraction(0)) + (row.price_points or Fraction(0))


def _total(plan: ThemePlan, at: int, row: Row) -> Cell:
    rounding, own = plan.criteria.rounding, plan.grid.cell("exact total", at)
    formula = {
        "parts": f"ROUND({own},{PLACES})",  # a sum of rounded parts, which binary fractions cannot hold exactly
        "total": formulas.rounding(own, rounding.mode),
        "display": own,
    }[rounding.point]
    return live(row.total, formulas.unless_empty(own, formula), "points", rounding.places)


def _rank(plan: ThemePlan, at: int) -> str:
    grid = plan.grid
    keys = tuple(
        formulas.Key(grid.span(key), grid.cell(key, at), _lowest_first(plan, key))
        for key in grid.keys
        if key.startswith("compared:")
    )
    return formulas.rank(grid.span("state"), grid.cell("state", at), keys)


def _lowest_first(plan: ThemePlan, key: str) -> bool:
    less = {f"compared:{MEASURED}{one.id}" for one in plan.measured if not one.more_is_better}
    return key in ("compared:none", "compared:lower_price", "compared:received", "compared:draw", *less) or (
        key == "compared:total" and plan.view.lowest_first
    )


def _tied(plan: ThemePlan, at: int) -> str:
    state, rank = plan.grid.cell("state", at), plan.grid.cell("rank", at)
    return f'IF({state}="ranked",IF(COUNTIFS({plan.grid.span("rank")},{rank})>1,"tied",""),"")'


def compared(plan: ThemePlan) -> Iterator[Column]:
    """Give what the rank compares, level by level, without the dust of binary fractions."""
    grid = plan.grid
    yield Column("compared:total", "#Compared: total", lambda at, row: _fine(grid.cell("total", at), row.total), 12)
    yield Column("compared:none", "#Compared: no index", lambda at, row: _without(plan, at, row), 10)
    for level in plan.order:
        yield _level(plan, level)


def _without(plan: ThemePlan, at: int, row: Row) -> Cell:
    """Put bids without an index after all others."""
    state, total = plan.grid.cell("state", at), plan.grid.cell("total", at)
    value = int(row.total is None) if row.rank else None
    return live(value, f'IF({state}="ranked",IF({total}="",1,0),"")', "helper")


def _level(plan: ThemePlan, level: str) -> Column:
    """Give one level of the tie-break: exact quality, the price scored, or the mark for a question."""
    key, heading = f"compared:{level}", f"#Compared: {level.replace('_', ' ').replace(QUESTION, '')}"
    kind, question = tie_break_of(level)
    match kind:
        case "quality":
            return Column(key, heading, lambda at, row: _among_ranked(plan, "exact quality", at, row, row.quality), 12)
        case "lower_price":
            price = "scored price"
            return Column(key, heading, lambda at, row: _among_ranked(plan, price, at, row, row.scored_price), 14)
        case "measured":
            its = {one.id: one for one in plan.measured}[question]
            counted = f"counted:{question}"
            return Column(key, heading, lambda at, row: _among_ranked(plan, counted, at, row, _figure(row, its)), 12)
        case "received":
            return Column(key, heading, lambda at, row: _among_ranked(plan, level, at, row, came(row)), 16)
        case "draw":
            return Column(key, heading, lambda at, row: _among_ranked(plan, level, at, row, drawn(plan, row)), 10)
        case "question":
            mark, number = f"mark:{question}", plan.view.questions.index(question)
            return Column(key, heading, lambda at, row: _mark_among_ranked(plan, mark, at, row, number), 10)
        case never:
            assert_never(never)


def _figure(row: Row, one: Measured) -> Fraction | None:
    figure = row.bid.figure(one.id)
    return None if figure is None else one.counted(figure)


def _mark(row: Row, number: int) -> Fraction | None:
    mark = row.marks[number]
    return None if mark is None else Fraction(mark)


def _mark_among_ranked(plan: ThemePlan, key: str, at: int, row: Row, number: int) -> Cell:
    """Give a bid's mark while it is ranked; what does not apply to it comes after every mark."""
    if not any(plan.apart(each) for each in plan.view.rows):
        return _among_ranked(plan, key, at, row, _mark(row, number))
    state, own, mark = plan.grid.cell("state", at), plan.grid.cell(key, at), _mark(row, number)
    value = (Fraction(-1) if mark is None else mark) if row.rank else None
    return live(value, f'IF({state}="ranked",IF(ISNUMBER({own}),{formulas.fine(own)},-1),"")', "helper")


def _among_ranked(plan: ThemePlan, key: str, at: int, row: Row, value: Fraction | None) -> Cell:
    state, own = plan.grid.cell("state", at), plan.grid.cell(key, at)
    return live(_finely(value if row.rank else None), f'IF({state}="ranked",{formulas.fine(own)},"")', "helper")


def _fine(own: str, value: Fraction | None) -> Cell:
    return live(_finely(value), formulas.unless_empty(own, formulas.fine(own)), "helper")


def _finely(value: Fraction | None) -> Fraction | None:
    """Give the cached value of a compared number, which the formula cuts to so many places."""
    return None if value is None else Fraction(rounded(value, formulas.FINE), 10**formulas.FINE)
