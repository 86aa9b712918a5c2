"""A finished run as it was written, from its folder or from its bundle."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.bundle import DATA, OUTPUTS, UnreadableBundleError, bundle_bytes, sums, unpack
from evaluator.files.audit.equality_archive import Apart, with_apart
from evaluator.files.audit.run_folder import MARK, is_run
from evaluator.files.read.bids.folder import MONITORING, bids_in, bids_of
from evaluator.files.read.criteria.folder import criteria_of
from evaluator.files.read.inputs import Inputs, read_once
from evaluator.records.submissions.stages import SEALED

OUTCOME, BUNDLE, BIDS = "outcome.json", "bundle.zip", f"{DATA}bids.json"
Read = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]


def read_run(path: Path) -> Read:
    """Give a run's manifest, its outcome and its bids as they were checked; of a run without a bundle no bids.

    Raises
    ------
    UnreadableBundleError
        When the path is neither a run's folder nor a bundle, or a bundle that was changed since it was closed.
    """
    try:
        if is_run(path):
            bids = read_run(path / BUNDLE)[2] if (path / BUNDLE).is_file() else {}
            return json.loads(read_once(path / MARK)), json.loads(read_once(path / OUTCOME)), bids
        opened = unpack(bundle_bytes(path))
        if opened.problems:
            raise UnreadableBundleError(opened.problems[0])
        said, bids = json.loads(opened.members[f"{OUTPUTS}{OUTCOME}"]), json.loads(opened.members[BIDS])
        return dict(opened.manifest), said, bids
    except (OSError, ValueError, KeyError, RecursionError):
        raise UnreadableBundleError("it is neither a run's folder nor a whole bundle") from None


def inputs_of_bundle(opened: bundles.Bundle, apart: Apart) -> tuple[Inputs, Inputs]:
    """Give the criteria and the folder of bids that a bundle holds, with what was kept apart from it."""
    files = with_apart(bundles.under(bundles.BIDS, opened), apart)
    return criteria_of(bundles.under(bundles.CRITERIA, opened)), bids_of(files, bundles.unreadable(opened))


def rests_on(manifest: Mapping[str, Any], bids: Path) -> bool:
    """Whether a run rests on what lies in a folder of bids now.

    What concerns equality alone is not looked at, nor what the run's own stage came to, which is sealed there after it.
    """
    then = {name: one for name, one in manifest["files"].items() if name.startswith(bundles.BIDS)}
    now = sums({f"{bundles.BIDS}{name}": content for name, content in bids_in(bids).contents().items()})
    apart = f"{bundles.BIDS}{MONITORING}/"
    own = f"{bundles.BIDS}{SEALED}/{manifest.get('stage', '')}.json"
    differing = {name for name, _ in then.items() ^ now.items()} - {own}
    return all(name.startswith(apart) or "monitoring" in name.lower() for name in differing)
