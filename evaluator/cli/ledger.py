"""The ledger's own commands, and what other commands need to write to it."""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.terminal import BLOCKED, FOLDER, JSON, fail, json_text, print_findings, tell_findings

if TYPE_CHECKING:
    from evaluator.files.audit.ledger_file import Ledger
    from evaluator.records.ledger import Entry, Event, Head

LEDGER = click.option("--ledger", type=FOLDER, help="Record what happened in this ledger; needs --by and --date.")
BY = click.option("--by", "who", default="", help="Who records it in the ledger: name and office.")
HEAD = re.compile(r"([0-9]+):([0-9a-f]{64})")


@click.group()
def ledger() -> None:
    """Verify, show or export the ledger of an evaluation."""


@ledger.command()
@click.argument("path", type=FOLDER, metavar="LEDGER")
@click.option("--head", default="", metavar="COUNT:SHA256", help="A head that was noted elsewhere, to verify against.")
@click.option("--bundle", type=FOLDER, help="A bundle that this ledger is to have recorded.")
@JSON
def verify(path: Path, head: str, bundle: Path | None, *, as_json: bool) -> None:
    """Check that no entry was edited, inserted, taken out, moved or cut off."""
    found = _read(path, head)
    if found.findings:
        tell_findings(found.findings, as_json=as_json)
        sys.exit(BLOCKED)
    strange = _of_another(found, bundle) if bundle else []
    if strange:
        click.echo(f"{bundle} is not a bundle that this ledger recorded: {'; '.join(strange)}.", err=True)
        sys.exit(BLOCKED)
    facts = {"schema": "ledger/1", "entries": len(found.entries), "head": _head_text(found)}
    click.echo(json_text(facts) if as_json else f"Whole: {len(found.entries):,} entries. Head {_head_text(found)}")


@ledger.command()
@click.argument("path", type=FOLDER, metavar="LEDGER")
@JSON
def show(path: Path, *, as_json: bool) -> None:
    """Print every entry, and what is wrong with the ledger if anything is."""
    from evaluator.reporting.papers.ledger_workbook import ledger_line

    found = _read(path, "")
    if as_json:
        click.echo(json_text({"schema": "ledger/1", "entries": [asdict(entry) for entry in found.entries]}))
    else:
        for entry in found.entries:
            click.echo(ledger_line(entry))
    for one in found.findings:
        click.echo(str(one), err=True)
    sys.exit(BLOCKED if found.findings else 0)


@ledger.command()
@click.argument("path", type=FOLDER, metavar="LEDGER")
@click.option("--out", type=FOLDER, required=True, help="The workbook to write.")
def export(path: Path, out: Path) -> None:
    """Write the ledger as a workbook: every mark that changed, with its reason, and every entry."""
    from evaluator.files.audit.run_folder import write_new
    from evaluator.files.write.workbooks import workbook_bytes
    from evaluator.reporting.papers.ledger_workbook import ledger_workbook

    found = _read(path, "")
    if found.findings:
        print_findings(found.findings)
        sys.exit(BLOCKED)
    if not write_new(workbook_bytes(ledger_workbook(found.entries)), out):
        raise click.UsageError(f"{out} is there already. Give another --out.")
    click.echo(f"Open {out}")


def need_ledger(path: Path | None, who: str, date: str) -> None:
    """Refuse a ledger without a name or a date: every entry says who recorded it and when."""
    if path is None:
        return
    if not who.strip() or not date:
        raise click.UsageError("--ledger needs --by, who records it, and --date, the day.")


def record(path: Path, told: Callable[[Sequence["Entry"]], Iterable["Event"]], who: str, when: str) -> "Head":
    """Add events to the ledger, say so, and give its new head; end with a sentence where that cannot be done."""
    from evaluator.files.audit.ledger_file import LedgerBrokenError, append
    from evaluator.files.audit.lock import LockedError

    try:
        added = append(path, told, who.strip(), when)
    except LockedError as busy:
        fail(str(busy))
    except LedgerBrokenError as broken:
        click.echo("Nothing was recorded: the ledger is not what was written.", err=True)
        for one in broken.findings:
            click.echo(str(one), err=True)
        sys.exit(BLOCKED)
    except OSError as error:
        fail(f"The ledger {path} cannot be written: {error.strerror}.")
    if (left := added.taken_over) is not None:
        click.echo(
            f"The lock of {path} was left by {left.who}, whose process {left.process} has ended. It was taken over.",
            err=True,
        )
    head = added.head
    click.echo(f"Recorded in {path}: {added.count:,} new entries. Head {head.count}:{head.hash}", err=True)
    return head


def _of_another(found: "Ledger", path: Path) -> list[str]:
    """Say what keeps a bundle from being one that a ledger recorded."""
    from evaluator.files.audit import bundle as bundles
    from evaluator.jobs.ledger_events import NAME, of_another

    try:
        opened = bundles.unpack(bundles.bundle_bytes(path))
    except (OSError, bundles.UnreadableBundleError) as error:
        fail(f"{path} cannot be read as an audit bundle: {error}")
    held = opened.members.get(f"{bundles.LEDGER}{NAME}", b"")
    return [*opened.problems, *of_another(held, opened.members[bundles.MANIFEST], found.entries)]


def _read(path: Path, head: str) -> "Ledger":
    from evaluator.files.audit.ledger_file import read_ledger
    from evaluator.records.ledger import Head

    noted = HEAD.fullmatch(head)
    if head and not noted:
        raise click.UsageError("--head must be COUNT:SHA256, as it was printed when the ledger was written.")
    try:
        return read_ledger(path, Head(int(noted[1]), noted[2]) if noted else None)
    except OSError as error:
        fail(f"{path} cannot be read as a ledger: {error.strerror}.")


def _head_text(found: "Ledger") -> Any:
    return f"{found.head.count}:{found.head.hash}" if found.head else ""
