"""Criteria as a draft: what stands in each file or sheet, finished or not, and the same files with one entry changed.

A workbook is written again as a whole, a TOML file by itself; whatever was not changed is read again as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from evaluator.files.audit.run_folder import write_page
from evaluator.files.read.criteria.folder import criteria_in, criteria_of, home_of, read_criteria, workbooks_of
from evaluator.files.read.criteria.workbook import read_book
from evaluator.files.read.notation import toml_of
from evaluator.files.read.remembered import once
from evaluator.files.write.criteria_toml import toml_file
from evaluator.files.write.toml import toml_text
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.publication import too_long
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award
from evaluator.records.programme.by_name import Named, Names
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.written.entries import Spot, entry_at, spot_of
from evaluator.records.programme.written.files import ACCEPTED_FILE, PROGRAMME, TEMPLATE, THEMES, VERSIONS_FILE, Plain
from evaluator.reporting.before_publication.criteria_workbook import criteria_book

KEYS = {ACCEPTED_FILE: "accepted", VERSIONS_FILE: "version"}


class CannotBeKeptError(Exception):
    """What was filled in cannot stand in the file that holds the criteria; the text says why."""


@dataclass(frozen=True)
class Draft:
    """What the files of criteria hold.

    Parameters
    ----------
    files : the plain values of each TOML file, or of what the sheets of a workbook stand for.
    decided : the entries of what people decided before publication, by file.
    book : the name of the workbook; empty where files are kept.
    findings : what cannot be read, or would be lost if the workbook were written again: then it is changed by hand.
    commented : the files with comments of somebody's own, which are lost when the file is written again.
    """

    files: Mapping[str, Plain]
    decided: Mapping[str, Sequence[Plain]] = field(default_factory=dict)
    book: str = ""
    findings: tuple[Finding, ...] = ()
    commented: tuple[str, ...] = ()

    def understood(self) -> Criteria | None:
        """Give the criteria that these files make, as far as they can be understood."""
        return read_criteria(criteria_of(self._as_toml())).criteria

    def problems(self, spot: Spot) -> tuple[tuple[str, str], ...]:
        """Say what of an entry cannot be taken as it stands: the key in it, and why; what is missing is no problem."""
        entry = entry_at(self.files, spot) or {}
        found = []
        for one in read_criteria(criteria_of(self._as_toml())).findings:
            placed = spot_of(one.source.file, one.source.key)
            if placed and placed[0] == spot and _said(entry, placed[1]):
                found.append((placed[1], one.message))
        return tuple(dict.fromkeys(found))

    def _as_toml(self) -> dict[str, bytes]:
        return {name: toml_text(plain, {}).encode() for name, plain in self.files.items()}

    def names(self) -> tuple[Named, ...]:
        """Give the values that texts can take by their names; none while the criteria are not understood."""
        criteria = self.understood()
        return tuple(Names(criteria.as_written).programme.values()) if criteria else ()


def _said(entry: Any, key: str) -> bool:
    """Whether something stands in an entry at a key, or at the table that it would stand in."""
    first = key.partition(".")[0].partition("[")[0]
    return key == "" or entry.get(first, "") not in ("", None, [], {})


def read_draft(criteria: Path) -> Draft:
    """Read criteria as they are written, whatever is still missing."""
    files = criteria_in(criteria)
    books, plain = workbooks_of(files.names), [name for name in files.names if name.endswith(".toml")]
    if books and (plain or len(books) > 1):
        other = plain[0] if plain else books[1]
        return Draft({PROGRAMME: {}}, book=books[0], findings=(finding("E-PROG-010", Source(books[0]), other=other),))
    if not books:
        return _read_files(criteria, plain)
    content, unread = files.opened(books[0])
    draft = draft_of(content or b"", books[0])
    return replace(draft, findings=(*unread, *draft.findings))


def draft_of(content: bytes, book: str) -> Draft:
    """Read a workbook as it is written, whatever is still missing."""
    read = read_book(content, book)
    decided = {name: [_plainly(one) for one in read.decided.get(name, [])] for name in KEYS}
    return Draft({name: _plainly(one) for name, one in read.files.items()}, decided, book, tuple(read.findings))


def _read_files(criteria: Path, names: Sequence[str]) -> Draft:
    read: dict[str, Plain] = {PROGRAMME: {"schema": 1}}
    decided: dict[str, Sequence[Plain]] = {}
    found: list[Finding] = []
    commented: list[str] = []
    for name in (*names, *(name for name in KEYS if (criteria / name).is_file())):
        try:
            content = (criteria / name).read_bytes()
            held, is_commented = once("draft", name, content, partial(_read_file, name, content))
        except (OSError, ValueError) as error:
            found.append(finding("E-CRIT-002", Source(name), file=name, problem=str(error)))
            continue
        if name in KEYS:
            decided[name] = held.get(KEYS[name], [])
            continue
        read[name] = held
        commented += [name] if is_commented else []
    return Draft(read, decided, "", tuple(found), tuple(commented))


def _read_file(name: str, content: bytes) -> tuple[Plain, bool]:
    """Give what a file holds, and whether somebody wrote comments of their own into it."""
    held: Plain = _plainly(once("toml", name, content, partial(toml_of, content)))
    if name in KEYS:
        return held, False
    told = {line.strip() for line in toml_file(name, held).decode().splitlines()}
    lines = (line.strip() for line in content.decode().splitlines())
    return held, any(line.startswith("#") and line not in told for line in lines)


def _plainly(value: Any) -> Any:
    """Take what TOML knows beyond texts, numbers, lists and tables as it was written."""
    if isinstance(value, dict):
        return {key: _plainly(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plainly(one) for one in value]
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return value if isinstance(value, bool | int | str) else str(value)


def content_of(before: Draft, after: Draft) -> dict[str, bytes | None]:
    """Give each file that a change writes anew, and None for one that it takes away.

    Raises
    ------
    CannotBeKeptError
        Where what is to be written would not be read again as it is.
    """
    if not after.book:
        return _files(before, after)
    decided = {name: {KEYS[name]: list(rows)} for name, rows in after.decided.items() if rows}
    title = str(after.files.get(PROGRAMME, {}).get("title", ""))
    book = criteria_book(title, {**after.files, **decided}, after.names())
    if long := too_long(book, after.book):
        raise CannotBeKeptError(" ".join(f"{one.message} {one.remedy}" for one in long))
    content = workbook_bytes(book)
    read = read_book(content, after.book)
    if block_award(read.findings) or _compared(read.files) != _compared(after.files):
        raise CannotBeKeptError("A workbook cannot hold this as it was filled in. Write it in a plainer way.")
    return {after.book: content}


def _compared(files: Mapping[str, Plain]) -> Any:
    """Give values to compare, since a cell gives a number as the text that it shows and nothing as nothing."""

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            inner = {key: told(one) for key, one in value.items()}
            return {key: one for key, one in inner.items() if one not in ("", [], {}, None)}
        return [told(one) for one in value] if isinstance(value, list) else str(value)

    return {name: told(plain) for name, plain in files.items() if told(plain)}


def _files(before: Draft, after: Draft) -> dict[str, bytes | None]:
    changed: dict[str, bytes | None] = {
        name: toml_file(name, plain) for name, plain in after.files.items() if before.files.get(name) != plain
    }
    changed |= {name: None for name in before.files if name not in after.files}
    for name, rows in after.decided.items():
        if list(before.decided.get(name, [])) != list(rows):
            changed[name] = toml_text({KEYS[name]: list(rows)}, {}).encode()
    return changed


def write_draft(criteria: Path, before: Draft, after: Draft) -> None:
    """Write what a change makes of the files of criteria.

    Raises
    ------
    CannotBeKeptError, OSError
        Where it cannot be kept, or not be written.
    """
    home = home_of(criteria)
    for name, content in content_of(before, after).items():
        if content is None:
            (home / name).unlink(missing_ok=True)
        else:
            write_page(home / name, content)


def with_theme(draft: Draft, name: str, title: str) -> Draft:
    """Add a theme that is still to be filled in; its weights begin with those of the first theme's common questions."""
    file = f"{THEMES}/{name}.toml"
    asked = {str(one.get("id", "")) for one in draft.files.get(TEMPLATE, {}).get("question", [])}
    first = next((plain for file, plain in draft.files.items() if file.startswith(THEMES)), {})
    weights = {key: weight for key, weight in first.get("weights", {}).items() if key in (*asked, "price")}
    plain = {"id": name, "title": title, "source": "", "weights": weights}
    return replace(draft, files={**draft.files, file: plain})


