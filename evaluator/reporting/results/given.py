"""The columns of a theme's sheet that hold what came in: bids, people's decisions, marks and prices."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from evaluator.records.documents import Cell
from evaluator.records.numbers import pounds_number
from evaluator.records.programme.criteria import QUALITY, PricePolicy, Theme
from evaluator.records.programme.scales import Values
from evaluator.records.submissions.tie_breaks import arrival, draw_places
from evaluator.reporting.results import formulas
from evaluator.reporting.results.layout import FIGURES, MINIMUMS, STATES, WEIGHTS, Column, ThemePlan, has_prices, live
from evaluator.reporting.results.layout import per_unit as is_per_unit
from evaluator.reporting.results.lines import line_columns, line_sum
from evaluator.reporting.results.measured import limits
from evaluator.reporting.results.parameters import DISCOUNT, HIGHEST, minimum_name
from evaluator.reporting.shared.bid_rows import Row
from evaluator.reporting.shared.figures import NOT_APPLICABLE_TEXT, as_decimal


def who(plan: ThemePlan) -> Iterator[Column]:
    """Say whose bid it is, what people decided of it, and whether it is ranked."""
    above = {
        WEIGHTS: Cell("Published weight", style="note_line"),
        MINIMUMS: Cell("Published minimum mark", style="note_line"),
        FIGURES: Cell("Prices are compared among ranked bids", style="note_line"),
    }
    yield Column("bid", "Bid", lambda _, row: Cell(row.bid.id), 10)
    yield Column("organisation", "Organisation", lambda _, row: Cell(row.name, style="text"), 34, above)
    yield Column("decision", "People's decision", lambda _, row: _decision(plan, row), 13)
    yield Column("state", "Status", lambda at, row: Cell(STATES[row.status], _state(plan, at)), 14)


def _decision(plan: ThemePlan, row: Row) -> Cell:
    """Give what people decided, or where nobody did and there are stages, what the bid is by them."""
    decided = _decided(row)
    if plan.by_stages is None or decided not in ("admitted", "not_shortlisted"):
        return Cell(decided, style="input")
    return Cell(decided, f"={plan.by_stages(row.bid.id)}")


def _decided(row: Row) -> str:
    return row.decision.standing if row.decision else "admitted"


def _state(plan: ThemePlan, at: int) -> str:
    """Compute whether a bid is ranked: admitted by people, and at or above every published minimum."""
    grid, theme = plan.grid, plan.view.theme
    tests = [
        f"{grid.cell(f'mark:{question}', at)}{_at_least(theme, question)}{grid.fixed(f'mark:{question}', MINIMUMS)}"
        for question in plan.view.questions
        if question in theme.minimum_marks
    ]
    tests += [*limits(plan, at), *_minimums_of_points(plan, at)]
    admitted = f'IF(AND({",".join(tests)}),"ranked","below minimum")' if tests else '"ranked"'
    decision = grid.cell("decision", at)
    return f'=IF({decision}="admitted",{admitted},{decision})'


def _at_least(theme: Theme, name: str) -> str:
    return ">" if name in theme.more_than else ">="


def _minimums_of_points(plan: ThemePlan, at: int) -> Iterator[str]:
    """Hold the points of all questions, and of sections, to their minimums."""
    theme, apart = plan.view.theme, plan.apart(plan.view.rows[at])
    for one in plan.criteria.counted(theme.id).point_minimums(plan.view.questions):
        if one.name == QUALITY:
            own = plan.grid.cell("exact answers" if plan.measured else "exact quality", at)
            available = f"SUM({plan.marks(f'${WEIGHTS}')})" if plan.measured else plan.grid.fixed("quality", WEIGHTS)
        else:
            own = "+".join(plan.grid.cell(f"points:{question}", at) for question in one.questions)
            available = f"({'+'.join(_carried(plan, question, apart) for question in one.questions)})"
        least = plan.parameters.settings[theme.id, minimum_name(one)]
        least = least if one.percent is None else f"{available}*{least}/100"
        yield f"{formulas.fine(own)}{_at_least(theme, one.name)}{formulas.fine(least)}"


def _carried(plan: ThemePlan, question: str, apart: Sequence[str]) -> str:
    """Give what a question carries for a bid: its weight, and a part of what does not apply, as the rule says."""
    weight = {one: plan.grid.fixed(f"mark:{one}", WEIGHTS) for one in plan.view.questions}
    rule = plan.criteria.not_applicable
    if not apart or rule is None or rule.weight == "full_marks":
        return weight[question]
    if question in apart:
        return "0"
    parts = [weight[question]]
    for gone in apart:
        takes = _takers(plan, gone, apart)
        if question in takes:
            parts.append(f"{weight[gone]}*{weight[question]}/({'+'.join(weight[one] for one in takes)})")
    return f"({'+'.join(parts)})" if len(parts) > 1 else parts[0]


def _takers(plan: ThemePlan, gone: str, apart: Sequence[str]) -> Sequence[str]:
    """Name the questions that carry the weight of one that does not apply."""
    rule, theme = plan.criteria.not_applicable, plan.view.theme
    aside = plan.criteria.stages_aside
    kept = [one for one in plan.view.questions if one not in apart and theme.weights[one]]
    kept = [one for one in kept if aside.get(one) == aside.get(gone)]
    near = next((one.questions for one in theme.section if gone in one.questions), ())
    own = [one for one in kept if one in near] if rule and rule.weight == "section" else []
    return own or kept


def marks(plan: ThemePlan) -> Iterator[Column]:
    """Give the consensus marks, question by question, and the points that each earns."""
    for number, question in enumerate(plan.view.questions):
        yield _mark_column(plan, number, question)
        yield _points_column(plan, number, question)


def _mark_column(plan: ThemePlan, number: int, question: str) -> Column:
    theme, known = plan.view.theme, plan.parameters
    above = {WEIGHTS: Cell(theme.weights[question], f"={known.weights[theme.id, question]}")}
    if question in theme.minimum_marks:
        above[MINIMUMS] = Cell(theme.minimum_marks[question], f"={known.minimums[theme.id, question]}")
    return Column(
        f"mark:{question}",
        f"#{question} mark",
        lambda _, row: _mark_cell(plan, row, number, question),
        8,
        above,
    )


def _mark_cell(plan: ThemePlan, row: Row, number: int, question: str) -> Cell:
    """Give a mark as it was typed in, or with the address of the cell in which it is worked out."""
    mark, address = row.marks[number], plan.made_at(row, question)
    if mark is not None and address:
        return live(Fraction(mark), address, "points")
    return Cell(_mark(plan, question, row, number), style="input")


def _mark(plan: ThemePlan, question: str, row: Row, number: int) -> Decimal | str | None:
    mark = row.marks[number]
    if question in plan.apart(row):
        return NOT_APPLICABLE_TEXT
    return as_decimal(mark) if isinstance(mark, Fraction) else mark


def _points_column(plan: ThemePlan, number: int, question: str) -> Column:
    """Give mark × weight ÷ highest mark of the scale; by a table of points, its points over the highest of them."""

    def cell(at: int, row: Row) -> Cell:
        own, apart = plan.grid.cell(f"mark:{question}", at), plan.apart(row)
        weight = _carried(plan, question, apart)
        if question in apart:
            return live(row.points[number], weight, "helper")
        points = formulas.unless_empty(own, _earned(plan, question, own, weight))
        return live(row.points[number], points, "helper")

    return Column(f"points:{question}", f"#{question} points", cell, 9)


def _earned(plan: ThemePlan, question: str, own: str, weight: str) -> str:
    scale = plan.criteria.scale_for(question)
    marks, counts = plan.parameters.scales[Values.of(scale)]
    if counts and plan.made:  # it is points of the table that evaluators' marks were made into
        return f"{own}*{weight}/MAX({counts}){plan.times(question)}"
    if counts:
        return f"{formulas.lookup(own, marks, counts)}*{weight}/MAX({counts})"
    highest = HIGHEST if scale.marks == plan.criteria.scale.marks else f"MAX({marks})"
    return f"{own}*{weight}/{highest}{plan.times(question)}"


def prices(plan: ThemePlan) -> Iterator[Column]:
    """Give the prices offered, the price on its published basis, and the prices that are compared."""
    if not has_prices(plan.view):
        return
    for number, year in enumerate(plan.criteria.years):
        yield _year_column(number, year)
    yield from line_columns(plan)
    yield Column("price", "#Price, whole life", lambda at, row: _whole_life(plan, at, row), 15)
    yield Column("people", "#People served", lambda _, row: Cell(row.bid.people, style="input"), 9)
    names = {row: Cell(name, style="note_line") for row, name in zip(FIGURE_ROWS, FIGURE_NAMES, strict=True)}
    yield Column("scored price", "#Price scored", lambda at, row: _scored(plan, at, row), 15, names)
    compared = Column("compared price", "#Price compared", lambda at, row: _compared(plan, at, row), 15, figures(plan))
    yield compared


def between_equals(plan: ThemePlan) -> Iterator[Column]:
    """Give when bids came, as one number, and their places in the draw, where these decide between equal bids."""
    if "received" in plan.order:
        yield Column("received", "#Received", lambda _, row: Cell(int(came(row)), style="input"), 16)
    if "draw" in plan.order:
        yield Column("draw", "#Place in the draw", lambda _, row: Cell(int(drawn(plan, row)), style="input"), 10)


def came(row: Row) -> Fraction:
    """Give when a bid came as one number, such as 20270226115800."""
    return Fraction(arrival(row.bid.received))


def drawn(plan: ThemePlan, row: Row) -> Fraction:
    """Give a bid's place in the draw among those of its theme."""
    places = draw_places([one.bid for one in plan.view.rows])
    return Fraction(places[plan.view.rows.index(row)])


