"""Commands for those who run a panel: issue, progress, moderate, decisions."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.programme import WHEN, Keeping, of_programme
from evaluator.cli.terminal import (
    BLOCKED,
    FOLDER,
    JSON,
    UNREADABLE,
    fail,
    json_text,
    land_new,
    need_criteria,
    need_folder,
    print_findings,
    tell_findings,
)

if TYPE_CHECKING:
    from evaluator.records.findings.finding import Finding
    from evaluator.records.programme.criteria import Criteria
    from evaluator.records.submissions.assignment import Assignment
    from evaluator.records.submissions.progress import Progress


@click.command()
@of_programme("criteria", "bids", out="papers/evaluators", keeps=True)
@click.option("--out", type=FOLDER, help="A new folder for the workbooks and notes.  [default: papers/evaluators]")
@click.option("--seed", type=int, default=1, show_default=True, help="The published seed that mixes the order of bids.")
@WHEN
@JSON
def issue(criteria: Path, bids: Path, out: Path, seed: int, keeping: Keeping | None, *, as_json: bool) -> None:
    """Make one protected workbook, with a covering note, for every evaluator of the panel."""
    from evaluator.jobs.papers import issue as issue_papers
    from evaluator.jobs.papers import issue_events

    need_criteria(criteria)
    need_folder(bids)
    made = issue_papers(criteria, bids, seed)
    if not made.files:
        tell_findings(made.findings, as_json=as_json)
        sys.exit(BLOCKED if made.understood else UNREADABLE)
    land_new(made.files, out)
    if keeping is not None:
        keeping.record(issue_events(criteria, made))
    if as_json:
        click.echo(json_text({"schema": "issued/1", "seed": seed, "evaluators": [_line(a) for a in made.assignments]}))
        return
    print_findings(made.findings)
    for one in made.assignments:
        click.echo(f"{one.evaluator}: {len(one.tasks):,} answers{_kept_out(one)}")
    click.echo(f"\n{len(made.assignments)} workbooks, each with a note to send it with, are in {out}")


@click.command()
@of_programme("criteria", "bids")
@click.option("--out", type=FOLDER, help="A page (.html) or a workbook (.xlsx) to write; what is there gives way.")
@JSON
def progress(criteria: Path, bids: Path, out: Path | None, *, as_json: bool) -> None:
    """Show who has returned what, and what is missing. It ends with 1 while anything is."""
    from evaluator.jobs.papers import progress as progress_so_far
    from evaluator.reporting.papers.progress import progress_document, progress_text

    need_criteria(criteria)
    need_folder(bids)
    if out is not None and out.suffix.lower() not in (".html", ".xlsx"):
        raise click.UsageError(f"--out must end with .html or .xlsx, not {out.name!r}.")
    published, made, found = progress_so_far(criteria, bids)
    if published is None or made is None:
        tell_findings(found, as_json=as_json)
        sys.exit(BLOCKED if published else UNREADABLE)
    if out is not None:
        _write_progress(out, published, made, found)
    click.echo(json_text(progress_document(made)) if as_json else progress_text(published, made))
    if out is not None and not as_json:
        click.echo(f"\nOpen {out}")
    sys.exit(0 if all(one.state == "complete" for one in made.returned) else BLOCKED)


def _write_progress(out: Path, criteria: "Criteria", made: "Progress", found: tuple["Finding", ...]) -> None:
    from evaluator.files.write.workbooks import workbook_bytes
    from evaluator.reporting.papers.progress import progress_page, progress_workbook

    page = out.suffix.lower() == ".html"
    _write(out, progress_page(criteria, made, found) if page else workbook_bytes(progress_workbook(criteria, made)))


@click.command()
@of_programme("criteria", "bids", out="papers/moderation.xlsx", keeps=True)
@click.option("--out", type=FOLDER, help="The workbook to write.  [default: papers/moderation.xlsx in a programme]")
@click.option("--page", type=FOLDER, help="A page (.html) on how the panels marked; what is there gives way.")
@WHEN
@JSON
def moderate(
    criteria: Path, bids: Path, out: Path, page: Path | None, keeping: Keeping | None, *, as_json: bool
) -> None:
    """Make the moderation workbook: marks and reasons side by side, wide spreads flagged, nothing agreed yet."""
    from evaluator.files.audit.run_folder import write_new
    from evaluator.jobs.papers import moderate as moderation
    from evaluator.jobs.papers import moderation_events
    from evaluator.reporting.papers.moderation_json import moderation_document

    need_criteria(criteria)
    need_folder(bids)
    if out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--out must end with .xlsx, not {out.name!r}.")
    if page is not None and page.suffix.lower() != ".html":
        raise click.UsageError(f"--page must end with .html, not {page.name!r}.")
    made = moderation(criteria, bids)
    if not made.workbook:
        tell_findings(made.findings, as_json=as_json)
        sys.exit(BLOCKED if made.understood else UNREADABLE)
    if not write_new(made.workbook, out):
        raise click.UsageError(f"{out} is there already and may hold agreed marks. Give another --out.")
    if page is not None:
        _write(page, made.page)
    if keeping is not None:
        keeping.record(moderation_events(criteria, out.name, made))
    if as_json:
        click.echo(json_text(moderation_document(made.answers, made.agreement, made.habits)))
        return
    print_findings(made.findings)
    wide, noted = sum(one.wide for one in made.answers), sum(bool(one.notes) for one in made.answers)
    click.echo(f"{len(made.answers):,} answers; {wide:,} to be discussed first; {noted:,} with notes for the moderator")
    click.echo(f"\nOpen {out}" + (f" and {page}" if page else ""))


@click.command()
@of_programme("criteria", "bids", out="papers/decisions.xlsx")
@click.option("--out", type=FOLDER, help="The workbook to write.  [default: papers/decisions.xlsx in a programme]")
@JSON
def decisions(criteria: Path, bids: Path, out: Path, *, as_json: bool) -> None:
    """Make the workbook in which people decide: every matter that waits for a person, and nothing decided."""
    from evaluator.files.audit.run_folder import write_new
    from evaluator.jobs.papers import to_decide
    from evaluator.reporting.papers.decisions_workbook import decisions_document, decisions_text

    need_criteria(criteria)
    need_folder(bids)
    if out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--out must end with .xlsx, not {out.name!r}.")
    workbook, made, found = to_decide(criteria, bids)
    if made is None:
        tell_findings(found, as_json=as_json)
        sys.exit(UNREADABLE if any(one.code.startswith("E-READ-") for one in found) else BLOCKED)
    if not write_new(workbook, out):
        raise click.UsageError(f"{out} is there already and may hold decisions. Give another --out.")
    if as_json:
        click.echo(json_text(decisions_document(made)))
        return
    print_findings(found)
    click.echo(f"{decisions_text(made)}\n\nOpen {out}")
    if made.recorded:
        click.echo("It holds what is recorded already: when it is filled in, let it take the place of that file.")


def _write(path: Path, content: str | bytes) -> None:
    from evaluator.files.audit.run_folder import write_page

    try:
        write_page(path, content)
    except OSError as error:
        fail(f"{path} cannot be written: {error.strerror}.")


def _kept_out(assignment: "Assignment") -> str:
    return f"; recused from {', '.join(assignment.recused)}" if assignment.recused else ""


def _line(assignment: "Assignment") -> dict[str, Any]:
    return {
        "evaluator": assignment.evaluator,
        "workbook": f"{assignment.evaluator}.xlsx",
        "answers": len(assignment.tasks),
        "panels": assignment.panels,
        "recused": assignment.recused,
    }
