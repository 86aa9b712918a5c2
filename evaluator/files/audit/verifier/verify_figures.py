"""Work out what measured criteria give, for `verify.py`, which calls this file where it lies beside it.

Each bid's figure becomes points by the published method, among the ranked bids; these are added to its quality.
Standard library only, Python 3.9 or later.
"""

from copy import copy
from fractions import Fraction
from typing import Any

Row = dict[str, Any]  # a bid, as verify.py works it out
EITHER = ("range", "consip_range", "fixed_limits", "weighted_score_limits", "ranking_points", "by_rank", "by_quarter")
HIGHER = ("direct", "yes_no", "highest_income_ratio", "pppfa_income")
QUARTERS = {"second": 75, "third": 50, "fourth": 25}  # percent, unless published; of the first 100


def more_is_better(one: Row) -> bool:
    """Say whether the higher figure is the better one: as published, or else by the method."""
    if one.get("better"):
        return bool(one["better"] == "higher")
    if one["method"] == "banded":
        return not any(band.get("at_most") is not None for band in one["band"])
    return one["method"] in HIGHER


def measure(theme: Any, defaults: Row, full: Fraction) -> None:
    """Take out the bids with a figure outside a published limit, and give the others the points of their figures."""
    add_lines(theme)
    asked = [one for one in theme.criteria.get("measured", []) if one["id"] in theme.theme["weights"]]
    for row in theme.rows:
        typed = {name: Fraction(value) for name, value in row.get("measured", {}).items()}
        low = any(typed[one["id"]] < Fraction(one["least"]) for one in asked if one.get("least") and one["id"] in typed)
        high = any(typed[one["id"]] > Fraction(one["most"]) for one in asked if one.get("most") and one["id"] in typed)
        row["status"] = "below_minimum" if row["status"] == "ranked" and (low or high) else row["status"]
        row.update(typed=typed, ties={}, told={"measured": {one: {"figure": value} for one, value in typed.items()}})
    ranked = [row for row in theme.rows if row["status"] == "ranked"]
    for one in asked:
        sign = -1 if more_is_better(one) else 1  # the better figure is the lower one here
        figures = [counted(one, row["typed"][one["id"]], sign) for row in ranked]
        weight = Fraction(theme.theme["weights"][one["id"]])
        for row, own, points in zip(ranked, figures, points_of(theme, one, figures, weight, defaults)):  # noqa: B905
            row["quality"] += points
            row["ties"]["measured:" + one["id"]] = [sign * own]
            row["told"]["measured"][one["id"]]["points"] = points
    price_lines(theme, ranked, defaults, full)
    for row in theme.rows:
        its = {one: written(each) for one, each in row["told"]["measured"].items()}
        row["told"] = {"measured": its} if its else {}


def written(its: Row) -> Row:
    """Write a figure and its points as outcome.json does."""
    exact = {key: f"{value.numerator}/{value.denominator}" for key, value in its.items()}
    return {"figure": exact["figure"], "points": exact.get("points")}


def counted(one: Row, figure: Fraction, sign: int) -> Fraction:
    """Give what a figure counts as: the cap where it is better than that."""
    if one.get("cap") is None:
        return figure
    cap = Fraction(one["cap"])
    return min(figure, cap) if sign < 0 else max(figure, cap)


