"""Whatever is wrong with boundaries of wards, or with their names, is a finding at its feature, and no traceback."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from evaluator.files.read.criteria import boundaries
from evaluator.files.read.criteria.folder import CriteriaRead, read_criteria
from evaluator.records.findings.finding import Severity
from evaluator.records.programme.procurement.area import Boundaries, Ward
from evaluator.records.submissions.received import Block, Table
from evaluator.validation import check_places
from tests import drawn_wards
from tests.drawn_wards import collection, feature
from tests.unit.reporting import small_outcome

MINIMAL = Path(__file__).parents[2] / "criteria" / "minimal"
AREA = """
[area]
boundaries = "wards.geojson"
name = "WD24NM"
source = "Made up for a test"
"""
SQUARE = [[-0.1, 51.5], [0.0, 51.5], [0.0, 51.6], [-0.1, 51.6], [-0.1, 51.5]]
Read = Callable[..., CriteriaRead]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Give a function that puts a file of boundaries beside criteria and reads them."""

    def read_with(content: bytes | None, area: str = AREA, more: str = "") -> CriteriaRead:
        home = tmp_path / "criteria"
        copytree(MINIMAL, home)
        programme = (home / "programme.toml").read_text("utf-8")
        (home / "programme.toml").write_text(programme + more + area, "utf-8")
        if content is not None:
            (home / "wards.geojson").write_bytes(content)
        return read_criteria(home)

    return read_with


def told(read: CriteriaRead) -> list[tuple[str, str]]:
    return [(one.code, str(one.source)) for one in read.findings if one.code != "E-SEAL-002"]


def of(*features: Any, **more: Any) -> bytes:
    return drawn_wards.geojson(collection(list(features), **more))


def square(name: str = "Bow") -> dict[str, Any]:
    return feature(name, "Polygon", [SQUARE])


def test_boundaries_as_councils_export_them_have_no_finding(read: Read) -> None:
    made = read(drawn_wards.geojson())
    assert told(made) == []
    assert made.boundaries is not None
    assert len(made.boundaries.wards) == 21


def test_a_file_that_is_not_there_is_missed(read: Read) -> None:
    made = read(None)
    assert told(made) == [("E-FILE-070", "programme.toml area.boundaries")]
    assert made.criteria is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "Expecting value"),
        (b"\xff\xfe", "it is not text in UTF-8"),
        (b"[" * 200_000, "it is nested too deeply"),
        (b'{"type":' * 200_000, "it is nested too deeply"),
        (b"[]", "it is no FeatureCollection"),
        (b'{"type": ["FeatureCollection"]}', "it is no FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "it has no features"),
        (b'{"type": "FeatureCollection", "features": {}}', "it has no features"),
        (of(*[square()] * 501), "it has 501 features, where 500 wards are the most that can be drawn"),
        (of(square(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}), "another system than WGS 84"),
        (of(square(), crs=[]), "another system than WGS 84"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "NaN is no figure"),
        (
            b'{"type": "FeatureCollection", "features": [1' + b"0" * 5000 + b"]}",
            "a number in it has thousands of digits",
        ),
    ],
)
def test_a_file_that_is_no_map_is_refused_with_the_reason(read: Read, content: bytes, problem: str) -> None:
    made = read(content)
    assert told(made) == [("E-FILE-071", "wards.geojson")]
    assert problem in made.findings[0].message
    assert made.criteria is None


def test_a_file_that_is_too_large_is_not_taken_apart(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "LARGEST", 100)
    made = read(of(square()))
    assert told(made) == [("E-FILE-071", "wards.geojson")]


def geometry(kind: Any, coordinates: Any) -> dict[str, Any]:
    return feature("Bow", kind, coordinates)


@pytest.mark.parametrize(
    ("spoilt", "problem"),
    [
        (geometry("Point", [-0.1, 51.5]), "it is no Polygon or MultiPolygon"),
        (geometry(["Polygon"], [SQUARE]), "it is no Polygon or MultiPolygon"),
        ({**square(), "geometry": None}, "it is no Polygon or MultiPolygon"),
        ({**square(), "geometry": {"type": "GeometryCollection", "geometries": []}}, "it is no Polygon"),
        (geometry("Polygon", {}), "one of its parts has no rings"),
        (geometry("MultiPolygon", []), "it has no parts"),
        (geometry("MultiPolygon", [[], [SQUARE]]), "one of its parts has no rings"),
        (geometry("Polygon", [[]]), "one of its rings has no positions"),
        (geometry("Polygon", [SQUARE[:-1]]), "one of its rings does not end where it begins"),
        (geometry("Polygon", [[SQUARE[0], SQUARE[1], SQUARE[0]]]), "fewer than 3 corners"),
        (geometry("Polygon", [[[0, 51], [1, 52], [2, 53], [0, 51]]]), "one of its parts has no area"),
        (geometry("Polygon", [[[0, 51], ["0", 52], [1, 52], [0, 51]]]), "is not two numbers"),
        (geometry("Polygon", [[[0, 51], [True, 52], [1, 52], [0, 51]]]), "is not two numbers"),
        (geometry("Polygon", [[[0, 51], [0], [1, 52], [0, 51]]]), "is not two numbers"),
        (geometry("Polygon", [[[0, 51], {}, [1, 52], [0, 51]]]), "is not two numbers"),
        (geometry("Polygon", [[[179.9, 51], [-179.9, 51], [180, 52], [179.9, 51]]]), "179.9, 51 is not in the British"),
        (geometry("Polygon", [[[51.5, 0], [51.5, 0.1], [51.6, 0], [51.5, 0]]]), "longitude comes before latitude"),
        (geometry("Polygon", [[[0, 51], [1, 51], [10**150, 52], [0, 51]]]), "is not in the British Isles"),
        (
            geometry("Polygon", [[[530000, 180000], [0, -5], [1, 1], [530000, 180000]]]),
            "not on the British National Grid",
        ),
    ],
)
def test_a_feature_that_cannot_be_drawn_is_named_with_the_reason(read: Read, spoilt: Any, problem: str) -> None:
    made = read(of(spoilt))
    assert told(made) == [("E-FILE-072", "wards.geojson features[1]")]
    assert problem in made.findings[0].message, made.findings[0].message


