"""Every bundle of a portfolio replayed: what holds, what differs, what could not be read; taken up where it stopped."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from evaluator import __version__
from evaluator.files.audit.run_folder import write_page
from evaluator.portfolio.apart import Bounds, EndedError, looked_at
from evaluator.portfolio.places import Place, TooLargeError, brought
from evaluator.records.work import ReportProgress

STATE, SCHEMA = "verified.jsonl", "portfolio-state/1"
Word = Literal["holds", "differs", "unreadable"]
MOST_WHY = 2_000  # characters of what is told of one bundle
LOST = "worker after worker was lost while it was looked at"


class UnusableStateError(Exception):
    """What lies in the folder for results is not the state of such work; the text says why."""


@dataclass(frozen=True)
class Verdict:
    """What one bundle came to.

    ``seconds`` are those of a processor that looking at it took, 0 on Windows; ``sha256`` is of the whole archive.
    """

    path: str
    verdict: Word
    why: str
    seconds: float
    sha256: str = ""
    run: str = ""
    made_by: str = ""
    documents: str = ""
    explanations: str = ""


def checked(place: Place, bounds: Bounds, *, full: bool) -> Verdict:
    """Look at one bundle in a process of its own; whatever it is, a verdict comes of it."""
    before, sha256 = _spent(), ""
    try:
        with brought(place) as (file, sha256):
            said = looked_at("check", file, bounds, full=full)
    except (OSError, EndedError) as error:
        said = {"verdict": "unreadable", "why": [str(error)]}
    except TooLargeError:
        said = {"verdict": "unreadable", "why": ["it is larger than any bundle"]}
    told = {key: str(said.get(key, "")) for key in ("run", "made_by", "documents", "explanations")}
    took = round(_spent() - before, 2)
    return Verdict(place.path, said["verdict"], "; ".join(said["why"])[:MOST_WHY], took, sha256, **told)


def _spent() -> float:
    """Give the processor time of what this process has opened and seen end."""
    spent = os.times()
    return spent.children_user + spent.children_system


def verify(
    places: Sequence[Place],
    state: Path,
    told: Callable[..., Iterator[tuple[Any, Any]]],
    bounds: Bounds,
    report_progress: ReportProgress,
    *,
    full: bool,
) -> tuple[Verdict, ...]:
    """Check every bundle once, and keep each verdict on the disk as soon as it is there; one for each, by path.

    Parameters
    ----------
    state : the file of verdicts; those of archives that have not changed since are not worked out again.
    told : what does work for parts and tells of each as it is done (``jobs.cluster.as_done``).

    Raises
    ------
    UnusableStateError
        When the state is none, or of another version or way of checking.
    """
    kept = _Kept(state, full=full)
    waiting = [place for place in places if kept.get(place) is None]
    if len(waiting) < len(places):
        report_progress(f"{len(places) - len(waiting):,} of {len(places):,} bundles were checked before")
    for place, found in told(partial(checked, bounds=bounds, full=full), waiting):
        verdict = found if isinstance(found, Verdict) else Verdict(place.path, "unreadable", LOST, 0)
        kept.put(place, verdict)
        report_progress(f"{len(kept):,} of {len(places):,} bundles: {verdict.path} {verdict.verdict}")
    return tuple(verdict for verdict in map(kept.get, places) if verdict is not None)


class _Kept:
    """Verdicts in memory and in a file, a line for each; what a stopped command left of its last line is cut off."""

    def __init__(self, path: Path, *, full: bool) -> None:
        self.path = path
        self.heading = {"schema": SCHEMA, "version": __version__, "full": full}
        self.verdicts: dict[str, Verdict] = {}
        if path.exists():
            self._take(path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_page(path, json.dumps(self.heading) + "\n")

    def _take(self, path: Path) -> None:
        try:
            lines = path.read_bytes().splitlines(keepends=True)
            heading = json.loads(lines[0])
        except (OSError, ValueError, IndexError, RecursionError):
            raise UnusableStateError(f"{path} is not what a check of bundles left") from None
        if heading != self.heading:
            raise UnusableStateError(
                f"{path} was left by another version of the evaluator, or by a check with or without --full; "
                "give another --out, or take that folder away"
            )
        whole = [line for line in lines[1:] if line.endswith(b"\n")]
        for line in whole:
            with suppress(ValueError, TypeError, KeyError, RecursionError):  # it is worked out again
                said = json.loads(line)
                self.verdicts[_name(said["of"])] = Verdict(**said["verdict"])
        if len(whole) < len(lines) - 1:
            with path.open("rb+") as stream:
                stream.truncate(sum(map(len, [lines[0], *whole])))

    def __len__(self) -> int:
        return len(self.verdicts)

    def get(self, place: Place) -> Verdict | None:
        return self.verdicts.get(_name(place.mark))

    def put(self, place: Place, verdict: Verdict) -> None:
        self.verdicts[_name(place.mark)] = verdict
        with self.path.open("ab") as stream:
            stream.write((json.dumps({"of": place.mark, "verdict": asdict(verdict)}) + "\n").encode())
            stream.flush()
            os.fsync(stream.fileno())


def _name(mark: Any) -> str:
    return json.dumps(mark, sort_keys=True)
