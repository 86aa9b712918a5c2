"""Checks of measured criteria: a known method with usable parameters, a direction, and figures that can differ."""

from collections.abc import Iterator
from decimal import Decimal

from evaluator.publication.locations import PROGRAMME, Place, numbered
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.measured import (
    EITHER,
    IN_BANDS,
    MEASURED_METHODS,
    Measured,
)
from evaluator.records.programme.price.methods import MethodTerms, own_name

STEEP = Decimal("1.15")  # times the lowest figure: where nothing is left by then


def measured_methods_are_known(criteria: Criteria) -> Iterator[Finding]:
    """Find measured criteria by a method that the engine does not have, or that gives no points."""
    for place, one in _measured(criteria):
        if one.method not in MEASURED_METHODS:
            yield finding("E-CRIT-160", place.key("method"), method=one.method, known=", ".join(MEASURED_METHODS))


def measured_parameters_can_be_used(criteria: Criteria) -> Iterator[Finding]:
    """Find parameters that a method does not take, that it lacks, or whose value it cannot use."""
    for place, one, terms in _known(criteria):
        for name, problem in _problems(one, terms):
            where = place.key(f"parameters.{name}" if name in one.parameters else "parameters")
            yield finding("E-CRIT-161", where, measured=one.id, method=one.method, name=name, problem=problem)


def _problems(one: Measured, terms: MethodTerms) -> Iterator[tuple[str, str]]:
    known = ", ".join(terms.parameters) or "none"
    yield from ((name, f"is none that it takes ({known})") for name in one.parameters if name not in terms.parameters)
    for name, parameter in terms.parameters.items():
        value = one.parameters.get(name)
        if value is None and parameter.default is None and not one.band:
            yield name, f"is missing: {_in_its_unit(parameter.allowed)}"
        elif value is not None and not parameter.allows(value):
            yield name, f"is {decimal_text(value)}, and must be {_in_its_unit(parameter.allowed)}"
    low, high = (one.parameters.get(name) for name in terms.limits or ("", ""))
    if low is not None and high is not None and low >= high:
        yield (terms.limits or ("",))[0], f"is {decimal_text(low)}, and must be below {decimal_text(high)}"


def _in_its_unit(allowed: str) -> str:
    return allowed.replace("pounds", "in its unit").replace("price", "figure")


def measured_tables_are_whole(criteria: Criteria) -> Iterator[Finding]:
    """Find tables that are missing, that nothing uses, that mix two directions, or in which no line has points."""
    for place, one, _ in _known(criteria):
        if problem := _table(one):
            yield finding("E-CRIT-162", place.key("band"), measured=one.id, problem=problem)


def _table(one: Measured) -> str:
    if one.method not in IN_BANDS:
        return f"has a table, which {one.method} does not use" if one.band else ""
    if not one.band:
        return "has no table of bands" if one.method == "banded" else ""
    if one.parameters:
        return "has a table and parameters, of which only one can count"
    ends = [(band.at_least, band.at_most) for band in one.band]
    if any((low is None) == (high is None) for low, high in ends):
        return "has a line without at_least and at_most, or with both"
    used = {low is None for low, _ in ends}
    if len(used) > 1:
        return "has lines with at_least and others with at_most"
    if len(set(ends)) < len(ends):
        return "has two lines for one figure"
    if one.method == "by_rank" and used == {False}:
        return "gives points by place, so that its lines need at_most"
    return "has no line with points" if not one.most_points else ""


def measured_say_which_is_better(criteria: Criteria) -> Iterator[Finding]:
    """Find criteria that do not say whether more or less is better, where their method leaves it open."""
    for place, one, _ in _known(criteria):
        if own_name(one.method) in EITHER and one.better is None:
            yield finding("E-CRIT-163", place.key("better"), measured=one.id, method=one.method)


def measured_say_no_opposite(criteria: Criteria) -> Iterator[Finding]:
    """Find criteria that call those figures better which their method puts last."""
    for place, one, _ in _known(criteria):
        if one.better is not None and one.by_method not in (None, one.better):
            facts = {"measured": one.id, "method": one.method, "better": one.better, "by_method": one.by_method}
            yield finding("E-CRIT-164", place.key("better"), **facts)


