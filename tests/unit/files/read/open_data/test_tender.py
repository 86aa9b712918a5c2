"""An OCDS tender as a draft of criteria: what it says is there, what it lacks is asked, and nothing is made up."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.engine_data import read_library
from evaluator.files.read.open_data.tender import draft_of_tender
from evaluator.records.programme.criteria import Criteria

QUALITY = {
    "type": "quality",
    "name": "Delivery",
    "description": "How will you deliver the service?",
    "numbers": [
        {"number": Decimal("55.5"), "weight": "percentageExact"},
        {"number": 2, "threshold": "minimumScore"},
    ],
}
SOCIAL = {"type": "quality", "name": "Social value", "numbers": [{"number": Decimal("0.1"), "weight": "decimalExact"}]}
COSTS = {"type": "price", "name": "Price", "numbers": [{"number": Decimal("34.5"), "weight": "percentageExact"}]}


def lot(name: str = "1", *criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = {
        "id": name,
        "title": f"Advice {name}",
        "description": "Advice on money.",
        "value": {"amount": 120000, "currency": "GBP"},
        "awardCriteria": {"criteria": list(criteria or (QUALITY, SOCIAL, COSTS))},
    }
    return told | more


def draft(*lots: dict[str, Any], **more: Any) -> tuple[Criteria, dict[str, list[str]]]:
    """Draft from a tender as Find a Tender publishes one; give it with the places of its findings by code."""
    tender = {
        "id": "T-7",
        "title": "Advice services",
        "legalBasis": {"id": "2023/54", "scheme": "UKPGA"},
        "specialRegime": ["lightTouch"],
        "tenderPeriod": {"endDate": "2027-06-30T11:00:00Z"},
        "lots": list(lots),
        **more,
    }
    release = {
        "ocid": "ocds-h6vhtk-1",
        "id": "r1",
        "date": "2027-05-01",
        "buyer": {"name": "A council"},
        "tender": tender,
    }
    made, found = draft_of_tender("tender.json", {"releases": [release]}, read_library().start)
    assert made is not None
    by_code: dict[str, list[str]] = {}
    for one in found:
        by_code.setdefault(one.code, []).append(one.source.key)
    return made, by_code


def test_lots_questions_weights_minimums_and_money_are_taken_exactly() -> None:
    made, found = draft(
        lot("1"), lot("2"), value={"amount": 200000, "currency": "GBP"}, lotDetails={"maximumLotsAwardedPerSupplier": 1}
    )
    assert [theme.id for theme in made.themes] == ["1", "2"]
    theme = made.themes[0]
    assert theme.weights == {"Q1": Decimal("55.5"), "Q2": Decimal(10), "price": Decimal("34.5")}
    assert theme.minimum_marks == {"Q1": Decimal(2)}
    assert [(one.title, one.text) for one in theme.question] == [
        ("Delivery", "How will you deliver the service?"),
        ("Social value", ""),
    ]
    assert made.allocation is not None
    assert [rule.id for rule in made.allocation.rule] == ["budget", "each", "budget-1", "budget-2"]
    assert (made.authority, made.reference, made.regime) == ("A council", "T-7", "pa2023_light_touch")
    assert made.procurement.tenders_close == "2027-06-30T12:00"  # eleven by Greenwich is noon in summer
    assert not {"E-OPEN-021", "E-OPEN-022", "E-OPEN-025"} & set(found)


def test_weights_in_points_come_to_a_whole_of_their_own() -> None:
    points = [
        {"type": kind, "name": kind, "numbers": [{"number": number, "weight": "pointsExact"}]}
        for kind, number in (("quality", 75), ("price", 15))
    ]
    made, found = draft(lot("1", *points), lot("2"))
    assert [theme.total for theme in made.themes] == [Decimal(90), None]
    assert made.themes[0].weights == {"Q1": Decimal(75), "price": Decimal(15)}
    assert "E-OPEN-022" not in found
    mixed = draft(lot("1", points[0], COSTS))
    assert (mixed[0].themes[0].total, "E-OPEN-022" in mixed[1]) == (None, True)


def test_a_later_release_that_repeats_the_tender_without_its_lots_takes_nothing_away() -> None:
    whole = {"ocid": "o-1", "date": "2027-05-01", "tender": {"id": "T-7", "title": "Advice", "lots": [lot()]}}
    update = {"ocid": "o-1", "date": "2027-06-01", "tag": ["award"], "tender": {"id": "T-7", "title": "Advice"}}
    drafts = [draft_of_tender("t.json", {"releases": one}, read_library().start) for one in ([whole], [whole, update])]
    assert drafts[0] == drafts[1]
    assert drafts[1][0] is not None


def test_what_ocds_has_no_field_for_is_asked() -> None:
    found = draft(lot())[1]
    assert len(found["E-OPEN-020"]) == 7  # scale, good answers, moderation, rounding, ties, division; price method


@pytest.mark.parametrize(
    ("code", "place", "changed"),
    [
        ("E-OPEN-021", "awardCriteria.criteria[0]", lot("1", {"type": "quality", "name": "A"}, COSTS)),
        (
            "E-OPEN-021",
            "awardCriteria.criteria[0]",
            lot("1", {"type": "quality", "numbers": [{"number": 1, "weight": "orderOfImportance"}]}, COSTS),
        ),
        ("E-OPEN-022", "awardCriteria", lot("1", QUALITY, COSTS)),
        (
            "E-OPEN-023",
            "awardCriteria.criteria[0].description",
            lot("1", {"type": "quality", "name": "Quality", "description": "65.5%"}, COSTS),
        ),
        ("E-OPEN-024", "awardCriteria.criteria[0]", lot("1", {"type": "cost", "name": "Running costs"}, COSTS)),
        ("E-OPEN-026", "value", lot("1", value={"amount": 5, "currency": "EUR"})),
        ("E-OPEN-028", "value", lot("1", value={"amount": Decimal("5.001"), "currency": "GBP"})),
        ("E-OPEN-027", "renewal", lot("1", renewal={"description": "Two years"})),
    ],
)
def test_what_the_draft_cannot_take_is_told_at_its_key(code: str, place: str, changed: dict[str, Any]) -> None:
    assert draft(changed)[1][code] == [f"releases[0].tender.lots[0].{place}"]


def test_a_weight_in_the_place_of_a_description_is_taken_and_asked() -> None:
    made, found = draft(lot("1", {"type": "quality", "name": "Quality", "description": "65.5%"}, COSTS))
    assert made.themes[0].weights == {"Q1": Decimal("65.5"), "price": Decimal("34.5")}
    assert made.themes[0].question[0].text == ""
    assert "E-OPEN-022" not in found


@pytest.mark.parametrize(
    ("basis", "regime", "asked"),
    [
        ({"legalBasis": {"id": "2023/54"}, "specialRegime": []}, "pa2023", False),
        ({"legalBasis": {"id": "32014L0024", "scheme": "CELEX"}}, "pcr2015", False),
        ({"legalBasis": {"description": "Health Care (Provider Selection Regime)"}}, "psr2023", False),
        ({"legalBasis": None, "specialRegime": "odd"}, "pa2023", True),
    ],
)
def test_the_law_is_read_from_the_legal_basis_or_asked(basis: dict[str, Any], regime: str, asked: bool) -> None:
    made, found = draft(lot(), **basis)
    assert (made.regime, "E-OPEN-025" in found) == (regime, asked)


def test_conditions_become_gates_once_and_what_follows_is_asked() -> None:
    condition = {"criteria": [{"type": "technical", "description": "Two years of accounts."}, {"type": "other"}]}
    made, found = draft(lot("1", selectionCriteria=condition), lot("2", selectionCriteria=condition))
    assert [(gate.id, gate.predicate, gate.on_failure) for gate in made.gate] == [("G1", "Two years of accounts.", "")]
    assert "releases[0].tender.lots[1].selectionCriteria.criteria[0]" in found["E-OPEN-020"]


def test_a_tender_without_lots_is_one_theme_with_its_own_criteria() -> None:
    made, _ = draft(awardCriteria={"criteria": [QUALITY, SOCIAL, COSTS]}, value={"amount": 9, "currency": "GBP"})
    assert [(theme.id, theme.title) for theme in made.themes] == [("all", "Advice services")]
    assert made.themes[0].weights["price"] == Decimal("34.5")


@pytest.mark.parametrize("name", ["draft", "draft.xlsx"])
def test_the_command_writes_a_draft_that_check_can_read(tmp_path: Path, name: str) -> None:
    source = tmp_path / "tender.json"
    release = {"ocid": "x", "id": "r", "date": "2027-01-01", "tender": {"id": "T", "title": "T", "lots": [lot()]}}
    source.write_text(json.dumps({"releases": [release]}, default=float))
    run = CliRunner().invoke(main, ["criteria", "from-tender", str(source), "--out", str(tmp_path / name), "--json"])
    assert run.exit_code == 0, run.output
    assert {one["code"] for one in json.loads(run.stdout)["findings"]} == {"E-OPEN-020", "E-OPEN-025"}
    read = read_criteria(tmp_path / name)
    assert read.criteria is not None
    assert read.criteria.themes[0].weights["Q1"] == Decimal("55.5")


def test_our_own_published_tender_comes_back_with_its_weights(tmp_path: Path) -> None:
    from evaluator.reporting.open_data import criteria_ocds

    ours = read_criteria(Path("criteria/community_commissioning")).criteria
    assert ours is not None
    seal = read_criteria(Path("criteria/community_commissioning")).seal
    assert seal is not None
    text = criteria_ocds(ours, seal, seal.sha256)
    made, found = draft_of_tender("ours.json", json.loads(text, parse_float=Decimal), read_library().start)
    assert made is not None
    assert {t.id: sorted(t.weights.values()) for t in made.themes} == {
        t.id: sorted(t.weights.values()) for t in ours.themes
    }
    assert not [one for one in found if one.code in ("E-OPEN-021", "E-OPEN-022")]
