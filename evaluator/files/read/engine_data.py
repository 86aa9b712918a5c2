"""The engine's own data in: words that checks look for, rules about reasons, rates of false alarms, the library."""

import os
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from evaluator.files.read.inputs import read_once
from evaluator.files.read.notation import toml_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.looked_for.check_words import LISTS, Change, CheckWords

if TYPE_CHECKING:
    from evaluator.records.programme.looked_for.reasons import ReasonRules
    from evaluator.records.programme.written.library import Library

ENGINE = Path(__file__).resolve().parents[2]
WORDS = ENGINE / "publication" / "checks" / "wording" / "words.toml"
RULES = ENGINE / "validation" / "reasons.toml"
FALSE_ALARMS = ENGINE / "evidence" / "data" / "false_alarms.toml"
LIBRARIES = tuple(root / "criteria" / "library" for root in (ENGINE / "_shipped", ENGINE.parent))  # the first there is
OWN_WORDS = "words.toml"  # in a criteria folder
START, EXCLUSIONS, COMMON = "start.toml", "exclusions.toml", "common.toml"
CHANGES = TypeAdapter(dict[str, Change])


def read_check_words(criteria: Path | None = None) -> tuple[CheckWords, tuple[Finding, ...]]:
    """Read the words that checks look for, with the changes of ``words.toml`` beside the criteria if it is there."""
    words = _own_check_words()
    folder = criteria if criteria is None or criteria.is_dir() else criteria.parent
    if folder is None or not os.path.lexists(folder / OWN_WORDS):
        return words, ()
    try:
        raw = toml_of(read_once(folder / OWN_WORDS))
        raw.pop("schema", None)
        changes = CHANGES.validate_python(raw)
        unknown = sorted(set(changes) - set(LISTS))
    except (ValueError, OSError) as error:  # what pydantic and tomllib raise are values in error too
        said = str(getattr(error, "strerror", None) or error)
        problem = "its lists are add, remove and except" if isinstance(error, ValidationError) else said
        return words, (finding("E-CRIT-002", Source(OWN_WORDS), file=OWN_WORDS, problem=problem),)
    if unknown:
        problem = f"there is no list {unknown[0]}; the lists are {', '.join(LISTS)}"
        return words, (finding("E-CRIT-002", Source(OWN_WORDS, key=unknown[0]), file=OWN_WORDS, problem=problem),)
    return words.changed(changes), ()


@cache
def _own_check_words() -> CheckWords:
    return CheckWords.model_validate(tomllib.loads(WORDS.read_text("utf-8")))


@cache
def read_reason_rules() -> "ReasonRules":
    """Read the rules and words by which reasons are looked at."""
    from evaluator.records.programme.looked_for.reasons import ReasonRules

    return ReasonRules.model_validate(tomllib.loads(RULES.read_text("utf-8")))


def read_false_alarms() -> dict[str, Any]:
    """Read how often each test of exceptions finds something in honest programmes, as it was measured."""
    return tomllib.loads(FALSE_ALARMS.read_text("utf-8"))


def read_library() -> "Library":
    """Read the starter library that comes with the engine, beside it or shipped with it."""
    from evaluator.records.programme.written.library import Area, Exclusions, Library

    folder = next(place for place in LIBRARIES if place.is_dir())
    areas = (path for path in sorted(folder.glob("*.toml")) if path.name not in (START, COMMON, EXCLUSIONS))
    return Library(
        start=_with_decimals(folder / START),
        exclusions=Exclusions.model_validate(_with_decimals(folder / EXCLUSIONS)),
        common=_with_decimals(folder / COMMON)["question"],
        areas=tuple(Area.model_validate(_with_decimals(path) | {"id": path.stem}) for path in areas),
    )


def _with_decimals(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
