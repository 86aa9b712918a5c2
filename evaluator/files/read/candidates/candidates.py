"""Candidates that were scored elsewhere: candidates.csv in, every cell as text, every bad cell a finding of its own."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from evaluator.files.read.candidates.candidate_names import Named, cost_findings, name_findings
from evaluator.files.read.candidates.rules_toml import read_rules
from evaluator.files.read.open_data.ballots import read_ballots
from evaluator.files.read.open_data.candidates import gathered_candidates, is_open_data
from evaluator.files.read.open_data.gathered import Gathered
from evaluator.files.read.tables.csv_dialect import rows_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award, in_order
from evaluator.records.numbers import decimal_text, pence, plain_decimal, pounds
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.rules import EVERY_THEME
from evaluator.records.results.allocation import Candidate, Problem
from evaluator.records.results.levels import Share, as_level, published_shares
from evaluator.records.submissions.blank_words import LISTS, WANTED, named_by_rules, with_meaning
from evaluator.validation.total_rows import only_says_total

NEEDED = ("bid", "theme", "organisation", "score")
OPTIONAL = (
    *("wards", "groups", "small", "hours", "levels", "excludes", "members"),
    *("outcomes", "people", "variant", "least_level"),
)
COST, BY_YEAR = "cost", "cost:"
COLUMNS = ", ".join((*NEEDED, COST, f"{BY_YEAR}<year>", *OPTIONAL))
YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
MOST_DIGITS = 20  # of a score or cost; more is a slip of the keyboard
A_NUMBER = "a plain number such as 71.5, nought or more"
A_SIGNED_NUMBER = "a plain number such as 71.5 or -12"
EMPTY = {"hours": " Where the column stands, every bid needs a number: 0 where a bid takes no hours."}
LEVELS = "shares of the ask such as 60;80;100, or with scores such as 60=41.5;100=55"


@dataclass(frozen=True)
class CandidatesRead:
    """What a candidates file holds. Scores are in 1/``score_unit`` points; ``years`` are those of the cost columns."""

    candidates: tuple[Candidate, ...]
    years: tuple[str, ...]
    score_unit: int
    findings: tuple[Finding, ...]
    columns: tuple[str, ...] = ()


@dataclass
class Row:
    """One row of the file: its texts by column, and the findings about it."""

    file: str
    number: int
    letters: dict[str, str]
    texts: dict[str, str]
    found: list[Finding] = field(default_factory=list)
    places: Mapping[str, Source] | None = None  # of texts that stand in no table

    def place(self, column: str) -> Source:
        """Give the place of a cell, or of what a file that is no table holds under another name."""
        if self.places is not None:
            return self.places.get(column, self.places[""])
        return Source(self.file, row=self.number, column=self.letters.get(column, ""))

    def wrong(self, column: str, wanted: str) -> None:
        """Note a cell that is not what it should be."""
        text = self.texts[column]
        if text:
            wanted += ", without spaces around it" if text.strip(" ") != text.strip() else ""
            self.found.append(finding("E-CAND-008", self.place(column), column=column, text=text, wanted=wanted))
        else:
            self.found.append(finding("E-CAND-007", self.place(column), column=column, hint=EMPTY.get(column, "")))

    def without_blank_words(self, known: Collection[str]) -> None:
        """Take words that say nothing out of the cells for references and lists, with a note for each."""
        for column, wanted in WANTED.items():
            text = self.texts.get(column, "")
            left = with_meaning(text, known, several=column in LISTS)
            if left != text:
                place = self.place(column)
                self.found.append(finding("E-WORD-001", place, shown=f'"{text.strip()}"', wanted=wanted))
                self.texts[column] = left

    def name(self, column: str) -> str:
        """Read a reference."""
        text = self.texts[column].strip()
        if not text or (column == "theme" and text == EVERY_THEME):
            self.wrong(column, "a reference")
        return text

    def names(self, column: str) -> tuple[str, ...]:
        """Read a list separated by semicolons, each name once, sorted."""
        return tuple(sorted({name for part in self.texts.get(column, "").split(";") if (name := part.strip())}))

    def number_in(self, column: str, *, signed: bool = False) -> Decimal:
        """Read a plain number, nought or more unless it is signed."""
        text = self.texts[column].strip(" ")
        value = plain_number(text.removeprefix("-") if signed else text)
        if value is None:
            self.wrong(column, A_SIGNED_NUMBER if signed else A_NUMBER)
            return Decimal(0)
        return -value if signed and text.startswith("-") else value

    def whole(self, column: str) -> int:
        """Read a whole number, nought or more; an empty cell is nought."""
        value = plain_number(self.texts[column].strip() or "0")
        if value is None or value != int(value):
            self.wrong(column, "a whole number, nought or more")
        return int(value or 0)

    def money(self, column: str) -> int:
        """Read pounds as pence."""
        text = self.texts[column].strip(" ")
        value = pence(text) if len(text) <= MOST_DIGITS + 6 else None
        if value is None:
            self.wrong(column, "pounds with at most two decimal places, such as 12000 or 12000.50")
        return value or 0

    def yes(self, column: str) -> bool:
        """Read yes or no; an empty cell is no."""
        value = YES_NO.get(self.texts.get(column, "").strip().casefold())
        if value is None:
            self.wrong(column, "yes or no")
        return bool(value)


def problem_from_files(
    candidates: Path, rules: Path | None, ballots: Path | None = None
) -> tuple[Problem | None, tuple[Finding, ...]]:
    """Read an allocation problem from candidates and rules.toml; None where more than a note stands in the way.

    Candidates stand in candidates.csv or in a file of open data, which may name its own rule. Findings whose code
    begins with ``E-READ`` mean that a file could not be read at all.

    Parameters
    ----------
    ballots : a table of what people voted, for the method of equal shares.
    """
    gathered = Gathered()
    policy, found = read_rules(rules) if rules else (None, ())
    if is_open_data(candidates):
        gathered = gathered_candidates(candidates)
        policy, found = (
            _with_budget(candidates, policy, found, gathered) if rules else (gathered.policy, gathered.unruled)
        )
        read = _gathered(candidates.name, gathered, policy)
    else:
        read = read_candidates(candidates, policy)
    if policy is None and not found:
        found = (finding("E-OPEN-009", Source(candidates.name)),)
    voted, more = gathered.ballots, gathered.balloted
    if ballots is not None:
        voted, more = read_ballots(ballots, [one.bid for one in read.candidates])
    by_shares = policy is not None and policy.method == "equal_shares"
    findings = in_order(read.findings + found + (more if by_shares or ballots else ()))
    if block_award(findings) or policy is None:
        return None, findings
    made = Problem(policy, policy.rule, read.years, read.score_unit, read.candidates, (), read.columns, voted)
    return made, findings


def _with_budget(
    candidates: Path, policy: AllocationPolicy | None, found: tuple[Finding, ...], gathered: Gathered
) -> tuple[AllocationPolicy | None, tuple[Finding, ...]]:
    """Take the budget of the data where the rules limit no money, and say so."""
    budget = gathered.budget
    if policy is None or budget is None or any(rule.traits.counts == "money" for rule in policy.rule):
        return policy, found
    note = finding("E-OPEN-030", Source(candidates.name), limit=pounds(int(budget.limit * 100)))
    return policy.model_copy(update={"rule": (budget, *policy.rule)}), (*found, note)


def read_candidates(path: Path, policy: AllocationPolicy | None = None) -> CandidatesRead:
    """Read candidates.csv: UTF-8 with or without a byte order mark, a header row, then one row a bid.

    Costs are pounds in ``cost`` or in one ``cost:<year>`` column a year; lists are separated by semicolons; ``levels``
    names the shares of the ask that can be funded, with the score in proportion or with scores of their own.

    Parameters
    ----------
    policy : the rules, whose published levels hold for bids without levels of their own. A list in order of priority
        also takes scores below nought, such as net votes.
    """
    rows, found = rows_of(path, (*NEEDED, COST, *OPTIONAL))
    if rows is None:
        return CandidatesRead((), (), 1, found)
    header = [_column(cell) for cell in rows[0]] if rows else []
    wrong = tuple(_header_findings(path.name, header))
    if wrong:
        return CandidatesRead((), (), 1, in_order(wrong))
    return _candidates(path.name, header, rows[1:], policy)


def plain_number(text: str) -> Decimal | None:
    """Read a plain number that is not below nought and not absurdly long, or give None."""
    value = plain_decimal(text) if len(text) <= MOST_DIGITS + 1 else None
    return None if value is None or value < 0 else value


def _column(cell: str) -> str:
    """Give a column's key: case and outer spaces do not matter, but a year is kept as written."""
    name = cell.strip()
    if name.casefold().startswith(BY_YEAR):
        return BY_YEAR + name[len(BY_YEAR) :].strip()
    return name.casefold()


