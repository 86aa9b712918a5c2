"""Carry-over, commitments, shares, variants, levels, reserve lists and draws: each worked by hand."""

import hashlib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from evaluator.allocation import allocate
from evaluator.files.read.candidates.candidates import problem_from_files
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.allocation import FULL, Level
from evaluator.records.results.levels import published_shares
from evaluator.reporting.studies.allocation import allocation_document, allocation_text
from tests.unit.allocation.small_problems import bids, budget, candidate, problem
from tests.unit.publication.small_criteria import put, small


def two_years(bid: str, score: int, first: int, second: int, theme: str = "advice"):
    return candidate(bid, 0, 0, theme, levels=(Level(FULL, score, (first * 100, second * 100)),))


YEARS = ("y1", "y2")
FIRST = {"kind": "year_budget", "year": "y1", "limit": "10"}
SECOND = {"kind": "year_budget", "year": "y2", "limit": "10"}
LATE = two_years("L", 5, 4, 14)


def test_what_a_year_leaves_is_lost_unless_it_carries_over() -> None:
    kept = allocate(problem([LATE], FIRST, SECOND, years=YEARS))
    carried = allocate(problem([LATE], FIRST, SECOND | {"carry_over": True}, years=YEARS))
    assert (bids(kept), bids(carried)) == ((), ("L",))
    assert [(one.subject, one.most, one.used) for one in carried.checks] == [
        ("y1", "£10", "£4"),
        ("y2", "£16", "£14"),
    ]


def test_no_year_borrows_from_a_later_one() -> None:
    early = two_years("E", 5, 11, 0)
    assert bids(allocate(problem([early], FIRST, SECOND | {"carry_over": True}, years=YEARS))) == ()


def test_what_is_committed_to_contracts_that_exist_is_not_there_to_award() -> None:
    rule = FIRST | {"committed": "7"}
    assert bids(allocate(problem([LATE], rule, years=YEARS))) == ()
    assert bids(allocate(problem([LATE], FIRST | {"committed": "6"}, years=YEARS))) == ("L",)


def test_a_share_of_the_budget_is_an_envelope_in_pounds() -> None:
    some = [candidate("A", 9, 60), candidate("B", 8, 41), candidate("Y", 1, 10, "youth")]
    share = {"kind": "theme_share", "theme": "advice", "most": "60%"}
    result = allocate(problem(some, budget(100), share))
    assert bids(result) == ("A", "Y")
    assert result.checks[1].most == "60% of £100"
    assert "take theme advice £41 over its share of the budget, £60 (rule R2)" in result.not_awarded[0].explanation


def test_a_share_of_what_is_awarded_moves_with_the_awards() -> None:
    some = [candidate("A", 9, 60), candidate("Y", 1, 40, "youth")]
    share = {"kind": "theme_share", "theme": "advice", "most": "60%", "of": "awarded"}
    assert bids(allocate(problem(some, budget(100), share))) == ("A", "Y")
    assert bids(allocate(problem(some, budget(99), share))) == ("Y",)


def test_one_of_an_organisations_variants_is_funded_and_other_organisations_variants_are_others() -> None:
    mine = [candidate(bid, score, 10, organisations=("o1",), variant="bus") for bid, score in (("A", 5), ("B", 4))]
    theirs = candidate("C", 3, 10, organisations=("o2",), variant="bus")
    result = allocate(problem([*mine, theirs], budget(100), {"kind": "variants"}))
    assert bids(result) == ("A", "C")
    assert "fund 2 of the variants o1, bus, of which at most 1 may be funded (rule R2)" in (
        result.not_awarded[0].explanation
    )


def test_a_least_level_leaves_out_the_levels_below_it() -> None:
    parts = candidate("A", 0, 0, levels=(Level(FULL, 10, (10000,)), Level("50%", 5, (5000,))))
    assert allocate(problem([parts], budget(60))).awards[0].level == "50%"
    result = allocate(problem([parts], budget(60), {"kind": "least_level", "least": "60%"}))
    assert bids(result) == ()


