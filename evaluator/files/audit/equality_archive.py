"""What is kept apart from a bundle: the equality monitoring as received, in an archive of its own beside it.

The bundle names the archive by a commitment that shows which monitoring it belongs to and tells nothing of it: a keyed
hash whose key, the salt, lies with the monitoring and nowhere else. A plain hash would not do, nor one whose salt is
worked out from the file: replies are few and short, and whoever knows all but one of them could try the rest. Once a
salt is gone, the commitments made with it prove nothing and give nothing away.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from evaluator.files.audit.bundle import BIDS, OUTPUTS, UnreadableBundleError, manifest, pack, sums, unpack
from evaluator.files.read.bids.earlier import is_earlier
from evaluator.files.read.bids.folder import (
    BASELINES,
    CONSIDERATION,
    DELETIONS,
    GRANTS_FILES,
    LAST_ROUND,
    MONITORING,
    MONITORING_FILES,
    SALT,
)
from evaluator.files.read.inputs import Inputs
from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.results.consideration import Considered

ARCHIVE = "equality.zip"
FACT = "kept_apart"  # what the bundle's manifest says of the archive
NOTES = "data/equality_notes.json"
RESTS_ON_IT = f"{OUTPUTS}equality_impact"  # how the names of documents begin that are made from the monitoring
OUTCOME = f"{OUTPUTS}outcome.json"
COUNTED_FROM_IT = ("no_row", "characteristics", "axes", "not_known")  # of what outcome.json says of equality
CONSIDERED = "consideration"  # what the manifest says of it: who, when, and a commitment
READ = (*MONITORING_FILES, DELETIONS, CONSIDERATION)
SHORTEST_SALT = 32  # characters


@dataclass(frozen=True)
class Apart:
    """What was kept apart: the files' names within the bids' folder, their commitment, and the notes on them.

    ``commitment`` is empty where the folder has no salt. ``files`` is None where the archive is not at hand.
    ``considered`` says who considered the figures, and when; None where nothing was monitored.
    """

    names: tuple[str, ...] = ()
    commitment: str = ""
    files: Mapping[str, bytes] | None = None
    notes: tuple[Finding, ...] = ()
    considered: Mapping[str, object] | None = None

    @property
    def manifest_facts(self) -> dict[str, object]:
        """What the bundle's manifest says of it."""
        kept = {FACT: {"archive": ARCHIVE, "files": list(self.names), "commitment": self.commitment or None}}
        return {**(kept if self.names else {}), **({CONSIDERED: dict(self.considered)} if self.considered else {})}

    def with_consideration(self, found: Considered) -> "Apart":
        """Add what the manifest says of the consideration: who, when, and a commitment that the salt keys."""
        if not found.monitored and not found.stands:
            return self
        written = (self.files or {}).get(CONSIDERATION)
        told = {
            "stands": found.stands,
            "person": found.person or None,
            "date": found.date or None,
            "commitment": (keyed(self.files or {}, written) if written is not None else "") or None,
        }
        return replace(self, considered=told)


def is_apart(name: str) -> bool:
    """Whether a file of a bids' folder is kept apart: what holds replies, and anything that may be a copy of it.

    >>> [is_apart(name) for name in ("equality/monitoring.csv", "old/Monitoring 2.xlsx", "equality/baselines.toml")]
    [True, True, False]
    """
    folder, _, file = name.lower().rpartition("/")
    return (
        name not in (BASELINES, *GRANTS_FILES, *LAST_ROUND)
        and not is_earlier(name)
        and (folder.partition("/")[0] == MONITORING or "monitoring" in file or "equality" in file)
    )


def gathered(bids: Inputs) -> Apart:
    """Take the files that are kept apart from a folder of bids, with their salt where there is one."""
    files = {name: content for name, content in bids.contents().items() if is_apart(name)}
    if not set(files) - {SALT}:
        return Apart(files={})
    return Apart(tuple(files), commitment(files), files)


def commitment(files: Mapping[str, bytes]) -> str:
    """Bind files to a salt among them; empty where there is no salt that is long enough."""
    listed = json.dumps(sums({name: content for name, content in files.items() if name != SALT}), sort_keys=True)
    return keyed(files, listed.encode())


