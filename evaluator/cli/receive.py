"""Commands for what comes in and what is kept: receive, retention, backup, restore."""

import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.programme import BY, PROGRAMME, Keeping, open_root, recorder, say_next
from evaluator.cli.terminal import BLOCKED, DAY, FOLDER, JSON, fail, json_text, print_findings, progress
from evaluator.jobs.keeping import this_minute, today
from evaluator.records.office.paper_kinds import KINDS

if TYPE_CHECKING:
    from evaluator.files.audit.backup import Backup
    from evaluator.files.read.programme import Programme
    from evaluator.jobs.coming_in.receive import Asked
    from evaluator.records.findings.finding import Finding
    from evaluator.records.office.receipts import Receipts
    from evaluator.reporting.office.receipts import Result

SALT_BYTES = 32
ANSWERS = {
    "replace": "A second file takes the place of the one that counts; both are kept.",
    "keep": "A second file is kept and does not count.",
    "another": "A second bid of one organisation is another bid.",
}


class _Moment(click.ParamType[str]):
    """A day with a time of day as people write it, taken as 2026-12-01T14:05."""

    name = "moment"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from evaluator.records.dates import read_moment

        moment = read_moment(value) if value else ""
        wrong = f"{value} is no day and time. Write it as “2026-12-01 14:05”, or the day alone as 2026-12-01."
        return self.fail(wrong, param, ctx) if moment is None else moment


@click.command()
@PROGRAMME
@click.argument("files", nargs=-1, type=FOLDER, metavar="FILES…")
@click.option("--from", "sender", default="", metavar="WHO", help="Who sent these files.")
@click.option("--at", type=_Moment(), default="", metavar="TIME", help="When: “2026-12-01 14:05”. [default: now]")
@click.option("--as", "kind", type=click.Choice(list(KINDS)), metavar="KIND", help="What they are.")
@click.option("--replace", "answer", flag_value="replace", help=ANSWERS["replace"])
@click.option("--keep", "answer", flag_value="keep", help=ANSWERS["keep"])
@click.option("--another", "answer", flag_value="another", help=ANSWERS["another"])
@click.option(
    "--find", default="", metavar="WHAT", help="Say what is known of a fingerprint (8 characters do) or file."
)
@click.option("--list", "listed", is_flag=True, help="List every receipt, and what counts now.")
@click.option(
    "--undo", default="", metavar="WHAT", help="Undo the receipt of a fingerprint or file; nothing is deleted."
)
@click.option("--reason", default="", help="Why a receipt is undone.")
@BY
@JSON
def receive(root: Path, files: tuple[Path, ...], **given: Any) -> None:
    """File what came in by what it is, keep the original, and record when it came and from whom.

    Nothing goes by a file's name. What cannot be told is asked, and what cannot be read safely is kept out, each with a
    sentence; it ends with 1 then, and every other file is filed all the same.
    """
    programme = open_root(root, as_json=given["as_json"])
    chosen = [bool(files), bool(given["find"]), given["listed"], bool(given["undo"])]
    if sum(chosen) != 1:
        raise click.UsageError("Give files to receive, or one of --find, --list and --undo.")
    if given["listed"] or given["find"]:
        _look_up(programme, given["find"], as_json=given["as_json"])
        return
    if given["undo"] and not given["reason"].strip():
        raise click.UsageError("--undo needs --reason: why the receipt is undone.")
    asked = _asked(programme, given)
    keeping = Keeping(programme.ledger, asked.who, asked.when)
    if given["undo"]:
        _undo(programme, keeping, given)
    else:
        _receive(programme, keeping, asked, files, as_json=given["as_json"])


def _asked(programme: "Programme", given: dict[str, Any]) -> "Asked":
    from evaluator.jobs.coming_in.receive import Asked

    return Asked(
        sender=given["sender"].strip(),
        when=given["at"] or this_minute(),
        who=recorder(programme, given["who"]),
        stated=bool(given["at"]),
        kind=given["kind"] or "",
        answer=given["answer"] or "",
        salt=secrets.token_hex(SALT_BYTES),
    )


