"""``verify.py`` draws every published line where the engine draws it: at the figure, just under it and just over it."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from evaluator.files.audit.verifier import verify
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.reporting import outcome_json
from tests.unit.files.audit.random_programmes import decided, members, packed
from tests.unit.scoring.small_theme import checked, programme

Bids = Mapping[str, tuple[Sequence[str], int | None]]  # marks question by question, and pence
HUNDRED = tuple(str(mark) for mark in range(101))  # marks that are the points of the only question


def differs(made: Outcome) -> list[str]:
    """All that ``verify.py`` says of a bundle of this outcome."""
    with zipfile.ZipFile(io.BytesIO(packed(made))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return [line for _, found in verify.differences(files) for line in found]


def forged(made: Outcome, change: Any) -> list[str]:
    """All that it says where somebody changed what the outcome tells of the awards."""
    held = members(made)
    document = json.loads(held["outputs/outcome.json"])
    change(document["allocation"])
    held["outputs/outcome.json"] = json.dumps(document).encode()
    with zipfile.ZipFile(io.BytesIO(packed(made, held))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return [line for _, found in verify.differences(files) for line in found]


def states(criteria: Criteria, bids: Bids) -> tuple[str, ...]:
    made = decided(criteria, checked(criteria, bids))
    assert differs(made) == []
    assert made.scores is not None
    return made.scores.themes[0].status


def awarded(scores: Mapping[str, tuple[int, int]], evaluation: Any = None, **policy: Any) -> Outcome:
    """The awards to bids of so many points and pounds."""
    plain = programme({"Q1": "100"}, marks=HUNDRED)
    rules = [{"id": f"R{at}", **rule} for at, rule in enumerate(policy.pop("rules"), 1)]
    terms = {"method": "priority", "source": "test", **policy, "rule": rules}
    criteria = plain.model_copy(update={"allocation": AllocationPolicy.model_validate(terms)})
    bids = {bid: ((str(points),), pounds * 100) for bid, (points, pounds) in scores.items()}
    made = decided(criteria, (evaluation or (lambda one: one))(checked(criteria, bids)))
    assert made.allocation is not None, made.findings
    assert differs(made) == []
    return made


def funded(made: Outcome) -> tuple[str, ...]:
    assert made.allocation is not None
    return tuple(f"{one.bid} {one.level}" for one in made.allocation.awards)


def test_a_quality_at_the_published_minimum_is_enough() -> None:
    # 70 % of 80 points are 56: 36 + 20, 36 + 16 and 48 + 12.
    criteria = programme({"Q1": "60", "Q2": "20", "price": "20"}, theme={"minimum_quality": "70%"})
    bids = {"A": (("3", "5"), None), "B": (("3", "4"), None), "C": (("4", "3"), None)}
    assert states(criteria, bids) == ("ranked", "below_minimum", "ranked")


def test_a_mark_at_its_published_minimum_is_enough() -> None:
    criteria = programme({"Q1": "60", "Q2": "40"}, theme={"minimum_marks": {"Q2": "3"}})
    bids = {"A": (("0", "3"), None), "B": (("5", "2"), None), "C": (("0", "4"), None)}
    assert states(criteria, bids) == ("ranked", "below_minimum", "ranked")


def test_a_score_at_the_published_minimum_can_be_funded() -> None:
    rules = [{"kind": "budget", "limit": "100"}]
    scores = {"A": (56, 10), "B": (55, 10), "C": (57, 10)}
    assert funded(awarded(scores, minimum_score="56", rules=rules)) == ("A 100%", "C 100%")
    assert funded(awarded(scores, minimum_score="1", minimum_scores={"T": "56"}, rules=rules)) == ("A 100%", "C 100%")


@pytest.mark.parametrize(("least", "levels"), [("60", ("A 60%",)), ("60.01", ()), ("59.99", ("A 60%",))])
def test_a_level_at_the_least_share_that_a_bid_can_use_is_offered(least: str, levels: tuple[str, ...]) -> None:
    def usable(evaluation: Evaluation) -> Evaluation:
        (theme,) = evaluation.themes
        only = tuple(replace(bid, least_level=Decimal(least)) for bid in theme.bids)
        return replace(evaluation, themes=(replace(theme, bids=only),))

    rules = [{"kind": "budget", "limit": "60"}]
    level = [{"share": "60%", "score": "50%"}]
    assert funded(awarded({"A": (50, 100)}, usable, level=level, rules=rules)) == levels


@pytest.mark.parametrize(("least", "levels"), [("60%", ("A 60%",)), ("60.01%", ())])
def test_a_list_funds_nobody_below_the_published_least_level(least: str, levels: tuple[str, ...]) -> None:
    rules = [{"kind": "budget", "limit": "60"}, {"kind": "least_level", "least": least}]
    assert funded(awarded({"A": (50, 100)}, level=[{"share": "60%", "score": "50%"}], rules=rules)) == levels


@pytest.mark.parametrize(
    ("length", "waiting"), [(1, ["B"]), (2, ["B", "C", "D"]), (3, ["B", "C", "D"]), (4, [*"BCDE"])]
)
def test_a_reserve_list_ends_at_its_length_and_takes_equal_bids_together(length: int, waiting: list[str]) -> None:
    scores = {"A": (90, 100), "B": (80, 100), "C": (70, 100), "D": (70, 100), "E": (60, 100)}
    rules = [{"kind": "budget", "limit": "100"}, {"kind": "reserve_list", "theme": "T", "length": length}]
    made = awarded(scores, rules=rules)
    assert made.allocation is not None
    assert [one.bid for one in made.allocation.reserve] == waiting
    assert forged(made, lambda said: said["reserve"].pop()) != []


@pytest.mark.parametrize(("points", "over"), [(59, []), (60, []), (61, ["B"])])
def test_only_a_bid_that_scored_more_than_a_funded_one_is_passed_over(points: int, over: list[str]) -> None:
    scores = {"A": (90, 50), "B": (points, 60), "C": (60, 50)}
    made = awarded(scores, tie_break=["lower_cost"], rules=[{"kind": "budget", "limit": "100"}])
    assert made.allocation is not None
    assert funded(made) == ("A 100%", "C 100%")
    assert [one.bid for one in made.allocation.passed_over] == over


@pytest.mark.parametrize(("unaffordable", "second"), [("skip", ("A 100%", "C 100%")), ("stop", ("A 100%",))])
def test_a_list_stops_or_skips_as_published(unaffordable: str, second: tuple[str, ...]) -> None:
    scores = {"A": (90, 50), "B": (80, 60), "C": (70, 50)}
    made = awarded(scores, on_unaffordable=unaffordable, rules=[{"kind": "budget", "limit": "100"}])
    assert funded(made) == second


def test_leftovers_pass_over_a_bid_that_does_not_fit_also_where_the_list_stops() -> None:
    scores = {"A": (90, 40), "B": (80, 70), "C": (70, 50)}
    rules = [{"kind": "budget", "limit": "100"}, {"kind": "theme_budget", "theme": "T", "limit": "40"}]
    made = awarded(scores, on_unaffordable="stop", leftovers=True, rules=rules)
    assert funded(made) == ("A 100%", "C 100%")


@pytest.mark.parametrize(("cap", "drawn"), [(2, False), (3, True), (4, True)])
def test_a_draw_is_made_between_equal_sets_if_all_of_them_are_listed(cap: int, *, drawn: bool) -> None:
    rules = [{"kind": "budget", "limit": "10"}]
    made = awarded({"A": (50, 10), "B": (50, 10), "C": (50, 10)}, draw_seed="4711", tied_cap=cap, rules=rules)
    assert made.allocation is not None
    assert (made.allocation.draw is not None) is drawn


@pytest.mark.parametrize(
    ("mode", "total"), [("half_up", "2.83"), ("half_even", "2.82"), ("up", "2.83"), ("down", "2.82")]
)
def test_a_half_at_the_last_place_goes_the_published_way(mode: str, total: str) -> None:
    criteria = programme({"Q1": "2.825"}, marks=("0", "1"), rounding=("total", 2, mode))
    made = decided(criteria, checked(criteria, {"A": (("1",), None)}))
    assert differs(made) == []
    assert json.loads(outcome_json(made))["themes"][0]["bids"][0]["total"] == total


def test_awards_that_fall_short_of_a_floor_are_broken_rules() -> None:
    floor = [{"kind": "budget", "limit": "100"}, {"kind": "theme_awards", "theme": "T", "least": 1}]
    made = awarded({"A": (90, 50)}, method="optimise", tie_break=["lower_cost"], rules=floor)

    def without(said: dict[str, Any]) -> None:
        (award,) = said["awards"]
        said["awards"], said["tied"] = [], [[]]
        said["not_awarded"] = [{"bid": award["bid"], "theme": "T", "reason": "", "explanation": ""}]
        said["cost"], said["total_score"] = "0.00", "0.00"
        for rule in said["rules"]:
            rule["used"], rule["holds"] = ("0" if rule["rule"] == "R2" else "£0"), rule["rule"] == "R1"

    assert "rule R2 is broken, and yet awards are recommended." in forged(made, without)


def test_an_award_from_leftovers_that_nobody_published_is_found() -> None:
    made = awarded({"A": (90, 50)}, rules=[{"kind": "budget", "limit": "100"}])
    found = forged(made, lambda said: said["awards"][0].update(leftovers=True))
    assert "A is awarded although it is not to be funded at this level, or from leftovers." in found
