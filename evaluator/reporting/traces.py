"""Where a bid's numbers came from: each mark and price with the file, sheet and cell that it stands in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.criteria import Question
from evaluator.records.evaluation import Bid
from evaluator.records.numbers import plain_decimal
from evaluator.records.outcome import Outcome
from evaluator.records.received import Table
from evaluator.records.source import Source

SPACE = " \t\r\n"


@dataclass(frozen=True)
class Said:
    """A mark that someone gave, or that the panel agreed (``evaluator`` is empty), with its reason and its cell."""

    evaluator: str
    mark: Decimal
    reason: str
    source: Source


@dataclass(frozen=True)
class AnswerTrace:
    """One answer of a bid: the mark that counts (None where a disregarded bid was not marked), and what it rests on."""

    question: Question
    weight: Decimal
    counts: Said | None
    rests_on: tuple[Said, ...]


@dataclass(frozen=True)
class Given:
    """A cell of the register that enters the scored price: what it is, its text, and where it stands."""

    what: str
    text: str
    source: Source


Index = Mapping[tuple[str, str], tuple[Said, ...]]


class Traces:
    """The traces of a run's answers; the tables are gone through once, however many bids are asked for."""

    def __init__(self, outcome: Outcome) -> None:
        self.criteria = outcome.criteria
        evaluation = outcome.evaluation
        self.single: Index = _index(evaluation.marks) if evaluation else {}
        self.agreed: Index = _index(evaluation.consensus) if evaluation else {}

    def of(self, bid: Bid) -> tuple[AnswerTrace, ...]:
        """Give the answers of a bid in the order of the published questions."""
        return tuple(self._answers(bid))

    def _answers(self, bid: Bid) -> Iterator[AnswerTrace]:
        weights = self.criteria.theme(bid.theme).weights
        for question in self.criteria.questions(bid.theme):
            key = (bid.organisation if question.scope == "organisation" else bid.id, question.id)
            single = self.single.get(key, ())
            by_panel = self.criteria.moderation.method == "consensus"
            counting = self.agreed.get(key, ()) if by_panel else single
            yield AnswerTrace(
                question, weights[question.id], next(iter(counting), None), single if by_panel else single[1:]
            )


def _index(table: Table | None) -> Index:
    """Find the marks of a table by what they answer, evaluators in order of their ids."""
    found: dict[tuple[str, str], list[Said]] = defaultdict(list)
    columns = table.columns if table else {}
    for row, (bid, question, text) in enumerate(
        zip(columns.get("bid", ()), columns.get("question", ()), columns.get("mark", ()), strict=True)
    ):
        mark = plain_decimal(text)
        if table is not None and mark is not None:
            who, reason = (columns[key][row] if key in columns else "" for key in ("evaluator", "reason"))
            said = Said(who.strip(SPACE), mark, reason, table.source(row, "mark"))
            found[bid.strip(SPACE), question.strip(SPACE)].append(said)
    return {key: tuple(sorted(all_said, key=lambda said: said.evaluator)) for key, all_said in found.items()}


def price_cells(register: Table | None, bid: Bid) -> tuple[Given, ...]:
    """Give the cells of the register that a bid's price and number of people were read from."""
    ids = [text.strip(SPACE) for text in register.columns.get("bid", ())] if register else []
    if register is None or bid.id not in ids:
        return ()
    row = ids.index(bid.id)
    keys = [key for key in register.columns if key in ("price", "people") or key.startswith("price:")]
    cells = (Given(key.replace(":", " "), register.columns[key][row], register.source(row, key)) for key in keys)
    return tuple(cell for cell in cells if cell.text.strip(SPACE))
