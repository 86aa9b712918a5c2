"""The data set agrees with the outcome of each bundle in every figure, in three programs that nobody here wrote."""

import json
import zipfile
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.audit.bundle import UnreadableBundleError
from evaluator.portfolio.dataset import NoDatasetError, opened, written
from evaluator.portfolio.rows import rows_of
from tests.unit.portfolio.conftest import with_member


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory, priced: bytes, unpriced: bytes) -> Path:
    home = tmp_path_factory.mktemp("portfolio")
    for name, content in (("2026/a.zip", priced), ("2026/b.zip", unpriced), ("c.zip", b"no archive")):
        (home / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "in" / name).write_bytes(content)
    words = ["portfolio", "build", str(home / "in"), "--out", str(home / "out"), "--workers", "2"]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 1, said.output
    assert "2 of 3 bundles are in the data set" in said.output
    return home / "out"


def outcome(bundle: bytes) -> dict[str, object]:
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        found: dict[str, object] = json.loads(archive.read("outputs/outcome.json"))
    return found


def test_every_figure_of_a_bid_is_what_the_outcome_says(dataset: Path, priced: bytes) -> None:
    told = {bid["bid"]: bid for bid in outcome(priced)["themes"][0]["bids"]}  # type: ignore[index]
    rows = duckdb.sql(f"SELECT * FROM '{dataset}/bids.parquet' WHERE bundle = '2026/a.zip' ORDER BY bid").df()
    assert list(rows["bid"]) == sorted(told)
    for row in rows.to_dict("records"):
        bid = told[row["bid"]]
        assert [row[key] for key in ("quality", "total", "exact_total", "rank", "status")] == [
            bid[key] for key in ("quality", "total", "exact_total", "rank", "status")
        ]
        assert row["total_number"] == float(bid["total"])


def test_money_adds_up_to_what_was_awarded(dataset: Path, priced: bytes) -> None:
    cost = Decimal(outcome(priced)["allocation"]["cost"])  # type: ignore[index]
    query = f"SELECT sum(amount) FROM '{dataset}/awards.parquet'"
    assert duckdb.sql(query).fetchall() == [(cost,)] == [(Decimal("58750.50"),)]
    assert pd.read_parquet(dataset / "awards.parquet")["amount"].sum() == cost


def test_marks_are_those_of_the_evaluators_without_their_names(dataset: Path, priced: bytes) -> None:
    with zipfile.ZipFile(BytesIO(priced)) as archive:
        lines = archive.read("inputs/bids/marks.csv").decode().splitlines()[1:]
    given = [line.split(",")[:4] for line in lines]  # bid, question, evaluator, mark
    rows = duckdb.sql(f"SELECT * FROM '{dataset}/marks.parquet' WHERE bundle = '2026/a.zip'").df()
    for row in rows.to_dict("records"):
        marks = [int(mark) for bid, question, _, mark in given if (bid, question) == (row["bid"], row["question"])]
        assert row["evaluators"] == len(marks)
        assert [row["lowest"], row["highest"]] == [str(min(marks)), str(max(marks))]
        assert Fraction(row["mean"]) == Fraction(sum(marks), len(marks))
    names = {evaluator for _, _, evaluator, _ in given}
    held = b"".join(path.read_bytes() for path in dataset.iterdir())
    assert names
    assert not [name for name in names if pd.read_parquet(dataset / "marks.parquet").isin([name]).any().any()]
    assert b"Every part is there" not in held


def test_what_could_not_be_read_is_named_with_its_reason(dataset: Path) -> None:
    assert opened(dataset, "unread").to_dict("records")[0]["bundle"] == "c.zip"


def test_the_same_rows_give_the_same_bytes(tmp_path: Path, priced: bytes) -> None:
    rows = [{**row, "bundle": "a"} for row in rows_of(priced)["bids"]]
    for name in ("one", "two"):
        written("bids", rows, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_changed_bundle_is_not_taken_into_a_data_set(priced: bytes) -> None:
    with pytest.raises(UnreadableBundleError, match="not as it was closed"):
        rows_of(with_member(priced, "outputs/outcome.json", b'"rank":1', b'"rank":2'))


def test_a_folder_without_a_data_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoDatasetError, match="holds no data set"):
        opened(tmp_path, "bids")
    pd.DataFrame({"bundle": ["a"]}).to_parquet(tmp_path / "bids.parquet")
    with pytest.raises(NoDatasetError, match="was not written by this version"):
        opened(tmp_path, "bids")


def test_programmes_are_put_side_by_side_from_the_data_set(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "compared"
    said = CliRunner().invoke(main, ["portfolio", "compare", str(dataset), "--out", str(out), "--least", "1"])
    assert said.exit_code == 0, said.output
    told = json.loads((out / "comparison.json").read_text())["figures"]
    (price,) = [one for one in told if (one["by"], one["figure"]) == ("all", "price_of_a_point")]
    bids = opened(dataset, "bids")
    points = sum(Fraction(one) for one in bids["quality"][bids["awarded"]])
    assert Fraction(price["value"]) == Fraction("58750.50") / points
    assert price["rests_on"] == 3
    page = (out / "index.html").read_text()
    assert "1 bundle could not be read and is left out" in page
    assert (out / "comparison.csv").read_text().startswith("by,group,figure,")
