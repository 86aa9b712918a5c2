"""What could be done: what drives a gap, and the frontier of what a floor would have cost."""

from fractions import Fraction

from evaluator.equality.data.scores_by_criterion import Points
from evaluator.records.results.studies.mitigation import OPTIONS, Driver, Floor, Mitigation
from evaluator.reporting.studies.mitigation import driver_words, frontiers, mitigation_document
from evaluator.studies.group_drivers import drivers_of
from tests.unit.equality.small_programmes import bid


def floor(level: int, score: int | None, kind: str = "group", whose: str = "carers") -> Floor:
    status = "infeasible" if score is None else "proven"
    made = Floor(kind, f"at least {level}", "2", status, score)  # type: ignore[arg-type]
    return Floor(*(getattr(made, name) for name in made.__slots__[:9]), whose, Fraction(level), Fraction(2))


def study(*floors: Floor, drivers: tuple[Driver, ...] = ()) -> Mitigation:
    return Mitigation(100, 10_000, 500, floors, (), OPTIONS, drivers)


def test_the_criteria_behind_a_gap_are_those_on_which_its_bids_earned_least_within_their_theme() -> None:
    """Carers' bid has 2 and 6 points, the two others 4 and 5 on average: 2 lower and 1 higher, 1 lower in all."""
    points = {"A": ("2", "6"), "B": ("3", "5"), "C": ("5", "5")}
    quality = {one: dict(zip(("Q1", "Q2"), map(Fraction, two), strict=True)) for one, two in points.items()}
    known = Points(quality, {}, {"Q1": "Need", "Q2": "Reach"}, dict.fromkeys("ABC", "advice"))
    bids = [bid("A", "O1", groups=("carers",)), bid("B", "O2"), bid("C", "O3")]
    (carers,) = drivers_of(["carers", "nobody"], bids, frozenset("B"), {"Gate: Insurance": bids[:2]}, known)
    assert carers == Driver("carers", 1, 0, (("Gate: Insurance", 1, 2),), (("Need", Fraction(-2)),), Fraction(-1))
    assert driver_words(carers) == (
        "Gate: Insurance: 1 of its bids, 2 of all",
        "Need -2.00 (all criteria together -1.00)",
    )


def test_a_frontier_starts_at_what_is_recommended_and_leaves_out_what_no_set_reaches() -> None:
    (one,) = frontiers(study(floor(3, 9_000), floor(4, 8_000), floor(5, None)))
    assert [(mark.stage, mark.share, mark.empty) for mark in one.points] == [
        ("2", "0", False),
        ("3", "10", True),
        ("4", "20", True),
    ]
    assert [(mark.x, mark.y) for mark in one.points] == [("34", "124"), ("170", "82"), ("306", "40")]
    assert one.title == "Awards for carers: 4 instead of 2 costs 20 points"


def test_a_floor_that_costs_nothing_is_drawn_flat() -> None:
    (one,) = frontiers(study(floor(3, 10_000)))
    assert len({mark.y for mark in one.points}) == 1


def test_what_may_be_done_now_never_touches_a_score_and_each_option_says_whom_and_what_it_costs() -> None:
    now = [one for one in OPTIONS if one.when == "now"]
    assert not any("floor" in one.words.casefold() or "lots" in one.words.casefold() for one in now)
    assert all(one.whom and one.costs and one.why for one in OPTIONS)


def test_the_drivers_stand_in_the_document_for_machines_as_exact_fractions() -> None:
    driver = Driver("carers", 3, 1, (), (("Need", Fraction(-1, 3)),), Fraction(1, 7))
    (told,) = mitigation_document(study(drivers=(driver,)))["drivers"]  # type: ignore[misc]
    assert (told["lowest_points"], told["all_points"]) == ([{"criterion": "Need", "points": "-1/3"}], "1/7")
