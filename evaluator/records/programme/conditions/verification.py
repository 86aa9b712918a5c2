"""How figures of the register that decide an award are verified: what counts, by which evidence, and when."""

from typing import Literal, get_args

from evaluator.records.programme.published import Declaring, Prose

Verified = Literal["people", "wards", "groups", "small", "measured"]  # the last: the figures of measured criteria
VERIFIED: tuple[Verified, ...] = get_args(Verified)  # columns in which bids say something of themselves
Stage = Literal["evaluation", "award", "contract"]


class Verification(Declaring):
    """The published way in which a column of the register is verified, and before which stage that is done."""

    column: Verified
    counts: Prose
    evidence: Prose
    checked_by: Prose
    before: Stage
    source: Prose
