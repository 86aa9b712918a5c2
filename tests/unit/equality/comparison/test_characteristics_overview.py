"""Every protected characteristic has its place, and what is not known of it is said."""

from fractions import Fraction

from evaluator.equality import assess
from evaluator.records.programme.axes import PROTECTED, AxisImpact
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import ExternalData
from tests.unit.equality.small_programmes import Programme, bid, monitoring


def axes_of(made: Programme, external: ExternalData | None = None, known: bool = True) -> dict[str, AxisImpact]:
    data = monitoring(made.replies) if known else None
    impact = assess(made.criteria, made.evaluation, made.scores, made.allocation, data, external)
    return {one.name: one for one in impact.axes}


def test_all_nine_stand_in_the_order_of_the_act_and_the_other_axes_after_them() -> None:
    names = list(axes_of(Programme({"Yes": (0, 0, 15, 15), "No": (0, 0, 15, 15)})))
    assert tuple(names[:9]) == PROTECTED
    assert {"socio-economic background", "carers", "language", "ward", "size of the organisation"} <= set(names[9:])


def test_what_nobody_asks_is_said_and_stays_unknown() -> None:
    found = axes_of(Programme({"Yes": (0, 0, 15, 15), "No": (0, 0, 15, 15)}))
    assert (found["race"].impact, found["race"].asked) == ("unknown", ())
    assert found["race"].why == "Not asked: no question of the monitoring bears on it."
    assert "first aim of the duty alone" in found["marriage and civil partnership"].why
    assert found["sex"].asked == ("Women led",)


def test_without_monitoring_every_characteristic_is_unknown() -> None:
    found = axes_of(Programme({"Yes": (0, 0, 15, 15), "No": (0, 0, 15, 15)}), known=False)
    assert {(one.impact, one.why.split(". ")[0].rstrip(".")) for one in found.values()} == {
        ("unknown", "There is no monitoring data")
    }


def test_a_question_that_nobody_was_asked_is_no_data() -> None:
    made = Programme({"Yes": (0, 0, 0, 0), "No": (0, 0, 0, 0), "Not asked": (0, 0, 20, 20)})
    sex = axes_of(made)["sex"]
    assert (sex.impact, sex.why, sex.groups) == ("unknown", "No data: no organisation was asked.", ())


def test_a_difference_beyond_chance_points_one_way_for_one_group_and_the_other_way_for_the_rest() -> None:
    sex = axes_of(Programme({"Yes": (0, 0, 60, 15), "No": (0, 0, 15, 60)}))["sex"]
    assert sex.impact == "negative"
    assert "less than its share went to Yes and more than its share went to No" in sex.why
    assert "Not a finding of discrimination" in sex.why


def test_residents_stand_with_source_and_date_even_where_nothing_is_asked() -> None:
    base = Baseline(
        "population", "age", "Residents by age", "Census", "2021-03-21", (("65 and over", Fraction(8, 100)),)
    )
    found = axes_of(Programme({"Yes": (0, 0, 15, 15), "No": (0, 0, 15, 15)}), ExternalData((base,)))
    assert found["age"].residents == ("Residents by age: 65 and over 8.0% of residents (Census; 21 March 2021)",)


def test_the_people_whom_bids_name_stand_under_their_characteristic() -> None:
    made = Programme({"Yes": (0, 0, 15, 15), "No": (0, 0, 15, 15)})
    first = made.bids[-1]
    made.bids[-1] = bid(first.id, first.organisation, 100_00, groups=("older people",))
    assert axes_of(made)["age"].served == ("older people: 1 bid, 1 recommended (£100, each award counted once)",)
