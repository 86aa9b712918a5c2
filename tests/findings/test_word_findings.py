"""Words that say nothing are blank wherever an id or a list is expected; lists are closed; days exist."""

import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from evaluator.allocation import allocate, allocation_problem
from evaluator.files.read.bids.folder import read_bids, read_monitoring
from evaluator.files.read.candidates.candidates import read_candidates
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.publication import fingerprint
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.reporting.papers.bid_form import bid_form
from evaluator.scoring import score
from evaluator.validation import validate
from evaluator.validation.as_meant import as_meant, mark_hint, plain_mark
from tests.findings.faultless_folder import Change, add, all_of, decide, edit, publish, spoilt, with_column

ROOT = Path(__file__).resolve().parents[2]
A1, A2, B1 = ({"bid": bid} for bid in ("A1", "A2", "B1"))
WORDS = (
    *("n/a", "N/A", "NA", "n.a.", " N / A ", "none", "None.", "NIL", "no", "not applicable", "Not-Applicable"),
    *("tbc", "T.B.C.", "to be confirmed", "TBA", "–", "-", "—", ".", "?", "...", "(none)", "Ｎ／Ａ", "no partners"),
    *("N/A – sole bidder", "None: we bid alone", "Not applicable, one organisation"),
)
SCALE = Scale.model_validate(
    {
        "source": "1",
        "mark": [
            {"mark": mark, "label": label, "descriptor": "…"}
            for mark, label in (("0", "Nothing to mark"), ("3", "Fair"), ("4", "Good"), ("4.5", "Very good"))
        ],
    }
)


def meant(*changes: Change) -> tuple[Evaluation | None, list[Finding]]:
    """Read the spoilt folder as it was meant, and validate it."""
    folder = spoilt(*changes)
    received = as_meant(folder.received(), folder.published())
    evaluation, found = validate(folder.published(), received)
    return evaluation, [*received.findings, *found]


def told(*changes: Change) -> list[str]:
    return [f"{one.code} {one.source}" for one in meant(*changes)[1]]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_that_says_nothing_among_partners_makes_nobody_one_organisation(word: str) -> None:
    evaluation, found = meant(*(edit("register", bid, members=word) for bid in (A1, A2, B1)))
    assert [f"{one.code} {one.source} {one.severity}" for one in found] == [
        f"E-WORD-001 register.xlsx Bids!D{row} note" for row in (2, 3, 4)
    ]
    assert evaluation is not None
    assert [bid.members for bid in evaluation.bids] == [(), (), ()]


def awarded(folder: Path, partners: str) -> tuple[set[str], list[str]]:
    """Award two of eight bids at most to one organisation, from bid forms with a word under other organisations."""
    text = (ROOT / "criteria" / "minimal_with_price" / "programme.toml").read_text("utf-8")
    rule = '[[allocation.rule]]\nid = "O1"\nkind = "organisation_awards"\nlimit = 2\ntitle = "Two"\nsource = "1"\n'
    shutil.copytree(ROOT / "criteria" / "minimal_with_price" / "themes", folder / "criteria" / "themes")
    (folder / "criteria" / "programme.toml").write_text(f"{text}\n{rule}", "utf-8")
    criteria = read_criteria(folder / "criteria").criteria
    assert criteria is not None
    marks, agreed = [], []
    (folder / "bids" / "bids").mkdir(parents=True)
    for number in range(1, 9):
        book = openpyxl.load_workbook(
            io.BytesIO(workbook_bytes(bid_form(criteria, criteria.themes[0], fingerprint(criteria))))
        )
        for sheet, answers in (
            ("Bid", {"organisation": f"0110100{number}", "members": partners}),
            ("Prices", {"price": 5000}),
        ):
            for row in book[sheet].iter_rows(min_row=5):
                if row[0].value in answers:
                    row[2].value = answers[row[0].value]
        book.save(folder / "bids" / "bids" / f"B{number}.xlsx")
        for asked in ("Q1", "Q2"):
            agreed.append(f"B{number},{asked},4,Every part is there.")
            marks += [f"B{number},{asked},{who},4,Every part of it is there." for who in ("E1", "E2")]
    (folder / "bids" / "marks.csv").write_text("\n".join(["bid,question,evaluator,mark,reason", *marks]), "utf-8")
    (folder / "bids" / "consensus.csv").write_text("\n".join(["bid,question,mark,reason", *agreed]), "utf-8")
    received = read_bids(folder / "bids", criteria)
    evaluation, found = validate(criteria, received)
    assert evaluation is not None, found
    assert {bid.organisation for bid in evaluation.bids} == {f"0110100{number}" for number in range(1, 9)}
    awards = allocate(allocation_problem(criteria, evaluation, score(criteria, evaluation))).awards
    notes = [f"{one.code} {one.source}" for one in (*received.findings, *found) if one.code != "E-FORM-006"]
    return {award.bid for award in awards}, notes


