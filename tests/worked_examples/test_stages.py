"""Published stages, put through the engine: who goes on, and what the rest come to."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.records.submissions.stages import StageResult
from evaluator.scoring import score, stage_result
from tests.reference_data import REFERENCE
from tests.unit.scoring.small_theme import checked, programme

HUNDRED = tuple(str(mark) for mark in range(101))


def published(name: str) -> Any:
    read = json.loads((REFERENCE / "stages.json").read_text("utf-8"), parse_float=Decimal)
    return next(one for one in read if one["id"] == name)


def of(criteria: Criteria, marks: dict[str, tuple[str | None, ...]], prices: dict[str, int] | None = None) -> Any:
    bids = {bid: (own, (prices or {}).get(bid, 100) * 100) for bid, own in marks.items()}
    evaluation = checked(criteria, bids)
    return stage_result(criteria, criteria.stage[0], evaluation), evaluation


def with_stage(criteria: Criteria, **stage: Any) -> Criteria:
    return Criteria.model_validate(
        {**criteria.model_dump(by_alias=True, mode="json"), "stage": [{"id": "S1", **stage}]}
    )


def passed(result: StageResult) -> list[str]:
    return [line.bid for line in result.lines if line.passed]


def test_a_gateway_panel_takes_the_best_of_those_with_every_pass_mark() -> None:
    given = published("ST01_cumbria_gateway")
    weights = {f"Q{number}": str(most) for number, most in given["most"].items()}
    scales = [
        {"id": f"of{most}", "source": "page", "questions": [q for q, weight in weights.items() if int(weight) == most],
         "mark": [{"mark": str(mark), "label": str(mark), "descriptor": str(mark)} for mark in range(most + 1)]}
        for most in sorted({int(weight) for weight in weights.values()})
    ]  # fmt: skip
    least = {f"Q{number}": str(mark) for number, mark in given["pass_marks"].items()}
    base = programme(weights, tuple(str(mark) for mark in range(16)), theme={"minimum_marks": least})
    whole = Criteria.model_validate({**base.model_dump(by_alias=True, mode="json"), "scale_of": scales})
    criteria = with_stage(whole, questions=list(weights), passes="best", number=given["go_on"])
    marks = {bid: tuple(str(own[number]) for number in given["most"]) for bid, own in given["bids"].items()}
    result, _ = of(criteria, marks)
    expected = given["expected"]
    assert {bid: line.points for bid, line in result.by_bid.items()} == expected["score"]
    assert passed(result) == expected["go_on"]
    (red,) = expected["red"]
    assert result.by_bid[red].reason == "The mark for Q10 is 9; the published minimum is 10."


def test_a_threshold_takes_in_its_own_figure() -> None:
    for mark, least, meets in published("ST02_threshold_inclusive")["cases"]:
        criteria = programme({"Q": "100"}, ("0", mark, "100") if mark != "100" else ("0", "100"))
        staged = with_stage(criteria, questions=["Q"], passes="at_least", score=least)
        assert (passed(of(staged, {"X": (mark,)})[0]) == ["X"]) is meets


def test_half_of_the_points_admits_and_does_not_count() -> None:
    given = published("ST03_at_least_half")
    marks = tuple(str(mark) for mark in range(given["most"] + 1))
    criteria = programme({"Organisation": str(given["most"]), "Project": "100"}, marks)
    rule = {"questions": ["Organisation"], "passes": "at_least", "share": given["share"], "counts": False}
    for mark, meets in given["cases"]:
        staged = with_stage(criteria, **rule)
        result, evaluation = of(staged, {"X": (str(mark), "80")})
        assert (passed(result) == ["X"]) is meets
        assert score(staged, evaluation).themes[0].totals[0] == 100


def test_only_proposals_with_the_least_technical_marks_are_priced() -> None:
    given = published("ST04_qcbs_threshold")
    weights = {"T": str(given["weights"]["technical"]), "price": str(given["weights"]["price"])}
    criteria = programme(weights, HUNDRED, "lowest_price_ratio", ("display", 2, "half_up"))
    staged = with_stage(criteria, questions=["T"], passes="at_least", share=given["least"])
    marks = {bid: (str(technical),) for bid, (technical, _) in given["bids"].items()}
    prices = {bid: price for bid, (_, price) in given["bids"].items()}
    result, evaluation = of(staged, marks, prices)
    fell = [line.bid for line in result.lines if not line.passed]
    assert fell == given["expected"]["fell"]
    table = score(staged, without(evaluation, fell)).themes[0]
    totals = {bid: table.totals[row] for row, bid in enumerate(table.bids)}
    assert totals == {bid: Fraction(total) for bid, total in given["expected"]["total"].items()}
    assert table.bids[table.ranks.index(1)] == given["expected"]["first"]


def test_one_criterion_counts_twice_in_the_second_round() -> None:
    given = published("ST05_doubled_in_the_second_round")
    most, doubled = given["most"], given["doubled"]
    weights = {one: str(most * (2 if one == doubled else 1)) for one in given["questions"]}
    criteria = programme(weights, tuple(str(mark) for mark in range(most + 1)), rounding=("display", 2, "half_up"))
    rule = {"passes": "at_least", "score": str(2 * most * len(weights) // 3), "weights": {doubled: str(most)}}
    staged = with_stage(criteria, questions=list(weights), **rule)
    marks: dict[str, tuple[str | None, ...]] = {bid: tuple(map(str, own)) for bid, own in given["bids"].items()}
    result, _ = of(staged, marks)
    expected = given["expected"]
    assert {bid: line.points for bid, line in result.by_bid.items()} == expected["first_round"]
    assert passed(result) == expected["go_on"]
    _, evaluation = of(staged, {bid: marks[bid] for bid in expected["go_on"]})
    table = score(staged, evaluation).themes[0]
    assert dict(zip(table.bids, table.totals, strict=True)) == expected["total"]


def without(evaluation: Evaluation, fell: list[str]) -> Evaluation:
    kept = {bid.id: bid for bid in evaluation.bids if bid.id not in fell}
    theme = evaluation.themes[0]
    rows = [row for row, bid in enumerate(theme.bids) if bid.id in kept]
    marks = bytes(theme.mark(row, 0) for row in rows)
    made = type(theme)(theme.theme, tuple(kept.values()), theme.questions, marks, {})
    return Evaluation((made,), (), (), evaluation.marks, None)
