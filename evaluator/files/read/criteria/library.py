"""The starter library in: the files of ``criteria/library/``, beside the engine or shipped with it."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from evaluator.records.programme.library import Area, Library

START, COMMON = "start.toml", "common.toml"
HOME = Path(__file__).resolve().parents[3]


def read_library() -> Library:
    """Read the library that comes with the engine."""
    places = (root / "criteria" / "library" for root in (HOME / "_shipped", HOME.parent))
    folder = next(place for place in places if place.is_dir())
    areas = (path for path in sorted(folder.glob("*.toml")) if path.name not in (START, COMMON))
    return Library(
        start=_toml(folder / START),
        common=_toml(folder / COMMON)["question"],
        areas=tuple(Area.model_validate(_toml(path) | {"id": path.stem}) for path in areas),
    )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
