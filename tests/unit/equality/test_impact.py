"""The stage as a whole, on tables worked by hand."""

from dataclasses import replace

import pytest

from evaluator.equality import assess
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.allocation import MethodResult
from evaluator.records.results.equality import Band, CharacteristicImpact, Differing, EqualityImpact
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

# By hand: 100 organisations with a bid of £100 each and 40 awards; women lead 40 and 10 of those with an award.
HAND = {"Yes": (0, 0, 30, 10), "No": (0, 0, 30, 30)}


def assessed(programme: Programme, few: int = 3, **keys: object) -> EqualityImpact:
    p = programme
    return assess(planned(p.criteria, few=few, **keys), p.evaluation, p.scores, p.allocation, p.monitoring)


def planned(made: Criteria, **keys: object) -> Criteria:
    assert made.equality is not None
    return made.model_copy(update={"equality": made.equality.model_copy(update=keys)})


def only(impact: EqualityImpact) -> CharacteristicImpact:
    (one,) = impact.characteristics
    return one


def test_the_hand_worked_table_comes_out_as_by_hand() -> None:
    one = only(assessed(Programme(HAND)))
    assert [(g.group, g.organisations, g.funded) for g in one.groups] == [
        ("Yes", Band(40, 40), Band(10, 10)),
        ("No", Band(60, 60), Band(30, 30)),
    ]
    assert (one.own_rung, one.width, one.why) == (True, 1, "")
    # Twice the chance of 10 or fewer of 40 where 40 of 100 have an award is 0.0204: within 0.05 / 2 groups.
    assert one.public_statement == "unlikely_chance"
    assert one.differing == (Differing("Yes", "fewer"), Differing("No", "more"))


def test_no_award_at_all_to_a_large_group_is_unlikely_to_be_chance_though_the_figure_is_not_told() -> None:
    """35 bids and 10 awards, 25 of the organisations led by women and none of the awards: the case of the issue."""
    one = only(assessed(Programme({"Yes": (0, 0, 25, 0), "No": (0, 0, 0, 10)})))
    assert (one.groups[0].organisations, one.groups[0].funded) == (Band(25, 25), Band(0, 2))
    assert (one.public_statement, one.differing[0]) == ("unlikely_chance", Differing("Yes", "fewer"))


def test_an_even_table_in_figures_shows_no_sign() -> None:
    assert only(assessed(Programme({"Yes": (0, 0, 24, 16), "No": (0, 0, 36, 24)}))).public_statement == "no_sign"


def test_what_bands_leave_open_is_too_little_to_tell() -> None:
    one = only(assessed(Programme({"Yes": (0, 0, 24, 10), "No": (0, 0, 36, 24)}), bands=(10,)))
    assert (one.width, one.public_statement) == (10, "too_little_to_tell")


def test_replies_that_nobody_gave_decide_nothing() -> None:
    p = Programme(HAND)
    offered = planned(p.criteria, few=3)
    assert offered.equality is not None
    (axis,) = offered.equality.characteristic
    more = axis.model_copy(update={"values": (*axis.values, "Neither", "Mixed")})
    wider = planned(offered, characteristic=(more,))
    impact = assess(wider, p.evaluation, p.scores, p.allocation, p.monitoring)
    assert [group.organisations for group in only(impact).groups][2:] in ([], [Band(0, 2), Band(0, 2)])
    assert impact.level * 4 == assessed(p).level * 2  # by what was published, not by what was replied


def test_without_monitoring_the_run_completes_and_the_gap_is_said() -> None:
    p = Programme(HAND)
    impact = assess(p.criteria, p.evaluation, p.scores, p.allocation, None)
    assert [one.public_statement for one in impact.characteristics] == ["not_asked"]
    assert "no equality monitoring data" in impact.gaps[0]
    assert impact.totals[4].bids == 40


@pytest.mark.parametrize("columns", [(), ("women_led",)])
def test_a_question_that_nobody_was_asked_is_said_to_be_so(columns: tuple[str, ...]) -> None:
    p = Programme(HAND)
    rows = [(name, *(["Not asked"] if columns else [])) for name, _ in p.replies]
    impact = assess(p.criteria, p.evaluation, p.scores, p.allocation, monitoring(rows, columns))
    assert only(impact).public_statement == "not_asked"
    assert "Nobody was asked: Women led." in impact.gaps


def test_organisations_without_a_row_are_in_no_figure_since_a_note_names_them() -> None:
    p = Programme(HAND)
    rows = monitoring(p.replies[5:])
    impact = assess(planned(p.criteria, few=3), p.evaluation, p.scores, p.allocation, rows)
    assert len(impact.no_row) == 5
    assert only(impact).groups[0].organisations == Band(35, 35)


