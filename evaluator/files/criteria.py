"""Criteria in: a folder of TOML files, read into one record, with a finding for whatever is not understood."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from evaluator.records.catalogue import finding
from evaluator.records.criteria import Criteria, Question, Seal, Theme
from evaluator.records.rules import Published
from evaluator.records.source import Finding, Source

PROGRAMME, TEMPLATE, THEMES, SEAL = "programme.toml", "template.toml", "themes", "seal.json"
THEME_RULES = ("theme_budget", "theme_awards")
PLAIN_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a key that criteria have here",
    "too_short": "has too few entries",
    "string_type": "must be a text in quotes",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "union_tag_not_found": "has no kind",
    "union_tag_invalid": "has a kind that rules do not have",
}
# What a lawyer would miss has a finding of its own: the pattern of the key (with "is missing" or a wrong value), the
# code, and whether it is found for a missing key only.
MISSED: tuple[tuple[str, str, bool], ...] = (
    (r"rounding(\.(places|mode|point))?", "E-CRIT-004", True),
    (r"moderation", "E-CRIT-005", True),
    (r"moderation\.method", "E-CRIT-005", False),
    (r"tie_break(\.order)?", "E-CRIT-006", True),
    (r"allocation\.method", "E-CRIT-007", True),
    (r"weights", "E-CRIT-008", True),
    (r"price\.method", "E-CRIT-009", True),
    (r"scale\.mark\[\d+\]\.descriptor", "E-CRIT-202", True),
    (r"gate\[\d+\]\.predicate", "E-CRIT-301", True),
    (r"gate\[\d+\]\.on_failure", "E-CRIT-304", True),
    (r"question\[\d+\]\.(text|good_answer)", "E-CRIT-703", True),
)
PUT_TOGETHER = {"common": f"the questions of {TEMPLATE}", "themes": f"the files in {THEMES}"}
Model = TypeVar("Model", bound=BaseModel)


class Template(Published):
    """What template.toml holds: the common questions."""

    question: tuple[Question, ...] = ()


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
    template = _template(folder, found)
    themes = [_theme(folder, path, found) for path in sorted((folder / THEMES).glob("*.toml"))]
    read = tuple(sorted(filter(None, themes), key=lambda theme: theme.id))
    criteria = None
    if programme is not None:
        found += _misplaced(programme)
        programme |= {"common": template.question if template else (), "themes": read}
        # A theme that was not understood has its findings; that it is missing here is not another one.
        criteria = _model(Criteria, programme, PROGRAMME, found, known=("themes",) if found else ())
    return CriteriaRead(None if found else criteria, _seal(folder, found), tuple(found))


def criteria_files(folder: Path) -> tuple[str, ...]:
    """List the files of a criteria folder that make the criteria, by path relative to the folder."""
    names = [PROGRAMME, TEMPLATE, SEAL, *(f"{THEMES}/{path.name}" for path in sorted((folder / THEMES).glob("*.toml")))]
    return tuple(name for name in names if (folder / name).is_file())


def _toml(folder: Path, name: str, found: list[Finding]) -> dict[str, Any] | None:
    try:
        return tomllib.loads((folder / name).read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        found.append(finding("E-FILE-001", Source(name), what="the programme's criteria"))
    except OSError as error:
        found.append(finding("E-CRIT-002", Source(name), file=name, problem=f"it cannot be opened ({error.strerror})"))
    except UnicodeDecodeError:
        found.append(finding("E-CRIT-002", Source(name), file=name, problem="it is not text in UTF-8"))
    except RecursionError:
        found.append(finding("E-CRIT-002", Source(name), file=name, problem="it is nested too deeply"))
    except tomllib.TOMLDecodeError as error:
        found.append(finding("E-CRIT-002", Source(name), file=name, problem=str(error)))
    return None


def _misplaced(programme: dict[str, Any]) -> Iterator[Finding]:
    """Find what the programme's file says of parts that other files hold, which would otherwise be passed over."""
    for key, where in PUT_TOGETHER.items():
        if key in programme:
            problem = f"is not written here; it is made of {where}"
            yield finding("E-CRIT-001", Source(PROGRAMME, key=key), key=key, problem=problem)


