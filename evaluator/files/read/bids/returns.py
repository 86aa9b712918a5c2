"""Evaluators' workbooks as they come back: whose each is, which of several counts, and whether it is what was issued.

A return that is sent again has ``.v2``, ``.v3`` and so on before ``.xlsx``; every version stays in the folder, the
latest counts, and each mark that differs is told. Of copies such as ``E1 (1).xlsx`` beside ``E1.xlsx`` one is read, and
one finding asks which is to be kept. A workbook that was issued by the evaluator carries the fingerprints
of its locked rows; one that was not is read all the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePosixPath

from evaluator.files.read.inputs import netted
from evaluator.files.read.parallel import in_parallel
from evaluator.files.read.remembered import each_once
from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.guard import Guard, sheet_named
from evaluator.files.read.tables.sheets import joined, read_sheet, second_sheets
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book, column_number
from evaluator.records.english import count_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.blank_words import with_meaning
from evaluator.records.submissions.received import IssuedReturn, Table
from evaluator.records.texts import fingerprint_of

WHO = layouts.Column("evaluator", "Evaluator", "id")
VERSION = re.compile(r"\.v([1-9][0-9]{0,3})$", re.IGNORECASE)
COPY_BEFORE = "copy of "
COPY_AFTER = re.compile(r"[ _]?(?:\([0-9]{1,3}\)|-? ?copy(?: ?[0-9]{1,3})?|\(copy\))$", re.IGNORECASE)
PROPERTY = "evaluator_"
FEW = 12  # answers that a finding names


@dataclass(frozen=True)
class Returns:
    """The marks of the returns that count, what was found, and what the issued ones say of themselves."""

    marks: Table
    findings: tuple[Finding, ...]
    issued: tuple[IssuedReturn, ...]


@dataclass
class _Return:
    """One returned workbook; its findings are told only if it counts. ``sha256`` is of the file's bytes."""

    file: str
    sha256: str = ""
    read: bool = False
    findings: list[Finding] = field(default_factory=list)
    evaluator: str = ""
    place: Source = field(default_factory=lambda: Source(""))
    table: Table | None = None
    identity: dict[str, str] = field(default_factory=dict)

    @property
    def whose(self) -> tuple[str, str]:
        """Whose return it is, and of which stage: each stage has a workbook of its own."""
        return self.evaluator, self.identity.get("stage", "")

    @property
    def version(self) -> int:
        found = VERSION.search(original_name(self.file))
        return int(found[1]) if found else 1

    def note(self, code: str, place: Source, **facts: object) -> None:
        self.findings.append(finding(code, place, **facts))


def read_returns(files: Sequence[tuple[str, bytes]]) -> Returns:
    """Read returned workbooks, several at a time where there are many.

    Parameters
    ----------
    files : their names within the folder, sorted, each with its bytes.
    """
    every = each_once(_read, files, in_parallel, _Return)
    findings = [one for made in every if not made.read for one in made.findings]
    read = [made for made in every if made.read]
    counting: list[_Return] = []
    for one in read:
        others = [other for other in read if one.evaluator and other.whose == one.whose]
        if others and one.version < max(other.version for other in others):
            continue
        twins = [other for other in others if other.version == one.version]
        if twins and one is not min(twins, key=_likely):
            continue
        findings += one.findings
        counting.append(one)
        findings += _against_others(one, others)
    keys = tuple(column.key for column in layouts.MARKS.columns)
    tables = ((one.table, {"evaluator": one.evaluator}) for one in counting if one.table is not None and one.evaluator)
    issued = tuple(IssuedReturn(one.file, one.evaluator, one.identity) for one in counting if one.identity)
    return Returns(joined(tables, keys), tuple(findings), issued)


def _read(returned: tuple[str, bytes]) -> _Return:
    """Read one workbook as far as it can be read by itself; this runs in a process of its own where there are many."""
    file, content = returned
    made, found = netted(file, lambda: (_of_workbook(file, content), ()))
    return made or _Return(file, findings=list(found))


def _of_workbook(file: str, content: bytes) -> _Return:
    book, found = open_workbook(content, file)
    made = _Return(file, read=book is not None, findings=list(found))
    if book is None:
        return made
    made.sha256 = sha256(content).hexdigest()
    _read_evaluator(made, book)
    made.identity = identity_of(book)
    layout = layouts.ISSUED if made.identity else layouts.RETURN
    made.table, problems = read_sheet(book, file, layout, strict=False)
    made.findings += problems
    if made.table is not None and made.place.sheet:
        made.findings += second_sheets(book, file, layout)
    if made.identity:
        _check_identity(made, book)
        _check_locked(made, book)
        made.findings += reason_lengths(made.table, "E-RET-013", made.evaluator)
    elif any(name.startswith(PROPERTY) for name in book.properties):
        made.note("E-TEMPLATE-006", Source(file))
    return made


