"""What explanations rest on: a run worked out again, what came in, where what was published stands, and its cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from evaluator.records.documents import Json
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import pounds
from evaluator.records.programme.price.measured import MEASURED
from evaluator.records.results.allocation import Award
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Step
from evaluator.records.submissions.evaluation import Bid, Decision
from evaluator.records.submissions.received import Received, Table
from evaluator.records.submissions.several_marks import mark_text
from evaluator.reporting.audit.traces.figure import Cell, Part
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, score_text, theme_rows
from evaluator.reporting.shared.provenance import SPACE, AnswerTrace, Traces
from evaluator.reporting.shared.references import theme_references

PRICES = ("price", "people")  # columns of the register that a price rests on, beside those of years, lines and figures
PublishedAt = Callable[[str, str], Source]


@dataclass(frozen=True)
class Replies:
    """Where the replies to one question of the equality monitoring stand: never what any of them is."""

    question: str
    cells: tuple[Source, ...]  # a column of cells, by sheet; empty where the monitoring is not at hand
    files: tuple[str, ...]  # that the bundle says are kept apart


@dataclass(frozen=True)
class Traced:
    """A run, as far as explanations follow it.

    Parameters
    ----------
    outcome : as it was worked out again, with whom the bids serve, and without any reply to the monitoring.
    steps : gives the steps to a bid's score.
    published_at : gives where a ``rule``, ``question``, ``theme`` or ``weight`` stands, by its id.
    stages : the ids of the bids that reach each stage that the equality summary counts.
    served : by ``ward``, ``group`` and ``outcome``, and then by name, the ids of the bids that serve it.
    printed : its ``outcome.json``, as the run wrote it.
    replies : where the replies to each question stand.
    """

    outcome: Outcome
    received: Received
    steps: Callable[[str], Sequence[Step]]
    published_at: PublishedAt
    stages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    served: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    printed: Json = field(default_factory=dict)
    replies: Sequence[Replies] = ()

    @cached_property
    def views(self) -> tuple[ThemeRows, ...]:
        """The scored bids by theme."""
        return theme_rows(self.outcome)

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every scored bid by its id."""
        return {row.bid.id: row for view in self.views for row in view.rows}

    @cached_property
    def bids(self) -> Mapping[str, Bid]:
        """Every bid by its id."""
        return {bid.id: bid for bid in (self.outcome.evaluation.bids if self.outcome.evaluation else ())}

    @cached_property
    def awards(self) -> Mapping[str, Award]:
        """The awards by bid."""
        return {award.bid: award for award in (self.outcome.allocation.awards if self.outcome.allocation else ())}

    @cached_property
    def themes(self) -> Mapping[str, str]:
        """The reference of each theme."""
        return theme_references(self.outcome.criteria)

    @cached_property
    def answers(self) -> Mapping[str, tuple[AnswerTrace, ...]]:
        """The answers of every bid, each with the marks that it rests on."""
        traces = Traces(self.outcome)
        return {bid.id: traces.of(bid) for bid in self.bids.values()}

    @cached_property
    def decided(self) -> Mapping[str, tuple[Decision, ...]]:
        """What people decided on each bid."""
        found: dict[str, tuple[Decision, ...]] = {}
        for one in self.outcome.evaluation.decisions if self.outcome.evaluation else ():
            found[one.bid] = (*found.get(one.bid, ()), one)
        return found

    @cached_property
    def _register(self) -> Mapping[str, int]:
        table = self.received.register
        return {text.strip(SPACE): row for row, text in enumerate(table.columns.get("bid", ()))} if table else {}

    def register_cells(self, bid: str, wanted: Callable[[str], bool]) -> tuple[Cell, ...]:
        """Give the cells of a bid's row of the register in the columns that are wanted, by their keys."""
        table, row = self.received.register, self._register.get(bid)
        return () if table is None or row is None else tuple(self._cells(table, row, bid, wanted))

    def _cells(self, table: Table, row: int, bid: str, wanted: Callable[[str], bool]) -> list[Cell]:
        keys = [key for key in table.columns if wanted(key) and table.columns[key][row].strip(SPACE)]
        return [
            Cell(f"{key.replace(':', ' ')} of {bid}", table.columns[key][row], table.source(row, key)) for key in keys
        ]

    def column(self, bid: str, *names: str) -> tuple[Cell, ...]:
        """Give the cells of some columns of a bid's row."""
        return self.register_cells(bid, lambda key: key in names)

    def prices(self, bid: str, year: str = "") -> tuple[Cell, ...]:
        """Give the cells of a bid's price, in one year or in all, with what else the register says of it in figures."""
        if year:
            return self.column(bid, f"price:{year}") or self.column(bid, "price")
        return self.register_cells(bid, lambda key: key in PRICES or key.startswith(("price:", MEASURED)))

    def marks(self, bid: str, question: str = "") -> tuple[Cell, ...]:
        """Give the cells of the marks that count for a bid, or of one question all that it rests on as well."""
        found = []
        for answer in self.answers.get(bid, ()):
            if answer.counts is None or question not in ("", answer.question.id):
                continue
            which = (answer.counts, *(answer.rests_on if question or answer.counts.made else ()))
            for one in which:
                who = one.evaluator or one.how
                found.append(Cell(f"{answer.question.id} of {bid}, {who}", mark_text(one.mark), one.source))
                if question and one is answer.counts and one.told_at != one.source:
                    found.append(Cell(f"reason for {answer.question.id} of {bid}", one.told, one.told_at))
        return tuple(one for one in found if str(one.source))

    def decisions(self, bid: str) -> tuple[Cell, ...]:
        """Give the cells of people's decisions on a bid."""
        return tuple(
            Cell(f"{one.matter.replace('_', ' ')}, decided by {one.person}", one.decision, one.source)
            for one in self.decided.get(bid, ())
        )

    def name(self, bid: str) -> str:
        """Name a bid as people know it: its organisation, and its id."""
        own = self.bids[bid]
        return f"{own.name or own.organisation} ({bid})"

    def score(self, bid: str) -> tuple[Cell, ...]:
        """Give the cells that a bid's total and rank rest on: its marks, its price, and decisions on it."""
        return (*self.marks(bid), *self.prices(bid), *self.decisions(bid))

    def scored(self, bid: str) -> Part:
        """Give a bid with its total, down to its cells."""
        row = self.rows[bid]
        total = score_text(row.total, self.outcome.criteria.rounding)
        return Part(bid, self.name(bid), total if row.total is not None else row.reason, self.score(bid))

    def awarded(self, bid: str, at: int | None = None) -> Part:
        """Give a bid with what it is awarded, in one year or in all, down to the cells of what it asked."""
        award = self.awards[bid]
        if at is None:
            return Part(bid, self.name(bid), pounds(award.amount), self.score(bid))
        year = self.outcome.criteria.years[at]
        return Part(bid, self.name(bid), pounds(award.by_year[at]), self.prices(bid, year))

    def received_as(self, bid: str, *names: str) -> Part:
        """Give a bid with what the register says of it in some columns."""
        cells = self.column(bid, *names)
        return Part(bid, self.name(bid), "; ".join(dict.fromkeys(cell.text for cell in cells)), cells)