def test_capacity_of_one_service_counts_its_themes_alone() -> None:
    some = [candidate("A", 5, 1, hours=Decimal(8)), candidate("Y", 4, 1, "youth", hours=Decimal(8))]
    rule = {"kind": "capacity", "limit": "8", "themes": ["advice"]}
    assert bids(allocate(problem(some, budget(9), rule))) == ("A", "Y")
    assert bids(allocate(problem(some, budget(9), rule | {"themes": ["advice", "youth"]}))) == ("A",)


def test_awards_to_small_organisations_can_be_counted_instead_of_money() -> None:
    some = [candidate("A", 9, 10), candidate("B", 8, 10), candidate("S", 1, 1, small=True)]
    rule = {"kind": "small_share", "least": "50%", "of": "awards"}
    assert bids(allocate(problem(some, budget(100), rule))) == ("A", "S")


def test_a_floor_for_one_ward_and_for_an_outcome() -> None:
    some = [candidate("A", 9, 10), candidate("B", 1, 10, wards=("Bow",), outcomes=("O1",))]
    for rule in ({"kind": "ward_floor", "ward": "Bow", "least": 1}, {"kind": "outcome_floor", "outcome": "O1"}):
        assert bids(allocate(problem(some, budget(10), {"least": 1} | rule))) == ("B",)


def test_scores_are_weighted_by_money_people_or_the_published_weight_of_a_theme() -> None:
    some = [candidate("A", 5, 10, people=1), candidate("B", 4, 11, people=9), candidate("Y", 3, 9, "youth", people=2)]
    one = {"kind": "theme_awards", "theme": "*", "most": 1}
    assert bids(allocate(problem(some, budget(11), one, objective=["score_by_money"]))) == ("A",)
    assert bids(allocate(problem(some, budget(11), one, objective=["score_by_people"]))) == ("B",)
    weights = {"advice": "1", "youth": "1.75"}  # 3 x 1.75 = 5.25
    assert bids(allocate(problem(some, budget(11), objective=["score_by_theme"], theme_weights=weights))) == ("Y",)


def test_a_minimum_score_of_a_theme_stands_in_the_place_of_the_programmes() -> None:
    some = [candidate("A", 55, 1), candidate("Y", 55, 1, "youth")]
    result = allocate(problem(some, budget(9), minimum_score="50", minimum_scores={"youth": "60"}))
    assert bids(result) == ("A",)
    assert result.not_awarded[0].explanation == "It scored 55; the published minimum score for youth is 60."


def test_the_reserve_list_says_who_waits_in_order_and_for_what() -> None:
    some = [candidate("A", 9, 60), candidate("B", 7, 50), candidate("C", 7, 70), candidate("D", 5, 5, "youth")]
    rule = {"kind": "reserve_list", "theme": "advice", "length": 1}
    result = allocate(problem(some, budget(100), rule, method="priority"))
    assert bids(result) == ("A", "D")
    assert [(one.bid, one.place, one.needs) for one in result.reserve] == [
        ("B", 1, "It is funded when £15 more becomes free (rule R1)."),
        ("C", 1, "It is funded when £35 more becomes free (rule R1)."),
    ]
    first = allocate(problem(some, budget(100), rule, method="priority", tie_break=["lower_cost"]))
    assert [one.bid for one in first.reserve] == ["B"]
    assert "  advice 1: B, which scored 7. It is funded when £15 more" in allocation_text(first)


def test_a_published_draw_decides_between_equal_sets_and_can_be_drawn_again() -> None:
    some = [candidate(bid, 5, 10) for bid in "ABC"]
    plain = allocate(problem(some, budget(20)))
    result = allocate(problem(some, budget(20), draw_seed="Lottery 21 November: 7 11 19"))
    lines = {one: "\n".join(("Lottery 21 November: 7 11 19", *one)) for one in plain.tied}
    tickets = sorted((hashlib.sha256(text.encode()).hexdigest(), one) for one, text in lines.items())
    assert plain.undecided
    assert not result.undecided
    assert bids(result) == result.tied[0] == tickets[0][1]
    assert allocation_document(result)["draw"] == {
        "seed": "Lottery 21 November: 7 11 19",
        "tickets": tuple(tickets),
    }
    assert "Drawn from 3 equal sets" in allocation_text(result)
    assert result == allocate(problem(some[::-1], budget(20), draw_seed="Lottery 21 November: 7 11 19"))


