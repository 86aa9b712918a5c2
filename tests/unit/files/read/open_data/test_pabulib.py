"""Pabulib files: projects with their votes become candidates, and the file's own rule is followed."""

from pathlib import Path

import pytest

from evaluator.allocation import allocate
from evaluator.files.read.candidates.candidates import problem_from_files

META = "META\nkey;value\ndescription;Example\nbudget;{budget}\nvote_type;{kind}\nrule;{rule}\ncurrency;{currency}\n"
# By hand: 1 has three votes, 2 has two, 3 has one. With 100: 1 (60), then 2 (50) does not fit, then 3 (40) does.
PROJECTS = "PROJECTS\nproject_id;cost;votes;name\n1;60;3;Benches\n2;50;2;Trees\n3;40;1;Lights, and more\n"
VOTES = "VOTES\nvoter_id;vote\n7;1,2\n8;1,2,3\n9;1\n"
POINTS = "VOTES\nvoter_id;vote;points\n7;2,1;5,1\n8;3;-2\n"
RULES = 'method = "priority"\n[[rule]]\nid = "R1"\nkind = "budget"\nlimit = "90"\nsource = "x"\n'


def text_of(
    projects: str = PROJECTS,
    votes: str = VOTES,
    *,
    budget: str = "100",
    kind: str = "approval",
    rule: str = "greedy",
    currency: str = "GBP",
) -> str:
    return META.format(budget=budget, kind=kind, rule=rule, currency=currency) + projects + votes


def told(folder: Path, text: str, rules: str = "") -> list[str]:
    """Give what is found in a file, each finding as its line and code, then the awards if there are any."""
    path = folder / "city.pb"
    path.write_text(text, encoding="utf-8")
    if rules:
        (folder / "rules.toml").write_text(rules, encoding="utf-8")
    problem, found = problem_from_files(path, folder / "rules.toml" if rules else None)
    codes = [f"{one.source.row} {one.code}" for one in found]
    return codes if problem is None else [*codes, *(award.bid for award in allocate(problem).awards)]


def test_the_best_voted_are_funded_while_money_lasts(tmp_path: Path) -> None:
    assert told(tmp_path, text_of()) == ["1", "3"]


@pytest.mark.parametrize(
    ("rule", "least", "funded"),
    [
        ("greedy-no-skip", "", ["1"]),  # 2 does not fit, so that 3 is not looked at
        ("greedy-threshold", "1", ["1", "3"]),  # just as many as are asked for is enough
        ("greedy-threshold", "2", ["1"]),
        ("greedy", "1,5", ["1"]),
        ("greedy-no-skip", "4", []),
    ],
)
def test_the_rule_of_the_file_stops_or_has_a_least_score(
    tmp_path: Path, rule: str, least: str, funded: list[str]
) -> None:
    told_least = f"\nmin_project_score_threshold;{least}" if least else ""
    assert told(tmp_path, text_of(rule=f"{rule}{told_least}")) == funded


@pytest.mark.parametrize("least", ["", "min_project_score_threshold;a tenth\n"])
def test_a_least_score_that_is_not_told_is_not_made_up(tmp_path: Path, least: str) -> None:
    text = text_of(rule="greedy-threshold").replace("currency;", f"{least}currency;")
    assert told(tmp_path, text) == ["6 E-OPEN-006"]


def test_rules_of_ones_own_stand_in_the_place_of_the_files(tmp_path: Path) -> None:
    assert told(tmp_path, text_of(rule="equalshares", budget="nothing"), RULES) == ["1"]


def test_votes_are_counted_where_the_projects_do_not_say_them(tmp_path: Path) -> None:
    bare = "PROJECTS\nproject_id;cost\n1;60\n2;50\n3;40\n"
    assert told(tmp_path, text_of(bare)) == ["1", "3"]


def test_points_are_added_up_also_those_against(tmp_path: Path) -> None:
    bare = "PROJECTS\nproject_id;cost\n1;60\n2;50\n3;40\n"
    # 2 has 5 points, 1 has 1, 3 has -2: 2 (50) is first, then 1 (60) does not fit, then 3 (40) does.
    assert told(tmp_path, text_of(bare, POINTS, kind="cumulative")) == ["2", "3"]


def test_a_decimal_comma_is_read_in_costs_and_budget(tmp_path: Path) -> None:
    cents = PROJECTS.replace(";60;", ";60,50;").replace(";40;", ";39,50;")
    assert told(tmp_path, text_of(cents, budget="100,00")) == ["1", "3"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("0 E-OPEN-001", META.format(budget=1, kind="approval", rule="greedy", currency="GBP")),
        ("0 E-OPEN-001", text_of(PROJECTS.replace("cost", "price"))),
        ("10 E-OPEN-002", text_of(PROJECTS.replace("1;60;3", "1;60;"), "")),
        ("4 E-OPEN-005", text_of(budget="0")),
        ("6 E-OPEN-006", text_of(rule="phragmen")),
        ("10 E-CAND-008", text_of(PROJECTS.replace("1;60;", "1;sixty;"))),
        ("11 E-CAND-006", text_of(PROJECTS.replace("2;50;2", "1;50;3"), "")),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_line(tmp_path: Path, code: str, text: str) -> None:
    found = told(tmp_path, text)
    assert code in found
    assert not {"1", "2", "3"} & set(found)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("5 E-OPEN-003", text_of(kind="majority")),
        ("10 E-OPEN-004", text_of(PROJECTS.replace("1;60;3", "1;60;4"))),
        ("7 E-OPEN-007", text_of(currency="PLN")),
        ("9 E-OPEN-008", text_of(PROJECTS.replace(";name", ";category"))),
    ],
)
def test_what_is_worth_knowing_is_noted_and_changes_no_award(tmp_path: Path, code: str, text: str) -> None:
    assert told(tmp_path, text) == [code, "1", "3"]


