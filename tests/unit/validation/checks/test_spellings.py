"""One organisation, ward or group written in two ways is found in the register before it is counted as two."""

import pytest

from evaluator.records.findings.finding import Finding
from evaluator.validation import validate
from tests.findings.faultless_folder import Folder, add, all_of, edit, spoilt, with_column

A1, A2, B1 = ({"bid": bid} for bid in ("A1", "A2", "B1"))


def found(folder: Folder) -> tuple[Finding, ...]:
    return validate(folder.published(), folder.received())[1]


def places(folder: Folder, code: str) -> list[str]:
    return [one.source.cell for one in found(folder) if one.code == code]


def test_every_spelling_but_the_most_frequent_one_is_found_at_its_cell() -> None:
    folder = spoilt(add("register", A1, bid="X1", organisation="o1"), add("register", A1, bid="X2", organisation="O-1"))
    own = [one for one in found(folder) if one.code == "E-REG-008"]
    assert [one.source.cell for one in own] == ["C5", "C6"]
    assert own[0].message == (
        'The organisation "o1" differs from O1 (cell C2) only in capitals, spaces or signs: '
        "the two would count as two organisations."
    )


def test_of_two_spellings_used_equally_often_the_first_by_order_stands() -> None:
    assert places(
        spoilt(edit("register", A2, organisation="Q2"), edit("register", A1, organisation="q2")), "E-REG-008"
    ) == ["C2"]


def test_members_are_compared_with_leads_and_a_wide_letter_is_that_letter() -> None:
    assert places(spoilt(edit("register", A2, members="\uff2f1")), "E-REG-008") == ["D3"]


def test_organisations_that_differ_in_a_letter_or_digit_are_two() -> None:
    assert places(spoilt(edit("register", A2, members="O11")), "E-REG-008") == []


def test_a_member_or_lead_given_by_name_is_found_where_another_row_gives_its_id() -> None:
    names = all_of(with_column("register", "name", ""), edit("register", A1, name="Smith, Jones & Co"))
    assert places(spoilt(names), "E-REG-009") == []
    assert places(spoilt(names, edit("register", A2, members="Smith Jones & Co.")), "E-REG-009") == ["D3"]
    assert places(spoilt(names, edit("register", A2, organisation="Smith, Jones & Co")), "E-REG-009") == ["C3"]


def test_an_organisation_whose_id_is_its_name_is_no_mistake() -> None:
    own = all_of(with_column("register", "name", ""), edit("register", A2, organisation="Bow Trust", name="Bow Trust"))
    assert places(spoilt(own), "E-REG-009") == []


@pytest.mark.parametrize(
    ("key", "text", "cell"),
    [
        ("members", "O8, O9", "D3"),
        ("wards", "Bow East, Mile End", "J3"),
        ("organisation", "O2, O1", "C3"),
        ("organisation", "O2; O1", "C3"),
    ],
)
def test_entries_that_are_not_separated_by_semicolons_are_found(key: str, text: str, cell: str) -> None:
    assert places(spoilt(edit("register", A2, **{key: text})), "E-REG-010") == [cell]


def test_a_group_may_hold_a_comma_unless_a_part_of_it_is_another_group() -> None:
    groups = all_of(with_column("register", "groups", "carers"), edit("register", A2, groups="lone, new parents"))
    assert places(spoilt(groups), "E-REG-010") == []
    assert places(spoilt(groups, edit("register", A2, groups="Carers, parents")), "E-REG-010") == ["L3"]


@pytest.mark.parametrize("ward", ["bow east", "Bow  East", "Bow-East", "BOW EAST"])
def test_a_ward_in_another_spelling_is_found(ward: str) -> None:
    (only,) = found(spoilt(edit("register", B1, wards=f"Mile End; {ward}")))
    assert (only.code, only.source.cell) == ("E-BID-008", "J4")
    assert "differs from Bow East (cell J2)" in only.message


def test_a_group_in_another_spelling_is_found() -> None:
    groups = all_of(with_column("register", "groups", "carers"), edit("register", B1, groups="Carers"))
    assert [(one.code, one.source.cell) for one in found(spoilt(groups))] == [("E-BID-008", "L4")]


def test_a_ward_of_one_bid_that_is_one_letter_away_from_a_ward_of_several_is_a_note() -> None:
    (only,) = found(spoilt(edit("register", B1, wards="Mile Endd")))
    assert (only.code, only.severity.value, str(only.source)) == ("E-BID-009", "note", "register.xlsx Bids")
    assert '"Mile Endd" ("Mile End")' in only.message


def test_wards_with_other_numbers_or_far_apart_are_other_wards() -> None:
    assert found(spoilt(with_column("register", "wards", "Ward 1"), edit("register", B1, wards="Ward 11; Ware"))) == ()


def test_an_id_with_an_unseen_character_is_found_at_its_own_cell() -> None:
    folder = spoilt(edit("register", A2, bid="A2\u00a0"))
    (own,) = [one for one in found(folder) if one.code == "E-REG-011"]
    assert (own.source.cell, own.message) == (
        "A3",
        'The id "A2" followed by a no-break space holds a character that is easily mistaken or cannot be seen.',
    )
