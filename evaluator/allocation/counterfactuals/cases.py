"""What would have funded a bid, or what it could lose: each change of one thing alone, decided by solving."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from evaluator.allocation.counterfactuals.by_priority import Listed
from evaluator.allocation.counterfactuals.changes import cheaper, least_units, limits_on, scored, with_candidate
from evaluator.allocation.counterfactuals.forced import (
    Narrowed,
    Nearby,
    Vector,
    beats,
    near,
    only_set,
    reached,
    vector_of,
)
from evaluator.allocation.counterfactuals.frontier import STEPS, UNEVEN, Rising, Sweep, budget_need, parts_of, swept
from evaluator.allocation.counterfactuals.least_change import Path, least_to_beat
from evaluator.allocation.counterfactuals.sentences import told
from evaluator.allocation.counterfactuals.theme_bounds import Known
from evaluator.allocation.infeasible.conflict import conflict
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, objective_terms, objectives_of
from evaluator.allocation.problem import refuse_below_minimum
from evaluator.allocation.search.turning_point import forced_model, turning_point
from evaluator.records.results.allocation import Allocation, Candidate, Problem
from evaluator.records.results.counterfactuals import BidCase, Change, Need
from evaluator.records.work import ReportProgress, Share

UNTOLD: Mapping[str, int] = {}
Sweeps = Mapping[tuple[str, ...], Sequence[Sweep]]  # by the limits that rise
UNSWEPT: Sweeps = {}
NOT_ALLOWED = "the rules do not allow it at any cost"
PREFERRED = "the published objectives prefer other bids, and the rules do not allow them all"
HIGHEST = 1000  # points beyond which no score is looked for where the score counts in more than one objective


def explain_bid(
    problem: Problem, allocation: Allocation, bid: str, greatest: Mapping[str, int] = UNTOLD, steps: int = STEPS
) -> BidCase:
    """Say why a bid is or is not funded, and what would change that if nothing else changed.

    Parameters
    ----------
    problem : the problem as it was given to ``allocate``; every change is made to it and solved again.
    allocation : what ``allocate`` made of it.
    greatest : for each theme, the greatest total that a bid can have there, in units of ``1/score_unit`` points;
        a theme that is not named has none that is known.
    steps : how often the best set may change, in each part of the sums looked at, before a larger budget is given up.

    Raises
    ------
    KeyError : for a bid that the problem does not know.
    """
    return Cases(problem, allocation, greatest, steps=steps).of(bid)


class Cases:
    """The cases of all bids of one allocation, which share what is found out about their themes."""

    def __init__(
        self,
        problem: Problem,
        allocation: Allocation,
        greatest: Mapping[str, int] = UNTOLD,
        known: Known | None = None,
        sweeps: Sweeps = UNSWEPT,
        steps: int = STEPS,
    ) -> None:
        self.problem, self.allocation, self.greatest, self.steps = problem, allocation, greatest, steps
        self.sweeps = dict(sweeps)
        self.known = Known() if known is None else known
        self.candidates = {one.bid: one for one in problem.candidates}
        self.refusals = {one.bid: one for one in (*problem.refused, *allocation.not_awarded)}
        self.funded = {award.bid for award in allocation.awards}
        self.solved = allocation.status == "proven" and problem.policy.method == "optimise"
        if self.solved:
            self._start()

    def _start(self) -> None:
        model = build(refuse_below_minimum(self.problem))
        levels = {(award.bid, award.level) for award in self.allocation.awards}
        chosen = [at for at, one in enumerate(model.choices) if (one.candidate.bid, one.level.name) in levels]
        self.near, self.best = near(model, chosen), vector_of(model, chosen)
        self.here = Nearby(model, self.near, self.known)
        self.objectives = objectives_of(self.problem)

    def of(self, bid: str) -> BidCase:
        """Give the case of one bid."""
        case = self._plain(bid)
        if case.eligible and self.allocation.status == "proven":
            if not self.solved:
                case = Listed(self.problem, self.allocation, bid).case(case, self.greatest.get(case.theme))
            else:
                case = self._in(case) if case.funded else self._out(case)
        return told(case, self.allocation.status == "proven")

    def _plain(self, bid: str) -> BidCase:
        """Say what is known of a bid without solving anything."""
        one = self.candidates.get(bid)
        unit, years = self.problem.score_unit, self.problem.years
        if one is None:
            refusal = self.refusals[bid]
            return BidCase(bid, refusal.theme, 0, unit, years, False, False, refusal.explanation, 0, 0)
        funded = bid in self.funded
        why = "" if funded else self.refusals[bid].explanation
        sets = self.allocation.tied
        inside = sum(any(name == bid or name.startswith(f"{bid} at ") for name in names) for names in sets)
        return BidCase(
            bid, one.theme, one.score, unit, years, funded, True, why, len(sets), inside, changes_known=False
        )

    def _in(self, case: BidCase) -> BidCase:
        """Say what a funded bid could lose, and which awards change if it withdraws."""
        outside = self.here.search(case.bid, False)
        need = self._score_to_lose(self.candidates[case.bid], outside)
        return self._with_changes(replace(case, needs=(need,)), outside)

    def _out(self, case: BidCase) -> BidCase:
        """Say what a bid would have needed, and what else would change if it had to be funded."""
        one = self.candidates[case.bid]
        lift = max(0, least_units(self.problem, one) - one.score)
        here = self._changed(scored(one, lift)) if lift else self.here
        inside = here.search(case.bid, True)
        score = self._score_to_win(one, lift, here, inside)
        beyond = case.theme in self.greatest and (score.amount or 0) > self.greatest[case.theme] - one.score
        needs: tuple[Need, ...] = (replace(score, beyond=beyond), *(() if lift else self._money(one)))
        return self._with_changes(replace(case, needs=needs), inside)

    def _with_changes(self, case: BidCase, other: Narrowed) -> BidCase:
        """Add what else changes with the bid, where only one set of awards is best then."""
        now = None if other.infeasible else only_set(other)
        if now is None:
            return case
        gained, lost = now - self.funded - {case.bid}, self.funded - now - {case.bid}
        return replace(case, gained=tuple(sorted(gained)), lost=tuple(sorted(lost)), changes_known=True)

    def _changed(self, one: Candidate) -> Nearby:
        return self._nearby(with_candidate(self.problem, one))

    def _nearby(self, problem: Problem) -> Nearby:
        prices = self.here.prices if self.here.blocks else None
        return Nearby(build(refuse_below_minimum(problem)), self.near, self.known, prices)

    def _score_to_win(self, one: Candidate, lift: int, here: Nearby, inside: Narrowed) -> Need:
        """Find the fewest units of score at which every best set has the bid."""
        if not self._only_total_score(here.model, one):
            return self._score_by_trial(one, lift)
        compared = self._behind(inside, self.best, here.model, one.bid, funded=True)
        if isinstance(compared, Need):
            return compared
        gap, level = compared
        return Need("score", "found", max(1, lift, lift + gap + (0 if level else 1)))

    def _behind(self, other: Narrowed, best: Vector, model: Model, bid: str, funded: bool) -> tuple[int, bool] | Need:
        """Say how many units the best set of a search is behind, and whether it would win at the same total score."""
        place = self.objectives.index("total_score")
        for number in range(place + 1):
            value = other.value(number)
            if value == "infeasible":
                rules, _ = conflict(forced_model(model, bid, funded), other.seconds)
                why = "the rules do not allow it under any score" if funded else "the rules need it, whatever its score"
                return Need("score", "impossible", rules=rules, why=why)
            if value == "unknown":
                return Need("score", "not_established")
            if value != best[number] and number < place:
                decides = self.objectives[number].replace("_", " ")
                why = f"the objective {decides} comes before the score and decides"
                return Need("score", "impossible", why=why)
        gap = best[place] - self._total(other, place)
        for number in range(place + 1, len(best)):
            value = other.value(number)
            if not isinstance(value, int):
                return Need("score", "not_established")
            if value != best[number]:
                return gap, value > best[number]
        return gap, False

    def _total(self, other: Narrowed, place: int) -> int:
        value = other.value(place)
        assert isinstance(value, int)
        return value

    def _only_total_score(self, model: Model, one: Candidate) -> bool:
        """Whether the bid's score counts in the total score alone, so that its distance is what it needs."""
        moved = build(refuse_below_minimum(with_candidate(model.problem, scored(one, 1))))
        counts = [
            name
            for name in self.objectives
            if len(moved.choices) != len(model.choices) or objective_terms(model, name) != objective_terms(moved, name)
        ]
        return counts == ["total_score"]

    def _score_by_trial(self, one: Candidate, lift: int) -> Need:
        """Find the units of score where they count in another objective, or in several."""
        at = cache(lambda more: self._changed(scored(one, lift + more)))
        if at(0).search(one.bid, True).infeasible:
            return Need("score", "impossible", why="the rules do not allow it under any score")
        found = least_to_beat(Path(one.bid, at, HIGHEST * self.problem.score_unit), self.best, 0)
        if found == "never":
            return Need("score", "impossible", why="no score would be enough by the published objectives")
        return _found("score", lift + found if isinstance(found, int) else None)

    def _score_to_lose(self, one: Candidate, outside: Narrowed) -> Need:
        """Find how many units of score a funded bid would have to lose to be no longer sure of its award."""
        if not self._only_total_score(self.here.model, one):
            return self._score_to_lose_by_trial(one, outside)
        minimum = least_units(self.problem, one)
        to_minimum = one.score - minimum + 1 if minimum else None  # units that take it below the published minimum
        compared = self._behind(outside, self.best, self.here.model, one.bid, funded=False)
        if isinstance(compared, Need):
            return Need("score", "found", to_minimum) if to_minimum and compared.verdict == "impossible" else compared
        gap, _ = compared
        equal = reached(outside)
        if equal is None:
            return Need("score", "not_established")
        place = self.objectives.index("total_score")
        sure_when_level = self.best[place + 1 :] > equal[place + 1 :]
        amount = gap + (1 if sure_when_level else 0)
        if to_minimum is None and amount > one.score:
            return Need("score", "impossible", why="it would be funded even with no points at all")
        return Need("score", "found", amount if to_minimum is None else min(amount, to_minimum))

    def _score_to_lose_by_trial(self, one: Candidate, outside: Narrowed) -> Need:
        theirs = reached(outside)
        minimum = least_units(self.problem, one)
        if theirs is None:
            return Need("score", "not_established")

        def lost(less: int) -> bool | None:
            if one.score - less < minimum:
                return True
            answer = beats(self._changed(scored(one, -less)).search(one.bid, True), theirs)
            return None if answer is None else not answer

        if lost(0):
            return Need("score", "found", 0)
        everything = one.score - minimum + 1 if minimum else one.score
        answer = lost(everything)
        if answer is False:
            return Need("score", "impossible", why="it would be funded even with no points at all")
        return _found("score", turning_point(lost, 0, everything) if answer else None)

    def _money(self, one: Candidate) -> tuple[Need, Need]:
        """Find what cut of the cost, and what rise of the budgets, would fund a bid."""
        even = min(cost // 100 for level in one.levels for cost in level.costs)
        cut = Path(one.bid, cache(lambda pounds: self._changed(cheaper(one, pounds))), even)
        return self._cost_to_cut(one, cut), self._budget_to_add(one)

    def _cost_to_cut(self, one: Candidate, path: Path) -> Need:
        """Find by how many pounds, in each year, a bid would have to be cheaper, its score and all else as they are."""

        def turned(cut: int) -> bool | None:
            return beats(path.at(cut).search(one.bid, True, self.best[0]), self.best)

        found = least_to_beat(path, self.best, 1) if path.most else "unknown"
        if isinstance(found, int):
            return Need("cost", "found", found)
        whole = max(-(-cost // 100) for level in one.levels for cost in level.costs)
        answer = turned(whole)  # from here on the change is uneven, because costs stop at nought
        if answer is None:
            return Need("cost", "not_established")
        if not answer:
            never = path.at(whole).search(one.bid, True).infeasible
            return Need("cost", "impossible", why=NOT_ALLOWED if never else PREFERRED)
        return _found("cost", turning_point(turned, path.most if found == "never" else 0, whole))

    def _budget_to_add(self, one: Candidate) -> Need:
        """Find by how many pounds, in each year, the limits of money that bear on a bid would have to be higher."""
        names = limits_on(self.problem, one)
        if not names:
            return Need("budget", "impossible", why="no published budget bears on it")
        rising = self.rising(names)
        if not rising.even:
            return Need("budget", "not_established", why=UNEVEN)
        if names not in self.sweeps:
            self.sweeps[names] = [swept(rising, *part, self.steps) for part in parts_of(rising)]
        return budget_need(one.bid, names, self.sweeps[names])

    def rising(self, names: tuple[str, ...]) -> Rising:
        """Give the problem with more money under these limits."""
        return Rising(self.problem, names, self.near, self.known, self.here.prices if self.here.blocks else None)


def _found(change: Change, amount: int | None) -> Need:
    return Need(change, "not_established") if amount is None else Need(change, "found", amount)


PART = 8  # bids that one process looks at before it reports
Part = tuple[tuple[str, ...], tuple[int, int]]  # limits, and the pounds from and up to which they are swept


def all_cases(
    problem: Problem,
    allocation: Allocation,
    greatest: Mapping[str, int] = UNTOLD,
    share: Share = map,
    report_progress: ReportProgress = lambda _: None,
    steps: int = STEPS,
) -> tuple[BidCase, ...]:
    """Give the case of every bid, in order of bid.

    Parameters
    ----------
    problem, allocation, greatest, steps : as for ``explain_bid``.
    share : applies the work to every part, in the order of the parts: ``map``, or that of a pool of processes.
    report_progress : told how far the work has come.
    """
    known = Known()
    cases = Cases(problem, allocation, greatest, known)  # what every part needs, found out once
    sweeps: Sweeps = {}
    if cases.solved:
        _settle(cases, share)
        sweeps = _swept(cases, share, report_progress, steps)
    names = sorted({one.bid for one in problem.candidates} | {one.bid for one in problem.refused})
    parts = [names[at : at + PART] for at in range(0, len(names), PART)]
    work: Callable[[list[str]], tuple[BidCase, ...]] = partial(
        cases_of, problem, allocation, dict(greatest), known, sweeps
    )
    found: list[BidCase] = []
    for done in share(work, parts):
        found.extend(done)
        report_progress(f"Finding what would have changed each decision: {len(found)} of {len(names)} bids")
    return tuple(found)


def cases_of(
    problem: Problem,
    allocation: Allocation,
    greatest: Mapping[str, int],
    known: Known,
    sweeps: Sweeps,
    bids: Sequence[str],
) -> tuple[BidCase, ...]:
    """Give the cases of some bids: a pure function of its arguments, so that the work can be split."""
    cases = Cases(problem, allocation, greatest, known.copy(), sweeps)
    return tuple(cases.of(bid) for bid in bids)


def _settle(cases: Cases, share: Share) -> None:
    """Find out what each theme can bring with each of its bids in or out: nearly every search begins with that."""
    blocks = cases.here.blocks
    if blocks is None:
        return
    for theme, found in zip(blocks.themes, share(blocks.opposites, blocks.themes), strict=True):
        cases.known.tops |= {(blocks.name[theme], *key): top for key, top in found.items()}


def _swept(cases: Cases, share: Share, report_progress: ReportProgress, steps: int) -> Sweeps:
    """Sweep the money that bears on refused bids, part by part."""
    refused = [one for one in cases.problem.candidates if one.bid not in cases.funded]
    limits = sorted({limits_on(cases.problem, one) for one in refused} - {()})
    rising = {names: cases.rising(names) for names in limits}
    parts: list[Part] = [(names, part) for names in limits if rising[names].even for part in parts_of(rising[names])]
    found: dict[tuple[str, ...], list[Sweep]] = {}
    work = partial(sweep_of, cases.problem, cases.allocation, cases.known, steps)
    for number, ((names, _), sweep) in enumerate(zip(parts, share(work, parts), strict=True), 1):
        found.setdefault(names, []).append(sweep)
        report_progress(f"Finding whom more money would fund: {number} of {len(parts)} sums")
    return found


def sweep_of(problem: Problem, allocation: Allocation, known: Known, steps: int, part: Part) -> Sweep:
    """Sweep one part of the money: a pure function of its arguments, so that the work can be split."""
    names, (low, high) = part
    return swept(Cases(problem, allocation, known=known.copy()).rising(names), low, high, steps)
