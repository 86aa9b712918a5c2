"""Merit order by brute force: every set of awards, held to the words of the rule, with none of the engine's arithmetic.

Small problems in two themes and two years, the same for the same seed.
"""

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from evaluator.records.results.allocation import FULL, Candidate, Level, Problem
from tests.unit.allocation.small_problems import candidate, names, problem, value

Pick = tuple[Candidate, Level]
ONE_ORGANISATION = ("organisation_awards", "organisation_money")
THEMES, YEARS = ("advice", "youth"), ("y1", "y2")


def best_sets(made: Problem) -> list[tuple[str, ...]]:
    """The names of all sets that keep every rule and are best in every stage."""
    kept = [taken for taken in every_set(made) if keeps_every_rule(made, taken)]
    for objective in made.policy.objective + made.policy.tie_break:
        if kept:
            best = max(value(objective, taken) for taken in kept)
            kept = [taken for taken in kept if value(objective, taken) == best]
    return sorted(names(taken) for taken in kept)


def every_set(made: Problem) -> Iterator[tuple[Pick, ...]]:
    """Every way to fund bids at one of their levels each."""
    minimum = made.policy.minimum_score
    able = [one for one in made.candidates if minimum is None or one.score >= minimum * made.score_unit]
    for picked in product(*((None, *one.levels) for one in able)):
        yield tuple((one, level) for one, level in zip(able, picked, strict=True) if level is not None)


def keeps_every_rule(made: Problem, taken: Sequence[Pick], of: Collection[str] | None = None) -> bool:
    """Whether limits, floors and orders of merit all hold; of the rules of these ids where some are named."""
    had = {one.bid for one, _ in taken}
    rules = [rule for rule in made.rules if of is None or rule.id in of]
    apart = of is None or "excludes" in of
    if apart and any(other in had and other != one.bid for one, _ in taken for other in one.excludes):
        return False
    return not any(
        over(made, rule, taken) or not floor_met(made, rule, taken, had) or wrongly_passed(made, rule, taken)
        for rule in rules
    )


def pence(taken: Sequence[Pick], year: str | None = None, theme: str = "*") -> int:
    its = [level for one, level in taken if theme in ("*", one.theme)]
    return sum(sum(level.costs) if year is None else level.costs[YEARS.index(year)] for level in its)


def over(made: Problem, rule: Any, taken: Sequence[Pick]) -> bool:
    """Whether awards exceed a limit; rules that limit nothing are never exceeded."""
    return rule.kind in LIMITS and LIMITS[rule.kind](made, rule, taken)


def _most_awards(made: Problem, rule: Any, taken: Sequence[Pick]) -> bool:
    counts = [sum(one.theme == theme for one, _ in taken) for theme in themes_of(made, rule)]
    return rule.most is not None and max(counts, default=0) > rule.most


def _variants(_: Problem, rule: Any, taken: Sequence[Pick]) -> bool:
    its = [(one.organisations[0], one.variant) for one, _ in taken if one.variant]
    return any(its.count(one) > rule.limit for one in its)


LIMITS: dict[str, Callable[[Problem, Any, Sequence[Pick]], bool]] = {
    "budget": lambda _, rule, taken: pence(taken) > rule.limit * 100,
    "year_budget": lambda _, rule, taken: pence(taken, rule.year) > rule.limit * 100,
    "theme_budget": lambda made, rule, taken: (
        rule.limit is not None
        and any(pence(taken, rule.year, theme) > rule.limit * 100 for theme in themes_of(made, rule))
    ),
    "theme_awards": _most_awards,
    "organisation_awards": lambda _, rule, taken: any(len(its) > rule.limit for its in by_organisation(taken)),
    "organisation_money": lambda _, rule, taken: any(pence(its) > rule.limit * 100 for its in by_organisation(taken)),
    "capacity": lambda _, rule, taken: sum(Fraction(one.hours) for one, _ in taken) > rule.limit,
    "exclusive": lambda _, rule, taken: sum(one.bid in rule.bids for one, _ in taken) > rule.limit,
    "variants": _variants,
    "least_level": lambda _, rule, taken: any(level.percent < rule.least for _, level in taken),
}


def by_organisation(taken: Sequence[Pick]) -> list[list[Pick]]:
    names = {org for one, _ in taken for org in one.organisations}
    return [[pick for pick in taken if org in pick[0].organisations] for org in names]


