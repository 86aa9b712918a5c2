"""How the evaluation was conducted: who marked what, who stood aside, and what moderation did."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Decision
from evaluator.reporting.shared.events import EventLine, event_lines
from evaluator.reporting.shared.pages import theme_titles


@dataclass(frozen=True)
class EvaluatorLine:
    """One evaluator: the themes and number of answers marked, and whose bids they stood aside from."""

    evaluator: str
    themes: tuple[str, ...]
    marks: int
    stood_aside: tuple[str, ...]


@dataclass(frozen=True)
class Conduct:
    """The evaluators, and in how many answers marks were far apart or the consensus lies outside them."""

    evaluators: tuple[EvaluatorLine, ...]
    answers: int
    marks: int
    far_apart: int
    outside: int
    trigger: str
    lacking: int = 0  # answers whose mark was worked out from fewer marks than others have


@dataclass(frozen=True)
class People:
    """What people did: decisions on bids, with the gates' titles by id, how they marked, and what happened since."""

    decisions: Sequence[Decision]
    gates: Mapping[str, str]
    conduct: Conduct
    events: Sequence[EventLine]


def people(outcome: Outcome) -> People:
    """Gather what the report says of what people decided and how they marked."""
    decisions = outcome.evaluation.decisions if outcome.evaluation else ()
    events = event_lines(outcome.evaluation.events) if outcome.evaluation else ()
    return People(decisions, {gate.id: gate.title for gate in outcome.criteria.gate}, conduct(outcome), events)


def conduct(outcome: Outcome) -> Conduct:
    """Count who marked what and what moderation settled, for display."""
    trigger = outcome.criteria.moderation.spread_trigger
    given = [(answer, [mark for _, mark, _ in answer.marks]) for answer in outcome.answers]
    far = sum(bool(marks) and trigger is not None and max(marks) - min(marks) >= trigger for _, marks in given)
    outside = sum(bool(marks) and not min(marks) <= answer.mark <= max(marks) for answer, marks in given)
    return Conduct(
        evaluators=_evaluators(outcome),
        answers=len(given),
        marks=sum(len(marks) for _, marks in given),
        far_apart=far,
        outside=outside,
        trigger="" if trigger is None else str(trigger),
        lacking=sum(answer.made is not None and len(answer.marks) < answer.made.usual for answer in outcome.answers),
    )


def _evaluators(outcome: Outcome) -> tuple[EvaluatorLine, ...]:
    themes = _theme_of(outcome)
    marked: dict[str, list[str]] = defaultdict(list)
    for answer in outcome.answers:
        for evaluator, _, _ in answer.marks:
            marked[evaluator].append(themes.get(answer.bid, "organisations' own answers"))
    aside: dict[str, list[str]] = defaultdict(list)
    for evaluator, subject in outcome.evaluation.recused if outcome.evaluation else ():
        aside[evaluator].append(subject)
    return tuple(
        EvaluatorLine(name, tuple(sorted(set(marked[name]))), len(marked[name]), tuple(sorted(aside[name])))
        for name in sorted({*marked, *aside})
    )


def _theme_of(outcome: Outcome) -> Mapping[str, str]:
    titles = theme_titles(outcome.criteria)
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    return {bid.id: titles[bid.theme] for bid in bids}
