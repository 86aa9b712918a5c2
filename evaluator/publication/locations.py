"""Where each part of the criteria stands: its file and its dotted key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from evaluator.records.findings.finding import Source
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.criteria import Criteria, PricePolicy, Question, Theme
from evaluator.records.programme.rules import Rule, RuleBase
from evaluator.records.programme.scales import ScaleMark
from evaluator.records.programme.texts import Text

PROGRAMME, TEMPLATE = "programme.toml", "template.toml"
Part = TypeVar("Part")


@dataclass(frozen=True)
class Place:
    """A table of a TOML file.

    >>> str(Place("template.toml", "question[2]").key("text"))
    'template.toml question[2].text'
    """

    file: str
    table: str = ""

    def key(self, name: str) -> Source:
        """Give the place of one of the table's keys."""
        return Source(self.file, key=f"{self.table}.{name}" if self.table else name)


def programme(name: str) -> Source:
    """Give the place of a key of programme.toml."""
    return Source(PROGRAMME, key=name)


def in_theme(theme: Theme, name: str) -> Source:
    """Give the place of a key of a theme's file."""
    return Source(f"themes/{theme.id}.toml", key=name)


def numbered(file: str, table: str, parts: Iterable[Part]) -> Iterator[tuple[Place, Part]]:
    """Give each entry of an array of tables with its place, counted from 1."""
    for number, part in enumerate(parts, start=1):
        yield Place(file, f"{table}[{number}]"), part


def common_questions(criteria: Criteria) -> Iterator[tuple[Place, Question]]:
    """Give every common question with its place."""
    return numbered(TEMPLATE, "question", criteria.common)


def own_questions(theme: Theme) -> Iterator[tuple[Place, Question]]:
    """Give every question of a theme's own with its place."""
    return numbered(f"themes/{theme.id}.toml", "question", theme.question)


def all_questions(criteria: Criteria) -> Iterator[tuple[Place, Question]]:
    """Give every question with its place: the common ones, then theme by theme."""
    yield from common_questions(criteria)
    for theme in criteria.themes:
        yield from own_questions(theme)


def all_rules(criteria: Criteria) -> Iterator[tuple[Place, Rule]]:
    """Give every rule of award with its place: the programme's, then theme by theme."""
    if criteria.allocation:
        yield from numbered(PROGRAMME, "allocation.rule", criteria.allocation.rule)
    for theme in criteria.themes:
        yield from numbered(f"themes/{theme.id}.toml", "rule", theme.rule)


def price_policies(criteria: Criteria) -> Iterator[tuple[Place, PricePolicy, tuple[Theme, ...]]]:
    """Give every price policy with its place and the themes that it scores."""
    if criteria.price:
        scored = tuple(theme for theme in criteria.themes if theme.price is None)
        yield Place(PROGRAMME, "price"), criteria.price, scored
    for theme in criteria.themes:
        if theme.price:
            yield Place(f"themes/{theme.id}.toml", "price"), theme.price, (theme,)


def where_published(criteria: Criteria) -> dict[tuple[str, str], Source]:
    """Give where each ``rule``, ``question``, ``theme`` and ``weight`` (by theme and question) stands, by its id."""
    found = {("rule", rule.id): Source(place.file, key=place.table) for place, rule in all_rules(criteria)}
    found |= {("question", one.id): Source(place.file, key=place.table) for place, one in all_questions(criteria)}
    for theme in criteria.themes:
        found["theme", theme.id] = in_theme(theme, "id")
        found |= {("weight", f"{theme.id} {name}"): in_theme(theme, f"weights.{name}") for name in theme.weights}
    return found


def whose(text: Text) -> str:
    """Name what a text belongs to, as findings tell of it."""
    match text.record:
        case Gate(id=name):
            return f"the gate {name}"
        case Question(id=name):
            return f"the question {name}"
        case ScaleMark(mark=mark):
            return f"the mark {decimal_text(mark)}"
        case Theme(id=name):
            return f"the theme {name}"
        case RuleBase(id=name):
            return f"the rule {name}"
    return text.place.key
