"""What changed between two versions of criteria, for machines and for the terminal."""

from collections import Counter
from collections.abc import Sequence

from evaluator.records.documents import Json
from evaluator.records.english import count_of
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.written.differences import EFFECTS, Change
from evaluator.records.programme.written.workbook_words import place_on_workbook

SCHEMA = "criteria-diff/1"


def differences_document(sides: Sequence[tuple[Criteria, str]], changes: Sequence[Change]) -> Json:
    """Give the changes as JSON values; ``sides`` are both versions with their fingerprints, the old one first."""
    return {
        "schema": SCHEMA,
        "from": _side(*sides[0]),
        "to": _side(*sides[1]),
        "can_change_a_score": any(change.effect == "score" for change in changes),
        "changes": [
            {
                "file": change.file,
                "key": change.key,
                "before": change.before or None,
                "after": change.after or None,
                "effect": change.effect,
            }
            for change in changes
        ],
    }


def _side(criteria: Criteria, fingerprint: str) -> dict[str, str]:
    return {"reference": criteria.reference, "version": criteria.version, "fingerprint": fingerprint}


def differences_text(
    sides: Sequence[tuple[Criteria, str]], changes: Sequence[Change], *, on_workbook: bool = False
) -> str:
    """Write the changes a line each, those that can change a score marked, and count them.

    ``on_workbook`` names places by the sheets and labels of the criteria workbook.
    """
    named = " to ".join(f"{one.reference} version {one.version} ({mark[:12]}…)" for one, mark in sides)
    if not changes:
        return f"{named}: nothing changed. Both have the same seal."
    counts = Counter(change.effect for change in changes)
    summed = [f"{count_of(counts[effect], 'change')}: {words}" for effect, words in EFFECTS.items() if counts[effect]]
    told = [one.told(place_on_workbook(one.file, one.key)) if on_workbook else str(one) for one in changes]
    lines = [f"{'!' if change.effect == 'score' else ' '} {text}" for change, text in zip(changes, told, strict=True)]
    return "\n".join([f"{named}:", "", *lines, "", *summed])
