"""The draws of a robustness study: shared among processes or a cluster, kept as they are made, and taken up again."""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial, reduce
from pathlib import Path
from typing import Any

from evaluator.files.audit.run_folder import write_page
from evaluator.files.cache import told_exactly
from evaluator.publication import fingerprint
from evaluator.records.results.studies.robustness import Averaged, Draws, Kind, Swap, Tally
from evaluator.records.work import ReportProgress, Share
from evaluator.studies.robustness.draws import Ground
from evaluator.studies.robustness.evaluators_left_out import EVERYBODY, averaged, can_be_left_out
from evaluator.studies.robustness.robustness import draw_range, kinds_of, merged
from evaluator.studies.robustness.swapped_methods import other_methods, swapped

PART = 10  # draws that are worked out, told and kept together
MOST_PARTS = 2_000  # of a kind, whatever the number of draws: so many are held in memory and in the file
SCHEMA = "robustness-state/4"


class UnusableStateError(Exception):
    """The file that a study was to be taken up from is none, or belongs to another study."""


def make_draws(
    ground: Ground,
    tenths: int,
    seed: int,
    count: int,
    share: Share,
    state: Path | None,
    report_progress: ReportProgress,
) -> list[Draws]:
    """Make the draws of every kind in parts, in order; parts that the state file holds already are not made again.

    Raises
    ------
    UnusableStateError
        When ``state`` is a file that is not the state of this very study.
    """
    kept, size = _Kept(state, _name(ground, tenths, seed)), max(PART, -(-count // MOST_PARTS))
    starts = list(range(0, count, size))
    made = []
    for kind in kinds_of(ground):
        missing = [start for start in starts if kept.get(kind, start, min(start + size, count)) is None]
        done = share(partial(_part, ground, kind, tenths, seed, count, size), missing)
        for start, draws in zip(missing, done, strict=True):
            kept.put(draws)
            report_progress(f"{kind.replace('_', ' ').capitalize()}: draws {start + 1} to {draws.stop} of {count}")
        parts = [kept.get(kind, start, min(start + size, count)) for start in starts]
        made.append(reduce(merged, [part for part in parts if part is not None]))
    return made


def make_swaps(ground: Ground, share: Share, report_progress: ReportProgress) -> list[Swap]:
    """Work out what each other price method would come to, after the published one."""
    made = []
    for swap in share(partial(swapped, ground), ["", *other_methods(ground)[0]]):
        report_progress(f"Price method {swap.method.replace('_', ' ')}")
        made.append(swap)
    return made


def make_averages(ground: Ground, share: Share, report_progress: ReportProgress) -> list[Averaged]:
    """Work out what plain averages of the marks come to, of everybody and then without each evaluator."""
    evaluators = can_be_left_out(ground)
    made = []
    for one in share(partial(averaged, ground), [EVERYBODY, *evaluators] if evaluators else []):
        report_progress(f"Averages without {one.without}" if one.without else "Averages of all evaluators' marks")
        made.append(one)
    return made


def _part(ground: Ground, kind: Kind, tenths: int, seed: int, count: int, size: int, start: int) -> Draws:
    return draw_range(ground, kind, tenths, seed, start, min(start + size, count))


def _name(ground: Ground, tenths: int, seed: int) -> str:
    """Name a study after everything that its draws follow from."""
    themes = [(one.theme, one.marks, one.bids, sorted(one.disregarded)) for one in ground.evaluation.themes]
    told = told_exactly([fingerprint(ground.criteria), tenths, seed, themes, ground.answers])
    return hashlib.sha256(told).hexdigest()


class _Kept:
    """The parts of a study that are done, in memory and, where there is a state file, in it.

    The file has a line for the study and then a line for each part, in the order in which parts were done; it only
    grows. What a stopped command left of its last line is cut off, and that part is done again.
    """

    def __init__(self, path: Path | None, name: str) -> None:
        self.path, self.name = path, name
        self.parts: dict[tuple[str, int, int], Draws] = {}
        if path is not None:
            self._read(path) if path.exists() else self._begin(path)

    def _begin(self, path: Path) -> None:
        write_page(path, json.dumps({"schema": SCHEMA, "study": self.name}) + "\n")

    def _read(self, path: Path) -> None:
        try:
            lines = path.read_bytes().splitlines(keepends=True)
            heading = json.loads(lines[0])
            schema, name = heading["schema"], heading["study"]
        except (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError):
            raise UnusableStateError(f"{path} is no state of a robustness study") from None
        if schema != SCHEMA:
            raise UnusableStateError(f"{path} was written by another version of the evaluator")
        if name != self.name:
            raise UnusableStateError(f"{path} belongs to other criteria, bids, points or another seed")
        whole = lines[:-1] if not lines[-1].endswith(b"\n") else lines
        self._take(path, whole[1:])
        if len(whole) < len(lines):
            with path.open("rb+") as stream:
                stream.truncate(sum(map(len, whole)))

    def _take(self, path: Path, lines: Sequence[bytes]) -> None:
        try:
            parts = [_draws(json.loads(line)) for line in lines]
        except (ValueError, TypeError, KeyError, RecursionError):
            raise UnusableStateError(f"{path} is no state of a robustness study") from None
        self.parts = {(one.kind, one.start, one.stop): one for one in parts}

    def get(self, kind: str, start: int, stop: int) -> Draws | None:
        """Give a part that is done."""
        return self.parts.get((kind, start, stop))

    def put(self, draws: Draws) -> None:
        """Keep a part, at once on the disk too: one more line of the file."""
        self.parts[draws.kind, draws.start, draws.stop] = draws
        if self.path is not None:
            with self.path.open("ab") as stream:
                stream.write((json.dumps(_document(draws)) + "\n").encode())
                stream.flush()
                os.fsync(stream.fileno())


def _draws(document: dict[str, Any]) -> Draws:
    tallies = tuple(Tally(*tally) for tally in document["tallies"])
    return Draws(**{**document, "tallies": tallies, "kept": tuple(document["kept"])})


def _document(draws: Draws) -> dict[str, Any]:
    return {**asdict(draws), "tallies": [list(asdict(one).values()) for one in draws.tallies]}
