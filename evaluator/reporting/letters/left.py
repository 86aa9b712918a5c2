"""Letters to bidders whose bids left by an event: word that a withdrawal arrived, or that a lot was abandoned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evaluator.law import regime
from evaluator.records.programme.criteria import Theme
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import LEFT
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Table
from evaluator.reporting.letters.bidder_names import Names
from evaluator.reporting.letters.bidders import ANYONE, Bidder, Register
from evaluator.reporting.letters.first_page import LONGEST, brief, for_annex
from evaluator.reporting.shared.bid_rows import Row, theme_rows

FILES = {"withdrawn": "withdrawn", "lot_abandoned": "lot-abandoned"}
OUTCOMES = {"withdrawn": "withdrawn", "lot_abandoned": "lot abandoned"}


@dataclass(frozen=True)
class Left:
    """A bid that left by an event, as its bidder is told of it; ``notice`` is what the law has published of the lot."""

    row: Row
    theme: Theme
    bidder: Bidder
    decision: Decision
    notice: str = ""

    @property
    def withdrawn(self) -> bool:
        """Whether its bidder took it back."""
        return self.row.status == "withdrawn"

    @property
    def reason(self) -> str:
        """The reason, or where it stands."""
        return brief(self.decision.reason)

    @property
    def annex(self) -> Sequence[tuple[str, str]]:
        """What the first page has no room for, with what it is."""
        return () if self.withdrawn else for_annex([("Why", self.decision.reason, LONGEST)])


def left_of(outcome: Outcome, people: Sequence[str] = (), register: Table | None = None) -> tuple[Left, ...]:
    """Put together what bidders are told whose bids were withdrawn, or are in a lot that was abandoned."""
    known, staff = Register(register), Names(people)
    owed = next((one for one in regime(outcome.criteria.regime).owes("after") if one.id == "no_award_notice"), None)
    notice = f"{owed.what} ({owed.provision}): {owed.when}." if owed else ""
    return tuple(
        Left(
            row,
            view.theme,
            known.bidder(row.bid.id),
            replace(row.decision, reason=staff.replaced(row.decision.reason, ANYONE)),
            "" if row.status == "withdrawn" else notice,
        )
        for view in theme_rows(outcome)
        for row in view.rows
        if row.status in LEFT and row.decision is not None
    )
