"""Checks of the lines of a price: that they can be added up, or each be scored by itself."""

from collections.abc import Iterator

from evaluator.publication.locations import PROGRAMME, numbered, price_policies, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.lines import have_weights
from evaluator.records.programme.price.methods import METHODS


def price_lines_are_added_up(criteria: Criteria) -> Iterator[Finding]:
    """Find lines beside years, or under a basis of years; lines that no policy scores; and none that an award costs."""
    lines = criteria.price_line
    if not lines:
        return
    if criteria.years:
        yield finding("E-CRIT-172", programme("price_line"))
    for place, policy, _ in price_policies(criteria):
        if policy.basis in ("yearly", "discounted"):
            yield finding("E-CRIT-173", place.key("basis"), basis=policy.basis)
    if not any(criteria.price_policy(theme.id) for theme in criteria.themes):
        yield finding("E-CRIT-174", programme("price_line"))
    if all(line.option for line in lines):
        yield finding("E-CRIT-175", programme("price_line"))


def price_lines_have_a_quantity(criteria: Criteria) -> Iterator[Finding]:
    """Find lines that count for nothing."""
    for place, line in numbered(PROGRAMME, "price_line", criteria.price_line):
        if line.quantity == 0:
            yield finding("E-CRIT-176", place.key("quantity"), line=line.id)


def price_lines_can_be_scored(criteria: Criteria) -> Iterator[Finding]:
    """Find weights on some lines alone, methods that give a line no points, and parameters that cannot be used."""
    lines = criteria.price_line
    weighted = have_weights(lines)
    for place, line in numbered(PROGRAMME, "price_line", lines):
        if weighted and not line.weight:
            yield finding("E-CRIT-177", place.key("weight"), line=line.id)
        if not weighted and (line.method or line.parameters):
            yield finding("E-CRIT-178", place.key("method" if line.method else "parameters"), line=line.id)
    for key, problem in _problems(criteria) if weighted else ():
        yield finding("E-CRIT-179", programme(key), problem=problem)


def _problems(criteria: Criteria) -> Iterator[tuple[str, str]]:
    """Say what keeps a line from points: an index, an unknown method, parameters, points beyond the line's share."""
    for at, line in enumerate(criteria.price_line, 1):
        place = f"price_line[{at}]"
        for _, policy, _ in price_policies(criteria):
            name = line.method or policy.method
            terms = METHODS.get(name)
            if terms is None or terms.gives != "points":
                yield f"{place}.method", f"the line {line.id} is scored by {name}, which gives no points"
                continue
            published = dict(line.parameters) if line.method else {**policy.parameters, **line.parameters}
            for key, parameter in terms.parameters.items():
                value = published.get(key, parameter.default)
                if value is None or not parameter.allows(value):
                    said = "is missing" if value is None else f"is {decimal_text(value)}"
                    yield f"{place}.parameters", f"{key} of the line {line.id} {said}; it must be {parameter.allowed}"
            if published.get("clip") == 0:
                yield f"{place}.parameters", f"with clip = 0 the line {line.id} could earn more than its share"


def price_lines_have_ids_of_their_own(criteria: Criteria) -> Iterator[Finding]:
    """Find two lines with one id, whose columns of the register would be one."""
    seen: set[str] = set()
    for place, line in numbered(PROGRAMME, "price_line", criteria.price_line):
        if line.id.casefold() in seen:
            yield finding("E-CRIT-110", place.key("id"), kind="price line", id=line.id, first=programme("price_line"))
        seen.add(line.id.casefold())
