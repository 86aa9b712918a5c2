"""What is done with criteria before anything is received: seal them, make the tender's papers, write a workbook."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluator import __version__
from evaluator.files.audit.run_folder import rendered
from evaluator.files.read.criteria.decided_before_publication import read_accepted, read_versions
from evaluator.files.read.criteria.folder import SEAL, cell_of, read_criteria, seal_bytes
from evaluator.files.read.criteria.workbook import read_book
from evaluator.files.read.engine_data import read_check_words
from evaluator.files.write.toml import toml_text
from evaluator.files.write.workbooks import LONGEST_TEXT, workbook_bytes
from evaluator.jobs.checked import checked
from evaluator.jobs.ledger_events import LedgerEvents, seal_event
from evaluator.publication import check, check_version, effective_weights, fingerprint, record_of, seal
from evaluator.publication.restated import restated
from evaluator.records.documents import Document, Workbook
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award, in_order
from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.by_name import Names
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.programme.written.files import ACCEPTED_FILE, VERSIONS_FILE, Plain, as_files, written
from evaluator.reporting.appendix import Issued as Appendix
from evaluator.reporting.appendix import appendix
from evaluator.reporting.before_publication.criteria_workbook import criteria_book
from evaluator.reporting.open_data import criteria_ocds
from evaluator.reporting.papers.bid_form import bid_form


@dataclass(frozen=True)
class Papers:
    """What publishing came to: the seal, the papers, and the findings; no seal where something stands in the way."""

    seal: Seal | None
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    understood: bool = True  # whether the criteria could be read at all
    sealed_before: bool = False  # whether these very criteria were sealed already


def publish(criteria: Path, date: str, papers: bool) -> Papers:
    """Seal criteria, and make the papers of the tender documents if they are wanted; nothing is written.

    Findings that block stand in the way unless a named person accepted them in ``accepted.toml``. Criteria that are
    sealed already keep their seal. Where another version was sealed before, ``versions.toml`` says what changed.
    """
    read = read_criteria(criteria)
    if read.criteria is None:
        return Papers(None, {}, in_order(read.findings), understood=False)
    if read.seal is not None and read.seal.sha256 == fingerprint(read.criteria):
        return Papers(read.seal, _published(read.criteria, read.seal, papers), (), sealed_before=True)
    known = checked(criteria)
    versions, wrong_versions = read_versions(criteria)
    version = check_version(read.criteria, read.seal, versions, date)
    of_criteria = (one for one in known.findings if one not in known.of_seal)  # they are about to be sealed
    found = in_order((*of_criteria, *read.placed((*version, *wrong_versions))), read.criteria.regime)
    if block_award(found):
        return Papers(None, {}, found)
    changed = record_of(read.criteria, versions) if read.seal else None
    sealed = seal(read.criteria, date, read.seal, known.accepted, changed, __version__)
    return Papers(sealed, _published(read.criteria, sealed, papers), found)


def _published(criteria: Criteria, sealed: Seal, papers: bool) -> dict[str, bytes]:
    """Make what goes out with the tender documents: seal, appendix, open data, and a bid form for each theme."""
    if not papers:
        return {}
    forms = (
        Document(f"bid-form-{theme.id}.xlsx", bid_form(criteria, theme, sealed.sha256)) for theme in criteria.themes
    )
    open_data = Document("tender.json", criteria_ocds(criteria, sealed, sealed.sha256))
    return {SEAL: seal_bytes(sealed), **rendered((appendix(issued(criteria, sealed), __version__), open_data, *forms))}


def issued(criteria: Criteria, sealed: Seal | None) -> Appendix:
    """Give what the appendix is of, with the seal where there is one."""
    from evaluator.studies.worked_examples import worked_examples  # they need what scores and what awards

    changed = (sealed.changed,) if sealed and sealed.changed else ()
    facts = (sealed.accepted if sealed else (), changed, restated(criteria))
    mark, weights = fingerprint(criteria), effective_weights(criteria)
    return Appendix(criteria, mark, sealed, weights, worked_examples(criteria), *facts)


def seal_events(criteria: Path) -> LedgerEvents:
    """Give what the ledger is told of a publication: the seal, where it is new there."""
    return lambda entries: seal_event(criteria, entries)


@dataclass(frozen=True)
class Decided:
    """What people decided before publication: each acceptance with the file and key that it is about, and versions."""

    accepted: tuple[tuple[Accepted, Source], ...] = ()
    versions: tuple[Version, ...] = ()

    def as_files(self, place: Callable[[Source], str]) -> dict[str, Plain]:
        """Give what the files hold that tell of it; ``place`` says how a finding names a file's key there."""
        rows = [{**written(one), "place": place(at) if at.file else one.place} for one, at in self.accepted]
        files = {ACCEPTED_FILE: {"accepted": rows}, VERSIONS_FILE: {"version": [*map(written, self.versions)]}}
        return {name: plain for name, plain in files.items() if any(plain.values())}

    def as_toml(self) -> dict[str, bytes]:
        """Write the files that lie beside criteria in TOML."""
        return {name: toml_text(plain, {}).encode() for name, plain in self.as_files(str).items()}


def decided(source: Path) -> Decided:
    """Read what people decided, to be written beside criteria in their other form."""
    accepted, versions = read_accepted(source)[0], read_versions(source)[0]
    read = read_criteria(source)
    if not accepted or read.criteria is None:
        return Decided((), versions)
    found = check(read.criteria, words=read_check_words(source)[0])
    where = {(one.code, str(read.cell(one.source))): one.source for one in found}
    placed = tuple((one, where.get((one.code, one.place)) or read.key(one.place)) for one in accepted)
    return Decided(placed, versions)


def criteria_workbook(criteria: Criteria, name: str, also: Decided | None = None) -> tuple[bytes, tuple[Finding, ...]]:
    """Write criteria as one workbook, and find the texts that are too long for a cell; then there are no bytes.

    ``also`` is what people decided about them: an acceptance then names the cell that it is about.
    """
    content, found = _criteria_workbook(criteria, name, {})
    if also is None or found:
        return content, found
    places = read_book(content, name).places
    files = also.as_files(lambda at: str(cell_of(at, places)).removeprefix(name).strip())
    return _criteria_workbook(criteria, name, files) if files else (content, found)


def _criteria_workbook(criteria: Criteria, name: str, files: Mapping[str, Plain]) -> tuple[bytes, tuple[Finding, ...]]:
    names = Names(criteria.as_written).programme
    book = criteria_book(criteria.title, as_files(criteria) | dict(files), tuple(names.values()))
    found = too_long(book, name)
    return (b"" if found else workbook_bytes(book)), found


def too_long(book: Workbook, name: str) -> tuple[Finding, ...]:
    """Find the texts that are too long for a cell."""
    return tuple(
        finding("E-BOOK-001", Source(name, sheet.name, row), length=f"{len(cell.value):,}")
        for sheet in book.sheets
        for row, cells in enumerate(sheet.rows, start=1)
        for cell in cells
        if isinstance(cell.value, str) and not cell.formula and len(cell.value) > LONGEST_TEXT
    )
