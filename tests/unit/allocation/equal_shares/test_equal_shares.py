"""The method of equal shares: by hand, on real votes against pabutools, and what every run must keep."""

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from evaluator.allocation import allocate
from evaluator.allocation.equal_shares import completions
from evaluator.allocation.equal_shares.completions import ends_of
from evaluator.allocation.equal_shares.decide import electorate
from evaluator.files.read.candidates.candidates import problem_from_files
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.results.allocation import Allocation, Problem
from evaluator.records.results.ballots import Ballot, BallotKind, Ballots
from tests.reference_data import REFERENCE
from tests.unit.allocation.small_problems import bids, budget, candidate, problem

REAL = REFERENCE / "participatory_budgets" / "equal_shares"
EXPECTED = json.loads((REAL / "expected.json").read_text("utf-8"))["files"]

# Four voters and £100, so £25 each. A (£60) by three of them, B (£40) by the fourth, C (£30) by the first two.
VOTED = ("AC", "AC", "A", "B")
COSTS = {"A": 60, "B": 40, "C": 30}


def voted(*votes: str, kind: BallotKind = "approval", points: tuple[tuple[int, ...], ...] = ()) -> Ballots:
    given = points or tuple((1,) * len(vote) for vote in votes)
    papers = [Ballot(tuple(zip(vote, map(Fraction, its), strict=True))) for vote, its in zip(votes, given, strict=True)]
    return Ballots(kind, tuple(papers))


def shared(ballots: Ballots, costs: dict[str, int], limit: int, **policy: Any) -> Problem:
    scores = {bid: sum(bid in dict(one.gives) for one in ballots.ballots) for bid in costs}
    made = [candidate(bid, scores[bid], cost, "all") for bid, cost in costs.items()]
    base = problem(made, budget(limit), method="equal_shares", **policy)
    return Problem(base.policy, base.rules, (), 1, base.candidates, ballots=ballots)


def small(**policy: Any) -> Allocation:
    return allocate(shared(voted(*VOTED), COSTS, 100, **policy))


@pytest.mark.parametrize(
    ("completion", "satisfaction", "funded"),
    [
        ("none", "cost", "A"),  # £20 from each of three, £5 left to each; nobody can pay for B or C
        ("utilitarian", "cost", "AC"),  # of £40 left, C (two supporters) goes before B (one)
        ("greedy", "cost", "AC"),  # another name for it
        ("add1", "cost", "AC"),
        ("add1u", "cost", "AC"),
        ("none", "cardinality", "C"),  # £15 from each of two, and the three have £45 for A, which costs £60
        ("utilitarian", "cardinality", "AC"),  # of £70 left, A gives 3/60 for a pound, and B 1/40
    ],
)
def test_shares_buy_what_they_buy_by_hand(completion: str, satisfaction: str, funded: str) -> None:
    result = small(completion=completion, satisfaction=satisfaction)
    assert (result.status, "".join(bids(result))) == ("proven", funded)


def test_shares_are_raised_by_a_pound_until_nothing_further_fits() -> None:
    """C needs £15 beside the £20 for A, so £35: ten pounds more. £10 are then left, and B costs £40."""
    shares = small(completion="add1").shares
    assert shares is not None
    assert (shares.first_share, shares.share) == (2500, 3500)


def test_shares_are_not_raised_to_where_they_would_spend_more_than_the_budget() -> None:
    """Of £100 two voters have £50. A costs £40 and is bought; with £70 each B (£70) would be bought too: £110."""
    result = allocate(shared(voted("A", "B"), {"A": 40, "B": 70, "C": 10}, 100, completion="add1"))
    assert bids(result) == ("A",)


def test_each_step_says_what_it_cost_whom() -> None:
    shares = small().shares
    assert shares is not None
    (one,) = shares.purchases
    assert (one.bid, one.most, one.supporters, one.in_full, one.price) == ("A", 2000, 3, 3, Fraction(100, 3))
    assert {left.bid: left.left for left in shares.unbought} == {"B": 2500, "C": 1000}


def test_who_has_too_little_pays_all_of_it() -> None:
    """£10 each; P costs £15. At £3 a point who gave 4 would pay £12, so they pay £10, and who gave 1 pays £5."""
    given = voted("P", "P", kind="points", points=((1,), (4,)))
    shares = allocate(shared(given, {"P": 15}, 20)).shares
    assert shares is not None
    (one,) = shares.purchases
    assert (one.price, one.most, one.supporters, one.in_full) == (500, 1000, 2, 1)


def test_a_project_that_was_not_bought_says_what_its_supporters_had_left() -> None:
    why = {one.bid: one.explanation for one in small(completion="utilitarian").not_awarded}
    assert why == {
        "B": "With shares of £25, the 1 voter who supported it has £25 left between them; it costs £40. "
        "Of the budget £10 is left, which is less."
    }


def test_equal_projects_that_compete_are_listed_and_a_published_tie_break_decides() -> None:
    ballots = voted("XY", "XY", "YZ", "Z")
    costs = {"X": 10, "Y": 15, "Z": 10}
    both = allocate(shared(ballots, costs, 20, satisfaction="cardinality"))  # X and Z at £5, Y at £5 too
    assert len(both.tied) > 1
    assert both.undecided
    cheap = allocate(shared(ballots, costs, 20, satisfaction="cardinality", tie_break=("lower_cost",)))
    assert cheap.tied == (("X", "Z"),)
    voters = allocate(shared(ballots, costs, 20, satisfaction="cardinality", tie_break=("total_score",)))
    assert voters.tied == (("Y",),)