def _receive(
    programme: "Programme", keeping: Keeping, asked: "Asked", files: tuple[Path, ...], *, as_json: bool
) -> None:
    from evaluator.jobs.coming_in.receive import Receiving
    from evaluator.reporting.office.receipts import results_text

    with progress(len(files)) as report_progress:
        job = Receiving(programme, files, asked, report_progress)
    if not job.looked:
        fail("There is no file to receive in what was given.")
    keeping.record(job.told, job.then)
    if as_json:
        click.echo(json_text({"schema": "received/1", "files": [_result_json(one) for one in job.results]}))
    else:
        click.echo(results_text(job.results))
        print_findings([found for one in job.results for found in one.findings])
        if any(one.state == "refused" for one in job.results):
            click.echo("What was refused is not on record. To keep such a file as it came, unread, say --as paper.")
        if any(one.state in ("filed", "kept") for one in job.results):
            click.echo(f"A receipt for each sender, with the whole fingerprint, is in {programme.papers / 'receipts'}")
        say_next("What comes next: evaluator status PROGRAMME", programme)
    sys.exit(BLOCKED if any(one.state in ("asked", "refused") for one in job.results) else 0)


def _result_json(one: "Result") -> dict[str, Any]:
    from evaluator.reporting import findings_document
    from evaluator.reporting.office.receipts import receipt_json

    receipt = receipt_json(one.receipt, one.state) if one.receipt else None
    facts = {"file": one.name, "kind": one.kind, "state": one.state, "receipt": receipt, "note": one.note}
    return {**facts, "findings": findings_document(one.findings)}


def _undo(programme: "Programme", keeping: Keeping, given: dict[str, Any]) -> None:
    from evaluator.jobs.coming_in.receipts import Undo
    from evaluator.reporting.office.receipts import receipt_json

    job = Undo(programme, given["undo"], given["reason"].strip())
    keeping.record(job.told, job.then)
    if job.problem or job.undone is None:
        click.echo(job.problem, err=True)
        sys.exit(BLOCKED)
    if given["as_json"]:
        click.echo(json_text({"schema": "receipt_undone/1", "receipt": receipt_json(job.undone, "undone")}))
        return
    place = f" It no longer lies in {job.undone.place}." if job.undone.place else ""
    click.echo(f"Undone: receipt {job.undone.number}, {job.undone.words}.{place} The file as it came is kept.")
    if job.left:
        click.echo(f"The one that counts now is {job.left.words}, fingerprint {job.left.fingerprint[:12]}.")
    elif job.undone.before:
        click.echo(
            f"Before it, {job.undone.before[:12]} counted. Receive that file again, from received/, if it should."
        )


def _look_up(programme: "Programme", wanted: str, *, as_json: bool) -> None:
    from evaluator.jobs.coming_in.receipts import damaged, known_of, state_of, untold
    from evaluator.reporting.office.receipts import receipt_json, receipts_text, undoing_json

    receipts, problems = _receipts(programme)
    known = known_of(programme, receipts, wanted) if wanted else receipts.every
    numbers = {one.number for one in known}
    undone = tuple(one for one in receipts.undone if one.receipt.number in numbers)
    rows = [(one, state_of(programme, receipts, one)) for one in known]
    problems += untold(programme, receipts)
    spoilt = damaged(programme)
    if as_json:
        lists = {"receipts": [receipt_json(*row) for row in rows], "undone": [undoing_json(one) for one in undone]}
        click.echo(json_text({"schema": "receipts/1", **lists, "damaged": list(spoilt)}))
    else:
        nothing = f"Nothing was received that {wanted} stands for." if wanted else "Nothing was received yet."
        click.echo(receipts_text(rows, undone) or nothing)
    for one in problems:
        click.echo(one, err=True)
    for name in spoilt:
        click.echo(f"received/{name} is damaged: it no longer has the fingerprint that it is named by.", err=True)
    sys.exit(BLOCKED if problems or spoilt or (wanted and not rows) else 0)


def _receipts(programme: "Programme") -> "tuple[Receipts, list[str]]":
    """Read the receipts of a programme's ledger, and what is wrong with the ledger."""
    from evaluator.files.audit.ledger_file import read_ledger
    from evaluator.records.office.receipts import receipts_of

    if not programme.ledger.exists():
        return receipts_of(()), []
    try:
        found = read_ledger(programme.ledger)
    except OSError as error:
        fail(f"{programme.ledger} cannot be read as a ledger: {error.strerror}.")
    return receipts_of(found.entries), [str(one) for one in found.findings]


@click.command()
@PROGRAMME
@click.option("--date", "day", type=DAY, default="", help="The day for which it is told.  [default: today]")
@JSON
def retention(root: Path, day: str, *, as_json: bool) -> None:
    """Tell what is to be destroyed when, by the settings, and where it lies. Nothing is ever deleted."""
    from evaluator.files.audit.kept import lies_in
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.records.office.retention import Due, state_on
    from evaluator.reporting.office.retention import law_says, retention_json, retention_text

    programme = open_root(root, as_json=as_json)
    day = day or today()
    came = _receipts(programme)[0].every
    entries = programme.settings.retention
    rows = [Due(one, state_on(one, day), lies_in(programme.root, one.what, came)) for one in entries]
    criteria = read_criteria(programme.criteria).criteria
    law = law_says(criteria.regime) if criteria else ""
    click.echo(json_text(retention_json(rows, day, law)) if as_json else retention_text(rows, day, law))


