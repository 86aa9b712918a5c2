"""What a published rule applies to, read from whichever keys its kind has."""

from collections.abc import Mapping
from decimal import Decimal

from evaluator.records.numbers import decimal_text
from evaluator.records.programme.rules import EVERY_THEME, SUBJECTS, Rule


def applies_to(rule: Rule, titles: Mapping[str, str]) -> str:
    """Say what a rule applies to: its theme, year, group or bids; empty where that is all awards together.

    >>> from evaluator.records.programme.rules import ThemeBudget
    >>> rule = ThemeBudget(id="R1", kind="theme_budget", theme="advice", year="2026-27", limit=5)
    >>> applies_to(rule, {"advice": "Advice and information"})
    'Advice and information, 2026-27'
    """
    subjects = rule.model_dump(include=set(SUBJECTS), exclude_none=True)
    return ", ".join(titles.get(word, word) for word in map(_words, subjects.values()))


def in_words(subject: str, titles: Mapping[str, str]) -> str:
    """Say what a rule was counted for, with a theme by its title: alone, or beside a year.

    >>> in_words("advice, 2026-27", {"advice": "Advice and information"})
    'Advice and information, 2026-27'
    """
    return ", ".join(titles.get(word, word) for word in subject.split(", "))


def _words(value: object) -> str:
    if value == EVERY_THEME:
        return "each theme"
    if isinstance(value, tuple):
        return " and ".join(value)
    return decimal_text(value) if isinstance(value, Decimal) else str(value)
