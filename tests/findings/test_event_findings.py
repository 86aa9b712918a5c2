"""One spoilt folder for each finding about events: that finding comes, at its place, and no other that blocks."""

from dataclasses import dataclass, replace

import pytest

from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.findings.office.events import ENTRIES
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.records.submissions.received import Block, Received, Table
from evaluator.records.submissions.table_layouts import EVENTS
from evaluator.validation import validate
from evaluator.validation.as_meant import as_meant
from evaluator.validation.events import with_events
from tests.findings.faultless_folder import Change, Folder, Row, decide, publish, rule, spoilt

USUAL: dict[str, Row] = {
    "corrections": {"bid": "A1", "column": "people", "old": "120", "new": "130", "origin": "A letter of 2 May"},
    "withdrawals": {"bid": "A1", "told_by": "The chair of O1"},
    "abandoned": {"theme": "south"},
    "departures": {"evaluator": "E2", "successor": "", "successor_name": "", "conflict": "no"},
    "clarifications": {
        "about": "all",
        "question": "May partners be added?",
        "asked": "2026-09-01",
        "answer": "Yes.",
        "answered": "2026-09-02",
        "sent_to": "all",
        "concerns_all": "yes",
        "resolution": "",
    },
    "undone": {"event": "W1"},
}
COMMON = {"event": "", "person": "A. Officer", "date": "2026-11-01", "reason": "They said so."}
Happened = tuple[tuple[str, Row], ...]


def event(kind: str, **texts: str) -> tuple[str, Row]:
    """Give an event, complete but for what is said here."""
    return kind, COMMON | USUAL[kind] | texts


def tables(events: Happened) -> dict[str, Table]:
    """Put events into the sheets of events.xlsx, with their headings in row 4."""
    made = {}
    for kind, layout in EVENTS.items():
        keys = [column.key for column in layout.columns]
        rows = [row for named, row in events if named == kind]
        letters = {key: chr(ord("A") + at) for at, key in enumerate(keys)}
        columns = {key: [row.get(key, "") for row in rows] for key in keys}
        block = Block("events.xlsx", layout.sheet, range(5, 5 + len(rows)), letters)
        made |= {kind: Table(columns, (block,))} if rows else {}
    return made


def received(folder: Folder, *events: tuple[str, Row]) -> Received:
    """Give the folder with events, and what follows from them drawn."""
    published = folder.published()
    return with_events(published, as_meant(replace(folder.received(), events=tables(events)), published))


def checked(folder: Folder, *events: tuple[str, Row]) -> tuple[Evaluation | None, tuple[Finding, ...]]:
    """Give the evaluation, and every finding of reading events and of validation."""
    read = received(folder, *events)
    evaluation, found = validate(folder.published(), read)
    return evaluation, (*read.findings, *found)


def codes(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.code, str(one.source)) for one in found]


@dataclass(frozen=True)
class Case:
    code: str
    place: str
    events: Happened
    change: Change = lambda _: None


