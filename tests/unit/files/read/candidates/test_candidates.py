"""Candidates and rules as files: every optional column, levels to the penny, and twenty thousand rows."""

from decimal import Decimal
from pathlib import Path

from evaluator.allocation import allocate, check_problem
from evaluator.files.read.candidates.candidates import problem_from_files, read_candidates
from evaluator.records.findings.finding import Source
from evaluator.records.results.allocation import Candidate, Level
from tests.unit.allocation.small_problems import bids

RULES = """
method = "optimise"
minimum_score = 50
objective = ["total_score"]
tie_break = ["lower_cost"]

[[rule]]
id = "R1"
kind = "budget"
limit = 100000.50

[[rule]]
id = "R2"
kind = "small_share"
least = "20%"
"""


def read(folder: Path, text: str, encoding: str = "utf-8") -> tuple[Candidate, ...]:
    path = folder / "candidates.csv"
    path.write_text(text, encoding)
    found = read_candidates(path)
    assert found.findings == ()
    return found.candidates


def test_every_column_is_read(tmp_path: Path) -> None:
    (one, other) = read(
        tmp_path,
        "bid,theme,organisation,score,cost:2027-28,cost:2028-29,wards,groups,small,hours,excludes,members\r\n"
        'B1,advice,o1,71.5,"£12,000.50",4000.0,Bow;  Mile End ,g2;g1,YES,10.5,B2,o3;o2\r\n'
        "\r\n"
        "B2,youth,o2,8,0,75000.00,,,,0,,\r\n",
        "utf-8-sig",
    )
    assert one == Candidate(
        bid="B1",
        theme="advice",
        organisations=("o1", "o2", "o3"),
        levels=(Level("100%", 715, (12_000_50, 4_000_00)),),
        hours=Decimal("10.5"),
        wards=("Bow", "Mile End"),
        groups=("g1", "g2"),
        small=True,
        excludes=("B2",),
    )
    assert (other.levels, other.small, other.hours) == ((Level("100%", 80, (0, 75_000_00)),), False, Decimal(0))


def test_levels_in_proportion_are_rounded_half_up_to_the_penny_and_scores_stay_exact(tmp_path: Path) -> None:
    text = "bid,theme,organisation,score,cost,levels\nB1,advice,o1,41.55,0.25,60; 80%;100;62.5\n"
    (one,) = read(tmp_path, text)
    # 62.5 % of 25 pence is 15.625, of 41.55 points 25.96875; 60 % of 25 pence is 15
    assert one.levels == (
        Level("100%", 4155000, (25,)),
        Level("80%", 3324000, (20,)),
        Level("62.5%", 2596875, (16,)),
        Level("60%", 2493000, (15,)),
    )


def test_levels_may_have_scores_of_their_own_and_leave_out_the_whole_ask(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "bid,theme,organisation,score,cost,levels\nB1,advice,o1,55,100,60=41.5;80=50\n")
    assert one.levels == (Level("80%", 500, (80_00,)), Level("60%", 415, (60_00,)))
    assert one.score == 550


def test_two_files_make_a_problem_that_can_be_solved(tmp_path: Path) -> None:
    candidates, rules = tmp_path / "candidates.csv", tmp_path / "rules.toml"
    candidates.write_text(
        "bid,theme,organisation,score,cost,small\n"
        "B1,advice,o1,70,80000,no\nB2,advice,o2,60,20000.50,yes\nB3,advice,o3,40,1,yes\n",
        "utf-8",
    )
    rules.write_text(RULES, "utf-8-sig")
    made, findings = problem_from_files(candidates, rules)
    assert findings == ()
    assert made is not None
    assert check_problem(made, Source("rules.toml")) == ()
    result = allocate(made)
    assert (bids(result), result.cost, result.total_score) == (("B1", "B2"), 100_000_50, 130)
    assert result.not_awarded[-1].reason == "below_minimum_score"


def test_twenty_thousand_bids_are_read_and_divided_by_priority(tmp_path: Path) -> None:
    rows = [
        f"B{number:05},t{number % 50},o{number % 9000},{5000 + number % 4999},{10000 + number}"
        for number in range(20_000)
    ]
    path = tmp_path / "candidates.csv"
    path.write_text("\n".join(["bid,theme,organisation,score,cost", *rows]), "utf-8")
    rules = tmp_path / "rules.toml"
    rules.write_text(
        'method = "priority"\ntie_break = ["lower_cost"]\n'
        '[[rule]]\nid = "R1"\nkind = "budget"\nlimit = "50000000"\n'
        '[[rule]]\nid = "R2"\nkind = "organisation_awards"\nlimit = 1\n',
        "utf-8",
    )
    made, findings = problem_from_files(path, rules)
    assert findings == ()
    assert made is not None
    result = allocate(made)
    assert (result.status, len(result.awards) + len(result.not_awarded)) == ("proven", 20_000)


def test_a_ward_that_is_a_slip_away_from_another_is_a_note_and_the_problem_is_still_made(tmp_path: Path) -> None:
    candidates, rules = tmp_path / "candidates.csv", tmp_path / "rules.toml"
    rows = ["B1,advice,o1,70,1,Mile End", "B2,advice,o2,60,1,Mile End", "B3,advice,o3,60,1,Mile Endd"]
    candidates.write_text("\n".join(["bid,theme,organisation,score,cost,wards", *rows]), "utf-8")
    rules.write_text('method = "optimise"\n[[rule]]\nid = "R1"\nkind = "budget"\nlimit = "5"\n', "utf-8")
    made, findings = problem_from_files(candidates, rules)
    assert made is not None
    assert [(one.code, one.severity.value, str(one.source)) for one in findings] == [
        ("E-CAND-016", "note", "candidates.csv")
    ]


def test_a_group_may_hold_a_comma_and_an_organisation_too(tmp_path: Path) -> None:
    text = 'bid,theme,organisation,score,cost,groups\nB1,advice,"Smith, Jones & Co",1,1,"lone, new parents"\n'
    (one,) = read(tmp_path, text)
    assert (one.organisations, one.groups) == (("Smith, Jones & Co",), ("lone, new parents",))


def test_costs_as_large_as_are_taken_are_divided_and_proven(tmp_path: Path) -> None:
    candidates, rules = tmp_path / "candidates.csv", tmp_path / "rules.toml"
    # £900,000,000,000 in all; B2 is a penny too dear to go with B1.
    rows = ["B1,advice,o1,70,449999999999.99", "B2,advice,o2,60,450000000000.00", "B3,advice,o3,50,0.01"]
    candidates.write_text("\n".join(["bid,theme,organisation,score,cost", *rows]), "utf-8")
    rules.write_text('method = "optimise"\n[[rule]]\nid = "R1"\nkind = "budget"\nlimit = "899999999999.98"\n', "utf-8")
    made, findings = problem_from_files(candidates, rules)
    assert findings == ()
    assert made is not None
    result = allocate(made)
    assert (result.status, bids(result), result.cost) == ("proven", ("B1", "B3"), 45_000_000_000_000)


def test_a_total_under_the_candidates_is_one_finding_and_a_name_with_that_word_is_none(tmp_path: Path) -> None:
    path = tmp_path / "candidates.csv"
    path.write_text("bid,theme,organisation,score,cost\nTotal Care,a,o1,50,100\nTotal,,,,100\nAverage,,,50\n", "utf-8")
    assert [(one.code, one.source.cell) for one in read_candidates(path).findings] == [
        ("E-ROW-001", "A3"),
        ("E-ROW-001", "A4"),
    ]
