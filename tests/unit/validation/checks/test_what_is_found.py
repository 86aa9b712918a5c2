"""What findings say, and what is not found twice, too early or too often."""

from dataclasses import replace
from fractions import Fraction

import pytest

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import PricePolicy
from evaluator.validation import CHECKS, validate
from evaluator.validation.checks.consensus import says_why
from evaluator.validation.checks.decided.decisions_needed import odd_prices
from evaluator.validation.row_findings import shown
from tests.findings.faultless_folder import Folder, add, decide, drop, edit, price, publish, spoilt, without_table

MARK = {"evaluator": "E1", "bid": "A1", "question": "C1"}


def found(folder: Folder) -> tuple[Finding, ...]:
    return validate(folder.published(), folder.received())[1]


def codes(folder: Folder) -> list[str]:
    return [finding.code for finding in found(folder)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("4\u00a0", '"4" followed by a no-break space'),
        (" 4", 'a space before "4"'),
        ("4\u200b\n", '"4" followed by a zero width space and a line break'),
        ("３", '"３" (fullwidth digit three)'),
        ("−1", '"−1" (minus sign)'),
        ("\u202e", "only a right-to-left override"),
        ("\u00a0", "only a no-break space"),
        ("4\x07", '"4" followed by a character U+0007'),
        ("4\u00a05", '"4\u00a05" (a no-break space)'),
        ("3,5", '"3,5"'),
        ("Zoë's", '"Zoë\'s"'),
        ("", "an empty cell"),
    ],
)
def test_what_the_eye_cannot_tell_is_named(text: str, words: str) -> None:
    assert shown(text) == words


def test_a_long_text_is_shown_in_part() -> None:
    assert shown("x" * 500) == '"' + "x" * 60 + '…"'


@pytest.mark.parametrize("text", ["3,5", "1e0", "4 ", " 4", "٤", "4%", "=4", "+4", ".5", "four", "4.", "½"])
def test_a_mark_that_is_not_plain_is_not_read(text: str) -> None:
    assert codes(spoilt(edit("marks", MARK, mark=text))) == ["E-MARK-003"]


@pytest.mark.parametrize("text", ["6", "-1", "3.5", "4.01", "40"])
def test_a_number_that_is_not_on_the_scale_is_no_mark(text: str) -> None:
    assert codes(spoilt(edit("marks", MARK, mark=text))) == ["E-MARK-004"]


@pytest.mark.parametrize("text", ["4.0", "4.000", "04"])
def test_another_way_of_writing_a_mark_is_that_mark(text: str) -> None:
    assert codes(spoilt(edit("marks", MARK, mark=text))) == []


@pytest.mark.parametrize("text", ["12 000", "12,50", "1e5", "-5", "£", "12000.555", "12.000,00", "12000 GBP", "n/a"])
def test_a_price_that_is_not_plain_is_not_read(text: str) -> None:
    assert codes(spoilt(price("A1", y2027=text))) == ["E-PRICE-002"]


@pytest.mark.parametrize("text", ["£50,000", "50000", "50,000.00", "0"])
def test_a_year_may_be_written_as_pounds_in_the_usual_ways_or_cost_nothing(text: str) -> None:
    assert codes(spoilt(publish("price", None), price("A1", y2027=text))) == []


@pytest.mark.parametrize("text", ["Pass", "PASS", " pass "])
def test_a_gate_answer_is_read_in_any_letter_case(text: str) -> None:
    assert codes(spoilt(edit("register", {"bid": "A1"}, **{"gate:cover": text}))) == []


@pytest.mark.parametrize("text", ["yes", "passed", "P", "pass?", "pass\u00a0", "TRUE"])
def test_any_other_gate_answer_is_not_read(text: str) -> None:
    assert codes(spoilt(edit("register", {"bid": "A1"}, **{"gate:cover": text}))) == ["E-GATE-002"]


@pytest.mark.parametrize("text", ["0", "12.5", "-3", "1,200", "9" * 5000])
def test_people_served_are_a_whole_number_where_unit_cost_is_scored(text: str) -> None:
    unit_cost = publish("price.basis", "unit_cost")
    assert codes(spoilt(unit_cost, edit("register", {"bid": "A1"}, people=text))) == ["E-BID-002"]
    assert codes(spoilt(edit("register", {"bid": "A1"}, people=text))) == []


def test_all_findings_are_collected_in_order_of_place() -> None:
    folder = spoilt(
        edit("marks", MARK, mark="9", reason=""),
        price("A2", y2027=""),
        drop("consensus", bid="B1"),
    )
    assert [(str(f.source), f.code) for f in found(folder)] == [
        ("moderation.xlsx Consensus", "E-CONS-013"),
        ("register.xlsx Bids!E3", "E-PRICE-001"),
        ("returns/E1.xlsx Marks!C5", "E-MARK-004"),
        ("returns/E1.xlsx Marks!D5", "E-MARK-002"),
    ]


