"""What a published rule demands and of whom, read from whichever keys its kind has."""

from collections.abc import Mapping
from decimal import Decimal

from evaluator.records.numbers import decimal_text
from evaluator.records.programme.rules import EVERY_THEME, Rule

KINDS_OF_MONEY = {"budget", "year_budget", "theme_budget", "organisation_money"}
KINDS_OF_SHARES = {"small_share", "theme_share", "least_level"}
LIMITS = {"id", "title", "source", "kind", "limit", "least", "most"}
NOT_A_SUBJECT = LIMITS | {"gives_way", "committed", "carry_over", "of", "length", "reason"}


def least(rule: Rule) -> Decimal | int | None:
    """Give the floor that a rule sets, if it sets one."""
    found: Decimal | int | None = getattr(rule, "least", None)
    return found


def most(rule: Rule) -> Decimal | int | None:
    """Give the limit that a rule sets, if it sets one."""
    found: Decimal | int | None = getattr(rule, "limit", None)
    return getattr(rule, "most", None) if found is None else found


def applies_to(rule: Rule, titles: Mapping[str, str]) -> str:
    """Say what a rule applies to: its theme, year, group or bids; empty where that is all awards together.

    >>> from evaluator.records.programme.rules import ThemeBudget
    >>> rule = ThemeBudget(id="R1", kind="theme_budget", theme="advice", year="2026-27", limit=5)
    >>> applies_to(rule, {"advice": "Advice and information"})
    'Advice and information, 2026-27'
    """
    subjects = rule.model_dump(exclude=NOT_A_SUBJECT, exclude_none=True)
    return ", ".join(titles.get(word, word) for word in map(_words, subjects.values()))


def _words(value: object) -> str:
    if value == EVERY_THEME:
        return "each theme"
    if isinstance(value, tuple):
        return " and ".join(value)
    return decimal_text(value) if isinstance(value, Decimal) else str(value)
