"""Why a bid got what it got: every number of it, back to the cell that it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain

from evaluator.records.documents import Json
from evaluator.records.numbers import decimal_text, exact_text, pounds
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome, status
from evaluator.records.results.scores import Step
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.several_marks import mark_text
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, score_text, stage_row, theme_rows
from evaluator.reporting.shared.events import EventLine, event_lines
from evaluator.reporting.shared.pages import HeadedPage, about, render
from evaluator.reporting.shared.provenance import (
    AnswerTrace,
    MarkTrace,
    RegisterCell,
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
    prices: tuple[RegisterCell, ...]
    steps: tuple[Step, ...]
    decisions: tuple[Decision, ...]
    question: str = ""
    events: tuple[EventLine, ...] = ()  # that are about the bid or its lot
    others: tuple[RegisterCell, ...] = ()  # cells of the lowest and highest prices, where the bid's points rest on them


class Gathered:
    """What explanations of one run share, so that it is gathered once however many bids are explained."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = held_back(outcome)
        self.by_bid = {row.bid.id: (view, row) for view in theme_rows(self.outcome) for row in view.rows}
        self.traces = Traces(self.outcome)

    def of(self, bid: str, question: str) -> tuple[ThemeRows, Row]:
        """Give a bid with its theme; KeyError where there is none, or where its theme has no such question."""
        if bid not in self.by_bid:
            raise KeyError(f"bid {bid}")
        view, row = self.by_bid[bid]
        if question and question not in view.questions:
            raise KeyError(f"question {question} in the theme of {bid}")
        return view, row


def explanation(
    outcome: Outcome,
    register: Table | None,
    steps: Sequence[Step],
    bid: str,
    question: str = "",
    gathered: Gathered | None = None,
) -> Explanation:
    """Explain a bid of a scored run, or one question of it.

    Parameters
    ----------
    register : as received, for the cells of the prices.
    steps : of the bid, as scoring gives them.
    question : an id; only this answer and its steps are explained then.
    gathered : of the same outcome, where several bids are explained.

    Raises
    ------
    KeyError
        When the run has no such bid, or the bid's theme no such question.
    """
    gathered = gathered or Gathered(outcome)
    outcome = gathered.outcome
    if outcome.scores is None and outcome.stages:
        return _of_stage(outcome, steps, bid, question)
    view, row = gathered.of(bid, question)
    answers = gathered.traces.of(row.bid)
    ranked = {other.bid: other.scored_price for other in view.rows if other.rank}
    steps = _with_award(outcome, row, steps, question)
    return Explanation(
        outcome=outcome,
        theme=view.theme.title,
        row=row,
        fate=fate(outcome, row),
        answers=tuple(one for one in answers if question in ("", one.question.id)),
        prices=() if question else price_cells(register, row.bid),
        steps=steps,
        decisions=tuple(one for one in _decisions(outcome) if one.bid == bid and not question),
        question=question,
        events=() if question else tuple(_events(outcome, row)),
        others=() if question else prices_of_others(register, ranked, steps),
    )


def _with_award(outcome: Outcome, row: Row, steps: Sequence[Step], question: str) -> tuple[Step, ...]:
    """Give a bid's steps to its award, or those of one question alone."""
    sums = outcome.criteria.amounts is not None
    steps = (*steps, *award_steps(row.award, row.bid, outcome.criteria.years, sums=sums))
    about = (f"weights: {question}", f"minimum_marks: {question}", f"tie_break: question:{question}")
    return tuple(step for step in steps if not question or step.rule in about)


def _of_stage(outcome: Outcome, steps: Sequence[Step], bid: str, question: str) -> Explanation:
    """Explain a bid, or one question of it, of a run that was for a stage."""
    stage = next(one for one in outcome.criteria.stage if one.id == outcome.stages[-1].stage)
    line = outcome.stages[-1].by_bid.get(bid)
    own = next((one for one in (outcome.evaluation.bids if outcome.evaluation else ()) if one.id == bid), None)
    if line is None or own is None:
        raise KeyError(f"bid {bid} in the stage {stage.id}")
    if question and question not in stage.questions:
        raise KeyError(f"question {question} in the stage {stage.id}")
    answers = Traces(replace(outcome, criteria=outcome.criteria.of_stage(stage))).of(own)
    return Explanation(
        outcome=outcome,
        theme=outcome.criteria.theme(line.theme).title,
        row=stage_row(own, line),
        fate=f"{'Goes on' if line.passed else 'Does not go on'} from the stage {stage.name}. {line.reason}",
        answers=tuple(one for one in answers if question in ("", one.question.id)),
        prices=(),
        steps=tuple(step for step in steps if not question or step.rule.endswith(f": {question}")),
        decisions=tuple(one for one in _decisions(outcome) if one.bid == bid and not question),
        question=question,
    )


def _decisions(outcome: Outcome) -> tuple[Decision, ...]:
    return outcome.evaluation.decisions if outcome.evaluation else ()


def _events(outcome: Outcome, row: Row) -> Iterator[EventLine]:
    """Give what happened to a bid, its lot or its organisation, undone or not."""
    about = (row.bid.id, row.bid.theme, row.bid.organisation)
    for line in event_lines(outcome.evaluation.events) if outcome.evaluation else ():
        if line.subject in about:
            yield line


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