def themes_of(made: Problem, rule: Any) -> set[str]:
    """The themes that a rule speaks of: with a star those that bids are for, or that a limit or floor names."""
    named = {other.theme for other in made.rules if other.kind.startswith("theme_")} - {"*"}
    return named | {one.theme for one in made.candidates} if rule.theme == "*" else {rule.theme}


def floor_met(made: Problem, rule: Any, taken: Sequence[Pick], had: set[str]) -> bool:
    match rule.kind:
        case "must_fund":
            return rule.bid in had
        case "linked":
            return len(had & {*rule.bids}) in (0, len({*rule.bids}))
        case "theme_awards":
            themes = themes_of(made, rule)
            return all(sum(one.theme == theme for one, _ in taken) >= rule.least for theme in themes)
        case "theme_budget":
            return rule.least is None or pence(taken, rule.year, rule.theme) >= rule.least * 100
        case "group_floor":
            return sum(rule.group in one.groups for one, _ in taken) >= rule.least
        case "ward_floor":
            return len({ward for one, _ in taken for ward in one.wards}) >= rule.least
    return True


def rank(rule: Any, made: Problem, one: Candidate) -> tuple[Any, ...]:
    """By score, or by band and what decides within one; the lowest is best."""
    if not rule.bands:
        return (-one.score, one.rank)
    band = next((n for n, edge in enumerate(rule.bands) if one.score >= edge * made.score_unit), len(rule.bands))
    whole = next(level for level in one.levels if level.name == FULL)
    return (band, *({"lower_cost": sum(whole.costs), "wards_covered": -len(one.wards)}[key] for key in rule.tie_break))


def wrongly_passed(made: Problem, rule: Any, taken: Sequence[Pick]) -> bool:
    """Whether a bid that could be funded is not, while a worse-ranked one is, with no ground that the rule names."""
    had = {one.bid for one, _ in taken}
    if rule.kind != "merit_order":
        return False
    able = [
        one
        for one in made.candidates
        if made.policy.minimum_score is None or one.score >= made.policy.minimum_score * made.score_unit
    ]
    for one in able:
        if one.bid in had or rule.theme not in ("*", one.theme):
            continue
        level = lowest_usable(made, one)
        if level is None or any(over(made, other, [(one, level)]) for other in made.rules):
            continue
        worse = [w for w, _ in taken if w.theme == one.theme and rank(rule, made, w) > rank(rule, made, one)]
        if rule.max_gap:
            worse = [w for w in worse if one.score - w.score > rule.max_gap * made.score_unit]
        if worse and not has_ground(made, rule, able, one, taken):
            return True
    return False


def lowest_usable(made: Problem, one: Candidate) -> Level | None:
    least = max([rule.least for rule in made.rules if rule.kind == "least_level"], default=Decimal(0))
    return min((level for level in one.levels if level.percent >= least), key=lambda level: level.percent, default=None)


def has_ground(made: Problem, rule: Any, able: Sequence[Candidate], one: Candidate, taken: Sequence[Pick]) -> bool:
    together = {one.bid}
    for _ in able:
        together |= {
            bid for other in made.rules if other.kind == "linked" and together & {*other.bids} for bid in other.bids
        }
    new = [(other, lowest_usable(made, other) or other.levels[-1]) for other in able if other.bid in together]
    trial = new + [
        (other, level)
        for other, level in taken
        if other.bid not in together and (other.theme != one.theme or rank(rule, made, other) <= rank(rule, made, one))
    ]
    bids = {other.bid for other, _ in trial}
    for other in made.rules:
        named = other.id in rule.passes_over
        money = rule.unaffordable == "pass_over" and other.kind in ("budget", "year_budget", "theme_budget")
        tested = money or (named and other.kind in (*ONE_ORGANISATION, "exclusive", "variants"))
        if tested and over(made, other, trial) and not over(made, other, trial[len(new) :]):
            return True
        if named and other.kind == "linked" and together & {*other.bids} and {*other.bids} - bids:
            return True
    return "excludes" in rule.passes_over and any(
        a.bid != b.bid and (a.bid in b.excludes or b.bid in a.excludes) for a, _ in new for b, _ in trial
    )


