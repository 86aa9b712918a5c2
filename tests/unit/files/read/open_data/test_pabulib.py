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
        ("6 E-OPEN-006", text_of(rule="equalshares")),
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
