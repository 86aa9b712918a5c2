"""Criteria in: a folder of TOML files, read into one record, with a finding for whatever is not understood."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from evaluator.records.catalogue import finding
from evaluator.records.criteria import Criteria, Question, Seal, Theme
from evaluator.records.source import Finding, Source

PROGRAMME, TEMPLATE, THEMES, SEAL = "programme.toml", "template.toml", "themes", "seal.json"
THEME_RULES = ("theme_budget", "theme_awards")
PLAIN_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a key that criteria have here",
    "too_short": "has too few entries",
    "union_tag_not_found": "has no kind",
}
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class CriteriaRead:
    """What a criteria folder holds: the criteria (None when not understood), the seal beside them, and findings."""

    criteria: Criteria | None
    seal: Seal | None
    findings: tuple[Finding, ...]


def read_criteria(folder: Path) -> CriteriaRead:
    """Read programme.toml, template.toml, themes/*.toml and seal.json of a criteria folder.

    Every key that is missing, unknown or wrong gives a finding with its file and key; none stops the reading.
    """
    found: list[Finding] = []
    programme = _toml(folder, PROGRAMME, found)
    template = _toml(folder, TEMPLATE, found) if (folder / TEMPLATE).is_file() else {}
    common = _models(Question, template.get("question", []), TEMPLATE, "question", found)
    themes = [_theme(folder, path, found) for path in sorted((folder / THEMES).glob("*.toml"))]
    if not found and programme is not None:
        programme |= {"common": common, "themes": tuple(sorted(filter(None, themes), key=lambda theme: theme.id))}
        criteria = _model(Criteria, programme, PROGRAMME, "", found)
    else:
        criteria = None
    return CriteriaRead(criteria, _seal(folder, found), tuple(found))


def criteria_files(folder: Path) -> tuple[str, ...]:
    """List the files of a criteria folder that make the criteria, by path relative to the folder."""
    names = [PROGRAMME, TEMPLATE, SEAL, *(f"{THEMES}/{path.name}" for path in sorted((folder / THEMES).glob("*.toml")))]
    return tuple(name for name in names if (folder / name).is_file())


def _toml(folder: Path, name: str, found: list[Finding]) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / name).read_text("utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        found.append(finding("E-FILE-001", Source(name), what="the programme's criteria"))
    except UnicodeDecodeError:
        found.append(finding("E-CRIT-002", Source(name), file=name, problem="it is not text in UTF-8"))
    except tomllib.TOMLDecodeError as error:
        found.append(finding("E-CRIT-002", Source(name), file=name, problem=str(error)))
    return {}


def _theme(folder: Path, path: Path, found: list[Finding]) -> Theme | None:
    name = f"{THEMES}/{path.name}"
    raw = _toml(folder, name, found)
    for rule in raw.get("rule", []):
        if rule.get("kind") in THEME_RULES:
            rule.setdefault("theme", raw.get("id", path.stem))
    theme = _model(Theme, raw, name, "", found) if raw else None
    if theme and theme.id != path.stem:
        found.append(finding("E-CRIT-003", Source(name, key="id"), file=name, theme=theme.id))
    return theme


def _models(kind: type[Model], raw: Iterable[Any], file: str, key: str, found: list[Finding]) -> tuple[Model, ...]:
    made = (_model(kind, item, file, f"{key}[{number}]", found) for number, item in enumerate(raw, start=1))
    return tuple(model for model in made if model is not None)


def _model(kind: type[Model], raw: Any, file: str, within: str, found: list[Finding]) -> Model | None:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False):
            key = dotted(within, problem["loc"])
            found.append(finding("E-CRIT-001", Source(file, key=key), key=key, problem=in_words(problem)))
        return None


def dotted(within: str, location: Iterable[str | int]) -> str:
    """Write where pydantic met a problem as a dotted TOML key, entries counted from 1.

    >>> dotted("", ("allocation", "rule", 2, "budget", "limit"))
    'allocation.rule[3].budget.limit'
    """
    key = within
    for part in location:
        key += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return key.lstrip(".")


def in_words(problem: Any) -> str:
    """Say what pydantic found in words that an officer can use."""
    plain = PLAIN_WORDS.get(problem["type"])
    message = problem["msg"].removeprefix("Value error, ")
    return plain or f"is not right: {message[0].lower()}{message[1:]}"


def _seal(folder: Path, found: list[Finding]) -> Seal | None:
    path = folder / SEAL
    if not path.is_file():
        return None
    try:
        return Seal.model_validate(json.loads(path.read_text("utf-8")))
    except (ValidationError, ValueError):
        found.append(finding("E-SEAL-003", Source(SEAL)))
        return None


def write_seal(folder: Path, seal: Seal) -> None:
    """Write seal.json beside the criteria, whole or not at all."""
    text = json.dumps(seal.model_dump(mode="json", by_alias=True), indent=2, sort_keys=True) + "\n"
    beside = folder / f".{SEAL}.unfinished"
    beside.write_text(text, "utf-8")
    beside.replace(folder / SEAL)
