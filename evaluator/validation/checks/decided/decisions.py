"""Checks of people's decisions: about a bid that is there, in clear words, with reason, ground, person and date."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from evaluator.records.english import listing, short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.conditions.gates import ADMIT, DISREGARD, MET, NOT_EXCLUDED
from evaluator.records.submissions import blank_words
from evaluator.records.submissions.decisions_waiting import APART, CHOSEN, MATTERS, OFFERED
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.tie_breaks import DRAW
from evaluator.validation.as_meant import nearest_word
from evaluator.validation.coded_columns import present, reported, texts, words
from evaluator.validation.context import FAILED_GATE, LOW_PRICE, View, gate_of, words_for
from evaluator.validation.context.offers import FAIL
from evaluator.validation.row_findings import Facts, at_rows, nearest, shown

STAYED = (ADMIT, MET, NOT_EXCLUDED)  # of what the register must show as failed
SAID = (("E-DEC-003", "reason"), ("E-DEC-004", "person"), ("E-DEC-005", "date"), ("E-DEC-010", "matter"))


def decisions_are_about_known_bids(view: View) -> Iterator[Finding]:
    """Find decisions about a bid that is not in the register."""

    def facts(decision: Decision) -> Facts:
        return {"shown": shown(decision.bid), "hint": nearest(decision.bid, view.plain_bids)}

    yield from where(
        view, "E-DEC-001", "bid", lambda one: one.matter != DRAW and one.bid not in view.offers.index, facts
    )


def decisions_are_clear(view: View) -> Iterator[Finding]:
    """Find decisions that are none of the words there are for their matter."""

    def words(decision: Decision) -> str:
        return listing(words_for(decision, view.criteria.gate), " or ")

    def unclear(decision: Decision) -> bool:
        return decision.decision not in words_for(decision, view.criteria.gate) and not _admits_the_unmet(
            view, decision
        )

    def facts(decision: Decision) -> Facts:
        hint = nearest_word(decision.decision, words_for(decision, view.criteria.gate))
        return {"bid": decision.bid, "shown": shown(decision.decision), "hint": hint, "words": words(decision)}

    yield from where(view, "E-DEC-002", "decision", unclear, facts)


def nobody_admits_the_unmet(view: View) -> Iterator[Finding]:
    """Find decisions that let a bid stay which the law says must go."""

    def facts(decision: Decision) -> Facts:
        gate = gate_of(decision, view.criteria.gate)
        law = view.law.gate_of(gate.ground or gate.kind) if gate and gate.kind else None
        words = listing(words_for(decision, view.criteria.gate), " or ")
        return {"bid": decision.bid, "gate": gate.title if gate else "", "why": law.says if law else "", "words": words}

    yield from where(view, "E-DEC-013", "decision", partial(_admits_the_unmet, view), facts)


def _admits_the_unmet(view: View, decision: Decision) -> bool:
    """Whether a decision admits a bid that failed a gate over which the law lets nobody admit."""
    gate = gate_of(decision, view.criteria.gate)
    law = view.law.gate_of(gate.ground or gate.kind) if gate and gate.kind else None
    return decision.decision == ADMIT and law is not None and not law.may_admit


def matters_are_known(view: View) -> Iterator[Finding]:
    """Find decisions on a matter that is none of those that a person decides, and may be one of them mistyped."""
    yield from where(
        view, "E-DEC-024", "matter", lambda one: _is_strange(one) and not _only_admits(one), _about_the_matter
    )


def strange_matters_that_admit(view: View) -> Iterator[Finding]:
    """Find decisions that admit a bid on a matter that nobody has to decide: they change nothing."""
    table = present(view.received.decisions)
    for one in view.decisions if table else ():
        if table and _is_strange(one) and _only_admits(one):
            yield finding("E-DEC-023", table.place, **_about_the_matter(one))


def _is_strange(decision: Decision) -> bool:
    return not says_nothing("matter", decision) and decision.matter not in (*MATTERS, *CHOSEN)


def _only_admits(decision: Decision) -> bool:
    return decision.decision == ADMIT and not nearest_word(decision.matter, OFFERED)


def _about_the_matter(decision: Decision) -> Facts:
    return {
        "bid": decision.bid,
        "shown": shown(decision.matter),
        "hint": nearest_word(decision.matter, OFFERED),
        "matters": short_listing(MATTERS),
    }


def decisions_are_complete(view: View) -> Iterator[Finding]:
    """Find decisions without reason, person, date or matter, and bids that leave without a ground."""
    for code, key in SAID:
        yield from where(view, code, key, partial(says_nothing, key), _facts)
    yield from where(
        view, "E-DEC-006", "ground", lambda one: bool(one.standing) and says_nothing("ground", one), _facts
    )


def bidders_are_heard(view: View) -> Iterator[Finding]:
    """Find bids disregarded for a low price without a word on when the bidder was heard."""
    yield from where(
        view,
        "E-DEC-012",
        "heard",
        lambda d: d.matter == LOW_PRICE and d.decision == DISREGARD and says_nothing("heard", d),
        _facts,
    )


def says_nothing(key: str, decision: Decision) -> bool:
    """Whether what a decision says under a key is nothing, or a word that says nothing."""
    text = getattr(decision, key)
    return not text or blank_words.says_nothing(text)


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

    yield from where(view, "E-DEC-011", "subject", lambda d: d.matter == FAILED_GATE and d.subject not in gates, facts)


def questions_may_not_apply(view: View) -> Iterator[Finding]:
    """Find decisions that a question does not apply to a bid, where no published rule lets anybody decide that."""
    rule = view.criteria.not_applicable
    for one, why in ((one, _why_it_applies(view, one)) for one in view.decisions if one.matter == APART):
        if rule is None:
            yield from _at(view, one, "E-GATE-011", "matter")
        elif why and one.bid in view.offers.index:
            yield from _at(view, one, "E-GATE-012", "subject", why=why)


def _why_it_applies(view: View, one: Decision) -> str:
    """Say why a question is none that can be found not to apply to a bid; nothing where it can."""
    row, code = view.offers.index.get(one.bid), view.book.index.get(one.subject)
    if row is None:
        return ""
    if code is None or not (view.asked[row, code] or view.book.once[code]):
        return "it is no question that the bid answers"
    if view.book.once[code]:
        return "its organisation answers it once for all of its bids"
    if not view.criteria.may_not_apply(one.subject):
        return "the published rule does not name it"
    goes = view.criteria.not_applicable and view.criteria.not_applicable.weight != "full_marks"
    return _nothing_left(view, row, one.subject) if goes else ""


def _nothing_left(view: View, row: int, subject: str) -> str:
    """Say that no question of a bid is left to carry the weight of one, in its stage or in the end."""
    others = view.asked[row] & ~view.apart[row]
    left = [question for at, question in enumerate(view.book.ids) if others[at] or view.book.once[at]]
    theme = view.book.themes[view.offers.themes[row]]
    counted, weights = view.criteria.counted(theme).weights, view.criteria.theme(theme).weights
    if counted.get(subject) and not any(counted.get(question) for question in left):
        return "no other question of the bid is left to carry its weight"
    for stage in view.criteria.deciding_stages:
        if subject in stage.questions and not any(weights.get(one) for one in left if one in stage.questions):
            return f"no other question of the stage {stage.id} is left to carry its weight there"
    return ""


def _at(view: View, one: Decision, code: str, key: str, **facts: object) -> Iterator[Finding]:
    shown_as = {"bid": one.bid, "question": one.subject, **facts}
    yield from where(view, code, key, one.__eq__, lambda _: shown_as)


def marks_of_what_applies(view: View) -> Iterator[Finding]:
    """Note marks of answers to questions that do not apply to their bid: they do not count."""
    for sheet in list(filter(None, (view.marks, view.consensus)))[:1]:
        apart = np.append(view.apart.ravel(), values=False)[sheet.answers] & sheet.given
        rows = np.flatnonzero(apart).tolist()
        if rows:
            keys = ("bid", "question")
            named = sorted({" on ".join(texts(sheet.table, key)[row].strip() for key in keys) for row in rows})
            yield finding("E-MARK-040", sheet.table.place, answers=short_listing(named))


def decisions_agree(view: View) -> Iterator[Finding]:
    """Find two decisions on one matter of one bid that say different things."""
    first: dict[tuple[str, str, str], Decision] = {}
    for decision in view.decisions:
        first.setdefault(_matter(decision), decision)

    def facts(decision: Decision) -> Facts:
        return {**_facts(decision), "other": first[_matter(decision)].source.row}

    yield from where(view, "E-DEC-007", "decision", lambda d: d.decision != first[_matter(d)].decision, facts)


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
                if decision.standing:
                    yield finding("E-DEC-009", table.source(row, "subject"), **facts)
                elif decision.decision in STAYED:
                    yield finding("E-DEC-008", table.place, **facts)


def _matter(decision: Decision) -> tuple[str, str, str]:
    return decision.bid, decision.matter, decision.subject


def _facts(decision: Decision) -> Facts:
    return {"bid": decision.bid, "matter": decision.matter.replace("_", " "), "decision": decision.decision}


def where(
    view: View,
    code: str,
    key: str,
    wrong: Callable[[Decision], bool],
    facts: Callable[[Decision], Facts],
) -> Iterator[Finding]:
    """Make a finding at a column's cell of each decision that is wrong, unless reading has reported that cell."""
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