def test_a_cell_that_reading_refused_is_not_found_again_but_counts_as_there() -> None:
    reported = finding("E-CELL-002", Source("returns/E1.xlsx", "Marks", 5, "C"), error="#N/A")
    folder = spoilt(edit("marks", MARK, mark=""))
    folder.faults.add(("marks", 0, "mark"))
    evaluation, findings = validate(folder.published(), replace(folder.received(), findings=(reported,)))
    assert (evaluation, findings) == (None, ())


@pytest.mark.parametrize(
    ("table", "at", "key"),
    [
        ("register", {"bid": "A1"}, "price:2027"),
        ("register", {"bid": "A1"}, "gate:cover"),
        ("consensus", {"bid": "A1", "question": "C1"}, "mark"),
        ("consensus", {"bid": "A1", "question": "C1"}, "reason"),
        ("interests", {"evaluator": "E1"}, "action"),
    ],
)
def test_no_refused_cell_is_found_again(table: str, at: dict[str, str], key: str) -> None:
    folder = spoilt(edit(table, at, **{key: ""}))
    folder.faults.add((table, folder.rows(table).index(folder.one(table, **at)), key))
    assert codes(folder) == []


def test_a_file_that_reading_refused_is_not_found_to_be_missing_as_well() -> None:
    reported = (
        finding("E-FILE-011", Source("returns/E2.xlsx")),
        finding("E-FILE-011", Source("moderation.xlsx")),
        finding("E-FILE-011", Source("declarations.xlsx")),
    )
    folder = spoilt(drop("marks", evaluator="E2"), *map(without_table, ("consensus", "interests")))
    evaluation, findings = validate(folder.published(), replace(folder.received(), findings=reported))
    assert (evaluation, findings) == (None, ())


def test_a_register_that_reading_refused_is_not_found_to_be_missing_as_well() -> None:
    reported = finding("E-FILE-011", Source("register.xlsx"))
    received = replace(spoilt(without_table("register")).received(), findings=(reported,))
    assert validate(Folder().published(), received) == (None, ())


def test_a_finding_of_reading_blocks_the_evaluation_and_a_note_does_not() -> None:
    folder = Folder()
    note, fault = finding("E-FILE-003", Source("x.csv")), finding("E-FILE-011", Source("register.xlsx"))
    assert validate(folder.published(), replace(folder.received(), findings=(note,)))[0] is not None
    assert validate(folder.published(), replace(folder.received(), findings=(fault,))) == (None, ())


def test_a_missing_return_is_one_finding_and_hides_no_other_evaluators_gap() -> None:
    folder = spoilt(drop("marks", evaluator="E2"), drop("marks", **MARK))
    assert [(f.code, str(f.source)) for f in found(folder)] == [
        ("E-RET-003", "returns/E1.xlsx Marks"),
        ("E-RET-002", "returns/E2.xlsx"),
    ]


def test_marks_missing_from_a_csv_file_are_found_there() -> None:
    folder = spoilt(drop("marks", evaluator="E2"))
    folder.csv = True
    assert [str(f.source) for f in found(folder)] == ["marks.csv"]


def test_a_hint_names_the_bid_that_differs_in_spaces_or_capitals_only() -> None:
    (only,) = found(spoilt(add("marks", MARK, bid="a 1")))
    assert only.message == 'This mark on C1 is for "a 1", which is not a bid in the register. Did you mean A1?'


def test_the_second_of_two_marks_names_the_cell_of_the_first() -> None:
    (only,) = found(spoilt(add("marks", MARK, mark="5")))
    assert only.message == "E1 marked A1 on C1 twice; the other mark is in returns/E1.xlsx Marks!C5."


@pytest.mark.parametrize(
    ("reason", "above", "says"),
    [
        ("Outside the range of the individual marks (2, 3): the annex was overlooked.", True, True),
        ("ABOVE  ALL MARKS: annex 3 meets the second part.", True, True),
        ("Higher than every mark, since annex 3 was overlooked.", True, True),
        ("Lower than each mark: the evidence was misread.", False, True),
        ("Below the marks given, as the figures are for another borough.", False, True),
        ("Below the marks given.", True, False),
        ("Good evidence above all, and a clear plan.", True, False),
        ("The panel agreed 5.", True, False),
        ("", True, False),
    ],
)
def test_a_reason_says_that_a_mark_is_outside_the_marks_in_published_words(
    reason: str, above: bool, says: bool
) -> None:
    assert says_why(reason, above=above) is says


def test_an_agreed_mark_outside_the_marks_is_taken_when_its_reason_says_so() -> None:
    agreed = {"bid": "A1", "question": "C1"}
    folder = spoilt(edit("consensus", agreed, mark="2", reason="Below all marks because annex 3 is another bidder's."))
    assert codes(folder) == []


def test_the_range_of_marks_is_not_judged_while_a_mark_is_missing_or_unsound() -> None:
    agreed = edit("consensus", {"bid": "A1", "question": "C1"}, mark="5")
    assert codes(spoilt(agreed)) == ["E-CONS-014"]
    assert codes(spoilt(agreed, edit("marks", MARK, mark="5,0"))) == ["E-MARK-003"]
    assert codes(spoilt(agreed, drop("marks", **MARK))) == ["E-RET-003"]


