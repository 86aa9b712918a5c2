"""The decision makers' evidence for machines: whole numbers, shares and p as decimal texts, the largest gap first."""

from dataclasses import asdict
from fractions import Fraction

from evaluator.records.documents import Json
from evaluator.records.numbers import to_places
from evaluator.records.results.equality import StageFigures
from evaluator.records.results.equality_evidence import (
    Certainty,
    CharacteristicEvidence,
    EqualityEvidence,
    Evaluators,
    Gap,
    GroupEvidence,
    Interval,
    Power,
    StagePart,
)
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.shared.figures import pounds_text

PLACES, FINE = 4, 6  # of shares and marks, and of a p


def evidence_document(evidence: EqualityEvidence, outcome: Outcome, recipients: tuple[str, ...]) -> Json:
    """Give the evidence for machines; it is restricted like the documents, and names those whom it is for."""
    family = evidence.family
    return {
        "schema": "equality_restricted/1",
        "restricted_to": list(recipients),
        "reference": outcome.criteria.reference,
        "version": evidence.version,
        "gaps": [_gap(one) for one in evidence.gaps],
        "family": {
            "characteristics": list(family.characteristics),
            "alpha": _fine(family.alpha),
            "method": "Westfall-Young smallest p, replies shuffled among like organisations",
            "draws": family.draws,
            "seed": family.seed,
            "critical_p": _fine(family.critical),
            "tests": family.tests,
            "left_out": family.left_out,
            "alarms": family.alarms,
        },
        "totals": [_stage(one) for one in evidence.totals],
        "organisations": evidence.organisations,
        "organisations_funded": evidence.funded,
        "minimum": evidence.minimum,
        "characteristics": [_characteristic(one) for one in evidence.characteristics],
        "not_known": list(evidence.not_known),
    }


def _gap(one: Gap) -> Json:
    return {
        "characteristic": one.characteristic,
        "title": one.title,
        "axis": one.axis,
        "protected": one.protected,
        "group": one.group,
        "stage": one.stage,
        "bids": one.bids,
        "awards": one.awards,
        "organisations": one.organisations,
        "organisations_funded": one.funded,
        "ratio": None if one.ratio is None else _share(one.ratio),
        "interval": _interval(one.interval),
        "p": _fine(one.p),
        "p_corrected": None if one.adjusted is None else _fine(one.adjusted),
        "primary": one.primary,
        "certainty": one.certainty,
        "expected": _share(one.expected),
        "shortfall": _share(one.shortfall),
        "benchmark": one.benchmark or None,
        "power": None if one.power is None else _power(one.power),
        "stages": [_part(part) for part in one.parts],
        "questions": [
            {"question": q.question, "title": q.title, "marks": _share(q.marks), **_sure(q.p, q.certainty)}
            for q in one.questions
        ],
        "evaluators": [_panel(panel) for panel in one.evaluators],
    }


def _sure(p: Fraction, certainty: Certainty) -> Json:
    return {"p": _fine(p), "certainty": certainty}


def _power(power: Power) -> Json:
    return {name: _share(value) for name, value in asdict(power).items()}


def _part(part: StagePart) -> Json:
    gate = {"gate": part.gate, "gate_title": part.gate_title, "failed": part.failed, "all_failed": part.all_failed}
    return {
        "stage": part.stage,
        "awards": _share(part.awards),
        "came": part.came,
        "passed": part.passed,
        "all_came": part.all_came,
        "all_passed": part.all_passed,
        "p": None if part.p is None else _fine(part.p),
        **(gate if part.gate else {}),
    }


def _panel(panel: Evaluators) -> Json:
    return {
        "panel": list(panel.panel),
        "says_which": panel.says_which,
        "connected": panel.connected,
        "gaps": [
            {
                "evaluator": one.evaluator,
                "marks": _share(one.marks),
                "answers": one.answers,
                **_sure(one.p, one.certainty),
            }
            for one in panel.gaps
        ],
    }


def _characteristic(one: CharacteristicEvidence) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "about": one.about,
        "axis": one.axis,
        "protected": one.protected,
        "primary": one.primary,
        "asked": one.asked,
        "groups": [_group(group) for group in one.groups],
    }


def _group(one: GroupEvidence) -> Json:
    return {
        "group": one.group,
        "known": one.known,
        "organisations": one.organisations,
        "organisations_funded": one.funded,
        "stages": [_stage(figures) for figures in one.stages],
        "rate": None if one.rate is None else _share(one.rate),
        "interval": None if one.interval is None else _interval(one.interval),
    }


def _stage(figures: StageFigures) -> Json:
    money = None if figures.money is None else pounds_text(figures.money)
    return {"stage": figures.stage, "bids": figures.bids, "money": money}


def _interval(ends: Interval) -> list[str]:
    return [to_places(end, 2) for end in ends]


def _share(value: Fraction) -> str:
    return to_places(value, PLACES)


def _fine(value: Fraction) -> str:
    """Write a p; none is ever nought."""
    return to_places(max(value, Fraction(1, 10**FINE)), FINE)
