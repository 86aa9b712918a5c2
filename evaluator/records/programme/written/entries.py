"""One entry of criteria as they are written: where it stands in the files, and the files with another in its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evaluator.records.programme.written.files import PROGRAMME, TEMPLATE, THEMES, Plain
from evaluator.records.programme.written.layout import RULES, SHEETS, Block, programme_blocks, theme_blocks

OWN_RULES = "rule"  # of a theme's file
PLACE = re.compile(r"(?:\[(\d+)\])?(?:\.(.+))?")


@dataclass(frozen=True)
class Spot:
    """Where an entry stands: the file, the table in it, and, in a list of tables, the number of the entry from 1."""

    file: str
    path: str
    number: int = 0

    @property
    def is_rule(self) -> bool:
        """Whether a rule of award stands there."""
        return self.path in (RULES, OWN_RULES)


def blocks_of(file: str) -> Iterator[tuple[str, Block]]:
    """Give each block that a file holds, with the path of its table there."""
    if file == TEMPLATE:
        yield "question", _common()
    elif file.startswith(THEMES):
        yield from ((block.path, block) for block in theme_blocks())
        yield OWN_RULES, next(block for block in programme_blocks("Award rules") if block.path == RULES)
    else:
        blocks = (block for sheet in SHEETS for block in programme_blocks(sheet))
        yield from ((block.path, block) for block in blocks if block.path != "common")


def _common() -> Block:
    return next(block for block in programme_blocks("Common questions") if block.path == "common")


def block_at(spot: Spot) -> Block | None:
    """Give the block in which an entry stands; None where criteria have no such place."""
    return next((block for path, block in blocks_of(spot.file) if path == spot.path), None)


def spot_of(file: str, key: str) -> tuple[Spot, str] | None:
    """Find the entry in which a key of a file stands, and what is left of the key there.

    >>> spot_of("programme.toml", "scale.mark[2].descriptor")
    (Spot(file='programme.toml', path='scale.mark', number=2), 'descriptor')
    >>> spot_of("themes/a.toml", "weights.Q1")
    (Spot(file='themes/a.toml', path='weights', number=0), 'Q1')
    """
    if file == PROGRAMME and key.partition("[")[0].partition(".")[0] == "common":
        file, key = TEMPLATE, f"question{key.removeprefix('common')}"
    if file != PROGRAMME and file != TEMPLATE and not file.startswith(f"{THEMES}/"):
        return None
    if key.startswith("minimum_marks"):
        key = f"weights{key.removeprefix('minimum_marks')}"
    for path in sorted((path for path, _ in blocks_of(file) if path), key=len, reverse=True):
        found = PLACE.fullmatch(key.removeprefix(path)) if key.startswith(path) else None
        if found:
            return Spot(file, path, int(found[1] or 0)), found[2] or ""
    return Spot(file, "question" if file == TEMPLATE else ""), key


def table_at(files: Mapping[str, Plain], spot: Spot) -> Any:
    """Give the table, or the list of tables, that stands at a path of a file; None where nothing does."""
    held: Any = files.get(spot.file, {})
    for part in spot.path.split(".") if spot.path else ():
        held = held.get(part) if isinstance(held, dict) else None
    return held


def entry_at(files: Mapping[str, Plain], spot: Spot) -> Plain | None:
    """Give what an entry holds; None where there is none."""
    held = table_at(files, spot)
    if spot.number:
        held = held[spot.number - 1] if isinstance(held, list) and spot.number <= len(held) else None
    return held if isinstance(held, dict) else None


def with_entry(files: Mapping[str, Plain], spot: Spot, entry: Plain | None) -> dict[str, Plain]:
    """Give the files with another entry at a place, or without it; a number past the last adds one."""
    held = table_at(files, spot)
    if spot.number:
        rows = list(held) if isinstance(held, list) else []
        rows[spot.number - 1 : spot.number] = [] if entry is None else [entry]
        value: Any = rows or None
    else:
        value = entry
    return {**files, spot.file: _with(files.get(spot.file, {}), spot.path.split(".") if spot.path else [], value)}


def _with(plain: Plain, path: list[str], value: Any) -> Plain:
    if not path:
        return value or {}
    first, *rest = path
    inner = plain.get(first)
    made = _with(inner if isinstance(inner, dict) else {}, rest, value) if rest else value
    others = {key: held for key, held in plain.items() if key != first}
    if made is None or made == {}:
        return others
    return {key: made if key == first else held for key, held in plain.items()} | {first: made}


def added_at(files: Mapping[str, Plain], spot: Spot) -> Spot:
    """Give the place after the last entry of a list of tables."""
    held = table_at(files, spot)
    return replace(spot, number=len(held) + 1 if isinstance(held, list) else 1)
