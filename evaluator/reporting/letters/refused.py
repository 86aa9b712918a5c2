"""What people decided about a bid, in words for its bidder, and the letters to bidders whose bids were not assessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import REFUSED
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.stages import NOT_SHORTLISTED
from evaluator.reporting.letters.bidder_names import Names
from evaluator.reporting.letters.bidders import ANYONE, Bidder, Register
from evaluator.reporting.letters.first_page import LONGEST, LONGEST_FACT, brief, for_annex
from evaluator.reporting.letters.sending import family
from evaluator.reporting.shared.bid_rows import Row, theme_rows

FAILED_GATE = "failed_gate"
MATTERS = {
    FAILED_GATE: "Condition not passed",
    "late": "Received after the closing time",
    "low_price": "Price that looked too low",
    "final_choice": "Final choice after the ranks",
    "panel_sum": "Sum of the award",
}
PROVISION = re.compile(r"(?:section|regulation)s? [0-9]+(?:\([0-9a-z]+\))*")
KINDS = ("participation", "procedural", "exclusion")
UNMET = (
    "Procurement Act 2023 section 19(3)(a): a condition of participation is not met, so the tender must be disregarded"
)
BREACH = (
    "Procurement Act 2023 section 19(3)(d): a procedural requirement was not kept, so the tender may be disregarded"
)
FOOTINGS: Mapping[str, Mapping[str, str]] = {
    "pa2023": {
        "failed_gate": UNMET,
        "participation": UNMET,
        "late": BREACH,
        "procedural": BREACH,
        "low_price": "Procurement Act 2023 section 19(3)(c): the price is abnormally low, after notice and a "
        "reasonable opportunity to show that the contract can be performed",
        "exclusion": "Procurement Act 2023 sections 26 and 58: the supplier is excluded, after a reasonable "
        "opportunity for representations",
    },
    "pcr2015": {
        "low_price": "Public Contracts Regulations 2015 regulation 69",
        "exclusion": "Public Contracts Regulations 2015 regulation 57",
        "participation": "Public Contracts Regulations 2015 regulation 58",
    },
    "psr2023": {"exclusion": "Health Care Services (Provider Selection Regime) Regulations 2023 regulation 20"},
}


@dataclass(frozen=True)
class Refused:
    """A bid that was not assessed, as its bidder is told of it: the decision, and the provision that it rests on."""

    row: Row
    theme: Theme
    bidder: Bidder
    decision: Decision
    what: str
    footing: str
    predicate: str  # what passes, where a published condition is what it did not meet

    @property
    def reason(self) -> str:
        """The reason, or where it stands."""
        return brief(self.decision.reason)

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """What else was published and decided, with its name, or where it stands."""
        return [(what, brief(text, LONGEST_FACT, f"text of “{what}”")) for what, text in self._told if text]

    @property
    def annex(self) -> Sequence[tuple[str, str]]:
        """What the first page has no room for, each with what it is."""
        told = ((what, text, LONGEST_FACT) for what, text in self._told)
        return for_annex([("Why", self.decision.reason, LONGEST), *told])

    @property
    def _told(self) -> Sequence[tuple[str, str]]:
        return (
            ("What is asked", self.predicate),
            ("Ground", self.decision.ground),
            ("Provision", self.footing),
            ("How you were heard", self.decision.heard),
        )


def refused_of(outcome: Outcome, people: Sequence[str] = (), register: Table | None = None) -> tuple[Refused, ...]:
    """Put together what bidders are told whose bids were not assessed: disregarded, excluded or late."""
    known, staff = Register(register), Names(people)
    return tuple(
        Refused(
            row,
            view.theme,
            known.bidder(row.bid.id),
            replace(row.decision, reason=staff.replaced(row.decision.reason, ANYONE)),
            matter_words(outcome.criteria, row.decision),
            footing(outcome.criteria, row.decision),
            next((one.predicate for one in outcome.criteria.gate if one.id == row.decision.subject), ""),
        )
        for view in theme_rows(outcome)
        for row in view.rows
        if row.status in REFUSED and row.decision is not None
    )


def matter_words(criteria: Criteria, decision: Decision) -> str:
    """Say what was decided about, with the condition's title."""
    gate = next((one for one in criteria.gate if one.id == decision.subject), None)
    if gate and gate.kind and decision.matter == FAILED_GATE:
        return f"{gate.title} ({gate.kind_name}): {decision.said}"
    title = gate.title if gate else decision.subject
    matter = MATTERS.get(decision.matter, decision.matter.replace("_", " ").capitalize())
    return f"{matter}: {title}" if title else matter


def decided_words(criteria: Criteria, decision: Decision) -> str:
    """Say what was decided, and about what."""
    if decision.standing == NOT_SHORTLISTED:
        stage = next((one.name for one in criteria.stage if one.id == decision.subject), decision.subject)
        return f"It did not go on from the stage {stage}."
    words = matter_words(criteria, decision)
    return f"{words}." if words.endswith(f": {decision.said}") else f"{words}: {decision.told}."


def footing(criteria: Criteria, decision: Decision) -> str:
    """Name the provision under which a bid is not assessed; empty where its ground names it, or no law says it."""
    kind = next((one.kind for one in criteria.gate if one.id == decision.subject), None) or ""
    found = FOOTINGS.get(family(criteria.regime), {}).get(kind if kind in KINDS else decision.matter, "")
    provision = PROVISION.search(found)
    return "" if provision and provision[0] in decision.ground else found
