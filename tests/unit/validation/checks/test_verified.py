"""Which bids must have been verified, and for which figures: those that decide, of bids that are still in."""

import pytest

from evaluator.validation import validate
from tests.findings.faultless_folder import Change, all_of, decide, edit, publish, rule, spoilt, with_column

PEOPLE = {"column": "people", "counts": "…", "evidence": "…", "checked_by": "…", "before": "award", "source": "1"}


def unverified(*changes: Change) -> list[str]:
    folder = spoilt(with_column("register", "verified", ""), *changes)
    found = [one for one in validate(folder.published(), folder.received())[1] if one.code == "E-BID-013"]
    return [one.message.split()[3] for one in found]


def verify(column: str) -> Change:
    return publish("verification", [PEOPLE | {"column": column}])


def test_people_are_verified_in_the_themes_where_a_price_for_each_person_is_scored() -> None:
    south = publish("themes.1.price", {"method": "lowest_price_ratio", "basis": "unit_cost", "source": "1"})
    assert unverified(verify("people"), south) == ["B1"]
    assert unverified(verify("people")) == []


def test_a_bid_that_is_out_or_verified_is_not_asked_for() -> None:
    every = all_of(verify("people"), publish("price.basis", "unit_cost"))
    assert unverified(every) == ["A1", "A2", "B1"]
    assert unverified(every, decide(decision="disregard"), edit("register", {"bid": "A2"}, verified="people")) == ["B1"]


def test_who_is_no_small_organisation_has_nothing_to_show() -> None:
    kept = all_of(verify("small"), rule("small_share", least="10%"))
    assert unverified(kept, edit("register", {"bid": "A1"}, small="no")) == ["A2", "B1"]


def test_a_register_without_the_column_is_told_once() -> None:
    folder = spoilt(verify("wards"), rule("ward_floor", least=1))
    _, findings = validate(folder.published(), folder.received())
    assert [(one.code, str(one.source)) for one in findings] == [("E-REG-007", "register.xlsx Bids")]


@pytest.mark.parametrize(
    ("column", "change", "by"),
    [
        ("people", publish("price.basis", "unit_cost"), ("the price for each person",)),
        ("wards", rule("ward_floor", least=1), ("rule R1",)),
        (
            "groups",
            publish("allocation", {"method": "optimise", "tie_break": ["groups_covered"]}),
            ("the objective groups_covered",),
        ),
        (
            "people",
            publish("allocation", {"method": "optimise", "objective": ["score_by_people"]}),
            ("the objective score_by_people",),
        ),
        ("small", rule("capacity", limit="90"), ()),
    ],
)
def test_what_decides_is_a_price_a_rule_or_an_objective(column: str, change: Change, by: tuple[str, ...]) -> None:
    assert spoilt(change).published().decided_by(column) == by  # type: ignore[arg-type]
