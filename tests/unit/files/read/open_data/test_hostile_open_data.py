"""Open data that anybody may have written: whatever stands in it, it is taken or told of, and nothing breaks."""

import copy
import random
from decimal import Decimal
from typing import Any

import pytest

from evaluator.files.read.engine_data import read_library
from evaluator.files.read.open_data.grants_360 import grants_candidates
from evaluator.files.read.open_data.ocds import ocds_candidates
from evaluator.files.read.open_data.pabulib import pabulib_candidates
from evaluator.files.read.open_data.tender import draft_of_tender
from tests.unit.files.read.open_data.test_ocds_and_grants import bid
from tests.unit.files.read.open_data.test_pabulib import text_of
from tests.unit.files.read.open_data.test_tender import lot

ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    Decimal("1e99"),
    Decimal("NaN"),
    Decimal("0.1234567"),
    10**60,
    "",
    "x" * 300,
    "=1",
    [],
    {},
)
ODDER: tuple[Any, ...] = ([[]], [None], {"id": {}}, "price", "*", "../x", "a\x00b", "\ud800")
SIGNS = ('"', ";", "\n", "", ",", "\0", "\x85", "META\n", "VOTES\n", "9" * 40)


def whole() -> dict[str, Any]:
    """Make a file that holds everything which is read."""
    tender = {
        "id": "T",
        "legalBasis": {"id": "2023/54"},
        "specialRegime": ["lightTouch"],
        "tenderPeriod": {"endDate": "2027-01-01T10:00:00Z"},
        "value": {"amount": 5, "currency": "GBP"},
        "lotDetails": {"maximumLotsAwardedPerSupplier": 1},
        "lots": [lot("1", selectionCriteria={"criteria": [{"type": "t", "description": "D"}]}), lot("2")],
    }
    bids = {"details": [bid("B1", 5, "1/2"), bid("B2", 7)]}
    parties = [{"roles": ["buyer"], "name": "B"}]
    grant = {
        "id": "g",
        "amountAppliedFor": 4,
        "recipientOrganization": [{"id": "o"}],
        "grantProgramme": [{"code": "c"}],
    }
    release = {"ocid": "x", "id": "r", "date": "2027", "parties": parties, "tender": tender, "bids": bids}
    return copy.deepcopy({"releases": [release], "grants": [grant]})


def spoil(chance: random.Random, held: Any) -> None:
    """Put something odd into a place of a file, take the place away, or double it."""
    while True:
        keys = list(held) if isinstance(held, dict) else range(len(held))
        if not keys:
            return
        key = chance.choice(list(keys))
        if isinstance(held[key], dict | list) and held[key] and chance.random() < 0.8:
            held = held[key]
            continue
        if isinstance(held, dict) and chance.random() < 0.2:
            del held[key]
        elif isinstance(held, list) and chance.random() < 0.2:
            held.append(copy.deepcopy(held[key]))
        else:
            held[key] = copy.deepcopy(chance.choice((*ODD, *ODDER)))
        return


@pytest.mark.parametrize("seed", range(8))
def test_spoilt_json_is_read_or_told_of(seed: int) -> None:
    start = read_library().start
    for each in range(60):
        chance, held = random.Random(1000 * seed + each), whole()
        for _ in range(chance.randint(1, 5)):
            spoil(chance, held)
        made, found = draft_of_tender("f", held, start)
        assert made is not None or found
        ocds_candidates("f", held)
        grants_candidates("f", held)


@pytest.mark.parametrize("seed", range(4))
def test_spoilt_pabulib_files_are_read_or_told_of(seed: int) -> None:
    for each in range(60):
        chance, text = random.Random(1000 * seed + each), text_of()
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(SIGNS) + text[at + chance.randint(0, 30) :]
        made = pabulib_candidates("f", text)
        assert made.rows or made.findings