FIGURE_ROWS = (WEIGHTS, MINIMUMS, FIGURES)
FIGURE_NAMES = ("Lowest", "Highest", "Mean")


def figures(plan: ThemePlan) -> Mapping[int, Cell]:
    """Give the lowest, the highest and the mean of the compared prices, in the rows above their column."""
    compared = [row.scored_price for row in plan.view.ranked if row.scored_price is not None]
    mean = sum(compared, Fraction(0)) / len(compared) if compared else None
    values = (min(compared, default=None), max(compared, default=None), mean)
    span = plan.grid.span("compared price")
    return {
        row: live(value, f'IF(COUNT({span})=0,"",{function}({span}))', "money")
        for row, value, function in zip(FIGURE_ROWS, values, ("MIN", "MAX", "AVERAGE"), strict=True)
    }


def _year_column(number: int, year: str) -> Column:
    def cell(_: int, row: Row) -> Cell:
        return Cell(_pounds(row.bid.by_year[number]) if row.bid.by_year else None, style="input_money")

    return Column(f"year:{year}", f"#Price {year}", cell, 14)


def _pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else pounds_number(pence)


def _whole_life(plan: ThemePlan, at: int, row: Row) -> Cell:
    """Add up the years' prices; a bid that came with one price has that typed in."""
    if plan.criteria.price_line:
        return line_sum(plan, at, row, options=False)
    if not row.bid.by_year:
        return Cell(_pounds(row.bid.price), style="input_money")
    years = plan.grid.across([f"year:{year}" for year in plan.criteria.years], str(plan.grid.row(at)))
    # Without ROUND a sum of pence can miss, by a binary fraction, the same price that is typed in beside it.
    return Cell(_pounds(row.bid.price), f"=ROUND(SUM({years}),2)", "money")


