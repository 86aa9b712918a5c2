"""Gates: pass or fail conditions, of what kind each is, and what becomes of a bid that does not pass one."""

from typing import Literal

from pydantic import Field

from evaluator.records.programme.published import Declaring, Prose, unsaid

GateKind = Literal["participation", "procedural", "minimum", "exclusion"]
Ground = Literal["mandatory", "discretionary", "debarment"]
# What a bid is by a person's decision, by an event, or, of the last, by the points of a stage; empty: it stays.
Standing = Literal["", "disregarded", "excluded", "disqualified", "withdrawn", "lot_abandoned", "not_shortlisted"]

ADMIT, DISREGARD = "admit", "disregard"
MET, NOT_MET, REGISTER_WRONG = "met", "not_met", "register_wrong"
EXCLUDED, NOT_EXCLUDED = "excluded", "not_excluded"
ON_MATTERS = (ADMIT, DISREGARD)
ON_GATES = (MET, NOT_MET, REGISTER_WRONG)
ON_EXCLUSIONS = (EXCLUDED, NOT_EXCLUDED, REGISTER_WRONG)
DOES_NOT_APPLY, APPLIES = "does_not_apply", "applies"  # of a question, for one bid
ON_QUESTIONS = (DOES_NOT_APPLY, APPLIES)

KIND_NAMES: dict[GateKind, str] = {
    "participation": "condition of participation",
    "procedural": "procedural requirement",
    "minimum": "published minimum",
    "exclusion": "ground of exclusion",
}
# A bid below a published minimum was assessed, and is disqualified; the others are disregarded without that.
UNMET: dict[GateKind | None, Standing] = {
    None: "disregarded",
    "participation": "disregarded",
    "procedural": "disregarded",
    "minimum": "disqualified",
    "exclusion": "excluded",
}


class Gate(Declaring):
    """A pass or fail condition with an exact predicate. Failing it opens a matter for a person's decision."""

    id: str
    title: Prose
    question: Prose
    kind: GateKind | None = Field(default=None, exclude_if=unsaid)  # gates sealed before kinds were known have none
    ground: Ground | None = Field(default=None, exclude_if=unsaid)  # of an exclusion
    predicate: Prose
    on_failure: Prose
    essential: bool = Field(default=True, exclude_if=True.__eq__)  # else failing it is told, and takes nobody out
    source: Prose

    @property
    def kind_name(self) -> str:
        """The kind in words; empty where none was published."""
        return KIND_NAMES[self.kind] if self.kind else ""

    @property
    def decisions(self) -> tuple[str, ...]:
        """The words with which a person decides on a bid that did not pass."""
        if self.kind is None:
            return ON_MATTERS
        return ON_EXCLUSIONS if self.kind == "exclusion" else ON_GATES


def standing_by(decision: str, gate: Gate | None) -> Standing:
    """Say what a bid is by a decision: on a gate with its kind, or (gate None) on any other matter.

    >>> standing_by("disregard", None), standing_by("not_excluded", None)
    ('disregarded', '')
    """
    if decision == DISREGARD:
        return "disregarded"
    return UNMET[gate.kind] if gate and gate.kind and decision in (NOT_MET, EXCLUDED) else ""
