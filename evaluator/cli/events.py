"""Events after bids came in: a bid withdrawn, a lot abandoned, a value corrected, an evaluator gone, a question."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.programme import BY, LEDGER, Keeping, keeping, open_root
from evaluator.cli.terminal import (
    BLOCKED,
    DAY,
    FOLDER,
    JSON,
    Grouped,
    fail,
    json_text,
    need_folder,
    print_findings,
    tell_findings,
)
from evaluator.jobs.keeping import today

if TYPE_CHECKING:
    from evaluator.jobs.after_bids.events import Recorded

Command = Callable[..., Any]


@click.group(cls=Grouped)
def event() -> None:
    """Record what happens after bids came in; a wrong event is undone by another, never deleted."""


def _options(words: str, *, reason: bool = True) -> Callable[[Command], Command]:
    """Declare what every event takes: the folder or programme, who records it, when and, of most, why."""

    def decorate(command: Command) -> Command:
        for option in (
            JSON,
            LEDGER,
            BY,
            click.option("--date", type=DAY, default="", help="The day it happened, such as 2026-12-01."),
            click.option("--reason", required=reason, default="", help="Why, in words."),
            click.option("--criteria", type=FOLDER, help="The criteria, beside --bids, to check the event with."),
            click.option("--bids", type=FOLDER, help="A folder of bids, in place of a programme."),
        ):
            command = option(command)
        return click.argument("named", nargs=-1, metavar=f"[PROGRAMME] {words}")(command)

    return decorate


@event.command()
@_options("BID")
@click.option("--told-by", required=True, help="Who withdrew it: name and office at the bidder's.")
def withdraw(named: tuple[str, ...], told_by: str, **given: Any) -> None:
    """Record that a bidder took its bid back. It is ranked no more; its marks stay on record."""
    where = _Where(named, given, 1)
    where.record("withdrawals", {"bid": where.named[0], "told_by": told_by})


@event.command()
@_options("THEME")
def abandon(named: tuple[str, ...], **given: Any) -> None:
    """Record that nothing will be awarded in a lot. The others are evaluated as published."""
    where = _Where(named, given, 1)
    where.record("abandoned", {"theme": where.named[0]})


@event.command()
@_options("BID COLUMN VALUE")
@click.option("--source", "origin", required=True, help="The document that shows the right value, and its date.")
@click.option("--old", default="", help="What stands there now; found in the register where it is not given.")
def correct(named: tuple[str, ...], origin: str, old: str, **given: Any) -> None:
    """Correct a value of a bid: the column as the register's heading or key names it, and the right value."""
    where = _Where(named, given, 3)
    bid, column, new = where.named
    where.record("corrections", {"bid": bid, "column": where.column(column), "old": old, "new": new, "origin": origin})


@event.command()
@_options("EVALUATOR")
@click.option("--successor", default="", help="The id of the evaluator who marks what is not marked yet.")
@click.option("--successor-name", default="", help="The successor's name, if not on the panel yet.")
@click.option("--conflict", is_flag=True, help="A conflict is the reason: the marks given need a late recusal.")
def leave(named: tuple[str, ...], successor: str, successor_name: str, *, conflict: bool, **given: Any) -> None:
    """Record that an evaluator left. Marks given stay; what was not marked passes to the successor, if any."""
    where = _Where(named, given, 1)
    facts = {"evaluator": where.named[0], "successor": successor, "successor_name": successor_name}
    where.record("departures", {**facts, "conflict": "yes" if conflict else "no"})


@event.command()
@_options("ABOUT", reason=False)
@click.option("--question", required=True, help="The question, in words.")
@click.option("--asked", type=DAY, required=True, help="The day on which it was asked.")
@click.option("--answer", default="", help="The answer, in words.")
@click.option("--answered", type=DAY, default="", help="The day on which it was answered.")
@click.option("--sent-to", default="", help="“all”, or bids or organisations with ; between them.")
@click.option("--concerns-all", is_flag=True, help="The answer bears on all bidders.")
@click.option("--resolution", default="", help="What was decided, where the answer did not reach everybody.")
def clarify(named: tuple[str, ...], *, concerns_all: bool, **given: Any) -> None:
    """Record a question about a bid, an organisation or all, with its answer and whom that was sent to."""
    facts = {key: given.pop(key) for key in ("question", "asked", "answer", "answered", "sent_to", "resolution")}
    where = _Where(named, given, 1)
    where.record("clarifications", {"about": where.named[0], **facts, "concerns_all": "yes" if concerns_all else "no"})


@event.command()
@_options("EVENT")
def undo(named: tuple[str, ...], **given: Any) -> None:
    """Undo an event that was recorded by mistake, by its id, such as W1. Both stay on record."""
    where = _Where(named, given, 1)
    where.record("undone", {"event": where.named[0]})