def renamed_question(files: Mapping[str, Plain], file: str, old: str, new: str) -> dict[str, Plain]:
    """Let what stands at a question follow its id: weights, least marks, sections, and a tie-break by its mark.

    Parameters
    ----------
    file : where the question stands; a common one has a weight in every theme.

    >>> files = {"template.toml": {}, "themes/a.toml": {"weights": {"C1": 40, "price": 60}, "minimum_marks": {"C1": 2}}}
    >>> renamed_question(files, "template.toml", "C1", "N1")["themes/a.toml"]
    {'weights': {'N1': 40, 'price': 60}, 'minimum_marks': {'N1': 2}}
    """
    within = [name for name in files if name == file or (file == TEMPLATE and name.startswith(THEMES))]
    if old == new or any(new in files[name].get("weights", {}) for name in within):
        return dict(files)
    made = {name: _with_id(plain, old, new) if name in within else plain for name, plain in files.items()}
    by_mark = made.get(PROGRAMME, {}).get("tie_break", {})
    if "order" in by_mark:
        order = [f"question:{new}" if one == f"question:{old}" else one for one in by_mark["order"]]
        made[PROGRAMME] = {**made[PROGRAMME], "tie_break": {**by_mark, "order": order}}
    return made


def _with_id(theme: Plain, old: str, new: str) -> Plain:
    """Give a theme in which a question has another id, but for the question itself."""
    made = dict(theme)
    for table in ("weights", "minimum_marks"):
        if table in theme:
            made[table] = {new if name == old else name: value for name, value in theme[table].items()}
    if "section" in theme:
        made["section"] = [
            {
                **one,
                "questions": [new if name == old else name for name in one.get("questions", [])],
                **_shares({new if name == old else name: value for name, value in one.get("shares", {}).items()}),
            }
            for one in theme["section"]
        ]
    return made


def _shares(shares: Plain) -> Plain:
    return {"shares": shares} if shares else {}
