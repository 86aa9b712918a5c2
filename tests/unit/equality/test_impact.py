"""The stage as a whole, on tables worked by hand."""

from fractions import Fraction

import pytest

from evaluator.equality import assess
from evaluator.equality.statistics.chance import LEVEL
from evaluator.equality.statistics.stratified import cmh_mid_p
from evaluator.records.results.equality import CharacteristicImpact, EqualityImpact, GroupLine, Wording
from evaluator.records.submissions.received import Table
from tests.unit.equality.small_programmes import (
    FAILED,
    NOT_RECOMMENDED,
    RECOMMENDED,
    Programme,
    allocation,
    bid,
    criteria,
    evaluation,
    monitoring,
    scores,
)


def assessed(programme: Programme) -> EqualityImpact:
    p = programme
    return assess(p.criteria, p.evaluation, p.scores, p.allocation, p.monitoring)


def line(impact: EqualityImpact, group: str) -> GroupLine:
    return {one.group: one for one in impact.characteristics[0].lines}[group]


# By hand: 100 bids of £100 and 40 awards. Women lead 40 bids and 10 of the awards; the others 60 and 30.
#   share of awards 10/40 = 1/4, share of bids 40/100 = 2/5, ratio 5/8; expected 2/5 x 40 = 16, so 6 short, £600.
#   others: 30/40 over 60/100 = 5/4; expected 24, 6 more.
HAND = {"Yes": (0, 0, 30, 10), "No": (0, 0, 30, 30)}


def test_the_hand_worked_table_comes_out_as_by_hand() -> None:
    impact = assessed(Programme(HAND))
    women, others = line(impact, "Yes"), line(impact, "No")
    assert [f.bids for f in women.figures] == [40, 40, 40, 40, 10]
    assert [f.money for f in women.figures] == [*[4000_00] * 4, 1000_00]
    assert (women.organisations, women.rate) == (40, Fraction(1, 4))
    assert (women.ratio, women.shortfall, women.money_shortfall) == (Fraction(5, 8), 6, 600_00)
    assert (others.ratio, others.shortfall, others.money_shortfall) == (Fraction(5, 4), -6, -600_00)
    assert (women.below_four_fifths, others.below_four_fifths) == (True, False)
    # Fisher's p of 10 or fewer of 40 by hypergeometric chance is about 0.01, so even the two together are unlikely.
    assert women.wording is others.wording is Wording.UNLIKELY_CHANCE


def test_the_totals_are_all_bids_at_each_stage() -> None:
    impact = assessed(Programme(HAND))
    assert [(f.stage, f.bids, f.money) for f in impact.totals] == [
        ("received", 100, 10_000_00),
        ("passed_gates", 100, 10_000_00),
        ("above_minimum", 100, 10_000_00),
        ("fundable", 100, 10_000_00),
        ("recommended", 40, 4_000_00),
    ]
    assert impact.organisations == 100


def test_a_difference_that_chance_could_explain_is_called_so() -> None:
    impact = assessed(Programme({"Yes": (0, 0, 26, 14), "No": (0, 0, 34, 26)}))
    assert line(impact, "Yes").shortfall == 2
    assert line(impact, "Yes").wording is Wording.COULD_BE_CHANCE


def test_less_than_one_award_is_too_few_to_tell() -> None:
    impact = assessed(Programme({"Yes": (0, 0, 24, 16), "No": (0, 0, 36, 24)}))
    assert line(impact, "Yes").shortfall == 0
    assert line(impact, "Yes").wording is Wording.TOO_FEW


def test_a_group_so_small_that_no_result_could_tell_is_too_few() -> None:
    # 4 bids, 40 in all, 20 awards: none of 20 awards going to the 4 has probability 0.053. Threshold 1 shows it.
    impact = assessed(Programme({"Yes": (0, 0, 4, 0), "No": (0, 0, 16, 20)}, threshold=1))
    assert line(impact, "Yes").shortfall == 2
    assert line(impact, "Yes").wording is Wording.TOO_FEW


