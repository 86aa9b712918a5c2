"""A register from an export of any portal: each column by its heading, each value read as people write it."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluator.files.read.imports.grid import Grid
from evaluator.files.read.imports.names import NO_MATCH, Names, folded, split_reference
from evaluator.files.read.imports.reading import Known, Reading, Taker
from evaluator.files.read.imports.register_values import Values
from evaluator.files.read.imports.register_words import FAIL, NO, PASS, YES, RegisterHeadings, Target, plain_word
from evaluator.files.read.imports.vocabulary import cells_under, says_total
from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.guard import places, quoted
from evaluator.files.read.tables.layouts import Column
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import pence, pounds
from evaluator.records.submissions.blank_words import says_nothing
from evaluator.records.submissions.imports import LEFT_OUT

HEADING_ROWS = 30
MOST_FIELDS = 100  # of a register whose rows are read as columns
LONGEST_NAME = 80  # characters of an organisation’s name
ALIKE = 0.6  # share of the headings of two tables that must be the same for them to be one register
LEAST = 2  # headings that a register must have
JOINED = {"address": ", "}  # columns that may stand in several
NO_HEADING = "no heading"
YEARS = re.compile(r"(?:(?:financial|contract|grant|funding) )?(?:year|period)", re.I)
YEAR_OF = "year of the price"
REFERENCE = r"[A-Za-z]{1,5}[-/ ]?[0-9]{1,6}[A-Za-z]?"


@dataclass(frozen=True)
class Found:
    """A table of bids: its sheet, its rows of headings, the headings of each column, and what they stand for."""

    grid: Grid
    headings: tuple[int, ...]
    paths: Mapping[int, str]
    targets: Mapping[int, Target]
    worth: int
    above: tuple[int, ...] = ()  # rows between this table and the one before
    rows: tuple[int, ...] = ()

    @property
    def keys(self) -> set[str]:
        """What the headings stand for."""
        return {target.key for target in self.targets.values()}


def register_tables(grids: Sequence[Grid], known: Known) -> list[Found]:
    """Find every table of bids that belongs together: on sheets of the same headings, and one under the other."""
    best = register_sheet(grids, known)
    if best is None or best.grid.turned:
        return [replace(best, rows=_under(best.grid, best.headings[-1]))] if best else []
    made: list[Found] = []
    for grid in grids:
        found = best if grid.sheet is best.grid.sheet else register_sheet([grid], known)
        if found and not found.grid.turned and len(found.keys & best.keys) >= ALIKE * len(found.keys | best.keys):
            made += _one_under_the_other(found, RegisterHeadings(known.criteria))
    held = [_bids_of(one) for one in made]
    first = [one for one, _ in enumerate(made) if made[one].grid.sheet is best.grid.sheet]
    others = set[tuple[str, ...]]().union(*(held[one] for one in first))
    return [one for at, one in enumerate(made) if at in first or not held[at] <= others]


def _under(grid: Grid, heading: int) -> tuple[int, ...]:
    return tuple(row for row in grid.lines if row > heading)


def _one_under_the_other(found: Found, words: RegisterHeadings) -> list[Found]:
    """Part the rows of a sheet where its headings stand again."""
    grid, last = found.grid, found.headings[-1]
    wanted = {text for row in found.headings for at in found.targets if (text := grid.text(row, at))}
    again = [
        row
        for row in grid.lines
        if len(wanted.intersection(grid.text(row, at) for at in grid.lines[row])) >= max(LEAST, ALIKE * len(wanted))
    ]
    starts = [last, *(row for row in again if row not in found.headings)]
    made = []
    for at, start in enumerate(sorted(starts)):
        end = next((row for row in sorted(starts) if row > start), grid.sheet.last_row + 1)
        paths = found.paths if start == last else _paths(grid, (start,))
        targets = {column: target for column, text in paths.items() if (target := words.target(text))}
        headings = found.headings if start == last else (start,)
        before = sorted(starts)[at - 1] if at else 0
        above = tuple(row for row in grid.lines if before < row < headings[0])
        rows = tuple(row for row in grid.lines if start < row < end)
        made.append(replace(found, headings=headings, paths=paths, targets=targets, above=above, rows=rows))
    return made


def _bids_of(found: Found) -> set[tuple[str, ...]]:
    """Say which bids a table holds: by their ids, or by who made them and for which theme."""
    at = {target.key: column for column, target in reversed(list(found.targets.items()))}
    keys = ["bid"] if "bid" in at else [key for key in ("name", "organisation", "theme") if key in at]
    sheet = [] if "bid" in at or "theme" in at else [found.grid.sheet.title]
    told = [(*(folded(found.grid.text(row, at[key])) for key in keys), *sheet) for row in found.rows]
    return {one for one in told if one[0] and not says_total(one[0])}


def register_sheet(grids: Sequence[Grid], known: Known) -> Found | None:
    """Find the table of bids in a file: the one with most headings of a register, its rows perhaps as columns."""
    words = RegisterHeadings(known.criteria)
    both = [view for grid in grids for view in (grid, Grid(grid.sheet, grid.file, turned=True))]
    found = [one for grid in both for one in _tables(grid, words)]
    return max(found, key=lambda one: (one.worth, not one.grid.turned), default=None)


def _tables(grid: Grid, words: RegisterHeadings) -> list[Found]:
    """Try each of the first rows as headings, alone and with the row under it."""
    made: list[Found] = []
    if grid.turned and grid.last_column > MOST_FIELDS:
        return made
    numbers = list(grid.lines)[:HEADING_ROWS]
    for row, below in zip(numbers, [*numbers[1:], 0], strict=True):
        for rows in ((row,), (row, below)) if below == row + 1 else ((row,),):
            paths = _paths(grid, rows)
            targets = {column: target for column, text in paths.items() if (target := words.target(text))}
            distinct = {target.key for target in targets.values()}
            filled = len(grid.lines[rows[-1]])
            if len(distinct) >= LEAST and (len(rows) == 1 or _groups(grid, row)):
                worth = (
                    2 * len(distinct)
                    - (filled < len(distinct))
                    + (2 if len(rows) > 1 and _only_words(grid, below) else 1 - len(rows))
                )
                made.append(Found(grid, rows, paths, targets, worth))
    return made


def _groups(grid: Grid, row: int) -> bool:
    """Whether a row groups the columns under it."""
    return (
        any(grid.anchor(row, at) == grid.anchor(row, at + 1) for at in grid.lines[row])
        or len(grid.lines[row]) < grid.last_column
    )


def _only_words(grid: Grid, row: int) -> bool:
    """Whether a row under headings divides them further, and holds no value yet."""
    texts = [grid.text(row, at) for at in grid.lines[row]]
    return (
        len(texts) > 1 and not any(_is_money(text) or text.isdigit() for text in texts) and len(set(texts)) < len(texts)
    )


def _paths(grid: Grid, rows: Sequence[int]) -> dict[int, str]:
    """Give the heading of each column; one that is there again is numbered."""
    paths: dict[int, str] = {}
    times: Counter[str] = Counter()
    for column in range(1, grid.last_column + 1):
        texts = dict.fromkeys(text for row in rows if (text := grid.text(row, column)))
        path = " ".join(texts)
        times[path] += 1
        paths[column] = f"{path} ({times[path]})" if path and times[path] > 1 else path
    return paths


@dataclass
class RegisterReading:
    """One reading of one table of bids."""

    found: Found
    reading: Reading
    taker: Taker
    kinds: dict[int, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    left: list[int] = field(default_factory=list)
    year_at: int = 0  # the column that says of which year a row's price is
    theme: tuple[str, str] = ("", "")  # of the rows that follow, and its text

    def __post_init__(self) -> None:
        """Know the columns of our own register."""
        self.grid, self.known = self.found.grid, self.reading.known
        self.words = RegisterHeadings(self.known.criteria)
        layout = layouts.register(self.known.criteria, received=True)
        self.columns: dict[str, Column] = {column.key: column for column in layout.columns}
        self.named = self.found.keys
        self.values = Values(self.reading, self.taker)
        self.rows = self.found.rows
        for row in self.found.above:
            self._theme_row(self.grid.text(row, self.grid.lines[row][0]), len(self.grid.lines[row]))

    def read(self) -> tuple[list[dict[str, str]], list[dict[str, Source]]]:
        """Take every bid of this table."""
        chosen = self._chosen()
        self.kinds |= {at: key for key, every in chosen.items() for at in every}
        for at in self.kinds:
            if self.found.paths[at]:
                self.taker.label(
                    self.found.headings[-1] if self.grid.text(self.found.headings[-1], at) else self.found.headings[0],
                    at,
                )
        rows, origins = [], []
        for row in self.rows:
            made = self._row(row, chosen)
            if made is not None:
                rows.append(made[0])
                origins.append(made[1])
        self._check()
        return rows, origins

    # Which column is what.

    def _chosen(self) -> dict[str, list[int]]:
        """Say for every column what it becomes; where two could, a person says."""
        choices = (*self.columns, LEFT_OUT)
        self.reading.headings |= {text for text in self.found.paths.values() if text}
        by_key: dict[str, list[int]] = {}
        for at, text in self.found.paths.items():
            filled = any(self.grid.text(row, at) for row in self.rows)
            becomes = self._column(at, text, choices) if filled else ""
            if becomes:
                by_key.setdefault(becomes, []).append(at)
        self._settle_vat(by_key)
        self._settle_total(by_key)
        self._as_one_name(by_key)
        for key, every in list(by_key.items()):
            if len(every) > 1 and key not in JOINED:
                by_key[key] = self._one_of(key, every, choices)
        chosen = {key: every for key, every in by_key.items() if every}
        self._record(chosen, choices)
        return chosen

    def _record(self, chosen: Mapping[str, Sequence[int]], choices: Sequence[str]) -> None:
        """Keep what each column became, so that a person can correct it; prices wait while VAT is asked."""
        becomes = {at: key for key, every in reversed(list(chosen.items())) for at in every}
        for at, text in self.found.paths.items():
            waits = self.kinds.get(at) == "asked"
            if text and not waits and any(self.grid.text(row, at) for row in self.rows):
                self.reading.decide(
                    "column", text, becomes.get(at, LEFT_OUT), self._place(at), self._why(at, becomes), choices=choices
                )

    def _why(self, at: int, becomes: Mapping[int, str]) -> str:
        return "its heading says so" if at in becomes else "nothing of the register is under it"

    def _column(self, at: int, text: str, choices: Sequence[str]) -> str:
        said = self.reading.answers.answers.get(("column", folded(text)), "")
        target = self.found.targets.get(at)
        place = self._place(at)
        if said and text and folded(said) != folded(YEAR_OF):
            self.reading.decide("column", text, said, place, "", choices=choices)
            return "" if said == LEFT_OUT else said
        if self._tells_years(at, text):
            self.year_at = at
            why, year_choices = "each row has the price of one year", (YEAR_OF, LEFT_OUT)
            self.reading.decide("column", text, YEAR_OF, place, why, choices=year_choices)
            return ""
        if target is not None and (target.key in self.columns or target.key == "vat"):
            return self._known_column(at, text, target, choices)
        return self._unknown_column(at, text, choices)

    def _tells_years(self, at: int, text: str) -> bool:
        """Whether a column says of which year the price in each row is."""
        texts = {value for row in self.rows if (value := self.grid.text(row, at)) and not says_total(value)}
        return (
            bool(YEARS.fullmatch(text.strip(" :")))
            and "price" in self.named
            and not any(key.startswith("price:") for key in self.named)
            and len(texts) > 1
            and all(self.words.year(value) for value in texts)
        )

    def _known_column(self, at: int, text: str, target: Target, choices: Sequence[str]) -> str:
        if target.key == "vat":
            self._leave(at, "it is the tax alone")
            return ""
        if target.thousands:
            self._ask(at, text, "", "its heading says that its prices are not in pounds", choices)
            return ""
        return f"{target.key}|{target.vat}" if target.vat else target.key

    def _unknown_column(self, at: int, text: str, choices: Sequence[str]) -> str:
        """Take a column without a known heading for what its cells are, if a person agrees; else leave it out."""
        texts = [value for row in self.rows if (value := self.grid.text(row, at))]
        themes = self.known.names["theme"]
        named = self.named
        if "theme" not in named and sum(themes.find(value).sure for value in texts) >= 0.6 * len(texts):
            self.reading.decide(
                "column", text or f"column {at}", "theme", self._place(at), "its cells are themes", choices=choices
            )
            return "theme"
        if not text and "bid" not in named and self._are_references(texts):
            self.reading.decide(
                "column", f"column {at}", "bid", self._place(at), "its cells are references", choices=choices
            )
            return "bid"
        if text and not named & {"name", "organisation"} and self._are_names(texts):
            named.add("name")
            self._ask(at, text, "name", "no heading says who made the bids, and its cells are names", choices)
            return "name"
        if text and (said := self._gate_column(at, text, texts, named, choices)) is not None:
            return said
        money = sum(_is_money(value) for value in texts)
        priced = any(key.partition(":")[0] == "price" for key in named)
        if text and not priced and money >= 0.6 * len(texts):
            self._ask(at, text, "", "its cells may be prices", choices)
            return ""
        self._leave(at, "nothing known is said by its heading")
        return ""

    def _are_names(self, texts: Sequence[str]) -> bool:
        worded = sum(bool(re.search(r"[^\W\d_]{3}", text)) and len(text) <= LONGEST_NAME for text in texts)
        return worded == len(texts) and len(set(texts)) >= 0.6 * len(texts) and not self._are_references(texts)

    def _are_references(self, texts: Sequence[str]) -> bool:
        known = self.known.bids
        return len(set(texts)) == len(texts) and all(text in known or re.fullmatch(REFERENCE, text) for text in texts)

    def _gate_column(
        self, at: int, text: str, texts: Sequence[str], named: Collection[str], choices: Sequence[str]
    ) -> str | None:
        """Take a column of yes and no for the gate that its heading speaks of, or ask; None where it is of no gate."""
        free = [gate.id for gate in self.known.criteria.gate if f"gate:{gate.id}" not in named]
        answered = all(plain_word(value) in YES | NO | PASS | FAIL or says_nothing(value) for value in texts)
        gate = self.words.gate(text)
        if gate not in free:
            gate = ""
        if gate and answered:
            self.reading.decide(
                "column", text, f"gate:{gate}", self._place(at), "its heading speaks of the gate", choices=choices
            )
            return f"gate:{gate}"
        if gate or (answered and free):
            why = (
                "its heading may speak of a gate"
                if gate
                else "its cells answer yes or no, and a gate has no column yet"
            )
            self._ask(at, text, f"gate:{gate}" if gate else "", why, choices)
            return f"gate:{gate}" if gate else ""
        return None

    def _ask(self, at: int, text: str, becomes: str, why: str, choices: Sequence[str]) -> None:
        self.reading.decide("column", text, becomes, self._place(at), why, sure=False, choices=choices)
        self.kinds[at] = "asked"

    def _leave(self, at: int, why: str) -> None:
        cells = [(row, at) for row in self.rows if self.grid.text(row, at)]
        heading = self.found.paths[at] or NO_HEADING
        facts = {"count": f"{len(cells):,}", "what": cells_under(heading, (self.grid.text(*cell) for cell in cells))}
        self.reading.note("E-IMPORT-004", self.grid.place(*cells[0]), heading=heading, why=why, **facts)

    def _place(self, at: int) -> Source:
        return self.grid.place(self.found.headings[-1], at)

    def _settle_vat(self, by_key: dict[str, list[int]]) -> None:
        """Ask once whether prices with or without VAT count, where the file has both; say so where it has one."""
        kinds = {key.partition("|")[2] for key in by_key if "|" in key}
        both = kinds == {"with", "without"} or (
            bool(kinds) and any(key.partition("|")[0] in by_key for key in by_key if "|" in key)
        )
        keep = next(iter(kinds), "")
        if both:
            first = min(at for key, every in by_key.items() if "|" in key for at in every)
            names = {"with": "prices with VAT", "without": "prices without VAT"}
            choices = [names[one] for one in sorted(kinds)] + (
                [] if len(kinds) > 1 else ["prices of which the heading says nothing"]
            )
            text, why = "which prices count", "the file has prices with VAT and without it"
            said = self.reading.decide("setting", text, "", self._place(first), why, sure=False, choices=choices)
            keep = next((one for one, name in names.items() if name == said), "other" if said else "")
        for key in [key for key in by_key if "|" in key]:
            every, (bare, _, kind) = by_key.pop(key), key.partition("|")
            if kind == keep:
                by_key[bare] = every + ([] if both else by_key.get(bare, []))
                self._say_vat(every[0], kind, both=both)
            elif both and keep:
                for at in every:
                    self._leave(at, "a person said that other prices count")
        if both and not keep:
            self._wait_for_vat(by_key)

    def _wait_for_vat(self, by_key: dict[str, list[int]]) -> None:
        for at, target in self.found.targets.items():
            if target.key.partition(":")[0] == "price":
                self.kinds[at] = "asked"
        for key in [key for key in by_key if key.partition(":")[0] == "price"]:
            del by_key[key]

    def _say_vat(self, at: int, kind: str, *, both: bool) -> None:
        if not both:
            facts = {"shown": f"“{self.found.paths[at]}”", "read": f"the price that counts; it is {kind} VAT"}
            self.reading.note("E-IMPORT-013", self._place(at), **facts)

    def _settle_total(self, by_key: dict[str, list[int]]) -> None:
        """Leave a total out where every year has its price; it is only held against their sum."""
        years = [f"price:{year}" for year in self.known.criteria.years]
        self.totals: list[int] = by_key.get("price", []) if years and all(year in by_key for year in years) else []
        if self.totals:
            del by_key["price"]
            for at in self.totals:
                self._leave(at, "it is the total of the years")

    def _as_one_name(self, by_key: dict[str, list[int]]) -> None:
        """Read a lone column Organisation as the name, which is also the id of who made the bid."""
        if "organisation" in by_key and "name" not in by_key:
            by_key["name"] = by_key["organisation"]
        elif "name" in by_key and "organisation" not in by_key:
            by_key["organisation"] = by_key["name"]
        if "bid" not in by_key and "title" in by_key and self._all_references(by_key["title"][0]):
            by_key["bid"] = by_key["title"]
        if "bid" not in by_key and "name" in by_key and self._all_references(by_key["name"][0]):
            by_key["bid"] = by_key["name"]

    def _all_references(self, at: int) -> bool:
        rows = [row for row in self.rows if len(self.grid.lines[row]) > 1]
        texts = [text for row in rows if (text := self.grid.text(row, at)) and not says_total(text)]
        parts = [split_reference(text)[0] for text in texts]
        return bool(parts) and all(parts) and len(set(parts)) == len(parts)

    def _one_of(self, key: str, every: list[int], choices: Sequence[str]) -> list[int]:
        """Take one of several columns that could be the same, where they say the same or a person chooses."""
        first, *others = every
        same = [
            at for at in others if all(self.grid.text(row, at) in ("", self.grid.text(row, first)) for row in self.rows)
        ]
        if len(same) == len(others):
            return [first]
        said = [at for at in every if ("column", folded(self.found.paths[at])) in self.reading.answers.answers]
        if len(said) == 1:
            return said
        for at in every:
            self._ask(at, self.found.paths[at], "", f"several columns could be {key}", choices)
        return []

    # The rows.

    def _row(self, row: int, chosen: Mapping[str, Sequence[int]]) -> tuple[dict[str, str], dict[str, Source]] | None:
        at = {key: every[0] for key, every in chosen.items()}
        who = [self.grid.text(row, at[key]) for key in ("bid", "name", "organisation") if key in at]
        filled = [column for column in self.grid.lines[row] if column in self.kinds and self.kinds[column] != LEFT_OUT]
        first = self.grid.text(row, self.grid.lines[row][0])
        if self._theme_row(first, len(self.grid.lines[row])):
            self.taker.label(row, self.grid.lines[row][0])
            return None
        if says_total(first) or not any(who) or (len(filled) == 1 and len(chosen) > 2) or self._is_note(row, chosen):
            self.left.append(row)
            return None
        self.used.add(row)
        made: dict[str, str] = {}
        origins: dict[str, Source] = {}
        for key, every in chosen.items():
            texts = [text for one in every if (text := self._value(row, one, key))]
            if texts:
                made[key] = JOINED.get(key, " ").join(texts)
                origins[key] = self.grid.place(row, every[0])
        if self.year_at and "price" in made:
            key = f"price:{self.words.year(self.grid.text(row, self.year_at))}"
            made[key], origins[key] = made.pop("price"), origins.pop("price")
        self._name_and_reference(made, at)
        self._theme_of(row, made, origins)
        self._total(row, made)
        return made, origins

    def _is_note(self, row: int, chosen: Mapping[str, Sequence[int]]) -> bool:
        """Whether a row under the bids, such as for signatures, has neither a theme nor a price though others do."""
        wanted = [at for key, every in chosen.items() if key == "theme" or key.startswith("price") for at in every]
        parted = row - 1 not in self.grid.lines or row - 1 in self.left
        return parted and len(wanted) > 1 and not any(self.grid.text(row, at) for at in wanted)

    def _value(self, row: int, at: int, key: str) -> str:
        column = self.columns[key]
        if key == "theme":
            return self._theme(row, at)
        if not self.grid.text(row, at):
            return ""
        heading = self.found.paths[at]
        return self.values.take(row, at, column, heading)

    def _theme(self, row: int, at: int) -> str:
        text = self.taker.label(row, at)
        ids = self.reading.name("theme", text, self.grid.place(row, at)) if text else ()
        return ids[0] if ids and len(ids) == 1 else ""

    def _name_and_reference(self, made: dict[str, str], at: Mapping[str, int]) -> None:
        """Part ``1. Bow Advice`` into the bid and who made it, where one column says both."""
        shared = [key for key in ("name", "title") if key in at and at[key] == at.get("bid")]
        if shared:
            made["bid"], name = split_reference(made.get("bid", ""))
            for key in ("name", "organisation", "title"):
                if key in at and at[key] == at["bid"]:
                    made[key] = name
        elif "bid" in made and self.reading.known.bids:
            match = self.known.names["bid"].find(made["bid"])
            made["bid"] = (
                match.ids[0]
                if match.sure and len(match.ids) == 1 and made["bid"] not in self.known.bids
                else made["bid"]
            )

    def _theme_row(self, text: str, width: int) -> bool:
        """Read a row that only names a theme, for the bids under it."""
        match = self.known.names["theme"].find(text)
        if width == 1 and match.sure and len(match.ids) == 1:
            self.theme = (match.ids[0], text)
            return True
        return False

    def _theme_of(self, row: int, made: dict[str, str], origins: dict[str, Source]) -> None:
        if "theme" in self.kinds.values():
            return
        only = [theme.id for theme in self.known.criteria.themes]
        title = self.known.names["theme"].find(self.grid.sheet.title) if self.grid.sheet.title else NO_MATCH
        said = (
            self.theme[0]
            or (title.ids[0] if title.sure and len(title.ids) == 1 else "")
            or (only[0] if len(only) == 1 else "")
        )
        if said:
            made["theme"], origins["theme"] = said, self.grid.place(row, 0)
        elif not any(one.code == "E-IMPORT-011" for one in self.reading.findings):
            self.reading.note("E-IMPORT-011", self.grid.place(self.found.headings[-1]), what="theme")

    def _total(self, row: int, made: Mapping[str, str]) -> None:
        """Hold a total that stands beside prices by year against their sum."""
        for at in self.totals:
            said = pence(self.grid.text(row, at).replace(" ", ""))
            years = [pence(made.get(f"price:{year}", "")) for year in self.known.criteria.years]
            if said is None or None in years:
                continue
            found = sum(year for year in years if year is not None)
            if said != found:
                self.reading.note("E-IMPORT-021", self.grid.place(row, at), total=pounds(said), sum=pounds(found))

    def _check(self) -> None:
        """Check what can be seen of the sheet, and tell which rows were left out."""
        if not self.grid.turned:
            shown = {at: self.found.paths[at] or places([(self.found.headings[-1], at)]) for at in self.kinds}
            self.taker.guard.check(shown, self.found.headings[0], sorted(self.used))
        else:
            shown = {row: self.grid.text(row, 1) or f"column {row}" for row in sorted(self.used)}
            self.taker.guard.check(shown, 1, sorted(self.kinds))
        if self.left:
            texts = (self.grid.text(row, at) for row in self.left for at in self.grid.lines[row])
            shown_rows = ", ".join(map(str, self.left[:5])) + (
                f" and {len(self.left) - 5} more" if len(self.left) > 5 else ""
            )
            facts = {"why": "they are no bid", "rows": shown_rows, "what": quoted(texts)}
            self.reading.note("E-IMPORT-005", self.grid.place(self.left[0]), **facts)


# All tables together.


def read_tables(
    tables: Sequence["RegisterReading"], reading: Reading
) -> tuple[list[dict[str, str]], list[dict[str, Source]]]:
    """Take the bids of every table, each once and with an id."""
    rows: list[dict[str, str]] = []
    origins: list[dict[str, Source]] = []
    for table in tables:
        more = table.read()
        rows += more[0]
        origins += more[1]
    kinds = [kind for table in tables for kind in table.kinds.values()]
    if "bid" not in kinds and "asked" not in kinds:
        _with_ids(rows, reading, tables[0])
    return _once(rows, origins, reading)


def _with_ids(rows: Sequence[dict[str, str]], reading: Reading, table: RegisterReading) -> None:
    """Give bids ids where no column does: those of the register that is there, else numbers in order."""
    without = [row for row in rows if not row.get("bid")]
    if not without:
        return
    bids = reading.known.bids
    there = {(folded(row.get("name", "")), row.get("theme", "")): key for key, row in bids.items()}
    width = max(2, len(str(len(rows))))
    free = (bid for number in range(1, 10**6) if (bid := f"B{number:0{width}}") not in bids)
    for row in without:
        row["bid"] = there.get((folded(row.get("name", "")), row.get("theme", ""))) or next(free)
    reading.note("E-IMPORT-020", table.grid.place(table.found.headings[-1]))


def _once(
    rows: Sequence[dict[str, str]], origins: Sequence[dict[str, Source]], reading: Reading
) -> tuple[list[dict[str, str]], list[dict[str, Source]]]:
    """Refuse a bid that stands a second time."""
    seen: dict[str, tuple[dict[str, str], dict[str, Source], Source]] = {}
    kept: tuple[list[dict[str, str]], list[dict[str, Source]]] = ([], [])
    for row, origin in zip(rows, origins, strict=True):
        bid, place = row.get("bid", ""), origin.get("bid") or origin.get("name") or Source(reading.file)
        if bid and bid in seen:
            there, its_cells, first = seen[bid]
            if _is_another_year(there, row):
                there |= row
                its_cells.update({key: cell for key, cell in origin.items() if key.startswith("price:")})
                continue
            reading.note("E-IMPORT-022", place, bid=bid, other=first.cell if first.sheet == place.sheet else str(first))
            continue
        seen[bid] = (row, origin, place)
        kept[0].append(row)
        kept[1].append(origin)
    return kept


def _is_another_year(there: Mapping[str, str], row: Mapping[str, str]) -> bool:
    """Whether a row only gives a bid that stands already the price of another year."""
    prices = {key for key in row if key.startswith("price:")}
    return bool(prices) and not prices & there.keys() and all(there.get(key) == row[key] for key in row.keys() - prices)


def _is_money(text: str) -> bool:
    return pence(re.sub(r"[\s]", "", text)) is not None and len(text) >= 3


__all__ = ["Found", "Names", "RegisterReading", "read_tables", "register_sheet", "register_tables"]