def policy(**tests: str) -> PricePolicy:
    return PricePolicy.model_validate({"method": "lowest_price_ratio", "source": "1", **tests})


def test_a_price_is_low_only_when_strictly_more_than_the_published_share_below_the_mean() -> None:
    # The mean of 60, 120 and 120 is 100; 60 is exactly 40% below it.
    assert odd_prices(policy(below_mean="40%"), {0: 60, 1: 120, 2: 120}) == {}
    assert odd_prices(policy(below_mean="39.9%"), {0: 6000, 1: 12000, 2: 12000}) == {
        0: "more than 39.9% below the mean of 3 bids, £100",
    }


def test_only_the_lowest_price_is_compared_with_the_next_lowest() -> None:
    # 70 is exactly 30% below 100; 69 is more. 100 against 1,000 is nobody's lowest.
    assert odd_prices(policy(below_next="30%"), {0: 7000, 1: 10000, 2: 100000}) == {}
    assert odd_prices(policy(below_next="30%"), {0: 6900, 1: 10000, 2: 100000}) == {
        0: "more than 30% below the next lowest, £100",
    }
    assert odd_prices(policy(below_next="30%"), {0: 6900, 1: 6900, 2: 100000}) == {}


def test_one_bid_alone_is_never_low_and_unit_costs_are_compared_exactly() -> None:
    both = policy(below_mean="1%", below_next="1%")
    assert odd_prices(both, {}) == odd_prices(both, {7: 1}) == {}
    third = {0: Fraction(100, 3), 1: Fraction(100, 3), 2: Fraction(101, 3)}
    assert odd_prices(both, third) == {}


def test_a_low_price_that_a_person_admitted_is_settled_and_one_disregarded_leaves_the_mean() -> None:
    low = price("A1", y2027="9000", y2028="9000")
    assert codes(spoilt(low)) == ["E-PRICE-006"]
    assert codes(spoilt(low, decide(matter="low_price"))) == []
    gone = decide(matter="low_price", decision="disregard", heard="2026-10-20: no reply")
    assert codes(spoilt(low, gone)) == []


def test_unit_cost_is_what_is_looked_at_where_unit_cost_is_scored() -> None:
    many = edit("register", {"bid": "A1"}, people="1000")
    assert codes(spoilt(many)) == []
    assert codes(spoilt(publish("price.basis", "unit_cost"), many)) == ["E-PRICE-006"]


def test_a_person_decides_each_failed_gate_by_itself() -> None:
    second = {"id": "policy", "title": "Policy", "question": "?", "predicate": "…", "on_failure": "…", "source": "1"}
    failed = edit("register", {"bid": "A1"}, **{"gate:cover": "fail", "gate:policy": "fail"})
    every = [edit("register", {"bid": bid}, **{"gate:policy": "pass"}) for bid in ("A1", "A2", "B1")]
    folder = spoilt(publish("gate.", second), *every, failed, decide(matter="failed_gate", subject="cover"))
    (only,) = found(folder)
    assert only.code == "E-GATE-003"
    assert "subject policy" in only.remedy


def test_what_a_decision_cell_says_is_unknown_when_reading_refused_it_but_the_matter_is_not_open() -> None:
    folder = spoilt(
        edit("register", {"bid": "A1"}, **{"gate:cover": "fail"}),
        decide(matter="failed_gate", subject="cover", decision=""),
    )
    folder.faults.add(("decisions", 0, "decision"))
    assert codes(folder) == []


def test_an_evaluator_who_marked_everything_in_a_theme_not_theirs_is_one_finding() -> None:
    rows = [add("marks", MARK, evaluator="E3", bid=bid, question="C1") for bid in ("A1", "A2")]
    declared = add("interests", {"evaluator": "E1"}, evaluator="E3")
    seat = add("panel", {"evaluator": "E1", "theme": "organisation"}, evaluator="E3")
    own = [add("marks", MARK, evaluator="E3", bid=bid, question="C2") for bid in ("O1", "O2")]
    (only,) = found(spoilt(*rows, *own, declared, seat))
    assert only.message == "E3 is not on the panel of north but gave marks there, from this cell on: 2 in all."


def test_checks_stand_in_a_plain_tuple_and_each_says_what_it_finds() -> None:
    assert isinstance(CHECKS, tuple)
    assert all((check.__doc__ or "").startswith(("Find ", "Note ", "Run ")) for check in CHECKS)


def test_an_organisation_is_marked_only_on_what_some_theme_of_its_bids_asks() -> None:
    # C2 is asked in the south alone: of O1, which bids there, and not of O2.
    tier = {"id": "asked", "title": "asked", "optional": ["C2"], "source": "1"}
    tiers = publish("tier", [tier | {"id": "not asked", "up_to": "1", "optional": []}, tier])
    named = [publish("themes.0.tier", "not asked"), publish("themes.1.tier", "asked")]
    weights = publish("themes.0.weights", {"C1": "40", "N1": "20", "price": "40"})
    folder = spoilt(publish("common.1.optional", True), tiers, *named, weights)
    assert codes(folder) == ["E-CONS-008", "E-MARK-008", "E-MARK-008"]
    assert "O2" in found(folder)[0].message
