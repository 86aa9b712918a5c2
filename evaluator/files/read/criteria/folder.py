"""Criteria in: a folder of TOML files or a workbook, read into one record; what is not understood is a finding."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from evaluator.files.read.criteria.boundaries import with_boundaries
from evaluator.files.read.inputs import Entries, Held, Inputs
from evaluator.files.read.notation import json_of, toml_of
from evaluator.files.read.remembered import once
from evaluator.law import under
from evaluator.publication import fingerprint
from evaluator.records.findings import CATALOGUE, finding
from evaluator.records.findings.finding import Finding, Source, block_award
from evaluator.records.programme.criteria import Criteria, Question, Seal, Theme
from evaluator.records.programme.procurement.area import BOUNDARIES, Boundaries
from evaluator.records.programme.published import Published
from evaluator.records.programme.rules import TRAITS
from evaluator.records.programme.texts import told
from evaluator.records.programme.written.workbook_words import as_on_workbook

PROGRAMME, TEMPLATE, THEMES, SEAL = "programme.toml", "template.toml", "themes", "seal.json"
NAMED = (PROGRAMME, TEMPLATE, SEAL)
FOLDERS = (".", THEMES)  # these are listed where they cannot be opened, or are no folders
THEME_KINDS = frozenset(kind for kind, traits in TRAITS.items() if traits.scope == "theme")
PLAIN_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a key that criteria have here",
    "too_short": "has too few entries",
    "string_type": "must be a text in quotes",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "union_tag_not_found": "has no kind",
    "union_tag_invalid": "has a kind that rules do not have",
}
# Tables whose keys are ids, or marks: one with a full stop that stands without quotes is a table within a table.
BY_ID = frozenset(
    (
        *("weights", "minimum_marks", "minimum_scores", "theme_weights", "shares"),
        *("outcomes", "approaches", "descriptors", "groups"),
    )
)
# What a lawyer would miss has a finding of its own: the pattern of the key (with "is missing" or a wrong value), the
# code, and whether it is found for a missing key only.
MISSED: tuple[tuple[str, str, bool], ...] = (
    (r"rounding(\.(places|mode|point))?", "E-CRIT-004", True),
    (r"moderation", "E-CRIT-005", True),
    (r"moderation\.method", "E-CRIT-005", False),
    (r"tie_break(\.order)?", "E-CRIT-006", True),
    (r"allocation\.method", "E-CRIT-007", True),
    (r"weights", "E-CRIT-008", True),
    (r"price\.method", "E-CRIT-009", True),
    (r"scale\.mark\[\d+\]\.descriptor", "E-CRIT-202", True),
    (r"gate\[\d+\]\.predicate", "E-CRIT-301", True),
    (r"gate\[\d+\]\.on_failure", "E-CRIT-304", True),
    (r"question\[\d+\]\.(text|good_answer)", "E-CRIT-703", True),
)
PUT_TOGETHER = {"common": f"the questions of {TEMPLATE}", "themes": f"the files in {THEMES}"}
A_PLACE = re.compile(r"(?<!\S)([\w/.*-]+\.toml) ([a-z_]+(?:[.\[][\w.\[\]]*\w\]?)?)")  # a file and a key in a text
Model = TypeVar("Model", bound=BaseModel)


class Template(Published):
    """What template.toml holds: the common questions."""

    question: tuple[Question, ...] = ()


@dataclass(frozen=True)
class CriteriaRead:
    """What criteria hold: the criteria (None when not understood), the seal beside them, findings, and places.

    ``places`` gives the cell of each file and key where a workbook was read; ``boundaries`` are those of the wards.
    """

    criteria: Criteria | None
    seal: Seal | None
    findings: tuple[Finding, ...]
    places: Mapping[tuple[str, str], Source] = field(default_factory=dict)
    boundaries: Boundaries | None = None

    def cell(self, place: Source) -> Source:
        """Give the cell of a file's key, where a workbook was read."""
        return cell_of(place, self.places)

    def key(self, place: str) -> Source:
        """Give the file and key of a place as a finding names it: of a cell what stands in it."""
        if not self.places:
            file, _, key = place.partition(" ")
            return Source(file, key=key)
        return next((Source(file, key=key) for (file, key), at in self.places.items() if str(at) == place), Source(""))

    def placed(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Give findings about files and keys the cell where each stands, where a workbook was read, and its words."""
        return tuple(_of_workbook(one, self.places) if self.places else one for one in findings)


def read_criteria(path: Path | Inputs) -> CriteriaRead:
    """Read criteria: programme.toml, template.toml and themes/*.toml, or one workbook; and seal.json beside them.

    Every key that is missing, unknown or wrong gives a finding with its place; none stops the reading.
    """
    files = criteria_in(path)
    return once("criteria", "", files.told, lambda: _read(files))


def _read(files: Inputs) -> CriteriaRead:
    books = workbooks_of(files.names)
    plain = [name for name in files.names if name.endswith(".toml")]
    if not books:
        return _read_folder(files)
    if plain:
        return _with_a_workbook_beside(_read_folder(files), books[0])
    if len(books) > 1:
        facts = {"found": ", ".join(books)}
        return CriteriaRead(None, None, (finding("E-PROG-011", Source(books[1]), **facts),))
    return _read_workbook(files, books[0])


def criteria_in(path: Path | Inputs) -> Inputs:
    """List the files that make the criteria: those of a folder, or a workbook with the seal beside it."""
    if isinstance(path, Inputs):
        return path
    if path.is_dir() or not os.path.lexists(path):
        return Inputs.of(path, _counted, NAMED)
    return Inputs(_beside(path), lambda: Inputs(_beside(path)))


def _beside(book: Path) -> dict[str, Held]:
    """Give a workbook with what counts beside it: the seal, and the boundaries of wards."""
    seal = book.with_name(SEAL)
    there: dict[str, Held] = {book.name: book}
    there |= {one.name: one for one in book.parent.glob(f"*{BOUNDARIES}")}
    return there | ({SEAL: seal} if os.path.lexists(seal) else {})


def home_of(path: Path) -> Path:
    """Give the folder of criteria, in which lies what publishing writes: that of a workbook is where it lies."""
    return path if path.is_dir() else path.parent


def is_workbook(path: Path) -> bool:
    """Whether criteria are kept as a workbook."""
    return bool(workbooks_of(criteria_in(path).names))


def workbooks_of(names: Iterable[str]) -> list[str]:
    """Name the workbooks among the files of criteria; what programs keep beside an open one is none."""
    return [name for name in names if name.lower().endswith(".xlsx") and "/" not in name and name[0] not in ".~"]


def _with_a_workbook_beside(read: CriteriaRead, book: str) -> CriteriaRead:
    """Find a workbook beside TOML files, where nobody could say which counts, unless the files are what was sealed."""
    sealed = read.criteria is not None and read.seal is not None and read.seal.sha256 == fingerprint(read.criteria)
    found = finding("E-PROG-012" if sealed else "E-PROG-010", Source(book), other=PROGRAMME)
    return replace(read, criteria=read.criteria if sealed else None, findings=(*read.findings, found))


def criteria_of(files: Mapping[str, bytes]) -> Inputs:
    """Give a criteria folder as a bundle holds it."""
    return Inputs(_counted(files, {}))


def _counted(files: Entries, folders: Entries) -> dict[str, Held]:
    odd = {name: held for name, held in folders.items() if isinstance(held, str) or name.endswith((".toml", ".json"))}
    every = {**files, **odd}
    books = workbooks_of(files)
    return {
        name: held
        for name, held in every.items()
        if name in (*NAMED, *FOLDERS, *books) or _is_theme(name) or _is_map(name)
    }


def _is_theme(name: str) -> bool:
    within, _, file = name.rpartition("/")
    return within == THEMES and file.endswith(".toml")


def _is_map(name: str) -> bool:
    return "/" not in name and name.endswith(BOUNDARIES)


def _read_workbook(files: Inputs, name: str) -> CriteriaRead:
    """Read criteria from one workbook, and the seal beside it."""
    from evaluator.files.read.criteria.workbook import BookRead, read_book

    content, unread = files.opened(name)
    book = BookRead() if content is None else read_book(content, name)
    found = [*unread, *book.findings]
    if not book.files:
        return CriteriaRead(None, None, tuple(found))
    about_seal: list[Finding] = []
    seal = _seal(files, about_seal)
    themes = {name: plain for name, plain in book.files.items() if name.startswith(THEMES)}
    template = book.files.get(TEMPLATE)
    criteria = _understood(book.files[PROGRAMME], template, themes, found, known=block_award(found))
    criteria, boundaries = _drawn(criteria, files, found)
    read = CriteriaRead(criteria, seal, (), book.places | {("", ""): Source(name)}, boundaries)
    told = tuple(_once(read, found, book.findings))
    return replace(read, findings=(*told, *about_seal), criteria=None if block_award(found) else criteria)


def _once(read: CriteriaRead, found: Iterable[Finding], of_cells: Iterable[Finding]) -> Iterator[Finding]:
    """Give the findings at their cells; that a value is missing is not told of a cell whose value was refused."""
    refused = {one.source for one in of_cells if one.source.row and block_award([one])}
    kept = set(of_cells)
    return (one for one in read.placed(found) if one in kept or one.source not in refused)


def _of_workbook(one: Finding, places: Mapping[tuple[str, str], Source]) -> Finding:
    """Tell a finding about a file and key as one about a cell, in the words that stand on the workbook."""
    if not one.source.file.endswith(".toml") or one.source.sheet:
        return one

    def said(text: str, *, sheets: bool) -> str:
        celled = A_PLACE.sub(lambda found: str(cell_of(Source(found[1], key=found[2]), places)), text)
        return as_on_workbook(celled, sheets=sheets)

    message = said(one.message, sheets=False)  # the finding's own place says where it is
    remedy = CATALOGUE[one.code].workbook or said(one.remedy, sheets=not one.source.file.startswith(THEMES))
    return replace(one, source=cell_of(one.source, places), message=message, remedy=remedy)


def cell_of(place: Source, places: Mapping[tuple[str, str], Source]) -> Source:
    """Find the cell of a key, or else of the table that it would stand in."""
    if not places or place.sheet or not place.file.endswith(".toml"):
        return place
    key = place.key
    while key:
        if (place.file, key) in places:
            return places[place.file, key]
        key = key[: max(key.rfind("."), key.rfind("["), 0)]
    return places.get((place.file, ""), places.get(("", ""), place))


def _read_folder(folder: Inputs) -> CriteriaRead:
    found: list[Finding] = [
        finding("E-FILE-060", Source(name), why=folder.why(name) or "it is a file where a folder is wanted")
        for name in FOLDERS
        if name in folder
    ]
    programme = _toml(folder, PROGRAMME, found)
    template = _toml(folder, TEMPLATE, found) if TEMPLATE in folder else None
    raws = {name: raw for name in filter(_is_theme, folder.names) if (raw := _toml(folder, name, found)) is not None}
    criteria = None
    if programme is not None:
        found += _misplaced(programme)
        criteria = _understood(programme, template, raws, found, known=bool(found))
    criteria = None if found else criteria
    criteria, boundaries = _drawn(criteria, folder, found)
    criteria = None if block_award(found) else criteria
    seal = _seal(folder, found)  # one that cannot be read is no reason not to read the criteria
    regime = str((programme or {}).get("regime", ""))
    told = tuple(replace(one, authority=under(regime, one.authority)) for one in found)
    return CriteriaRead(criteria, seal, told, boundaries=boundaries)


def _drawn(criteria: Criteria | None, files: Inputs, found: list[Finding]) -> tuple[Criteria | None, Boundaries | None]:
    """Read the boundaries of the wards, once the criteria are understood."""
    if criteria is None:
        return None, None
    criteria, boundaries, about = with_boundaries(criteria, files, PROGRAMME)
    found += about
    return criteria, boundaries


def _understood(
    programme: dict[str, Any],
    template: dict[str, Any] | None,
    raws: Mapping[str, dict[str, Any]],
    found: list[Finding],
    *,
    known: bool,
) -> Criteria | None:
    """Make one record of what the files hold, whether they were TOML or the sheets of a workbook."""
    common = _model(Template, template, TEMPLATE, found) if template is not None else None
    themes = [_theme(name, raw, found) for name, raw in raws.items()]
    read = tuple(sorted(filter(None, themes), key=lambda theme: theme.id))
    # A theme that was not understood has its findings; that it is missing here is not another one.
    known = known or len(read) < len(raws)
    whole = programme | {"common": common.question if common else (), "themes": read}
    made = _model(Criteria, whole, PROGRAMME, found, known=("themes",) if known else ())
    return told(made) if made else None


def _toml(folder: Inputs, name: str, found: list[Finding]) -> dict[str, Any] | None:
    if name not in folder:
        found.append(finding("E-FILE-001", Source(name), what="the programme's criteria"))
        return None
    content, unread = folder.opened(name)
    found += unread
    if content is None:
        return None
    try:
        return once("toml", name, content, lambda: toml_of(content))
    except ValueError as error:
        found.append(finding("E-CRIT-002", Source(name), file=name, problem=str(error)))
    return None


def _misplaced(programme: dict[str, Any]) -> Iterator[Finding]:
    """Find what the programme's file says of parts that other files hold, which would otherwise be passed over."""
    for key, where in PUT_TOGETHER.items():
        if key in programme:
            problem = f"is not written here; it is made of {where}"
            yield finding("E-CRIT-001", Source(PROGRAMME, key=key), key=key, problem=problem)


def _theme(name: str, raw: dict[str, Any], found: list[Finding]) -> Theme | None:
    stem = name.removeprefix(f"{THEMES}/").removesuffix(".toml")
    rules = raw.get("rule")
    if isinstance(rules, list):
        raw = raw | {"rule": [_of_theme(rule, raw.get("id", stem)) for rule in rules]}
    theme = _model(Theme, raw, name, found)
    if theme and theme.id != stem:
        found.append(finding("E-CRIT-003", Source(name, key="id"), file=name, theme=theme.id))
    return theme


def _of_theme(rule: Any, theme: Any) -> Any:
    """Give a rule that needs a theme the one in whose file it stands."""
    if not isinstance(rule, dict) or rule.get("kind") not in THEME_KINDS:
        return rule
    return {**rule, "theme": rule.get("theme", theme)}


def _model(kind: type[Model], raw: Any, file: str, found: list[Finding], known: tuple[str, ...] = ()) -> Model | None:
    """Make a model, or a finding for each thing that it does not take; ``known`` keys have their findings already."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False):
            key = dotted(problem["loc"])
            if key not in known:
                found.append(_wrong(raw, file, key, problem))
        return None


def _wrong(raw: Any, file: str, key: str, problem: Any) -> Finding:
    """Give the finding of a key that is missing or wrong: a lawyer's where there is one, else that it is not taken."""
    missing = problem["type"] == "missing"
    code = next(
        (code for key_of, code, only in MISSED if re.fullmatch(key_of, key) and (missing or not only)), "E-CRIT-001"
    )
    entry = _entry(raw, problem["loc"])
    name = str(entry.get("id", key))
    said = problem.get("input")
    told = f"is {said}" if code != "E-CRIT-001" and isinstance(said, str) else in_words(problem)
    facts = {"mark": entry.get("mark", "?"), "gate": name, "question": name, "file": file}
    return finding(code, Source(file, key=key), **{**facts, "key": key, "problem": told})


def _entry(raw: Any, location: tuple[str | int, ...]) -> dict[str, Any]:
    """Give the table in which a key is missing or wrong."""
    for part in location[:-1]:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            return {}
    return raw if isinstance(raw, dict) else {}


def dotted(location: tuple[str | int, ...]) -> str:
    """Write where pydantic met a problem as a dotted TOML key, entries counted from 1.

    Between a rule's number and its key pydantic puts the rule's kind, which is no key of the file.

    >>> dotted(("allocation", "rule", 2, "budget", "limit"))
    'allocation.rule[3].limit'
    """
    key = ""
    for at, part in enumerate(location):
        if isinstance(part, int):
            key += f"[{part + 1}]"
        elif at < 2 or location[at - 2] != "rule":
            key += f".{part}"
    return key.lstrip(".")


def in_words(problem: Any) -> str:
    """Say what pydantic found in words that an officer can use."""
    location: tuple[str | int, ...] = ("", *problem["loc"])
    table, key = location[-2:]
    if table in BY_ID and isinstance(problem["input"], dict) and problem["input"]:
        wanted = "; ".join(_in_quotes(str(key), problem["input"]))
        return f"is read as a table, since a bare full stop begins one; put the whole name in quotes: {wanted}"
    plain = PLAIN_WORDS.get(problem["type"])
    kind = next((one for at, one in enumerate(problem["loc"]) if at > 1 and problem["loc"][at - 2] == "rule"), None)
    if kind is not None and problem["type"] == "extra_forbidden":
        return f"is not one that a rule of the kind {kind} takes"
    message = problem["msg"].removeprefix("Value error, ")
    return plain or f"is not right: {message[0].lower()}{message[1:]}"


def _in_quotes(name: str, said: Any) -> Iterator[str]:
    """Give the lines that were meant where a name with full stops stood without quotes.

    >>> list(_in_quotes("1", {"1": "5", "2": {"a": 7}}))
    ['"1.1" = "5"', '"1.2.a" = "7"']
    """
    if not isinstance(said, dict):
        yield f'"{name}" = "{said}"'
        return
    for key, value in said.items():
        yield from _in_quotes(f"{name}.{key}", value)


def _seal(folder: Inputs, found: list[Finding]) -> Seal | None:
    content, unread = folder.opened(SEAL) if SEAL in folder else (None, ())
    found += unread
    if content is None:
        return None
    try:
        return Seal.model_validate(json_of(content))
    except ValueError:
        found.append(finding("E-SEAL-003", Source(SEAL)))
        return None


def seal_bytes(seal: Seal) -> bytes:
    """Write a seal as its file holds it."""
    text = json.dumps(seal.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def write_seal(criteria: Path, seal: Seal) -> None:
    """Write seal.json beside the criteria, whole or not at all."""
    folder = home_of(criteria)
    beside = folder / f".{SEAL}.unfinished"
    beside.write_bytes(seal_bytes(seal))
    beside.replace(folder / SEAL)
