"""Why a bid got what it got: every number of it, back to the cell that it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from evaluator.records.numbers import decimal_text, pounds, ratio_decimal
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome, status
from evaluator.records.results.scores import Step
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Table
from evaluator.reporting.shared.bid_rows import Row, shown, theme_rows
from evaluator.reporting.shared.pages import render_untyped
from evaluator.reporting.shared.provenance import (
    AnswerTrace,
    Given,
    Said,
    Traces,
    award_steps,
    price_cells,
    prices_of_others,
)

SCHEMA = "explain/1"


@dataclass(frozen=True)
class Explanation:
    """A bid with its fate in one sentence, its answers, the cells of its price, the steps, and people's decisions."""

    outcome: Outcome
    theme: str
    row: Row
    fate: str
    answers: tuple[AnswerTrace, ...]
    prices: tuple[Given, ...]
    steps: tuple[Step, ...]
    decisions: tuple[Decision, ...]
    question: str = ""
    others: tuple[Given, ...] = ()  # cells of the lowest and highest prices, where the bid's points rest on them


def explanation(
    outcome: Outcome, register: Table | None, steps: Sequence[Step], bid: str, question: str = ""
) -> Explanation:
    """Explain a bid of a scored run, or one question of it.

    Parameters
    ----------
    register : as received, for the cells of the prices.
    steps : of the bid, as scoring gives them.
    question : an id; only this answer and its steps are explained then.

    Raises
    ------
    KeyError
        When the run has no such bid, or the bid's theme no such question.
    """
    outcome = held_back(outcome)
    found = ((view, row) for view in theme_rows(outcome) for row in view.rows if row.bid.id == bid)
    view, row = next(found, (None, None))
    if view is None or row is None:
        raise KeyError(f"bid {bid}")
    if question and question not in view.questions:
        raise KeyError(f"question {question} in the theme of {bid}")
    answers = Traces(outcome).of(row.bid)
    ranked = {other.bid: other.scored_price for other in view.rows if other.rank}
    steps = (*steps, *award_steps(row.award, row.bid, outcome.criteria.years))
    about = (f"weights: {question}", f"minimum_marks: {question}", f"tie_break: question:{question}")
    return Explanation(
        outcome=outcome,
        theme=view.theme.title,
        row=row,
        fate=fate(outcome, row),
        answers=tuple(one for one in answers if question in ("", one.question.id)),
        prices=() if question else price_cells(register, row.bid),
        steps=tuple(step for step in steps if not question or step.rule in about),
        decisions=tuple(one for one in _decisions(outcome) if one.bid == bid and not question),
        question=question,
        others=() if question else prices_of_others(register, ranked, steps),
    )


def _decisions(outcome: Outcome) -> tuple[Decision, ...]:
    return outcome.evaluation.decisions if outcome.evaluation else ()


def fate(outcome: Outcome, row: Row) -> str:
    """Say in a sentence what became of a bid, and why."""
    if row.award:
        needed = " ".join(_needed(outcome, row.bid.id))
        award = f"{pounds(row.award.amount)} ({row.award.level} of what it asked)"
        if status(outcome) == "award_recommended":
            return f"Recommended for an award of {award}. {needed}".rstrip()
        return (
            f"Among the awards that were worked out, with {award}; no award can be recommended yet. {needed}".rstrip()
        )
    if row.refusal:
        return f"Not recommended for an award. {row.refusal.explanation}"
    if row.reason:
        return f"Not ranked. {row.reason}"
    return "Ranked. No money was divided." if outcome.allocation is None else "Ranked."


def _needed(outcome: Outcome, bid: str) -> tuple[str, ...]:
    cases = outcome.allocation.cases if outcome.allocation else ()
    return next((case.needed for case in cases if case.bid == bid), ())


