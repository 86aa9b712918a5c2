"""Where a bid's numbers came from: each mark and price with the file, sheet and cell that it stands in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from evaluator.records.findings.finding import Source
from evaluator.records.numbers import plain_decimal, pounds
from evaluator.records.programme.criteria import Question
from evaluator.records.programme.price.measured import MEASURED
from evaluator.records.programme.scales import Mark
from evaluator.records.results.allocation import FULL, Award
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Step
from evaluator.records.submissions.evaluation import Bid
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.several_marks import made_words, said_of
from evaluator.records.submissions.table_layouts import FOR_BIDDER

SPACE = " \t\r\n"
NOWHERE = Source("")


@dataclass(frozen=True)
class MarkTrace:
    """A mark that someone gave, or that the panel agreed (``evaluator`` is empty), with its reason and its cell.

    ``told`` is what the bidder is told and ``told_at`` its cell: the reason itself where no other was asked for.
    ``made`` says of a mark that nobody gave what it was worked out from, and ``how`` what it is called.
    """

    evaluator: str
    mark: Mark
    reason: str
    source: Source
    told: str = ""
    told_at: Source = NOWHERE
    made: str = ""
    how: str = "agreed"


@dataclass(frozen=True)
class AnswerTrace:
    """One answer of a bid: the mark that counts (None where a disregarded bid was not marked), and what it rests on."""

    question: Question
    weight: Decimal
    counts: MarkTrace | None
    rests_on: tuple[MarkTrace, ...]


@dataclass(frozen=True)
class RegisterCell:
    """A cell of the register that enters the scored price: what it is, its text, and where it stands."""

    what: str
    text: str
    source: Source


Index = Mapping[tuple[str, str], tuple[MarkTrace, ...]]


class Traces:
    """The traces of a run's answers; the tables are gone through once, however many bids are asked for."""

    def __init__(self, outcome: Outcome) -> None:
        self.criteria = outcome.criteria
        evaluation = outcome.evaluation
        self.single: Index = _index(evaluation.marks) if evaluation else {}
        self.agreed: Index = _index(evaluation.consensus) if evaluation else {}
        self.made = evaluation.worked_out if evaluation else {}
        self.rows = _rows_of(evaluation.consensus) if self.made and evaluation and evaluation.consensus else {}

    def of(self, bid: Bid) -> tuple[AnswerTrace, ...]:
        """Give the answers of a bid in the order of the published questions."""
        return tuple(self._answers(bid))

    def _answers(self, bid: Bid) -> Iterator[AnswerTrace]:
        weights = self.criteria.counted(bid.theme).weights
        for question in self.criteria.questions(bid.theme):
            key = (bid.organisation if question.scope == "organisation" else bid.id, question.id)
            single = self.single.get(key, ())
            if key in self.made:
                yield AnswerTrace(question, weights[question.id], self._worked_out(key, single), single)
                continue
            by_panel = self.criteria.moderation.method == "consensus"
            counting = self.agreed.get(key, ()) if by_panel else single
            yield AnswerTrace(
                question, weights[question.id], next(iter(counting), None), single if by_panel else single[1:]
            )

    def _worked_out(self, key: tuple[str, str], single: Sequence[MarkTrace]) -> MarkTrace:
        """Give a mark that was worked out, with what was written of it: for the file, and for the bidder.

        Where nobody was asked for a reason for the bidder, those of the evaluators are given, with nobody named.
        """
        made, moderation = self.made[key], self.criteria.moderation
        reason, place, told, told_at = self.rows.get(key, ("", NOWHERE, None, NOWHERE))
        if told is None:
            own = sorted((one.mark, one.reason.strip()) for one in single)
            told = " ".join(f"({number}) {text}" for number, (_, text) in enumerate(own, 1))
            told_at = single[0].source if single else NOWHERE
        words = made_words(moderation, made)
        return MarkTrace("", made.value, reason, place, told, told_at, words, said_of(moderation))


def _rows_of(table: Table) -> Mapping[tuple[str, str], tuple[str, Source, str | None, Source]]:
    """Give what was written of each answer with its place: for the file, and for the bidder, None where not asked."""
    found = {}
    asked = FOR_BIDDER.key in table.columns
    for row in range(len(table)):
        texts = {name: text.strip(SPACE) for name, text in table.row(row).items()}
        place = table.source(row, "reason")
        told_at = table.source(row, FOR_BIDDER.key) if asked else NOWHERE
        told = table.columns[FOR_BIDDER.key][row] if told_at.column else None
        found[texts.get("bid", ""), texts.get("question", "")] = texts.get("reason", ""), place, told, told_at
    return found