@pytest.mark.parametrize("word", ["N/A", "none", "–"])
def test_eight_bidders_with_n_a_under_other_organisations_are_awarded_as_without_it(word: str, tmp_path: Path) -> None:
    every = {f"B{number}" for number in range(1, 9)}
    assert awarded(tmp_path / "without", "") == (every, [])
    with_word, notes = awarded(tmp_path / "with", word)
    assert with_word == every
    assert notes == [f"E-WORD-001 bids/B{number}.xlsx Bid!C10" for number in range(1, 9)]


def test_eight_bidders_with_one_partner_are_one_organisation_and_that_is_told(tmp_path: Path) -> None:
    funded, notes = awarded(tmp_path, "Umbrella Trust")
    assert len(funded) == 2
    assert notes == ["E-REG-013 bids/B1.xlsx Bid"]


def test_the_word_is_repeated_and_what_was_wanted_is_said() -> None:
    found = meant(edit("register", A1, members="N/A"))[1]
    assert found[0].message == (
        '"N/A" stands where a list of organisations is wanted; it says nothing and was read as an empty cell.'
    )


@pytest.mark.parametrize(
    ("change", "blank", "also"),
    [
        (edit("register", A1, wards="tbc"), "register.xlsx Bids!J2", []),
        (with_column("register", "groups", "none"), "register.xlsx Bids!L2", []),
        (edit("register", A1, organisation="n/a"), "register.xlsx Bids!C2", ["E-REG-006 register.xlsx Bids!C2"]),
        (add("register", A1, bid="X1", theme="TBC"), "register.xlsx Bids!B5", ["E-REG-012 register.xlsx Bids!B5"]),
        (add("register", A1, bid="-"), "register.xlsx Bids!A5", ["E-REG-003 register.xlsx Bids!A5"]),
        (decide(subject="n/a"), "decisions.xlsx Decisions!C2", []),
        (decide(date="tbc"), "decisions.xlsx Decisions!H2", ["E-DEC-005 decisions.xlsx Decisions!H2"]),
        (
            add("interests", {"evaluator": "E1"}, organisation="None"),
            "declarations.xlsx Interests!B3",
            ["E-INT-003 declarations.xlsx Interests!B3"],
        ),
        (
            add("panel", {"evaluator": "E1", "theme": "north"}, evaluator="TBC"),
            "declarations.xlsx Panel!A8",
            ["E-PANEL-003 declarations.xlsx Panel!A8"],
        ),
        (
            add("marks", {"evaluator": "E1", "bid": "A1", "question": "C1"}, question="?"),
            "returns/E1.xlsx Marks!B13",
            ["E-ROW-003 returns/E1.xlsx Marks!B13"],
        ),
    ],
)
def test_the_word_is_blank_wherever_an_id_or_a_list_is_expected_and_the_usual_finding_follows(
    change: Change, blank: str, also: list[str]
) -> None:
    found = told(change)
    assert found[0] == f"E-WORD-001 {blank}"
    assert [one for one in found if not one.startswith("E-WORD-001")] == also