def facts(told: Explanation) -> list[tuple[str, str]]:
    """Give the bid's figures, each with its name; those that it has not got are left out."""
    row, rounding = told.row, told.outcome.criteria.rounding
    values = (
        ("Quality score", row.quality),
        ("Price points", row.price_points),
        ("Index", row.index),
        ("Total", row.total),
    )
    found = [(name, shown(value, rounding)) for name, value in values if value is not None]
    if row.rank:
        tied = f", tied with {', '.join(row.tied_with)}" if row.tied_with else ""
        found.append(("Rank", f"{row.rank}{tied}"))
    return found


def result(step: Step) -> str:
    """Write the exact result of a step."""
    return ratio_decimal(step.result.numerator, step.result.denominator)


def explanation_document(told: Explanation) -> dict[str, Any]:
    """Give an explanation as JSON values; numbers are exact decimal texts or ``p/q``."""
    row = told.row
    return {
        "schema": SCHEMA,
        "run": told.outcome.run.name,
        "seal": told.outcome.seal.sha256 if told.outcome.seal else None,
        "bid": row.bid.id,
        "theme": row.bid.theme,
        "organisation": row.bid.organisation,
        "status": row.status,
        "fate": told.fate,
        "figures": dict(facts(told)),
        "answers": [_answer(answer) for answer in told.answers],
        "prices": [{"what": one.what, "text": one.text, "source": str(one.source)} for one in told.prices],
        "prices_of_others": [{"what": one.what, "text": one.text, "source": str(one.source)} for one in told.others],
        "decisions": [_decision(one) for one in told.decisions],
        "steps": [{"rule": step.rule, "working": step.working, "result": result(step)} for step in told.steps],
    }


def _answer(answer: AnswerTrace) -> dict[str, Any]:
    return {
        "question": answer.question.id,
        "weight": decimal_text(answer.weight),
        "counts": _said(answer.counts) if answer.counts else None,
        "rests_on": [_said(said) for said in answer.rests_on],
    }


def _said(said: Said) -> dict[str, str]:
    mark, source = decimal_text(said.mark), str(said.source)
    return {"evaluator": said.evaluator, "mark": mark, "reason": said.reason, "source": source}


def _decision(one: Decision) -> dict[str, str]:
    words = {"matter": one.matter, "decision": one.decision, "reason": one.reason, "ground": one.ground}
    return {**words, "person": one.person, "date": one.date, "source": str(one.source)}


def explanation_text(told: Explanation) -> str:
    """Write an explanation for the screen: the fate first, then marks, price and steps, each with its place."""
    row = told.row
    parts = (
        [f"{row.bid.id} · {told.theme} · {row.name} ({row.bid.organisation})", told.fate],
        [" · ".join(f"{name} {value}" for name, value in facts(told))],
        *([["", f"{one.matter.replace('_', ' ')}: {_decided(one)}"] for one in told.decisions]),
        ["", "Marks"],
        chain.from_iterable(map(_answer_lines, told.answers)),
        ["", "Price"] if told.prices else [],
        [f"  {one.what}: {one.text}  [{one.source}]" for one in told.prices],
        ["", "Prices of others that its points rest on"] if told.others else [],
        [f"  {one.what}: {one.text}  [{one.source}]" for one in told.others],
        ["", "Steps"],
        [f"  {step.rule}: {step.working} = {result(step)}" for step in told.steps],
    )
    return "\n".join(chain.from_iterable(parts))


def _decided(one: Decision) -> str:
    return f"{one.decision} by {one.person}: {one.reason}  [{one.source}]"


def _answer_lines(answer: AnswerTrace) -> Iterator[str]:
    yield f"  {answer.question.id} {answer.question.title} (weight {decimal_text(answer.weight)})"
    if answer.counts is None:
        yield "    not marked"
    for said in filter(None, (answer.counts, *answer.rests_on)):
        yield f"    {said.evaluator or 'agreed'}: {decimal_text(said.mark)}  [{said.source}]  {said.reason}"


def explanation_html(told: Explanation) -> str:
    """Write an explanation as a page."""
    return render_untyped("explain.html", told.outcome, told=told, row=told.row, facts=facts(told), result=result)