def test_the_more_groups_are_shown_the_rarer_a_result_has_to_be() -> None:
    others = dict.fromkeys("BCDEFGH", (0, 0, 40, 20))
    impact = assessed(Programme({"A": (0, 0, 49, 11), **others}))
    assert cmh_mid_p([[[11, 49], [140, 280]]]) < LEVEL  # 0.021, but one of eight that are shown
    assert line(impact, "A").wording is Wording.COULD_BE_CHANCE


def test_a_small_group_is_withheld_with_all_that_follows_from_it() -> None:
    impact = assessed(Programme({"Yes": (0, 0, 4, 2), "No": (0, 0, 30, 30), "Mixed": (0, 0, 40, 30)}))
    women = line(impact, "Yes")
    assert {f.bids for f in women.figures} == {f.money for f in women.figures} == {None}
    assert (women.organisations, women.rate, women.ratio, women.shortfall) == (None, None, None, None)
    assert women.wording is Wording.NOT_SHOWN
    assert line(impact, "No").wording is Wording.NOT_SHOWN  # it hides the smaller one
    assert line(impact, "Mixed").figures[0].bids == 70
    assert impact.characteristics[0].withheld[0].startswith("Withheld at every stage: Yes; No.")
    assert [figures.bids for figures in impact.characteristics[0].together] == [66, 66, 66, 66, 32]


def test_money_is_withheld_where_one_bid_is_so_large_that_sums_tell() -> None:
    programme = Programme(HAND)
    giant = programme.bids[-1]
    programme.bids[-1] = bid(giant.id, giant.organisation, 1_000_000_00)
    women = line(assessed(programme), "Yes")
    assert women.figures[0].bids == 40
    assert {f.money for f in women.figures} == {None}
    assert women.money_shortfall is None
    assert women.shortfall == 6


def test_without_monitoring_the_run_completes_and_the_gap_is_said() -> None:
    p = Programme(HAND)
    impact = assess(p.criteria, p.evaluation, p.scores, p.allocation, None)
    assert impact.characteristics == ()
    assert "no equality monitoring data" in impact.gaps[0]
    assert impact.totals[4].bids == 40


def test_without_an_equality_plan_nothing_is_asked_and_the_gap_is_said() -> None:
    p = Programme(HAND)
    bare = p.criteria.model_copy(update={"equality": None})
    impact = assess(bare, p.evaluation, p.scores, p.allocation, p.monitoring)
    assert (impact.characteristics, impact.threshold) == ((), 10)
    assert "ask no monitoring questions" in impact.gaps[0]


def test_nobody_awarded_leaves_no_ratio_and_says_so() -> None:
    impact = assessed(Programme({"Yes": (0, 0, 40, 0), "No": (0, 0, 40, 0)}))
    assert line(impact, "Yes").figures[4].bids == 0
    assert (line(impact, "Yes").ratio, line(impact, "Yes").wording) == (None, Wording.TOO_FEW)
    assert any("No award is recommended" in gap for gap in impact.gaps)


def test_no_bids_at_all_give_a_summary_of_noughts() -> None:
    impact = assessed(Programme({"Yes": (0, 0, 0, 0)}))
    assert [f.bids for f in impact.totals] == [0, 0, 0, 0, 0]
    assert line(impact, "Yes").wording is Wording.TOO_FEW


def lines_of(replies: list[tuple[str, ...]], **more: object) -> CharacteristicImpact:
    """Three bids of O1 and one each of O2 and O3, with threshold 1."""
    bids = [bid("B1", "O1"), bid("B2", "O1"), bid("B3", "O1"), bid("B4", "O2", None), bid("B5", "O3", members=("O9",))]
    outcomes = {"B1": FAILED, "B2": NOT_RECOMMENDED, "B3": RECOMMENDED, "B4": RECOMMENDED, "B5": RECOMMENDED}
    table = monitoring(replies, **more)  # type: ignore[arg-type]
    impact = assess(
        criteria(1), evaluation(bids, ["B1"]), scores(outcomes), allocation({"B3": 1, "B4": 2, "B5": 3}), table
    )
    return impact.characteristics[0]


