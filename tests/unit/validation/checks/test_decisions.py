"""What people must decide, and what a decision must say: low prices at their limit, and the words of a finding."""

from fractions import Fraction

import pytest

from evaluator.records.programme.criteria import PricePolicy
from evaluator.validation import validate
from evaluator.validation.checks.decided.decisions_needed import odd_prices
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


LOW = price("A1", y2027="9,000", y2028="9,000")


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ((), ["E-PRICE-006"]),
        (("below_mean",), ["E-PRICE-006"]),
        (("below_next",), ["E-PRICE-006"]),
        (("below_mean", "below_next"), []),
    ],
)
def test_one_published_test_is_enough_to_find_a_low_price(published: tuple[str, ...], expected: list[str]) -> None:
    assert codes(LOW, *(publish(f"price.{key}", None) for key in published)) == expected


def test_a_theme_without_a_test_hides_no_low_price_of_another() -> None:
    untested = publish("themes.0.price", {"method": "range", "source": "1"})
    second = add("register", {"bid": "B1"}, bid="B2", organisation="O3")
    gone = decide(bid="B2", decision="disregard")
    cheap = price("B1", y2027="100", y2028="100")
    answers = [
        add(table, {"bid": like, "question": question} | who, bid=bid)
        for table, who in (("marks", {"evaluator": "E1"}), ("marks", {"evaluator": "E2"}), ("consensus", {}))
        for bid, like, question in (("B2", "B1", "C1"), ("B2", "B1", "S1"), ("O3", "O1", "C2"))
    ]
    assert codes(untested, LOW, second, cheap, *answers) == ["E-PRICE-006"]
    assert codes(untested, LOW, second, cheap, *answers, gone) == []


@pytest.mark.parametrize(
    ("basis", "unit", "said"),
    [("unit_cost", "", " per person"), ("unit_cost", "home", " per home"), ("whole_life", "home", "")],
)
def test_a_low_price_is_told_with_its_unit(basis: str, unit: str, said: str) -> None:
    ((code, message),) = found(LOW, publish("price.basis", basis), publish("price.unit", unit))
    assert code == "E-PRICE-006"
    assert f"The price of bid A1, £{'150' if basis == 'unit_cost' else '18,000'}{said}, is more" in message


@pytest.mark.parametrize(("second", "expected"), [("139,999.99", ["E-PRICE-006"]), ("140,000", [])])
def test_a_discounted_price_is_low_by_what_each_year_is_worth(second: str, expected: list[str]) -> None:
    # At 100 % a year the second year counts half: 70,000 is exactly 30 % below 100,000.
    terms = [publish("price.basis", "discounted"), publish("price.discount_rate", "100%")]
    first = price("A2", y2027="100,000", y2028="0")
    assert codes(*terms, price("A1", y2027="0", y2028=second), first) == expected


@pytest.mark.parametrize(("pence", "low"), [(69_99, {1}), (70_00, set())])
def test_the_lowest_price_is_found_wherever_it_stands(pence: int, low: set[int]) -> None:
    assert set(odd_prices(policy(below_next="30%"), {0: 300_00, 1: pence, 2: 100_00})) == low


def test_a_figure_beyond_belief_is_found_itself_and_makes_no_other_price_low() -> None:
    third = add("register", {"bid": "A1"}, bid="A3", organisation="O3")
    beyond = price("A1", y2027="999,999,999,999,999", y2028="1")
    assert "E-PRICE-006" not in codes(third, beyond)
    assert "E-PRICE-006" in codes(third, beyond, price("A3", y2027="9,000", y2028="9,000"))
