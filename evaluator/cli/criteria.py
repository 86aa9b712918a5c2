"""The commands under ``criteria``: new, from-tender, library, diff, to-workbook, to-toml, migrate, map."""

import sys
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from evaluator.cli.programme import criteria_at, of_programme
from evaluator.cli.terminal import (
    BLOCKED,
    DAY,
    FOLDER,
    JSON,
    Grouped,
    fail,
    json_text,
    need_criteria,
    print_findings,
    stop_on,
    tell_findings,
    unreadable,
)

if TYPE_CHECKING:
    from evaluator.files.read.criteria.folder import CriteriaRead
    from evaluator.jobs.publication import Decided
    from evaluator.records.programme.conditions.gates import Gate
    from evaluator.records.programme.criteria import Criteria, Question
    from evaluator.records.programme.written.library import Area, Library

    class _Understood(CriteriaRead):
        """What was read of criteria that are understood."""

        criteria: Criteria


COMMON, EXCLUSIONS = "common", "exclusions"
WIDE = 100
REPLACE = click.option("--replace", is_flag=True, help="Let what is there already give way.")


@click.group(cls=Grouped)
def criteria() -> None:
    """Write criteria, as files or as a workbook, and compare their versions."""


@criteria.command("new")
@click.argument("path", type=FOLDER)
@click.option("--area", "names", multiple=True, help="A theme from the library; once for each. See criteria library.")
def new(path: Path, names: tuple[str, ...]) -> None:
    """Begin criteria: a workbook where PATH ends with .xlsx, otherwise a folder of TOML files."""
    from evaluator.files.read.engine_data import read_library
    from evaluator.publication.new_criteria import compose

    library = read_library()
    made = compose(library, [_area(library, name) for name in dict.fromkeys(names)])
    if path.suffix.lower() == ".xlsx":
        _write_workbook(made, path, replace=False)
    else:
        _write_files(path, made, path, replace=False, explained=True)
    click.echo(f"The criteria are begun in {path}. Fill them in, then: evaluator check {path}")