@event.command("list")
@click.argument("named", nargs=-1, metavar="[PROGRAMME]")
@click.option("--bids", type=FOLDER, help="A folder of bids, in place of a programme.")
@JSON
def listed(named: tuple[str, ...], bids: Path | None, *, as_json: bool) -> None:
    """List the events that were recorded, those that were undone among them."""
    from evaluator.jobs.after_bids.events import events_there
    from evaluator.reporting.shared.events import event_lines, events_document

    where = _Where(named, {"bids": bids, "as_json": as_json}, 0)
    events, found = events_there(where.bids, where.criteria)
    if as_json:
        click.echo(json_text({"schema": "events/1", "events": events_document(events)}))
    else:
        print_findings(found)
        for one in event_lines(events):
            parts = (one.event or "-", one.kind, one.subject, one.date, one.what, one.reason, one.undone)
            click.echo("  ".join(filter(None, parts)))
        click.echo("" if events else "No event was recorded.", nl=not events)


@event.command()
@click.argument("named", nargs=-1, metavar="[PROGRAMME]")
@click.option("--bids", type=FOLDER, help="A folder of bids, in place of a programme.")
@click.option("--criteria", type=FOLDER, help="The criteria, beside --bids.")
@click.option("--out", type=FOLDER, help="The workbook to write; in a programme papers/events.xlsx.")
def blank(named: tuple[str, ...], bids: Path | None, criteria: Path | None, out: Path | None) -> None:
    """Make a workbook of events to fill in, with lists to choose from. It goes into the folder of bids."""
    from evaluator.files.audit.run_folder import write_new
    from evaluator.jobs.after_bids.events import blank_events

    where = _Where(named, {"bids": bids, "criteria": criteria}, 0)
    out = out or (where.papers / "events.xlsx" if where.papers else None)
    if out is None or where.criteria is None:
        raise click.UsageError("Give --criteria and --out, or a programme's folder.")
    if not write_new(blank_events(where.bids, where.criteria), out):
        raise click.UsageError(f"{out} is there already. Give another --out.")
    click.echo(f"Open {out}. Filled in, it goes into {where.bids} as events.xlsx.")


class _Where:
    """Where an event is recorded: a programme's folder, or a folder of bids with what belongs to it."""

    def __init__(self, named: tuple[str, ...], given: dict[str, Any], wanted: int) -> None:
        self.given = given
        self.criteria: Path | None = given.get("criteria")
        self.papers: Path | None = None
        self.keeping: Keeping | None = None
        bids: Path | None = given.get("bids")
        if len(named) != wanted + (bids is None):
            words = next(one.metavar for one in click.get_current_context().command.params if one.name == "named")
            raise click.UsageError(f"Give {words}: a programme’s folder first, or --bids in its place.")
        self.named = named[len(named) - wanted :]
        self.bids = bids or self._of_programme(Path(named[0]))
        need_folder(self.bids)

    def _of_programme(self, root: Path) -> Path:
        programme = open_root(root, as_json=bool(self.given.get("as_json")))
        self.criteria, self.papers = programme.criteria, programme.papers
        if "reason" in self.given:
            kept = keeping(programme, self.given["who"])
            self.keeping = replace(kept, ledger=self.given["ledger"] or kept.ledger)
        return programme.bids

    def column(self, text: str) -> str:
        """Know a column of the register by its key or by its heading."""
        from evaluator.jobs.after_bids.events import column_called

        return column_called(text, self.criteria)

    def record(self, kind: str, facts: dict[str, str]) -> None:
        """Record the event, and tell the ledger of it."""
        from evaluator.files.audit.lock import LockedError
        from evaluator.jobs.after_bids.events import keep_event

        who, date = self._who(), self.given["date"] or (today() if self.keeping else "")
        if not who or not date:
            raise click.UsageError("Give --by, who records it, and --date, the day.")
        row = {**facts, "person": who, "date": date, "reason": self.given["reason"]}
        try:
            made = keep_event(kind, row, self.bids, self.criteria, who)
        except LockedError as busy:
            fail(str(busy))
        except OSError as error:
            fail(f"The event cannot be written: {error.strerror}.")
        self._tell(made)

    def _who(self) -> str:
        who: str = self.given["who"].strip()
        return self.keeping.who if self.keeping else who

    def _tell(self, made: "Recorded") -> None:
        as_json = bool(self.given["as_json"])
        if made.told is None:
            tell_findings(made.findings, as_json=as_json)
            click.echo("Nothing was recorded.", err=True)
            sys.exit(BLOCKED)
        kept, told = self.keeping, made.told
        if kept is None and self.given["ledger"] is not None:
            kept = Keeping(self.given["ledger"], self._who(), self.given["date"])
        if kept:
            kept.record(lambda _: [told])
        if as_json:
            facts = {"event": made.event, "file": made.file, "subject": told.subject, "told": told.after}
            click.echo(json_text({"schema": "event/1", **facts}))
            return
        print_findings(made.findings)
        click.echo(f"Recorded in {self.bids / made.file}: {told.subject}. {told.after}")
        if click.get_current_context().info_name != "undo":
            where = f"--bids {self.bids}" if self.given["bids"] else str(self.bids.parent)
            click.echo(f"If that was wrong: evaluator event undo {where} {made.event} --reason WHY")