def test_the_entries_of_a_list_that_say_something_stay() -> None:
    evaluation, found = meant(edit("register", A2, members="O9; n/a; O8"))
    assert [one.code for one in found] == ["E-WORD-001"]
    assert evaluation is not None
    assert {bid.id: bid.members for bid in evaluation.bids}["A2"] == ("O9", "O8")


def test_an_id_that_was_published_is_no_word_that_says_nothing() -> None:
    folder = spoilt(publish("themes.0.id", "nil"), *(edit("register", bid, theme="nil") for bid in (A1, A2)))
    received = as_meant(folder.received(), folder.published())
    assert received.findings == ()


def test_the_word_none_stays_where_it_is_the_answer() -> None:
    assert told(edit("interests", {"evaluator": "E1"}, action="None", interest="none", organisation="*")) == []


@pytest.mark.parametrize("key", ["reason", "person", "ground", "heard"])
def test_a_decision_that_says_n_a_says_nothing(key: str) -> None:
    found = told(decide(matter="low price", decision="disregard", **{"heard": "Yes, on 3 May", key: "n/a"}))
    assert [one.split()[0] for one in found] == [
        {"reason": "E-DEC-003", "person": "E-DEC-004", "ground": "E-DEC-006", "heard": "E-DEC-012"}[key]
    ]


def test_the_note_on_monitoring_never_repeats_what_stands_there(tmp_path: Path) -> None:
    criteria = read_criteria(ROOT / "criteria" / "community_commissioning").criteria
    assert criteria is not None
    (tmp_path / "equality").mkdir()
    (tmp_path / "equality" / "monitoring.csv").write_text("organisation\nNot Applicable\nO1\n", "utf-8")
    table, found = read_monitoring(tmp_path, criteria)
    (note,) = found
    assert f"{note.code} {note.source}" == "E-WORD-001 equality/monitoring.csv A2"
    assert "pplicable" not in str(note)
    assert table is not None
    assert list(table.columns["organisation"]) == ["", "O1"]


def test_candidates_share_no_partner_called_n_a(tmp_path: Path) -> None:
    path = tmp_path / "candidates.csv"
    path.write_text(
        'bid,theme,organisation,score,cost,members,wards\nB1,t,O1,70,"£24,000 ",N/A,none\nB2,t,O2, 60,24000.00,tbc,\n',
        "utf-8",
    )
    read = read_candidates(path)
    assert [f"{one.code} {one.source.cell}" for one in read.findings] == [
        "E-WORD-001 F2",
        "E-WORD-001 G2",
        "E-WORD-001 F3",
    ]
    assert [one.organisations for one in read.candidates] == [("O1",), ("O2",)]
    assert [one.levels[0].costs for one in read.candidates] == [(24_000_00,), (24_000_00,)]


@pytest.mark.parametrize("text", ["31/02/2026", "2026-02-29", "12/31/2026", "01/12/26", "2026-13-01", "next week"])
def test_a_day_that_does_not_exist_or_is_not_plain_is_refused_at_its_cell(text: str) -> None:
    assert told(decide(date=text)) == ["E-WORD-002 decisions.xlsx Decisions!H2"]
    assert told(edit("interests", {"evaluator": "E1"}, date=text)) == ["E-WORD-002 declarations.xlsx Interests!E2"]


@pytest.mark.parametrize("text", ["2026-12-01", "01/12/2026", "1/12/2026", "1 December 2026"])
def test_a_day_is_read_as_people_write_it_with_the_day_first(text: str) -> None:
    evaluation, found = meant(decide(date=text))
    assert found == []
    assert evaluation is not None
    assert evaluation.decisions[0].date == "2026-12-01"