def _read_evaluator(made: _Return, book: Book) -> None:
    """Read whose return a workbook is."""
    sheet, found = sheet_named(book, made.file, layouts.EVALUATOR_SHEET)
    made.findings += found
    if sheet is None:
        if not found:
            names = ", ".join(s.title for s in book.sheets)
            made.note("E-FILE-020", Source(made.file), sheet=layouts.EVALUATOR_SHEET, found=names)
        return
    column, row = column_number(layouts.EVALUATOR_CELL[0]), int(layouts.EVALUATOR_CELL[1:])
    made.place = Source(made.file, sheet.title, row, layouts.EVALUATOR_CELL[0])
    guard = Guard(sheet, made.file, made.findings)
    text, fault = guard.text(row, column, WHO)
    guard.check({column: WHO.heading}, row, [row])
    made.evaluator = with_meaning(text.strip())
    if not made.evaluator and not fault:
        made.note("E-FILE-024", made.place)


def identity_of(book: Book) -> dict[str, str]:
    """Read the hidden sheet of a workbook that was issued; empty where there is none."""
    sheet = book.sheet(layouts.META_SHEET)
    rows = sheet.rows.values() if sheet else ()
    return {cells[1].text: cells[2].text for cells in rows if 1 in cells and 2 in cells}


def _check_identity(made: _Return, book: Book) -> None:
    """Find a workbook that another evaluator was given, and protection that somebody took off."""
    given = made.identity.get("evaluator", "")
    if made.evaluator and given and made.evaluator != given:
        made.note("E-TEMPLATE-002", made.place, found=made.evaluator, given=given)
    sheet = book.sheet(layouts.RETURN.sheet)
    if sheet is not None and not sheet.protected:
        made.note("E-TEMPLATE-004", Source(made.file, sheet.title), sheet=sheet.title)


def _check_locked(made: _Return, book: Book) -> None:
    """Hold every locked row against the fingerprint that went out with it."""
    issued = {
        name.removeprefix(layouts.ROW): text for name, text in made.identity.items() if name.startswith(layouts.ROW)
    }
    if made.table is not None:
        _hold(made, made.table, layouts.ISSUED, layouts.LOCKED, issued)
        _hold_answers(made, book, issued)
    scale, found = read_sheet(book, made.file, layouts.SCALE, strict=False)
    if scale is None:
        made.note("E-TEMPLATE-003", Source(made.file), what="The scale", evaluator=made.evaluator)
        return
    made.findings += found
    _hold(made, scale, layouts.SCALE, ("mark", "label", "descriptor"), issued)
    for name in (sheet.title for sheet in book.sheets if sheet.title.startswith(f"{layouts.SCALE.sheet} ")):
        layout = replace(layouts.SCALE, sheet=name)
        own, found = read_sheet(book, made.file, layout, strict=False)
        made.findings += found
        if own is not None:
            _hold(made, own, layout, ("mark", "label", "descriptor"), issued)


def reason_lengths(table: Table | None, code: str, who: str) -> list[Finding]:
    """Note reasons that are shorter or longer than the cells of the workbook that was issued take."""
    if table is None:
        return []
    reasons = [(row, len(text.strip())) for row, text in enumerate(table.columns.get("reason", ()))]
    odd = [row for row, size in reasons if 0 < size < layouts.LEAST_REASON or size > layouts.MOST_REASON]
    named = ", ".join(" ".join(_key(table, row)) for row in odd[:FEW]) + (
        f" and {len(odd) - FEW} more" * (len(odd) > FEW)
    )
    facts = {"who": who, "answers": named, "least": layouts.LEAST_REASON, "most": layouts.MOST_REASON}
    return [finding(code, table.source(odd[0], "reason"), **facts)] if odd else []


def _hold(made: _Return, table: Table, layout: layouts.Layout, keys: tuple[str, ...], issued: dict[str, str]) -> None:
    lacking = [column.heading for column in layout.columns if column.key in keys and column.key not in table.columns]
    if lacking:
        made.findings = [one for one in made.findings if one.code != "E-FILE-040"]  # a heading that was renamed
        what = f"The sheet {layout.sheet}, without {' and '.join(lacking)},"
        made.note("E-TEMPLATE-003", table.place, what=what, evaluator=made.evaluator)
        return
    about = ("bid", "question") if "bid" in keys else ("mark",)
    for row in range(len(table)):
        texts = table.row(row)
        name = " ".join(texts[key].strip() for key in about)
        place = table.source(row, keys[0])
        wanted = issued.get(f"{layout.sheet} {name}")
        if wanted is None:
            made.note("E-TEMPLATE-005", place, row=name)
        elif wanted != fingerprint_of([texts[key] for key in keys]):
            made.note("E-TEMPLATE-003", place, what=f"The locked text about {name}", evaluator=made.evaluator)


