"""What sentences list as the conditions that a bid has to pass: held against the gates."""

import re
from collections.abc import Iterator

from evaluator.publication.checks.prose.claims import Claim
from evaluator.publication.checks.prose.phrases import SMALL_WORDS, stems
from evaluator.publication.checks.prose.told import Told
from evaluator.records.programme.conditions.gates import Gate

LISTS = re.compile(
    r" the (?:\w+ ){0,2}(?:conditions|gates|essentials|pass (?:or|and) fail (?:questions|conditions|tests|checks))"
    r"(?: of participation)? (?:are|:) (?P<items>.+)$"
)
PARTS = re.compile(r" (?:,|;|and|or) ")
MOST_ITEMS, MOST_WORDS = 12, 5
GENERAL = stems("those one ones on conditions questions gates that the of grounds ground exclusion policy about")


def conditions(told: Told) -> Iterator[Claim]:
    """Read a list of all conditions: each is named by words of a gate, and none is left out."""
    found = (
        LISTS.search(told.sentence.spoken.rstrip(" .") + " ") if told.room in ("Theme", "Criteria", "Term") else None
    )
    gates = told.criteria.gate
    if not found or not gates:
        return
    items = [one for part in PARTS.split(found["items"]) if (one := part.strip(" ."))]
    if len(items) > MOST_ITEMS or any(len(_content(one).split()) > MOST_WORDS for one in items):
        return
    meant = [next((gate.id for gate in gates if _names(item, gate)), "") for item in items]
    missing = [gate.title for gate in gates if gate.id not in meant and gate.kind != "exclusion"]
    said = "as published" if all(meant) and not missing else ", ".join(items)
    yield Claim(told, "gates", said, said)


def _content(item: str) -> str:
    return " ".join(word for word in item.split() if word not in SMALL_WORDS)


def _names(item: str, gate: Gate) -> bool:
    """Whether what is listed has a word of a gate's title, id or question."""
    return bool((stems(item) - GENERAL) & (stems(f"{gate.title} {gate.id} {gate.question}") - GENERAL))
