"""The division of the money: what is to be decided, what was decided, and the proof of it. Money is in pence."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from evaluator.records.english import agreeing, listing
from evaluator.records.programme.allocation_policy import AllocationPolicy, Method, Objective, SearchLimits
from evaluator.records.programme.money.amounts import Amounts
from evaluator.records.programme.rules import Counts, Rule, Scope
from evaluator.records.results.ballots import Ballots, EqualShares
from evaluator.records.results.counterfactuals import BidCase

FULL = "100%"


@dataclass(frozen=True, slots=True)
class Level:
    """A share of its ask at which a bid can be funded: its name, scaled score, and cost in pence for each year.

    ``rest``: what was left at its turn, offered to it as a part award.
    """

    name: str
    score: int
    costs: tuple[int, ...]
    rest: bool = False

    @property
    def percent(self) -> Decimal:
        """The share of the ask, in percent, as the level's name says it."""
        return Decimal(self.name.removesuffix("%"))

    @property
    def cost(self) -> int:
        """Pence, all years together."""
        return sum(self.costs)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bid that may be funded, at one of its levels (the full ask is named ``100%``)."""

    bid: str
    theme: str
    organisations: tuple[str, ...]  # the bidder, then the other members of a consortium
    levels: tuple[Level, ...]
    hours: Decimal = Decimal(0)
    wards: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    small: bool = False
    excludes: tuple[str, ...] = ()  # bids that may not be funded together with this one
    full_score: int | None = None  # the scaled score of the whole ask, where that is not one of the levels
    outcomes: tuple[str, ...] = ()  # outcome areas that it works towards
    people: int = 0  # people that it would serve
    variant: str = ""  # name that the bids share which its organisation offers as variants of one another
    rank: int = 0  # the published rank in its theme, the published tie-breaks in it; nought where only scores rank
    ask: int = 0  # pence of all years, where sums of awards are published
    least: int = 0  # the least sum in pence that may be awarded, where sums of awards are published
    by_index: bool = False  # whether an index or an adjusted price ranks its theme, which the score does not show

    @property
    def merit(self) -> tuple[int, ...]:
        """The place in the theme's order of merit; the lowest is best, and equal ones are of equal rank."""
        return (self.rank,) if self.by_index else (-self.score, self.rank)

    @property
    def score(self) -> int:
        """The scaled score of the bid as it was asked for; the minimum score and the order of priority go by it."""
        return max(level.score for level in self.levels) if self.full_score is None else self.full_score


@dataclass(frozen=True, slots=True)
class Barrier:
    """A published limit that a bid would have broken beside the awards.

    ``rules`` are those that set it, ``subject`` is the organisation, theme, ward or other thing that it is on, and
    ``words`` say what the bid would have done to it: "give organisation X 4 awards, where at most 3 may be made".
    """

    rules: tuple[str, ...]
    scope: Scope
    subject: str
    words: str
    counts: Counts
    most: int | None

    @property
    def sentence_part(self) -> str:
        """The words with the rules after them."""
        return f"{self.words} ({agreeing(len(self.rules), 'rule')} {listing(self.rules)})" if self.rules else self.words


