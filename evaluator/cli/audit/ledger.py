"""The ledger's own commands: verify, show, export."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from evaluator.cli.audit.anchors import anchor_options, head_said, held_to_noted, tell_held
from evaluator.cli.programme import of_programme
from evaluator.cli.terminal import BLOCKED, DAY, FOLDER, JSON, Grouped, fail, json_text, print_findings, tell_findings

if TYPE_CHECKING:
    from evaluator.files.audit.ledger_file import Ledger


@click.group(cls=Grouped)
def ledger() -> None:
    """Verify, show or export the ledger of an evaluation."""


@ledger.command()
@of_programme("path")
@click.option("--bundle", type=FOLDER, help="A bundle that this ledger is to have recorded.")
@anchor_options
@JSON
def verify(path: Path, bundle: Path | None, *, as_json: bool, **noted: Any) -> None:
    """Check that no entry was edited, inserted, taken out, moved or cut off, and hold it to what was noted outside."""
    from evaluator.jobs.finished.anchoring import known_of_ledger
    from evaluator.publication import check_entries

    found = read_or_fail(path, noted["head"])
    if wrong := found.findings or check_entries(path.name, found.entries):
        tell_findings(wrong, as_json=as_json)
        sys.exit(BLOCKED)
    strange = of_another(found, bundle) if bundle else []
    if strange:
        click.echo(f"{bundle} is not a bundle that this ledger recorded: {'; '.join(strange)}.", err=True)
        sys.exit(BLOCKED)
    held = held_to_noted(known_of_ledger(found.entries), **noted)
    facts = {"schema": "ledger/1", "entries": len(found.entries), "head": _head_text(found)}
    facts |= {"held_to": held.lines, "otherwise": held.problems} if held.lines or held.problems else {}
    click.echo(json_text(facts) if as_json else f"Whole: {len(found.entries):,} entries. Head {_head_text(found)}")
    tell_held(held, as_json=as_json)
    sys.exit(BLOCKED if held.problems else 0)


@ledger.command()
@of_programme("path")
@click.option("--kind", default="", help="Only entries of this kind, such as “decision” or “correction”.")
@click.option("--person", "who", default="", help="Only what was recorded by somebody with these words in the name.")
@click.option("--about", default="", help="Only entries with these words in subject, values or reason, such as “B012”.")
@click.option("--from", "first", type=DAY, default="", help="Only entries of this day or later, such as 2026-12-01.")
@click.option("--to", "last", type=DAY, default="", help="Only entries of this day or earlier.")
@JSON
def show(path: Path, kind: str, *, as_json: bool, **words: str) -> None:
    """Print the entries, all or those that are asked for, and what is wrong with the ledger if anything is."""
    from evaluator.records.ledger import Kind, Sought
    from evaluator.reporting.papers.ledger_workbook import ledger_line

    if kind and kind not in (kinds := sorted(get_args(Kind))):
        raise click.UsageError(f"A ledger has no entries of the kind {kind}. There are: {', '.join(kinds)}.")
    found, sought = read_or_fail(path, ""), Sought(kind, **words)
    entries = [entry for entry in found.entries if sought.finds(entry)]
    if as_json:
        asked = {key: text for key, text in asdict(sought).items() if text}
        of = {"asked": asked, "of": len(found.entries)} if asked else {}
        click.echo(json_text({"schema": "ledger/1", **of, "entries": [asdict(entry) for entry in entries]}))
    else:
        for entry in entries:
            click.echo(ledger_line(entry))
        if sought != Sought():
            click.echo(f"{len(entries):,} of {len(found.entries):,} entries.", err=True)
    for one in found.findings:
        click.echo(str(one), err=True)
    sys.exit(BLOCKED if found.findings else 0)


@ledger.command()
@of_programme("path", out="papers/ledger.xlsx")
@click.option("--out", type=FOLDER, help="The workbook to write.  [default: papers/ledger.xlsx in a programme]")
def export(path: Path, out: Path) -> None:
    """Write the ledger as a workbook: every mark that changed, with its reason, and every entry."""
    from evaluator.files.audit.run_folder import write_new
    from evaluator.files.write.workbooks import workbook_bytes
    from evaluator.reporting.papers.ledger_workbook import ledger_workbook

    found = read_or_fail(path, "")
    if found.findings:
        print_findings(found.findings)
        sys.exit(BLOCKED)
    if not write_new(workbook_bytes(ledger_workbook(found.entries)), out):
        raise click.UsageError(f"{out} is there already. Give another --out.")
    click.echo(f"Open {out}")


def of_another(found: "Ledger", path: Path) -> list[str]:
    """Say what keeps a bundle from being one that a ledger recorded."""
    from evaluator.files.audit import bundle as bundles
    from evaluator.jobs.ledger_events import NAME
    from evaluator.jobs.ledger_events import of_another as otherwise

    try:
        opened = bundles.unpack(bundles.bundle_bytes(path))
    except (OSError, bundles.UnreadableBundleError) as error:
        fail(f"{path} cannot be read as an audit bundle: {error}")
    held = opened.members.get(f"{bundles.LEDGER}{NAME}", b"")
    return [*opened.problems, *otherwise(held, opened.members[bundles.MANIFEST], found.entries)]


def read_or_fail(path: Path, head: str) -> "Ledger":
    """Read a ledger, and end the command where that cannot be done."""
    from evaluator.files.audit.ledger_file import read_ledger
    from evaluator.records.ledger import Head

    noted = head_said(head)
    try:
        return read_ledger(path, Head(*noted) if noted else None)
    except OSError as error:
        fail(f"{path} cannot be read as a ledger: {error.strerror}.")


def _head_text(found: "Ledger") -> Any:
    return f"{found.head.count}:{found.head.hash}" if found.head else ""
