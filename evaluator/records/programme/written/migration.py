"""What was done to bring criteria into the form with one source for every rule, and what a person must look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import Criteria

What = Literal["taken_out", "named", "declared", "left"]
WHAT: Mapping[What, str] = {
    "left": "left as they were: take each value by its name, declare it as a fact, or take it out; "
    "in a source say where the rule was decided",
    "declared": "declared as facts: read each, and say better why it stands there",
    "taken_out": "taken out, because the values alone say so",
    "named": "taken by their names",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done, or could not be: where, what of it, the words, and what stands there now."""

    place: Source
    what: What
    words: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Migrated:
    """Criteria in the newer form, and every step on the way, in the order of the texts."""

    criteria: Criteria
    steps: tuple[Step, ...]
