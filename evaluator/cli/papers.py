"""Commands for those who run a panel: papers, issue, progress, moderate, decisions."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.programme import WHEN, Keeping, of_programme, say_next
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
    unreadable,
)

if TYPE_CHECKING:
    from evaluator.jobs.blank_papers import Papers
    from evaluator.jobs.papers import Moderated
    from evaluator.records.findings.finding import Finding
    from evaluator.records.programme.criteria import Criteria
    from evaluator.records.submissions.assignment import Assignment
    from evaluator.records.submissions.progress import Progress


AS_WRITTEN = click.option(
    "--as-written",
    is_flag=True,
    help="Show answers in which a figure equals a price of their bid, instead of keeping them back.",
)


STAGE = click.option(
    "--stage", default="", help="Whose answers are marked.  [default: the stage after those that are sealed]"
)


@click.command()
@of_programme("criteria", "bids", out="papers", numbered=False, keeps=True)
@click.option("--out", type=FOLDER, help="The folder of papers.  [default: papers in a programme]")
@click.option("--seed", type=int, help="The published seed of the order of bids.  [default: of the workbooks, or 1]")
@STAGE
@AS_WRITTEN
@WHEN
@JSON
def papers(
    criteria: Path,
    bids: Path,
    out: Path,
    seed: int | None,
    stage: str,
    keeping: Keeping | None,
    *,
    as_written: bool,
    as_json: bool,
) -> None:
    """Make the papers that are due: a blank register, panel and declarations, and reading packs. Nothing gives way."""
    from evaluator.jobs.blank_papers import papers as papers_due
    from evaluator.reporting import findings_document

    need_criteria(criteria)
    need_folder(bids)
    _need_stage(criteria, stage)
    made = papers_due(criteria, bids, out, seed, as_written=as_written, stage=stage)
    if not made.understood:
        unreadable(made.findings, as_json=as_json)
    land_papers(made, criteria, out, keeping)
    if as_json:
        told = {"made": [{"paper": name, "about": text} for name, text in made.made]}
        told |= {"not_made": [{"paper": name, "why": text} for name, text in made.not_made]}
        click.echo(json_text({"schema": "papers/1", **told, "findings": findings_document(made.findings)}))
        return
    print_findings(made.findings)
    for name, text in made.made:
        click.echo(f"Made {out / name}: {text}")
    for name, text in made.not_made:
        click.echo(f"Not made: {name}. {text}")
    if any(name.endswith(".xlsx") for name in made.files):
        say_next("Once they are filled in: evaluator receive PROGRAMME FILES…")
    elif made.files:
        say_next("What comes next: evaluator status PROGRAMME")


def _need_stage(criteria: Path, stage: str) -> None:
    """Refuse a stage that nobody published."""
    from evaluator.files.read.criteria.folder import read_criteria

    published = read_criteria(criteria).criteria if stage else None
    if published is not None and stage not in published.stages_in_order:
        there = f"There are: {', '.join(published.stages_in_order)}." if published.stage else "There are no stages."
        raise click.UsageError(f"No stage {stage} is published. {there}")


def land_papers(made: "Papers", criteria: Path, out: Path, keeping: Keeping | None) -> None:
    """Write papers that were made, and tell the ledger of them."""
    from evaluator.jobs.blank_papers import papers_events

    for name, content in made.files.items():
        _write(out / name, content)
    if keeping is not None and made.files:
        keeping.record(papers_events(criteria, made))


@click.command()
@of_programme("criteria", "bids", out="papers/evaluators", keeps=True)
@click.option("--out", type=FOLDER, help="A new folder for the workbooks and notes.  [default: papers/evaluators]")
@click.option("--seed", type=int, default=1, show_default=True, help="The published seed that mixes the order of bids.")
@STAGE
@AS_WRITTEN
@WHEN
@JSON
def issue(
    criteria: Path,
    bids: Path,
    out: Path,
    seed: int,
    stage: str,
    keeping: Keeping | None,
    *,
    as_written: bool,
    as_json: bool,
) -> None:
    """Make for every evaluator a protected workbook with a note and, where answers are held, a reading pack."""
    from evaluator.jobs.papers import issue as issue_papers
    from evaluator.jobs.papers import issue_events
    from evaluator.reporting import findings_document

    need_criteria(criteria)
    need_folder(bids)
    _need_stage(criteria, stage)
    made = issue_papers(criteria, bids, seed, as_written=as_written, stage=stage)
    if not made.files:
        tell_findings(made.findings, as_json=as_json)
        sys.exit(BLOCKED if made.understood else UNREADABLE)
    land_new(made.files, out)
    if keeping is not None:
        keeping.record(issue_events(criteria, made))
    if as_json:
        told = {"evaluators": [_line(one) for one in made.assignments], "findings": findings_document(made.findings)}
        click.echo(json_text({"schema": "issued/1", "seed": seed, **told}))
        return
    print_findings(made.findings)
    for one in made.assignments:
        click.echo(f"{one.evaluator}: {len(one.tasks):,} answers{_kept_out(one)}")
    packs = " and a reading pack" if any(name.endswith(".pdf") for name in made.files) else ""
    click.echo(f"\n{len(made.assignments)} workbooks, each with a note to send it with{packs}, are in {out}")
    say_next("Send each evaluator theirs. As they come back: evaluator receive PROGRAMME FILES…")


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
@AS_WRITTEN
@WHEN
@JSON
def moderate(
    criteria: Path,
    bids: Path,
    out: Path,
    page: Path | None,
    keeping: Keeping | None,
    *,
    as_written: bool,
    as_json: bool,
) -> None:
    """Make the moderation workbook: marks side by side, wide spreads flagged, what was agreed before carried over."""
    from evaluator.files.audit.run_folder import write_new
    from evaluator.jobs.papers import moderate as moderation
    from evaluator.jobs.papers import moderation_events
    from evaluator.reporting import findings_document
    from evaluator.reporting.papers.moderation_json import moderation_document

    need_criteria(criteria)
    need_folder(bids)
    for option, path, ending in (("--out", out, ".xlsx"), ("--page", page, ".html")):
        if path is not None and path.suffix.lower() != ending:
            raise click.UsageError(f"{option} must end with {ending}, not {path.name!r}.")
    made = moderation(criteria, bids, as_written=as_written)
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
        told = moderation_document(made.answers, made.agreement, made.habits, made.renewal)
        click.echo(json_text({**told, "findings": findings_document(made.findings)}))
        return
    _tell_moderated(made, f"{out} and {page}" if page else f"{out}")


def _tell_moderated(made: "Moderated", written: str) -> None:
    from evaluator.reporting.papers import carried_words

    print_findings(made.findings)
    wide, noted = sum(one.wide for one in made.answers), sum(bool(one.notes) for one in made.answers)
    click.echo(f"{len(made.answers):,} answers; {wide:,} to be discussed first; {noted:,} with notes for the moderator")
    if made.renewal is not None:
        click.echo(f"{carried_words(made.renewal)}. The sheet Changed since lists them.")
    click.echo(f"\nOpen {written}")
    if made.renewal is None:
        say_next("Once the panel has agreed: evaluator receive PROGRAMME FILE")
        return
    click.echo("When the panel has looked again, let it take the place of moderation.xlsx.")
    say_next("That is done by: evaluator receive PROGRAMME FILE --replace")


@click.command()
@of_programme("criteria", "bids", out="papers/decisions.xlsx")
@click.option("--out", type=FOLDER, help="The workbook to write.  [default: papers/decisions.xlsx in a programme]")
@JSON
def decisions(criteria: Path, bids: Path, out: Path, *, as_json: bool) -> None:
    """Make the workbook in which people decide: every matter that waits for a person, and nothing decided."""
    from evaluator.files.audit.run_folder import write_new
    from evaluator.jobs.papers import workbook_to_decide
    from evaluator.reporting.papers.decisions_workbook import decisions_document, decisions_text

    need_criteria(criteria)
    need_folder(bids)
    if out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--out must end with .xlsx, not {out.name!r}.")
    workbook, made, found = workbook_to_decide(criteria, bids)
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
    filled = "Once it is filled in: evaluator receive PROGRAMME FILE"
    say_next(filled if made.waiting else "Nothing waits, so what comes next is: evaluator evaluate PROGRAMME")


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
