"""What came in, in one plain form: each bid with its prices, people, marks that count and decision, and no result.

It stands in the bundle so that the scores can be worked out again without reading a workbook.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evaluator.records.documents import Json
from evaluator.records.numbers import decimal_text, exact_text, pence
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.money.amounts import PANEL_SUM
from evaluator.records.programme.money.final_choice import FINAL_CHOICE, FUND
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Bid, Decision, ThemeBids
from evaluator.records.submissions.several_marks import OneMark
from evaluator.records.submissions.stages import NOT_SHORTLISTED
from evaluator.reporting.shared.events import events_document
from evaluator.reporting.shared.figures import mark_texts, pounds_text

SCHEMA = "bids/1"
Chosen = Mapping[str, Mapping[str, Any]]  # by bid
Made = Mapping[tuple[str, str], OneMark]

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def bids_json(outcome: Outcome) -> str:
    """Write the checked bids as one JSON document, a bid to a line, themes and bids by id; no themes if none passed."""
    themes = outcome.evaluation.themes if outcome.evaluation else ()
    made = outcome.evaluation.worked_out if outcome.evaluation else {}
    chosen = _chosen(outcome.evaluation.decisions) if outcome.evaluation else {}
    texts = (_theme(outcome.criteria, theme, made, chosen) for theme in sorted(themes, key=lambda theme: theme.theme))
    lines = ",\n".join(texts)
    events = events_document(outcome.evaluation.events) if outcome.evaluation else []
    happened = ",\n".join(map(encode, events))
    told = f',"events":[\n{happened}\n]' if events else ""
    return f'{{"schema":{encode(SCHEMA)},"themes":[\n{lines}\n]{_entered(outcome)}{told}}}\n'


def _entered(outcome: Outcome) -> str:
    """Name the bids that were in each stage that is over; nothing where there is none."""
    entered = {one.stage: [line.bid for line in one.lines] for one in outcome.stages}
    return f',"stages":{encode(entered)}' if outcome.criteria.stage else ""


def _theme(criteria: Criteria, theme: ThemeBids, made: Made, chosen: Chosen) -> str:
    bids = ",\n".join(map(encode, _bids(criteria, theme, made, chosen)))
    return f'{{"id":{encode(theme.theme)},"bids":[\n{bids}\n]}}'


def _bids(criteria: Criteria, theme: ThemeBids, made: Made, chosen: Chosen) -> Iterator[Json]:
    texts = mark_texts(criteria, theme)
    for at, bid in enumerate(theme.bids):
        given = zip(theme.questions, texts, theme.row(at), strict=True)
        marks = {question: own[place] for question, own, place in given}
        decision = theme.disregarded.get(bid.id)
        if decision and decision.standing == NOT_SHORTLISTED:  # which is a result, and is worked out
            decision = None
        told = {"marks": marks, "decision": _decision(decision) if decision else None}
        yield {**_offer(criteria, bid), **told, **_given(criteria, bid, made), **chosen.get(bid.id, {})}


def _given(criteria: Criteria, bid: Bid, made: Made) -> Json:
    """Give what each mark was worked out from, with nobody named, and how many a sum has; nothing if it was agreed."""
    if not made:
        return {}
    asked = criteria.questions(bid.theme)
    whose = {one.id: bid.organisation if one.scope == "organisation" else bid.id for one in asked}
    found = {question: made[about, question] for question, about in whose.items() if (about, question) in made}
    given = {question: sorted((*one.counted, *one.left_out)) for question, one in found.items()}
    told: Json = {"given": {question: [exact_text(mark) for mark in marks] for question, marks in given.items()}}
    summed = criteria.moderation.method == "sum"
    return {**told, "times": {question: one.usual for question, one in found.items()}} if summed else told


def _chosen(decisions: Iterable[Decision]) -> dict[str, dict[str, Any]]:
    """Give by bid the sum that a panel set, and what people chose after the ranks; nothing where nobody did."""
    found: dict[str, dict[str, Any]] = {}
    for one in decisions:
        if one.matter == PANEL_SUM:
            found.setdefault(one.bid, {})["sum"] = pounds_text(pence(one.sum))
        if one.matter == FINAL_CHOICE:
            about = {"ground": one.ground, "person": one.person, "date": one.date, "reason": one.reason}
            found.setdefault(one.bid, {})["chosen"] = {"funded": one.decision == FUND, **about}
    return found


def _offer(criteria: Criteria, bid: Bid) -> Json:
    return {
        "bid": bid.id,
        "theme": bid.theme,
        "organisation": bid.organisation,
        "members": list(bid.members),
        "price": pounds_text(bid.price),
        "by_year": {year: pounds_text(pence) for year, pence in zip(criteria.years, bid.by_year, strict=False)},
        "people": bid.people,
        "hours": decimal_text(bid.hours),
        "wards": list(bid.wards),
        "groups": list(bid.groups),
        "small": bid.small,
        "outcomes": list(bid.outcomes),
        "variant": bid.variant,
        "least_level": None if bid.least_level is None else decimal_text(bid.least_level),
        **({"lines": _lines(criteria, bid)} if bid.lines else {}),
        **({"measured": {name: decimal_text(value) for name, value in bid.measured}} if bid.measured else {}),
        **({"received": bid.received} if "received" in criteria.tie_break.order else {}),
        **({"draw_seed": bid.draw_seed} if bid.draw_seed else {}),
    }


def _lines(criteria: Criteria, bid: Bid) -> dict[str, str | None]:
    return {line.id: pounds_text(pence) for line, pence in zip(criteria.price_line, bid.lines, strict=True)}


def _decision(decision: Decision) -> dict[str, str]:
    """Give the decision that takes a bid out, and what the bid is by it where that is not disregarded."""
    return {
        "decision": decision.decision,
        "matter": decision.matter,
        "subject": decision.subject,
        "reason": decision.reason,
        "ground": decision.ground,
        "person": decision.person,
        "date": decision.date,
        **({} if decision.standing == "disregarded" else {"standing": decision.standing}),
    }