def _index(table: Table | None) -> Index:
    """Find the marks of a table by what they answer, evaluators in order of their ids."""
    found: dict[tuple[str, str], list[MarkTrace]] = defaultdict(list)
    columns = table.columns if table and "mark" in table.columns else {}
    for row, (bid, question, text) in enumerate(
        zip(columns.get("bid", ()), columns.get("question", ()), columns.get("mark", ()), strict=True)
    ):
        mark = plain_decimal(text)
        if table is not None and mark is not None:
            who, reason = (columns[key][row] if key in columns else "" for key in ("evaluator", "reason"))
            source = table.source(row, "mark")
            trace = MarkTrace(who.strip(SPACE), mark, reason, source, *_told(table, row, reason, source))
            found[bid.strip(SPACE), question.strip(SPACE)].append(trace)
    return {key: tuple(sorted(traces, key=lambda trace: trace.evaluator)) for key, traces in found.items()}


def _told(table: Table, row: int, reason: str, source: Source) -> tuple[str, Source]:
    """Give what the bidder is told of a mark: the text for the bidder where its sheet has that column, else the reason.

    A workbook with a sheet for each theme may have the column in some of them only.
    """
    if FOR_BIDDER.key in table.columns and (place := table.source(row, FOR_BIDDER.key)).column:
        return table.columns[FOR_BIDDER.key][row], place
    return reason, source


def price_cells(register: Table | None, bid: Bid) -> tuple[RegisterCell, ...]:
    """Give the cells of the register that a bid's price, number of people and measured figures were read from."""
    ids = [text.strip(SPACE) for text in register.columns.get("bid", ())] if register else []
    if register is None or bid.id not in ids:
        return ()
    row = ids.index(bid.id)
    keys = [key for key in register.columns if key in ("price", "people") or key.startswith(("price:", MEASURED))]
    cells = (RegisterCell(key.replace(":", " "), register.columns[key][row], register.source(row, key)) for key in keys)
    return tuple(cell for cell in cells if cell.text.strip(SPACE))


EXTREMES: Mapping[str, Callable[[Iterable[Fraction]], Fraction]] = {"lowest": min, "highest": max}


def prices_of_others(
    register: Table | None, prices: Mapping[Bid, Fraction | None], steps: Sequence[Step]
) -> tuple[RegisterCell, ...]:
    """Give the cells of the lowest and highest scored prices, where a step of the calculation rests on them.

    Where several bids have that price, the first of them stands for all.

    Parameters
    ----------
    prices : the scored price of every ranked bid of the theme.
    """
    known = {bid: price for bid, price in prices.items() if price is not None}
    found: list[RegisterCell] = []
    for name, extreme in EXTREMES.items():
        if known and any(step.rule == f"price statistic: {name}" for step in steps):
            first = next(bid for bid, price in known.items() if price == extreme(known.values()))
            found += [replace(one, what=f"{name}: {first.id}, {one.what}") for one in price_cells(register, first)]
    return tuple(found)


def award_steps(award: Award | None, bid: Bid, years: Sequence[str], *, sums: bool = False) -> tuple[Step, ...]:
    """Give the steps from a bid's ask to what it is awarded, year by year and in all.

    ``sums``: whether sums of awards are published, so that an award may be no plain share of the ask.
    """
    if award is None:
        return ()
    if sums:
        words = f"{award.level} of {pounds(bid.price or 0)}, by its rank, its score, the panel or what was left"
        paid = [Step(f"tranche {when}", "of the award", Fraction(part, 100)) for when, part in award.payments]
        return (Step("award", words, Fraction(award.amount, 100)), *paid)
    rounding = "" if award.level == FULL else ", rounded to the penny, halves away from nought"
    asked = [*zip(years, bid.by_year, award.by_year, strict=False)]
    words = f"{award.level} of {{}}{rounding}"
    by_year = [Step(f"award {year}", words.format(pounds(ask)), Fraction(paid, 100)) for year, ask, paid in asked]
    words = "the years added up" if asked else words.format(pounds(bid.price or 0))
    return (*by_year, Step("award", words, Fraction(award.amount, 100)))
