"""The command that puts a programme's dates in order: what it prints, its JSON, and how it ends."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main

MINIMAL = Path(__file__).resolve().parents[3] / "criteria" / "minimal"
PROCUREMENT = """
[procurement]
procedure = "open"
estimated_value = "12480000"
conflicts_assessed = 2027-01-04
first_act = "tender_notice"
first_act_date = "11/01/2027"
tenders_close = 2027-02-26T12:00:00
decision = "2027-04-20"
award_notice = "2027-04-27"
standstill = 8
contract = "2027-05-10"
"""


@pytest.fixture
def criteria(tmp_path: Path) -> Path:
    folder = tmp_path / "criteria"
    copytree(MINIMAL, folder)
    (folder / "seal.json").unlink()
    path = folder / "programme.toml"
    text = path.read_text("utf-8").replace('"below_threshold"', '"pa2023_light_touch"')
    path.write_text(text + PROCUREMENT, "utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["timetable", *map(str, arguments)])


def test_every_date_stands_in_order_with_those_that_follow_by_law(criteria: Path) -> None:
    done = run(criteria, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert [(one["date"], one["key"]) for one in told["dates"]] == [
        ("2027-01-04", "conflicts_assessed"),
        ("2027-01-11", "first_act_date"),
        ("2027-02-26", "tenders_close"),
        ("2027-04-20", "decision"),
        ("2027-04-27", "award_notice"),
        ("2027-04-27", "standstill_from"),
        ("2027-05-07", "standstill_ends"),  # 27 to 30 April and 4 to 7 May: 3 May is May Day
        ("2027-05-10", "contract"),
        ("2027-09-06", "contract_details_notice"),  # 120 days that begin with 10 May
        ("2027-11-05", "contract_copy"),  # 180 days, for a contract over £5 million
        ("2030-05-09", "records"),
    ]
    assert told["dates"][2]["time"] == "12:00"
    assert told["left_out"] == [{"date": "2027-05-03", "title": "May Day"}]
    assert told["standstill"]["ends"] is None, "a planned notice confirms nothing"


def test_the_standstill_counts_from_the_notice_that_was_seen(criteria: Path) -> None:
    told = json.loads(run(criteria, "--notice", "2027-04-26", "--json").output)
    assert told["standstill"] == {
        "regime": "pa2023_light_touch",
        "from": "2027-04-26",
        "ends": "2027-05-06",
        "days": 8,
        "unit": "working_days",
        "mandatory": False,
    }
    text = run(criteria, "--notice", "2027-04-26").output
    assert "begins on 26 April 2027 and ends at the end of 6 May 2027" in text
    assert "Not counted: 3 May 2027 (May Day)" in text


def test_a_contract_within_the_standstill_cannot_be_kept(criteria: Path) -> None:
    done = run(criteria, "--notice", "2027-04-29", "--json")
    assert done.exit_code == 1
    (found,) = json.loads(done.output)["findings"]
    assert (found["code"], found["key"]) == ("E-LAW-010", "procurement.contract")
    assert found["authority"].startswith("Procurement Act 2023 s.51(3)-(5)")


def test_criteria_that_say_no_date_have_an_empty_timetable() -> None:
    done = run(MINIMAL)
    assert done.exit_code == 0
    assert "The criteria say no date of the procurement yet." in done.output
    assert "There is no standstill" in done.output
    told = json.loads(run(MINIMAL, "--notice", "2027-04-26", "--json").output)
    assert told["dates"] == [
        {
            "date": "2027-04-26",
            "time": "",
            "key": "award_notice",
            "what": "the award notice as published",
            "basis": "confirmed",
            "because": "",
        }
    ]
    assert told["standstill"]["from"] is None


@pytest.mark.parametrize("notice", ["26/04/27", "2027-02-30", "soon"])
def test_a_notice_without_a_day_is_wrong_use(criteria: Path, notice: str) -> None:
    assert run(criteria, "--notice", notice).exit_code == 2


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ('tenders_close = "2027-02-26"', "must be a day and a time"),
        ('decision = "26/04/27"', "must be a day. Write the day as"),
        ('decision = "2027-13-01"', "must be a day. Write the day as"),
        ("standstill = -1", "standstill"),
    ],
)
def test_a_date_that_is_none_is_found_at_its_key(criteria: Path, key: str, words: str) -> None:
    path = criteria / "programme.toml"
    name = key.split(" =", maxsplit=1)[0]
    lines = [key if line.startswith(name) else line for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(lines), "utf-8")
    done = run(criteria)
    assert done.exit_code == 3
    assert words in done.output
    assert f"programme.toml procurement.{name}" in done.output