def keyed(files: Mapping[str, bytes], content: bytes) -> str:
    """Give the keyed hash of some bytes, by the salt among files; empty where there is none that is long enough."""
    salt = files.get(SALT, b"").strip()
    return hmac.new(salt, content, hashlib.sha256).hexdigest() if len(salt) >= SHORTEST_SALT else ""


def archive(apart: Apart, run: str, bundle_manifest: bytes) -> bytes:
    """Pack what is kept apart; it names the bundle that it belongs to by the SHA-256 of its manifest."""
    members = {f"{BIDS}{name}": content for name, content in (apart.files or {}).items()}
    facts = {"schema": "equality/1", "run": run, "bundle": hashlib.sha256(bundle_manifest).hexdigest()}
    return pack(manifest(facts, sums(members)), members)


def apart_of(bundle: Mapping[str, bytes], said: Mapping[str, Any]) -> Apart:
    """Give what a bundle, by its members and its manifest, says was kept apart from it.

    Raises
    ------
    UnreadableBundleError
        When what it says is damaged.
    """
    try:
        facts = dict(said.get(FACT) or {"files": [], "commitment": None})
        notes = tuple(map(_note, json.loads(bundle.get(NOTES, b"[]"))))
        considered = said.get(CONSIDERED)
        return Apart(
            tuple(facts["files"]), facts["commitment"] or "", None, notes, dict(considered) if considered else None
        )
    except (KeyError, TypeError, ValueError, RecursionError):
        raise UnreadableBundleError("what it says of the equality archive is damaged") from None


def opened(content: bytes, told: Apart, bundle_manifest: bytes) -> tuple[Apart, tuple[str, ...]]:
    """Open an equality archive beside its bundle, and say in words where the two do not belong together.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not such an archive.
    """
    found = unpack(content, stored=True)
    files = {name.removeprefix(BIDS): each for name, each in found.members.items() if name.startswith(BIDS)}
    problems = [f"{ARCHIVE}: {problem}" for problem in found.problems]
    if found.manifest.get("bundle") != hashlib.sha256(bundle_manifest).hexdigest():
        problems.append(f"{ARCHIVE} was closed with another bundle than this one")
    if tuple(sorted(files)) != tuple(sorted(told.names)):
        problems.append(f"{ARCHIVE} does not hold the files that the bundle's manifest names")
    elif commitment(files) != told.commitment:
        problems.append(f"{ARCHIVE} does not hold the monitoring that the bundle was closed with")
    return Apart(tuple(sorted(files)), told.commitment, files, told.notes), tuple(problems)


def with_apart(bids: Mapping[str, bytes], apart: Apart) -> dict[str, bytes]:
    """Give a folder's files with those kept apart; where they are not at hand, empty ones for those that nothing reads.

    A table that nothing reads is told of by its name alone, so that its contents are not needed.
    """
    missing = dict.fromkeys((name for name in apart.names if name not in (*READ, SALT)), b"")
    return {**bids, **(missing if apart.files is None else apart.files)}


def notes_on(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings about files that are kept apart and are read: without the files they cannot be found again."""
    return tuple(one for one in findings if one.source.file in READ)


def written(notes: Iterable[Finding]) -> bytes:
    """Write notes for the bundle, with the cells that they are about and no reply."""
    listed = [asdict(one) for one in notes]
    return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()


def _note(told: dict[str, Any]) -> Finding:
    alike = tuple(Source(**one) for one in told.get("alike", ()))
    typed = {"source": Source(**told["source"]), "severity": Severity(told["severity"]), "alike": alike}
    return Finding(**{**told, **typed})


def without_equality(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give a bundle's members without what rests on the monitoring: documents, and that part of ``outcome.json``."""
    kept = {name: content for name, content in members.items() if not name.startswith(RESTS_ON_IT)}
    for name in {OUTCOME} & set(kept):
        kept[name] = b"\n".join(map(_counted_without, kept[name].split(b"\n")))
    return kept


def _counted_without(line: bytes) -> bytes:
    """Take what rests on the monitoring out of the line of ``outcome.json`` that is about equality."""
    try:
        told = json.loads(line.partition(b":")[2].rstrip(b",")) if line.startswith(b'"equality":') else None
    except (ValueError, RecursionError):
        return line
    if not isinstance(told, dict):
        return line
    return json.dumps({key: each for key, each in told.items() if key not in COUNTED_FROM_IT}).encode()
