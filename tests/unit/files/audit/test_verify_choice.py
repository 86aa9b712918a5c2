"""Sums of awards, part awards, draws, arrivals and choices: the engine by hand, and ``verify.py`` beside it."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from evaluator.records.findings.finding import Source
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.criteria import Criteria, TieBreak
from evaluator.records.programme.money.amounts import Amounts
from evaluator.records.programme.money.final_choice import FinalChoice
from evaluator.records.programme.rules import Budget
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Bid, Decision, Evaluation
from tests.unit.files.audit.random_programmes import YEARS, decided
from tests.unit.files.audit.random_programmes import _criteria as random_criteria
from tests.unit.files.audit.random_programmes import _evaluation as random_evaluation
from tests.unit.files.audit.test_at_thresholds import HUNDRED, differs, forged
from tests.unit.scoring.small_theme import checked, programme

GROUNDS = [{"id": "spread", "text": "Money reaches every ward."}, {"id": "need", "text": "Need is greatest there."}]
TERMS = {"who": "The grants panel.", "when": "After the ranks.", "ground": GROUNDS, "source": "4"}


def decision(bid: str, matter: str, word: str, **more: str) -> Decision:
    told = {"subject": "", "reason": "The north has none.", "ground": "spread", "person": "A. Chair", "heard": ""}
    return Decision(
        bid=bid, matter=matter, decision=word, date="2027-03-01", source=Source("d"), **(told | more), standing=""
    )


def fund(bid: str) -> Decision:
    return decision(bid, "final_choice", "fund")


def leave(bid: str) -> Decision:
    return decision(bid, "final_choice", "do_not_fund")


def panel(bid: str, sum_: str) -> Decision:
    return decision(bid, "panel_sum", "set", sum=sum_)


def made(
    scores: Mapping[str, tuple[int, int]],
    limit: int,
    *decisions: Decision,
    amounts: Mapping[str, Any] | None = None,
    terms: Mapping[str, Any] | None = None,
    bids: Mapping[str, Mapping[str, Any]] | None = None,
    rules: Sequence[Mapping[str, Any]] = (),
    **policy: Any,
) -> Outcome:
    """Award bids of so many points and pounds by a list within a budget, with what people decided."""
    every = [{"id": "R1", "kind": "budget", "limit": str(limit)}, *rules]
    terms_of_award = {"method": "priority", "source": "test", **policy, "rule": every}
    plain = programme({"Q1": "100"}, marks=HUNDRED)
    criteria = plain.model_copy(
        update={
            "regime": "grant",
            "allocation": AllocationPolicy.model_validate(terms_of_award),
            "amounts": Amounts.model_validate({"source": "4", **amounts}) if amounts is not None else None,
            "final_choice": FinalChoice.model_validate(TERMS | dict(terms)) if terms is not None else None,
        }
    )
    evaluation = checked(criteria, {bid: ((str(points),), pounds * 100) for bid, (points, pounds) in scores.items()})
    return decided(criteria, _with(evaluation, decisions, bids or {}))


def _with(evaluation: Evaluation, decisions: Sequence[Decision], bids: Mapping[str, Mapping[str, Any]]) -> Evaluation:
    (theme,) = evaluation.themes
    changed: tuple[Bid, ...] = tuple(replace(bid, **bids.get(bid.id, {})) for bid in theme.bids)
    return replace(evaluation, themes=(replace(theme, bids=changed),), decisions=tuple(decisions))


def awards(outcome: Outcome) -> dict[str, int]:
    """The pounds of each award; pence are told by the tests that have them."""
    assert outcome.allocation is not None, outcome.findings
    assert differs(outcome) == []
    return {award.bid: award.amount // 100 for award in outcome.allocation.awards}


SCORES = {"A": (90, 50), "B": (80, 60), "C": (70, 40), "D": (60, 30)}


def test_without_part_awards_the_list_skips_what_does_not_fit() -> None:
    assert awards(made(SCORES, 100)) == {"A": 50, "C": 40}
    assert awards(made(SCORES, 100, amounts={"rest": "kept"})) == {"A": 50, "C": 40}


def test_the_next_in_order_is_offered_what_is_left() -> None:
    assert awards(made(SCORES, 100, amounts={"rest": "offered"})) == {"A": 50, "B": 50}
    # Of £85, B is offered the £35 that A leaves; rounded to tens £30, and then D no longer fits into £5.
    assert awards(made(SCORES, 85, amounts={"rest": "offered", "round_to": "10"})) == {"A": 50, "B": 30}


def test_a_part_that_is_too_little_is_not_offered() -> None:
    assert awards(made(SCORES, 85, amounts={"rest": "offered", "least_useful": "36"})) == {"A": 50, "D": 30}
    assert awards(made(SCORES, 85, amounts={"rest": "offered", "least_useful": "35"})) == {"A": 50, "B": 35}
    least = {"B": {"least_level": 59}}  # 59 % of £60 are £35.40
    assert awards(made(SCORES, 85, amounts={"rest": "offered"}, bids=least)) == {"A": 50, "C": 35}


def test_where_the_list_stops_nobody_after_a_part_award_is_funded() -> None:
    terms = {"rest": "offered", "round_to": "20"}
    assert awards(made({**SCORES, "D": (60, 10)}, 100, amounts=terms)) == {"A": 50, "B": 40, "D": 10}
    assert awards(made({**SCORES, "D": (60, 10)}, 100, amounts=terms, on_unaffordable="stop")) == {"A": 50, "B": 40}


def test_equal_bids_that_compete_for_what_is_left_are_told_as_a_tie() -> None:
    outcome = made({"A": (90, 50), "B": (80, 40), "C": (80, 40)}, 100, amounts={"rest": "offered"})
    assert outcome.allocation is not None
    assert outcome.allocation.tied == (("A", "B", "C at 25%"), ("A", "B at 25%", "C"))
    assert differs(outcome) == []


def test_sums_taper_by_rank_as_a_table_or_a_step_says() -> None:
    table = {"by_rank": ["100%", "90%", "75.5%"]}
    assert awards(made(SCORES, 1000, amounts=table)) == {"A": 50, "B": 54, "C": 30, "D": 22}  # £30.20 and £22.65
    step = {"step": "15%", "least_share": "60%", "round_to": "1"}
    assert awards(made(SCORES, 1000, amounts=step)) == {"A": 50, "B": 51, "C": 28, "D": 18}  # D: 55 % would be £16.50


def pence(outcome: Outcome) -> dict[str, int]:
    """The pence of each award."""
    assert awards(outcome) is not None
    assert outcome.allocation is not None
    return {award.bid: award.amount for award in outcome.allocation.awards}


CUT = {"pro_rata": True}


def test_all_above_the_line_have_the_same_share_of_what_they_ask() -> None:
    # £180 are asked of £100: five ninths each. Of those with 65 points or more £150 are asked: two thirds.
    assert pence(made(SCORES, 100, amounts=CUT)) == {"A": 27_77, "B": 33_33, "C": 22_22, "D": 16_66}
    assert pence(made(SCORES, 100, amounts=CUT, minimum_score="65")) == {"A": 33_33, "B": 40_00, "C": 26_66}
    assert pence(made(SCORES, 180, amounts=CUT)) == {"A": 50_00, "B": 60_00, "C": 40_00, "D": 30_00}


def test_a_cut_begins_from_what_is_offered_and_is_rounded_once() -> None:
    # Ranks are offered £50, £54, £32 and £24, together £160; the panel gives A £45, which makes £155.
    terms = {**CUT, "by_rank": ["100%", "90%", "80%"], "panel": True, "round_to": "5"}
    assert awards(made(SCORES, 80, amounts=terms)) == {"A": 25, "B": 25, "C": 15, "D": 10}  # each halved, of £5
    assert awards(made(SCORES, 80, panel("A", "45"), amounts=terms)) == {"A": 20, "B": 25, "C": 15, "D": 10}


def test_what_is_too_little_once_cut_is_not_awarded_nor_handed_on() -> None:
    outcome = made(SCORES, 100, amounts={**CUT, "least_useful": "20"})
    assert pence(outcome) == {"A": 27_77, "B": 33_33, "C": 22_22}
    assert outcome.allocation is not None
    assert [one.explanation for one in outcome.allocation.not_awarded] == [
        "By the published shares, cut until all fit the money, it is offered £16.66, less than £20, the least of use "
        "to it."
    ]
    # What was too little before nothing was cut takes no part in the cut: of £150 two thirds.
    assert pence(made(SCORES, 100, panel("D", "5"), amounts={**CUT, "panel": True, "least_useful": "20"})) == {
        "A": 33_33, "B": 40_00, "C": 26_66,
    }  # fmt: skip


def test_the_money_of_a_theme_is_cut_to_before_that_of_the_programme() -> None:
    theme = {"id": "R2", "kind": "theme_budget", "theme": "*", "limit": "90"}
    assert awards(made(SCORES, 60, amounts=CUT, rules=[theme])) == {"A": 16, "B": 20, "C": 13, "D": 10}  # a third
    assert awards(made(SCORES, 600, amounts=CUT, rules=[theme])) == {"A": 25, "B": 30, "C": 20, "D": 15}  # a half


def test_sums_by_score_begin_at_the_edge_of_a_band_and_below_the_lowest_is_nothing() -> None:
    bands = {"by_score": [{"at_least": "80", "share": "100%"}, {"at_least": "70", "share": "50%"}]}
    outcome = made(SCORES, 1000, amounts=bands)
    assert awards(outcome) == {"A": 50, "B": 60, "C": 20}
    assert outcome.allocation is not None
    assert [(one.bid, one.reason) for one in outcome.allocation.not_awarded] == [("D", "no_sum")]


def test_a_sum_of_the_panel_goes_before_the_shares_and_leaves_money_to_the_next() -> None:
    terms = {"panel": True, "by_rank": ["100%", "90%"]}
    assert awards(made(SCORES, 100, panel("A", "40"), panel("C", "6.00"), amounts=terms)) == {"A": 40, "B": 54, "C": 6}


def test_years_share_a_sum_as_they_share_the_ask_to_the_penny() -> None:
    terms = {"by_rank": ["33.5%"]}
    outcome = made({"A": (90, 1)}, 100, amounts=terms)
    assert outcome.allocation is not None
    assert outcome.allocation.awards[0].amount == 33  # 33.5 pence, rounded down


def test_a_choice_exchanges_a_bid_and_tells_what_it_did() -> None:
    outcome = made(SCORES, 100, leave("A"), fund("D"), terms={})
    assert awards(outcome) == {"C": 40, "D": 30}
    allocation = outcome.allocation
    assert allocation is not None
    assert allocation.choice is not None
    assert (allocation.choice.gained, allocation.choice.lost) == (("D",), ("A",))
    assert [(one.theme, one.first, one.instead) for one in allocation.choice.over_first] == [("T", ("A",), ("C", "D"))]
    assert [award.bid for award in allocation.choice.by_rank.awards] == ["A", "C"]
    assert [one.code for one in outcome.findings] == ["E-ALLOC-043"]
    reasons = {one.bid: one.explanation for one in allocation.not_awarded}
    assert reasons["A"] == (
        "By rank it would have been funded. On 1 March 2027 A. Chair chose not to fund it, on the published ground "
        "“Money reaches every ward.”: The north has none."
    )


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        ({"ranks": 3}, ["E-ALLOC-043"]),
        ({"ranks": 2}, ["E-ALLOC-041"]),
        ({"points": "30"}, ["E-ALLOC-043"]),
        ({"points": "29.99"}, ["E-ALLOC-041"]),
    ],
)
def test_a_choice_reaches_as_far_as_is_published(terms: dict[str, Any], codes: list[str]) -> None:
    outcome = made(SCORES, 100, leave("A"), fund("D"), terms=terms)
    assert [one.code for one in outcome.findings] == codes
    assert set(awards(outcome)) == ({"C", "D"} if codes == ["E-ALLOC-043"] else {"A", "C"})


def test_a_choice_keeps_every_rule() -> None:
    outcome = made(SCORES, 100, leave("C"), fund("B"), terms={})
    assert [(one.code, one.message) for one in outcome.findings] == [
        ("E-ALLOC-040", "The awards as chosen break the published rule R1.")
    ]


def test_a_choice_only_adds_where_that_is_published() -> None:
    stopped = {"on_unaffordable": "stop"}  # at C, which £140 are too little for
    assert awards(made(SCORES, 140, terms={}, **stopped)) == {"A": 50, "B": 60}
    assert [one.code for one in made(SCORES, 140, fund("D"), terms={}, **stopped).findings] == ["E-ALLOC-045"]
    assert awards(made(SCORES, 140, fund("D"), terms={"adds": True}, **stopped)) == {"A": 50, "B": 60, "D": 30}


def test_a_choice_is_among_bids_that_can_be_funded_and_of_one_set_of_awards() -> None:
    low = made(SCORES, 100, leave("A"), fund("D"), terms={}, minimum_score="65")
    assert [one.code for one in low.findings] == ["E-ALLOC-042"]
    same = made(SCORES, 100, fund("A"), terms={})
    assert [one.code for one in same.findings] == ["E-ALLOC-044"]
    equal = made({"A": (90, 60), "B": (90, 60)}, 100, fund("B"), terms={}, **NO_RANKS)
    assert [one.code for one in equal.findings] == ["E-ALLOC-046"]


NO_RANKS: dict[str, Any] = {"draw_seed": ""}


def change(said: dict[str, Any], *path: str) -> None:
    """Forge what the outcome tells of a choice."""
    here: Any = said
    for key in path[:-1]:
        here = here[int(key)] if isinstance(here, list) else here[key]
    here[path[-1]] = [] if isinstance(here[path[-1]], list) else "X" if isinstance(here[path[-1]], str) else False


@pytest.mark.parametrize(
    "path",
    [
        ("choice", "gained"),
        ("choice", "lost"),
        ("choice", "over_first"),
        ("choice", "chosen", "0", "ground"),
        ("choice", "chosen", "0", "person"),
        ("choice", "chosen", "0", "before"),
        ("choice", "by_rank", "not_awarded"),
    ],
)
def test_a_choice_that_is_told_otherwise_is_found(path: tuple[str, ...]) -> None:
    outcome = made(SCORES, 100, leave("A"), fund("D"), terms={})
    assert forged(outcome, lambda said: change(said, *path)) != []


def test_a_choice_that_is_kept_quiet_is_found() -> None:
    outcome = made(SCORES, 100, leave("A"), fund("D"), terms={})
    assert "people chose, and the awards are not told as chosen." in forged(outcome, lambda said: said.pop("choice"))


def tied(order: Sequence[str], **of_bids: Mapping[str, Any]) -> tuple[int, ...]:
    """The ranks of bids of equal points under a tie-break."""
    plain = programme({"Q1": "100"}, marks=HUNDRED)
    criteria: Criteria = plain.model_copy(update={"tie_break": TieBreak(order=tuple(order), source="4")})
    evaluation = checked(criteria, dict.fromkeys(of_bids, (("50",), 100)))
    outcome = decided(criteria, _with(evaluation, (), of_bids))
    assert differs(outcome) == []
    assert outcome.scores is not None
    return outcome.scores.themes[0].ranks


def test_between_equal_bids_the_earlier_comes_first_and_the_same_minute_is_a_tie() -> None:
    times = {"A": "2027-02-26T11:58", "B": "2027-02-26T11:57:30", "C": "2027-02-26T11:58"}
    assert tied(["received"], **{bid: {"received": when} for bid, when in times.items()}) == (2, 1, 2)


def test_between_equal_bids_the_lowest_ticket_of_the_draw_comes_first() -> None:
    # SHA-256 of "7 11 19" and the bid, a line each, by sha256sum: A 7e7c…, B 4e35…, C 5187….
    assert tied(["draw"], **{bid: {"draw_seed": "7 11 19"} for bid in "ABC"}) == (3, 1, 2)
    assert tied(["received", "draw"], A={}, B={}) == (1, 1)


def random_choice(seed: int) -> Outcome:
    """A random programme with sums of awards, ties to break, and what people chose of it by dice."""
    dice = random.Random(seed)
    years = YEARS if dice.random() < 0.3 else ()
    criteria = random_criteria(dice, "" if dice.random() < 0.6 else "fixed_limits", years, later=False, scaled=False)
    if criteria.allocation is None:
        return random_choice(seed + 1_000_000)
    policy = criteria.allocation.model_copy(update={"level": (), "leftovers": False})
    order = (*dice.sample(["quality", "received"], dice.randint(0, 2)), *["draw"] * (dice.random() < 0.5))
    shares: list[dict[str, Any]] = [
        {},
        {"by_rank": ["100%", "85.5%", "60%"]},
        {"step": "12%", "least_share": "50%"},
        {"by_score": [{"at_least": "20", "share": "70%"}, {"at_least": "45", "share": "100%"}]},
    ]
    amounts = {
        **dice.choice(shares),
        "panel": True,
        "pro_rata": policy.method == "priority" and not years and dice.random() < 0.4,
        "rest": "offered" if policy.method == "priority" and not years and dice.random() < 0.7 else "kept",
        "round_to": dice.choice(["0.01", "10", "50"]),
        "least_useful": dice.choice([None, "150"]),
        "tranche": dice.choice([[], [{"when": "now", "share": "33.3%"}, {"when": "later", "share": "66.7%"}]]),
        "source": "test",
    }
    amounts["rest"] = "kept" if amounts["pro_rata"] else amounts["rest"]
    terms = {**TERMS, "ranks": dice.choice([None, 2]), "points": dice.choice([None, "15"]), "adds": dice.random() < 0.8}
    criteria = criteria.model_copy(
        update={
            "allocation": policy,
            "tie_break": TieBreak(order=order, source="test"),
            "amounts": Amounts.model_validate(amounts) if dice.random() < 0.8 else None,
            "final_choice": FinalChoice.model_validate(terms) if dice.random() < 0.6 else None,
        }
    )
    evaluation = _decided_on(dice, criteria, random_evaluation(dice, criteria, years))
    by_rank = decided(criteria, evaluation)
    chosen = _exchanged(dice, by_rank) if criteria.final_choice else ()
    return decided(criteria, replace(evaluation, decisions=(*evaluation.decisions, *chosen))) if chosen else by_rank


def _exchanged(dice: random.Random, by_rank: Outcome) -> tuple[Decision, ...]:
    """Leave out a bid that is funded, and mostly choose another of its theme, whatever its rank."""
    allocation = by_rank.allocation
    if allocation is None or not allocation.awards:
        return ()
    out = dice.choice(allocation.awards)
    others = [one.bid for one in allocation.not_awarded if one.theme == out.theme]
    return (leave(out.bid), *([fund(dice.choice(others))] if others and dice.random() < 0.8 else []))


def _decided_on(dice: random.Random, criteria: Criteria, evaluation: Evaluation) -> Evaluation:
    """Let bids come at a few times and draw, and let people decide on some of them."""
    times = ["2027-02-26T11:58", "2027-02-26T11:59", "2027-02-26T11:59:30"]
    themes = tuple(
        replace(theme, bids=tuple(replace(bid, received=dice.choice(times), draw_seed="7 11") for bid in theme.bids))
        for theme in evaluation.themes
    )
    decisions = []
    for bid in [bid for theme in themes for bid in theme.bids]:
        if criteria.amounts and dice.random() < 0.2:
            decisions.append(panel(bid.id, str(dice.randint(100, (bid.price or 0) // 100))))
    return replace(evaluation, themes=themes, decisions=tuple(decisions))


@pytest.mark.parametrize("lot", range(2))
def test_engine_and_verifier_agree_on_random_sums_draws_and_choices(lot: int) -> None:
    kinds: Counter[str] = Counter()
    for seed in range(3000 + lot * 60, 3060 + lot * 60):
        outcome = random_choice(seed)
        assert differs(outcome) == [], seed
        allocation = outcome.allocation
        kinds["choice"] += allocation is not None and allocation.choice is not None
        kinds["part"] += allocation is not None and any(award.level != "100%" for award in allocation.awards)
        if allocation is not None and criteria_bound(outcome) is not None and allocation.awards:
            assert allocation.cost <= (criteria_bound(outcome) or 0), seed
    assert kinds["choice"] > 0 < kinds["part"]


def criteria_bound(outcome: Outcome) -> int | None:
    """The lowest budget for all awards, in pence, counted apart."""
    rules = outcome.criteria.rules
    return min((int(rule.limit * 100) for rule in rules if isinstance(rule, Budget)), default=None)
