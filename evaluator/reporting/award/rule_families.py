"""Published rules as people think of them: one that repeats year by year is one rule, with its title before its ids."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluator.records.english import listing
from evaluator.records.numbers import pence, pounds
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.rules import FIGURES, Rule
from evaluator.reporting.award.money import RuleSummary

OWN = {"id", "title", "source", "facts", "gives_way", "year", *FIGURES}  # in which the rules of a family may differ
MANY = 2  # ids, rules or cases that are listed one by one


@dataclass(frozen=True)
class Family:
    """Rules that differ in their year alone: their title without it, and their ids in short."""

    title: str
    ids: str
    rules: tuple[str, ...]

    def named(self, theme: str = "") -> str:
        """Give the title with the ids after it, or these alone; a theme's title before it is left out."""
        title = bare(self.title, theme)
        return f"{title} ({self.ids})" if title else self.ids


def bare(title: str, theme: str) -> str:
    """Leave a theme's title out before the title of its rule, where it stands beside it.

    >>> bare("Advice: number of contracts", "Advice"), bare("Programme budget", "Advice")
    ('Number of contracts', 'Programme budget')
    """
    left = title.removeprefix(f"{theme}: ")
    return f"{left[:1].upper()}{left[1:]}"


class Families:
    """The families of a programme's rules, in their published order."""

    def __init__(self, criteria: Criteria) -> None:
        by_key: dict[tuple[object, ...], list[Rule]] = {}
        for rule in criteria.rules:
            by_key.setdefault(_key(rule), []).append(rule)
        self.themes = frozenset(theme.title for theme in criteria.themes)
        self.all = tuple(_family(rules) for rules in by_key.values())
        self.by_rule: Mapping[str, Family] = {id: family for family in self.all for id in family.rules}

    def named(self, ids: Iterable[str], theme: str) -> tuple[str, ...]:
        """Name the rules of some ids in a few words, each family once; an id that no rule has stands as it is."""
        told = list(dict.fromkeys(self.by_rule[id].named(theme) if id in self.by_rule else id for id in ids))
        return (*told[:MANY], *([f"{len(told) - MANY} more"] if len(told) > MANY else []))


def _key(rule: Rule) -> tuple[object, ...]:
    year = getattr(rule, "year", None)
    if year is None:
        return (rule.id,)
    same = rule.model_dump(exclude=OWN)
    return (rule.kind, _without(rule.title, year), *(str(value) for value in same.values()))


def _without(title: str, year: str) -> str:
    return " ".join(title.replace(year, " ").split()).strip(" ,:;–-")


def _family(rules: Sequence[Rule]) -> Family:
    year = getattr(rules[0], "year", None)
    title = _without(rules[0].title, year) if year and len(rules) > 1 else rules[0].title
    ids = tuple(rule.id for rule in rules)
    return Family(title, f"{ids[0]} to {ids[-1]}" if len(ids) > MANY else listing(ids), ids)


def by_family(families: Families, lines: Sequence[RuleSummary]) -> list[RuleSummary]:
    """Put the lines of rules that repeat by year together: what they come to from the least to the most."""
    found: list[RuleSummary] = []
    for family in families.all:
        own = [line for line in lines if line.rule in family.rules]
        together = len(family.rules) > 1 and len(own) == len(family.rules)
        found += [_together(family, own)] if together else _alike(families, own)
    return [_beside(line) for line in found]


def _beside(line: RuleSummary) -> RuleSummary:
    """Leave out of a title what its subject says already."""
    theme = line.title.partition(": ")[0]
    return replace(line, title=bare(line.title, theme)) if line.subject.startswith(theme) else line


def _alike(families: Families, cases: Sequence[RuleSummary]) -> Iterator[RuleSummary]:
    """Put the cases of one rule together that came to the same."""
    same: dict[tuple[object, ...], list[RuleSummary]] = {}
    for one in cases:
        same.setdefault((one.rule, one.least, one.most, one.used, one.holds), []).append(one)
    for alike in same.values():
        few = "; ".join(one.subject for one in alike)
        many = (
            f"{len(alike)} of {len(cases)} {'themes' if families.themes >= {one.subject for one in cases} else 'cases'}"
        )
        yield replace(alike[0], subject=few if len(alike) <= MANY else many)


def _together(family: Family, lines: Sequence[RuleSummary]) -> RuleSummary:
    return RuleSummary(
        rule=family.ids,
        title=family.title,
        subject=_subject(lines),
        least=_span([line.least for line in lines]),
        most=_span([line.most for line in lines]),
        used=_span([line.used for line in lines]),
        holds=all(line.holds for line in lines),
    )


def _subject(lines: Sequence[RuleSummary]) -> str:
    """Say what the rules of a family apply to, in each year."""
    parts = [line.subject.split(", ") for line in lines]
    shared = [part for part in parts[0] if all(part in other for other in parts)]
    return ", ".join([*shared, "each year"])


def _span(texts: Sequence[str]) -> str:
    """Give the least and the most of amounts of money; other texts are listed, each once."""
    every = list(dict.fromkeys(texts))
    amounts = [pence(text) for text in every]
    known = [amount for amount in amounts if amount is not None]
    if len(every) == 1 or len(known) < len(every):
        return "; ".join(every)
    return f"{pounds(min(known))} to {pounds(max(known))}"
