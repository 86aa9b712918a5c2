"""The sheets of what people said: every mark with its reason beside the consensus, and every decision."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from evaluator.records.documents import Cell, Sheet
from evaluator.records.programme.scales import Mark
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Answer
from evaluator.records.submissions.several_marks import said_of
from evaluator.reporting.results.grid import headings, titled
from evaluator.reporting.shared.bid_rows import bid_names
from evaluator.reporting.shared.events import event_lines
from evaluator.reporting.shared.figures import as_decimal

MARKS, DECISIONS, CHANGES = "Marks", "Decisions", "Score changes"
MARKS_NOTE = "One row for each evaluator's mark, beside the mark that counts. Nothing is averaged."
MADE_NOTE = "One row for each evaluator's mark, beside the mark that counts, which is the {} of them, as published."
Line = tuple[Cell, ...]


def marks_sheet(outcome: Outcome) -> Sheet:
    """List every individual mark with its reason, beside the mark that counts and the reason for that."""
    moderation = outcome.criteria.moderation
    what = said_of(moderation).capitalize() if moderation.combines else "Consensus"
    words = ("Bid or organisation", "Organisation", "Question", what, "Evaluator", "Mark", f"Above {what.lower()}")
    note = MADE_NOTE.format(what.lower()) if moderation.combines else MARKS_NOTE
    lines = titled("Marks and reasons", note)
    lines.append(headings(*words, "Evaluator's reason", f"Reason for the {what.lower()}"))
    first, names = len(lines), _names(outcome)
    for answer in outcome.answers:
        lines.extend(_answer(answer, names.get(answer.bid, "")))
    table = (first, len(lines)) if len(lines) > first else None
    widths = (14, 30, 10, 11, 11, 8, 11, 70, 70)
    return Sheet(MARKS, tuple(lines), widths=widths, freeze=(first, 3), table=table, protected=True)


def _names(outcome: Outcome) -> dict[str, str]:
    """Give the organisation's name for each bid and for each organisation that answers for all its bids."""
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    return {bid.organisation: bid.name for bid in bids} | bid_names(outcome)


def _answer(answer: Answer, name: str) -> Iterator[Line]:
    counts = _as_number(answer.mark)
    who = (Cell(answer.bid), Cell(name, style="text"), Cell(answer.question), Cell(counts))
    agreed = Cell(answer.reason, style="text")
    for evaluator, mark, reason in answer.marks:
        above = _as_number(Fraction(mark) - Fraction(answer.mark)) if answer.made else mark - counts
        yield (*who, Cell(evaluator), Cell(mark), Cell(above), Cell(reason, style="text"), agreed)
    if not answer.marks:
        yield (*who, Cell(), Cell(), Cell(), Cell(), agreed)


def _as_number(mark: Mark) -> Decimal:
    return as_decimal(mark) if isinstance(mark, Fraction) else mark


def decisions_sheet(outcome: Outcome) -> Sheet:
    """List people's decisions on bids, and the evaluators who stood aside."""
    lines = titled("What people decided")
    lines.append(
        headings("Bid", "Matter", "Subject", "Decision", "Reason", "Ground", "Decided by", "Date", "Bidder heard")
    )
    evaluation = outcome.evaluation
    for one in evaluation.decisions if evaluation else ():
        words = (one.bid, one.matter.replace("_", " "), one.subject, one.decision, one.reason, one.ground, one.person)
        further = [f"{what}: {text}" for what, text in one.further]
        lines.append(tuple(Cell(word, style="text") for word in (*words, one.date, one.heard, *further)))
    lines += [(), (Cell("Who stood aside", style="title"),), headings("Evaluator", "Bid or organisation")]
    lines.extend((Cell(evaluator), Cell(subject)) for evaluator, subject in (evaluation.recused if evaluation else ()))
    return Sheet(DECISIONS, tuple(lines), widths=(14, 20, 16, 14, 60, 34, 26, 13, 34), protected=True)


def changes_sheet(outcome: Outcome) -> Sheet:
    """List every change of what counts for a bid: agreed marks that are not the mark given, and bids disregarded.

    Each with who, when (of an agreed mark as the ledger has it, where one is kept), what it was and became, and why.
    Nothing was overwritten.
    """
    lines = titled("Score changes: who, when, why", CHANGES_NOTE)
    lines.append(headings("Bid or organisation", "What", "#Given", "#Counts", "Who", "When", "Why"))
    first = len(lines)
    lines.extend(line for answer in outcome.answers for line in _moved(answer, outcome.agreed_when))
    for one in outcome.evaluation.decisions if outcome.evaluation else ():
        what = f"{one.matter.replace('_', ' ')}: {one.decision}"
        words = (one.bid, what, "", "", one.person, one.date, one.reason)
        lines.append(tuple(Cell(word or None, style="text") for word in words))
    for line in event_lines(evaluation.events) if (evaluation := outcome.evaluation) else ():
        told = (
            line.subject,
            line.kind,
            "",
            "",
            line.person,
            line.date,
            f"{line.what} {line.reason} {line.undone}".strip(),
        )
        lines.append(tuple(Cell(word or None, style="text") for word in told))
    table = (first, len(lines)) if len(lines) > first else None
    return Sheet(
        CHANGES, tuple(lines), widths=(20, 30, 9, 9, 34, 13, 90), freeze=(first, 2), table=table, protected=True
    )


CHANGES_NOTE = "A row for each evaluator's mark that is not the mark that counts, and for each decision on a bid."
PANEL = "panel, at moderation; the mark was given by"


def _moved(answer: Answer, agreed_when: Mapping[str, str]) -> Iterator[Line]:
    when = agreed_when.get(f"{answer.bid} {answer.question}", "").replace("T", " ")
    for evaluator, mark, _ in () if answer.made else answer.marks:  # nobody changed what was worked out
        if mark != answer.mark:
            words = (Cell(answer.bid), Cell(f"mark for {answer.question}"), Cell(mark), Cell(_as_number(answer.mark)))
            who = Cell(f"{PANEL} {evaluator}", style="text")
            yield (*words, who, Cell(when, style="text") if when else Cell(), Cell(answer.reason, style="text"))
