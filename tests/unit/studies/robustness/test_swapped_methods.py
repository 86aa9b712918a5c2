"""Price methods swapped: which can stand in for the published one, and what they come to."""

import re
from dataclasses import replace
from decimal import Decimal

from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.studies.robustness import Robustness, Swap
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.reporting.studies.robustness import robustness_document, robustness_html, robustness_text
from evaluator.studies.robustness.draws import Ground
from evaluator.studies.robustness.robustness import concluded, place, standing
from evaluator.studies.robustness.swapped_methods import other_methods, swapped
from tests.unit.reporting import small_outcome

RULES = [{"id": "R1", "kind": "budget", "title": "Budget", "limit": "180000"}]


def ground(**price: object) -> Ground:
    """Advice alone: A01 and A02 at 100,000 and 120,000, A03 at 80,000; price carries 30 points."""
    document = small_outcome.criteria().model_dump(by_alias=True)
    advice = document["themes"][0] | {"minimum_marks": {}}
    policy = {"method": "lowest_price_ratio", "source": "Made up", **price}
    allocation = document["allocation"] | {"rule": RULES}
    criteria = Criteria.model_validate(document | {"themes": [advice], "price": policy, "allocation": allocation})
    bids = replace(
        small_outcome.ADVICE, bids=small_outcome.ADVICE.bids[:3], marks=small_outcome.ADVICE.marks[:9], disregarded={}
    )
    return Ground(criteria, Evaluation((bids,), (), (), small_outcome.evaluation().marks, None), ())


def ranks(swap: Swap) -> dict[str, int]:
    return {bid: rank for _, bid, rank in swap.ranks}


def test_a_swapped_method_is_worked_out_with_the_published_parameters() -> None:
    # Quality 60, 62, 46. Ratio: 24, 20, 30 make 84, 82, 76; the range: 15, 0, 30 make 75, 62, 76.
    assert ranks(swapped(ground(), "")) == {"A01": 1, "A02": 2, "A03": 3}
    assert ranks(swapped(ground(), "range")) == {"A03": 1, "A01": 2, "A02": 3}
    # 180,000 pay for A01 and A03 (160 and 151) and for no other pair under either
    assert swapped(ground(), "").funded == swapped(ground(), "range").funded == ("A01", "A03")


def test_a_parameter_of_the_same_name_is_kept_and_one_that_is_missing_keeps_a_method_out() -> None:
    able, sentences = other_methods(ground())
    assert able == ("linear_above_lowest", "logarithm", "mean_deviation", "range")
    assert "fixed limits" in sentences[0]
    assert "ranking points" in sentences[0]
    published = ground(method="fixed_limits", parameters={"lowest": Decimal(50000), "highest": Decimal(150000)})
    assert "lowest_price_ratio" in other_methods(published)[0]
    assert "fixed_limits" not in (*other_methods(published)[0], *other_methods(published)[1])
    # points of 30 x (150 - price) / 100: 15, 9, 21; totals 75, 71, 67
    assert ranks(swapped(published, "")) == {"A01": 1, "A02": 2, "A03": 3}


def test_another_name_of_the_published_method_is_no_other_method() -> None:
    assert "lowest_price_ratio" not in other_methods(ground(method="qcbs"))[0]


def test_criteria_without_points_for_price_say_that_nothing_was_swapped() -> None:
    assert other_methods(ground(method="price_per_quality_point"))[0] == ()
    assert "No price method was swapped" in other_methods(ground(method="price_per_quality_point"))[1][0]


def study() -> Robustness:
    swaps = [
        Swap("as published", True, (("advice", "A01", 1), ("advice", "A02", 2)), ("A01",)),
        Swap("range", True, (("advice", "A01", 2), ("advice", "A02", 1)), ("A02",)),
        Swap("narbona", False, (), (), "It cannot score these bids: no price."),
    ]
    return concluded(ground(), ("A01",), 20, (), swaps)


def test_text_document_and_page_say_what_each_method_would_change() -> None:
    words = robustness_text(study(), standing, place)
    assert "  range: 1 other bid funded (A02), 1 award lost (A01)" in words
    assert "  narbona: It cannot score these bids: no price." in words
    told = robustness_document(study(), standing, place)["price_methods"]
    assert isinstance(told, list)
    assert told[1]["ranks"][0] == {"theme": "advice", "bid": "A01", "rank": 2}
    page = re.sub(r' data-label="[^"]*"', "", robustness_html(study(), standing, place, small_outcome.outcome()))
    row = "<td>advice</td><td>1, funded</td><td>2</td><td>not ranked</td><td>1 of 2</td>"
    assert f'<tr><th scope="row">A01</th>{row}</tr>' in page
    assert "no ground to choose another now" in page


def test_a_study_without_swaps_says_nothing_of_them() -> None:
    plain = concluded(ground(), ("A01",), 20, ())
    assert "Price method" not in robustness_text(plain, standing, place)
