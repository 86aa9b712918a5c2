"""Every figure that a check of criteria draws a line at: what is still right, and what is just past it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pytest

from evaluator.publication import check
from evaluator.records.programme.price.methods import METHODS
from tests.findings.test_proportion_findings import SMALL_NORTH, TIERS
from tests.unit.publication.small_criteria import Change, add, both, put, small

NOTHING = both()


@dataclass(frozen=True)
class Line:
    """A finding, the place of a figure, the figures that it is not about and those that it is."""

    code: str
    place: str
    right: Sequence[object]
    wrong: Sequence[object]
    given: Change = NOTHING


def rule(kind: str, **terms: object) -> Change:
    return add("allocation.rule", {"id": "R9", "kind": kind, "source": "7", **terms})


def of_year(year: str, **terms: object) -> Change:
    return add(
        "allocation.rule", {"id": year, "kind": "theme_budget", "theme": "*", "year": year, "source": "7", **terms}
    )


FIRST, SECOND = "2027-28", "2028-29"
LARGE_BUDGET = both(put("allocation.rule.0.limit", "900000"), put("allocation.rule.1.limit", "900000"))
TEN_MARKS = [{"mark": n, "label": str(n), "descriptor": f"{n} of 127 points are met."} for n in range(127)]
VALUE_INDEX = {"method": "value_for_money", "below_mean": "40%", "source": "6"}
TO_VALUE = both(
    put("price", VALUE_INDEX | {"parameters": {"factor": "1"}}),
    put("themes.0.weights", {"C1": "40", "C2": "20", "N1": "40"}),
    put("themes.1.weights", {"C1": "40", "C2": "20", "S1": "40"}),
)
WORDS = "themes.0.question.0.word_limit"
LINES = (
    Line("E-CRIT-101", "themes.0.weights.price", ["40"], ["39.99", "40.01"]),
    Line("E-CRIT-204", "scale.mark.0.mark", ["0"], ["0.01"]),
    Line("E-CRIT-206", "scale.mark.0.mark", ["0"], ["-0.01"]),
    Line("E-CRIT-208", "scale.mark", [TEN_MARKS], [[*TEN_MARKS, TEN_MARKS[0] | {"mark": 127}]]),
    Line("E-CRIT-406", "price.parameters.lowest", ["89999.99"], ["90000", "90000.01"]),
    # Two places make up for seven noughts behind the point with a factor of 100,000, and six with one of 10.
    Line("E-CRIT-416", "price.parameters.factor", ["100000", "100001"], ["99999"], TO_VALUE),
    Line("E-CRIT-416", "rounding.places", [6], [5], both(TO_VALUE, put("price.parameters.factor", "10"))),
    Line("E-CRIT-503", "moderation.least_evaluators", [1], [2, 3], put("moderation.method", "one_evaluator")),
    Line("E-CRIT-504", "moderation.least_evaluators", [2, 3], [1]),
    # The widest spread of marks 0 to 3 is 3.
    Line("E-CRIT-506", "moderation.spread_trigger", ["0.01", "2.99", "3"], ["0", "3.01"]),
    Line("E-CRIT-506", "scale.mark.3.mark", ["3", "3.01"], ["2.99"], put("moderation.spread_trigger", "3")),
    Line("E-CRIT-509", "themes.0.minimum_quality", ["99.99%", "100%"], ["100.01%"]),
    # Two themes: 75,000 each are the 150,000 of the only year with a budget.
    Line("E-CRIT-604", "allocation.rule.4.least", ["74999.99", "75000"], ["75000.01"], of_year(FIRST, least="1")),
    Line("E-CRIT-604", "allocation.rule.2.least", ["149999.99", "150000"], ["150000.01"]),
    Line("E-CRIT-605", "themes.0.rule.0.least", [3, 4], [5]),
    Line("E-CRIT-605", "allocation.rule.2.least", ["200000"], ["200000.01"], LARGE_BUDGET),
    Line("E-CRIT-614", "allocation.rule.4.limit", [1], [0], rule("organisation_awards", limit=1)),
    Line("E-CRIT-617", "allocation.rule.4.least", ["100%"], ["100.01%"], rule("small_share", least="1%")),
    # Two themes make at most four awards each.
    Line("E-CRIT-620", "allocation.rule.4.least", [8], [9], rule("group_floor", group="carers", least=1)),
    # A theme that must award 20,000 in at most four awards: 5,000 each.
    Line("E-CRIT-621", "allocation.rule.4.limit", ["5000"], ["4999.99"], rule("organisation_money", limit="1")),
    # Year by year at least 100,000 and x, in all at most 200,000; and in all at least 20,000, year by year at most x.
    Line(
        "E-CRIT-622",
        "allocation.rule.5.least",
        ["99999.99", "100000"],
        ["100000.01"],
        both(LARGE_BUDGET, of_year(FIRST, least="100000"), of_year(SECOND, least="1")),
    ),
    Line(
        "E-CRIT-622",
        "allocation.rule.5.limit",
        ["12000.01", "12000"],
        ["11999.99"],
        both(of_year(FIRST, limit="8000"), of_year(SECOND, limit="1")),
    ),
    Line("E-CRIT-623", "allocation.minimum_score", ["99.99", "100"], ["100.01"]),
    Line("E-CRIT-802", "equality.threshold", [5, 6], [4]),
    Line("E-CRIT-803", "equality.characteristic.0.values", [["Women", "Men"]], [[], ["Women"], ["Men", "men"]]),
    Line("E-TIER-002", "tier.1.up_to", ["40000.01"], ["39999.99", "40000"], TIERS),
    Line("E-TIER-003", "themes.0.contract_value", ["39999.99", "40000"], ["40000.01"], SMALL_NORTH),
    Line("E-TIER-003", "themes.1.contract_value", ["40000.01"], ["40000"], TIERS),
    Line("E-TIER-009", "tier.0.monitoring", [1, 2], [3], TIERS),
    Line("E-TIER-009", "tier.0.total_words", [2999, 3000], [3001], TIERS),
    Line("E-TIER-011", "tier.1.turnover", ["1.99", "2"], ["2.01"], TIERS),
    Line(
        "E-TIER-011",
        "gate.0.predicate",
        [f"Pass: a yearly turnover of at least {words}." for words in ("£80,000", "2 times it", "2.0 times it")],
        [f"Pass: a yearly turnover of at least {words}." for words in ("£80,000.01", "2.01 times it", "£80,001")],
        SMALL_NORTH,
    ),
    Line("E-TIER-012", "tier.0.accounts_years", [0], [1], both(TIERS, put("tier.0.instead_of_accounts", ""))),
    Line("E-TIER-014", WORDS, [299, 300], [301], SMALL_NORTH),
    # Two answers of 300 words.
    Line("E-TIER-015", "tier.0.total_words", [600, 601], [599], SMALL_NORTH),
    # A pound in eight for each of 600 words, and 5,000 for each of two reports.
    Line(
        "E-TIER-016",
        "themes.0.contract_value",
        ["4800", "4800.01"],
        ["4799.99"],
        both(SMALL_NORTH, put("tier.0.monitoring", 0)),
    ),
    Line("E-TIER-016", "themes.0.contract_value", ["10000", "10000.01"], ["9999.99"], SMALL_NORTH),
)


def found(line: Line, figure: object) -> set[str]:
    return {one.code for one in check(small(line.given, put(line.place, figure)))}


def cases(side: str) -> list[object]:
    return [
        pytest.param(line, figure, id=f"{line.code} {line.place} {str(figure)[-40:]}")
        for line in LINES
        for figure in getattr(line, side)
    ]


@pytest.mark.parametrize(("line", "figure"), cases("right"))
def test_a_figure_at_the_line_is_right(line: Line, figure: object) -> None:
    assert line.code not in found(line, figure)


@pytest.mark.parametrize(("line", "figure"), cases("wrong"))
def test_a_figure_past_the_line_is_found(line: Line, figure: object) -> None:
    assert line.code in found(line, figure)


@pytest.mark.parametrize(
    ("method", "name", "allowed", "refused"),
    [
        ("linear_above_lowest", "zero_at", ["1.01"], ["1", "0.99"]),
        ("linear_above_lowest", "clip", ["0", "1"], ["-1", "0.5", "2"]),
        ("fixed_limits", "lowest", ["0", "0.01"], ["-0.01"]),
        ("fixed_limits", "highest", ["0.01"], ["0", "-0.01"]),
        ("mean_deviation", "at_mean", ["0", "100"], ["-0.01", "100.01"]),
        ("mean_deviation", "per_percent", ["0.01"], ["0"]),
        ("linear_whole_points", "direction", ["0", "1", "-1"], ["2", "0.5"]),
        ("graduated_to_inflection", "per_percent_above", ["0.01"], ["0"]),
        ("damped_discount", "budget", ["0.01"], ["0"]),
        ("damped_discount", "least_best", ["2", "5"], ["1.99", "5.01"]),
        ("bilinear_discount", "at_mean", ["0.8", "0.85", "0.9"], ["0.79", "0.81", "0.91", "80"]),
        ("narbona", "lowest", ["0.01"], ["0"]),
        ("ranking_points", "step", ["0.01", "100"], ["0", "100.01"]),
        ("value_for_money", "factor", ["0.01"], ["0"]),
        ("quality_coefficient", "most", ["0.01", "0.99"], ["0", "1", "1.01"]),
        ("quality_coefficient", "full_quality", ["0.01"], ["0"]),
        ("award_on_value", "per_point", ["0.01"], ["0"]),
        ("relative_value_for_cost", "highest_score", ["0.01"], ["0"]),
    ],
)
def test_a_parameter_may_have_the_values_that_its_method_can_use(
    method: str, name: str, allowed: list[str], refused: list[str]
) -> None:
    terms = METHODS[method].parameters[name]
    assert [one for one in (*allowed, *refused) if terms.allows(Decimal(one))] == allowed