CLOSED = publish("procurement.tenders_close", "2026-10-01T12:00")
OPENED = publish("procurement.first_act_date", "2026-08-01")
TWO_LOTS = rule("theme_awards", theme="south", least=1)
CASES = (
    Case("E-EVENT-001", "events.xlsx Withdrawals!5", (event("withdrawals", reason="", person=""),)),
    Case(
        "E-EVENT-002",
        "events.xlsx Lots abandoned!5",
        (event("withdrawals", event="W1"), event("abandoned", event="W1")),
    ),
    Case("E-EVENT-003", "events.xlsx Undone!5", (event("undone", event="W1"),)),
    Case("E-EVENT-004", "events.xlsx Withdrawals!B5", (event("withdrawals", bid="A 1"),)),
    Case("E-EVENT-005", "events.xlsx Corrections!D5", (event("corrections", old="110"),)),
    Case("E-EVENT-006", "events.xlsx Corrections!C5", (event("corrections", column="peeple"),)),
    Case("E-EVENT-007", "events.xlsx Withdrawals!6", (event("withdrawals"), event("withdrawals"))),
    Case("E-EVENT-008", "events.xlsx Evaluators who left!C5", (event("departures", successor="E2"),)),
    Case("E-EVENT-009", "events.xlsx Evaluators who left!C5", (event("departures", successor="E9"),)),
    Case(
        "E-EVENT-010",
        "events.xlsx Withdrawals!E5",
        (event("withdrawals"),),
        publish("procurement.decision", "2026-10-31"),
    ),
    Case("E-EVENT-011", "events.xlsx Lots abandoned!B5", (event("abandoned"),), TWO_LOTS),
    Case("E-EVENT-012", "events.xlsx Evaluators who left!E5", (event("departures", conflict="yes"),)),
    Case(
        "E-EVENT-013",
        "events.xlsx Corrections!E5",
        (event("corrections", column="price:2027", old="£50,000", new="55000"),),
    ),
    Case("E-EVENT-014", "events.xlsx Clarifications!E5", (event("clarifications", answer="", answered=""),)),
    Case("E-EVENT-015", "events.xlsx Clarifications!G5", (event("clarifications", sent_to="A1; B1"),)),
    Case("E-EVENT-016", "events.xlsx Clarifications!H5", (event("clarifications", concerns_all="perhaps"),)),
    Case("E-EVENT-017", "events.xlsx Clarifications!F5", (event("clarifications", answered="2026-10-02"),), CLOSED),
    Case("E-EVENT-018", "events.xlsx Lots abandoned!B5", (event("abandoned"),)),
    Case("E-EVENT-019", "events.xlsx Corrections!C5", (event("corrections", column="N1", old="We ran", new="We run"),)),
    Case("E-EVENT-020", "events.xlsx Corrections!H5", (event("corrections", date="2025-11-01"),), OPENED),
    Case(
        "E-EVENT-021",
        "events.xlsx Undone!6",
        (event("withdrawals", event="W1"), event("undone"), event("undone")),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_wrong_event_brings_its_finding_at_its_place_and_no_other(case: Case) -> None:
    _, found = checked(spoilt(case.change), *case.events)
    own = [place for code, place in codes(found) if code == case.code]
    assert own == [case.place]
    others = {one.code for one in found if one.severity is not Severity.NOTE} - {case.code}
    assert others <= {"E-PANEL-004", "E-PANEL-005"}


def test_every_finding_about_events_has_a_case() -> None:
    assert [case.code for case in CASES] == [entry.code for entry in ENTRIES]


def test_a_folder_without_events_is_read_as_it_stands() -> None:
    folder = Folder()
    assert with_events(folder.published(), folder.received()) == folder.received()


@pytest.mark.parametrize(
    ("decision", "ranked"), [("admit", ["A1", "A2", "B1"]), ("disregard", ["A2", "B1"])], ids=["admit", "disregard"]
)
def test_a_corrected_price_counts_once_a_person_has_decided(decision: str, ranked: list[str]) -> None:
    change = event("corrections", column="price:2027", old="50000.00", new="£55,000")
    folder = spoilt(decide(matter="correction", subject="price:2027", decision=decision))
    evaluation, _ = checked(folder, change)
    assert evaluation is not None
    assert [bid.id for theme in evaluation.themes for bid in theme.bids if bid.id not in theme.disregarded] == ranked
    (a1,) = (bid for bid in evaluation.bids if bid.id == "A1")
    assert a1.price == 55_000_00 + 60_000_50  # pence: £55,000 in place of £50,000, and £60,000.50
    assert [(one.old, one.new) for one in evaluation.events.corrections] == [("50000.00", "£55,000")]


def test_what_a_correction_may_decide_waits_for_a_person() -> None:
    def waits(folder: Folder, column: str, old: str, new: str) -> bool:
        _, found = checked(folder, event("corrections", column=column, old=old, new=new))
        return "E-EVENT-013" in {one.code for one in found}

    def failed(folder: Folder) -> None:
        folder.one("register", bid="A1").update({"gate:cover": "fail"})

    assert waits(spoilt(failed), "gate:cover", "fail", "pass")
    assert not waits(Folder(), "gate:cover", "pass", "fail")  # what follows from a gate has a decision of its own
    assert waits(Folder(), "organisation", "O1", "O9")
    assert not waits(Folder(), "people", "120", "130")


def test_a_correction_is_not_dated_before_its_bid_came_nor_an_answer_before_its_question() -> None:
    def came(folder: Folder) -> None:
        for row in folder.rows("register"):
            row["received"] = "2026-09-30T10:00"

    early = event("corrections", date="2026-09-29")
    late = event("corrections", date="2026-09-30")
    answered = event("clarifications", asked="2026-09-03")
    places = []
    for one in (early, late, answered):
        _, found = checked(spoilt(came), one)
        places.append([place for code, place in codes(found) if code == "E-EVENT-020"])
    assert places == [["events.xlsx Corrections!H5"], [], ["events.xlsx Clarifications!F5"]]


def test_an_answer_about_all_bears_on_all_whatever_its_row_says() -> None:
    _, found = checked(Folder(), event("clarifications", sent_to="A1", concerns_all="no"))
    assert "E-EVENT-015" in {one.code for one in found}
    _, found = checked(Folder(), event("clarifications", about="A1", sent_to="A1", concerns_all="no"))
    assert "E-EVENT-015" not in {one.code for one in found}


def test_a_price_corrected_before_the_closing_time_waits_for_nobody() -> None:
    change = event("corrections", column="price:2027", old="50000", new="55000", date="2026-10-01")
    evaluation, found = checked(spoilt(CLOSED), change)
    assert (evaluation is not None, [code for code, _ in codes(found) if "EVENT" in code]) == (True, [])


def test_corrections_of_one_cell_follow_one_another() -> None:
    first = event("corrections", event="C1")
    again = event("corrections", event="C2", old="130", new="140")
    evaluation, _ = checked(Folder(), first, again)
    assert evaluation is not None
    assert {bid.id: bid.people for bid in evaluation.bids} == {"A1": 140, "A2": 120, "B1": 120}


def test_what_is_wrong_with_a_right_value_is_told_at_its_cell_among_the_corrections() -> None:
    _, found = checked(Folder(), event("corrections", bid="A2", column="price:2027", old="50,000", new="many"))
    (wrong,) = (one for one in found if one.severity is Severity.BLOCKS_AWARD)
    assert str(wrong.source) == "events.xlsx Corrections!E5"


def test_rows_beside_a_corrected_one_keep_their_places() -> None:
    table = received(Folder(), event("corrections", bid="A2")).register
    assert table is not None
    assert [str(table.source(row, "people")) for row in range(3)] == [
        "register.xlsx Bids!H2",
        "events.xlsx Corrections!E5",
        "register.xlsx Bids!H4",
    ]
    assert str(table.source(1, "bid")) == "register.xlsx Bids!A3"


def test_an_event_that_was_undone_has_no_consequence_and_stays_on_record() -> None:
    evaluation, _ = checked(Folder(), event("withdrawals", event="W1"), event("undone"))
    assert evaluation is not None
    assert [theme.disregarded for theme in evaluation.themes] == [{}, {}]
    ((one, undoing),) = evaluation.events.undone
    assert (one.subject, undoing.reason) == ("A1", "They said so.")


def test_what_a_withdrawn_bid_lacks_blocks_nothing() -> None:
    def bare(folder: Folder) -> None:
        folder.one("register", bid="A1").update({"price:2027": "", "price:2028": "", "gate:cover": "fail"})
        for table in ("marks", "consensus"):
            folder.tables[table] = [row for row in folder.rows(table) if row["bid"] != "A1"]

    evaluation, found = checked(spoilt(bare), event("withdrawals"))
    assert [one.code for one in found if one.severity is not Severity.NOTE] == []
    assert evaluation is not None
    assert [(bid, one.standing) for theme in evaluation.themes for bid, one in theme.disregarded.items()] == [
        ("A1", "withdrawn")
    ]


def test_a_bid_that_was_excluded_and_then_withdrawn_stays_excluded() -> None:
    evaluation, _ = checked(spoilt(decide(matter="late", decision="disregard")), event("withdrawals"))
    assert evaluation is not None
    assert evaluation.themes[0].disregarded["A1"].standing == "disregarded"


def test_the_bids_of_an_abandoned_lot_are_in_no_ranking_and_the_others_go_on() -> None:
    evaluation, _ = checked(Folder(), event("abandoned"))
    assert evaluation is not None
    assert {theme.theme: sorted(theme.disregarded) for theme in evaluation.themes} == {"north": [], "south": ["B1"]}


def seats(read: Received) -> list[tuple[str, ...]]:
    panel = read.panel
    assert panel is not None
    keys = ("evaluator", "theme", "questions", "bids")
    return [tuple(panel.row(at).get(key, "") for key in keys) for at in range(len(panel))]


def half_marked(folder: Folder) -> None:
    """Let E2 have marked the north's A1 whole, of A2 its C1, and nothing else; E2 declared nothing of the south."""
    done = {("A1", "C1"), ("A1", "N1"), ("A2", "C1")}
    for row in folder.rows("marks"):
        if row["evaluator"] == "E2" and (row["bid"], row["question"]) not in done:
            row.update(mark="", reason="")
    folder.rows("interests").append({**folder.rows("interests")[0], "evaluator": "E3"})


def test_what_was_not_marked_passes_to_the_successor_and_what_was_marked_stays() -> None:
    read = received(spoilt(half_marked), event("departures", successor="E3", successor_name="C. Third"))
    assert seats(read)[3:] == [
        ("E2", "north", "C1; N1", "A1"),
        ("E2", "north", "C1", "A2"),
        ("E3", "north", "N1", "A2"),
        ("E3", "south", "", ""),
        ("E3", "organisation", "", ""),
    ]
    assert read.marks is not None
    assert [row for row in range(len(read.marks)) if not read.marks.columns["mark"][row]] == []


def test_what_an_evaluator_marked_of_a_bid_that_they_are_recused_from_passes_to_the_successor_too() -> None:
    def recused(folder: Folder) -> None:
        half_marked(folder)
        folder.rows("interests").append({**folder.rows("interests")[1], "organisation": "O2", "action": "recused"})

    departure = event("departures", successor="E3", successor_name="C. Third", conflict="yes")
    read = received(spoilt(recused), departure)
    assert seats(read)[3:5] == [("E2", "north", "C1; N1", "A1"), ("E3", "north", "", "A2")]
    assert "E-EVENT-012" not in {one.code for one in read.findings}


def test_the_successors_marks_complete_the_panel() -> None:
    def third(folder: Folder) -> None:
        half_marked(folder)
        folder.rows("marks").extend(
            {"bid": bid, "question": question, "evaluator": "E3", "mark": "4", "reason": "E3: clear."}
            for bid, question in (("A2", "N1"), ("B1", "C1"), ("B1", "S1"), ("O1", "C2"), ("O2", "C2"))
        )

    departure = event("departures", successor="E3", successor_name="C. Third")
    evaluation, found = checked(spoilt(third), departure)
    assert ([one.code for one in found if one.severity is not Severity.NOTE], evaluation is not None) == ([], True)
    _, lacking = checked(spoilt(half_marked), departure)
    assert "E-RET-002" in {one.code for one in lacking}


def test_without_a_successor_the_published_number_of_evaluators_is_missed_where_nothing_was_marked() -> None:
    _, found = checked(spoilt(half_marked), event("departures"))
    assert {"E-PANEL-004", "E-PANEL-006"} & {one.code for one in found}


def test_nobody_who_left_before_marking_is_asked_for_a_declaration_or_a_return() -> None:
    def third(folder: Folder) -> None:
        folder.rows("panel").append({"evaluator": "E3", "name": "E3", "theme": "north"})

    _, asked = checked(spoilt(third))
    assert {one.code for one in asked if one.severity is not Severity.NOTE} == {"E-RET-002"}
    evaluation, found = checked(spoilt(third), event("departures", evaluator="E3"))
    assert [one.code for one in found if one.severity is not Severity.NOTE] == []
    assert evaluation is not None


def test_a_resolved_clarification_waits_for_nobody() -> None:
    told = event("clarifications", sent_to="A1", resolution="Read out to all on 3 September, minute 4.")
    evaluation, found = checked(Folder(), told)
    assert ([code for code, _ in codes(found) if "EVENT" in code], evaluation is not None) == ([], True)


def test_an_answer_that_went_to_every_bidder_by_name_went_to_all() -> None:
    _, found = checked(Folder(), event("clarifications", sent_to="A2; O1"))
    assert [code for code, _ in codes(found) if "EVENT" in code] == []