def _scored(plan: ThemePlan, at: int, row: Row) -> Cell:
    price = plan.grid.cell("all lines" if "all lines" in plan.grid else "price", at)
    policy = plan.criteria.price_policy(plan.view.theme.id)
    if policy and policy.basis in ("yearly", "discounted"):
        return live(row.scored_price, formulas.unless_empty(price, _by_year(plan, policy, at, row, price)), "money")
    if not is_per_unit(plan.criteria, plan.view):
        return live(row.scored_price, formulas.unless_empty(price, price), "money")
    people = plan.grid.cell("people", at)
    return live(row.scored_price, f'IF(AND(COUNT({price},{people})=2,{people}>0),{price}/{people},"")', "money")


def _by_year(plan: ThemePlan, policy: PricePolicy, at: int, row: Row, price: str) -> str:
    """Divide the whole price by its years, or discount each year after the first; one price is one year's."""
    years = [plan.grid.cell(f"year:{year}", at) for year in plan.criteria.years] if row.bid.by_year else [price]
    if policy.basis == "yearly":
        return f"{price}/{len(years)}"
    rate = plan.parameters.settings.get((plan.view.theme.id, DISCOUNT), "0")
    return "+".join(f"{cell}/(1+{rate}/100)^{number}" for number, cell in enumerate(years))


def _compared(plan: ThemePlan, at: int, row: Row) -> Cell:
    state, price = plan.grid.cell("state", at), plan.grid.cell("scored price", at)
    value = row.scored_price if row.status == "ranked" else None
    return live(value, f'IF({state}="ranked",{price},"")', "money")
