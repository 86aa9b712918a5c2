"""Commands that begin criteria: criteria new, library."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.criteria_files import criteria, write_files, write_workbook
from evaluator.cli.terminal import FOLDER, JSON, json_text

if TYPE_CHECKING:
    from evaluator.records.programme.criteria import Question
    from evaluator.records.programme.library import Area, Library

COMMON = "common"
WIDE = 100


@criteria.command("new")
@click.argument("path", type=FOLDER)
@click.option("--area", "names", multiple=True, help="A theme from the library; once for each. See criteria library.")
def new(path: Path, names: tuple[str, ...]) -> None:
    """Begin criteria: a workbook where PATH ends with .xlsx, otherwise a folder of TOML files."""
    from evaluator.files.read.criteria.library import read_library
    from evaluator.publication.new_criteria import compose

    library = read_library()
    made = compose(library, [_area(library, name) for name in dict.fromkeys(names)])
    if path.suffix.lower() == ".xlsx":
        write_workbook(made, path, replace=False)
    else:
        write_files(path, made, path, replace=False, explained=True)
    click.echo(f"The criteria are begun in {path}. Fill them in, then: evaluator check {path}")


@criteria.command("library")
@click.argument("area", required=False)
@JSON
def list_library(area: str | None, *, as_json: bool) -> None:
    """List the questions of the starter library; those of one area in full."""
    from evaluator.files.read.criteria.library import read_library

    library = read_library()
    if as_json:
        click.echo(json_text(_document(library)))
    elif area:
        questions = library.common if area == COMMON else _area(library, area).question
        click.echo("\n\n".join(_in_full(question) for question in questions))
    else:
        click.echo("\n".join(_listed(library)))


def _area(library: "Library", name: str) -> "Area":
    try:
        return library.area(name)
    except KeyError:
        names = ", ".join(area.id for area in library.areas)
        raise click.UsageError(f"The library has no area {name!r}. It has: {names}.") from None


def _document(library: "Library") -> dict[str, Any]:
    return {
        "schema": "criteria-library/1",
        "common": [question.model_dump(mode="json") for question in library.common],
        "areas": [area.model_dump(mode="json") for area in library.areas],
    }


def _listed(library: "Library") -> list[str]:
    lines = [f"{COMMON}: {len(library.common)} template questions of every theme"]
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
    lines = (
        textwrap.wrap(f"{name}: {text}", WIDE, initial_indent="  ", subsequent_indent="    ") for name, text in said
    )
    return "\n".join([f"{question.id} {question.title}", *(line for part in lines for line in part)])


__all__ = ["criteria"]
