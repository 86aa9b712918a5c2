"""One bad file or rule for each finding about allocation, with the place it names and the words it must contain."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from evaluator.allocation import allocate, check_problem
from evaluator.files.read.candidates.candidates import problem_from_files, read_candidates, read_rules
from evaluator.records.findings import CATALOGUE
from evaluator.records.findings.allocation import ENTRIES
from evaluator.records.findings.finding import Source
from evaluator.records.results.allocation import Problem
from evaluator.records.results.ballots import Ballot, Ballots
from tests.unit.allocation.small_problems import budget, candidate, problem

HEADER = "bid,theme,organisation,score,cost"
ROW = "B1,advice,o1,50,100"
RULES = 'method = "optimise"\n[[rule]]\nid = "R1"\nkind = "budget"\nlimit = "100"\n'

BAD_CANDIDATES: list[tuple[str, bytes | str, str, str]] = [
    # code, file, place, words
    ("E-READ-002", f"{HEADER}\nB1,caf\u00e9".encode("latin-1"), "candidates.csv", "byte"),
    ("E-READ-002", HEADER.encode("utf-16"), "candidates.csv", "it is UTF-16"),
    ("E-READ-002", b"PK\x03\x04\xff", "candidates.csv", "it is a workbook or a zip file"),
    ("E-READ-002", f"{HEADER}\n\0", "candidates.csv", "no characters"),
    ("E-READ-003", f'{HEADER}\nB1,"advice', "candidates.csv", "as CSV"),
    ("E-READ-003", "bid;theme;organisation;score;cost\n", "candidates.csv", "semicolons, not by commas"),
    ("E-READ-003", f"Scores of May 2026\n\n{HEADER}\n{ROW}", "candidates.csv", "the headings stand in row 3"),
    ("E-READ-003", f"sep=,\n{HEADER}\n{ROW}", "candidates.csv", "the line sep=,"),
    ("E-CAND-001", "", "candidates.csv 1", "no header row"),
    ("E-CAND-002", "bid,theme,organisation,cost", "candidates.csv 1", "There is no column score."),
    ("E-CAND-002", "bid,theme,organisation,score", "candidates.csv 1", "There is no column cost."),
    ("E-CAND-003", f"{HEADER},ward", "candidates.csv F1", '"ward" is not known'),
    ("E-CAND-004", f"{HEADER},score", "candidates.csv 1", "score stands in the file 2 times"),
    ("E-CAND-005", f"{HEADER}\nB1,advice,o1,50", "candidates.csv 2", "4 cells; the header row has 5"),
    ("E-CAND-006", f"{HEADER}\n{ROW}\n\n{ROW}", "candidates.csv A4", "B1 stands in 2 rows"),
    ("E-CAND-007", f"{HEADER}\nB1,advice,,50,100", "candidates.csv C2", "organisation is empty"),
    ("E-CAND-007", f"{HEADER},hours\n{ROW},", "candidates.csv F2", "0 where a bid takes no hours"),
    ("E-CAND-008", f'{HEADER}\nB1,advice,o1,"71,5",100', "candidates.csv D2", '"71,5" is not a plain number'),
    ("E-CAND-008", f"{HEADER}\nB1,advice,o1,\u00a04,100", "candidates.csv D2", "without spaces around it"),
    ("E-CAND-008", f"{HEADER}\nB1,advice,o1,-1,100", "candidates.csv D2", "nought or more"),
    ("E-CAND-008", f"{HEADER}\nB1,advice,o1,1e3,100", "candidates.csv D2", '"1e3"'),
    ("E-CAND-008", f"{HEADER}\nB1,advice,o1,٤,100", "candidates.csv D2", '"٤"'),
    ("E-CAND-008", f"{HEADER}\nB1,advice,o1,4,4000.005", "candidates.csv E2", "at most two decimal places"),
    ("E-CAND-008", f"{HEADER}\nB1,advice,o1,4,{'9' * 400}", "candidates.csv E2", "pounds"),
    ("E-CAND-008", f"{HEADER},small\n{ROW},perhaps", "candidates.csv F2", '"perhaps" is not yes or no'),
    ("E-CAND-008", f"{HEADER},levels\n{ROW},60;60", "candidates.csv F2", '"60;60" is not shares'),
    ("E-CAND-008", f"{HEADER},levels\n{ROW},60=3;80", "candidates.csv F2", "shares of the ask"),
    ("E-CAND-008", f"{HEADER},levels\n{ROW},120", "candidates.csv F2", "shares of the ask"),
    ("E-CAND-008", f"{HEADER}\nB1,*,o1,4,5", "candidates.csv B2", "a reference"),
    ("E-CAND-009", f"{HEADER},levels\n{ROW},60=30;100=49", "candidates.csv F2", "scores 49, the score column says 50"),
    ("E-CAND-010", "bid,theme,organisation,score,cost,cost:2027-28", "candidates.csv 1", "2027-28"),
    ("E-CAND-011", f"{HEADER},excludes\n{ROW},B9", "candidates.csv F2", "B9, which is not in the file"),
    ("E-CAND-011", f"{HEADER},excludes\n{ROW},B1", "candidates.csv F2", "which is itself"),
    ("E-CAND-012", f"{HEADER}\n{ROW}\nb1,youth,o2,50,100", "candidates.csv A3", '"B1" (cell A2)'),
    ("E-CAND-012", f"{HEADER}\n{ROW}\nB2,advice,O-1,50,100\nB3,youth,o1,50,100", "candidates.csv C3", '"o1" (cell C2)'),
    (
        "E-CAND-012",
        f"{HEADER},members\n{ROW},\nB2,advice,o2,50,100,O1\nB3,youth,o1,1,1,",
        "candidates.csv F3",
        "column members",
    ),
    ("E-CAND-012", f"{HEADER},wards\n{ROW},Bow\nB2,advice,o2,50,100,bow", "candidates.csv F3", '"Bow" (cell F2)'),
    ("E-CAND-012", f"{HEADER},groups\n{ROW},g-1\nB2,advice,o2,50,100,G1", "candidates.csv F2", '"G1" (cell F3)'),
    ("E-CAND-013", f'{HEADER},members\n{ROW},"o2, o3"', "candidates.csv F2", '"o2, o3" seems to be several'),
    ("E-CAND-013", f'{HEADER},wards\n{ROW},"Bow, Mile End"', "candidates.csv F2", "column wards"),
    ("E-CAND-013", f'{HEADER}\n{ROW}\nB2,advice,"o2, o1",50,100', "candidates.csv C3", "column organisation"),
    ("E-CAND-014", HEADER, "candidates.csv", "no candidates"),
    ("E-CAND-014", f"{HEADER}\n,,,,\n", "candidates.csv", "no candidates"),
    ("E-CAND-015", f"{HEADER}\n{ROW}\nB2,youth,o2,50,900000000000", "candidates.csv E3", "£900,000,000,100"),
]


@pytest.mark.parametrize(("code", "content", "place", "words"), BAD_CANDIDATES)
def test_a_bad_candidates_file_is_named_with_its_cell(
    tmp_path: Path, code: str, content: bytes | str, place: str, words: str
) -> None:
    path = tmp_path / "candidates.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    read = read_candidates(path)
    found = [one for one in read.findings if one.code == code]
    assert read.candidates == ()
    assert [str(one.source) for one in found] == [place]
    assert words in found[0].message


BAD_RULES: list[tuple[str, str, str, str]] = [
    ("E-READ-003", "[[rule", "rules.toml", "as TOML"),
    ("E-RULE-001", "", "rules.toml method", "The key method is missing."),
    ("E-RULE-001", RULES.replace('kind = "budget"\n', ""), "rules.toml rule[1]", "kind of rule R1 is missing"),
    ("E-RULE-001", RULES.replace('limit = "100"\n', ""), "rules.toml rule[1].limit", "limit of rule R1 is missing"),
    ("E-RULE-001", RULES.replace('id = "R1"\n', ""), "rules.toml rule[1].id", "id of rule number 1 is missing"),
    ("E-RULE-002", 'colour = "red"\n' + RULES, "rules.toml colour", "The key colour is not known."),
    ("E-RULE-002", RULES + "most = 3\n", "rules.toml rule[1].most", "The key most of rule R1 is not known."),
    ("E-RULE-002", RULES.replace('"budget"', '"budgett"'), "rules.toml rule[1]", '"budgett" is not known in rule R1'),
    ("E-RULE-003", RULES.replace('"optimise"', '"best"'), "rules.toml method", '"best", which is not allowed'),
    ("E-RULE-003", RULES.replace('"100"', '"£100"'), "rules.toml rule[1].limit", '"£100"'),
    ("E-RULE-003", RULES.replace('"100"', '"1e3"'), "rules.toml rule[1].limit", '"1e3"'),
    ("E-RULE-003", RULES.replace('"100"', '"1_000"'), "rules.toml rule[1].limit", '"1_000"'),
    ("E-RULE-003", RULES.replace('"100"', "true"), "rules.toml rule[1].limit", "True"),
    ("E-RULE-003", RULES.replace('"100"', "nan"), "rules.toml rule[1].limit", "NaN"),
    ("E-RULE-003", "time_limit = 0\n" + RULES, "rules.toml time_limit", "0, which is not allowed"),
    ("E-RULE-003", "rule = 3\n" + 'method = "optimise"', "rules.toml rule", "3, which is not allowed"),
    ("E-RULE-003", 'method = "optimise"\n[rule]\nid = "R1"', "rules.toml rule", "not allowed"),
    (
        "E-RULE-003",
        'method = "optimise"\n[[rule]]\nid = ""\nkind = "budget"\nlimit = "1"',
        "rules.toml rule[1].id",
        '""',
    ),
    ("E-RULE-003", 'rule = ["x"]\n' + 'method = "optimise"', "rules.toml rule[1]", "not allowed"),
]


@pytest.mark.parametrize(("code", "text", "place", "words"), BAD_RULES)
def test_a_bad_rules_file_is_named_with_its_key(tmp_path: Path, code: str, text: str, place: str, words: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    policy, findings = read_rules(path)
    found = [one for one in findings if one.code == code]
    assert policy is None
    assert place in [str(one.source) for one in found]
    assert any(words in one.message for one in found)


def test_files_that_cannot_be_opened_are_told_apart_by_their_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, findings = problem_from_files(tmp_path / "none.csv", tmp_path)
    assert made is None
    assert [(one.code, one.source.file) for one in findings] == [
        ("E-READ-001", "none.csv"),
        ("E-READ-001", tmp_path.name),
    ]
    large = tmp_path / "large.csv"
    large.write_text(HEADER)
    monkeypatch.setattr("evaluator.files.read.tables.csv_dialect.MOST_MEGABYTES", 0)
    assert [one.code for one in read_candidates(large).findings] == ["E-READ-004"]


A, B = candidate("A", 60, 10), candidate("B", 40, 10, "youth")
BAD_PROBLEMS: list[tuple[str, dict[str, Any], str]] = [
    ("E-ALLOC-005", {"kind": "year_budget", "year": "2099", "limit": "1"}, "names the year 2099"),
    ("E-ALLOC-005", {"kind": "theme_budget", "theme": "advise", "limit": "1"}, "names the theme advise"),
    ("E-ALLOC-005", {"kind": "theme_budget", "theme": "*", "limit": "1", "year": "y9"}, "names the year y9"),
    ("E-ALLOC-005", {"kind": "theme_awards", "theme": "advise", "most": 1}, "names the theme advise"),
    ("E-ALLOC-005", {"kind": "exclusive", "bids": ["A", "Z"]}, "names the bid Z"),
    ("E-ALLOC-005", {"kind": "linked", "bids": ["A", "Z"]}, "names the bid Z"),
    ("E-ALLOC-005", {"kind": "must_fund", "bid": "Z"}, "names the bid Z"),
    ("E-ALLOC-015", {"kind": "group_floor", "group": "g", "least": 1}, "names the group g"),
    ("E-ALLOC-015", {"kind": "theme_awards", "theme": "advise", "least": 1}, "it cannot be met"),
    ("E-ALLOC-006", {"kind": "theme_budget", "theme": "*"}, "neither limit nor least"),
    ("E-ALLOC-006", {"kind": "theme_awards", "theme": "*"}, "neither least nor most"),
    ("E-ALLOC-007", {"kind": "theme_awards", "theme": "*", "least": 3, "most": 2}, "at least 3 and allows at most 2"),
    ("E-ALLOC-007", {"kind": "theme_budget", "theme": "*", "least": "3", "limit": "2"}, "at least 3"),
    ("E-ALLOC-007", {"kind": "small_share", "least": "101%"}, "at least 101%"),
    ("E-ALLOC-008", {"kind": "linked", "bids": ["A"]}, "two or more different bids"),
    ("E-ALLOC-008", {"kind": "exclusive", "bids": ["A", "A", "B"]}, "two or more different bids"),
    ("E-ALLOC-009", {"kind": "must_fund", "bid": "B"}, "It scored 40; the published minimum score is 50."),
    ("E-ALLOC-010", {"kind": "capacity", "limit": "5"}, "under hours"),
    ("E-ALLOC-010", {"kind": "ward_floor", "least": 1}, "under wards"),
    ("E-ALLOC-010", {"kind": "small_share", "least": "20%"}, "under small"),
    ("E-ALLOC-010", {"kind": "variants"}, "under variant"),
    ("E-ALLOC-005", {"kind": "capacity", "limit": "5", "themes": ["parks"]}, "names the theme parks"),
    ("E-ALLOC-015", {"kind": "outcome_floor", "outcome": "O9", "least": 1}, "names the outcome O9"),
    ("E-ALLOC-015", {"kind": "ward_floor", "ward": "Bow", "least": 1}, "names the ward Bow"),
    ("E-ALLOC-005", {"kind": "reserve_list", "theme": "parks", "length": 1}, "names the theme parks"),
    ("E-ALLOC-006", {"kind": "theme_share", "theme": "*", "of": "awarded"}, "neither least nor most"),
    ("E-ALLOC-007", {"kind": "theme_share", "theme": "*", "least": "30%", "most": "20%"}, "at least 30%"),
    ("E-ALLOC-007", {"kind": "least_level", "least": "101%"}, "at least 101%"),
    ("E-ALLOC-007", {"kind": "year_budget", "year": "y1", "limit": "2", "committed": "3"}, "at least 3"),
    ("E-ALLOC-013", {"kind": "year_budget", "year": "y1", "limit": "2", "carry_over": True}, "rule R1 limits"),
    ("E-ALLOC-013", {"kind": "theme_budget", "theme": "*", "limit": "2", "carry_over": True}, "rule R1 limits"),
    ("E-ALLOC-018", {"kind": "merit_order", "theme": "*", "passes_over": ["R9"]}, "R9 is not among the rules"),
    ("E-ALLOC-018", {"kind": "merit_order", "theme": "*", "passes_over": ["R1"]}, "R1 limits neither one organisation"),
    ("E-ALLOC-018", {"kind": "merit_order", "theme": "*", "tie_break": ["lower_cost"]}, "it decides within bands"),
    ("E-ALLOC-018", {"kind": "merit_order", "theme": "*", "bands": ["5"], "max_gap": "1"}, "of equal standing"),
    ("E-ALLOC-018", {"kind": "fund_first", "theme": "*"}, "it needs a rank or a score"),
    ("E-ALLOC-018", {"kind": "fund_first", "theme": "*", "rank": 1, "score": "1"}, "one of them alone"),
    ("E-ALLOC-014", {"kind": "theme_share", "theme": "*", "most": "20%"}, "no rule says what that is"),
]


@pytest.mark.parametrize(("code", "rule", "words"), BAD_PROBLEMS)
def test_a_rule_that_does_not_fit_the_bids_is_found(code: str, rule: dict[str, Any], words: str) -> None:
    found = check_problem(
        problem([A, B], rule, minimum_score="50", years=("y1",) if rule.get("year") == "y1" else ()),
        Source("rules.toml"),
    )
    (one,) = [finding for finding in found if finding.code == code]
    assert words in one.message
    assert str(one.source).startswith("rules.toml rule.R1.")


def test_an_order_of_merit_goes_with_optimise_and_its_gap_with_total_points() -> None:
    merit = {"kind": "merit_order", "theme": "*", "max_gap": "1"}
    for method in ("priority", "fixed_lots"):
        (one,) = check_problem(problem([A, B], merit, method=method), Source("rules.toml"))
        assert (one.code, str(one.source)) == ("E-ALLOC-018", "rules.toml rule.R1.kind")
    ranked = [replace(one, rank=1, by_index=True) for one in (A, B)]
    (one,) = check_problem(problem(ranked, merit), Source("rules.toml"))
    assert (one.code, str(one.source)) == ("E-ALLOC-018", "rules.toml rule.R1.max_gap")
    assert check_problem(problem([A, B], merit), Source("rules.toml")) == ()


def test_a_floor_that_no_bid_can_meet_ends_in_a_conflict_and_not_in_an_award() -> None:
    for rule in (
        {"kind": "group_floor", "group": "g", "least": 1},
        {"kind": "theme_awards", "theme": "advise", "least": 1},
        {"kind": "must_fund", "bid": "B"},
    ):
        result = allocate(problem([A, B], rule, minimum_score="50"))
        assert (result.status, result.conflict, result.awards) == ("infeasible", ("R1",), ())


def test_a_column_in_which_every_bid_says_no_is_an_answer_and_a_missing_one_is_not() -> None:
    share = {"kind": "small_share", "least": "20%"}
    made = replace(problem([A, B], share), columns=("small",))
    (one,) = check_problem(made, Source("rules.toml"))
    assert (one.code, one.severity.value) == ("E-ALLOC-016", "note")
    assert [one.code for one in check_problem(replace(made, columns=()), Source("rules.toml"))] == ["E-ALLOC-010"]


def test_a_theme_without_bids_is_a_note_where_every_theme_with_bids_has_its_own_rule() -> None:
    limits = [{"kind": "theme_budget", "theme": name, "limit": "9"} for name in ("advice", "youth", "parks")]
    (one,) = check_problem(problem([A, B], *limits), Source("rules.toml"))
    assert (one.code, one.severity.value) == ("E-ALLOC-015", "note")
    assert "names the theme parks, which no bid that can be funded has: it decides nothing" in one.message
    assert [one.code for one in check_problem(problem([A, B], *limits[1:]), Source("rules.toml"))] == ["E-ALLOC-005"]
    minimum = {"advice": "5", "youth": "5", "parks": "5"}
    assert check_problem(problem([A, B], minimum_scores=minimum), Source("rules.toml")) == ()


def test_a_tie_break_that_a_list_cannot_use_is_a_note() -> None:
    (one,) = check_problem(problem([A], method="priority", tie_break=("fewer_awards",)), Source("rules.toml"))
    assert (one.code, one.severity.value) == ("E-ALLOC-017", "note")


def test_figures_for_themes_and_the_bids_must_agree() -> None:
    policy = {"minimum_scores": {"parks": "5"}, "theme_weights": {"advice": "2"}, "objective": ["score_by_theme"]}
    found = check_problem(problem([A, B], budget(1), **policy), Source("rules.toml"))
    assert [(one.code, str(one.source)) for one in found] == [
        ("E-ALLOC-012", "rules.toml minimum_scores"),
        ("E-ALLOC-012", "rules.toml theme_weights"),
    ]
    assert "the theme youth, which needs a weight and has none" in found[1].message


def test_repeated_ids_repeated_bids_and_unknown_exclusions_are_found() -> None:
    odd = candidate("A", 1, 1, excludes=("Z", "A"))
    found = check_problem(problem([odd, A], budget(1), {"id": "R1", **budget(2)}), Source("rules.toml"))
    assert [one.code for one in found] == ["E-ALLOC-002", "E-ALLOC-003", "E-ALLOC-003", "E-ALLOC-001"]


def test_an_objective_that_nothing_counts_towards_is_a_note() -> None:
    (one,) = check_problem(problem([A], budget(1), tie_break=("wards_covered",)), Source("rules.toml"))
    assert (one.code, one.severity.value) == ("E-ALLOC-004", "note")


def leftovers(*rules: dict[str, Any], **policy: Any) -> list[str]:
    made = problem([A, B], *rules, leftovers=True, **policy)
    return [one.message for one in check_problem(made, Source("rules.toml")) if one.code == "E-ALLOC-011"]


def test_leftovers_need_a_budget_of_the_programme_and_a_list() -> None:
    theme = {"kind": "theme_budget", "theme": "*", "limit": "5"}
    year = {"kind": "year_budget", "year": "y1", "limit": "5"}
    assert leftovers(budget(10), theme, method="priority") == []
    assert leftovers(theme, year, method="priority", years=("y1",)) == []
    (message,) = leftovers(theme, year, method="priority", years=("y1", "y2"))
    assert message == "Leftovers are to be handed out, but no rule limits the money of the whole programme."
    assert "optimise, which has no such phase" in leftovers(budget(10))[0]


def test_a_theme_without_bids_is_known_when_the_criteria_name_it() -> None:
    made = problem([A], {"kind": "theme_awards", "theme": "parks", "most": 2})
    assert [one.code for one in check_problem(made, Source("programme.toml"))] == ["E-ALLOC-005"]
    assert check_problem(made, Source("programme.toml"), themes=("parks",)) == ()


def test_a_sound_problem_has_no_findings() -> None:
    rule = {"kind": "theme_awards", "theme": "*", "least": 0, "most": 2}
    assert check_problem(problem([A, B], budget(10), rule), Source("rules.toml")) == ()


APPROVED = Ballots("approval", (Ballot((("A", Fraction(1)),)),))
SHARES: list[tuple[str, Any, str]] = [
    ("E-ALLOC-020", replace(problem([A], budget(10), method="equal_shares"), ballots=None), "no ballots"),
    ("E-ALLOC-021", problem([A], budget(10), {"kind": "organisation_awards", "limit": 1}, method="equal_shares"), "R2"),
    ("E-ALLOC-021", problem([A, replace(B, excludes=("A",))], budget(10), method="equal_shares"), "what B excludes"),
    ("E-ALLOC-022", problem([A], method="equal_shares"), "the rules have none"),
    ("E-ALLOC-022", problem([A], budget(10), budget(20), method="equal_shares"), "the rules have 2"),
    ("E-ALLOC-023", problem([A], budget(10), method="equal_shares", satisfaction="points"), "the kind approval"),
    ("E-ALLOC-024", problem([replace(A, levels=A.levels * 2)], budget(10), method="equal_shares"), "A can be funded"),
    ("E-ALLOC-025", problem([A], budget(10), completion="add1"), "the method is optimise"),
    ("E-ALLOC-025", problem([A], budget(10), method="priority", satisfaction="cost"), "satisfaction says"),
]


@pytest.mark.parametrize(("code", "made", "words"), SHARES)
def test_what_equal_shares_cannot_keep_is_refused(code: str, made: Problem, words: str) -> None:
    if code != "E-ALLOC-020":
        made = replace(made, ballots=APPROVED)
    (one,) = check_problem(made, Source("rules.toml"))
    assert (one.code, str(one.severity)) == (code, "blocks_award")
    assert words in one.message


def test_every_finding_about_allocation_has_a_case_here() -> None:
    cases = {code for code, *_ in (*BAD_CANDIDATES, *BAD_RULES, *BAD_PROBLEMS, *SHARES)}
    apart = {
        "E-CAND-016",
        "E-ALLOC-011",
        "E-ALLOC-026",
        "E-ALLOC-027",
        "E-ALLOC-012",
        "E-ALLOC-016",
        "E-ALLOC-017",
        "E-READ-001",
        "E-READ-004",
        "E-ALLOC-001",
        "E-ALLOC-002",
        "E-ALLOC-003",
        "E-ALLOC-004",
    }
    assert cases | apart == {entry.code for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_every_example_fills_the_words_of_its_finding(entry: Any) -> None:
    assert CATALOGUE[entry.code] is entry
    assert "{" not in (entry.message + entry.remedy).format(**entry.example)
