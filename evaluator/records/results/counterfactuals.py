"""One bid's case: what would have funded it, or what it could lose, each verified."""

from dataclasses import dataclass
from typing import Literal

Change = Literal["score", "cost", "budget"]
Verdict = Literal["found", "impossible", "others_first", "not_established"]


@dataclass(frozen=True, slots=True)
class Need:
    """The smallest change of one thing alone that decides a bid's case, verified on both sides.

    Parameters
    ----------
    verdict : ``found``: with ``amount`` the case turns, with one unit less it does not, each shown by solving the
        changed problem. ``impossible``: no amount turns it. ``others_first`` (a budget): up to ``amount`` other bids
        would come before it, and not every larger sum was looked at. ``not_established``: the work was done.
    amount : units of ``1/score_unit`` points for a score; whole pounds for costs and budgets. In problems with years
        the pounds are of each year.
    rules : for a budget, the rules that have to be raised; for what is impossible, the rules that stand in the way.
    lasts : for a budget, whether every larger sum funds the bid as well. False: some larger sum goes to others; None:
        not every larger sum was looked at.
    beyond : whether a score is more than the greatest that is open to the bid, so that no score could have won.
    why : for what is impossible, why, in words.
    """

    change: Change
    verdict: Verdict
    amount: int | None = None
    rules: tuple[str, ...] = ()
    beyond: bool = False
    why: str = ""
    lasts: bool | None = True


@dataclass(frozen=True)
class BidCase:
    """Why a bid is or is not funded, and what would change that.

    For a bid that is not funded ``needs`` are a higher score, a lower cost and more budget, and ``gained`` and ``lost``
    are what else would change if it had to be funded. For a funded bid ``needs`` is the score that it would have to
    lose to be no longer sure of its award, and ``gained`` and ``lost`` are what changes if it withdraws.
    """

    bid: str
    theme: str
    score: int
    score_unit: int
    years: tuple[str, ...]
    funded: bool
    eligible: bool
    why: str
    equal_sets: int = 1
    in_equal_sets: int = 0
    needs: tuple[Need, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    changes_known: bool = True  # there is one best set then, and no other equal to it
    needed: tuple[str, ...] = ()  # the needs in words
    changes: tuple[str, ...] = ()  # what else would change, in words: it names other bids

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence of the case after its reason."""
        return self.needed + self.changes