@pytest.mark.parametrize(
    ("change", "code", "hint"),
    [
        (decide(matter="low prise"), "E-DEC-024", "Did you mean low_price?"),
        (decide(matter="late-recusal"), "E-DEC-024", "Did you mean late_recusal?"),
        (decide(decision="disregrad"), "E-DEC-002", "Did you mean disregard?"),
        (edit("interests", {"evaluator": "E1"}, action="recussed"), "E-INT-004", "Did you mean recused?"),
        (edit("register", A1, small="yess"), "E-BID-005", "Did you mean yes?"),
        (edit("register", A1, **{"gate:cover": "passed"}), "E-GATE-002", "Did you mean pass?"),
        (edit("register", A1, theme="nroth"), "E-REG-005", "Did you mean north?"),
    ],
)
def test_a_word_that_is_not_on_a_closed_list_is_found_and_the_nearest_is_offered(
    change: Change, code: str, hint: str
) -> None:
    (one,) = (one for one in meant(change)[1] if one.code == code)
    assert hint in one.message


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("3 ", "3"),
        (" 4", "4"),
        ("4 - Good", "4"),
        ("4 – good", "4"),
        ("4: Good", "4"),
        ("4 (Good)", "4"),
        ("4.5 - very good", "4.5"),
        ("0 Nothing to mark", "0"),
    ],
)
def test_a_mark_may_have_space_or_its_own_word_beside_it(text: str, mark: str) -> None:
    assert plain_mark(text, SCALE) == mark


@pytest.mark.parametrize("text", ["4 - Fair", "3\u00a0", "4 or 5", "4 - Good enough", "5 - Good", "Good", "4/5", "٤"])
def test_a_mark_with_another_word_beside_it_stays_as_it_is(text: str) -> None:
    assert plain_mark(text, SCALE) == text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("4 - Fair", " On the published scale 4 is “Good”."),
        ("four", " Did you mean 4?"),
        ("Good", " Did you mean 4?"),
        ("Very Good", " Did you mean 4.5?"),
        ("poor", ""),
    ],
)
def test_a_mark_in_words_is_refused_with_the_number_that_it_may_mean(text: str, hint: str) -> None:
    assert mark_hint(text, SCALE) == hint


@pytest.mark.parametrize("price", ["£24,000 ", " £24,000.00", "24,000", "£ 24000 "])
def test_a_price_may_have_space_around_it(price: str) -> None:
    evaluation, found = meant(edit("register", A1, **{"price:2027": price}))
    assert found == []
    assert evaluation is not None
    assert evaluation.bids[0].by_year[0] == 24_000_00


@pytest.mark.parametrize("price", ["24k", "24 000", "24,00", "24000 approx", "€24,000", "24.000,00"])
def test_a_price_that_is_not_certain_is_refused(price: str) -> None:
    assert told(edit("register", A1, **{"price:2027": price})) == ["E-PRICE-002 register.xlsx Bids!E2"]


def test_a_partner_of_bids_that_nothing_else_connects_is_told_of_with_all_of_them() -> None:
    found = meant(edit("register", A1, members="see below"), edit("register", A2, members="see below"))[1]
    (one,) = found
    assert one.code == "E-REG-013"
    assert "2 bids that nothing else connects (A1 and A2)" in one.message


@pytest.mark.parametrize(
    "changes",
    [
        (edit("register", A1, members="O9"), edit("register", A2, members="")),  # one bid alone
        (edit("register", A1, members="O9"), edit("register", B1, members="O9"), edit("register", A2, members="")),
        (edit("register", A1, members="O2"), edit("register", B1, members="O2")),  # the partner bids itself
        (edit("register", A1, members="O9; O2"),),  # A2's lead is a partner in A1: they are connected anyway
    ],
)
def test_partners_of_one_bidder_and_of_connected_bids_are_ordinary(changes: tuple[Change, ...]) -> None:
    assert told(*changes) == []


def test_an_e_mail_address_of_one_bidder_is_ordinary_and_of_two_is_told_of() -> None:
    own = all_of(with_column("register", "email", "one@example.org"), edit("register", A2, email="two@example.org"))
    assert told(own) == []
    (one,) = meant(with_column("register", "email", "one@example.org"))[1]
    assert (one.code, str(one.severity)) == ("E-REG-014", "note")
    assert "one@example.org" not in str(one)


def test_one_identifier_of_two_organisations_stops_the_award() -> None:
    (one,) = meant(with_column("register", "identifier", "GB-CHC 1101001"))[1]
    assert (one.code, one.source.cell) == ("E-REG-015", "L3")
    assert "O1 and O2" in one.message