def figures(explained: Explanation) -> list[tuple[str, str]]:
    """Give the bid's figures, each with its name; those that it has not got are left out."""
    row, rounding = explained.row, explained.outcome.criteria.rounding
    values = (
        ("Quality score", row.quality),
        ("Price points", row.price_points),
        ("Index", row.index),
        ("Total", row.total),
    )
    found = [(name, score_text(value, rounding)) for name, value in values if value is not None]
    if row.rank:
        tied = f", tied with {', '.join(row.tied_with)}" if row.tied_with else ""
        found.append(("Rank", f"{row.rank}{tied}"))
    return found


def result(step: Step) -> str:
    """Write the exact result of a step."""
    return exact_text(step.result)


def explanation_document(explained: Explanation) -> Json:
    """Give an explanation as JSON values; numbers are exact decimal texts or ``p/q``."""
    row = explained.row
    return {
        "schema": SCHEMA,
        "run": explained.outcome.run.name,
        "seal": explained.outcome.seal.sha256 if explained.outcome.seal else None,
        "bid": row.bid.id,
        "theme": row.bid.theme,
        "organisation": row.bid.organisation,
        "status": row.status,
        "fate": explained.fate,
        "figures": dict(figures(explained)),
        "answers": [_answer(answer) for answer in explained.answers],
        "prices": [{"what": one.what, "text": one.text, "source": str(one.source)} for one in explained.prices],
        "prices_of_others": [
            {"what": one.what, "text": one.text, "source": str(one.source)} for one in explained.others
        ],
        "decisions": [_decision(one) for one in explained.decisions],
        **({"events": [asdict(one) for one in explained.events]} if explained.events else {}),
        "steps": [{"rule": step.rule, "working": step.working, "result": result(step)} for step in explained.steps],
    }


def _answer(answer: AnswerTrace) -> Json:
    return {
        "question": answer.question.id,
        "weight": decimal_text(answer.weight),
        "counts": _mark(answer.counts) if answer.counts else None,
        "rests_on": [_mark(mark) for mark in answer.rests_on],
    }


def _mark(given: MarkTrace) -> dict[str, str]:
    mark, source = exact_text(given.mark), str(given.source)
    told = {"evaluator": given.evaluator, "mark": mark, "reason": given.reason, "source": source}
    return {**told, "how": given.how, "made": given.made} if given.made else told


def _decision(one: Decision) -> dict[str, str]:
    words = {"matter": one.matter, "decision": one.decision, "reason": one.reason, "ground": one.ground}
    return {**words, "person": one.person, "date": one.date, "source": str(one.source)}


def explanation_text(explained: Explanation) -> str:
    """Write an explanation for the screen: the fate first, then marks, price and steps, each with its place."""
    row = explained.row
    parts = (
        [f"{row.bid.id} · {explained.theme} · {row.name} ({row.bid.organisation})", explained.fate],
        [" · ".join(f"{name} {value}" for name, value in figures(explained))],
        *([["", f"{one.matter.replace('_', ' ')}: {_decided(one)}"] for one in explained.decisions]),
        *([["", _event(one)] for one in explained.events]),
        ["", "Marks"],
        chain.from_iterable(map(_answer_lines, explained.answers)),
        ["", "Price"] if explained.prices else [],
        [f"  {one.what}: {one.text}  [{one.source}]" for one in explained.prices],
        ["", "Prices of others that its points rest on"] if explained.others else [],
        [f"  {one.what}: {one.text}  [{one.source}]" for one in explained.others],
        ["", "Steps"],
        [f"  {step.rule}: {step.working} = {result(step)}" for step in explained.steps],
    )
    return "\n".join(chain.from_iterable(parts))


def _event(one: EventLine) -> str:
    return f"{one.kind}: {one.what} {one.reason} ({one.person}, {one.date}) {one.undone}".rstrip()


def _decided(one: Decision) -> str:
    return f"{one.decision} by {one.person}: {one.reason}  [{one.source}]"


def _answer_lines(answer: AnswerTrace) -> Iterator[str]:
    yield f"  {answer.question.id} {answer.question.title} (weight {decimal_text(answer.weight)})"
    if answer.counts is None:
        yield "    not marked"
    for one in filter(None, (answer.counts, *answer.rests_on)):
        said = " ".join(filter(None, (one.made, one.reason)))
        place = f"  [{one.source}]" if str(one.source) else ""
        yield f"    {one.evaluator or one.how}: {mark_text(one.mark)}{place}  {said}"


@dataclass(frozen=True, kw_only=True)
class ExplanationPage(HeadedPage):
    """An explanation with the bid's figures, each with its name; ``style`` is a file beside it, or empty."""

    template = "explain.html"
    explanation: Explanation
    figures: Sequence[tuple[str, str]]
    style: str = ""


def explanation_page(explained: Explanation, shared_style: str = "") -> ExplanationPage:
    """Gather an explanation as a page, which brings its style along unless many pages share one."""
    return ExplanationPage(
        about=about(explained.outcome), explanation=explained, figures=figures(explained), style=shared_style
    )


def explanation_html(explained: Explanation) -> str:
    """Write an explanation as a page."""
    return render(explanation_page(explained))
