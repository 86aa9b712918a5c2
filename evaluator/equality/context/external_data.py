"""What stands beside the monitoring: benchmarks with their sources, another programme's awards, and deletions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from pydantic import Field, ValidationError

from evaluator.equality.context.earlier import read_earlier
from evaluator.equality.context.last_round import read_last_round
from evaluator.equality.data.replies import ORGANISATION
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import pence
from evaluator.records.programme.axes import AXES, PROTECTED
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.published import Percent, Published
from evaluator.records.results.coverage import Baseline, Grant
from evaluator.records.results.equality import ExternalData
from evaluator.records.submissions.received import ReceivedExternalData, Table

PLACE = Source("equality/baselines.toml")
EVERYTHING = "all"
LAST_ROUND = "equality/last_round.json"
SERVED = ("ward", "group")


class _Written(Published):
    """A benchmark as it is written: numbers with their total, or percents."""

    kind: Literal["population", "need", "providers"]
    of: str
    title: str
    source: str
    date: str
    synthetic: bool = False
    total: int | None = Field(default=None, ge=1)
    numbers: dict[str, int] = Field(default_factory=dict)
    percents: dict[str, Percent] = Field(default_factory=dict)
    tiles: str = ""  # a plan: a line a row of tiles, a bar between their names, roughly as the places lie

    def shares(self) -> tuple[tuple[str, Fraction], ...]:
        """Give each group's share exactly."""
        by_number = {name: Fraction(number, self.total) for name, number in self.numbers.items() if self.total}
        by_percent = {name: Fraction(value) / 100 for name, value in self.percents.items()}
        return tuple(sorted((by_percent | by_number).items()))

    def places(self) -> tuple[tuple[str, int, int], ...]:
        """Give the column and row of each tile of the plan."""
        rows = enumerate(line.split("|") for line in self.tiles.strip().splitlines())
        found = ((name.strip(), column, row) for row, names in rows for column, name in enumerate(names))
        return tuple(sorted(tile for tile in found if tile[0]))


class _File(Published):
    baseline: tuple[_Written, ...] = ()


def read_external_data(criteria: Criteria, received: ReceivedExternalData) -> tuple[ExternalData, tuple[Finding, ...]]:
    """Take benchmarks and another programme's awards as they were received; what cannot be used is a note.

    Parameters
    ----------
    criteria : with the questions of the monitoring that a benchmark may be of.
    received : as the files have it.
    """
    baselines, first = _baselines(criteria, received.baselines)
    grants, second = _grants(received.grants)
    of_run = [(LAST_ROUND, received.last_round)] if received.last_round and "schema" in received.last_round else []
    last, third = read_last_round(criteria, None if of_run else received.last_round)
    earlier, fourth = read_earlier((*received.earlier, *of_run))
    return ExternalData(baselines, grants, last, earlier), first + second + third + fourth


def _baselines(
    criteria: Criteria, written: Mapping[str, object] | None
) -> tuple[tuple[Baseline, ...], tuple[Finding, ...]]:
    if written is None:
        return (), ()
    try:
        listed = _File.model_validate(_with_tuples(written)).baseline
    except ValidationError as error:
        wrong = error.errors()[0]
        problem = f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}"
        return (), (finding("E-EQUALITY-006", PLACE, problem=problem),)
    known = {one.id for one in criteria.equality.characteristic} if criteria.equality else set()
    strangers = sorted({one.of for one in listed} - known - {*SERVED, *PROTECTED, *AXES})
    notes = [finding("E-EQUALITY-009", PLACE, of=name) for name in strangers]
    short = [one.title for one in listed if one.numbers and not one.total]
    notes += [finding("E-EQUALITY-006", PLACE, problem=f"“{title}” has numbers and no total") for title in short]
    made = (
        Baseline(one.kind, one.of, one.title, one.source, one.date, one.shares(), one.synthetic, one.places())
        for one in listed
        if one.of not in strangers
    )
    return tuple(made), tuple(notes)


def _with_tuples(written: Mapping[str, object]) -> dict[str, object]:
    """Write lists of TOML as the tuples that records hold."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in written.items()}


def _grants(table: Table | None) -> tuple[tuple[Grant, ...], tuple[Finding, ...]]:
    if table is None:
        return (), ()
    grants, notes = [], []
    for at in range(len(table)):
        row = {key: text.strip() for key, text in table.row(at).items()}
        amount = pence(row.get("amount", ""))
        if amount is None:
            notes.append(finding("E-EQUALITY-007", table.source(at, "amount"), amount=row.get("amount", "")))
            continue
        wards, groups = (_listed(row.get(key, "")) for key in ("wards", "groups"))
        grants.append(Grant(row["programme"], row["organisation"], amount, wards, groups, row.get("title", "")))
    ordered = sorted(grants, key=lambda one: (one.programme, one.organisation, one.title, one.amount))
    return tuple(ordered), tuple(notes)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for part in text.split(";")} - {""}))


def without_deleted(monitoring: Table | None, deletions: Table | None) -> tuple[Table | None, tuple[Finding, ...]]:
    """Blank the replies that are in the record of deletions and have come in again, and note each.

    Parameters
    ----------
    monitoring : as received.
    deletions : column ``organisation``, and ``what``: the id of a question, or all.
    """
    if monitoring is None or deletions is None:
        return monitoring, ()
    pairs = zip(deletions.columns.get(ORGANISATION, ()), deletions.columns.get("what", ()), strict=False)
    deleted = {(name.strip(), what.strip()) for name, what in pairs}
    columns = {key: list(texts) for key, texts in monitoring.columns.items()}
    names = columns.get(ORGANISATION, [])
    notes = []
    for row, name in enumerate(map(str.strip, names)):
        if _blank(columns, row, name, deleted):
            notes.append(finding("E-EQUALITY-008", monitoring.source(row, ORGANISATION)))
    return Table(columns, monitoring.blocks, monitoring.faults), tuple(notes)


def _blank(columns: Mapping[str, list[str]], row: int, name: str, deleted: set[tuple[str, str]]) -> bool:
    """Blank a row's deleted replies, and say whether there were any."""
    some = False
    for key, texts in columns.items():
        if key != ORGANISATION and texts[row] and {(name, EVERYTHING), (name, key)} & deleted:
            texts[row], some = "", True
    return some


def after_deletion(rows: Sequence[Mapping[str, str]], organisation: str, what: str) -> tuple[list[dict[str, str]], int]:
    """Give the monitoring's rows without an organisation's replies, and how many replies were deleted.

    Parameters
    ----------
    rows : each with ``organisation`` and the replies by question.
    organisation : whose replies go.
    what : the id of one question, or all: then the whole row goes.
    """
    kept, gone = [], 0
    for row in rows:
        if row[ORGANISATION].strip() != organisation:
            kept.append(dict(row))
            continue
        cells = [key for key in row if key != ORGANISATION and row[key] and what in (EVERYTHING, key)]
        gone += len(cells)
        if what != EVERYTHING:
            kept.append({key: "" if key in cells else text for key, text in row.items()})
    return kept, gone