def received(impact: CharacteristicImpact) -> dict[str, tuple[int | None, int | None]]:
    """Bids and organisations by reply, without the noughts."""
    return {one.group: (one.figures[0].bids, one.organisations) for one in impact.lines if one.figures[0].bids}


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        ([("O1", "Yes"), ("O2", "No"), ("O3", "Yes")], {"Yes": (4, 2), "No": (1, 1)}),
        ([("O1", " yes "), ("O2", "NO"), ("O3", "")], {"Yes": (3, 1), "No": (1, 1), "No reply": (1, 1)}),
        (
            [("O1", "Prefer not to say"), ("O2", "Not asked")],
            {"Prefer not to say": (3, 1), "Not asked": (1, 1), "Not known": (1, 1)},
        ),
        ([("O1", "Perhaps"), ("O2", "Yes"), ("O3", "Yes")], {"Yes": (2, 2), "Not known": (3, 1)}),
        ([("O1", "Yes"), ("O1", "No"), ("O2", "Yes"), ("O2", "Yes")], {"Yes": (1, 1), "Not known": (4, 2)}),
        ([("O9", "Yes"), ("O8", "No")], {"Not known": (5, 3)}),
    ],
)
def test_every_reply_is_counted_once_and_a_wrong_one_is_not_known(
    replies: list[tuple[str, ...]], expected: dict[str, tuple[int, int]]
) -> None:
    assert received(lines_of(replies)) == expected


def test_a_characteristic_without_a_column_was_not_asked() -> None:
    assert received(lines_of([("O1", "Yes")], columns=("another",))) == {"Not asked": (5, 3)}


def test_everyone_not_asked_is_shown_because_it_tells_nothing() -> None:
    p = Programme(HAND)
    impact = assess(p.criteria, p.evaluation, p.scores, p.allocation, monitoring([], ()))
    assert line(impact, "Not asked").figures[0].bids == 100
    assert "Women led: no answer for 100 bids (not asked 100)." in impact.gaps


def test_monitoring_without_rows_shows_that_nothing_is_known() -> None:
    p = Programme(HAND)
    impact = assess(p.criteria, p.evaluation, p.scores, p.allocation, monitoring([]))
    assert line(impact, "Not known").figures[0].bids == 100
    assert "Women led: no answer for 100 bids (not known 100)." in impact.gaps


def test_a_line_that_the_notes_give_away_hides_no_other() -> None:
    # 11 rows are missing, and named in a note: without them nothing would hide the four replies of "Yes".
    programme = Programme({"Yes": (0, 0, 4, 0), "No": (0, 0, 30, 30), "Mixed": (0, 0, 30, 30), "Gone": (0, 0, 20, 20)})
    left = monitoring([row for row in programme.replies if row[1] != "Gone"])
    p = programme
    impact = assess(p.criteria, p.evaluation, p.scores, p.allocation, left)
    assert line(impact, "Yes").figures[0].bids is None
    assert line(impact, "Mixed").figures[0].bids is None or line(impact, "No").figures[0].bids is None


def test_a_cell_that_could_not_be_read_is_not_known() -> None:
    table = monitoring([("O1", "Yes")])
    faulty = Table(table.columns, table.blocks, frozenset({(0, "women_led")}))
    p = criteria(1)
    impact = assess(p, evaluation([bid("B1", "O1")]), scores({"B1": NOT_RECOMMENDED}), allocation({}), faulty)
    assert received(impact.characteristics[0]) == {"Not known": (1, 1)}


def test_a_published_value_that_means_no_answer_is_not_a_group() -> None:
    p = criteria(1, ("Yes", "Prefer not to say"))
    table = monitoring([("O1", "prefer not to say")])
    impact = assess(p, evaluation([bid("B1", "O1")]), scores({"B1": NOT_RECOMMENDED}), allocation({}), table)
    assert [one.group for one in impact.characteristics[0].lines if one.kind == "group"] == ["Yes"]
    assert line(impact, "Prefer not to say").figures[0].bids == 1


