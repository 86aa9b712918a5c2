"""Whatever is received, replaced, kept and undone, in any order: everything is found again, and what counts is one."""

import hashlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.files.audit.ledger_file import read_ledger
from evaluator.records.ledger import Entry, Event, Head, chained
from evaluator.records.office.receipts import Receipt, Receipts, receipts_of, undoing_event
from tests.unit.cli.receiving import csv_file, programme_at, receive

PANEL, INTERESTS = ("evaluator", "name", "theme"), ("evaluator", "organisation", "interest", "action", "date")
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["receive", "--replace", "--keep", "--undo"]), st.integers(0, 4)), min_size=1, max_size=9
)


def papers(folder: Path) -> list[Path]:
    """Write three files for one place and two for another."""
    made = [csv_file(folder / f"{n}.csv", PANEL, (f"E{n}", "A", "food")) for n in range(3)]
    made += [csv_file(folder / f"{n}.csv", INTERESTS, (f"E{n}", "*", "None.", "none", "2026-10-01")) for n in (3, 4)]
    return made


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@settings(max_examples=15, deadline=None)
@given(ACTIONS)
def test_everything_received_is_found_and_each_place_holds_what_counts(actions: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = programme_at(Path(name) / "p")
        files = papers(Path(name))
        came: set[int] = set()
        for action, number in actions:
            words = ("--undo", files[number], "--reason", "Why.") if action == "--undo" else (files[number], action)
            done = receive(root, *(word for word in words if word != "receive"))
            assert done.exit_code in (0, 1), done.output
            if action != "--undo" and done.exit_code == 0:
                came.add(number)
        ledger = read_ledger(root / "ledger.jsonl")
        assert ledger.findings == ()
        made = receipts_of(ledger.entries)
        assert {one.fingerprint for one in made.every} == {sha(files[number]) for number in came}
        for number in came:
            assert (root / "received" / f"{sha(files[number])}.csv").read_bytes() == files[number].read_bytes()
            assert receive(root, "--find", sha(files[number])[:10]).exit_code == 0
        lies = {path.name: sha(path) for path in (root / "bids").iterdir() if path.name != "receipts.csv"}
        assert lies == {one.place.rpartition("/")[2]: one.fingerprint for one in made.standing}
        listed = root / "bids" / "receipts.csv"
        said = listed.read_text("utf-8").splitlines()[1:] if listed.exists() else []
        assert {line.split(",")[0]: line.split(",")[2] for line in said} == lies


TEXTS = st.text(max_size=30)


@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_the_ledger_gives_back_a_receipt_as_it_was_whatever_its_sender_and_name_hold(
    sender: str, called: str, about: str, stated: bool
) -> None:
    receipt = Receipt(
        1, "bid", "B1", "a" * 64, "bids/bids/B1.xlsx", "", "2026-12-01", "S", sender, called, about, stated
    )
    assert receipts_of(entries(receipt.event)).every == (receipt,)


def entries(*events: Event) -> tuple[Entry, ...]:
    return chained(Head(0, "0" * 64), events, "S", "2026-12-01")


@given(st.lists(st.tuples(st.integers(0, 1), st.booleans()), max_size=12))
def test_what_counts_is_what_was_received_last_unless_that_was_undone(steps: list[tuple[int, bool]]) -> None:
    events: list[Event] = []
    live: dict[int, list[int]] = {number: [] for number in range(2)}  # numbers of the entries not undone, by file
    gone: list[int] = []
    counts = 0
    for number, is_undoing in steps:
        receipt = Receipt(0, "register", "", str(number) * 64, "bids/register.xlsx")
        if not is_undoing:
            events.append(receipt.event)
            live[number].append(len(events))
            counts = len(events)
        elif live[number]:
            events.append(undoing_event(receipt, "Why."))
            gone.append(live[number].pop())
            counts = 0 if gone[-1] == counts else counts
    made = receipts_of(entries(*events))
    assert [one.number for one in made.standing] == ([counts] if counts else [])
    assert [one.receipt.number for one in made.undone] == gone
    assert len(made.every) + len(gone) == len(events)


def test_an_undoing_of_what_was_never_received_changes_nothing() -> None:
    stranger = undoing_event(Receipt(0, "register", "", "f" * 64, "bids/register.xlsx"), "Why.")
    assert receipts_of(entries(stranger)) == Receipts()