def test_no_draw_is_made_between_more_sets_than_are_listed() -> None:
    some = [candidate(bid, 5, 10) for bid in "ABC"]
    result = allocate(problem(some, budget(20), draw_seed="seed", tied_cap=2))
    assert (len(result.tied), result.tied_complete, result.draw) == (2, False, None)
    assert result.undecided


def test_published_levels_and_the_least_share_of_use_come_from_candidates_csv(tmp_path: Path) -> None:
    rules = 'method = "optimise"\n[[level]]\nshare = "80%"\nscore = "90%"\n[[level]]\nshare = "50%"\nscore = "40%"\n'
    (tmp_path / "rules.toml").write_text(rules)
    rows = "bid,theme,organisation,score,cost,levels,least_level\nA,t,o,10,100.01,,60\nB,t,p,10,100,,\nC,t,q,9,10,50,\n"
    (tmp_path / "c.csv").write_text(rows)
    made, found = problem_from_files(tmp_path / "c.csv", tmp_path / "rules.toml")
    assert made is not None, found
    assert [[(level.name, level.score, level.cost) for level in one.levels] for one in made.candidates] == [
        [("100%", 100, 10001), ("80%", 90, 8001)],
        [("100%", 100, 10000), ("80%", 90, 8000), ("50%", 40, 5000)],
        [("50%", 45, 500)],
    ]


def test_a_level_is_a_share_above_nought_named_once() -> None:
    policy = AllocationPolicy.model_validate({"method": "optimise", "level": [{"share": "60%", "score": "50%"}]})
    assert [one.percent for one in published_shares(policy, Fraction(10))] == [100, 60]
    assert [one.percent for one in published_shares(policy, Fraction(10), Decimal(61))] == [100]


