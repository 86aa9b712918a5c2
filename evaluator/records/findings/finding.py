"""A finding: its place, severity, words and remedy; the order in which findings are told; what blocks an award."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from evaluator.records.english import count_of, short_listing


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a value stands: a cell of a sheet or CSV file, or a key of a TOML file.

    Parameters
    ----------
    file : path relative to the folder that the user named, with forward slashes.
    sheet : sheet of a workbook, empty for a CSV or TOML file.
    row : row as the spreadsheet program numbers it, from 1; 0 when the whole sheet or file is meant.
    column : column letters; empty when the whole row is meant.
    key : dotted key of a TOML file.

    >>> str(Source("returns/E03.xlsx", "Marks", 14, "D"))
    'returns/E03.xlsx Marks!D14'
    >>> str(Source("programme.toml", key="price.method"))
    'programme.toml price.method'
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    key: str = ""

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet program names it, or an empty text."""
        return f"{self.column}{self.row}" if self.row else ""

    def __str__(self) -> str:
        """Give the place in one phrase, as findings print it."""
        if self.key:
            return f"{self.file} {self.key}"
        place = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell
        return f"{self.file} {place}".rstrip()


class Severity(StrEnum):
    """What a finding means for the award."""

    BLOCKS_AWARD = "blocks_award"
    NEEDS_DECISION = "needs_decision"
    NOTE = "note"

    @property
    def words(self) -> str:
        """The severity as people read it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or worth knowing, with its place, its remedy and its authority.

    ``alike`` are further cells of which the same is so; they are told under the first.

    >>> print(Finding("E-MARK-002", Severity.BLOCKS_AWARD, Source("marks.csv", row=5, column="E"),
    ...               "4 for B2 on Q3 has no reason.", "Ask E03 to add one."))
    marks.csv E5: E-MARK-002 (blocks award): 4 for B2 on Q3 has no reason. Ask E03 to add one.
    """

    code: str
    severity: Severity
    source: Source
    message: str
    remedy: str
    authority: str = ""
    alike: tuple[Source, ...] = ()

    @property
    def told(self) -> str:
        """The message, with the cells of which the same is so."""
        if not self.alike:
            return self.message
        place = self.alike[0]
        what = count_of(len(self.alike), "more cell" if place.column else "more row" if place.row else "more place")
        return f"{self.message} The same is so of {what}: {short_listing(_runs(self.source, self.alike))}."

    def __str__(self) -> str:
        """Give the finding on one line: place, code, severity, what is wrong, what to do."""
        return f"{self.source}: {self.code} ({self.severity.words}): {self.told} {self.remedy}"


def _runs(first: Source, alike: tuple[Source, ...]) -> list[str]:
    """Name cells of one column as runs of rows, with their file where it is another than that of the first.

    >>> _runs(Source("a.csv", row=2, column="F"), tuple(Source("a.csv", row=n, column="F") for n in (3, 4, 5, 9)))
    ['F3 to F5', 'F9']
    """
    runs: list[list[Source]] = []
    for place in sorted(alike):
        follows = runs and place == replace(runs[-1][-1], row=runs[-1][-1].row + 1)
        runs[-1].append(place) if follows else runs.append([place])
    return [_run(first, run) for run in runs]


def _run(first: Source, run: list[Source]) -> str:
    start = str(run[0])
    if run[0].file == first.file:
        start = run[0].cell if run[0].sheet == first.sheet else start.removeprefix(f"{first.file} ")
    return start if len(run) == 1 else f"{start} to {run[-1].cell}"


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by place, then code, then words, each once, so that an officer mends a sheet from top to bottom."""
    return tuple(sorted(set(findings), key=lambda f: (f.source, f.code, f.message)))


def block_award(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings stands in the way of a recommended award."""
    return any(finding.severity is not Severity.NOTE for finding in findings)