def random_merit(seed: int, bids: int = 7) -> Problem:
    """A small problem with an order of merit: grounds, gaps, bands, levels, links and floors as the dice fall."""
    dice = random.Random(seed)
    made = [_candidate(dice, f"B{number}") for number in range(dice.randint(2, bids))]
    density = dice.choice((0.2, 0.4))
    rules = [rule for rule in _rules(dice, [one.bid for one in made]) if dice.random() < density]
    rules = [{"id": f"R{number}", **rule} for number, rule in enumerate(rules, 1)]
    grounds = [rule["id"] for rule in rules if rule["kind"] in (*ONE_ORGANISATION, "exclusive", "variants", "linked")]
    merit: dict[str, Any] = {
        "id": "M1",
        "kind": "merit_order",
        "theme": dice.choice(("*", "*", "advice")),
        "passes_over": [one for one in (*grounds, "excludes") if dice.random() < 0.6],
        "unaffordable": dice.choice(("stop", "pass_over")),
    }
    if dice.random() < 0.25:
        merit |= {
            "bands": dice.choice((("8", "4"), ("6",))),
            "tie_break": dice.choice(((), ("lower_cost",), ("wards_covered", "lower_cost"))),
        }
    elif dice.random() < 0.3:
        merit["max_gap"] = dice.choice(("1", "2.5", "4"))
    policy: dict[str, Any] = {
        "objective": dice.choice(
            (["total_score"], ["total_score"], ["wards_covered", "total_score"], ["fewer_awards"])
        ),
        "tie_break": dice.choice(([], ["lower_cost"], ["total_score"])),
    }
    return problem(made, *rules, merit, years=YEARS, minimum_score=dice.choice((None, None, "2")), **policy)


def _candidate(dice: random.Random, bid: str) -> Candidate:
    score, ask = dice.randint(0, 6), (dice.randint(0, 5) * 100, dice.randint(1, 5) * 100)
    levels = [Level(FULL, score * 2, ask)]
    if dice.random() < 0.3:
        levels.append(Level("50%", score, (ask[0] // 2, ask[1] // 2)))
    return candidate(
        bid,
        0,
        0,
        dice.choice(THEMES),
        levels=tuple(levels),
        organisations=tuple(dice.sample(("o1", "o2", "o3"), dice.randint(1, 2))),
        hours=Decimal(dice.randint(0, 6)) / 2,
        wards=tuple(dice.sample(("w1", "w2", "w3"), dice.randint(0, 2))),
        groups=tuple(dice.sample(("g1", "g2"), dice.randint(0, 1))),
        variant=dice.choice(("", "", "bus")),
        excludes=("B1",) if dice.random() < 0.15 and bid != "B1" else (),
        rank=dice.randint(1, 2),
    )


def _rules(dice: random.Random, bids: list[str]) -> Iterator[dict[str, Any]]:
    some = dice.sample(bids, 2)
    yield {"kind": "budget", "limit": str(dice.randint(4, 25))}
    yield {"kind": "budget", "limit": str(dice.randint(4, 25))}
    yield {"kind": "year_budget", "year": "y1", "limit": str(dice.randint(1, 12))}
    yield {"kind": "theme_budget", "theme": "*", "limit": str(dice.randint(4, 15))}
    yield {"kind": "theme_budget", "theme": "youth", "least": str(dice.randint(0, 3)), "year": "y2"}
    yield {"kind": "theme_awards", "theme": "*", "least": int(dice.random() < 0.2), "most": dice.randint(1, 3)}
    yield {"kind": "organisation_awards", "limit": dice.randint(1, 2)}
    yield {"kind": "organisation_awards", "limit": dice.randint(1, 2)}
    yield {"kind": "organisation_money", "limit": str(dice.randint(5, 15))}
    yield {"kind": "capacity", "limit": str(Decimal(dice.randint(2, 15)) / 2)}
    yield {"kind": "exclusive", "bids": tuple(some)}
    yield {"kind": "linked", "bids": tuple(some) if dice.random() < 0.9 else (*some, "gone")}
    if dice.random() < 0.5:
        yield {"kind": "must_fund", "bid": dice.choice(bids)}
    yield {"kind": "variants", "limit": 1}
    yield {"kind": "least_level", "least": "60%"}
    yield {"kind": "group_floor", "group": "g1", "least": dice.randint(0, 1)}
    yield {"kind": "ward_floor", "least": dice.randint(0, 2)}