@click.command()
@PROGRAMME
@click.option("--out", type=FOLDER, required=True, help="The file to write, such as backup.zip, outside the programme.")
@click.option("--with-equality", is_flag=True, help="With the equality monitoring: the file is then as secret as that.")
@JSON
def backup(root: Path, out: Path, *, with_equality: bool, as_json: bool) -> None:
    """Put a programme into one file, with the sum of every file and the ledger's head."""
    programme = open_root(root, as_json=as_json)
    if out.suffix.lower() != ".zip":
        raise click.UsageError(f"--out must end with .zip, not {out.name!r}.")
    if out.resolve().is_relative_to(programme.root.resolve()):
        raise click.UsageError("--out must lie outside the programme, where a backup is of use.")
    made = _backed_up(programme, out, with_equality=with_equality)
    if as_json:
        left = [] if with_equality else list(made.equality)
        facts = {"schema": "backup_made/1", "files": made.count, "head": made.head, "equality_left_out": left}
        click.echo(json_text({**facts, "left_out": list(made.left_out)}))
    else:
        click.echo(f"Written: {out}, with {made.count:,} files. Ledger {made.head or 'not whole'}.")
        _told_of_equality(len(made.equality), with_equality=with_equality)
    for name in made.left_out:
        why = "it is a link, cannot be read, or has a name that not every system has"
        click.echo(f"{name} was left out: {why}.", err=True)
    _tell_and_end(made.findings, wrong=bool(made.left_out))


def _backed_up(programme: "Programme", out: Path, *, with_equality: bool) -> "Backup":
    """Make a backup while nobody writes to the ledger, and write it; end with a sentence where that cannot be done."""
    from evaluator.files.audit.backup import NoBackupError
    from evaluator.files.audit.backup import backup as made_of
    from evaluator.files.audit.lock import LockedError, locked
    from evaluator.files.audit.run_folder import write_new

    try:
        with locked(programme.ledger, "a backup"):
            made = made_of(programme.root, programme.settings.title, with_equality=with_equality)
        written = write_new(made.content, out, private=with_equality)
    except (LockedError, NoBackupError) as error:
        fail(f"No backup was made: {error}")
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.")
    if not written:
        raise click.UsageError(f"{out} is there already. Give another --out.")
    return made


def _tell_and_end(findings: "Sequence[Finding]", *, wrong: bool) -> None:
    for one in findings:
        click.echo(str(one), err=True)
    sys.exit(BLOCKED if findings or wrong else 0)


def _told_of_equality(count: int, *, with_equality: bool) -> None:
    from evaluator.records.english import count_of

    if not count:
        return
    files = count_of(count, "file")
    if with_equality:
        click.echo(f"It holds the equality monitoring ({files}): keep it as secret as that.")
    else:
        click.echo(f"The equality monitoring ({files}) is not in it. To have it, add --with-equality.")


@click.command()
@click.argument("file", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="A new folder for the programme.")
@JSON
def restore(file: Path, out: Path, *, as_json: bool) -> None:
    """Bring a programme back from a backup, if every sum is right; whole, or not at all."""
    from evaluator.files.audit.backup import NoBackupError
    from evaluator.files.audit.backup import restore as restored_from
    from evaluator.files.audit.bundle import bundle_bytes

    if out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise click.UsageError(f"{out} is there already. Give another --out.")
    try:
        made = restored_from(bundle_bytes(file), out)
    except NoBackupError as error:
        click.echo(f"{file} was not restored: {error}.", err=True)
        sys.exit(BLOCKED)
    except OSError as error:
        fail(f"{error.filename or file} cannot be used: {error.strerror}.")
    if as_json:
        facts = {"schema": "restored/1", "files": made.count, "head": made.head, "equality": made.equality}
        click.echo(json_text({**facts, "damaged": list(made.damaged)}))
    else:
        click.echo(f"Restored: {out}, with {made.count:,} files, each with its sum. Ledger {made.head or 'not whole'}.")
        if not made.equality:
            click.echo("The equality monitoring is not in this backup.")
    for name in made.damaged:
        click.echo(f"received/{name} is damaged: it no longer has the fingerprint that it is named by.", err=True)
    _tell_and_end(made.findings, wrong=bool(made.damaged))
