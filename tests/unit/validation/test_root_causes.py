"""Findings that follow from another, rows that add up a table, and empty cells: what an officer is told to do."""

from evaluator.records.findings.finding import Finding
from evaluator.validation import validate
from tests.findings.faultless_folder import Folder, add, decide, drop, edit, price, spoilt

MARK = {"evaluator": "E1", "bid": "A1", "question": "C1"}
A1 = {"bid": "A1"}


def found(folder: Folder) -> tuple[Finding, ...]:
    return validate(folder.published(), folder.received())[1]


def codes(folder: Folder) -> list[str]:
    return [one.code for one in found(folder)]


def test_an_average_under_a_table_is_one_finding_and_the_rows_below_keep_their_place() -> None:
    folder = spoilt()
    rows = folder.rows("marks")
    rows.insert(3, {"bid": "", "question": " Average", "evaluator": "E1", "mark": "4.0", "reason": ""})
    rows[4]["mark"] = "9"
    assert [(one.code, str(one.source)) for one in found(folder)] == [
        ("E-ROW-001", "returns/E1.xlsx Marks!B8"),
        ("E-MARK-004", "returns/E1.xlsx Marks!C9"),
    ]


def test_a_total_under_the_register_is_one_finding_wherever_it_says_so() -> None:
    blank = {"theme": "", "organisation": "", "wards": "", "small": "", "gate:cover": ""}
    for texts in ({"bid": "TOTAL"}, {"bid": "", "theme": "Grand total:"}, {"bid": " ", "organisation": "Mean"}):
        assert codes(spoilt(add("register", A1, **blank | texts))) == ["E-ROW-001"], texts


def test_a_bid_or_a_mark_of_a_bid_is_never_taken_for_a_total() -> None:
    assert codes(spoilt(add("marks", MARK, question="Average"))) == ["E-MARK-007"]
    assert "E-ROW-001" not in codes(spoilt(add("register", A1, bid="TOTAL-1")))
    assert "E-ROW-001" not in codes(spoilt(edit("register", A1, organisation="Total Care")))


def test_a_register_of_nothing_but_a_total_has_no_bids_in_it() -> None:
    folder = spoilt(drop("register", bid="A2"), drop("register", bid="B1"), edit("register", A1, bid="Sum"))
    assert codes(folder) == ["E-REG-002", "E-ROW-001"]


def test_empty_cells_are_said_to_be_empty_and_not_unknown() -> None:
    messages = [one.message for one in found(spoilt(add("marks", MARK, question="", bid="A7")))]
    assert messages == [
        'This mark is for "A7", which is not a bid in the register.',
        "This row for A7 does not say which question it is about.",
    ]
    folder = spoilt(add("register", A1, bid="", theme=""))
    assert [one.message for one in found(folder)] == [
        "This row of the register has no bid id.",
        "The bid in row 5 does not say which theme it is for.",
    ]


def test_marks_are_not_asked_for_a_bid_whose_decision_is_yet_unclear() -> None:
    marks = drop("marks", bid="A1"), drop("consensus", bid="A1")
    assert codes(spoilt(*marks, decide(decision="Reject"))) == ["E-DEC-002"]
    assert "E-RET-003" in codes(spoilt(*marks, decide()))


def test_the_bid_is_named_whose_id_a_spreadsheet_turned_into_a_number() -> None:
    folder = spoilt(add("register", A1, bid="B047"), add("register", A1, bid="ORG-0048"))
    for bid, meant in (("47", "B047"), ("48", "ORG-0048"), ("1", "")):  # both A1 and B1 are number 1
        add("marks", MARK, bid=bid)(folder)
        hint = f" Did you mean {meant}?" if meant else ""
        said = f'This mark on C1 is for "{bid}", which is not a bid in the register.{hint}'
        assert said in [one.message for one in found(folder)]


def test_a_price_beyond_belief_makes_no_other_price_low() -> None:
    assert codes(spoilt(price("A2", y2027="1000000000.01"))) == ["E-PRICE-007"]
    assert codes(spoilt(price("A1", y2027="1000000000"), price("A2", y2027="999999999"))) == []


SENTENCE = "First mend what is listed for {}: this may follow from it."


def told(folder: Folder, file: str) -> list[str]:
    return [one.code for one in found(folder) if one.remedy.endswith(SENTENCE.format(file))]


def test_marks_of_a_bid_whose_row_in_the_register_has_no_id_are_not_told_of_beside_it() -> None:
    assert codes(spoilt(edit("register", A1, bid=""))) == ["E-REG-003"]


def test_findings_that_may_follow_from_an_id_that_stands_twice_say_so_and_the_cause_does_not() -> None:
    folder = spoilt(edit("register", A1, bid="A2"))
    follow = [code for code in codes(folder) if code != "E-REG-004"]
    assert set(follow) == {"E-MARK-008", "E-CONS-008"}
    assert told(folder, "register.xlsx") == follow


def test_findings_without_a_cause_in_the_register_say_nothing_of_it() -> None:
    assert told(spoilt(drop("marks", **MARK)), "register.xlsx") == []
    assert told(spoilt(edit("marks", MARK, mark="9"), edit("register", A1, bid="A1\u00a0")), "register.xlsx") != []
    assert "E-MARK-004" not in told(
        spoilt(edit("marks", MARK, mark="9"), edit("register", A1, bid="A9 ")), "register.xlsx"
    )


def test_an_id_that_reading_refused_is_a_cause_too_and_no_other_cell_is_told_of_it() -> None:
    folder = spoilt(edit("register", A1, bid=""))
    folder.faults.add(("register", 0, "bid"))
    assert codes(folder) == []


def test_a_missing_return_may_follow_from_a_row_of_the_panel() -> None:
    folder = spoilt(add("panel", {"evaluator": "E1", "theme": "north"}, theme="East"), drop("marks", evaluator="E2"))
    assert told(folder, "declarations.xlsx") == ["E-RET-002"]


def test_an_evaluator_in_other_capitals_is_one_finding_and_the_declaration_another() -> None:
    folder = spoilt()
    for row in folder.rows("marks"):
        row["evaluator"] = row["evaluator"].replace("E2", "e2")
    (only,) = found(folder)
    assert (only.code, str(only.source)) == ("E-RET-006", "returns/e2.xlsx Evaluator!B3")
    assert only.message.startswith('These marks are from "e2", and the panel has E2:')
    folder.csv = True
    assert [str(one.source) for one in found(folder)] == ["marks.csv C10"]
    edit("interests", {"evaluator": "E2"}, evaluator="e2")(folder)
    assert sorted(codes(folder)) == ["E-INT-002", "E-MARK-015", "E-RET-006"]
    assert "Did you mean E2?" in next(one.message for one in found(folder) if one.code == "E-INT-002")
