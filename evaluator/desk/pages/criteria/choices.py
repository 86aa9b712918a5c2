"""What can be chosen in a field of the criteria, each in words that say what it does."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evaluator.law.regimes import NAMES
from evaluator.records.numbers import plain_decimal, pounds
from evaluator.records.programme.price.measured import MEASURED_METHODS
from evaluator.records.programme.price.measured import PLAIN as OF_FIGURES
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.price.names import PLAIN
from evaluator.records.programme.written.files import PROGRAMME, THEMES, Plain
from evaluator.records.programme.written.layout import Item

MEASURED, PRICE_LINE = "measured", "price_line"
POINTS_ALONE = tuple(name for name, terms in METHODS.items() if terms.gives == "points")
Options = tuple[tuple[str, str, str], ...]
MEANINGS = {
    "optimise": "optimise: the set of awards that is best by the objectives below",
    "priority": "priority: the best score first, down one list",
    "fixed_lots": "fixed lots: one award for each theme, to its best bid that the rules allow",
    "equal_shares": "equal shares: what people who voted buy with equal shares of the budget",
    "skip": "skip it: the next bid that fits is funded",
    "stop": "stop there: no further bid of its theme is funded",
    "pass_over": "pass over it: the next in rank is looked at",
    "consensus": "consensus: everyone marks alone, then the panel agrees on one mark",
    "one_evaluator": "one evaluator: a single person’s mark counts",
    "mean": "mean: the mean of the evaluators’ marks counts (grants alone)",
    "median": "median: the middle one of the evaluators’ marks counts (grants alone)",
    "trimmed_mean": "trimmed mean: the mean without the highest and lowest marks (grants alone)",
    "sum": "sum: the evaluators’ marks are added up (grants alone)",
    "told": "told: a note says so",
    "discussed": "discussed: why they differ has to be written",
    "third_evaluator": "third evaluator: one more person marks",
    "decision": "decision: a person decides that they stand",
    "closest": "closest: the mark furthest out is left out",
    "those_given": "those given: it is worked out from the others",
    "scaled": "scaled: a sum is scaled up to the usual number",
    "half_up": "half up: away from nought, as in Excel",
    "half_even": "half even: to the even neighbour",
    "parts": "parts: quality and price, each by itself",
    "total": "total: the total alone",
    "display": "display: nothing but what is shown",
    "services": "services and supplies",
    "grant": "grant: no contract is bought",
}
IN_BRACES = re.compile(r"\{(\w+)(?::([^{}]+))?\}")


def options(item: Item, files: Mapping[str, Plain], path: str = "") -> Options:
    """Give what can be chosen for a key of a part of the criteria; nothing where it takes any text."""
    programme = files.get(PROGRAMME, {})
    if item.choices:
        return tuple((one, _meaning(one), "") for one in item.choices)
    match item.key:
        case "method" if item.kind == "text":
            return tuple((name, f"{words} ({name})", "") for name, words in _methods(path))
        case "theme" | "stands_in":
            themes = tuple(_themes(files))
            return (*themes, ("*", "each theme", "")) if item.key == "theme" else themes
        case "tier":
            return tuple((str(one.get("id", "")), tier_title(one, files), "") for one in programme.get("tier", []))
        case "year":
            return tuple((str(one), str(one), "") for one in programme.get("years", []))
        case "procedure" | "first_act":
            return tuple(_of_law(item.key, str(programme.get("regime", ""))))
    return ()


def _methods(path: str) -> Iterator[tuple[str, str]]:
    """Give the methods that can be named in a part: of prices all, of lines and figures those that give points."""
    known = {MEASURED: MEASURED_METHODS, PRICE_LINE: POINTS_ALONE}.get(path, METHODS)
    yield from ((name, OF_FIGURES.get(name) or PLAIN[name]) for name in known)


def _meaning(word: str) -> str:
    law = NAMES.get(word)
    return MEANINGS.get(word) or (f"{law.title} ({word})" if law else word.replace("_", " "))


def _of_law(key: str, word: str) -> Iterator[tuple[str, str, str]]:
    """Give the procedures, or the first acts, of the law that applies."""
    if law := NAMES.get(word):
        for one in law.procedure if key == "procedure" else law.first_act:
            yield one.id, one.title, ""


def _themes(files: Mapping[str, Plain]) -> Iterator[tuple[str, str, str]]:
    for name, one in files.items():
        if name.startswith(THEMES):
            yield str(one.get("id", "")), str(one.get("title") or one.get("id", "")), ""


def tier_title(tier: Mapping[str, Any], files: Mapping[str, Plain]) -> str:
    """Give the title of a tier with the values that it takes by name; as it is written where one is not there.

    >>> small = {"id": "small", "title": "Up to {up_to} a year", "up_to": "25000"}
    >>> tier_title(small, {}), tier_title({"title": "Over {up_to:small}"}, {"programme.toml": {"tier": [small]}})
    ('Up to £25,000 a year', 'Over £25,000')
    """
    every = {str(one.get("id", "")): one for one in files.get(PROGRAMME, {}).get("tier", [])}

    def value(found: re.Match[str]) -> str:
        number = plain_decimal(str((every.get(found[2], {}) if found[2] else tier).get(found[1], "")))
        return pounds(int(number * 100)) if number is not None else found[0]

    return IN_BRACES.sub(value, str(tier.get("title", "")))
