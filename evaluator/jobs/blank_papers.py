"""The papers of a programme at its present stage: blanks to fill in, then reading packs; nothing gives way."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluator.files.audit.run_folder import write_page
from evaluator.files.read.bids.folder import read_before_marking
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.programme import Programme
from evaluator.files.read.tables import layouts
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.keeping import Keeping
from evaluator.jobs.ledger_events import LedgerEvents, seal_event
from evaluator.jobs.papers import MANIFEST, PACK, assigned, reading_packs
from evaluator.records.documents import Workbook
from evaluator.records.english import count_of, short_listing
from evaluator.records.findings.finding import Finding, block_award, in_order
from evaluator.records.ledger import Entry, Event
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.submissions.received import Received, Table
from evaluator.reporting.papers.blank.declarations import Declared, blank_declarations
from evaluator.reporting.papers.blank.register import blank_register
from evaluator.reporting.papers.blank.sheets import MADE_AS

REGISTER, DECLARATIONS, PACKS = "register", "declarations", "reading packs"
TO_SHOW = 6  # new entries of a paper that are named


@dataclass
class Papers:
    """What was made, by name within the folder of papers, and what was not, each with a sentence."""

    files: dict[str, bytes] = field(default_factory=dict)
    made: list[tuple[str, str]] = field(default_factory=list)
    not_made: list[tuple[str, str]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    understood: bool = True  # whether the criteria could be read at all


def papers(
    criteria: Path,
    bids: Path,
    out: Path,
    seed: int | None = None,
    *,
    as_written: bool = False,
    stage: str = "",
) -> Papers:
    """Make what can be made at the present stage, and say what was not made and why; nothing is written.

    Parameters
    ----------
    out : the folder of papers. What is there stays; a new paper takes the next number beside it.
    stage : whose answers are read; empty for the one that is open, after those that are sealed.
    seed : of the order of bids; without it that of the workbooks that were issued into this folder, or else 1.
    """
    published = read_criteria(criteria)
    if published.criteria is None:
        return Papers(findings=in_order(published.findings), understood=False)
    received = read_before_marking(bids, published.criteria)
    made = Papers()
    _register(made, published.criteria, received, out)
    _declarations(made, published.criteria, received, out)
    chosen = _issued_seed(out) if seed is None else seed
    _packs(made, published.criteria, published.seal, received, out, chosen, as_written=as_written, stage=stage)
    return made


def due_papers(programme: Programme, keeping: Keeping) -> Papers:
    """Make the papers that are due in a programme, and tell its ledger.

    Raises
    ------
    LockedError, LedgerBrokenError, OSError
        Where the ledger or a file cannot be written.
    """
    made = papers(programme.criteria, programme.bids, programme.papers)
    for name, content in made.files.items():
        write_page(programme.papers / name, content)
    if made.files:
        keeping.append(papers_events(programme.criteria, made))
    return made


def papers_events(criteria: Path, made: Papers) -> LedgerEvents:
    """Give what the ledger is told: the seal, where it is new there, and each paper."""

    def events(entries: Sequence[Entry]) -> Iterator[Event]:
        yield from seal_event(criteria, entries)
        for name, content in sorted(made.files.items()):
            digest = hashlib.sha256(content).hexdigest()
            yield Event("issue", name, digest, after=digest)

    return events


def _register(made: Papers, criteria: Criteria, received: Received, out: Path) -> None:
    name = f"{REGISTER}.xlsx"
    if received.register is not None and len(received.register):
        made.not_made.append((name, f"{count_of(len(received.register), 'bid is', 'bids are')} in already."))
        return
    _blank(made, REGISTER, blank_register(criteria, layouts.register(criteria).columns), out)


def _declarations(made: Papers, criteria: Criteria, received: Received, out: Path) -> None:
    known = declared(received)
    name = f"{DECLARATIONS}.xlsx"
    if known.seats and known.organisations and not known.lacking:
        open_rows = sum(not row.get("action") for row in known.interests)
        waiting = f" Of these, {count_of(open_rows, 'row')} still without an action." if open_rows else ""
        made.not_made.append((name, f"There is a row for everybody on the panel and every organisation.{waiting}"))
    elif known.seats and not known.organisations and _newest(out, DECLARATIONS, ".xlsx"):
        made.not_made.append((name, "Rows for each evaluator and organisation wait for the bids."))
    else:
        _blank(made, DECLARATIONS, blank_declarations(criteria, known), out)


def declared(received: Received) -> Declared:
    """Gather what is known of the panel, its declarations and the organisations."""
    names: dict[str, str] = {}
    bids: dict[str, list[str]] = {}
    for row in _rows(received.register):
        lead, members = row.get("organisation", ""), row.get("members", "").split(";")
        for one in filter(None, (lead, *map(str.strip, members))):
            bids.setdefault(one, []).append(row.get("bid", ""))
        names[lead] = names.get(lead) or row.get("name", "")
    made = {one: (names.get(one, ""), tuple(filter(None, bids[one]))) for one in sorted(bids)}
    return Declared(tuple(_rows(received.panel)), tuple(_rows(received.interests)), made)


def _rows(table: Table | None) -> Iterator[Mapping[str, str]]:
    for row in range(len(table) if table is not None else 0):
        if table is not None:
            yield {key: text.strip() for key, text in table.row(row).items()}


def _packs(
    made: Papers,
    criteria: Criteria,
    seal: Seal | None,
    received: Received,
    out: Path,
    seed: int,
    *,
    as_written: bool,
    stage: str,
) -> None:
    why = _why_no_packs(received, declared=criteria.moderation.declarations_required)
    if why:
        made.not_made.append((PACKS, why))
        return
    given = assigned(criteria, seal, received, seed, as_written=as_written, stage=stage)
    made.findings = given.findings
    if not given.assignments:
        count = sum(block_award((one,)) for one in given.findings)
        made.not_made.append((PACKS, f"{count_of(count, 'finding stands', 'findings stand')} in the way."))
        return
    files = reading_packs(given.common, given.assignments)
    already = next((folder for folder in _folders(out) if _holds(folder, files)), None)
    if already is not None:
        made.not_made.append((PACKS, f"They are in the folder “{already.name}” already, as they would be made now."))
        return
    before = _newest(out, PACKS, "")
    name = _next(out, PACKS, "")
    made.files |= {f"{name}/{file}": content for file, content in files.items()}
    about = f"for {count_of(len(given.assignments), 'evaluator')}, in the order of the seed {seed}"
    made.made.append((name, f"{about}{_packs_changed(before, files)}"))


def _why_no_packs(received: Received, *, declared: bool) -> str:
    """Say what is not there yet for reading packs; empty where nothing is."""
    if received.register is None or not len(received.register):
        return "There are no bids yet."
    if received.answers is None or not len(received.answers):
        return "The bids came as a register, which holds no answers. Packs are made from the forms that were published."
    if received.panel is None or not len(received.panel):
        return "There is no panel yet: fill in declarations.xlsx."
    if declared and (received.interests is None or not len(received.interests)):
        return (
            "Nobody has declared their interests yet: fill in the sheet Interests of the newest declarations workbook."
        )
    return ""


def _packs_changed(before: Path | None, files: Mapping[str, bytes]) -> str:
    if before is None:
        return ""
    differ = sorted({name.partition(PACK)[0] for name, held in files.items() if _content(before / name) != held})
    return f"; made again, for the answers, the panel or the criteria changed: {short_listing(differ)}"


def _folders(out: Path) -> list[Path]:
    """Give the folders in which packs may lie: beside the workbooks that were issued, or by themselves."""
    return sorted(one for one in out.iterdir() if one.is_dir()) if out.is_dir() else []


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    return bool(files) and all(_content(folder / name) == content for name, content in files.items())


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _issued_seed(out: Path) -> int:
    """Give the seed of the workbooks that were issued last into the folder of papers, or 1."""
    seeds = []
    for one in _folders(out):
        try:
            seeds.append(int(json.loads(_content(one / MANIFEST) or b"{}")["seed"]))
        except (ValueError, KeyError, TypeError):
            continue
    return seeds[-1] if seeds else 1


def _blank(made: Papers, stem: str, workbook: Workbook, out: Path) -> None:
    """Add a blank paper unless it is there already, filled in or not; beside an older one say what is new in it."""
    before = _newest(out, stem, ".xlsx")
    content = _content(before) if before else None
    book, _ = open_workbook(content, f"{stem}.xlsx") if content else (None, ())
    if before and book and book.properties.get(MADE_AS) == dict(workbook.properties)[MADE_AS]:
        made.not_made.append((before.name, "It is there already, as it would be made now."))
        return
    name = _next(out, stem, ".xlsx")
    made.files[name] = workbook_bytes(workbook)
    if before is None:
        made.made.append((name, "blank, to be filled in"))
        return
    cells = (cell for sheet in book.sheets for row in sheet.rows.values() for cell in row.values()) if book else ()
    new = _new_in(workbook, {cell.text.strip() for cell in cells})
    told = f"new in it: {new}" if new else "something was left out"
    made.made.append((name, f"beside {before.name}, which stays as it is; {told}"))


def _new_in(workbook: Workbook, held: Collection[str]) -> str:
    """Name what a paper says that an earlier one did not; of much, in how many rows of which sheets it stands."""
    rows = [
        (sheet.name, [cell.value for cell in row if isinstance(cell.value, str) and cell.value.strip() not in held])
        for sheet in workbook.sheets
        for row in sheet.rows
    ]
    texts = dict.fromkeys(text for _, new in rows for text in new if text)
    if len(texts) <= TO_SHOW:
        return short_listing([f"“{text[:60]}”" for text in texts])
    count = Counter(name for name, new in rows if any(new))
    return short_listing([f"{count_of(number, 'row')} of the sheet {name}" for name, number in count.items()])


def _numbered(out: Path, stem: str, ending: str) -> dict[int, Path]:
    """Give the papers of one name that are there by their numbers; the first has none in its name."""
    pattern = re.compile(rf"{re.escape(stem)}(?:-([0-9]{{1,6}}))?{re.escape(ending)}")
    found = ((pattern.fullmatch(one.name), one) for one in out.iterdir()) if out.is_dir() else ()
    return {int(name[1] or 1): one for name, one in found if name}


def _newest(out: Path, stem: str, ending: str) -> Path | None:
    there = _numbered(out, stem, ending)
    return there[max(there)] if there else None


def _next(out: Path, stem: str, ending: str) -> str:
    there = _numbered(out, stem, ending)
    return f"{stem}-{max(there) + 1}{ending}" if there else f"{stem}{ending}"
