"""What each rule costs, as text, as a document for machines, and as a page with a chart beside its table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.numbers import fixed, pounds, ratio_decimal
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.rule_costs import FrontierPoint, RuleCost, RuleStudy
from evaluator.reporting.shared.pages import HeadedPage, about, render
from evaluator.reporting.shared.share_pictures import Slope, Step, frontier

NOT_ADDITIVE = (
    "These costs cannot be added up: leaving out two rules can gain more, or less, than the two gains together. "
    "A rule that costs nothing here may still bind once another is left out."
)
STEPS = (
    "1 for numbers of awards, bids and wards; 1 % of the limit for money and hours; 1 percentage point for shares; "
    "1 point for a minimum score"
)
SAME = "no difference"
CHANGES = ("family", "without", "tighter", "looser")
TITLES = {
    "family": "Without all rules of a kind",
    "without": "Without one rule",
    "tighter": "One step tighter",
    "looser": "One step looser",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A change of the rules with the score that it leads to, and what it gains or loses against the published rules."""

    rules: str
    words: str
    score: str
    gain: str


def rules_document(study: RuleStudy) -> dict[str, object]:
    """Give the study as JSON values; points and pounds are exact decimal texts."""
    unit = study.score_unit
    return {
        "schema": "rule-costs/1",
        "method": study.method,
        "total_score": ratio_decimal(study.published, unit),
        "additive": False,
        "steps": STEPS,
        "costs": [
            {
                "change": one.change,
                "kind": one.kind,
                "rules": list(one.rules),
                "words": one.words,
                "status": one.status,
                "total_score": None if one.score is None else ratio_decimal(one.score, unit),
                "gain": None if one.score is None else ratio_decimal(one.score - study.published, unit),
            }
            for one in study.costs
        ],
        "frontier": [
            {
                "percent": one.percent,
                "budget": fixed(one.budget, 2),
                "status": one.status,
                "total_score": None if one.score is None else ratio_decimal(one.score, unit),
                "cost": fixed(one.cost, 2),
            }
            for one in study.frontier
        ],
    }


def rules_text(study: RuleStudy) -> str:
    """Say what each rule costs, a line each."""
    return "\n".join(_lines(study))


def _lines(study: RuleStudy) -> Iterator[str]:
    yield f"Total score under the published rules: {ratio_decimal(study.published, study.score_unit)}."
    yield NOT_ADDITIVE
    for change in CHANGES:
        lines = lines_of(study, change)
        if lines:
            yield f"{TITLES[change]}:"
        for line in lines:
            if line.gain != SAME:
                yield f"  {line.rules}: {line.words}: {line.score} ({line.gain})"
        same = dict.fromkeys(line.rules for line in lines if line.gain == SAME)
        if same:
            yield f"  {SAME}: {', '.join(same)}"
    if study.frontier:
        yield "By budget (the programme's and the themes' in proportion):"
    for point in study.frontier:
        yield f"  {point.percent} %, {pounds(point.budget)}: {_score(study, point)}"


def lines_of(study: RuleStudy, change: str) -> list[Line]:
    """Give the changes of one sort, the largest gain or loss first."""
    some = [one for one in study.costs if one.change == change]
    ordered = sorted(some, key=lambda one: (one.score is None, -abs((one.score or 0) - study.published)))
    return [_line(study, one) for one in ordered]


def _line(study: RuleStudy, one: RuleCost) -> Line:
    rules = one.kind.replace("_", " ") if one.change == "family" else ", ".join(one.rules)
    if one.score is None:
        why = "no set keeps the rules" if one.status == "infeasible" else "not proven within the work that is allowed"
        return Line(rules, one.words, "–", why)
    gain = one.score - study.published
    return Line(rules, one.words, ratio_decimal(one.score, study.score_unit), _signed(gain, study.score_unit))


def _signed(gain: int, unit: int) -> str:
    if not gain:
        return SAME
    return f"{'+' if gain > 0 else ''}{ratio_decimal(gain, unit)}"


def _score(study: RuleStudy, point: FrontierPoint) -> str:
    if point.score is None:
        return (
            "no set keeps the rules" if point.status == "infeasible" else "not proven within the work that is allowed"
        )
    return f"{ratio_decimal(point.score, study.score_unit)} for {pounds(point.cost)}"


@dataclass(frozen=True, kw_only=True)
class RulesPage(HeadedPage):
    """What each change of the rules leads to, section by section, and the frontier as a picture and as numbers."""

    template = "study_rules.html"
    published: str
    sections: Sequence[tuple[str, Sequence[Line]]]
    not_additive: str
    steps: str
    frontier: Slope | None
    points: Sequence[tuple[FrontierPoint, str]]


def rules_html(study: RuleStudy, outcome: Outcome) -> str:
    """Write the study as one page with the frontier as a chart and every number in a table."""
    page = RulesPage(
        about=about(outcome),
        published=ratio_decimal(study.published, study.score_unit),
        sections=[(TITLES[change], lines_of(study, change)) for change in CHANGES],
        not_additive=NOT_ADDITIVE,
        steps=STEPS,
        frontier=_frontier(study),
        points=[(one, _score(study, one)) for one in study.frontier],
    )
    return render(page)


def _frontier(study: RuleStudy) -> Slope | None:
    """Draw the best score by budget; a single budget is no line."""
    known = [(one, Fraction(one.score, study.score_unit)) for one in study.frontier if one.score is not None]
    if len(known) < 2:
        return None
    steps = [
        Step(
            Fraction(one.percent),
            score,
            f"{one.percent} %",
            ratio_decimal(one.score or 0, study.score_unit),
            one.percent == 100,
        )
        for one, score in known
    ]
    first, last = steps[0], steps[-1]
    same = first.words == last.words
    score = f"the best total score {'stays' if same else f'goes from {first.words} to'} {last.words}"
    return frontier("frontier", f"From {first.name} to {last.name} of the budgets {score}", steps)
