"""The numbers of clauses, which stay from one version to the next: made of what a clause is about, not of its place.

A part has the number of its place in ``PARTS``; a statement that every programme has, or could have, the number of its
place in ``FIXED``; whatever has an id of its own (a question, a gate, a rule) has that id. To both lists things are
only ever added at the end, and ids are published once: a rule that is added or taken out renumbers no other clause.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluator.records.numbers import decimal_text
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.conditions.stages import Stage
from evaluator.records.programme.conditions.verification import Verification
from evaluator.records.programme.criteria import (
    Characteristic,
    PricePolicy,
    Question,
    Section,
    Theme,
    Tier,
)
from evaluator.records.programme.money.contract_management import ContractManagement
from evaluator.records.programme.not_applicable import NotApplicable
from evaluator.records.programme.price.measured import Measured
from evaluator.records.programme.procurement.keys import Term
from evaluator.records.programme.published import Declaring
from evaluator.records.programme.rules import RuleBase
from evaluator.records.programme.scales import ScaleMark, ScaleOf
from evaluator.records.programme.texts import Text
from evaluator.records.programme.written.files import THEMES

PARTS = (
    *("programme", "steps", "gate", "verification", "term", "scale", "moderation", "question", "outcome", "tier"),
    *("price", "theme", "rounding", "tie_break", "award", "equality", "accepted", "version", "example"),
    "measured",
    "stage",
)
_PRICE = ("method", "formula", "points", "basis", "discount", "bounds", "alone", "others", "nought", "low")
_QUESTION = (
    *("text", "good_answer", "scope", "word_limit", "asked", "tiers", "relative_weight", "outcomes", "approaches"),
    *("purpose", "answered", "marked_on", "descriptors"),
)
FIXED: Mapping[str, tuple[str, ...]] = {
    "programme": ("facts", "late", "changes", "standstill"),
    "steps": (
        *("gates", "marks", "points", "minimums", "price", "total", "ranks", "awards", "whole", "apart"),
        *("figures", "stages"),
    ),
    "gate": ("question", "predicate", "on_failure", "kind"),
    "verification": ("counts", "evidence", "before"),
    "term": ("text",),
    "scale": ("only", "points", "passes"),
    "moderation": ("method", "evaluators", "spread", "declarations", "trim", "missing", "rounding", "reasons"),
    "question": _QUESTION,
    "price": _PRICE,
    "theme": ("about", "weights", "sections", "minimums", "price", "rules"),
    "rounding": ("point", "places"),
    "tie_break": ("order", "rest", "received", "draw"),
    "stage": ("questions", "passes", "ties", "counts", "after", "decided"),
    "award": (
        *("method", "objective", "ties", "still_equal", "least", "money", "leftovers", "search", "inversions", "hours"),
        *("levels", "listed", "theme_weights"),
        *("list_order", "sums", "rounded_sums", "panel_sums", "rest", "tranches"),
        *("choice", "choice_reach", "choice_adds", "choice_grounds"),
    ),
    "measured": (*("counted", "method", "formula", "table", "bounds", "cap", "limits", "allowed", "alone", "others"),),
    "equality": ("asked", "threshold", "bands", "margin", "outside", "family", "words"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its number and its words."""

    number: str
    words: str


def number(part: str, *subjects: str) -> str:
    """Give the number of a part, or of what is said in it of a subject.

    >>> number("moderation"), number("moderation", "spread"), number("gate", "insurance", "predicate")
    ('7', '7.3', '3.insurance.2')
    """
    fixed = FIXED.get(part, ())
    own = (str(fixed.index(one) + 1) if one in fixed else one for one in subjects)
    return ".".join((str(PARTS.index(part) + 1), *own))


def clauses(part: str, said: Iterable[tuple[str, str]], *within: str) -> tuple[Clause, ...]:
    """Give what is said of each subject of a part, or of one entry of it, each with its number."""
    return tuple(Clause(number(part, *within, subject), words) for subject, words in said)


def said_of(number: str, part: str, said: Iterable[tuple[str, str]]) -> tuple[Clause, ...]:
    """Give the same under another number: that of a theme's own price, or of a question."""
    fixed = FIXED[part]
    return tuple(Clause(f"{number}.{fixed.index(subject) + 1}", words) for subject, words in said)


SINGLE = {"allocation": "award"}  # tables of the programme's file that are a part under another name


def clause_of(text: Text) -> str:
    """Give the number of the clause that a text stands in, or whose source it is."""
    theme = text.theme if text.place.file.startswith(THEMES) else ""
    found = next((give for kind, give in NUMBERS.items() if isinstance(text.record, kind)), None)
    if found:
        return found(text.record, text.key, theme)
    part, _, rest = text.place.key.partition(".")
    if part in ("outcomes", "approaches"):
        return number("outcome", rest)
    part = SINGLE.get(part, part)
    return number(part) if part in PARTS else number("programme", "facts")


def _question(one: Question, key: str, theme: str) -> str:
    at = number("theme", theme, one.id) if theme else number("question", one.id)
    return f"{at}.{_QUESTION.index(key) + 1}" if key in _QUESTION else at


def _keyed(part: str, name: str) -> Callable[[Any, str, str], str]:
    """Give the numbers of texts of a record by the key that holds each, where it has a clause of its own."""

    def give(one: Any, key: str, _: str) -> str:
        return number(part, getattr(one, name), *([key] if key in FIXED[part] else []))

    return give


NUMBERS: Mapping[type[Declaring], Callable[[Any, str, str], str]] = {
    Question: _question,
    Gate: _keyed("gate", "id"),
    Term: _keyed("term", "id"),
    Stage: _keyed("stage", "id"),
    Verification: _keyed("verification", "column"),
    ScaleMark: lambda one, _, __: number("scale", f"mark {decimal_text(one.mark)}"),
    ScaleOf: lambda one, _, __: number("scale", one.id),
    NotApplicable: lambda _, __, ___: number("steps", "apart"),
    RuleBase: lambda one, _, theme: number("theme", theme, one.id) if theme else number("award", one.id),
    Section: lambda one, _, theme: number("theme", theme, "sections", one.id),
    Tier: lambda one, _, __: number("tier", one.id),
    Characteristic: lambda one, _, __: number("equality", one.id),
    PricePolicy: lambda _, __, theme: number("theme", theme, "price") if theme else number("price"),
    Measured: lambda one, key, _: number("measured", one.id, *(["counted"] if key == "text" else [])),
    Theme: lambda one, _, __: number("theme", one.id),
    ContractManagement: lambda _, __, ___: number("award", "hours"),
}
