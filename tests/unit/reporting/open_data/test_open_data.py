"""Open data is valid against the pinned schemas, offline, and holds nothing of those who were not chosen."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.jobs.finished import from_bundle as reopening
from evaluator.publication import fingerprint, seal
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.open_data import criteria_ocds, grants_360, outcome_ocds
from evaluator.reporting.open_data.release import EXTENSIONS
from tests.method_parameters import parameters_of
from tests.ocds_schemas import STANDARD, codes, read, release_schema, snapshot
from tests.unit.reporting import small_outcome
from tests.worked_examples.programmes import METHODS, MORE_METHODS, programme

ROOT = Path(__file__).resolve().parents[4]
SCHEMAS = ROOT / "tests" / "schemas"
Document = dict[str, Any]


def schema(name: str) -> Document:
    found: Document = json.loads((SCHEMAS / name).read_text("utf-8"))
    return found


RELEASE = release_schema(EXTENSIONS)
PACKAGE = read(STANDARD / "release-package-schema.json")
PACKAGE["properties"]["releases"]["items"] = {}  # the release is held to the schema with its extensions
OURS = {"/tender/evaluation", "/bids/details/evaluation"}  # documented in docs/open_data.md


def strangers(value: Any, part: Document, where: str = "") -> Iterator[str]:
    """Name every field that the schema does not know, and every code that its codelist does not."""
    while "$ref" in part:
        part = RELEASE["definitions"][part["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for each in value:
            yield from strangers(each, part.get("items", {}) | {"codelist": part.get("codelist")}, where)
    elif isinstance(value, dict) and "properties" in part:
        known = part["properties"]
        yield from (name for key in value if key not in known and (name := f"{where}/{key}") not in OURS)
        for key in value.keys() & known.keys():
            yield from strangers(value[key], known[key], f"{where}/{key}")
    elif part.get("codelist") and value not in codes(part["codelist"], EXTENSIONS):
        yield f"{where}: {value}"


CHECKER = jsonschema.FormatChecker()


@CHECKER.checks("date-time", raises=ValueError)
def is_a_moment(value: object) -> bool:
    return "T" in str(value) and bool(datetime.fromisoformat(str(value)))


def valid_release(text: str) -> Document:
    package = json.loads(text)
    assert package["extensions"] == list(EXTENSIONS)
    jsonschema.Draft4Validator(PACKAGE).validate(package | {"releases": [{}]})
    release: Document
    (release,) = package["releases"]
    jsonschema.Draft4Validator(RELEASE, format_checker=CHECKER).validate(release)
    assert list(strangers(release, RELEASE)) == []
    return release


@pytest.fixture
def sample(reopened: reopening.Reopened) -> Outcome:
    return reopened.outcome


def test_the_schema_notices_what_is_wrong(sample: Outcome) -> None:
    package = json.loads(outcome_ocds(sample, "2027-01-15"))
    package["releases"][0]["awards"][0]["value"]["currency"] = "POUNDS"
    with pytest.raises(jsonschema.ValidationError, match="POUNDS"):
        valid_release(json.dumps(package))


def test_published_criteria_are_a_tender_with_lots_and_weighted_award_criteria(sample: Outcome) -> None:
    criteria = sample.criteria
    sealed = seal(criteria, "2026-12-01")
    release = valid_release(criteria_ocds(criteria, sealed, fingerprint(criteria), "ocds-abc123-0001"))
    assert (release["ocid"], release["tag"], release["date"]) == (
        "ocds-abc123-0001",
        ["tender"],
        "2026-12-01T00:00:00Z",
    )
    for lot, theme in zip(release["tender"]["lots"], criteria.themes, strict=True):
        numbers = [
            one["number"] for each in lot["awardCriteria"]["criteria"] for one in each["numbers"] if "weight" in one
        ]
        assert sum(numbers) == 100
        assert lot["title"] == theme.title
    assert release["tender"]["evaluation"]["seal"] == sealed.sha256
    assert "bids" not in release


@pytest.mark.parametrize("title", [*METHODS, *MORE_METHODS])
def test_criteria_with_any_price_method_are_valid_and_tell_its_parameters(title: str) -> None:
    policy = (METHODS | MORE_METHODS)[title]
    criteria = programme("parts", "half_up", ("quality",), methods={title: policy})
    release = valid_release(criteria_ocds(criteria, seal(criteria, "2026-12-01"), fingerprint(criteria)))
    told = release["tender"]["evaluation"].get("price", [{}])[0]
    assert told.get("method") == policy.get("method")
    given = {key: Decimal(value) for key, value in told.get("parameters", {}).items()}
    assert given == {key: Decimal(str(value)) for key, value in policy.get("parameters", {}).items()}
    assert parameters_of("range") == {}


def test_awards_name_those_who_are_chosen_and_nobody_else(sample: Outcome) -> None:
    text = outcome_ocds(sample, "2027-01-15")
    release = valid_release(text)
    assert sample.allocation is not None
    assert sample.evaluation is not None
    chosen = {award.bid for award in sample.allocation.awards}
    assert {award["relatedBid"] for award in release["awards"]} == chosen
    total = sum(Decimal(str(award["value"]["amount"])) for award in release["awards"])
    assert total * 100 == sample.allocation.cost
    made_by = {one for bid in sample.evaluation.bids if bid.id in chosen for one in (bid.organisation, *bid.members)}
    names = made_by | {bid.name for bid in sample.evaluation.bids if bid.organisation in made_by}
    others = {one for bid in sample.evaluation.bids for one in (bid.id, bid.name, bid.organisation, *bid.members)}
    assert [name for name in sorted(others - names - chosen) if f'"{name}"' in text] == []
    assert "rank" not in text.replace("ranked", "").replace("down its ranking", "")
    assert not any(evaluator in text for evaluator in sample.evaluation.marks.columns.get("evaluator", ()))


def test_the_full_edition_gives_every_bid_with_its_scores_and_still_no_evaluator(sample: Outcome) -> None:
    text = outcome_ocds(sample, "2027-01-15", full=True)
    release = valid_release(text)
    assert sample.evaluation is not None
    assert len(release["bids"]["details"]) == len(sample.evaluation.bids) == 130
    assert all("evaluation" in bid for bid in release["bids"]["details"])
    assert not any(f'"{each}"' in text for each in sample.evaluation.marks.columns.get("evaluator", ()))


def references(part: Any) -> Iterator[str]:
    """Give every reference of a schema."""
    if isinstance(part, dict):
        yield from ([part["$ref"]] if isinstance(part.get("$ref"), str) else [])
        for each in part.values():
            yield from references(each)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def test_every_extension_is_there_with_all_that_it_needs_and_no_reference_is_open() -> None:
    known = {f"#/definitions/{name}" for name in RELEASE["definitions"]}
    assert {one for one in references(RELEASE) if one.startswith("#")} <= known
    named = {address.split("/")[4] for address in EXTENSIONS}
    for address in EXTENSIONS:
        needed = read(snapshot(address)).get("dependencies", [])
        assert {one.split("/")[4] for one in needed} <= named


def test_bids_are_counted_by_lot(sample: Outcome) -> None:
    release = valid_release(outcome_ocds(sample, "2027-01-15"))
    counts = {one["id"]: one["value"] for one in release["bids"]["statistics"]}
    assert sum(value for key, value in counts.items() if key.endswith("-bids")) == 130


def test_an_outcome_without_awards_or_scores_is_still_valid() -> None:
    made = small_outcome.outcome()
    for outcome in (made, replace(made, allocation=None), replace(made, allocation=None, scores=None, evaluation=None)):
        valid_release(outcome_ocds(outcome, "2027-01-15"))


def test_grants_are_valid_in_the_360giving_format_and_add_up(sample: Outcome) -> None:
    package = json.loads(grants_360(sample, "2027-01-15", "360G-example"))
    jsonschema.Draft4Validator(schema("360giving.json"), format_checker=CHECKER).validate(package)
    assert sample.allocation is not None
    assert sum(Decimal(str(grant["amountAwarded"])) for grant in package["grants"]) * 100 == sample.allocation.cost
    assert all(grant["id"].startswith("360G-example-") for grant in package["grants"])
    assert len({grant["id"] for grant in package["grants"]}) == len(sample.allocation.awards)


def test_the_command_writes_what_may_be_published_and_asks_for_a_date(bundle: Path, tmp_path: Path) -> None:
    run = partial(CliRunner().invoke, main, catch_exceptions=False)
    found = run(["open-data", str(bundle), "--out", str(tmp_path / "open"), "--date", "2027-01-15"])
    assert found.exit_code == 0, found.output
    valid_release((tmp_path / "open" / "ocds.json").read_text("utf-8"))
    assert (tmp_path / "open" / "360giving.json").exists() == ('"regime": "grant"' in found.output)
    assert "nobody else" in found.output
    assert run(["open-data", str(bundle), "--out", str(tmp_path / "open"), "--date", "2027-01-15"]).exit_code == 2
    assert run(["open-data", str(bundle), "--out", str(tmp_path / "other")]).exit_code == 2
