"""What is found about criteria, each finding with the field that it stands at; kept until a file changes."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from evaluator.jobs.checked import Checked, checked
from evaluator.jobs.criteria.drafts import Draft, read_draft
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.written.entries import Spot, spot_of
from evaluator.records.programme.written.files import ACCEPTED_FILE, VERSIONS_FILE
from evaluator.records.programme.written.layout import ACCEPTED, VERSIONS

FIELD = "in-"  # before the key of a field, so that no key is taken for another part of the form


@dataclass(frozen=True)
class Placed:
    """A finding, the entry that it stands at, and the key there; no entry where it concerns no single one."""

    finding: Finding
    spot: Spot | None = None
    key: str = ""
    decided: str = ""  # the file of acceptances or versions that it is about


@dataclass(frozen=True)
class Found:
    """Criteria as they are written, their check, and every finding at its place."""

    draft: Draft
    checked: Checked
    placed: tuple[Placed, ...]

    def place(self, one: Finding) -> Placed:
        """Find the entry and the key at which a finding stands."""
        return _placed(one, _keys(self.checked))

    def at(self, spot: Spot) -> tuple[Placed, ...]:
        """Give the findings at an entry; at those of a whole table where no number is given."""
        return tuple(
            one
            for one in self.placed
            if one.spot and (one.spot.file, one.spot.path) == (spot.file, spot.path)
            if not spot.number or one.spot.number in (0, spot.number)
        )


def found(folder: Path) -> Found:
    """Read and check the criteria in a folder."""
    made = checked(folder)
    keys = _keys(made)
    return Found(read_draft(folder), made, tuple(_placed(one, keys) for one in made.findings))


def _keys(made: Checked) -> dict[Source, tuple[str, str]]:
    """Give the file and key of each cell of a workbook."""
    return {cell: place for place, cell in sorted(made.read.places.items(), key=lambda one: len(one[0][1]))}


def _placed(one: Finding, keys: dict[Source, tuple[str, str]]) -> Placed:
    file, key = keys.get(one.source, (one.source.file, one.source.key))
    decided = {ACCEPTED: ACCEPTED_FILE, VERSIONS: VERSIONS_FILE}.get(one.source.sheet, file)
    if decided in (ACCEPTED_FILE, VERSIONS_FILE):
        return Placed(one, decided=decided)
    place = spot_of(file, key)
    return Placed(one, *place) if place else Placed(one)


def asked(spot: Spot, **more: str) -> str:
    """Write a place as the question of an address."""
    number = {"number": str(spot.number)} if spot.number else {}
    return urlencode({"file": spot.file, "path": spot.path, **number, **more})


def anchor(one: Placed) -> str:
    """Give the id of the field that a finding stands at."""
    return f"{FIELD}{one.key.partition('.')[0].partition('[')[0]}" if one.key else "main-content"
