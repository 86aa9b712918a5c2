"""OCDS bids and 360Giving grants as candidates: what they say is taken, what they do not say is asked."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluator.files.read.candidates.candidates import problem_from_files
from evaluator.files.read.open_data.candidates import gathered_candidates
from evaluator.files.read.open_data.gathered import candidates_csv

RULES = 'method = "optimise"\n[[rule]]\nid = "R1"\nkind = "budget"\nlimit = "100"\nsource = "x"\n'


def bid(name: str, amount: Any, total: str = "", **more: Any) -> dict[str, Any]:
    """Make a bid as OCDS tells of it, with a score by our extension where one is given."""
    told: dict[str, Any] = {
        "id": name,
        "status": "valid",
        "tenderers": [{"id": f"GB-{name}"}],
        "relatedLots": ["1"],
        "value": {"amount": amount, "currency": "GBP"},
    }
    return told | ({"evaluation": {"total": total}} if total else {}) | more


def release(*bids: dict[str, Any], ocid: str = "ocds-x-1", date: str = "2027-01-01") -> dict[str, Any]:
    return {"ocid": ocid, "id": f"{ocid}-{date}", "date": date, "bids": {"details": list(bids)}}


def read(folder: Path, held: Any, ocid: str = "") -> tuple[list[str], list[tuple[str, ...]]]:
    """Give the findings as place and code, and the candidates."""
    path = folder / "open.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    made = gathered_candidates(path, ocid)
    keys = ("bid", "theme", "organisation", "score", "cost")
    return [f"{one.source.key} {one.code}" for one in made.findings], [
        tuple(row.texts[key] for key in keys) for row in made.rows
    ]


def test_the_bids_of_a_package_are_candidates_with_their_scores_and_lots(tmp_path: Path) -> None:
    found, rows = read(tmp_path, {"releases": [release(bid("B1", 60.5, "147/2"), bid("B2", 40))]})
    assert found == []
    assert rows == [("B1", "1", "GB-B1", "73.5", "60.5"), ("B2", "1", "GB-B2", "", "40")]


def test_the_latest_release_speaks_and_records_are_read_too(tmp_path: Path) -> None:
    old, new = release(bid("B1", 1), date="2027-01-01"), release(bid("B1", 2), date="2027-02-01")
    assert read(tmp_path, {"releases": [new, old]})[1] == [("B1", "1", "GB-B1", "", "2")]
    assert read(tmp_path, {"records": [{"ocid": "ocds-x-1", "compiledRelease": new}]})[1][0][4] == "2"
    assert read(tmp_path, new)[1][0][4] == "2"


def test_several_processes_are_asked_about(tmp_path: Path) -> None:
    package = {"releases": [release(bid("B1", 1)), release(bid("B2", 2), ocid="ocds-x-2")]}
    assert read(tmp_path, package)[0] == [" E-OPEN-011"]
    assert read(tmp_path, package, "ocds-x-2")[1][0][0] == "B2"
    assert read(tmp_path, package, "ocds-x-3")[0] == [" E-OPEN-011"]


def test_withdrawn_bids_are_left_out_and_told_of(tmp_path: Path) -> None:
    found, rows = read(tmp_path, {"releases": [release(bid("B1", 1), bid("B2", 2, status="withdrawn"))]})
    assert (found, len(rows)) == ([" E-OPEN-012"], 1)


@pytest.mark.parametrize(
    ("code", "held"),
    [
        (" E-OPEN-010", {"releases": []}),
        (" E-OPEN-010", {"releases": [{"ocid": "x", "tender": {}}]}),
        (" E-OPEN-010", ["no", 1, None]),
        ("releases[0].bids E-OPEN-010", {"releases": [{"ocid": "x", "bids": {"details": "none"}}]}),
        (
            "releases[0].bids.details[0].relatedLots E-OPEN-013",
            {"releases": [release(bid("B1", 1, relatedLots=["1", "2"]))]},
        ),
        (
            "releases[0].bids.details[0].value.currency E-OPEN-014",
            {"releases": [release(bid("B1", 1) | {"value": {"amount": 1, "currency": "EUR"}})]},
        ),
        ("grants E-OPEN-010", {"grants": []}),
        ("grants[0].currency E-OPEN-014", {"grants": [{"id": "g", "currency": "USD", "amountAppliedFor": 5}]}),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_key(tmp_path: Path, code: str, held: Any) -> None:
    assert code in read(tmp_path, held)[0]


def test_a_bid_without_a_score_or_price_is_refused_at_its_key_when_money_is_divided(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(RULES)
    path = tmp_path / "open.json"
    path.write_text(json.dumps({"releases": [release(bid("B1", 60), bid("B2", "40", "50"), bid("B3", 1, "1/3"))]}))
    problem, found = problem_from_files(path, tmp_path / "rules.toml")
    assert problem is None
    assert {str(one.source) for one in found} == {
        "open.json releases[0].bids.details[0].evaluation.total",
        "open.json releases[0].bids.details[1].value.amount",
        "open.json releases[0].bids.details[2].evaluation.total",
    }


def test_no_rules_for_candidates_of_a_table_or_of_json_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "candidates.csv").write_text("bid,theme,organisation,score,cost\nB1,a,O1,5,10\n")
    problem, found = problem_from_files(tmp_path / "candidates.csv", None)
    assert (problem, [one.code for one in found]) == (None, ["E-OPEN-009"])
    path = tmp_path / "open.json"
    path.write_text(json.dumps({"releases": [release(bid("B1", 60, "50"))]}))
    problem, found = problem_from_files(path, None)
    assert (problem, [one.code for one in found]) == (None, ["E-OPEN-009"])


def test_grants_are_candidates_by_what_was_applied_for(tmp_path: Path) -> None:
    asked = {
        "id": "360G-a-1",
        "amountAppliedFor": 500,
        "amountAwarded": 400.25,
        "grantProgramme": [{"code": "P", "title": "Parks"}],
        "recipientOrganization": [{"id": "GB-CHC-1", "name": "Friends"}],
        "beneficiaryLocation": [{"name": "Bow East"}, {"name": "Mile End"}],
    }
    granted = {"id": "360G-a-2", "amountAwarded": 400.25, "recipientOrganization": [{"name": "Neighbours"}]}
    found, rows = read(tmp_path, {"grants": [asked, granted]})
    assert found == ["grants[1].amountAwarded E-OPEN-015"]
    assert rows == [("360G-a-1", "P", "GB-CHC-1", "", "500"), ("360G-a-2", "all", "Neighbours", "", "400.25")]


def test_no_text_of_others_becomes_a_formula_in_the_table(tmp_path: Path) -> None:
    path = tmp_path / "open.json"
    path.write_text(json.dumps({"releases": [release(bid("=cmd|' /C calc'!A0", 1, "-5/2"))]}))
    made = gathered_candidates(path)
    line = candidates_csv(made.columns, made.rows).decode().splitlines()[1]
    assert line.startswith("'=cmd")
    assert ",-2.5," in line