def nobody_decides_on_their_own_mark(view: View) -> Iterator[Finding]:
    """Note decisions on a bid by somebody who marked it, by the name on the panel or as marks name them."""
    marks, panel = present(view.received.marks), present(view.received.panel)
    named = () if panel is None else zip(words(panel, "evaluator"), words(panel, "name"), strict=True)
    names: dict[str, set[str]] = {}
    for evaluator, name in named:
        names.setdefault(_plain(name), set()).add(evaluator)
    about = {one.bid for one in view.decisions}
    pairs = zip(words(marks, "bid"), words(marks, "evaluator"), strict=True) if marks and about else ()
    marked = {(bid, evaluator) for bid, evaluator in pairs if bid in about}

    def own(decision: Decision) -> bool:
        person = _plain(decision.person)
        called = {person, *map(_plain, names.get(person, ()))}
        return bool(person) and any(bid == decision.bid and _plain(evaluator) in called for bid, evaluator in marked)

    def facts(decision: Decision) -> Facts:
        return {"person": decision.person, "matter": decision.matter, "bid": decision.bid}

    for one in where(view, "E-SEAL-012", "person", own, facts):
        yield replace(one, source=Source(one.source.file, one.source.sheet))  # a note names no row


def _plain(name: str) -> str:
    """Give a name without the office that follows it.

    >>> _plain("A.  Marlowe, head of service")
    'a. marlowe'
    """
    return " ".join(name.partition(",")[0].split()).casefold()