def test_protected_characteristics_that_nobody_asks_about_are_named() -> None:
    p = Programme(HAND)
    gaps = " ".join(assessed(p).gaps)
    assert "age, disability, gender reassignment, marriage and civil partnership, pregnancy and maternity, race" in gaps
    asked = criteria(10, ("Yes",), ("age_of_leaders", "ethnicity", "lgbt_led", "faith", "disabled_led"))
    impact = assess(asked, p.evaluation, p.scores, p.allocation, p.monitoring)
    assert any("asks about marriage and civil partnership, pregnancy and maternity (Eq" in gap for gap in impact.gaps)


def test_the_age_of_an_organisation_is_not_the_age_of_people() -> None:
    p = Programme(HAND)
    asked = criteria(10, ("Yes",), ("age_of_the_organisation",))
    assert asked.equality is not None
    about = [one.model_copy(update={"about": "organisation"}) for one in asked.equality.characteristic]
    plan = asked.equality.model_copy(update={"characteristic": tuple(about)})
    impact = assess(asked.model_copy(update={"equality": plan}), p.evaluation, p.scores, p.allocation, p.monitoring)
    assert any("asks about age," in gap for gap in impact.gaps)


def test_coverage_counts_each_ward_that_a_bid_names_and_those_it_names_alone() -> None:
    bids = [
        bid("B1", "O1", wards=("Bow", "Poplar"), groups=("young people",)),
        bid("B2", "O2", wards=("Bow", "Bow")),
        bid("B3", "O3", wards=("Wapping",)),
    ]
    outcomes = {"B1": RECOMMENDED, "B2": RECOMMENDED, "B3": NOT_RECOMMENDED}
    impact = assess(criteria(), evaluation(bids), scores(outcomes), allocation({"B1": 100, "B2": 50}), None)
    found = {one.name: (one.bids, one.bids_only, one.awards, one.awards_only, one.money) for one in impact.wards}
    assert found == {"Bow": (2, 1, 2, 1, 150), "Poplar": (1, 0, 1, 0, 100), "Wapping": (1, 1, 0, 0, 0)}
    assert [one.name for one in impact.groups] == ["young people"]


def test_a_stage_at_which_few_dropped_out_is_not_named_as_the_driver() -> None:
    # All eight bids that fail a gate are of one group; the award report names the eight.
    programme = Programme({"Yes": (8, 0, 40, 30), "No": (0, 0, 20, 80)})
    impact = assess(
        programme.criteria, programme.evaluation, programme.scores, programme.allocation, programme.monitoring
    )
    line = impact.characteristics[0].lines[0]
    assert (line.wording, line.figures[1].bids) == (Wording.UNLIKELY_CHANCE, None)
    assert line.drivers == (  # no bid of this programme has a rank, so there is no list to stand low in
        "Which stage makes the gap is not said: the numbers there are withheld, and its name would tell them.",
    )


@pytest.mark.parametrize(("organisations", "shown"), [(59, False), (60, True), (61, True)])
def test_money_is_shown_from_six_times_the_threshold_of_organisations(organisations: int, *, shown: bool) -> None:
    impact = assessed(Programme({"Yes": (0, 0, 15, 15), "No": (0, 0, 15, organisations - 45)}))
    assert line(impact, "Yes").figures[0].bids == 30
    assert (line(impact, "Yes").figures[0].money is not None) is shown


@pytest.mark.parametrize(
    ("published", "for_the_panel", "used"), [(10, None, 5), (5, None, 5), (4, None, 4), (10, 7, 7), (4, 6, 6)]
)
def test_the_panel_sees_from_five_organisations_unless_the_criteria_say_otherwise(
    published: int, for_the_panel: int | None, used: int
) -> None:
    p = Programme(HAND, threshold=published)
    assert p.criteria.equality is not None
    plan = p.criteria.equality.model_copy(update={"panel_threshold": for_the_panel})
    with_plan = p.criteria.model_copy(update={"equality": plan})
    found = assess(with_plan, p.evaluation, p.scores, p.allocation, p.monitoring, edition="panel")
    assert found.threshold == used
