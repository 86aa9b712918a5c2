"""The runs of a programme, the newest first: what each came to, when and by whom, and whether it still holds."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluator.files.audit.finished_run import BUNDLE, rests_on
from evaluator.files.audit.ledger_file import entries_in
from evaluator.files.audit.run_folder import MARK
from evaluator.files.read.inputs import read_once
from evaluator.files.read.notation import json_of
from evaluator.files.read.programme import Programme


@dataclass(frozen=True)
class RunFolder:
    """A run's folder; ``when`` and ``who`` are as the ledger has them, empty where it does not tell of the run.

    ``stage`` is the one that it decided, empty of a run of the whole evaluation.
    """

    path: Path
    status: str
    date: str
    when: str = ""
    who: str = ""
    stage: str = ""

    @property
    def name(self) -> str:
        """The run's name."""
        return self.path.name

    @property
    def bundle(self) -> Path | None:
        """Its audit bundle; a run that was cut short has none."""
        path = self.path / BUNDLE
        return path if path.is_file() else None


def runs_of(programme: Programme) -> tuple[RunFolder, ...]:
    """List the runs there are: those that the ledger told of last come first, then others by their files' times."""
    entries = enumerate(entries_in(programme.ledger))
    told = {one.event.subject: (at, one) for at, one in entries if one.event.kind == "run"}
    found = []
    for path in sorted(programme.reports.glob(f"*/{MARK}")):
        facts = manifest_of(path.parent)
        if facts is not None:
            at, entry = told.get(path.parent.name, (-1, None))
            when, who = (entry.when, entry.who) if entry else ("", "")
            status, date, stage = (str(facts.get(key) or "") for key in ("status", "date", "stage"))
            run = RunFolder(path.parent, status, date, when, who, stage)
            found.append(((at, path.stat().st_mtime_ns, path.parent.name), run))
    return tuple(run for _, run in sorted(found, key=lambda one: one[0], reverse=True))


def manifest_of(run: Path) -> Mapping[str, Any] | None:
    """Read the manifest of a run's folder; None where it cannot be read."""
    try:
        facts = json_of(read_once(run / MARK))
    except (OSError, ValueError):
        return None
    return facts if isinstance(facts, dict) else None


def newest_with_bundle(programme: Programme) -> RunFolder | None:
    """Give the newest run that has a bundle; None where there is none."""
    return next((one for one in runs_of(programme) if one.bundle is not None), None)


def still_holds(programme: Programme, run: RunFolder) -> bool:
    """Whether a run rests on what lies in the folder of bids now."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):  # whoever opens it tells
        return rests_on(json_of(read_once(run.path / MARK)), programme.bids)
    return True
