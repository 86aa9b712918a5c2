"""What it would take of one rule alone to let the others hold: every repair by a single rule, verified by solving."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from evaluator.allocation.model.constraints import build
from evaluator.allocation.oracle.feasibility import Feasibility
from evaluator.allocation.search.turning_point import turning_point
from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.rules import EXCLUDES, FIGURES, MeritOrder, Rule
from evaluator.records.results.allocation import Problem, Repair


@dataclass
class Repairs:
    """A look for repairs under way: the problem, after the minimum score, and what answers whether rules can hold."""

    problem: Problem
    oracle: Feasibility
    complete: bool = True

    def by_one_of(self, names: tuple[str, ...]) -> tuple[Repair, ...]:
        """Give every repair by one of these rules.

        A rule outside a conflict cannot end it unless one in it is read from it, so no others need be tried.
        """
        tried = [rule for rule in self.problem.rules if rule.id in names or self._is_read(rule, names)]
        found = [repair for rule in tried for repair in self._by(rule)]
        if EXCLUDES in names and self._feasible(self._without_exclusions()):
            found.append(Repair(EXCLUDES, "", "two bids exclude each other", "left out"))
        return tuple(found)

    def _is_read(self, rule: Rule, names: tuple[str, ...]) -> bool:
        """Whether what a rule of the conflict allows may follow from this one: by a share, or by carrying over."""
        inside = [one for one in self.problem.rules if one.id in names]
        shares = any(getattr(one, "of", "") == "budget" for one in inside)
        carried = {one.kind for one in inside if getattr(one, "carry_over", False)}
        return (shares and rule.traits.is_whole_budget) or rule.kind in carried

    def _by(self, rule: Rule) -> Iterator[Repair]:
        keys = [key for key in FIGURES if getattr(rule, key, None) is not None]
        for key in keys:
            yield from self._by_moving(rule, key)
        others = tuple(one for one in self.problem.rules if one is not rule)
        if not keys and self._feasible(replace(self.problem, rules=others)):
            yield Repair(rule.id, "", rule.kind.replace("_", " "), "left out")

    def _by_moving(self, rule: Rule, key: str) -> Iterator[Repair]:
        """Move a limit until the rules can hold together; nothing where no distance is enough."""
        unit, value = self._unit(rule), Decimal(getattr(rule, key))
        steps = int(value / unit) if key == "least" else int(self._everything(rule) / unit) + 1

        def feasible(moved: int) -> bool | None:
            to = max(Decimal(0), value - moved * unit) if key == "least" else value + moved * unit
            return self._feasible(self._with(rule, key, to))

        enough = next((moved for moved in self._tried(steps) if feasible(moved)), 0)
        found = turning_point(feasible, 0, enough) if enough else None
        if found is not None:
            to = value - found * unit if key == "least" else value + found * unit
            yield Repair(rule.id, key, in_words(rule, value), in_words(rule, to))

    def _tried(self, steps: int) -> Iterator[int]:
        """Say how far a limit is moved at first: as far as can matter; under an order of merit by doubling too.

        There more of anything can also take sets away, because a better-ranked bid that now fits must come first.
        """
        if steps > 0:
            yield steps
        if any(isinstance(rule, MeritOrder) for rule in self.problem.rules):
            yield from (2**power for power in range(steps.bit_length()) if 2**power < steps)

    def _with(self, rule: Rule, key: str, value: Decimal) -> Problem:
        whole = isinstance(getattr(rule, key), int)
        moved = rule.model_copy(update={key: int(value) if whole else value})
        return replace(self.problem, rules=tuple(moved if one is rule else one for one in self.problem.rules))

    def _without_exclusions(self) -> Problem:
        return replace(self.problem, candidates=tuple(replace(one, excludes=()) for one in self.problem.candidates))

    def _unit(self, rule: Rule) -> Decimal:
        """Give the last place in which a limit is stated: pence, hundredths of a per cent, a bid, the bids' hours."""
        if rule.traits.counts == "hours":
            places = [Decimal(one.hours).as_tuple().exponent for one in self.problem.candidates] + [-2]
            return Decimal(1).scaleb(min(place for place in places if isinstance(place, int)))
        return Decimal("0.01") if rule.traits.counts in ("money", "share") else Decimal(1)

    def _everything(self, rule: Rule) -> Decimal:
        """Give an amount that all bids together stay under."""
        if rule.traits.counts == "money":
            pence = sum(max(level.cost for level in one.levels) for one in self.problem.candidates)
            shares = any(getattr(one, "of", "") == "budget" for one in self.problem.rules)
            return Decimal(pence) / 100 * (10_000 if shares else 1)  # a hundredth of a per cent of it is then all bids
        if rule.traits.counts == "hours":
            return sum((one.hours for one in self.problem.candidates), Decimal(0))
        return Decimal(100) if rule.traits.counts == "share" else Decimal(len(self.problem.candidates))

    def _feasible(self, problem: Problem) -> bool | None:
        answer = self.oracle.any_set(build(problem))
        if answer.outcome == "unknown":
            self.complete = False
            return None
        return answer.outcome != "infeasible"


def in_words(rule: Rule, value: Decimal) -> str:
    """Write a rule's figure with its unit."""
    match rule.traits.counts:
        case "money":
            return pounds(int(value * 100))
        case "hours":
            return f"{decimal_text(value)} hours"
        case "share":
            return f"{decimal_text(value)} %"
        case "awards" | "wards":
            return decimal_text(value)
        case never:
            assert_never(never)
