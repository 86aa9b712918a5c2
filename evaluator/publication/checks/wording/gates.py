"""Checks of the words of gates: whether two people would agree on who passes, and who decides on those who do not."""

import re
from collections.abc import Iterator

from evaluator.publication.checks.prose.phrases import Vocabulary
from evaluator.publication.locations import PROGRAMME, Place, numbered
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.criteria import Criteria

# What comes only when the bidder was given days to mend or explain it is nothing automatic.
HEARD = re.compile(
    r"(?i)\b(?:after|unless|if|once)\b[^.]{0,90}\bdays?\b[^.]{0,60}\b(?:put|send|supply|mend|correct|"
    r"reply|show|explain)\b|\bdays? (?:for|to) (?:\w+ ){0,3}(?:reply|answer|send|explain)\b|"
    r"\b(?:can|may) (?:\w+ ){0,3}(?:put|send|supply|mend|correct|reply|show|explain|answer)\b[^.]{0,40}\bdays?\b|"
    r"\bhears? (?:it|them|the bidder)\b"
)


def gates_are_exact(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find gates that rest on a vague word, with no figure and no exact condition beside it."""
    for place, gate in _gates(criteria):
        word = words.vague(gate.predicate)
        if word:
            yield finding("E-CRIT-302", place.key("predicate"), gate=gate.id, word=word)


def gates_do_not_rest_on_opinion(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find gates that pass whatever somebody is satisfied with."""
    for place, gate in _gates(criteria):
        word = words.first("discretion", gate.predicate)
        if word:
            yield finding("E-CRIT-308", place.key("predicate"), gate=gate.id, word=word)


def people_decide_on_failures(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find gates whose failing removes a bid, with nobody to hear the bidder and to decide.

    That failing a published minimum disqualifies must be said; who finds that it was failed is another matter.
    """
    for place, gate in _gates(criteria):
        word = words.first("automatic", f"{gate.on_failure} {gate.predicate}")
        if (
            word
            and not (gate.kind == "minimum" and "disqualif" in word.casefold())
            and not HEARD.search(gate.on_failure)
        ):
            yield finding("E-CRIT-307", place.key("on_failure"), gate=gate.id, word=word)


def _gates(criteria: Criteria) -> Iterator[tuple[Place, Gate]]:
    return numbered(PROGRAMME, "gate", criteria.gate)