@pytest.mark.parametrize("spoilt", [None, 7, [], "Bow", {"properties": []}, {"properties": {"WD24NM": 7}}])
def test_a_feature_without_a_name_is_told_with_what_it_has(read: Read, spoilt: Any) -> None:
    assert told(read(of(square(), spoilt))) == [("E-FILE-074", "wards.geojson features[2]")]


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "Bow\u202eEast", "Bow\x00"])
def test_a_name_that_cannot_be_printed_is_none(read: Read, name: str) -> None:
    made = read(of(square(name)))
    assert told(made) == [("E-FILE-074", "wards.geojson features[1]")]
    assert "Its properties: WD24CD, WD24NM." in made.findings[0].message


def test_two_features_of_one_name_in_any_spelling_are_found(read: Read) -> None:
    made = read(of(square("St Katharine's & Wapping"), square("ST KATHARINES AND WAPPING WARD")))
    assert told(made) == [("E-FILE-075", "wards.geojson features[2]")]


def test_every_feature_that_is_wrong_has_its_finding(read: Read) -> None:
    made = read(of(geometry("Point", []), square(), None, square("BOW")))
    assert [code for code, _ in told(made)] == ["E-FILE-072", "E-FILE-074", "E-FILE-075"]


def test_a_sum_that_is_written_must_be_the_files(read: Read) -> None:
    made = read(of(square()), AREA + f'sha256 = "{"0" * 64}"\n')
    assert told(made) == [("E-FILE-077", "programme.toml area.sha256")]
    assert made.criteria is None


def test_boundaries_that_nothing_names_are_noted_and_keep_nobody_up(read: Read) -> None:
    made = read(of(square()), "")
    assert told(made) == [("E-FILE-078", "wards.geojson")]
    assert made.findings[0].severity is Severity.NOTE
    assert made.criteria is not None
    assert made.boundaries is None


@pytest.mark.parametrize(
    "name", ["../wards.geojson", "maps/wards.geojson", ".geojson", "wards.json", "/etc/passwd", ""]
)
def test_no_file_elsewhere_can_be_named(read: Read, name: str) -> None:
    made = read(of(square()), AREA.replace("wards.geojson", name))
    assert ("E-CRIT-001", "programme.toml area.boundaries") in told(made)


def test_a_ward_that_a_rule_names_and_no_boundary_has_is_noted(read: Read) -> None:
    rules = """
[allocation]
method = "optimise"

[[allocation.rule]]
id = "W1"
kind = "ward_floor"
ward = "Bow Eest"
least = 1

[[allocation.rule]]
id = "W2"
kind = "ward_floor"
ward = "BOW"
least = 1
"""
    made = read(of(square()), more=rules)
    assert told(made) == [("E-FILE-076", "programme.toml allocation.rule[1].ward")]
    assert "Bow Eest" in made.findings[0].message


def test_places_that_bids_name_and_no_boundary_has_are_one_note() -> None:
    """Of the small outcome's bids A01 and A05 serve Bow, A02 Bow and Mile End; only Bow is drawn."""
    theme = small_outcome.evaluation().themes[0]
    wards = {"A01": ("Bow",), "A02": ("BOW", "Mile End"), "A05": ("Bow", "Mile End", "Poplar")}
    bids = tuple(replace(bid, wards=wards.get(bid.id, ())) for bid in theme.bids)
    made = replace(small_outcome.evaluation(), themes=(replace(theme, bids=bids),))
    drawn = Boundaries((Ward("Bow", ()),), "", degrees=True)
    register = Table({"bid": ["A01"]}, (Block("register.csv", "", [2], {"bid": "A"}),))
    (found,) = check_places(made, drawn, register)
    assert (found.code, str(found.source)) == ("E-FILE-079", "register.csv")
    assert "2 places that bids name are not among" in found.message
    assert "Mile End (2 bids) and Poplar (1 bid)" in found.message
    assert check_places(made, None, register) == ()
