"""Pabulib files in (.pb): the projects of a participatory budget become candidates, their votes the score.

The format: three sections, ``META``, ``PROJECTS`` and ``VOTES``, each with a heading row and columns separated by
semicolons (Faliszewski et al., Participatory Budgeting: Data, Tools, and Analysis, IJCAI 2023; pabulib.org/format).
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from evaluator.files.read.open_data.ballots import Paper, ballots_of
from evaluator.files.read.open_data.gathered import Gathered, GatheredRow
from evaluator.records.english import listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award
from evaluator.records.numbers import decimal_text, plain_decimal
from evaluator.records.programme.allocation_policy import AllocationPolicy, Completion, Unaffordable
from evaluator.records.programme.rules import Budget
from evaluator.records.results.ballots import BallotKind, Ballots

COLUMNS = ("bid", "theme", "organisation", "score", "cost")
SECTIONS = ("META", "PROJECTS", "VOTES")
THEME = "all"
SHARED: Mapping[str, Completion] = {"equalshares": "none", "equalshares/add1": "add1"}  # as files name the rule
LISTED: Mapping[str, Unaffordable] = {"greedy": "skip", "greedy-threshold": "skip", "greedy-no-skip": "stop"}
LEAST = "min_project_score_threshold"
EACH_ONE, BY_POINTS, IN_ORDER = ("approval", "choose-1"), ("scoring", "cumulative"), ("ordinal",)
KINDS: Mapping[str, BallotKind] = {
    **dict.fromkeys(EACH_ONE, "approval"),
    **dict.fromkeys(BY_POINTS, "points"),
    **dict.fromkeys(IN_ORDER, "ranking"),
}
TAKEN = {"project_id", "cost", "votes", "score", "name", "selected"}
CURRENCY = "GBP"
Line = tuple[int, list[str]]


@dataclass
class _Sections:
    """The rows of each section with their lines in the file, and under which headings they stand."""

    headings: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[Line]] = field(default_factory=dict)


def pabulib_candidates(file: str, text: str) -> Gathered:
    """Read the candidates of a Pabulib file, and the rule that it names where it is one of ours.

    Parameters
    ----------
    file : its name, for findings.
    text : what it holds.
    """
    read = _sections(text)
    missing = [name for name in ("META", "PROJECTS") if not read.rows.get(name)]
    absent = [name for name in ("project_id", "cost") if name not in read.headings.get("PROJECTS", ())]
    if missing or absent:
        what = f"the section {missing[0]}" if missing else f"the column {absent[0]} of its projects"
        return Gathered(findings=(finding("E-OPEN-001", Source(file), what=what),))
    meta = {cells[0].strip(): (row, cells[1].strip()) for row, cells in read.rows["META"] if len(cells) > 1}
    kind = meta.get("vote_type", (0, ""))[1]
    counted = _counted(read, kind)
    found: list[Finding] = []
    rows = tuple(_project(file, read, line, kind, counted, found) for line in read.rows["PROJECTS"])
    found += _about_votes(file, read, counted, meta)
    found += _left(file, read, meta)
    unruled: list[Finding] = []
    budget = _budget(file, meta, unruled)
    policy = _policy(file, meta, budget, unruled)
    ballots, balloted = _ballots(file, read, kind)
    taken = () if block_award(found) else rows
    return Gathered(COLUMNS, taken, tuple(found), policy, tuple(unruled), budget, ballots, balloted)


def _sections(text: str) -> _Sections:
    read, section, expects = _Sections(), "", False
    reader = csv.reader(text.splitlines(keepends=True), delimiter=";")
    for cells in reader:
        first = cells[0].strip() if cells else ""
        if len([cell for cell in cells if cell.strip()]) == 1 and first.upper() in SECTIONS:
            section, expects = first.upper(), True
        elif expects and any(cells):
            read.headings[section], expects = [cell.strip() for cell in cells], False
            read.rows[section] = []
        elif section and any(cell.strip() for cell in cells):
            read.rows[section].append((reader.line_num, cells))
    return read


def _cell(read: _Sections, section: str, cells: Sequence[str], column: str) -> str:
    headings = read.headings.get(section, [])
    at = headings.index(column) if column in headings else len(cells)
    text = cells[at].strip() if at < len(cells) else ""
    return "" if text.casefold() == "none" else text


def _counted(read: _Sections, kind: str) -> Mapping[str, Decimal] | None:
    """Count what the votes give each project; None where there are none, or where they do not add up to a score."""
    if not read.rows.get("VOTES") or kind not in EACH_ONE + BY_POINTS:
        return None
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for _, cells in read.rows["VOTES"]:
        named = [name.strip() for name in _cell(read, "VOTES", cells, "vote").split(",") if name.strip()]
        given = [part.strip() for part in _cell(read, "VOTES", cells, "points").split(",") if part.strip()]
        for at, name in enumerate(named):
            points = plain_decimal(given[at].removeprefix("-")) if kind in BY_POINTS and at < len(given) else None
            if kind in EACH_ONE:
                sums[name] += 1
            elif points is not None:
                sums[name] += -points if given[at].startswith("-") else points
    return sums


def _told(read: _Sections, cells: Sequence[str], kind: str) -> str:
    """Give the score that the file itself tells of a project: where each vote is one approval, its votes first.

    Cities that counted approvals went by the votes, also where a score stands beside them.
    """
    first, then = ("votes", "score") if kind in EACH_ONE else ("score", "votes")
    return _cell(read, "PROJECTS", cells, first) or _cell(read, "PROJECTS", cells, then)


def _project(
    file: str, read: _Sections, line: Line, kind: str, counted: Mapping[str, Decimal] | None, found: list[Finding]
) -> GatheredRow:
    row, cells = line
    place, name = Source(file, row=row), _cell(read, "PROJECTS", cells, "project_id")
    score = _told(read, cells, kind).replace(",", ".")
    if not score and counted is not None:
        score = decimal_text(counted.get(name, Decimal(0)))
    if not score:
        found.append(finding("E-OPEN-002", place, bid=name or "this project"))
    cost = _cell(read, "PROJECTS", cells, "cost").replace(",", ".")
    texts = {"bid": name, "theme": THEME, "organisation": name, "score": score, "cost": cost}
    return GatheredRow(texts, place, {})


def _about_votes(
    file: str, read: _Sections, counted: Mapping[str, Decimal] | None, meta: Mapping[str, tuple[int, str]]
) -> Iterator[Finding]:
    """Say where the votes that are listed do not come to what the file says of a project."""
    kind = meta.get("vote_type", (0, ""))[1]
    if counted is None:
        if read.rows.get("VOTES") and kind not in IN_ORDER:
            yield finding("E-OPEN-003", Source(file, row=meta.get("vote_type", (0, ""))[0]), kind=kind or "none")
        return
    other = []
    for row, cells in read.rows["PROJECTS"]:
        name, told = (
            _cell(read, "PROJECTS", cells, "project_id"),
            plain_decimal(_told(read, cells, kind).replace(",", ".")),
        )
        if told is not None and told != counted.get(name, Decimal(0)):
            other.append((row, name, decimal_text(told), decimal_text(counted.get(name, Decimal(0)))))
    if other:
        row, name, told_text, sum_text = other[0]
        facts = {"count": len(other), "bid": name, "told": told_text, "counted": sum_text}
        yield finding("E-OPEN-004", Source(file, row=row), **facts)


def _budget(file: str, meta: Mapping[str, tuple[int, str]], found: list[Finding]) -> Budget | None:
    """Make a rule of the budget that the file names."""
    row, budget = meta.get("budget", (0, ""))
    limit = plain_decimal(budget.replace(",", "."))
    if limit is None or limit <= 0:
        found.append(finding("E-OPEN-005", Source(file, row=row), shown=f'"{budget}"' if budget else "nothing"))
        return None
    return Budget(id="budget", kind="budget", limit=decimal_text(limit), source=f"{file}, line {row}")


def _policy(
    file: str, meta: Mapping[str, tuple[int, str]], budget: Budget | None, found: list[Finding]
) -> AllocationPolicy | None:
    """Make the policy that the file names: its budget, the least score of a project, the best-voted first or shares.

    Source of what the names mean: pabulib.org/format, and the collection's own check of its files.
    """
    row, rule = meta.get("rule", (0, ""))
    if budget is None:
        return None
    least, shown = _least(meta)
    if rule not in (*SHARED, *LISTED) or shown or (rule == "greedy-threshold" and least is None):
        without = f" with {LEAST} {shown or 'not given'}" if rule in (*SHARED, *LISTED) else ""
        found.append(finding("E-OPEN-006", Source(file, row=row), rule=f'"{rule}"{without}' if rule else "none"))
        return None
    if rule in SHARED:
        shares = SHARED[rule]
        return AllocationPolicy(method="equal_shares", completion=shares, minimum_score=least, rule=(budget,))
    return AllocationPolicy(method="priority", on_unaffordable=LISTED[rule], minimum_score=least, rule=(budget,))


def _least(meta: Mapping[str, tuple[int, str]]) -> tuple[Decimal | None, str]:
    """Give the score below which no project is funded, or else what stands there that is no such number."""
    text = meta.get(LEAST, (0, ""))[1]
    least = plain_decimal(text.replace(",", "."))
    return (least, "") if least is not None or not text else (None, f'"{text}"')


def _ballots(file: str, read: _Sections, kind: str) -> tuple[Ballots | None, tuple[Finding, ...]]:
    """Take the ballots, where how they were cast is one of the kinds that can be read."""
    if kind not in KINDS or not read.rows.get("VOTES"):
        return None, ()
    papers = [
        Paper(Source(file, row=row), *(_listed(_cell(read, "VOTES", cells, name)) for name in ("vote", "points")))
        for row, cells in read.rows["VOTES"]
    ]
    bids = [_cell(read, "PROJECTS", cells, "project_id") for _, cells in read.rows["PROJECTS"]]
    return ballots_of(file, KINDS[kind], papers, bids)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _left(file: str, read: _Sections, meta: Mapping[str, tuple[int, str]]) -> Iterator[Finding]:
    """Say what of the file is not taken, and that its money is not in pounds where it is not."""
    row, currency = meta.get("currency", (0, CURRENCY))
    if currency.upper() != CURRENCY:
        yield finding("E-OPEN-007", Source(file, row=row), currency=currency)
    others = [name for name in read.headings["PROJECTS"] if name and name not in TAKEN]
    if others:
        first = read.rows["PROJECTS"][0][0] - 1
        yield finding("E-OPEN-008", Source(file, row=first), what=f"of its projects {listing(others)}")