def points_of(theme: Any, one: Row, figures: list[Fraction], full: Fraction, defaults: Row) -> list[Fraction]:
    """Give the points of each figure: by the formulas that are written here, or by those of the prices."""
    method, terms = one["method"], {key: Fraction(value) for key, value in one.get("parameters", {}).items()}
    before = [sum((a > b) if more_is_better(one) else (a < b) for a in figures) for b in figures]
    table = one.get("band", [])
    top = max((Fraction(band["points"]) for band in table), default=Fraction(1))
    if method == "direct":
        return [full * own / max(figures) if max(figures) else Fraction(0) for own in figures]
    if method == "inverse":
        return [full if own == min(figures) else full * min(figures) / own for own in figures]
    if method == "yes_no":
        return [full if own else full * terms.get("no", Fraction(0)) / 100 for own in figures]
    if method == "banded" or (method == "by_rank" and table):
        looked_up = figures if method == "banded" else [Fraction(1 + place) for place in before]
        return [full * line(table, own) / top for own in looked_up]
    if method == "by_rank":
        return [full * max(Fraction(0), 1 - terms["step"] * place / 100) for place in before]
    if method == "by_quarter":
        shares = [Fraction(100), *(terms.get(key, Fraction(share)) for key, share in QUARTERS.items())]
        return [full * shares[4 * place // len(figures)] / 100 for place in before]
    return by_price_method(theme, one, figures, full, {**{k: Fraction(v) for k, v in defaults.items()}, **terms})


def line(table: list[Row], own: Fraction) -> Fraction:
    """Give the points of the table's line that a figure is in, the furthest of those that it reaches; else 0."""
    low = [(Fraction(b["at_least"]), Fraction(b["points"])) for b in table if b.get("at_least") is not None]
    high = [(Fraction(b["at_most"]), Fraction(b["points"])) for b in table if b.get("at_most") is not None]
    reached, under = [each for each in low if own >= each[0]], [each for each in high if own <= each[0]]
    return max(reached)[1] if reached else min(under)[1] if under else Fraction(0)


def by_price_method(theme: Any, one: Row, figures: list[Fraction], full: Fraction, terms: Row) -> list[Fraction]:
    """Apply a formula of the prices; where it fits either direction and more is better, to figures below nought."""
    way = copy(theme)
    way.method, way.point = one["method"], "display"
    turned = more_is_better(one) and one["method"] in EITHER
    if turned and "lowest" in terms:
        terms = {**terms, "lowest": -terms["highest"], "highest": -terms["lowest"]}
    rows: list[Row] = [{"scored": -own if turned else own, "quality": Fraction(0)} for own in figures]
    way.price(rows, terms, full)
    return [row["price_points"] for row in rows]


def add_lines(theme: Any) -> None:
    """Add up the lines of each price, halves of a penny up: all that are compared, and all that an award costs."""
    lines = theme.criteria.get("price_line", [])
    for row in theme.rows if lines else []:
        paid = {line["id"]: Fraction(row.get("lines", {}).get(line["id"]) or 0) * 100 for line in lines}
        units = {line["id"]: Fraction(line.get("quantity") or 1) for line in lines}
        core = [line["id"] for line in lines if not line.get("option")]
        whole, cost = (sum(paid[one] * units[one] for one in its) + Fraction(1, 2) for its in (paid, core))
        if row["price"] is not None:
            row["price"] = pounds(int(cost // 1))
            compared = Fraction(whole // 1, 100)
            people = row["people"] if theme.policy["basis"] == "unit_cost" else 1
            row["scored"] = compared / people if people else None
            row["scored_price"] = row["scored"] if theme.method else None


def pounds(pence: int) -> str:
    """Write pence as pounds, always with two places."""
    return f"{pence // 100}.{pence % 100:02d}"


def price_lines(theme: Any, ranked: list[Row], defaults: Row, full: Fraction) -> None:
    """Give the points for price line by line, where lines have weights; the method of the whole has no more to do."""
    lines = theme.criteria.get("price_line", [])
    whole = sum(Fraction(line.get("weight") or 0) for line in lines)
    if not whole or not theme.method or not full:
        return
    points = [Fraction(0) for _ in ranked]
    for line in lines:
        way, own = copy(theme), line.get("method", "")
        way.method, way.point = own or theme.method, "display"
        published = line.get("parameters", {}) if own else {**theme.policy["parameters"], **line.get("parameters", {})}
        terms = {key: Fraction(value) for key, value in {**defaults, **published}.items()}
        rows: list[Row] = [{"scored": Fraction(row["lines"][line["id"]]), "quality": Fraction(0)} for row in ranked]
        way.price(rows, terms, full * Fraction(line.get("weight") or 0) / whole)
        points = [one + row["price_points"] for one, row in zip(points, rows)]  # noqa: B905
    for row, one in zip(ranked, points):  # noqa: B905
        row["price_points"] = one
    theme.method = ""
