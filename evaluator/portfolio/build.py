"""A data set made from every bundle of a portfolio: each read in a process of its own, then told in order of path."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from evaluator.portfolio.apart import Bounds, EndedError, looked_at
from evaluator.portfolio.dataset import TABLES, written
from evaluator.portfolio.places import Place, TooLargeError, brought
from evaluator.portfolio.verify import LOST
from evaluator.records.work import ReportProgress

UNREAD = "unread"


def read(place: Place, bounds: Bounds) -> dict[str, Any]:
    """Read one bundle in a process of its own: its tables, or why there are none."""
    sha256 = ""
    try:
        with brought(place) as (file, sha256):
            found: dict[str, Any] = looked_at("read", file, bounds)
    except (OSError, EndedError) as error:
        found = {"why": [str(error)]}
    except TooLargeError:
        found = {"why": ["it is larger than any bundle"]}
    return {**found, "sha256": sha256}


def build(
    places: Sequence[Place],
    folder: Path,
    told: Callable[..., Iterator[tuple[Any, Any]]],
    bounds: Bounds,
    report_progress: ReportProgress,
) -> dict[str, int]:
    """Write the data set into a folder that is there, and give the rows of each table.

    What was read waits on the disk until all is there, so that the tables stand in the order of the paths, whichever
    bundle was read first, and memory holds a few bundles at a time.
    """
    waiting = folder / ".read"
    waiting.mkdir()
    numbers = {place: f"{at:08}.json" for at, place in enumerate(places)}
    for at, (place, found) in enumerate(told(partial(read, bounds=bounds), places), 1):
        said = found if isinstance(found, dict) else {"why": [LOST]}
        (waiting / numbers[place]).write_text(json.dumps(said), "utf-8")
        report_progress(f"{at:,} of {len(places):,} bundles read: {place.path}")
    parts = [(place, waiting / name) for place, name in numbers.items()]
    counts = {table: written(table, _rows(table, parts), folder / f"{table}.parquet") for table in TABLES}
    for _, part in parts:
        part.unlink(missing_ok=True)
    waiting.rmdir()
    return counts


def _rows(table: str, parts: Sequence[tuple[Place, Path]]) -> Iterator[dict[str, Any]]:
    for place, part in parts:
        said = json.loads(part.read_text("utf-8"))
        own = {"bundle": place.path, "sha256": said["sha256"]} if "sha256" in said else {"bundle": place.path}
        if table == UNREAD:
            yield from [{**own, "why": "; ".join(said["why"])}] if "tables" not in said else []
        else:
            yield from ({**row, **own} for row in said.get("tables", {}).get(table, ()))