def _hold_answers(made: _Return, book: Book, issued: dict[str, str]) -> None:
    """Hold the answers that were shown beside the marks against what was issued; without these columns nothing is said.

    They count for nothing else, so that what a cell of theirs looks like is told of nowhere.
    """
    layout = replace(layouts.ISSUED, columns=(*layouts.ISSUED.columns[:1], layouts.QUESTION, *layouts.ANSWERS))
    shown, _ = read_sheet(book, made.file, layout, strict=False)
    if shown is None or layouts.ANSWERS[0].key not in shown.columns:
        return
    parts = [column.key for column in layouts.ANSWERS if column.key in shown.columns]
    for row in range(len(shown)):
        texts = shown.row(row)
        name = " ".join(_key(shown, row))
        wanted = issued.get(f"{layouts.ANSWERS[0].heading} {name}")
        if wanted and wanted != fingerprint_of([texts[key] for key in parts if texts[key].strip()]):
            place = shown.source(row, layouts.ANSWERS[0].key)
            made.note("E-TEMPLATE-003", place, what=f"The answer shown beside {name}", evaluator=made.evaluator)


def original_name(file: str) -> str:
    """Give the name of the file of which this is a copy, by its name, without folder and ending; its own if it is none.

    >>> [original_name(f"returns/{one}.xlsx") for one in ("E1", "E1 (1)", "Copy of E1", "E1 - Copy (2)", "E1.v2 copy")]
    ['E1', 'E1', 'E1', 'E1', 'E1.v2']
    """
    name = PurePosixPath(file).stem
    while True:
        plain = COPY_AFTER.sub("", name)
        plain = plain[len(COPY_BEFORE) :] if plain.casefold().startswith(COPY_BEFORE) else plain
        if plain in ("", name):
            return name
        name = plain.strip()


def _likely(one: _Return) -> tuple[bool, bool, str]:
    """Order returns of one person and version: the one that is named as the person comes first, and copies last."""
    name, stem = original_name(one.file), PurePosixPath(one.file).stem
    return name != stem, VERSION.sub("", name).casefold() != one.evaluator.casefold(), one.file


def _against_others(one: _Return, others: list[_Return]) -> Iterator[Finding]:
    """Find further returns of the same version, and tell what changed since the version before."""
    twins = sorted((other for other in others if other.version == one.version and other is not one), key=_likely)
    if twins:
        differing = sum(1 for twin in twins for _ in _changes(one, twin))
        differs = count_of(differing, "mark differs", "marks differ") if differing else "their marks are the same"
        again = f"{VERSION.sub('', original_name(one.file))}.v{max(other.version for other in others) + 1}.xlsx"
        facts = {"evaluator": one.evaluator, "other": one.file, "differs": differs, "next": again}
        more = [twin.file for twin in twins[1:]]
        place = twins[0].place
        yield finding("E-FILE-025", place, **facts, more=f" So are {', '.join(more)}." if more else "")
    earlier = [other for other in others if other.version < one.version]
    if earlier and not twins:
        before = max(earlier, key=lambda other: (other.version, other.file))
        changes = list(_changes(before, one))
        told = {"evaluator": one.evaluator, "other": before.file, "sha": before.sha256}
        yield finding("E-RET-010", one.place, **told, changes=len(changes))
        yield from changes


def _changes(before: _Return, after: _Return) -> Iterator[Finding]:
    """Tell each mark that differs between two returns, and whether its reason says anything new."""
    if before.table is None or after.table is None:
        return
    then = {_key(before.table, row): row for row in range(len(before.table))}
    for row in range(len(after.table)):
        now = after.table.row(row)
        earlier = then.pop(_key(after.table, row), None)
        old = before.table.row(earlier) if earlier is not None else {}
        if old.get("mark", "").strip() == now["mark"].strip():
            continue
        same = " ".join(old.get("reason", "").split()) == " ".join(now["reason"].split())
        facts = {
            "evaluator": after.evaluator,
            "bid": now["bid"].strip(),
            "question": now["question"].strip(),
            "before": old.get("mark", "").strip() or "no mark",
            "after": now["mark"].strip() or "no mark",
        }
        silent = same and bool(old.get("mark", "").strip()) and bool(now["mark"].strip())
        yield finding("E-RET-012" if silent else "E-RET-011", after.table.source(row, "mark"), **facts)
    for earlier in then.values():
        old = before.table.row(earlier)
        if old["mark"].strip():
            facts = {"evaluator": after.evaluator, "bid": old["bid"].strip(), "question": old["question"].strip()}
            yield finding("E-RET-011", after.table.place, **facts, before=old["mark"].strip(), after="no mark")


def _key(table: Table, row: int) -> tuple[str, str]:
    texts = table.row(row)
    return texts["bid"].strip(), texts["question"].strip()