@dataclass(frozen=True, slots=True)
class Refusal:
    """A bid that is not funded: a short reason (a word) and one sentence that says why.

    The sentence names the nearest limits; ``barriers`` are all of them.
    """

    bid: str
    theme: str
    reason: str
    explanation: str
    barriers: tuple[Barrier, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Problem:
    """All that decides an allocation. Scores are whole numbers of ``1/score_unit`` points.

    ``years`` names the positions of every ``Level.costs``; without yearly costs it is empty and a level has one cost.
    ``rules`` are the policy's and the themes'; ``refused`` are the bids that never reach the model, with their reasons.
    """

    policy: AllocationPolicy
    rules: tuple[Rule, ...]
    years: tuple[str, ...]
    score_unit: int
    candidates: tuple[Candidate, ...]
    refused: tuple[Refusal, ...] = ()
    columns: tuple[str, ...] = ()  # what the bids were asked for beside score and cost, where that is known
    ballots: Ballots | None = None  # what people voted, where that is known
    amounts: Amounts | None = None  # how sums of awards are found, where that is published
    in_rank_order: bool = False  # whether a list takes bids of a theme with one score in the order of their ranks


@dataclass(frozen=True, slots=True)
class Award:
    """A funded bid, the level at which it is funded, and its pence for each year."""

    bid: str
    theme: str
    level: str
    amount: int
    by_year: tuple[int, ...]
    leftovers: bool = False  # paid from what the theme budgets left, where that is published
    payments: tuple[tuple[str, int], ...] = ()  # when each tranche is paid and its pence, where these are published


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """What one rule allows and what the awards come to, in words and as a verdict reached without a solver."""

    rule: str
    title: str
    subject: str  # what it was applied to: a theme, a year, an organisation, or empty
    least: str
    most: str
    used: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the optimisation: its objective, the value reached and the bound that proves it."""

    objective: Objective
    value: int
    bound: int | None
    proven: bool


@dataclass(frozen=True, slots=True)
class SolverRun:
    """One solve: what was asked, what came of it, and the work that it took."""

    what: str
    outcome: str
    bound: int | None
    nodes: int
    iterations: int


@dataclass(frozen=True)
class Proof:
    """What an auditor needs to judge the claim that no better allocation exists.

    ``model`` is the first stage in the LP format. Where a model was solved, ``limits`` is the work that the search
    might take; ``looked_for`` are the known faults of its solver that were looked for, by the number of their issue,
    and ``faults`` those that it has.
    """

    method: str
    solver: str
    settings: str
    stages: tuple[Stage, ...] = ()
    second_opinion: str = ""
    enumeration: str = ""  # of every way to fund the bids, where they are few
    model: str = ""
    limits: SearchLimits | None = None
    looked_for: tuple[int, ...] = ()
    faults: tuple[int, ...] = ()
    runs: tuple[SolverRun, ...] = field(default=(), compare=False, repr=False)

    @property
    def known_faults(self) -> str:
        """Say which known faults of the solver were looked for, and what follows; nothing where no model was solved."""
        if self.faults:
            wrong = listing(str(issue) for issue in self.faults)
            return (
                f"HiGHS has a known fault (its issue {wrong}): what it claims is not believed, and nothing rests on it."
            )
        if not self.looked_for:
            return ""
        issues = listing(str(issue) for issue in self.looked_for)
        return f"Known faults of HiGHS were looked for, with and without presolve, and none was found: issues {issues}."


MethodName = Method | Literal["optimise_without_merit_order"]
WITHOUT_MERIT_ORDER: MethodName = "optimise_without_merit_order"
Status = Literal["proven", "not_proven", "infeasible"]


@dataclass(frozen=True, slots=True)
class MethodResult:
    """What one method comes to beside the published one, on the same bids and rules.

    ``score`` is in units of ``1/score_unit`` points; ``gained`` and ``lost`` are the bids that this method funds and
    the published one does not, and the other way round. ``note`` says what stands against the figures: rules that the
    set does not meet, a tie, no proof. Without a set there are no figures, and ``note`` says why. Where an order of
    merit is published, what it costs shows beside ``optimise_without_merit_order``.
    """

    method: MethodName
    published: bool
    decided: bool
    score: int = 0
    cost: int = 0
    awards: int = 0
    wards: int = 0
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A bid that is not funded although it scored more than funded bids of its theme, and why."""

    bid: str
    theme: str
    score: int  # in units of 1/score_unit points
    cost: int  # pence, for the whole ask
    outscored: tuple[str, ...]  # funded bids of its theme with a lower score
    why: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One rule alone relaxed just so far that all rules can hold together: its key (empty: left out) from and to.

    With the rule moved that far some set keeps every rule; with one unit less (a penny, a hundredth of a per cent or of
    an hour, a bid or ward) none does. Both are shown by solving.
    """

    rule: str
    key: str
    published: str
    repaired: str


@dataclass(frozen=True, slots=True)
class LeastCost:
    """The cheapest change of the rules that lets some set of awards keep them, all its changes made together.

    ``published``: the cost is that of ``gives_way``; else nothing is published about what gives way, and the cost is
    the number of rules that would have to be left out, the fewest that are enough.
    """

    cost: str
    changes: tuple[Repair, ...]
    published: bool


@dataclass(frozen=True, slots=True)
class Reserve:
    """A bid that waits for money: its place on its theme's reserve list, and what must happen for it to be funded.

    Bids that are equal by score and the published tie-break share a place.
    """

    bid: str
    theme: str
    rule: str
    place: int
    score: int  # in units of 1/score_unit points
    needs: str


@dataclass(frozen=True, slots=True)
class Draw:
    """How a published draw decided between equal sets, so that anyone can repeat it.

    Each set's ticket is the SHA-256, in hexadecimal, of the UTF-8 text of the seed and the set's awards in order of
    bid, as ``tied`` names them, each on a line of its own. The lowest ticket is drawn.
    """

    seed: str
    tickets: tuple[tuple[str, tuple[str, ...]], ...]  # ticket and awards of every set, the lowest ticket first


@dataclass(frozen=True, slots=True)
class Chosen:
    """What people chose of one bid: whether it is funded, on which published ground, by whom, when and why.

    ``before``: whether the method alone would fund it. ``rank`` is its rank in its theme, 1 the best.
    """

    bid: str
    theme: str
    funded: bool
    before: bool
    rank: int
    person: str
    date: str
    ground: str  # the published words
    reason: str


@dataclass(frozen=True, slots=True)
class OverFirst:
    """A theme in which the best-ranked bids have no award and others have: what a choice came to is told as that."""

    theme: str
    first: tuple[str, ...]
    instead: tuple[str, ...]


@dataclass(frozen=True)
class ChoiceMade:
    """A final choice: the allocation by the method alone, what was chosen of each bid, and what that changed."""

    by_rank: "Allocation"
    chosen: tuple[Chosen, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    over_first: tuple[OverFirst, ...]


@dataclass(frozen=True)
class Allocation:
    """The awards with their proof. ``total_score`` and ``upper_bound`` are in units of ``1/score_unit`` points.

    ``tied`` lists the sets of bids that every published objective and tie-break left equal (one set: no tie), up to a
    cap; ``tied_complete`` says whether that is all of them. ``conflict`` names rules that cannot hold together.
    """

    status: Status
    score_unit: int
    years: tuple[str, ...]
    total_score: int
    upper_bound: int
    cost: int
    awards: tuple[Award, ...]
    not_awarded: tuple[Refusal, ...]
    tied: tuple[tuple[str, ...], ...]
    tied_complete: bool
    conflict: tuple[str, ...]
    checks: tuple[RuleCheck, ...]
    proof: Proof
    methods: tuple[MethodResult, ...] = ()  # the published method and each other beside it
    passed_over: tuple[PassedOver, ...] = ()
    repairs: tuple[Repair, ...] = ()  # each by one rule alone, where rules conflict
    least_cost: LeastCost | None = None  # where rules conflict
    reserve: tuple[Reserve, ...] = ()
    draw: Draw | None = None  # where a published draw decided between equal sets
    certain_in: tuple[str, ...] = ()  # not proven: bids funded in every set as good as this one,
    certain_out: tuple[str, ...] = ()  # and bids funded in none of them
    shares: EqualShares | None = None  # how equal shares led here, where that is the method
    choice: ChoiceMade | None = None  # where people chose after the ranks, and these awards are those chosen
    cases: tuple[BidCase, ...] = ()  # what would have changed each decision, where that was worked out

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Every refusal, with what would have changed it added to its reason where that was worked out."""
        needs = {case.bid: case.needed for case in self.cases}
        return tuple(
            replace(one, explanation=" ".join((one.explanation, *needs.get(one.bid, ())))) for one in self.not_awarded
        )

    @property
    def themes(self) -> dict[str, str]:
        """The theme of every bid, funded or not."""
        funded = {award.bid: award.theme for award in self.awards}
        return funded | {refusal.bid: refusal.theme for refusal in self.not_awarded}

    @property
    def by_list(self) -> bool:
        """Whether a published order led here, which claims no optimum."""
        return not self.proof.method.startswith("optimise")

    @property
    def undecided(self) -> bool:
        """Whether sets of awards are equal and nothing published decides between them."""
        return len(self.tied) > 1 and self.draw is None
