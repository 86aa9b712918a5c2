"""What every test of exceptions looks at: the tables of a run, put together once, and how an item is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from evaluator.evidence.tables import Row, Tables
from evaluator.records.dates import day_number, read_day
from evaluator.records.submissions.spellings import folded

Answer = tuple[str, str]  # a bid or an organisation, and a question
RECUSED = "recused"


@dataclass(frozen=True)
class Place:
    """A cell: its file, its sheet, and its address; of the ledger the number of the entry in place of a cell."""

    file: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Seen:
    """One thing that was seen: whom or what it is about, in words, and the cells that show it."""

    about: str
    words: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Thresholds:
    """What counts as little: ``points`` between two totals, and ``days`` before the run."""

    points: Fraction = Fraction(1)
    days: int = 2


@dataclass(frozen=True)
class Look:
    """The tables of the evidence store, with what several tests need of them."""

    tables: Tables
    thresholds: Thresholds = Thresholds()

    @cached_property
    def scores(self) -> Mapping[str, Row]:
        """Every bid's scores by its id."""
        return {row["bid"]: row for row in self.tables["scores"]}

    @cached_property
    def awarded(self) -> frozenset[str]:
        """The bids with an award."""
        return frozenset(row["bid"] for row in self.tables["awards"])

    @cached_property
    def totals(self) -> Mapping[str, Fraction]:
        """The exact total of each ranked bid; of none where the total is an index or an adjusted price."""
        if any(row["price_index"] is not None for row in self.scores.values()):
            return {}
        rows = (row for row in self.scores.values() if row["exact_total"] is not None and row["rank"] is not None)
        return {row["bid"]: Fraction(row["exact_total"]) for row in rows}

    @cached_property
    def themes(self) -> Mapping[str, Sequence[str]]:
        """The ranked bids of each theme, the best first."""
        ranked = sorted((row for row in self.scores.values() if row["rank"] is not None), key=lambda row: row["rank"])
        found: dict[str, list[str]] = {}
        for row in ranked:
            found.setdefault(row["theme"], []).append(row["bid"])
        return dict(sorted(found.items()))

    @cached_property
    def register(self) -> Mapping[str, Mapping[str, Row]]:
        """The filled cells of the register by bid and column."""
        found: dict[str, dict[str, Row]] = {}
        for row in self.tables["register"]:
            found.setdefault(row["bid"], {})[row["column_name"]] = row
        return found

    @cached_property
    def given(self) -> Mapping[Answer, Sequence[Row]]:
        """Evaluators' own marks that are numbers, by the answer that they are for."""
        return _by_answer(self.tables["marks"])

    @cached_property
    def agreed(self) -> Mapping[Answer, Row]:
        """The agreed marks that are numbers."""
        return {answer: rows[-1] for answer, rows in _by_answer(self.tables["agreed_marks"]).items()}

    @cached_property
    def questions(self) -> Mapping[str, Sequence[Row]]:
        """The scored questions of each theme."""
        found: dict[str, list[Row]] = {}
        for row in self.tables["questions"]:
            found.setdefault(row["theme"], []).append(row)
        return found

    @cached_property
    def points(self) -> Mapping[tuple[str, str, Fraction], Fraction]:
        """The points that a mark gives, by theme, question and mark."""
        return {
            (row["theme"], row["question"], Fraction(row["mark"])): Fraction(row["exact_points"])
            for row in self.tables["scales"]
        }

    @cached_property
    def run_day(self) -> str:
        """The day of the run, or that of the ledger's last entry where the run has none; empty where there is none."""
        facts = {row["what"]: row["value"] for row in self.tables["run"]}
        told = [*(row["recorded_on"] for row in self.tables["ledger"][-1:]), facts.get("date", "")]
        return next((day for text in reversed(told) if (day := read_day(text.partition("T")[0]))), "")

    def near_the_run(self, text: str) -> bool:
        """Whether a day is that of the run, or one of the few before it."""
        day = read_day(text.partition("T")[0])
        if not day or not self.run_day:
            return False
        return 0 <= day_number(self.run_day) - day_number(day) <= self.thresholds.days

    def answers_of(self, bid: str) -> Iterable[tuple[Row, Answer]]:
        """Give each question of a bid with the answer that is marked for it."""
        row = self.scores[bid]
        for question in self.questions.get(row["theme"], ()):
            whose = row["organisation"] if question["answered_by"] == "organisation" else bid
            yield question, (whose, question["question"])

    def name(self, bid: str) -> str:
        """Call a bid as people know it, with its id."""
        cells = self.register.get(bid, {})
        called = next((cells[key]["received"].strip() for key in ("name", "organisation") if key in cells), "")
        return f"{called} ({bid})" if called and called != bid else bid

    def organisation(self, organisation: str) -> str:
        """Call an organisation as people know it, with its id."""
        names = (str(row["name"]) for row in self.scores.values() if row["organisation"] == organisation)
        called = next(names, "")
        return f"{called} ({organisation})" if called and called != organisation else organisation

    def in_register(self, bid: str, column: str = "") -> tuple[Place, ...]:
        """Give the cell of a bid in the register: in a column, or else that of its price, or its first."""
        cells = self.register.get(bid, {})
        prices = [key for key in cells if key.partition(":")[0] == "price"]
        chosen = next((key for key in (column, *prices, *cells) if key in cells), None)
        return (place_of(cells[chosen]),) if chosen is not None else ()

    def connected(self, one: str, other: str) -> bool:
        """Whether two bids are of one organisation, or of a consortium in which the other's takes part."""
        return bool(self._parties(one) & self._parties(other))

    def _parties(self, bid: str) -> frozenset[str]:
        cells = self.register.get(bid, {})
        told = [cells[key]["received"] for key in ("organisation", "members") if key in cells]
        return frozenset(folded(part) for text in told for part in text.split(";") if part.strip())


def _by_answer(rows: Iterable[Row]) -> dict[Answer, list[Row]]:
    found: dict[Answer, list[Row]] = {}
    for row in rows:
        if row["used"]:
            found.setdefault((row["bid_or_organisation"], row["question"]), []).append(row)
    return found


def place_of(row: Row) -> Place:
    """Give the cell that a row of a table stands in."""
    return Place(row["file"], row["sheet"], row["cell"])


def mark(row: Row) -> Fraction:
    """Give the mark of a row as a number."""
    return number(row["used"])


@lru_cache(maxsize=1000)
def number(text: str) -> Fraction:
    """Give a number that is read often; there are few marks, and many rows of them."""
    return Fraction(text)
