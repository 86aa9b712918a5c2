"""What came in, in one plain form: each bid with its prices, people, marks that count and decision, and no result.

It stands in the bundle so that the scores can be worked out again without reading a workbook.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evaluator.records.documents import Json
from evaluator.records.numbers import decimal_text, pence
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.money.amounts import PANEL_SUM
from evaluator.records.programme.money.final_choice import FINAL_CHOICE, FUND
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Bid, Decision, ThemeBids
from evaluator.reporting.shared.events import events_document
from evaluator.reporting.shared.figures import mark_texts, pounds_text

SCHEMA = "bids/1"

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def bids_json(outcome: Outcome) -> str:
    """Write the checked bids as one JSON document, a bid to a line, themes and bids by id; no themes if none passed."""
    themes = outcome.evaluation.themes if outcome.evaluation else ()
    chosen = _chosen(outcome.evaluation.decisions) if outcome.evaluation else {}
    texts = (_theme(outcome.criteria, theme, chosen) for theme in sorted(themes, key=lambda theme: theme.theme))
    lines = ",\n".join(texts)
    events = events_document(outcome.evaluation.events) if outcome.evaluation else []
    happened = ",\n".join(map(encode, events))
    told = f',"events":[\n{happened}\n]' if events else ""
    return f'{{"schema":{encode(SCHEMA)},"themes":[\n{lines}\n]{told}}}\n'


def _theme(criteria: Criteria, theme: ThemeBids, chosen: Mapping[str, Mapping[str, Any]]) -> str:
    bids = ",\n".join(map(encode, _bids(criteria, theme, chosen)))
    return f'{{"id":{encode(theme.theme)},"bids":[\n{bids}\n]}}'


def _bids(criteria: Criteria, theme: ThemeBids, chosen: Mapping[str, Mapping[str, Any]]) -> Iterator[Json]:
    texts = mark_texts(criteria, theme)
    for at, bid in enumerate(theme.bids):
        given = zip(theme.questions, texts, theme.row(at), strict=True)
        marks = {question: own[place] for question, own, place in given}
        decision = theme.disregarded.get(bid.id)
        told = {"marks": marks, "decision": _decision(decision) if decision else None}
        yield {**_offer(criteria, bid), **told, **chosen.get(bid.id, {})}


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
        **({"received": bid.received} if "received" in criteria.tie_break.order else {}),
        **({"draw_seed": bid.draw_seed} if bid.draw_seed else {}),
    }


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
