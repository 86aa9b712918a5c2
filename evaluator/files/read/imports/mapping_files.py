"""A confirmed mapping in: the workbook or TOML file in which a person said what labels mean."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from evaluator.files.read.imports.names import folded
from evaluator.files.read.inputs import UnreadableError, read_once
from evaluator.files.read.notation import toml_of
from evaluator.files.read.tables.layouts import Column, Layout
from evaluator.files.read.tables.sheets import read_sheet
from evaluator.files.read.xlsx import open_workbook
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.imports import SCHEMA, WHAT_IT_IS, Answers

LAYOUT = Layout(
    "the mapping",
    "Mapping",
    "",
    (Column("about", "About"), Column("text", "As it stands in the file"), Column("becomes", "Becomes")),
    harmless=("where", "to confirm", "why"),
    beside=("Choices",),
)
ABOUT = ("column", "bid", "question", "evaluator", "theme", "setting")
FITS = 0.75  # share of a mapping's headings that a file must have for it to be applied unasked
Said = tuple[str, str, str, Source]  # about, text, becomes, and its place


def read_answers(path: Path) -> Answers:
    """Read a mapping; what cannot be used is among its findings."""
    try:
        content = read_once(path)
    except UnreadableError as error:
        return _unusable(path.name, str(error))
    if content.startswith(b"PK"):
        book, found = open_workbook(content, path.name)
        if book is None:
            return Answers(findings=found)
        table, more = read_sheet(book, path.name, LAYOUT, strict=False)
        blocking = tuple(one for one in (*found, *more) if one.severity.value != "note")
        if table is None or blocking:
            return Answers(findings=blocking or (*found, *more))
        rows = (table.row(at) for at in range(len(table)))
        said = [(row["about"], row["text"], row["becomes"], table.source(at, "becomes")) for at, row in enumerate(rows)]
        return _answers(said, path.name)
    try:
        return _answers(list(_of_toml(content, path.name)), path.name)
    except ValueError as error:
        return _unusable(path.name, f"it is no TOML file and no workbook ({error})")


def _of_toml(content: bytes, name: str) -> Iterator[Said]:
    read = toml_of(content)
    if read.get("schema") != SCHEMA:
        raise ValueError(f"its schema is not {SCHEMA}")
    if read.get("what"):
        yield "setting", WHAT_IT_IS, str(read["what"]), Source(name, key="what")
    labels = read.get("label", [])
    if not isinstance(labels, list) or not all(isinstance(one, dict) for one in labels):
        raise ValueError("its labels are no tables [[label]]")
    for at, one in enumerate(labels, 1):
        yield *(str(one.get(key, "")) for key in ("about", "text", "becomes")), Source(name, key=f"label {at}.becomes")  # type: ignore[misc]


def _unusable(name: str, why: str) -> Answers:
    return Answers(findings=(finding("E-IMPORT-016", Source(name), why=why),))


def _answers(said: Iterable[Said], name: str) -> Answers:
    answers: dict[tuple[str, str], str] = {}
    places: dict[tuple[str, str], Source] = {}
    headings: list[str] = []
    found: list[Finding] = []
    for about, text, becomes, place in said:
        kind = about.strip().casefold()
        if kind not in ABOUT:
            found.append(finding("E-IMPORT-016", place, why=f"“{about}” is nothing that a label can be about"))
            continue
        if kind == "column":
            headings.append(text)
        if becomes.strip():
            answers[kind, folded(text)] = becomes.strip()
            places[kind, folded(text)] = place
    what = answers.pop(("setting", folded(WHAT_IT_IS)), "").casefold()
    if what not in ("register", "marks", ""):
        found.append(finding("E-IMPORT-016", Source(name), why=f"“{what}” is neither register nor marks"))
    return Answers(what, tuple(headings), answers, places, tuple(found))


def fitting(folder: Path, headings: Iterable[str], what: str) -> tuple[str, Answers] | None:
    """Find the confirmed mapping that was made for a file of these headings, wherever the columns stand."""
    there = set(map(folded, headings))
    best: tuple[float, str, Answers] | None = None
    for path in sorted(folder.glob(f"{what}-*.toml")) if folder.is_dir() else ():
        answers = read_answers(path)
        wanted = set(map(folded, answers.headings))
        share = len(wanted & there) / len(wanted) if wanted else 0
        if share >= FITS and not answers.findings and (best is None or share > best[0]):
            best = (share, path.name, answers)
    return best[1:] if best else None