SHARED = 'method = "equal_shares"\nsatisfaction = "cardinality"\n'
BUDGET_TAKEN = "0 E-OPEN-030"


def test_equal_shares_take_the_budget_and_the_ballots_of_the_file(tmp_path: Path) -> None:
    # £120 for three: £40 each. 1 costs three of them £20 each; then the first two have £40 for 2, which costs £50.
    assert told(tmp_path, text_of(budget="120"), SHARED) == [BUDGET_TAKEN, "1"]
    # £150: £50 each. 1 leaves £30 to each of them, and the first two pay £25 each for 2.
    assert told(tmp_path, text_of(budget="150"), SHARED) == [BUDGET_TAKEN, "1", "2"]


def test_a_file_that_names_equal_shares_is_divided_by_them(tmp_path: Path) -> None:
    # As above with satisfaction by cost; £120 do not pay for 2 too, and £25 for each of two would need £45 for each.
    assert told(tmp_path, text_of(budget="120", rule="equalshares")) == ["1"]
    assert told(tmp_path, text_of(budget="150", rule="equalshares/add1")) == ["1", "2", "3"]  # £150 pay for all


def test_rules_that_limit_no_money_take_the_budget_of_the_file(tmp_path: Path) -> None:
    assert told(tmp_path, text_of(), 'method = "priority"\n') == [BUDGET_TAKEN, "1", "3"]


def test_votes_count_before_a_score_where_people_approved(tmp_path: Path) -> None:
    both = "PROJECTS\nproject_id;cost;votes;score\n1;60;3;1\n2;50;2;9\n3;40;1;5\n"
    assert told(tmp_path, text_of(both)) == ["1", "3"]


@pytest.mark.parametrize(
    ("code", "votes", "kind"),
    [
        ("17 E-OPEN-031", VOTES.replace("9;1", "9;1,17"), "approval"),
        ("17 E-OPEN-032", VOTES.replace("9;1", "9;1,1"), "approval"),
        ("15 E-OPEN-034", POINTS.replace("5,1", "5"), "cumulative"),
        ("15 E-OPEN-034", POINTS.replace("5,1", "5,x"), "cumulative"),
    ],
)
def test_ballots_that_cannot_be_taken_whole_are_told_at_their_line(
    tmp_path: Path, code: str, votes: str, kind: str
) -> None:
    bare = "PROJECTS\nproject_id;cost\n1;60\n2;50\n3;40\n"
    assert code in told(tmp_path, text_of(bare, votes, kind=kind, budget="150"), SHARED)


TABLE = "bid,theme,organisation,score,cost\n1,all,a,3,60\n2,all,b,2,50\n3,all,c,1,40\n"
LIMIT = '[[rule]]\nid = "R1"\nkind = "budget"\nlimit = "150"\n'


def beside(folder: Path, ballots: str, rules: str = SHARED) -> list[str]:
    """Give what is found in a table of ballots beside candidates.csv, then the awards if there are any."""
    for name, text in (("candidates.csv", TABLE), ("rules.toml", rules + LIMIT), ("ballots.csv", ballots)):
        (folder / name).write_text(text, encoding="utf-8")
    problem, found = problem_from_files(*(folder / name for name in ("candidates.csv", "rules.toml", "ballots.csv")))
    codes = [f"{one.source.row} {one.code}" for one in found]
    return codes if problem is None else [*codes, *(award.bid for award in allocate(problem).awards)]


def test_ballots_stand_in_a_table_beside_candidates(tmp_path: Path) -> None:
    assert beside(tmp_path, "voter,vote\n7,1;2\n8,1;2;3\n9,1\n") == ["1", "2"]


def test_points_and_rankings_stand_in_a_table_too(tmp_path: Path) -> None:
    by_points = 'method = "equal_shares"\n'
    # £50 each. 3 has 9 points for £40, 1 has 2 for £60. 8 pays £40 for 3; then 7 and 8 have £60 for 1, and 9 nothing.
    assert beside(tmp_path, "voter,vote,points\n7,1,1\n8,3;1,9;1\n9,2,1\n", by_points) == ["1", "2", "3"]
    # A last place is worth nothing, and 9 ranks one alone. 7 and 8 have £100: 1 (two units, £30 each) is bought.
    assert beside(tmp_path, "voter,ranking\n7,1;2\n8,1;3\n9,2\n", by_points) == ["1"]


@pytest.mark.parametrize(
    ("code", "ballots"),
    [
        ("1 E-OPEN-035", "voter,votes\n7,1\n"),
        ("1 E-OPEN-035", "voter,ranking,points\n7,1,1\n"),
        ("3 E-OPEN-033", "voter,vote\n7,1\n7,2\n"),
        ("2 E-OPEN-033", "voter,vote\n,1\n"),
        ("2 E-OPEN-033", "voter,vote\n7,1,2\n"),
        ("2 E-OPEN-034", "voter,vote,points\n7,1;2,4\n"),
    ],
)
def test_a_table_of_ballots_that_cannot_be_read_is_refused(tmp_path: Path, code: str, ballots: str) -> None:
    found = beside(tmp_path, ballots)
    assert code in found
    assert "1" not in found
