"""Earlier editions of the public equality figures: of a run's folder, bundle or outcome.json, what was printed.

Only that is taken, whatever else lies in the file: who bid, who had an award, and the figures and bands. It goes into
the bundle of the next run, so that a replay holds the next figures against the same earlier ones.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluator.files.read.inputs import LARGEST, Held, Inputs, UnreadableError, read_once
from evaluator.files.read.notation import json_of

FOLDER = "equality/earlier/"
OUTCOME, MANIFEST, BUNDLE = "outcome.json", "manifest.json", "bundle.zip"
IN_BUNDLE = f"outputs/{OUTCOME}"
KEYS = {"criteria": ("reference", "version"), "equality": ("no_row", "characteristics")}


def is_earlier(name: str) -> bool:
    """Whether a file of a folder of bids is an earlier edition.

    >>> [is_earlier(f"equality/{name}") for name in ("earlier/a.json", "earlier/run/bundle.zip", "earlier/run/a.xlsx")]
    [True, True, False]
    """
    within = name.removeprefix(FOLDER)
    direct = "/" not in within and name.endswith((".json", ".zip"))
    return name.startswith(FOLDER) and (direct or name.endswith((f"/{OUTCOME}", f"/{BUNDLE}")))


def with_earlier(bids: Inputs, given: Sequence[Path] = ()) -> Inputs:
    """Put in the place of earlier editions what they printed, each named by its content, and add others.

    Parameters
    ----------
    bids : a folder of bids, with any in ``equality/earlier/``.
    given : folders of runs, bundles, or copies of ``outcome.json``.

    Raises
    ------
    UnreadableError
        Where a file that was given cannot be read.
    """
    if not given and not any(map(is_earlier, bids.names)):
        return bids
    added = dict(map(_named, map(_of_path, given)))
    return bids.changed_by(lambda files: _replaced(files, added))


def _replaced(bids: Inputs, added: Mapping[str, bytes]) -> Mapping[str, Held]:
    kept: dict[str, Held] = {name: held for name, held in bids.held.items() if not is_earlier(name)}
    runs = {name.removesuffix(BUNDLE) for name in bids.names if is_earlier(name) and name.endswith(f"/{BUNDLE}")}
    doubled = {f"{run}{OUTCOME}" for run in runs}  # a run's folder holds it beside its bundle
    found = (bids.content(name) for name in bids.names if is_earlier(name) and name not in doubled)
    return {**kept, **dict(_named(_of_bytes(content or b"")) for content in found), **added}


def _named(printed: bytes) -> tuple[str, bytes]:
    return f"{FOLDER}{hashlib.sha256(printed).hexdigest()[:12]}.json", printed


def _of_path(path: Path) -> bytes:
    if not path.is_dir():
        return _of_bytes(read_once(path))
    if (path / BUNDLE).is_file():
        return _of_bytes(read_once(path / BUNDLE))
    return _of_bytes(read_once(path / OUTCOME))


def _of_bytes(content: bytes) -> bytes:
    """Give what an edition printed as JSON; an empty object where there is nothing of the kind."""
    try:
        outcome, date = _unpacked(content) if content.startswith(b"PK") else (content, "")
        told = _printed(json_of(outcome), date)
    except (LookupError, TypeError, ValueError, AttributeError, OSError, zipfile.BadZipFile, RuntimeError):
        told = {}
    return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _unpacked(content: bytes) -> tuple[bytes, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(archive.getinfo(name).file_size > LARGEST for name in (IN_BUNDLE, MANIFEST)):
            raise UnreadableError(0, "it is too large", BUNDLE)
        facts = json_of(archive.read(MANIFEST))
        return archive.read(IN_BUNDLE), str(facts.get("date") or "")


def _printed(outcome: Mapping[str, Any], date: str) -> dict[str, Any]:
    """Take what was printed; LookupError or TypeError where it is no outcome with public figures."""
    bids = [[{"bid": b["bid"], "organisation": b["organisation"]} for b in one["bids"]] for one in outcome["themes"]]
    return {
        "schema": "earlier/1",
        "date": str(outcome.get("date") or date),
        "allocation": {"awards": [{"bid": one["bid"]} for one in outcome["allocation"]["awards"]]},
        "themes": [{"bids": listed} for listed in bids],
        **{part: {key: outcome[part][key] for key in keys} for part, keys in KEYS.items()},
    }
