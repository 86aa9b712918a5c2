"""TOML to workbook to TOML: nothing is lost, whichever program saved the workbook in between."""

import tomllib
from copy import deepcopy
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl import load_workbook

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.criteria_toml import toml_files
from evaluator.files.write.toml import toml_text
from evaluator.jobs.publication import criteria_workbook
from evaluator.publication import canonical, fingerprint
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.rules import RULE_KINDS
from evaluator.records.programme.written.files import as_files
from tests.office import office, recalculate
from tests.unit.files.read.criteria.any_criteria import AWKWARD, any_criteria
from tests.unit.publication.small_criteria import SMALL, small

CRITERIA = Path(__file__).resolve().parents[5] / "criteria"
COMMITTED = ("community_commissioning", "minimal", "minimal_with_price")


def book_of(criteria: Criteria, path: Path) -> Path:
    content, found = criteria_workbook(criteria, path.name)
    assert found == ()
    path.write_bytes(content)
    return path


def folder_of(criteria: Criteria, path: Path) -> Path:
    for name, content in toml_files(criteria).items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def understood(path: Path) -> Criteria:
    read = read_criteria(path)
    assert read.findings == ()
    assert read.criteria is not None
    return read.criteria


@pytest.mark.parametrize("name", COMMITTED)
def test_committed_criteria_keep_their_seal_through_a_workbook_and_back(name, tmp_path):
    read = read_criteria(CRITERIA / name)
    through = understood(book_of(read.criteria, tmp_path / "criteria.xlsx"))
    back = understood(folder_of(through, tmp_path / "criteria"))
    assert canonical(back) == canonical(read.criteria)
    assert fingerprint(back) == read.seal.sha256


@given(any_criteria())
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_any_criteria_come_back_from_a_workbook_and_from_toml(tmp_path_factory, criteria):
    through_both(criteria, tmp_path_factory.mktemp("book"))


@pytest.mark.slow
@given(any_criteria())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_more_criteria_come_back(tmp_path_factory, criteria):
    through_both(criteria, tmp_path_factory.mktemp("book"))


def through_both(criteria: Criteria, folder: Path) -> None:
    for plain in as_files(criteria).values():
        assert tomllib.loads(toml_text(plain, {})) == plain
    back = understood(book_of(criteria, folder / "criteria.xlsx"))
    assert as_files(back) == as_files(criteria)  # says what differs
    assert canonical(back) == canonical(criteria)


def awkward() -> list[Criteria]:
    """Give small criteria in which every free text is an awkward one, each kind of awkwardness at least once."""
    starts = range(0, len(AWKWARD), len(AWKWARD) // 2)
    return [Criteria.model_validate(_spoiled(deepcopy(SMALL), cycle(AWKWARD[at:] + AWKWARD[:at]))) for at in starts]


FREE = ("title", "text", "good_answer", "source", "label", "descriptor", "summary", "predicate", "authority")


def _spoiled(value, texts):
    if isinstance(value, list):
        return [_spoiled(one, texts) for one in value]
    if not isinstance(value, dict):
        return value
    held = {key: next(texts) if key in FREE else _spoiled(part, texts) for key, part in value.items()}
    return held | {
        key: {next(texts): next(texts) for _ in AWKWARD}
        for key in ("outcomes", "approaches")
        if key in held and isinstance(held[key], dict)
    }


def test_criteria_come_back_from_a_workbook_that_openpyxl_saved(tmp_path):
    for number, criteria in enumerate([*awkward(), read_criteria(CRITERIA / "minimal").criteria]):
        path = book_of(criteria, tmp_path / f"{number}.xlsx")
        book = load_workbook(path)
        book.save(path)
        assert canonical(understood(path)) == canonical(criteria)


def test_criteria_come_back_from_workbooks_that_libreoffice_saved_and_its_totals_are_right(tmp_path):
    office()
    made = [*awkward(), read_criteria(CRITERIA / "community_commissioning").criteria]
    paths = [book_of(criteria, tmp_path / f"{number}.xlsx") for number, criteria in enumerate(made)]
    for criteria, path in zip(made, recalculate(*paths), strict=True):
        assert canonical(understood(path)) == canonical(criteria)
        book = load_workbook(path, data_only=True)
        (guide,) = [sheet for sheet in book.worksheets if sheet.title == "Guide"]
        sums = [row[2].value for row in guide.iter_rows() if len(row) > 2 and str(row[2].value).endswith("100")]
        assert sums == ["exactly 100"] * len(criteria.themes)  # any other sum says that it is not 100


def test_the_same_criteria_give_the_same_workbook(tmp_path):
    assert criteria_workbook(small(), "a.xlsx") == criteria_workbook(small(), "a.xlsx")


@pytest.mark.parametrize(
    ("typed", "format", "read"),
    [
        (46451.4986111111, "dd/mm/yyyy hh:mm", "2027-03-05T11:58"),
        ("05/03/2027 11:58", "@", "2027-03-05T11:58"),
    ],
)
def test_a_closing_time_that_is_typed_as_a_date_keeps_its_time(typed: object, format: str, read: str, tmp_path) -> None:
    path = book_of(small(), tmp_path / "book.xlsx")
    book = load_workbook(path)
    (cell,) = [row[2] for row in book["Programme"].iter_rows() if row[0].value == "tenders_close"]
    cell.value, cell.number_format = typed, format
    book.save(path)
    assert understood(path).procurement.tenders_close == read


def test_the_guide_lists_every_kind_of_rule_with_columns_that_stand_on_the_sheet_of_rules(tmp_path):
    book = load_workbook(book_of(small(), tmp_path / "criteria.xlsx"))
    told = {row[0].value: [cell.value for cell in row] for row in book["Guide"].iter_rows()}
    headings = {cell.value for row in book["Award rules"].iter_rows() for cell in row}
    for kind in RULE_KINDS:
        needed, may_stay_empty, words = told[kind][1:4]
        assert {one for text in (needed, may_stay_empty) if text for one in text.split(", ")} <= headings
        assert words.endswith(".")
        assert "`" not in words
    assert told["year_budget"][1:3] == ["Year, Limit", "Committed, Carry over"]
    assert told["budget"][3] == "All awards, all years together, cost at most “Limit” pounds."
