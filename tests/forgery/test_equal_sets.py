"""Forgeries where chance or a published order decides: the other of two equal sets, the draw, the basis of the price.

Four bids for one theme: B1, B2 and B3 are equal in everything, and there is money for two of them; B4 is worse.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from evaluator.files.audit.verifier import verify
from evaluator.jobs.finished.replay import replay
from tests.forgery.forgeries import Forgery
from tests.forgery.tools import (
    BIDS,
    CRITERIA,
    DATA,
    LEDGER,
    OUTCOME,
    SEAL,
    Entries,
    Facts,
    Members,
    all_of,
    chain,
    closed_again,
    dropped,
    entry,
    in_json,
    named,
    said,
    swap,
)
from tests.small_grant import ran
from tests.staged import bids_in, criteria_in

SEED = "The lottery of 21 November: 7 11 19"
MARKS = {bid: {"A1": 4, "A2": 4, "P1": 4} for bid in ("B1", "B2", "B3")} | {"B4": {"A1": 3, "A2": 3, "P1": 3}}
PRICES = dict.fromkeys(MARKS, "20000")
PUBLISHED = "data/criteria.json"


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draw that was published decides which two of three equal bids are recommended."""
    home = tmp_path_factory.mktemp("equal")
    criteria = criteria_in(home / "criteria", stages="", sealed=False)
    programme = criteria / "programme.toml"
    text = programme.read_text("utf-8").replace('limit = "60000"', 'limit = "40000"')
    drawn = f'tie_break = ["lower_cost"]\ndraw_seed = "{SEED}"'
    programme.write_text(text.replace('tie_break = ["lower_cost"]', drawn), "utf-8")
    kept = ("--ledger", home / "ledger.jsonl", "--by", "O. Officer")
    ran("publish", criteria, "--date", "2026-09-01", *kept)
    bids = bids_in(home / "bids", MARKS, PRICES)
    given = ("--no-margins", "--out", home / "run", "--date", "2026-12-01")
    ran("evaluate", criteria, bids, *given, *kept)
    return home / "run" / "bundle.zip"


def told(path: Path) -> list[str]:
    return [line for _, found in verify.differences(verify.read(path)) for line in found]


def other_set(document: Any) -> None:
    """Recommend the second of the equal sets, and let every list say so."""
    its, theirs = document["allocation"]["awards"], document["allocation"]["not_awarded"]
    first, second = document["allocation"]["tied"][:2]
    (out,), (into,) = set(first) - set(second), set(second) - set(first)
    award = next(one for one in its if one["bid"] == out)
    refused = next(one for one in theirs if one["bid"] == into)
    award["bid"], refused["bid"] = into, out
    its.sort(key=lambda one: one["bid"])
    theirs.sort(key=lambda one: one["bid"])


def order(document: Any) -> None:
    tied = document["allocation"]["tied"]
    tied[0], tied[1] = tied[1], tied[0]


def tickets(document: Any) -> None:
    """Give each of two sets the ticket of the other, as if they were so drawn."""
    drawn = document["allocation"]["draw"]["tickets"]
    drawn[0][1], drawn[1][1] = drawn[1][1], drawn[0][1]


def seeds(document: Any) -> None:
    """Draw again with words under which the second set wins, and say that these were the words."""
    tied, second = document["allocation"]["tied"], document["allocation"]["tied"][1]

    def drawn(seed: str) -> list[list[Any]]:
        return sorted([hashlib.sha256("\n".join([seed, *one]).encode()).hexdigest(), one] for one in tied)

    seed = next(f"{SEED} {more}" for more in range(99) if drawn(f"{SEED} {more}")[0][1] == second)
    document["allocation"]["draw"] = {"seed": seed, "tickets": drawn(seed)}


OTHER = (in_json(OUTCOME, other_set), in_json(OUTCOME, order))


def sealed_anew(held: Members, facts: Facts) -> None:
    """Let seal, manifest, outcome and ledger hold the fingerprint of the criteria as they are now."""
    before, after = facts["criteria"]["fingerprint"], hashlib.sha256(held[PUBLISHED]).hexdigest()
    for name in (SEAL, OUTCOME):
        held[name] = held[name].replace(before.encode(), after.encode())
    facts["criteria"]["fingerprint"] = after
    facts["criteria"] |= {key: after for key in ("seal", "sha256") if key in facts["criteria"]}
    digest = hashlib.sha256(held[SEAL]).hexdigest()
    entry(lambda event: event.kind == "seal", after=after, file=digest)(held, facts)
    named(held, facts)


def merged(held: Members, facts: Facts) -> None:
    """Take B4 out of everything that came in and of the data, as if it had been a part of B3."""
    sums = {}
    for name in (f"{BIDS}{one}" for one in ("register.csv", "marks.csv", "consensus.csv")):
        before, lines = held[name], held[name].splitlines(keepends=True)
        held[name] = b"".join(line for line in lines if not line.startswith(b"B4,"))
        sums[hashlib.sha256(before).hexdigest()] = hashlib.sha256(held[name]).hexdigest()
    for old, after in sums.items():
        held[LEDGER] = held[LEDGER].replace(old.encode(), after.encode())
    chain(lambda its: its)(held, facts)

    def fewer(document: Any) -> None:
        document["themes"][0]["bids"] = [one for one in document["themes"][0]["bids"] if one["bid"] != "B4"]

    in_json(DATA, fewer)(held, facts)


def out_of_the_ledger(its: Entries) -> Entries:
    return [one for one in its if "B4" not in one[0].subject.split()]


