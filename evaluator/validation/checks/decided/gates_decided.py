"""Checks of decisions on gates of a published kind: what was heard, what was seen, and what the law then asks for."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from evaluator.law import later_by
from evaluator.records.dates import read_day, spoken_date
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.conditions.gates import EXCLUDED, MET, NOT_EXCLUDED, NOT_MET, Gate
from evaluator.records.submissions.evaluation import Decision
from evaluator.validation.checks.decided.decisions import says_nothing, where
from evaluator.validation.coded_columns import present
from evaluator.validation.context import View, gate_of
from evaluator.validation.context.offers import NO, YES
from evaluator.validation.row_findings import Facts

DAYS_TO_NOTIFY = 30  # beginning with the day of the decision
Wrong = Callable[[Decision, Gate], bool]


def clarifications_are_told(view: View) -> Iterator[Finding]:
    """Find gates met on clarification without a word on what was asked or seen; note those that name no evidence."""

    def unseen(one: Decision, *, heard: bool) -> bool:
        said = not says_nothing("heard", one)
        return one.decision == MET and says_nothing("evidence", one) and said is heard

    yield from _on_gates(view, "E-DEC-014", "heard", lambda one, _: unseen(one, heard=False))
    if _has(view, "evidence"):
        yield from _noted(view, "E-DEC-015", lambda one, _: unseen(one, heard=True))


def _has(view: View, key: str) -> bool:
    table = present(view.received.decisions)
    return table is not None and key in table.columns


def excluded_bidders_are_heard(view: View) -> Iterator[Finding]:
    """Find bidders excluded on a ground, mandatory or discretionary, without a word on when they were heard."""

    def unheard(one: Decision, gate: Gate) -> bool:
        return one.decision == EXCLUDED and _rests_on_facts(gate) and says_nothing("heard", one)

    yield from _on_gates(view, "E-DEC-016", "heard", unheard)


def exclusions_say_whether_they_recur(view: View) -> Iterator[Finding]:
    """Find exclusions that do not say that the circumstances continue or may recur, and those that say the contrary.

    A table without the column is asked for it in a note: its reasons may say it.
    """

    def unclear(one: Decision, gate: Gate) -> bool:
        return bool(_said_of_recurring(one, gate))

    if _has(view, "recurs"):
        yield from _on_gates(view, "E-DEC-017", "recurs", unclear)
    else:
        yield from _noted(view, "E-DEC-022", unclear)


def _said_of_recurring(one: Decision, gate: Gate) -> str:
    """Say what is wrong with what a decision says of whether circumstances continue or recur; nothing if it is right.

    A mandatory ground whose circumstances continue excludes; a discretionary one leaves it to the authority.
    """
    if not _rests_on_facts(gate):
        return ""
    if one.decision == EXCLUDED and one.recurs != YES:
        return "it says that they do not" if one.recurs == NO else "nothing says so"
    if one.decision == NOT_EXCLUDED and gate.ground == "mandatory" and one.recurs == YES:
        return "it says that they do, on a mandatory ground"
    return ""


def replacements_are_offered(view: View) -> Iterator[Finding]:
    """Note exclusions for somebody else, who could have been replaced."""
    if view.law.is_the_act:
        yield from _noted(view, "E-DEC-018", lambda one, _: one.decision == EXCLUDED and bool(one.associate))


def exclusions_are_notified(view: View) -> Iterator[Finding]:
    """Note exclusions, and replacements of an associate, of which the Minister is to be notified."""

    def due(one: Decision, gate: Gate) -> bool:
        told = one.decision == EXCLUDED or (one.decision == NOT_EXCLUDED and bool(one.associate))
        return told and _rests_on_facts(gate) and not one.notified and bool(last_day_to_notify(one.date))

    if view.law.is_the_act:
        yield from _noted(view, "E-DEC-019", due)


def suitability_keeps_nobody_out(view: View) -> Iterator[Finding]:
    """Note bids disregarded below the threshold for a condition of participation."""
    about = view.criteria.procurement
    if view.law.bars_suitability(about.category, about.estimated_value):
        yield from _noted(view, "E-DEC-020", lambda one, gate: one.decision == NOT_MET and gate.kind == "participation")


def debarred_suppliers_are_looked_at(view: View) -> Iterator[Finding]:
    """Find suppliers on the debarment list that are not excluded, without a ground for it."""

    def kept(one: Decision, gate: Gate) -> bool:
        return one.decision == NOT_EXCLUDED and gate.ground == "debarment" and not one.ground

    if view.law.is_the_act:
        yield from _on_gates(view, "E-DEC-021", "ground", kept)


def _rests_on_facts(gate: Gate) -> bool:
    """Whether a ground rests on circumstances, and not on an entry of the debarment list."""
    return gate.ground in ("mandatory", "discretionary")


def _on_gates(view: View, code: str, key: str, wrong: Wrong) -> Iterator[Finding]:
    """Make a finding at a cell of each wrong decision on a gate that has a kind."""
    gates = view.criteria.gate
    yield from where(view, code, key, partial(_found, gates, wrong), partial(_facts, gates))


def _noted(view: View, code: str, wrong: Wrong) -> Iterator[Finding]:
    """Make a note, which names no row of the table, of each such decision on a gate that has a kind."""
    gates, table = view.criteria.gate, present(view.received.decisions)
    for one in view.decisions if table else ():
        if table and _found(gates, wrong, one):
            yield finding(code, table.place, **_facts(gates, one))


def _found(gates: Sequence[Gate], wrong: Wrong, one: Decision) -> bool:
    gate = gate_of(one, gates)
    return gate is not None and gate.kind is not None and wrong(one, gate)


def _facts(gates: Sequence[Gate], one: Decision) -> Facts:
    gate = gate_of(one, gates)
    return {
        "bid": one.bid,
        "gate": gate.title if gate else "",
        "decision": one.decision.replace("_", " "),
        "associate": one.associate,
        "said": _said_of_recurring(one, gate) if gate else "",
        "date": spoken_date(one.date),
        "last": last_day_to_notify(one.date),
    }


def last_day_to_notify(decided: str) -> str:
    """Give the last of the days in which the Minister is notified, the day of the decision being the first.

    >>> last_day_to_notify("2026-11-12"), last_day_to_notify("soon")
    ('11 December 2026', '')
    """
    first = read_day(decided)
    return spoken_date(later_by(first, days=DAYS_TO_NOTIFY)) if first else ""
