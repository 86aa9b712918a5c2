"""A programme whose panel has marked everything and meets: four bids, two themes, eight answers, two evaluators."""

from pathlib import Path

from evaluator.files.audit.ledger_file import append, read_ledger
from evaluator.files.read.programme import Programme, open_programme
from evaluator.jobs.panel.moderation import Agreeing, Brought, Entered, agreed_now, brought
from evaluator.jobs.papers import issue
from evaluator.records.ledger import Entry, Event
from tests.findings.faultless_folder import Change
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

REASON = "Both found the people named with figures; nothing shows what they think themselves."
TOLD = "Counts the people; gives no dates for what is to be done with them, and names nobody."


def panel_at(root: Path, marks: dict[str, int] | None = None, *changes: Change) -> Path:
    """Make the folder of the programme; ``marks`` has the mark that each evaluator gives everything, else 3."""
    criteria, bids = criteria_folder(root / "criteria"), bids_folder(root / "bids", *changes)
    for name, content in issue(criteria, bids, 5).files.items():
        (root / "papers").mkdir(exist_ok=True)
        (root / "papers" / name).write_bytes(content)
    for one in ("E1", "E2"):
        fill(root / "papers" / f"{one}.xlsx", bids / "returns" / f"{one}.xlsx", mark=(marks or {}).get(one, 3))
    append(root / "ledger.jsonl", lambda _: [Event("opened", "Small programme")], "Sam Lee", "2026-09-01")
    return root


def entries_of(root: Path) -> tuple[Entry, ...]:
    found = read_ledger(root / "ledger.jsonl")
    assert not found.findings
    return found.entries


def agree(
    root: Path, meeting: Brought, about: tuple[str, str], mark: str = "3", reason: str = REASON, version: str = ""
) -> Agreeing:
    """Agree one answer, on the version of now or as it is given."""
    programme: Programme = open_programme(root)
    answer = meeting.answer(about)
    assert answer is not None
    version = version or agreed_now(programme, meeting, entries_of(root)).version(answer)
    job = Agreeing(programme, about, Entered(mark, reason, TOLD, version))
    append(programme.ledger, job.told, "A. Chair", "2026-10-20", job.then)
    return job


def meeting_of(root: Path) -> Brought:
    made = brought(open_programme(root))
    assert made.answers, made.findings
    return made