def test_equal_projects_whose_supporters_can_pay_for_both_are_no_tie() -> None:
    result = allocate(shared(voted("XY", "XY"), {"X": 10, "Y": 10}, 20))
    assert result.tied == (("X", "Y"),)


def test_a_draw_that_was_published_decides_between_equal_sets() -> None:
    result = allocate(shared(voted("XY", "XY"), {"X": 10, "Y": 10}, 10, draw_seed="s"))
    assert (len(result.tied), result.draw is not None, len(result.awards)) == (2, True, 1)


def test_nobody_voted_so_nothing_is_bought() -> None:
    assert allocate(shared(Ballots("approval", ()), COSTS, 100)).awards == ()


@pytest.mark.parametrize("name", EXPECTED)
def test_real_votes_come_to_what_pabutools_comes_to(name: str, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    for terms, winners in EXPECTED[name].items():
        satisfaction, completion = terms.split(":")
        rules.write_text(f'method = "equal_shares"\ncompletion = "{completion}"\nsatisfaction = "{satisfaction}"\n')
        made, found = problem_from_files(REAL / f"{name}.pb", rules)
        assert made is not None, found
        assert sorted(allocate(made).tied[0]) == winners, terms


PUBLISHED = json.loads((REAL / "examples.json").read_text("utf-8"))
COMMITTEES = json.loads((REAL / "committees.json").read_text("utf-8"))["committees"]


@pytest.mark.parametrize("example", PUBLISHED["examples"], ids=lambda one: one["id"])
def test_the_published_explanation_comes_out_step_by_step(example: dict[str, Any]) -> None:
    result = allocate(shared(voted(*example["ballots"]), PUBLISHED["costs"], PUBLISHED["budget"], satisfaction="cost"))
    assert result.shares is not None
    steps = result.shares.purchases
    assert "".join(one.bid for one in steps) == example["bought"]
    paid = {one.bid: one.most / 100 for one in steps}
    for bid, pays in example["pays"].items():
        assert round(float(paid[bid]), example["places"]["pays"]) == float(pays)
    for bid, votes in example["effective_votes"].items():  # as many as would pay the cost if each paid the most
        found = PUBLISHED["costs"][bid] / paid[bid]
        assert round(float(found), example["places"]["effective_votes"]) == float(votes)


@pytest.mark.parametrize("name", COMMITTEES)
def test_committees_of_equal_cost_are_those_of_another_program_with_every_tie(name: str) -> None:
    given = COMMITTEES[name]
    costs = {str(one): 1 for one in range(given["candidates"])}
    result = allocate(shared(voted(*given["ballots"]), costs, given["size"], completion="utilitarian"))
    assert sorted("".join(sorted(names)) for names in result.tied) == sorted(given["results"])


@pytest.mark.parametrize("seed", range(40))
def test_payments_add_up_and_nobody_spends_more_than_their_share(seed: int) -> None:
    dice = random.Random(seed)
    names = "ABCDEFGH"
    votes = tuple("".join(dice.sample(names, dice.randint(0, 5))) for _ in range(dice.randint(1, 12)))
    points = tuple(tuple(dice.randint(1, 5) for _ in vote) for vote in votes)
    costs = {name: dice.randint(1, 30) for name in names}
    made = shared(voted(*votes, kind="points", points=points), costs, dice.randint(10, 90))
    people = electorate(made)
    limit = int(made.rules[0].ceiling or 0) * 100
    ends, _ = ends_of(people, limit, "none")
    for end in ends:
        spent = end.share * people.count - Fraction(sum(end.purse.left), end.purse.unit)
        assert spent == sum(one.cost for one in end.purse.bought) <= limit
        assert min(end.purse.left) >= 0
        assert [one.price for one in end.purse.bought] == sorted(one.price for one in end.purse.bought)
        for bid in set(costs) - end.bids:
            supporters = people.projects[bid].supporters
            assert sum(end.purse.left[at] for at, _ in supporters) < people.projects[bid].cost * end.purse.unit


def test_keys_of_equal_shares_leave_no_trace_where_they_are_not_written() -> None:
    plain = AllocationPolicy.model_validate({"method": "priority"}).model_dump()
    assert not {"completion", "satisfaction"} & set(plain)


def test_raising_that_comes_to_no_end_within_the_counted_work_recommends_nothing(monkeypatch: Any) -> None:
    """A costs £400 and one of three voters supports it: of £1,000 each has £333.33, and 67 raises pay for it."""
    votes, costs = voted("A", "B", "B"), {"A": 400, "B": 500}
    allowed = 67 * (3 + completions.EACH_RAISE)
    monkeypatch.setattr(completions, "MOST_RAISING", allowed)
    assert bids(allocate(shared(votes, costs, 1000, completion="add1"))) == ("A", "B")
    monkeypatch.setattr(completions, "MOST_RAISING", allowed - 1)
    result = allocate(shared(votes, costs, 1000, completion="add1"))
    assert (result.status, result.awards) == ("not_proven", ())
    assert "raised a pound at a time as often as the work allows" in result.proof.method
