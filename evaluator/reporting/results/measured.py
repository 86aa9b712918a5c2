"""The columns of a theme's sheet about what is measured: figures as they came in, as they count, and their points."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.documents import Cell
from evaluator.records.programme.price.measured import Measured
from evaluator.reporting.results import formulas
from evaluator.reporting.results.layout import WEIGHTS, Column, ThemePlan, live
from evaluator.reporting.results.parameters import end_of
from evaluator.reporting.results.price_formulas import PRICE_FORMULAS, PriceTerms
from evaluator.reporting.shared.bid_rows import Row


def figures(plan: ThemePlan) -> Iterator[Column]:
    """Give each criterion's figures: typed in, as they count among the ranked bids, and the points that they earn."""
    for one in plan.measured:
        yield Column(f"figure:{one.id}", f"#{one.id} figure", _typed(one), 10)
        yield Column(f"counted:{one.id}", f"#{one.id} counted", _counted(plan, one), 10)
        yield Column(f"points:{one.id}", f"#{one.id} points", _points(plan, one), 9, _weight(plan, one))


def _typed(one: Measured) -> Callable[[int, Row], Cell]:
    def cell(_at: int, row: Row) -> Cell:
        figure = row.bid.figure(one.id)
        if figure is not None and one.is_yes_or_no:
            return Cell("yes" if figure else "no", style="input")
        return Cell(figure, style="input")

    return cell


def _counted(plan: ThemePlan, one: Measured) -> Callable[[int, Row], Cell]:
    """Leave out the bids that are not ranked, and bring what is better than the cap down to it."""

    def cell(at: int, row: Row) -> Cell:
        typed, state, figure = (
            plan.grid.cell(f"figure:{one.id}", at),
            plan.grid.cell("state", at),
            row.bid.figure(one.id),
        )
        counts = f'IF({typed}="yes",1,0)' if one.is_yes_or_no else typed
        if one.cap is not None:
            cap = plan.parameters.settings[plan.view.theme.id, f"{one.id}: cap"]
            counts = f"{'MIN' if one.more_is_better else 'MAX'}({typed},{cap})"
        value = one.counted(figure) if row.rank and figure is not None else None
        return live(value, f'IF({state}="ranked",{counts},"")', "helper")

    return cell


def _weight(plan: ThemePlan, one: Measured) -> Mapping[int, Cell]:
    theme = plan.view.theme
    return {WEIGHTS: Cell(theme.weights[one.id], f"={plan.parameters.weights[theme.id, one.id]}")}


def _points(plan: ThemePlan, one: Measured) -> Callable[[int, Row], Cell]:
    def cell(at: int, row: Row) -> Cell:
        own = plan.grid.cell(f"counted:{one.id}", at)
        return live(row.measured.get(one.id), formulas.unless_empty(own, _formula(_terms(plan, one, own))), "helper")

    return cell


@dataclass(frozen=True)
class _Terms:
    """The addresses that a formula needs: a bid's figure, all of them, the weight, and what was published."""

    one: Measured
    own: str
    span: str
    weight: str
    settings: Mapping[str, str]

    @property
    def before(self) -> str:
        """How many figures are better."""
        return f"(RANK({self.own},{self.span},{0 if self.one.more_is_better else 1})-1)"


def _terms(plan: ThemePlan, one: Measured, own: str) -> _Terms:
    theme, held = plan.view.theme.id, plan.parameters.settings
    settings = {name.removeprefix(f"{one.id}: "): address for (of, name), address in held.items() if of == theme}
    return _Terms(one, own, plan.grid.span(f"counted:{one.id}"), plan.grid.fixed(f"points:{one.id}", WEIGHTS), settings)


def _formula(terms: _Terms) -> str:
    one, weight, own, span = terms.one, terms.weight, terms.own, terms.span
    if one.band:
        return f"{weight}*{_looked_up(terms)}/MAX({','.join(terms.settings[f'points {n}'] for n in _lines(one))})"
    if one.method in ("by_rank", "ranking_points"):
        return f"MAX(0,{weight}*(1-{terms.settings['step']}/100*{terms.before}))"
    if one.method == "by_quarter":
        shares = ",".join(terms.settings[name] for name in ("second", "third", "fourth"))
        return f"{weight}*CHOOSE(1+INT(4*{terms.before}/COUNT({span})),100,{shares})/100"
    own_formulas = {
        "direct": f"IF(MAX({span})=0,0,{weight}*{own}/MAX({span}))",
        "inverse": f"IF({own}=MIN({span}),{weight},{weight}*MIN({span})/{own})",
        "yes_no": f"{weight}*IF({own}=1,1,{terms.settings.get('no', 0)}/100)",
    }
    return own_formulas.get(one.method) or _by_price_method(terms)


def _lines(one: Measured) -> range:
    return range(1, len(one.band) + 1)


def _looked_up(terms: _Terms) -> str:
    """Give the points of the line that a figure, or a place, is in: the furthest that it reaches."""
    one = terms.one
    wanted = f"(1+{terms.before})" if one.method == "by_rank" else terms.own
    low = one.band[0].at_least is not None
    order = sorted(_lines(one), key=lambda n: end_of(one.band[n - 1]), reverse=low)
    found = "0"
    for number in reversed(order):
        reached = f"{wanted}{'>=' if low else '<='}{terms.settings[f'line {number}']}"
        found = f"IF({reached},{terms.settings[f'points {number}']},{found})"
    return found


def _by_price_method(terms: _Terms) -> str:
    """Take the formula of the prices; where it fits either direction and more is better, over figures below nought."""
    one, span, settings = terms.one, terms.span, dict(terms.settings)
    turned = one.more_is_better and one.by_method is None
    if turned and "lowest" in settings:
        settings.update(lowest=f"(-{terms.settings['highest']})", highest=f"(-{terms.settings['lowest']})")
    lowest, highest = (f"(-MAX({span}))", f"(-MIN({span}))") if turned else (f"MIN({span})", f"MAX({span})")
    own = f"(-{terms.own})" if turned else terms.own
    price = PriceTerms(own, "", terms.weight, lowest, highest, f"AVERAGE({span})", span, "", "", settings)
    return PRICE_FORMULAS[one.own_method](price)


def limits(plan: ThemePlan, at: int) -> Iterator[str]:
    """Give the tests that a bid's figures must pass for the bid to be ranked."""
    for one in plan.measured:
        for name, side in (("least", ">="), ("most", "<=")):
            if getattr(one, name) is not None:
                held = plan.parameters.settings[plan.view.theme.id, f"{one.id}: {name}"]
                yield f"{plan.grid.cell(f'figure:{one.id}', at)}{side}{held}"


def answered(row: Row) -> Fraction | None:
    """Give a bid's points for its answers alone."""
    if row.quality is None:
        return None
    return row.quality - sum((points for points in row.measured.values() if points is not None), Fraction(0))
