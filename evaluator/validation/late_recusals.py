"""Marks that a person decided to leave out for a late recusal: they stay where they stand, and do not count."""

from collections.abc import Sequence
from dataclasses import replace

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.conditions.gates import ADMIT
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Received
from evaluator.validation.coded_columns import present, texts, words
from evaluator.validation.context import decisions_of
from evaluator.validation.total_rows import without_rows

LATE_RECUSAL = "late_recusal"


def without_late_recusals(received: Received) -> tuple[Received, tuple[Finding, ...]]:
    """Leave out the marks of each evaluator whom a decision recused from a bid after the marking, with a note for each.

    A decision on the matter ``late_recusal`` names the bid, and the evaluator as its subject. It covers the answers of
    the bid's organisation, too. The bid itself stays as it is.
    """
    marks = present(received.marks)
    late = [one for one in decisions_of(present(received.decisions)) if _late(one)]
    if marks is None or not late:
        return received, ()
    covered = _covered(received, late)
    rows = list(zip(words(marks, "evaluator"), words(marks, "bid"), strict=True))
    out = [row for row, pair in enumerate(rows) if pair in covered]
    told: dict[tuple[str, str, Source], list[str]] = {}
    for row in out:
        place = marks.source(row)
        said = f"{texts(marks, 'question')[row].strip()}: {texts(marks, 'mark')[row].strip() or 'none'}"
        told.setdefault((*rows[row], Source(place.file, place.sheet)), []).append(said)
    found = tuple(
        finding("E-MARK-019", place, **_facts(covered[who, bid], who, bid, said))
        for (who, bid, place), said in told.items()
    )
    return replace(received, marks=without_rows(marks, frozenset(out))), found


def recused_late(received: Received) -> frozenset[tuple[str, str]]:
    """Give each evaluator whom a decision recused after the marking, with the bid and with its organisation."""
    late = [one for one in decisions_of(present(received.decisions)) if _late(one)]
    return frozenset(_covered(received, late))


def _facts(one: Decision, who: str, bid: str, said: Sequence[str]) -> dict[str, object]:
    person, date = one.person or "nobody named", one.date or "no day"
    return {"evaluator": who, "bid": bid, "marks": short_listing(sorted(said)), "person": person, "date": date}


def _late(decision: Decision) -> bool:
    return decision.matter == LATE_RECUSAL and decision.decision == ADMIT and bool(decision.subject)


def _covered(received: Received, late: Sequence[Decision]) -> dict[tuple[str, str], Decision]:
    """Give the decision that covers each evaluator and bid, or organisation for its own answers."""
    register = present(received.register)
    leads = dict(zip(words(register, "bid"), words(register, "organisation"), strict=True)) if register else {}
    pairs = {(one.subject, one.bid): one for one in late}
    return {(one.subject, leads[one.bid]): one for one in late if leads.get(one.bid)} | pairs
