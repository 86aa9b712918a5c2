"""What bidders are told of an order of merit, and the worked inversion where one is possible."""

from decimal import Decimal
from typing import Any

from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.reporting.appendix.rule_words import inversion_words, rule_sentence

THEMES = {"advice": "Advice", "youth": "Youth"}
MERIT = {"id": "M1", "kind": "merit_order", "theme": "*"}


def policy(*rules: dict[str, Any], method: str = "optimise") -> AllocationPolicy:
    return AllocationPolicy.model_validate({"method": method, "rule": rules})


def sentence(**more: Any) -> str:
    return rule_sentence(policy(MERIT | more).rule[0], THEMES)


def inversions(*rules: dict[str, Any], method: str = "optimise") -> tuple[str, ...]:
    made = policy(*rules, method=method)
    return inversion_words(made, made.rule, THEMES)


def test_the_sentence_has_every_ground_and_figure() -> None:
    assert sentence() == (
        "In each theme a bid is funded only if every better-ranked bid of the same theme that could be funded is "
        "funded as well. Bids of equal rank do not bind one another. A bid that the money is too little for ends the "
        "awards of its theme."
    )
    assert "is funded as well, or may be passed over." in sentence(max_gap="1")
    named = sentence(passes_over=["O1", "excludes"], unaffordable="pass_over", max_gap="2.5")
    assert "rule O1 or that two bids exclude each other or a limit on money would be broken" in named
    assert "Refusals in two themes can so rest on each other." in named
    assert "by bids that are at most 2.5 points behind it" in named
    assert "ends the awards" not in named
    assert "by bands of total scores from 80, 65.5 and below; within a band decides: the lower cost" in sentence(
        bands=["80", "65.5"], tie_break=["lower_cost"]
    )


def test_what_is_to_be_funded_first_is_said_by_rank_or_score() -> None:
    first = {"id": "F1", "kind": "fund_first", "theme": "advice"}
    assert "Advice (advice) every bid up to rank 2" in rule_sentence(policy(first | {"rank": 2}).rule[0], THEMES)
    assert "every bid from 70 points on" in rule_sentence(policy(first | {"score": Decimal(70)}).rule[0], THEMES)


def test_an_inversion_is_worked_where_one_is_possible_and_nowhere_else() -> None:
    assert inversions(MERIT) == inversions(method="priority") == ()
    assert "150 points together" in inversions()[0]
    assert "150 points together" in inversions(MERIT | {"theme": "advice"})[0]
    assert inversions(MERIT | {"theme": "advice"}, {"id": "M2", "kind": "merit_order", "theme": "youth"}) == ()
    assert "its own, the most that a rule named" in inversions(MERIT | {"passes_over": ["O1"]})[0]
    assert "£45,000 are left" in inversions(MERIT | {"unaffordable": "pass_over"})[0]
    assert "is 3 points ahead" in inversions(MERIT | {"max_gap": "3"})[0]