def _template(folder: Path, found: list[Finding]) -> Template | None:
    if not (folder / TEMPLATE).exists():
        return Template()
    raw = _toml(folder, TEMPLATE, found)
    return None if raw is None else _model(Template, raw, TEMPLATE, found)


def _theme(folder: Path, path: Path, found: list[Finding]) -> Theme | None:
    name = f"{THEMES}/{path.name}"
    raw = _toml(folder, name, found)
    if raw is None:
        return None
    rules = raw.get("rule")
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict) and rule.get("kind") in THEME_RULES:
            rule.setdefault("theme", raw.get("id", path.stem))
    theme = _model(Theme, raw, name, found)
    if theme and theme.id != path.stem:
        found.append(finding("E-CRIT-003", Source(name, key="id"), file=name, theme=theme.id))
    return theme


def _model(kind: type[Model], raw: Any, file: str, found: list[Finding], known: tuple[str, ...] = ()) -> Model | None:
    """Make a model, or a finding for each thing that it does not take; ``known`` keys have their findings already."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False):
            key = dotted(problem["loc"])
            if key not in known:
                found.append(_wrong(raw, file, key, problem))
        return None


def _wrong(raw: Any, file: str, key: str, problem: Any) -> Finding:
    """Give the finding of a key that is missing or wrong: a lawyer's where there is one, else that it is not taken."""
    missing = problem["type"] == "missing"
    code = next(
        (code for key_of, code, only in MISSED if re.fullmatch(key_of, key) and (missing or not only)), "E-CRIT-001"
    )
    entry = _entry(raw, problem["loc"])
    name = str(entry.get("id", key))
    said = problem.get("input")
    told = f"is {said}" if code != "E-CRIT-001" and isinstance(said, str) else in_words(problem)
    facts = {"mark": entry.get("mark", "?"), "gate": name, "question": name, "file": file}
    return finding(code, Source(file, key=key), **{**facts, "key": key, "problem": told})


def _entry(raw: Any, location: tuple[str | int, ...]) -> dict[str, Any]:
    """Give the table in which a key is missing or wrong."""
    for part in location[:-1]:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            return {}
    return raw if isinstance(raw, dict) else {}


def dotted(location: tuple[str | int, ...]) -> str:
    """Write where pydantic met a problem as a dotted TOML key, entries counted from 1.

    Between a rule's number and its key pydantic puts the rule's kind, which is no key of the file.

    >>> dotted(("allocation", "rule", 2, "budget", "limit"))
    'allocation.rule[3].limit'
    """
    key = ""
    for at, part in enumerate(location):
        if isinstance(part, int):
            key += f"[{part + 1}]"
        elif at < 2 or location[at - 2] != "rule":
            key += f".{part}"
    return key.lstrip(".")


def in_words(problem: Any) -> str:
    """Say what pydantic found in words that an officer can use."""
    plain = PLAIN_WORDS.get(problem["type"])
    message = problem["msg"].removeprefix("Value error, ")
    return plain or f"is not right: {message[0].lower()}{message[1:]}"


def _seal(folder: Path, found: list[Finding]) -> Seal | None:
    path = folder / SEAL
    if not path.exists():
        return None
    try:
        return Seal.model_validate(json.loads(path.read_text("utf-8")))
    except (ValidationError, ValueError, OSError, RecursionError):
        found.append(finding("E-SEAL-003", Source(SEAL)))
        return None


def seal_bytes(seal: Seal) -> bytes:
    """Write a seal as its file holds it."""
    text = json.dumps(seal.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def write_seal(folder: Path, seal: Seal) -> None:
    """Write seal.json beside the criteria, whole or not at all."""
    beside = folder / f".{SEAL}.unfinished"
    beside.write_bytes(seal_bytes(seal))
    beside.replace(folder / SEAL)
