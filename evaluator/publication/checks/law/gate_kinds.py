"""Checks of what kind each gate is: what may be asked of whom, and what must and may follow from failing it."""

import re
from collections.abc import Callable, Iterator

from evaluator.law import Regime, regime
from evaluator.publication.locations import PROGRAMME, Place, numbered
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.conditions.gates import Gate, GateKind
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.procurement.keys import UNSAID

STAYS = re.compile(r"\b(?:admit(?:s|ted)?|waived?|waivers?|overlook(?:s|ed)?)\b", re.IGNORECASE)
BINDING: dict[GateKind | None, str] = {"participation": "must be disregarded", "minimum": "is disqualified"}


def gates_have_a_kind(criteria: Criteria) -> Iterator[Finding]:
    """Find gates of which nobody can say what follows from failing them, where the procurement is said."""
    for place, gate in _gates(criteria, _of_the_act):
        if gate.kind is None and criteria.procurement != UNSAID:
            yield finding("E-CRIT-311", place.key("kind"), gate=gate.id)


def some_kind_is_left_out(criteria: Criteria) -> bool:
    """Whether a gate has no kind, under a law by which what follows depends on it."""
    return any(gate.kind is None for _, gate in _gates(criteria, _of_the_act))


def exclusions_have_a_ground(criteria: Criteria) -> Iterator[Finding]:
    """Find exclusions without a ground, and grounds of what is no exclusion."""
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        if (gate.kind == "exclusion") != (gate.ground is not None):
            problem = "is an exclusion and does not say on what ground"
            problem = f"has a ground of exclusion ({gate.ground}) and is no exclusion" if gate.ground else problem
            yield finding("E-CRIT-312", place.key("ground"), gate=gate.id, problem=problem)


def suitability_keeps_nobody_out_below_the_threshold(criteria: Criteria) -> Iterator[Finding]:
    """Find conditions of participation in procurements below the threshold."""
    about = criteria.procurement
    for place, gate in _gates(criteria, lambda law: law.bars_suitability(about.category, about.estimated_value)):
        if gate.kind == "participation":
            yield finding("E-CRIT-313", place.key("kind"), gate=gate.id)


def nobody_admits_what_the_act_disregards(criteria: Criteria) -> Iterator[Finding]:
    """Find conditions of participation and minimums that are said to leave it to a person whether a bid stays."""
    for place, gate in _gates(criteria, _at_the_threshold):
        word = STAYS.search(f"{gate.on_failure} {gate.predicate}")
        if word and gate.kind in BINDING:
            yield finding(
                "E-CRIT-314", place.key("on_failure"), gate=gate.id, word=word.group(), must=BINDING[gate.kind]
            )


def minimums_say_that_they_disqualify(criteria: Criteria) -> Iterator[Finding]:
    """Find published minimums that do not say what failing them means."""
    for place, gate in _gates(criteria, _at_the_threshold):
        if gate.kind == "minimum" and "disqualif" not in f"{gate.on_failure} {gate.predicate}".casefold():
            yield finding("E-CRIT-315", place.key("on_failure"), gate=gate.id)


def _of_the_act(law: Regime) -> bool:
    return law.is_the_act or law.bars_suitability()


def _at_the_threshold(law: Regime) -> bool:
    return law.is_the_act


def _gates(criteria: Criteria, applies: Callable[[Regime], bool]) -> Iterator[tuple[Place, Gate]]:
    """Give the gates with their places, under such a law alone."""
    return numbered(PROGRAMME, "gate", criteria.gate if applies(regime(criteria.regime)) else ())