def letters(position: int) -> str:
    """Give the letters of a column, counted from 0, as a spreadsheet program names it.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    return (letters(position // 26 - 1) if position >= 26 else "") + chr(ord("A") + position % 26)


def _header_findings(file: str, header: list[str]) -> Iterator[Finding]:
    if not any(header):
        yield finding("E-CAND-001", Source(file, row=1), columns=COLUMNS)
        return
    yield from _missing_columns(file, header)
    for position, name in enumerate(header):
        if name not in (*NEEDED, COST, *OPTIONAL) and (not name.startswith(BY_YEAR) or name == BY_YEAR):
            yield finding("E-CAND-003", Source(file, row=1, column=letters(position)), column=name, columns=COLUMNS)
    for name, times in Counter(header).items():
        if times > 1:
            yield finding("E-CAND-004", Source(file, row=1), column=name, times=times)


def _missing_columns(file: str, header: list[str]) -> Iterator[Finding]:
    years = [name for name in header if name.startswith(BY_YEAR)]
    for name in NEEDED if COST in header or years else (*NEEDED, COST):
        if name not in header:
            hint = "" if name != COST else " For yearly costs, add one column cost:<year> for each year."
            yield finding("E-CAND-002", Source(file, row=1), column=name, hint=hint)
    if COST in header and years:
        yield finding("E-CAND-010", Source(file, row=1), year=years[0].removeprefix(BY_YEAR))


def _candidates(
    file: str, header: list[str], rows: Sequence[list[str]], policy: AllocationPolicy | None
) -> CandidatesRead:
    at = {name: letters(position) for position, name in enumerate(header)}
    found: list[Finding] = []
    read = []
    for number, cells in enumerate(rows, start=2):
        if only_says_total(cells[header.index("bid")] if len(cells) > header.index("bid") else ""):
            at_bid = Source(file, row=number, column=at["bid"])
            found.append(finding("E-ROW-001", at_bid, shown=f'"{cells[header.index("bid")].strip()}"'))
        elif len(cells) == len(header) and any(cells):
            read.append(Row(file, number, at, dict(zip(header, cells, strict=True)), found))
        elif any(cells):
            found.append(finding("E-CAND-005", Source(file, row=number), cells=len(cells), columns=len(header)))
    return _offers(file, header, read, policy, found)


def _gathered(file: str, gathered: Gathered, policy: AllocationPolicy | None) -> CandidatesRead:
    """Take what open data tells of candidates as if it stood in a table: the same texts are refused."""
    found = list(gathered.findings)
    if not gathered.rows:
        return CandidatesRead((), (), 1, in_order(found))
    rows = []
    for one in gathered.rows:
        texts = {name: one.texts.get(name, "") for name in gathered.columns}
        rows.append(Row(file, 0, {}, texts, found, {"": one.place, **one.places}))
    return _offers(file, gathered.columns, rows, policy, found)


def _offers(
    file: str, header: Sequence[str], rows: Sequence[Row], policy: AllocationPolicy | None, found: list[Finding]
) -> CandidatesRead:
    """Read the rows of a table, and what only all of them together show."""
    costs = [name for name in header if name.startswith(COST)]
    known = named_by_rules(policy.rule) if policy else frozenset()
    read: list[tuple[Callable[[int], Candidate], list[Share]]] = []
    for row in rows:
        row.without_blank_words(known)
        read.append(_offer(row, costs, policy))
    _check_rows(file, rows, costs, found)
    unit = 1
    while any((share.points * unit).denominator > 1 for _, shares in read for share in shares):
        unit *= 10
    years = tuple(name.removeprefix(BY_YEAR) for name in costs if name.startswith(BY_YEAR))
    candidates = () if block_award(found) else tuple(make(unit) for make, _ in read)
    return CandidatesRead(candidates, years, unit, in_order(found), tuple(name for name in header if name in OPTIONAL))


def _offer(
    row: Row, costs: Sequence[str], policy: AllocationPolicy | None
) -> tuple[Callable[[int], Candidate], list[Share]]:
    """Read a row; give what makes its candidate once the unit of all scores is known, and the scores it needs."""
    bid, theme, organisation = (row.name(column) for column in ("bid", "theme", "organisation"))
    ask = tuple(row.money(column) for column in costs)
    signed = policy is not None and policy.method in ("priority", "equal_shares")
    whole = Share(Decimal(100), Fraction(row.number_in("score", signed=signed)))
    shares = _shares(row, whole.points, policy)
    hours = row.number_in("hours") if "hours" in row.texts else Decimal(0)
    small = row.yes("small") if "small" in row.texts else False
    people = row.whole("people") if "people" in row.texts else 0

    def make(unit: int) -> Candidate:
        return Candidate(
            bid=bid,
            theme=theme,
            organisations=tuple(dict.fromkeys((organisation, *row.names("members")))),
            levels=tuple(as_level(share, ask, unit) for share in shares),
            hours=hours,
            wards=row.names("wards"),
            groups=row.names("groups"),
            small=small,
            excludes=row.names("excludes"),
            full_score=None if any(share.percent == 100 for share in shares) else int(whole.points * unit),
            outcomes=row.names("outcomes"),
            people=people,
            variant=row.texts.get("variant", "").strip(),
        )

    return make, [whole, *shares]


def _shares(row: Row, points: Fraction, policy: AllocationPolicy | None) -> list[Share]:
    """Read the levels of a row, the largest first; without any, those published, or the whole ask.

    Levels below the least share that the row says is of use are left out.
    """
    parts = [part.strip() for part in row.texts.get("levels", "").split(";") if part.strip()]
    least = _least(row)
    if not parts:
        return [Share(Decimal(100), points)] if policy is None else published_shares(policy, points, least)
    read = [_share(part, points) for part in parts]
    shares = sorted((share for share in read if share), key=lambda share: -share.percent)
    apart = len({share.percent for share in shares}) == len(parts)
    if not apart or len({"=" in part for part in parts}) > 1:
        row.wrong("levels", LEVELS)
    elif shares[0].percent == 100 and shares[0].points != points:
        level, score = (decimal_text(_decimal(value)) for value in (shares[0].points, points))
        row.found.append(finding("E-CAND-009", row.place("levels"), level=level, score=score))
    useful = [share for share in shares if share.percent >= (least or 0)]
    if shares and not useful:
        row.wrong("least_level", "a share that one of the bid's levels reaches")
    return useful or shares


def _least(row: Row) -> Decimal | None:
    """Read the least share of its ask, in percent, that a bid says is of use to it."""
    text = row.texts.get("least_level", "").strip().removesuffix("%").rstrip()
    least = plain_number(text) if text else None
    if text and (least is None or not 0 < least <= 100):
        row.wrong("least_level", "a percentage above 0 and up to 100, such as 60")
        return None
    return least


def _share(part: str, points: Fraction) -> Share | None:
    left, _, right = (piece.strip() for piece in part.partition("="))
    percent = plain_number(left.removesuffix("%").rstrip())
    own = plain_number(right) if "=" in part else Decimal(0)
    if percent is None or own is None or not 0 < percent <= 100:
        return None
    return Share(percent, Fraction(own) if "=" in part else points * Fraction(percent) / 100)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _check_rows(file: str, rows: Sequence[Row], costs: Sequence[str], found: list[Finding]) -> None:
    """Find what only all the rows together show."""
    if not rows and not found:
        found.append(finding("E-CAND-014", Source(file)))
    _check_names(rows, found)
    found.extend(name_findings([one for row in rows for one in _named(row)]))
    found.extend(cost_findings({row.place(cost): pence(row.texts[cost]) or 0 for row in rows for cost in costs}))


def _named(row: Row) -> Iterator[Named]:
    organisation = row.texts["organisation"].strip()
    if organisation:
        yield "organisation", organisation, row.place("organisation")
    for column in ("members", "wards", "groups", "outcomes"):
        for name in row.names(column):
            yield column, name, row.place(column)


def _check_names(rows: Sequence[Row], found: list[Finding]) -> None:
    """Find bids that stand in several rows or differ only in capitals, and exclusions of bids that are not there."""
    bids = Counter(row.texts["bid"].strip() for row in rows)
    seen: dict[str, Row] = {}
    for row in rows:
        bid = row.texts["bid"].strip()
        first = seen.setdefault(bid.casefold(), row) if bid else row
        usual = first.texts["bid"].strip()
        if first is not row and usual == bid:
            found.append(finding("E-CAND-006", row.place("bid"), bid=bid, times=bids[bid]))
        elif first is not row:
            facts = {"column": "bid", "text": bid, "usual": usual, "other": first.place("bid").cell}
            found.append(finding("E-CAND-012", row.place("bid"), **facts))
        for other in row.names("excludes"):
            if other == bid or other not in bids:
                why = "which is itself" if other == bid else "which is not in the file"
                found.append(finding("E-CAND-011", row.place("excludes"), bid=bid, other=other, why=why))
