"""rules.toml in: the policy of an allocation, with a finding in plain words for each key that is not understood."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evaluator.files.read.notation import toml_of
from evaluator.files.read.tables.csv_dialect import bytes_of, text_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, in_order
from evaluator.records.numbers import plain_decimal
from evaluator.records.programme.allocation_policy import AllocationPolicy

NUMBERS = ("limit", "least", "most", "minimum_score", "committed", "gives_way")
TABLES = {"rule": "one table for each rule, headed [[rule]]", "level": "one table for each level, headed [[level]]"}
WANTED = {
    "string_type": "a text in quotes",
    "int_type": "a whole number, nought or more",
    "int_parsing": "a whole number, nought or more",
    "int_from_float": "a whole number, nought or more",
    "greater_than_equal": "a whole number, nought or more",
    "greater_than": "a whole number above nought",
    "decimal_type": "a plain number in quotes, exactly as published",
    "decimal_parsing": "a plain number in quotes, exactly as published",
    "tuple_type": "a list in square brackets",
    "too_short": "at least one, in square brackets",
    "model_type": "one table for each rule, headed [[rule]]",
    "model_attributes_type": "one table for each rule, headed [[rule]]",
}


def read_rules(path: Path) -> tuple[AllocationPolicy | None, tuple[Finding, ...]]:
    """Read rules.toml; None where a finding stands in the way."""
    content, found = bytes_of(path)
    text, more = text_of(content, path.name) if content is not None else (None, ())
    if content is None or text is None:
        return None, found + more
    try:
        raw = toml_of(content)
    except ValueError as error:
        return None, (finding("E-READ-003", Source(path.name), what="TOML", why=str(error)),)
    unclear = tuple(_not_plain(raw, path.name))
    try:
        policy = AllocationPolicy.model_validate(raw)
    except ValidationError as error:
        problems = [one for one in error.errors(include_url=False) if one["type"] != "too_short" or not one["input"]]
        return None, in_order((*unclear, *(_finding(problem, raw, path.name) for problem in problems)))
    return (None, unclear) if unclear else (policy, ())


def _not_plain(raw: dict[str, Any], file: str) -> Iterator[Finding]:
    """Find numbers in quotes that Python would read and people would not, such as 1e3 or 1_000."""
    rules = raw.get("rule")
    tables = [((), raw), *((("rule", at), rule) for at, rule in enumerate(rules if isinstance(rules, list) else []))]
    for place, table in tables:
        for key in NUMBERS:
            value = table.get(key) if isinstance(table, dict) else None
            if isinstance(value, str) and plain_decimal(value.removesuffix("%")) is None:
                yield _not_right((*place, key), raw, file, value, "a plain number in quotes, exactly as published")


def _finding(problem: Any, raw: dict[str, Any], file: str) -> Finding:
    """Put what pydantic found into words about the key that it found it at."""
    location, kind = problem["loc"], problem["type"]
    source = Source(file, key=_key(location))
    what, rule = _named(location, raw)
    if kind == "missing":
        return finding("E-RULE-001", source, what=f"The key {what}")
    if kind == "union_tag_not_found":
        return finding("E-RULE-001", source, what=f"The key kind of {rule}")
    if kind == "extra_forbidden":
        return finding("E-RULE-002", source, what=f"The key {what}", where="")
    if kind == "union_tag_invalid":
        return finding("E-RULE-002", source, what=f'The kind "{problem["ctx"]["tag"]}"', where=f" in {rule}")
    wanted = TABLES.get(what) or WANTED.get(kind) or _own_words(problem)
    return _not_right(location, raw, file, problem["input"], wanted)


def _not_right(location: tuple[Any, ...], raw: dict[str, Any], file: str, value: Any, wanted: str) -> Finding:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    what = f"The key {_named(location, raw)[0]}"
    return finding("E-RULE-003", Source(file, key=_key(location)), what=what, value=shown[:80], wanted=wanted)


def _own_words(problem: Any) -> str:
    if problem["type"] == "literal_error":
        return f"one of {problem['ctx']['expected']}".replace("'", '"')
    words = str(problem["msg"]).removeprefix("Value error, ")
    return words.removeprefix("write ").removeprefix("must be ")


def _parts(location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Leave out the rule's kind, which pydantic puts between the rule's number and its key."""
    return location[:2] + location[3:] if location[:1] == ("rule",) and len(location) > 3 else location


def _key(location: tuple[Any, ...]) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in _parts(location)).lstrip(".")


def _named(location: tuple[Any, ...], raw: dict[str, Any]) -> tuple[str, str]:
    """Name a key as people would, and the rule that it stands in."""
    parts = _parts(location)
    if len(parts) < 2 or parts[0] != "rule":
        return _key(location), ""
    table = raw["rule"][parts[1]]
    own = table.get("id") if isinstance(table, dict) else None
    rule = f"rule {own}" if isinstance(own, str) and own else f"rule number {parts[1] + 1}"
    return (f"{parts[2]} of {rule}" if len(parts) > 2 else rule), rule
