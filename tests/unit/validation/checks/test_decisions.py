"""What people must decide, and what a decision must say: low prices at their limit, and the words of a finding."""

from fractions import Fraction

import pytest

from evaluator.records.programme.criteria import PricePolicy
from evaluator.validation import validate
from evaluator.validation.checks.decisions_needed import odd_prices
from tests.findings.faultless_folder import Change, add, decide, edit, price, publish, spoilt


def found(*changes: Change) -> list[tuple[str, str]]:
    folder = spoilt(*changes)
    return [(one.code, one.message) for one in validate(folder.published(), folder.received())[1]]


def codes(*changes: Change) -> list[str]:
    return [code for code, _ in found(*changes)]


def policy(**tests: str) -> PricePolicy:
    return PricePolicy.model_validate({"method": "lowest_price_ratio", "source": "1", **tests})


@pytest.mark.parametrize(("pence", "low"), [(59_99, True), (60_00, False), (60_01, False)])
def test_a_price_at_the_published_share_below_the_next_is_not_low(pence: int, *, low: bool) -> None:
    assert (0 in odd_prices(policy(below_next="40%"), {0: pence, 1: 100_00})) is low


@pytest.mark.parametrize(("percent", "low"), [("39.99%", True), ("40%", False), ("40.01%", False)])
def test_a_unit_cost_in_thirds_is_held_to_its_mean_exactly(percent: str, *, low: bool) -> None:
    # The mean of 20/3, 40/3 and 40/3 is 100/9, and 20/3 is exactly 40 % below it.
    thirds = {0: Fraction(20, 3), 1: Fraction(40, 3), 2: Fraction(40, 3)}
    assert (0 in odd_prices(policy(below_mean=percent), thirds)) is low


def test_a_price_that_fails_both_tests_says_both() -> None:
    assert odd_prices(policy(below_mean="40%", below_next="30%"), {0: 20_00, 1: 100_00, 2: 120_00}) == {
        0: "more than 40% below the mean of 3 bids, £80 and more than 30% below the next lowest, £100"
    }


def test_a_bid_is_not_held_to_the_prices_of_another_theme() -> None:
    assert codes(price("B1", y2027="100", y2028="100")) == []


def test_a_bid_that_was_disregarded_raises_no_mean() -> None:
    # A3 asks for a million: the mean of three is far above A1 and A2, and their own mean is what they ask.
    third = add("register", {"bid": "A1"}, bid="A3", organisation="O3")
    dear = price("A3", y2027="900,000", y2028="100,000")
    gone = decide(bid="A3", decision="disregard")
    assert codes(third, dear, gone) == []
    assert codes(third, dear, gone, publish("price.below_mean", "0%")) == []


def test_a_finding_says_the_matter_in_plain_words() -> None:
    ((code, message),) = found(
        edit("register", {"bid": "A1"}, **{"gate:cover": "fail"}),
        decide(matter="failed_gate", subject="cover", reason=""),
    )
    assert code == "E-DEC-003"
    assert "failed gate" in message