def test_net_votes_below_nought_are_read_for_a_list_in_order_of_priority(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("bid,theme,organisation,score,cost\nA,t,o,-5,10\nB,t,p,7,10\n")
    for method, accepted in (("priority", True), ("optimise", False)):
        (tmp_path / "rules.toml").write_text(f'method = "{method}"\nminimum_score = "0"\n')
        made, found = problem_from_files(tmp_path / "c.csv", tmp_path / "rules.toml")
        assert (made is not None) is accepted
        assert accepted or [one.code for one in found] == ["E-CAND-008"]
        if made is not None:
            assert allocate(made).not_awarded[0].explanation == "It scored -5; the published minimum score is 0."


def test_keys_that_nobody_publishes_leave_no_trace_in_what_is_sealed() -> None:
    policy = {"method": "optimise", "rule": [{"id": "Y", "kind": "year_budget", "year": "2027-28", "limit": "5"}]}
    plain = small(put("allocation", policy))
    said = replace_rule(plain, carry_over=True)
    keys = {"id", "title", "source", "kind", "year", "limit"}
    assert set(plain.model_dump()["allocation"]["rule"][0]) == keys
    assert set(said.model_dump()["allocation"]["rule"][0]) == keys | {"carry_over"}


def replace_rule(criteria: Criteria, **keys: object) -> Criteria:
    assert criteria.allocation is not None
    rule = criteria.allocation.rule[0].model_copy(update=keys)
    return criteria.model_copy(update={"allocation": criteria.allocation.model_copy(update={"rule": (rule,)})})


def test_a_set_drawn_from_a_list_keeps_what_it_pays_from_leftovers() -> None:
    some = [candidate(bid, 5, 10) for bid in "ABC"]
    theme = {"kind": "theme_budget", "theme": "*", "limit": "10"}
    made = problem(some, budget(20), theme, method="priority", leftovers=True, draw_seed="s")
    result = allocate(made)
    assert len(result.awards) == 2
    assert sum(one.leftovers for one in result.awards) == 1
    assert replace(result, draw=None).tied[0] == bids(result)


HUNDREDS_OF_MILLIONS = (  # bid, theme, hundredths of a point, pence in each year
    ("B0", "t1", 6585, 8086945913, 7131809276),
    ("B1", "t2", 4182, 1664531311, 6544627609),
    ("B2", "t2", 8236, 8691746304, 8068756179),
    ("B3", "t1", 3062, 9801749965, 5843886708),
    ("B4", "t2", 7321, 3137897802, 1181260427),
    ("B5", "t2", 5316, 4658862591, 3732645561),
    ("B6", "t2", 6594, 7027269713, 8472791183),
    ("B7", "t1", 6631, 9720721016, 5578566942),
    ("B8", "t1", 7732, 3097681780, 7788054184),
)


def test_a_penny_over_hundreds_of_millions_is_over() -> None:
    # B1, B4 and B8 cost £234,140,531.13 in the two years, a penny more than there is: a solver's tolerance takes it.
    made = [
        candidate(bid, 0, 0, theme, levels=(Level(FULL, score, (first, second)),))
        for bid, theme, score, first, second in HUNDREDS_OF_MILLIONS
    ]
    rules = (
        {"kind": "budget", "limit": "234140531.12"},
        {"kind": "year_budget", "year": "2026", "limit": "238059619.31"},
        {"kind": "year_budget", "year": "2027", "limit": "58438867.07", "carry_over": True},
    )
    result = allocate(problem(made, *rules, years=("2026", "2027"), score_unit=100))
    assert (result.status, bids(result), result.cost) == ("proven", ("B1", "B4", "B5"), 20919825301)


def test_a_penny_over_hundreds_of_millions_is_over_where_cbc_decides_as_well() -> None:
    # B2 asks a penny more in 2026 than there is; the tolerance of CBC takes it.
    made = [
        candidate(
            "B0", 0, 0, levels=(Level(FULL, 5656, (50840060353, 84421240209)),), organisations=("O1", "O5", "O6")
        ),
        candidate(
            "B1", 0, 0, levels=(Level(FULL, 7618, (84585245723, 97896568355)),), organisations=("O3", "O5", "O6")
        ),
        candidate("B2", 0, 0, "t2", levels=(Level(FULL, 3765, (16645684333, 79884243004)),), organisations=("O1",)),
        candidate(
            "B3", 0, 0, "t2", levels=(Level(FULL, 6744, (61368430982, 85780404270)),), organisations=("O1", "O5")
        ),
    ]
    rules = (
        {"kind": "budget", "limit": "1471488352.53"},
        {"kind": "year_budget", "year": "2026", "limit": "166456843.32"},
        {"kind": "year_budget", "year": "2027", "limit": "1777808113.58", "carry_over": True},
        {"kind": "organisation_money", "limit": "4142730419.77"},
    )
    some = problem(made, *rules, years=("2026", "2027"), score_unit=100)
    for by_cbc in (False, True):
        result = allocate(some, by_cbc=by_cbc)
        assert (result.status, bids(result)) == ("proven", ())


def test_shares_of_billions_are_exact_too() -> None:
    # 33.33 % of £300,000,000,000.01 is £99,990,000,000.0033: A asks just as much as there is, and B a penny more.
    made = [
        candidate("A", 5, 0, levels=(Level(FULL, 5, (9999000000000,)),)),
        candidate("B", 6, 0, levels=(Level(FULL, 6, (9999000000001,)),)),
        candidate("Y", 1, 0, "youth", levels=(Level(FULL, 1, (20001000000001,)),)),
    ]
    share = {"kind": "theme_share", "theme": "advice", "most": "33.33%", "of": "awarded"}
    result = allocate(problem(made, share, {"kind": "must_fund", "bid": "Y"}))
    assert (result.status, bids(result)) == ("proven", ("A", "Y"))