@criteria.command("from-tender")
@click.argument("source", metavar="FILE", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The workbook, FILE.xlsx, or a folder for TOML files.")
@click.option("--ocid", default="", help="Which process is meant, where the file tells of several.")
@JSON
def from_tender(source: Path, out: Path, ocid: str, as_json: bool) -> None:
    """Draft criteria from an OCDS tender (JSON), and list what it does not say."""
    from evaluator.files.read.engine_data import read_library
    from evaluator.files.read.open_data.candidates import json_at
    from evaluator.files.read.open_data.tender import draft_of_tender, lacks

    read, found = json_at(source)
    stop_on(found, as_json=as_json)
    made, found = draft_of_tender(source.name, read, read_library().start, ocid)
    if made is None:
        stop_on(found, as_json=as_json)
        raise AssertionError("without a draft there is a finding that stops")
    if out.suffix.lower() == ".xlsx":
        _write_workbook(made, out, replace=False)
    else:
        _write_files(source, made, out, replace=False, explained=True)
    tell_findings(found, as_json=as_json)
    told = f"The draft is in {out}; {lacks(found)} things are to be said before it can be published."
    click.echo(f"{told} Then: evaluator check {out}", err=as_json)


@criteria.command("library")
@click.argument("area", required=False)
@JSON
def list_library(area: str | None, as_json: bool) -> None:
    """List the questions of the starter library; those of one area in full."""
    from evaluator.files.read.engine_data import read_library

    library = read_library()
    if as_json:
        click.echo(json_text(_library_document(library)))
    elif area == EXCLUSIONS:
        click.echo("\n\n".join(_gate_in_full(gate) for gate in library.exclusions.gate))
    elif area:
        questions = library.common if area == COMMON else _area(library, area).question
        click.echo("\n\n".join(_in_full(question) for question in questions))
    else:
        click.echo("\n".join(_library_lines(library)))


@criteria.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option(
    "--redline", type=FOLDER, help="A Word file, FILE.docx: NEW’s appendix with each change from OLD tracked."
)
@click.option("--by", default="bid evaluator", help="Whom the tracked changes name.  [default: bid evaluator]")
@click.option("--date", type=DAY, default="", help="The day that they name, such as 2026-12-01; none without it.")
@REPLACE
@JSON
def diff(old: Path, new: Path, redline: Path | None, by: str, date: str, replace: bool, as_json: bool) -> None:
    """Tell in words what changed from one version to another, and mark what can change a score."""
    from evaluator.files.read.criteria.folder import is_workbook
    from evaluator.publication import fingerprint
    from evaluator.publication.differences import differences
    from evaluator.reporting.before_publication.differences import differences_document, differences_text

    old, new = criteria_at(old), criteria_at(new)
    if redline is not None:
        _need_word_file(redline, replace)
    reads = [_understood(folder, as_json=as_json) for folder in (old, new)]
    sides = [(one.criteria, fingerprint(one.criteria)) for one in reads]
    changes = differences(sides[0][0], sides[1][0])
    text = differences_text(sides, changes, on_workbook=is_workbook(new))
    if redline is not None:
        from evaluator.jobs.criteria.review import redline as write_redline

        before, after = ((one.criteria, one.seal) for one in reads)
        _write_page(redline, write_redline(before, after, by, date))
    click.echo(json_text(differences_document(sides, changes)) if as_json else text)
    if redline is not None:
        click.echo(f"Open {redline}: accept or reject its changes.", err=as_json)


def _need_word_file(path: Path, replace: bool) -> None:
    """Refuse another kind of file, and one that is there already and must not give way."""
    if path.suffix.lower() != ".docx":
        raise click.UsageError(f"{path} is no name for a Word file: let it end with .docx.")
    if path.exists() and not (replace and path.is_file()):
        raise click.UsageError(f"{path} is there already. Name another file, or add --replace.")


@criteria.command("to-workbook")
@of_programme("source")
@click.option("--out", type=FOLDER, required=True, help="The workbook, FILE.xlsx.")
@REPLACE
def to_workbook(source: Path, out: Path, replace: bool) -> None:
    """Write criteria as one workbook, to be filled in with a spreadsheet program."""
    from evaluator.jobs.publication import decided

    made = _read(source)
    _write_workbook(made, out, replace, decided(source))
    for name, content in _boundaries(source, made).items():
        _land_beside(out, name, content)
    click.echo(f"The criteria are in {out}. Comments of the TOML files are not kept. Check with: evaluator check {out}")


@criteria.command("to-toml")
@of_programme("source")
@click.option("--out", type=FOLDER, required=True, help="The folder for the TOML files.")
@REPLACE
def to_toml(source: Path, out: Path, replace: bool) -> None:
    """Write criteria, from a workbook or a folder, as the TOML files that are sealed."""
    from evaluator.jobs.publication import decided

    made = _read(source)
    _write_files(source, made, out, replace, beside=decided(source).as_toml())
    click.echo(f"The criteria are in {out}. Check with: evaluator check {out}")


@criteria.command("migrate")
@click.argument("old", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The folder for the TOML files, or the workbook, FILE.xlsx.")
@REPLACE
@JSON
def migrate(old: Path, out: Path, replace: bool, as_json: bool) -> None:
    """Bring older criteria into the form with one source for every rule, and list what a person must look at."""
    from evaluator.jobs.publication import decided
    from evaluator.publication.migration import migrate as bring
    from evaluator.reporting.before_publication.migration import migration_document, migration_text

    old = criteria_at(old)
    read = _understood(old, as_json=as_json)
    made = bring(read.criteria)
    if out.suffix.lower() == ".xlsx":
        _write_workbook(made.criteria, out, replace, decided(old))
    else:
        _write_files(old, made.criteria, out, replace, beside=decided(old).as_toml())
    placed = [(read.cell(step.place), step) for step in made.steps]
    told = migration_text(placed)
    click.echo(json_text(migration_document(read.criteria, placed)) if as_json else told)
    click.echo(f"The criteria are in {out}; every value is as it was. Check with: evaluator check {out}", err=as_json)


@criteria.command("map")
@of_programme("source")
@click.option("--out", type=FOLDER, help="The page, FILE.html.")
@REPLACE
@JSON
def map_criteria(source: Path, out: Path | None, replace: bool, as_json: bool) -> None:
    """Show what share of the score rides on each outcome and approach."""
    from evaluator import __version__
    from evaluator.publication import check, effective_weights, fingerprint
    from evaluator.publication.checks.theory_of_change import criteria_map
    from evaluator.records.results.outcome import Run
    from evaluator.reporting.before_publication.criteria_map import about_aims, map_document, map_page, map_text

    read = _understood(source, as_json=as_json)
    made = read.criteria
    if out and out.exists() and not (replace and out.is_file()):
        raise click.UsageError(f"{out} is there already. Name another file, or add --replace.")
    drawn, mark = criteria_map(made), fingerprint(made)
    found = about_aims(read.placed(check(made)))
    if out:
        run = Run("criteria map", __version__)
        _write_page(out, map_page(made, mark, drawn, effective_weights(made), found, run))
    if as_json:
        click.echo(json_text(map_document(made, mark, drawn, found)))
    else:
        click.echo(map_text(made, drawn, found) + (f"\n\nOpen {out}" if out else ""))


def _write_page(out: Path, page: str | bytes) -> None:
    from evaluator.files.audit.run_folder import write_page

    try:
        write_page(out, page)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.")


def _read(path: Path) -> "Criteria":
    read = _understood(path, as_json=False)
    print_findings(read.findings)
    return read.criteria


def _understood(path: Path, *, as_json: bool) -> "_Understood":
    from evaluator.files.read.criteria.folder import read_criteria

    need_criteria(path)
    read = read_criteria(path)
    if read.criteria is None:
        unreadable(read.findings, as_json=as_json)
    return cast("_Understood", read)


def _write_workbook(made: "Criteria", out: Path, replace: bool, also: "Decided | None" = None) -> None:
    """Write criteria as a workbook, or end with what stands against it."""
    from evaluator.files.audit.run_folder import write_new
    from evaluator.jobs.publication import criteria_workbook

    if out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{out} is no name for a workbook: let it end with .xlsx.")
    content, found = criteria_workbook(made, out.name, also)
    if found:
        print_findings(found)
        sys.exit(BLOCKED)
    if replace and out.is_file():
        out.unlink()
    try:
        written = write_new(content, out)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.")
    if not written:
        raise click.UsageError(f"{out} is there already. Name another file, or add --replace.")


def _write_files(
    source: Path,
    made: "Criteria",
    out: Path,
    replace: bool,
    explained: bool = False,
    beside: Mapping[str, bytes] | None = None,
) -> None:
    """Write criteria as TOML files; what else a folder holds that gives way, such as its seal, stays.

    ``explained`` puts a comment beside every key that has one; ``beside`` are files that lie beside the criteria.
    """
    from evaluator.files.write.criteria_toml import cannot_be_files, other_files, toml_files

    found = cannot_be_files(made)
    if found:
        print_findings(found)
        click.echo(f"Nothing was written. The ids of {source} that are named above cannot be names of files.")
        sys.exit(BLOCKED)
    if out.exists() and not (replace and out.is_dir()):
        raise click.UsageError(f"{out} is there already. Name another folder, or add --replace.")
    if out.exists() and any(out.iterdir()) and not (out / "programme.toml").is_file():
        raise click.UsageError(f"{out} holds something else than criteria. Name another folder.")
    kept = other_files(out) if out.exists() else {}
    _land({**kept, **(beside or {}), **_boundaries(source, made), **toml_files(made, explained=explained)}, out)


def _boundaries(source: Path, made: "Criteria") -> dict[str, bytes]:
    """Give the file of boundaries that criteria name, by its name, to lie beside what is written of them."""
    from evaluator.files.read.criteria.folder import criteria_in

    name = made.area.boundaries if made.area else ""
    content = criteria_in(source).contents().get(name) if name else None
    return {} if content is None else {name: content}


def _land_beside(out: Path, name: str, content: bytes) -> None:
    """Put the boundaries beside a workbook; another file of that name stays, and is told of."""
    from evaluator.files.audit.run_folder import write_new

    if not write_new(content, out.with_name(name)):
        click.echo(f"{out.with_name(name)} is another file and stays: put the boundaries there by hand.", err=True)


def _land(files: Mapping[str, bytes], out: Path) -> None:
    from evaluator.files.audit.run_folder import land

    try:
        land(files, out)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.")


def _area(library: "Library", name: str) -> "Area":
    try:
        return library.area(name)
    except KeyError:
        names = ", ".join(area.id for area in library.areas)
        raise click.UsageError(f"The library has no area {name!r}. It has: {names}.") from None


def _library_document(library: "Library") -> dict[str, Any]:
    return {
        "schema": "criteria-library/1",
        "exclusions": [gate.model_dump(mode="json") for gate in library.exclusions.gate],
        "common": [question.model_dump(mode="json") for question in library.common],
        "areas": [area.model_dump(mode="json") for area in library.areas],
    }


def _library_lines(library: "Library") -> list[str]:
    lines = [f"{EXCLUSIONS}: {len(library.exclusions.gate)} gates about exclusions"]
    lines += [f"  {gate.id} {gate.title}" for gate in library.exclusions.gate]
    lines += ["", f"{COMMON}: {len(library.common)} template questions of every theme"]
    lines += [f"  {question.id} {question.title}" for question in library.common]
    for area in library.areas:
        lines += ["", f"{area.id}: {area.title}"]
        lines += [f"  {question.id} {question.title}" for question in area.question]
    example = library.areas[0].id
    return [
        *lines,
        "",
        f"In full: evaluator criteria library {example}. A programme of them: criteria new --area {example}",
    ]


def _in_full(question: "Question") -> str:
    said = (
        ("Asks", question.text),
        ("Why", question.purpose),
        ("A good answer", question.good_answer),
        ("Tests", ", ".join((*question.outcomes, *question.approaches))),
        ("Words", str(question.word_limit or "no limit")),
        ("Source", question.source),
    )
    return _wrapped(f"{question.id} {question.title}", said)


def _gate_in_full(gate: "Gate") -> str:
    said = (
        ("Asks", gate.question),
        ("Kind", f"{gate.kind_name}{f', {gate.ground}' if gate.ground else ''}"),
        ("What passes", gate.predicate),
        ("If it is not met", gate.on_failure),
        ("Source", gate.source),
    )
    return _wrapped(f"{gate.id} {gate.title}", said)


def _wrapped(title: str, said: Iterable[tuple[str, str]]) -> str:
    lines = (
        textwrap.wrap(f"{name}: {text}", WIDE, initial_indent="  ", subsequent_indent="    ") for name, text in said
    )
    return "\n".join([title, *(line for part in lines for line in part)])
