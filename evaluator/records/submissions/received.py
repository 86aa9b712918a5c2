"""What came in, as it was received: it may be wrong. Only validation turns it into an evaluation."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, overload

from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.events import NO_EVENTS, Events
from evaluator.records.submissions.stages import StageResult


@dataclass(frozen=True)
class Block:
    """Rows of a table that stand in one sheet or CSV file.

    ``rows`` are row numbers as the spreadsheet program shows them; ``letters`` gives the column letters of each key.
    """

    file: str
    sheet: str
    rows: Sequence[int]
    letters: Mapping[str, str]
    cells: Mapping[str, Source] = field(default_factory=dict)  # of keys that stand elsewhere than in the row


@dataclass(frozen=True)
class Table:
    """Columns of texts as received, each cell with its place; an absent file is a table without rows.

    Parameters
    ----------
    columns : for each key the texts of its cells, stripped of nothing; all columns have the same length.
    blocks : where the rows stand, in the order of the rows.
    faults : (row index, key) of the cells that reading could not take and has already reported.
    """

    columns: Mapping[str, Sequence[str]]
    blocks: tuple[Block, ...]
    faults: frozenset[tuple[int, str]] = frozenset()
    _starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Remember where each block starts."""
        object.__setattr__(self, "_starts", tuple(accumulate((len(b.rows) for b in self.blocks), initial=0))[:-1])

    def __len__(self) -> int:
        """Count the rows."""
        return len(next(iter(self.columns.values()), ()))

    def source(self, row: int, key: str = "") -> Source:
        """Give the place of a cell, or of a whole row, by the row's index from 0.

        >>> table = Table({"bid": ["B1", "B2"]}, (Block("register.csv", "", [2, 4], {"bid": "A"}),))
        >>> str(table.source(1, "bid"))
        'register.csv A4'
        """
        at = bisect_right(self._starts, row) - 1
        block = self.blocks[at]
        elsewhere = block.cells.get(key)
        return elsewhere or Source(
            block.file, block.sheet, block.rows[row - self._starts[at]], block.letters.get(key, "")
        )

    def sources(self) -> "Sources":
        """Give the place of every row as a whole."""
        return Sources(self)

    @property
    def place(self) -> Source:
        """The file and sheet of the table as a whole (of its first block)."""
        return Source(self.blocks[0].file, self.blocks[0].sheet) if self.blocks else Source("")

    def row(self, index: int) -> dict[str, str]:
        """Give one row as texts by key."""
        return {key: texts[index] for key, texts in self.columns.items()}


class Sources(Sequence[Source]):
    """The places of a table's rows, each made when it is asked for."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @overload
    def __getitem__(self, row: int) -> Source: ...

    @overload
    def __getitem__(self, row: slice) -> list[Source]: ...

    def __getitem__(self, row: int | slice) -> Source | list[Source]:
        if isinstance(row, slice):
            return [self._table.source(at) for at in range(len(self))[row]]
        return self._table.source(range(len(self))[row])

    def __len__(self) -> int:
        return len(self._table)


@dataclass(frozen=True)
class IssuedReturn:
    """A return that was issued as a workbook of ours: whose it says it is, and what it was issued as.

    ``identity`` holds ``template``, ``programme``, ``version``, ``seal``, ``evaluator`` and the locked rows.
    """

    file: str
    evaluator: str
    identity: Mapping[str, str]


@dataclass(frozen=True)
class ReceivedExternalData:
    """What stands beside the equality monitoring: files as they are written, and two tables; None if absent.

    ``earlier`` has the earlier editions by file: the ``outcome.json`` of a run, with its ``date`` where it had one.
    """

    baselines: Mapping[str, Any] | None = None
    grants: Table | None = None
    deletions: Table | None = None
    last_round: Mapping[str, Any] | None = None
    earlier: tuple[tuple[str, Mapping[str, Any]], ...] = ()


@dataclass(frozen=True)
class Received:
    """Everything in a folder of bids except the equality monitoring, which only the equality stage may see.

    ``register`` has a row a bid; ``marks`` a row for each evaluator's mark of an answer (``bid`` holds the
    organisation where the question is answered once by the organisation); ``consensus`` a row for each agreed mark;
    ``panel`` a row for each evaluator and theme; ``interests`` the declarations; ``decisions`` what people decided.
    ``answers`` has a row for each answer of each bid form, in the bidders' own words; a register holds none.
    Column keys are those of ``files.layouts``. A table is None when its file was not there. ``events`` holds the tables
    of events that were there, by kind, as they stand; ``happened`` the events that hold, once their consequences are
    drawn in the other tables.
    ``stages`` are the stages that are over, the first first: as they were sealed, or as they were worked out.
    """

    register: Table | None
    marks: Table | None
    consensus: Table | None
    panel: Table | None
    interests: Table | None
    decisions: Table | None
    findings: tuple[Finding, ...] = ()
    issued: tuple[IssuedReturn, ...] = ()
    answers: Table | None = None
    events: Mapping[str, Table] = field(default_factory=dict)
    happened: Events = NO_EVENTS
    stages: tuple[StageResult, ...] = ()
