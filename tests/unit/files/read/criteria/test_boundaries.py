"""Boundaries are read with the criteria, are part of what is sealed, and leave no trace where there are none."""

import hashlib
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.read.criteria.folder import criteria_in, criteria_of, read_criteria
from evaluator.publication import canonical, fingerprint
from evaluator.publication.differences import differences
from tests.drawn_wards import collection, feature, geojson

MINIMAL = Path(__file__).resolve().parents[5] / "criteria" / "minimal"
AREA = '[area]\nboundaries = "wards.geojson"\nname = "WD24NM"\nsource = "Made up for a test"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a folder of criteria with boundaries."""
    made = tmp_path / "criteria"
    copytree(MINIMAL, made)
    (made / "seal.json").unlink()
    (made / "programme.toml").write_text((made / "programme.toml").read_text("utf-8") + "\n" + AREA, "utf-8")
    (made / "wards.geojson").write_bytes(geojson())
    return made


def run(*arguments: object) -> str:
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_files_sum_is_part_of_what_is_sealed_and_another_file_gives_another_seal(home: Path) -> None:
    made = read_criteria(home).criteria
    assert made is not None
    assert hashlib.sha256(geojson()).hexdigest().encode() in canonical(made)
    (home / "wards.geojson").write_bytes(geojson() + b"\n")
    other = read_criteria(home).criteria
    assert other is not None
    assert fingerprint(other) != fingerprint(made)
    assert [(one.key, one.effect) for one in differences(made, other)] == [("area.sha256", "words")]


def test_criteria_without_boundaries_have_no_trace_of_them_in_what_is_sealed() -> None:
    made = read_criteria(MINIMAL)
    assert made.criteria is not None
    assert made.seal is not None
    assert b'"area"' not in canonical(made.criteria)
    assert fingerprint(made.criteria) == made.seal.sha256


def test_a_bundles_files_give_the_same_criteria_and_the_same_boundaries(home: Path) -> None:
    there, again = read_criteria(home), read_criteria(criteria_of(criteria_in(home).contents()))
    assert "wards.geojson" in criteria_in(home).names
    assert again.boundaries == there.boundaries
    assert again.criteria == there.criteria


def test_a_workbook_and_back_takes_the_boundaries_along(home: Path, tmp_path: Path) -> None:
    book, back = tmp_path / "book" / "mine.xlsx", tmp_path / "back"
    book.parent.mkdir()
    run("criteria", "to-workbook", home, "--out", book)
    read = read_criteria(book)
    assert read.boundaries == read_criteria(home).boundaries
    assert (book.parent / "wards.geojson").read_bytes() == geojson()
    run("criteria", "to-toml", book, "--out", back)
    again = read_criteria(back)
    assert again.findings == ()
    assert again.criteria == read_criteria(home).criteria


def test_another_file_beside_a_workbook_stays_as_it_is(home: Path, tmp_path: Path) -> None:
    (tmp_path / "wards.geojson").write_bytes(b"mine")
    assert "is another file and stays" in run("criteria", "to-workbook", home, "--out", tmp_path / "mine.xlsx")
    assert (tmp_path / "wards.geojson").read_bytes() == b"mine"
    assert [one.code for one in read_criteria(tmp_path / "mine.xlsx").findings] == ["E-FILE-077"]


def test_a_mistake_in_a_workbook_is_told_at_its_cell(home: Path, tmp_path: Path) -> None:
    run("criteria", "to-workbook", home, "--out", tmp_path / "mine.xlsx")
    (tmp_path / "wards.geojson").unlink()
    (found,) = read_criteria(tmp_path / "mine.xlsx").findings
    assert (found.code, found.source.sheet, bool(found.source.cell)) == ("E-FILE-070", "Programme", True)
    assert "The wards, for maps" in found.remedy


def test_holes_and_parts_are_rings_and_wards_stand_by_name(home: Path) -> None:
    made = read_criteria(home).boundaries
    assert made is not None
    rings = {ward.name: len(ward.rings) for ward in made.wards}
    assert (rings["Mile End"], rings["Poplar"], rings["Weavers"]) == (2, 2, 1)
    assert list(rings) == sorted(rings)
    assert made.degrees


def test_positions_are_whole_millionths_of_degrees_or_decimetres_of_the_grid(home: Path) -> None:
    degrees = [[[0.1234567, 51.5, 99], [0.2, 51.5, 0], [0.2, 51.6, 1], [0.1234567, 51.5, 99]]]
    metres = [[[530000, 180000.06], [530100, 180000], [530100, 180100], [530000, 180000.06]]]
    for coordinates, first, in_degrees in (
        (degrees, (123_457, 51_500_000), True),
        (metres, (5_300_000, 1_800_001), False),
    ):
        (home / "wards.geojson").write_bytes(geojson(collection([feature("Bow", "Polygon", coordinates)])))
        made = read_criteria(home).boundaries
        assert made is not None
        assert (made.wards[0].rings[0][0], len(made.wards[0].rings[0]), made.degrees) == (first, 3, in_degrees)


@pytest.mark.parametrize(
    ("name", "degrees"), [("urn:ogc:def:crs:OGC:1.3:CRS84", True), ("urn:ogc:def:crs:EPSG::27700", False)]
)
def test_a_file_that_says_its_system_is_believed(home: Path, name: str, degrees: bool) -> None:
    at = (0, 51) if degrees else (100, 60)  # where nobody could tell by the numbers
    ring = [[at[0], at[1]], [at[0] + 1, at[1]], [at[0] + 1, at[1] + 1], [at[0], at[1]]]
    crs = {"type": "name", "properties": {"name": name}}
    (home / "wards.geojson").write_bytes(geojson(collection([feature("Bow", "Polygon", [ring])], crs=crs)))
    made = read_criteria(home).boundaries
    assert made is not None
    assert made.degrees == degrees