def measured_have_a_weight(criteria: Criteria) -> Iterator[Finding]:
    """Find measured criteria that no theme weights."""
    for place, one in _measured(criteria):
        if not any(one.id in theme.weights for theme in criteria.themes):
            yield finding("E-CRIT-166", place.key("id"), measured=one.id)


def measured_limits_can_be_kept(criteria: Criteria) -> Iterator[Finding]:
    """Find limits that no figure keeps, and a cap that lies outside them, or that no figure of a yes or no can have."""
    for place, one, _ in _known(criteria):
        if one.least is not None and one.most is not None and one.least > one.most:
            problem = f"at least {decimal_text(one.least)} and at most {decimal_text(one.most)}"
            yield finding("E-CRIT-167", place.key("least"), measured=one.id, problem=f"no figure is {problem}")
        for name in ("least", "most", "cap"):
            value = getattr(one, name)
            if value is not None and (one.is_yes_or_no or not one.allows(value)):
                problem = f"{name} is {decimal_text(value)}, and {one.method} takes {_taken(one)}"
                yield finding("E-CRIT-167", place.key(name), measured=one.id, problem=problem)


def _taken(one: Measured) -> str:
    return "yes or no" if one.is_yes_or_no else f"figures of {one.lowest_allowed}"


def measured_have_a_unit(criteria: Criteria) -> Iterator[Finding]:
    """Find figures of which nobody says what they count."""
    for place, one, _ in _known(criteria):
        if not one.is_yes_or_no and not one.unit.strip():
            yield finding("E-CRIT-168", place.key("unit"), measured=one.id)


def measured_figures_can_differ(criteria: Criteria) -> Iterator[Finding]:
    """Find parameters by which nearly all figures earn the same, or a small difference decides everything."""
    for place, one, _ in _known(criteria):
        for name, effect in _effects(one):
            value = decimal_text(one.parameters[name]) if name in one.parameters else ""
            where = place.key(f"parameters.{name}" if value else name)
            facts = {"measured": one.id, "name": name, "value": f" {value}" if value else ""}
            yield finding("E-CRIT-169", where, effect=effect, **facts)


def _effects(one: Measured) -> Iterator[tuple[str, str]]:
    given = one.parameters
    if "zero_at" in given and given["zero_at"] < STEEP:
        yield "zero_at", "leaves nothing a little above the lowest: a small difference decides as much as a large one"
    if given.get("step", Decimal(0)) >= 50:
        yield "step", "takes half the points or more with one place, however close the figures are"
    if given.get("no") == 100:
        yield "no", "gives a no all the points, so that the answer decides nothing"
    if one.method == "banded" and len({band.points for band in one.band}) == 1:
        yield "band", "gives every line the same points"
    if one.cap is not None and one.least is not None and one.more_is_better and one.cap <= one.least:
        yield "cap", "is not above the least that is asked for, so that every ranked bid has the same"


def measured_depend_on_other_bids(criteria: Criteria) -> Iterator[Finding]:
    """Find methods by which a bid that cannot win can decide who does: by place, quarter, mean or the whole range."""
    by_best = {"direct", "inverse", "lowest_price_ratio", "highest_income_ratio", "linear_above_lowest", "logarithm"}
    by_best |= {"damped_discount", "discount_ratio", "square_root_discount"}
    for place, one, terms in _known(criteria):
        if terms.depends_on_other_bids and own_name(one.method) not in by_best:
            yield finding("E-CRIT-170", place.key("method"), measured=one.id, method=one.method)


def measured_points_stay_within_bounds(criteria: Criteria) -> Iterator[Finding]:
    """Find figures that can take points away, or earn more than their weight."""
    for place, one, _ in _known(criteria):
        if one.parameters.get("clip") == 0:
            yield finding("E-CRIT-171", place.key("parameters.clip"), measured=one.id, method=one.method)


def _measured(criteria: Criteria) -> Iterator[tuple[Place, Measured]]:
    return numbered(PROGRAMME, "measured", criteria.measured)


def _known(criteria: Criteria) -> Iterator[tuple[Place, Measured, MethodTerms]]:
    for place, one in _measured(criteria):
        if one.method in MEASURED_METHODS:
            yield place, one, MEASURED_METHODS[one.method]