def test_nobody_awarded_leaves_nothing_to_compare_and_says_so() -> None:
    impact = assessed(Programme({"Yes": (0, 0, 40, 0), "No": (0, 0, 40, 0)}))
    assert only(impact).public_statement == "too_little_to_tell"
    assert {group.funded for group in only(impact).groups} == {None}
    assert any("No award is recommended" in gap for gap in impact.gaps)


def test_no_bids_at_all_give_a_summary_of_noughts() -> None:
    impact = assessed(Programme({"Yes": (0, 0, 0, 0)}))
    assert [f.bids for f in impact.totals] == [0, 0, 0, 0, 0]


def replied(replies: list[tuple[str, ...]], words: dict[str, str] | None = None) -> dict[str, int]:
    """Count organisations by reply as a public register would have them: exactly, each once."""
    bids = [bid("B1", "O1"), bid("B2", "O1"), bid("B3", "O1"), bid("B4", "O2", None), bid("B5", "O3", members=("O9",))]
    outcomes = {"B1": FAILED, "B2": NOT_RECOMMENDED, "B3": RECOMMENDED, "B4": RECOMMENDED, "B5": RECOMMENDED}
    asked = criteria(1)
    assert asked.equality is not None
    (axis,) = asked.equality.characteristic
    open_to_all = planned(asked, characteristic=(axis.model_copy(update={"on_register": True, "words": words or {}}),))
    found = (evaluation(bids, ["B1"]), scores(outcomes), allocation({"B3": 1, "B4": 2, "B5": 3}), monitoring(replies))
    one = only(assess(open_to_all, *found))
    counts = {group.group: group.organisations.least for group in one.groups if group.organisations.most}
    return counts | ({"": one.no_answer.least} if one.no_answer and one.no_answer.most else {})


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        ([("O1", "Yes"), ("O2", "No"), ("O3", "Yes")], {"Yes": 2, "No": 1}),
        ([("O1", " yes "), ("O2", "NO"), ("O3", "")], {"Yes": 1, "No": 1, "": 1}),
        ([("O1", "Prefer not to say"), ("O2", "Not asked"), ("O3", "Yes")], {"Yes": 1, "": 2}),
        ([("O1", "Perhaps"), ("O2", "Yes"), ("O3", "Yes")], {"Yes": 2, "": 1}),
        ([("O1", "Yes"), ("O1", "No"), ("O2", "Yes"), ("O2", "Yes")], {"Yes": 1, "": 1}),
    ],
)
def test_every_reply_is_counted_once_and_a_wrong_one_is_no_answer(
    replies: list[tuple[str, ...]], expected: dict[str, int]
) -> None:
    assert replied(replies) == expected


def test_free_words_count_as_the_reply_for_which_the_criteria_publish_them() -> None:
    assert replied([("O1", "Aye"), ("O2", " aye "), ("O3", "nay")], {"aye": "Yes"}) == {"Yes": 2, "": 1}


def test_a_cell_that_could_not_be_read_is_no_answer() -> None:
    table = monitoring([("O1", "Yes")])
    faulty = Table(table.columns, table.blocks, frozenset({(0, "women_led")}))
    p = criteria(1)
    impact = assess(p, evaluation([bid("B1", "O1")]), scores({"B1": NOT_RECOMMENDED}), allocation({}), faulty)
    assert only(impact).public_statement == "too_little_to_tell"


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


def test_without_an_equality_plan_nothing_is_asked_and_the_gap_is_said() -> None:
    p = Programme(HAND)
    bare = p.criteria.model_copy(update={"equality": None})
    impact = assess(bare, p.evaluation, p.scores, p.allocation, p.monitoring)
    assert (impact.characteristics, impact.few) == ((), 10)
    assert "ask no monitoring questions" in impact.gaps[0]


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


def test_words_for_groups_served_are_counted_under_the_published_one() -> None:
    bids = [bid("B1", "O1", groups=("families",)), bid("B2", "O2", groups=("new parents", "Parents"))]
    outcomes = {"B1": RECOMMENDED, "B2": NOT_RECOMMENDED}
    asked = planned(criteria(), words={"families": "Parents", "New parents": "Parents"})
    both = MethodResult("priority", published=False, decided=True, awards=2, gained=("B2",))
    told = replace(allocation({"B1": 100}), methods=(both,))
    impact = assess(asked, evaluation(bids), scores(outcomes), told, None)
    assert [(one.name, one.bids, one.awards) for one in impact.groups] == [("Parents", 2, 1)]
    assert [(one.groups, one.by_group) for one in impact.candidates] == [(1, (("Parents", 2),))]