def in_outcome(document: Any) -> None:
    document["themes"][0]["bids"] = [one for one in document["themes"][0]["bids"] if one["bid"] != "B4"]
    refused = document["allocation"]["not_awarded"]
    refused[:] = [one for one in refused if one["bid"] != "B4"]


AGAIN = "comes out differently when recomputed"
FORGERIES: dict[str, Forgery] = {
    "the other of two equal sets": Forgery(
        in_json(OUTCOME, other_set), "the awards are not the first of the sets that are said to be equal", AGAIN
    ),
    "the other of two equal sets, first in the list": Forgery(
        all_of(*OTHER), "the awards are not the first of the sets that are said to be equal, nor the one", AGAIN
    ),
    "the other of two equal sets, with its ticket": Forgery(
        all_of(*OTHER, in_json(OUTCOME, tickets)), "the published draw, drawn again, comes out otherwise", AGAIN
    ),
    "the other of two equal sets, with a seed that draws it": Forgery(
        all_of(in_json(OUTCOME, seeds), *OTHER), "the published draw, drawn again, comes out otherwise", AGAIN
    ),
    "that there was a draw": Forgery(
        in_json(OUTCOME, lambda document: document["allocation"].update(draw=None)),
        "the published draw, drawn again, comes out otherwise",
        AGAIN,
    ),
    "the seed in the criteria": Forgery(
        all_of(swap(CRITERIA, "7 11 19", "7 11 20"), named), "", f"data/criteria.json {AGAIN}"
    ),
    "the seed in criteria and data, sealed again": Forgery(
        all_of(swap(CRITERIA, "7 11 19", "7 11 20"), swap(PUBLISHED, "7 11 19", "7 11 20"), sealed_anew),
        "the published draw, drawn again, comes out otherwise",
        f"outcome.json {AGAIN}",
    ),
    "the seed in the data": Forgery(
        swap(PUBLISHED, "7 11 19", "7 11 20"), "manifest.json names other criteria", f"data/criteria.json {AGAIN}"
    ),
    "the order among equals": Forgery(
        all_of(swap(CRITERIA, '"quality", "lower_price"', '"lower_price", "quality"'), named),
        "",
        f"data/criteria.json {AGAIN}",
    ),
    "the basis of the price in the data": Forgery(
        swap(PUBLISHED, '"basis":"whole_life"', '"basis":"unit_cost"'),
        "manifest.json names other criteria",
        f"data/criteria.json {AGAIN}",
    ),
    "the basis of the price everywhere, sealed again": Forgery(
        all_of(
            swap(CRITERIA, 'basis = "whole_life"', 'basis = "unit_cost"'),
            swap(PUBLISHED, '"basis":"whole_life"', '"basis":"unit_cost"'),
            sealed_anew,
        ),
        "B1: scored price is 20000.00, and comes to None",
        AGAIN,
    ),
    "bids merged in what came in": Forgery(
        all_of(merged, named), "outcome.json and data/bids.json do not hold the same themes and bids", AGAIN
    ),
    "bids merged, and the ledger knows nothing of it": Forgery(
        all_of(in_json(OUTCOME, in_outcome), merged, chain(out_of_the_ledger), named),
        "outcome.json counts 4 bids as received; there are 3",
        AGAIN,
    ),
    "when the seed was sealed": Forgery(said(date="2026-11-20"), "manifest.json calls the run", AGAIN),
}


def test_the_draw_of_the_honest_bundle_agrees_and_is_a_draw_of_three_sets(honest: Path) -> None:
    document = json.loads(verify.read(honest)[OUTCOME])["allocation"]
    assert (document["draw"]["seed"], len(document["draw"]["tickets"])) == (SEED, 3)
    assert told(honest) == []
    assert replay(honest.read_bytes(), lambda _: None).differences == ()


@pytest.mark.parametrize("name", FORGERIES)
def test_verify_tells_of_other_equals(name: str, honest: Path, tmp_path: Path) -> None:
    forgery = FORGERIES[name]
    found = told(closed_again(honest, forgery.change, tmp_path / "forged.zip"))
    if forgery.verify:
        assert any(forgery.verify in line for line in found), found
    else:  # but for the name of the run in Word files
        assert [line for line in found if ".docx says" not in line] == []


@pytest.mark.slow
def test_a_ledger_that_nothing_else_tells_of_is_missed_by_the_head_that_was_noted(
    honest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = verify.read(honest)[LEDGER].splitlines()
    head = f"{len(entries)}:{json.loads(entries[-1])['hash']}"
    forged = closed_again(honest, dropped(LEDGER, f"{LEDGER}.head"), tmp_path / "forged.zip")
    assert verify.main([str(forged)]) == 0
    assert "when things came in and were decided: there is no ledger in this bundle" in capsys.readouterr().out
    assert verify.main([str(forged), "--head", head]) == 1
    found = replay(forged.read_bytes(), lambda _: None)
    assert (found.holds, found.ledger) == (True, False)
    assert any("there is no ledger in the bundle" in line for line in found.told("it"))


@pytest.mark.slow
@pytest.mark.parametrize("name", FORGERIES)
def test_replay_tells_of_other_equals(name: str, honest: Path, tmp_path: Path) -> None:
    forged = closed_again(honest, FORGERIES[name].change, tmp_path / "forged.zip")
    found = replay(forged.read_bytes(), lambda _: None).differences
    assert any(FORGERIES[name].replay in line for line in found), found
