"""Checks of people's decisions: about a bid that is there, in clear words, with reason, ground, person and date."""

from collections.abc import Callable, Iterator
from functools import partial

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.submissions.blank_words import says_nothing
from evaluator.records.submissions.decisions_waiting import DECISIONS, MATTERS
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Table
from evaluator.validation.as_meant import nearest_word
from evaluator.validation.coded_columns import present, reported, words
from evaluator.validation.context import ADMIT, DISREGARD, FAILED_GATE, LOW_PRICE, View
from evaluator.validation.context.offers import FAIL
from evaluator.validation.row_findings import Facts, at_rows, nearest, shown

SAID = (("E-DEC-003", "reason"), ("E-DEC-004", "person"), ("E-DEC-005", "date"), ("E-DEC-010", "matter"))


def decisions_are_about_known_bids(view: View) -> Iterator[Finding]:
    """Find decisions about a bid that is not in the register."""

    def facts(decision: Decision) -> Facts:
        return {"shown": shown(decision.bid), "hint": nearest(decision.bid, view.plain_bids)}

    yield from _where(view, "E-DEC-001", "bid", lambda decision: decision.bid not in view.offers.index, facts)


def decisions_are_clear(view: View) -> Iterator[Finding]:
    """Find decisions that neither admit nor disregard."""
    yield from _where(
        view,
        "E-DEC-002",
        "decision",
        lambda decision: decision.decision not in DECISIONS,
        lambda decision: {
            "bid": decision.bid,
            "shown": shown(decision.decision),
            "hint": nearest_word(decision.decision, DECISIONS),
        },
    )


def matters_are_known(view: View) -> Iterator[Finding]:
    """Find decisions on a matter that is none of those that a person decides."""
    yield from _where(
        view,
        "E-DEC-013",
        "matter",
        lambda decision: not _says_nothing("matter", decision) and decision.matter not in MATTERS,
        lambda decision: {
            "bid": decision.bid,
            "shown": shown(decision.matter),
            "hint": nearest_word(decision.matter, MATTERS),
            "matters": short_listing(MATTERS),
        },
    )


def decisions_are_complete(view: View) -> Iterator[Finding]:
    """Find decisions without reason, person, date or matter, and disregarded bids without a ground."""
    for code, key in SAID:
        yield from _where(view, code, key, partial(_says_nothing, key), _facts)
    yield from _where(
        view, "E-DEC-006", "ground", lambda d: d.decision == DISREGARD and _says_nothing("ground", d), _facts
    )


def bidders_are_heard(view: View) -> Iterator[Finding]:
    """Find bids disregarded for a low price without a word on when the bidder was heard."""
    yield from _where(
        view,
        "E-DEC-012",
        "heard",
        lambda d: d.matter == LOW_PRICE and d.decision == DISREGARD and _says_nothing("heard", d),
        _facts,
    )


def _says_nothing(key: str, decision: Decision) -> bool:
    text = getattr(decision, key)
    return not text or says_nothing(text)


def gates_decided_are_published(view: View) -> Iterator[Finding]:
    """Find decisions on a failed gate that do not name a gate of the criteria."""
    gates = [gate.id for gate in view.criteria.gate]

    def facts(decision: Decision) -> Facts:
        return {
            "bid": decision.bid,
            "shown": shown(decision.subject),
            "hint": nearest_word(decision.subject, gates),
            "gates": short_listing(gates) or "none",
        }

    yield from _where(view, "E-DEC-011", "subject", lambda d: d.matter == FAILED_GATE and d.subject not in gates, facts)


def decisions_agree(view: View) -> Iterator[Finding]:
    """Find two decisions on one matter of one bid that say different things."""
    first: dict[tuple[str, str, str], Decision] = {}
    for decision in view.decisions:
        first.setdefault(_matter(decision), decision)

    def facts(decision: Decision) -> Facts:
        return {**_facts(decision), "other": first[_matter(decision)].source.row}

    yield from _where(view, "E-DEC-007", "decision", lambda d: d.decision != first[_matter(d)].decision, facts)


def gates_decided_were_failed(view: View) -> Iterator[Finding]:
    """Find decisions on a gate that the register does not show as failed."""
    table, offers = present(view.received.decisions), view.offers
    if table is None:
        return
    for gate in view.criteria.gate:
        answers = words(offers.table, f"gate:{gate.id}")
        for row, decision in enumerate(view.decisions):
            about = decision.matter == FAILED_GATE and decision.subject == gate.id and decision.bid in offers.index
            if about and answers[offers.index[decision.bid]].casefold() != FAIL:
                facts = {"bid": decision.bid, "gate": gate.title}
                if decision.decision == DISREGARD:
                    yield finding("E-DEC-009", table.source(row, "subject"), **facts)
                elif decision.decision == ADMIT:
                    yield finding("E-DEC-008", table.place, **facts)


def _matter(decision: Decision) -> tuple[str, str, str]:
    return decision.bid, decision.matter, decision.subject


def _facts(decision: Decision) -> Facts:
    return {"bid": decision.bid, "matter": decision.matter.replace("_", " "), "decision": decision.decision}


def _where(
    view: View,
    code: str,
    key: str,
    wrong: Callable[[Decision], bool],
    facts: Callable[[Decision], Facts],
) -> Iterator[Finding]:
    table: Table | None = present(view.received.decisions)
    if table is None:
        return
    refused = reported(table, key) if key in table.columns else None
    rows = [
        row
        for row, decision in enumerate(view.decisions)
        if wrong(decision) and not (refused is not None and refused[row])
    ]
    yield from at_rows(code, table, rows, key, lambda row: facts(view.decisions[row]))
