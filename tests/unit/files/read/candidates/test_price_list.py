"""Price lists: read strictly, every mistake with its cell; and the documents of a trial."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from evaluator.files.read.candidates.price_list import read_prices
from evaluator.records.findings.finding import block_award
from evaluator.records.results.scores import PricedBid
from evaluator.reporting.studies.price_trial import price_document, price_text
from evaluator.scoring import try_method


def listed(folder: Path, text: str, with_quality: bool = False) -> list[str]:
    (folder / "prices.csv").write_bytes(text.encode())
    read = read_prices(folder / "prices.csv", with_quality=with_quality)
    assert bool(read.bids) != block_award(read.findings)
    return [f"{one.source.cell} {one.code}" for one in read.findings]


def test_a_list_is_read_exactly_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "\ufeffbid,Price,note\r\nB2,100.123456789012345,x\r\n\r\n A1 ,7,\r\n"
    assert listed(tmp_path, text) == ["C2 E-FILE-040"]
    assert read_prices(tmp_path / "prices.csv").bids == (
        PricedBid("B2", Decimal("100.123456789012345")),
        PricedBid("A1", Decimal(7)),
    )


def test_quality_is_read_where_it_is_asked_for(tmp_path: Path) -> None:
    assert listed(tmp_path, "bid,price,quality\nA,5,61.5\nB,5,0\n", with_quality=True) == []
    assert [bid.quality for bid in read_prices(tmp_path / "prices.csv", with_quality=True).bids] == [
        Decimal("61.5"),
        Decimal(0),
    ]
    assert listed(tmp_path, "bid,price\nA,5\n", with_quality=True) == ["1 E-PRICES-001"]


def test_every_mistake_is_found_at_once_with_its_cell(tmp_path: Path) -> None:
    text = (
        'bid,price,quality\nA,100,1\nB,,1\nC,0,1\nD,-5,1\nE,"12,500",1\nF,12,500,1\nG,abc,1\nA,7,1\n,7,1\nH,1e3,1\n'
        'I,4\u00a0,1\nJ,٤,1\nK,£5,1\nL,5,\nM,5,-1\nN,5,"1,5"\nO, 5,1\nP\n'
    )
    assert sorted(listed(tmp_path, text, with_quality=True)) == sorted(
        [
            "B3 E-PRICES-006",
            "B4 E-PRICES-008",
            "B5 E-PRICES-008",
            "7 E-PRICES-010",
            "B8 E-PRICES-007",
            "A9 E-PRICES-005",
            "A10 E-PRICES-004",
            "B11 E-PRICES-007",
            "B12 E-PRICES-007",
            "B13 E-PRICES-007",
            "C15 E-PRICES-009",
            "C16 E-PRICES-009",
            "C17 E-PRICES-009",
            "B19 E-PRICES-006",
            "C19 E-PRICES-009",
        ]
    )


def test_pounds_commas_and_space_around_a_price_are_read(tmp_path: Path) -> None:
    assert listed(tmp_path, 'bid,price\nA,"£24,000 "\nB, 24000.125\n') == []
    assert [bid.price for bid in read_prices(tmp_path / "prices.csv").bids] == [Decimal(24000), Decimal("24000.125")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["1 E-PRICES-001", "1 E-PRICES-001"]),
        ("bid;price\nA;5\n", [" E-READ-003"]),
        ("sep=,\nbid,price\nA,5\n", [" E-READ-003"]),
        ("bid,cost\nA,5\n", ["1 E-PRICES-001"]),
        ("bid,price,price\nA,5,6\n", ["1 E-PRICES-002"]),
        ("bid,price,\u200bprice\nA,5,6\n", ["1 E-PRICES-002"]),
        ("bid,\u0440rice\nA,5\n", ["B1 E-FILE-042"]),
        ("bid,price\n\n", [" E-PRICES-003"]),
        ('bid,price\n"A,5\n', [" E-READ-003"]),
        (f"bid,price\nA,{'9' * 5000}\n", ["B2 E-PRICES-007"]),
        (f"bid,price\nA,{'9' * 200000}\n", [" E-READ-003"]),
    ],
)
def test_a_table_that_is_none_is_told(tmp_path: Path, text: str, codes: list[str]) -> None:
    assert listed(tmp_path, text) == codes


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_bytes("bid,price\nCafé,5\n".encode("latin-1"))
    assert [one.code for one in read_prices(tmp_path / "prices.csv").findings] == ["E-READ-002"]
    assert [str(one) for one in read_prices(tmp_path / "none.csv").findings] == [
        "none.csv: E-READ-001 (blocks award): The file cannot be opened: there is no such file. "
        "Check the name and the folder, close it in other programs, and run again."
    ]
    assert [one.code for one in read_prices(tmp_path).findings] == ["E-READ-001"]


def test_the_document_of_a_trial_has_exact_numbers_by_bid() -> None:
    bids = [PricedBid("B", Decimal("300.50")), PricedBid("A", Decimal("100"))]
    trial = try_method("linear_above_lowest", bids, Fraction(40), {"zero_at": Decimal("4.0")}, 2)
    assert price_document(trial) == {
        "schema": "price/1",
        "method": "linear_above_lowest",
        "gives": "points",
        "depends_on_other_bids": True,
        "available": "40",
        "parameters": {"zero_at": "4", "clip": "1"},
        "places": 2,
        "bids": [
            {"bid": "A", "price": "100", "exact": "40/1", "points": "40.00", "rank": 1},
            {"bid": "B", "price": "300.5", "exact": "199/15", "points": "13.27", "rank": 2},
        ],
    }


def test_the_table_of_a_trial_stands_in_the_order_of_the_ranks() -> None:
    bids = [PricedBid("A", Decimal(9), Decimal(0)), PricedBid("Longer", Decimal("1000.5"), Decimal(3))]
    trial = try_method("price_per_quality_point", bids, Fraction(0), {}, 1)
    assert price_text(trial).splitlines() == [
        "price_per_quality_point (the price of one quality point).",
        "It gives an index; the lowest is best. What a bid gets does not depend on the other bids.",
        "",
        "Rank  Bid     Price (£)  Index  Exactly",
        "   1  Longer     1000.5  333.5    667/2",
        "   2  A               9   none     none",
    ]
    assert price_document(trial)["bids"] == [
        {"bid": "A", "price": "9", "exact": None, "points": None, "rank": 2},
        {"bid": "Longer", "price": "1000.5", "exact": "667/2", "points": "333.5", "rank": 1},
    ]


def test_a_total_under_the_prices_is_no_bid(tmp_path: Path) -> None:
    assert listed(tmp_path, "bid,price\nA,5\nTotal Care,7\nGrand total,12\n") == ["A4 E-ROW-001"]
